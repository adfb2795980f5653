"""What ``parley run`` and ``parley demo`` do, told to the terminal."""

import time
from dataclasses import dataclass

from rich.console import Console

from flows.service.stopping import undisturbed
from flows.service.supervise import start_dashboard, start_server, start_worker, supervised, wait_until_interrupted
from flows.service.surroundings import remember_server, require_free_port
from warehouse.home import Home, create_home, demo_root
from warehouse.reading import open_current


def run_all(live: Home, port: int, out: Console) -> None:
    """
    Start everything, collect at once and then on schedule, until Ctrl-C.

    Where no outlet answers at all it says so. If nothing was ever collected the
    dashboard shows the demo, in a home of its own; collecting goes on in the
    background.
    """
    require_free_port(port)
    started = time.monotonic()
    with supervised() as children:
        try:
            out.print(f"Home: {live.root}", highlight=False)
            out.print("Starting Prefect ...")
            start_server(children, live)
            from flows.pipeline import pipeline  # Prefect reads the server's address when it is first imported

            address = start_dashboard(children, live, port)
            out.print(f"Collecting from the outlets of the registry; [green]{address}[/] fills as they answer ...")
            pipeline(str(live.root))
            children.check()
            shown = live
            silence = describe_silence(live)
            if silence:
                out.print(f"[yellow]{silence.sentence}[/]")
            if silence and not silence.n_articles:
                children.stop("dashboard")
                out.print("Opening the demo instead; collecting is tried again every 15 minutes.")
                shown = create_home(demo_root(live.root), "demo")
                prepare_demo(shown, out)
                children.check()
                start_dashboard(children, shown, port)
            start_worker(children, live)
            announce(shown, address, out, started)
            wait_until_interrupted(children)
        except KeyboardInterrupt:
            pass
        finally:
            with undisturbed():
                out.print("Stopping ...")
                remember_server(live, None)


@dataclass(frozen=True, slots=True)
class Silence:
    """That no watched feed answered when it was last asked, in this run or, if none was due, before."""

    n_feeds: int
    n_articles: int
    """Collected earlier."""

    @property
    def sentence(self) -> str:
        return f"No outlet answered ({self.n_feeds} feeds asked): is this machine on the network?"


def describe_silence(home: Home) -> Silence | None:
    """``None`` where any feed answered at its last poll, or none was ever asked."""
    with open_current(home) as connection:
        row = connection.execute(
            "select count(last_poll_utc), count(last_http_status), (select n_articles from about) "
            "from feed_health where is_watched"
        ).fetchone()
    n_asked, n_answered, n_articles = row or (0, 0, 0)
    return Silence(n_asked, n_articles) if n_asked and not n_answered else None


def show_demo(home: Home, port: int, out: Console, with_dashboard: bool) -> None:
    """Replay the demo, if it is not there yet, and show it until Ctrl-C."""
    if with_dashboard:
        require_free_port(port)
    started = time.monotonic()
    prepare_demo(home, out)
    if not with_dashboard:
        out.print(f"The demo is in {home.root} ({time.monotonic() - started:.0f} s).", highlight=False)
        return
    with supervised() as children:
        announce(home, start_dashboard(children, home, port), out, started)
        wait_until_interrupted(children)


def prepare_demo(home: Home, out: Console) -> None:
    """Replay the archive once; a second call finds it done."""
    from flows.demo.replay import is_replayed, replay  # imports Prefect, see run_all

    if is_replayed(home):
        return
    out.print("Replaying the demo archive through the real flows ...")
    report = replay(home)
    out.print(
        f"Demo: {report.ingest.n_new} items seen, {report.ingest.states['stored']} articles stored, "
        f"{report.score.n_scored} scored.",
        highlight=False,
    )


def announce(home: Home, address: str, out: Console, started: float) -> None:
    """Say where to look, and how long it took to get there."""
    what = "the demo's trends" if home.kind == "demo" else "the trends"
    seconds = time.monotonic() - started
    out.print(f"[green]{address}[/] shows {what}, after {seconds:.0f} s. Ctrl-C stops everything.", highlight=False)
