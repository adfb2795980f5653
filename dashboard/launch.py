"""The command that starts the dashboard, for whoever starts it."""

import sys
from pathlib import Path

APP = Path(__file__).with_name("app.py")


def command(port: int) -> list[str]:
    """
    The dashboard as a command line: this interpreter, this installation, this machine only.

    The home is not part of it: the dashboard reads ``PARLEY_HOME`` from its environment.

    Args:
        port: TCP port on 127.0.0.1.
    """
    fixed = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "global.disableWidgetStateDuplicationWarning": "true",  # the period is moved on purpose, see trends
        "client.toolbarMode": "viewer",
        "theme.light.primaryColor": "#0072B2",
        "theme.dark.primaryColor": "#0072B2",
    }
    options = [word for name, value in fixed.items() for word in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]
