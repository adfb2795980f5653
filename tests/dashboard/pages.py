"""Running pages on a published home by Streamlit's own test runner, and reading what they show."""

import json
from dataclasses import dataclass
from typing import Any

import pyarrow
from pandas import DataFrame
from streamlit.testing.v1 import AppTest

from dashboard import app

TIMEOUT_S = 60


@dataclass(frozen=True)
class Chart:
    """One chart as it goes to the browser."""

    spec: dict[str, Any]
    rows: DataFrame
    """Its first table."""
    alt: str

    @property
    def title(self) -> str:
        return str(self.spec["title"]["text"])


def run_page(name: str) -> AppTest:
    """A page by its module's name, of the home in ``PARLEY_HOME``, without the frame around it."""
    script = (
        "from dashboard.data import open_archive\n"
        f"from dashboard.screens import {name}\n"
        "from warehouse.home import default_root\n"
        f"{name}.show(open_archive(default_root()))\n"
    )
    return AppTest.from_string(script, default_timeout=TIMEOUT_S).run()


def run_app() -> AppTest:
    """The whole dashboard, on the page it starts with."""
    return AppTest.from_file(app.__file__, default_timeout=TIMEOUT_S).run()


def markup(at: AppTest) -> str:
    """All that is shown through Markdown."""
    kinds = (at.markdown, at.caption, at.info, at.warning, at.error, at.title, at.subheader, at.header)
    return "\n".join(element.value for kind in kinds for element in kind)


def plain(at: AppTest) -> str:
    """All that is shown as plain text."""
    return "\n".join(element.value for element in at.text)


def charts(at: AppTest) -> list[Chart]:
    """The charts from top to bottom."""
    return [_chart(element.proto) for element in at.get("vega_lite_chart")]


def _chart(proto: Any) -> Chart:
    table = pyarrow.ipc.open_stream(proto.datasets[0].data.data).read_pandas()
    return Chart(json.loads(proto.spec), table, proto.alt)
