"""The command line: ``parley``."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from rich.markup import escape

from flows.commands.archive import backfill, replay
from flows.commands.evaluate import evaluate
from flows.commands.explain import explain
from flows.commands.gold import agreement, judge, sample
from flows.commands.opml import export_opml, import_opml
from flows.commands.options import FormatOption, HomeOption
from flows.commands.printing import Format, err, out, print_in, print_ingest, print_report, print_rows
from flows.commands.registry import check, frames, outlets, registry_of
from flows.service.stopping import stoppable
from flows.service.surroundings import leave, prepare
from framing.errors import ParleyError
from framing.registry_files import load_registry
from warehouse.guard import check_query, confine, distinct, refused
from warehouse.home import MARKER, Home, create_home, default_root, demo_root, open_home
from warehouse.interrupts import interruptible
from warehouse.reading import open_current

app = typer.Typer(
    help="Parley watches how the world's outlets frame the Russia-Ukraine-US peace talks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.command()(check)
app.command()(outlets)
app.command()(frames)
app.command()(replay)
app.command()(backfill)
app.command()(evaluate)
app.command()(explain)
app.command()(sample)
app.command()(judge)
app.command()(agreement)
app.command()(import_opml)
app.command()(export_opml)

PortOption = Annotated[int, typer.Option("--port", help="Port of the dashboard.", min=1, max=65535)]


def main() -> None:
    """Run the command; an error of ours is one clear message and exit code 1."""
    try:
        with stoppable():
            app()
    except SystemExit as end:
        leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except ParleyError as error:
        err.print(f"parley: {error}", style="red", markup=False, highlight=False)
        leave(1)
    except duckdb.Error as error:
        text = str(error).splitlines()[0]
        way_out = "'parley doctor' looks for the cause, 'parley publish' makes a new published copy."
        err.print(f"parley: DuckDB: {text}. {way_out}", style="red", markup=False, highlight=False)
        leave(1)
    except BrokenPipeError:  # the reader of our output went away: parley sql ... | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        leave(1)


def ready(root: Path | None, kind: str | None = "live") -> Home:
    """A home to write to, with registry and Prefect's surroundings in order; ``None``: whichever kind it is."""
    root = root or default_root()
    if kind is None:
        kind = open_home(root).kind if (root / MARKER).exists() else "live"
    home = create_home(root, kind)
    load_registry(home.registry)
    prepare(home)
    return home


@app.command()
def run(
    home: HomeOption = None,
    port: PortOption = 8501,
    once: Annotated[bool, typer.Option("--once", help="Ingest, score and publish once, then end.")] = False,
) -> None:
    """Collect now and every 15 minutes, and show the dashboard. Ctrl-C stops everything."""
    live = ready(home)
    if once:
        _run_once(live)
    else:
        from flows.service.running import run_all

        run_all(live, port, out)


def _run_once(live: Home) -> None:
    from flows.pipeline import pipeline
    from flows.service.running import describe_silence

    print_report(pipeline(str(live.root)))
    silence = describe_silence(live)
    if silence:
        err.print(f"{silence.sentence} 'parley demo' shows the demo meanwhile.", style="yellow")
        raise typer.Exit(1)


@app.command()
def demo(
    home: HomeOption = None,
    port: PortOption = 8501,
    no_dashboard: Annotated[bool, typer.Option("--no-dashboard", help="Only replay; print where it is.")] = False,
) -> None:
    """Replay fictional outlets through the real flows into a home of their own, and show them."""
    root = home or demo_root(default_root())
    demo_home = ready(root, "demo")
    from flows.service.running import show_demo

    show_demo(demo_home, port, out, with_dashboard=not no_dashboard)


@app.command()
def ingest(home: HomeOption = None) -> None:
    """Poll the feeds that are due and fetch the pages that are pending."""
    live = ready(home)
    from flows import ingest as flow

    print_ingest(flow.ingest(str(live.root)))


@app.command()
def score(home: HomeOption = None) -> None:
    """Score what the codebook of the registry has not seen yet, and count it in the trends."""
    opened = ready(home, kind=None)
    from flows import score as flow
    from flows.analyse import analyse

    report = flow.score(str(opened.root))
    analyse(str(opened.root))
    out.print(f"Scored {report.n_scored} revisions with codebook {report.codebook_version}.")


@app.command()
def publish(home: HomeOption = None) -> None:
    """Bring the figures up to date and publish a read-only copy of the warehouse."""
    opened = ready(home, kind=None)
    from flows import publish as flow
    from flows.analyse import analyse

    analyse(str(opened.root))  # a killed run, or an older Parley, may have left them behind
    out.print(f"Published {flow.publish(str(opened.root))}", highlight=False)


@app.command()
def status(
    home: HomeOption = None, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """What is stored, how fresh it is, and how the feeds are."""
    opened = open_home(home or default_root())
    facts = _facts(opened)
    if as_json:
        print(json.dumps(facts, default=str, ensure_ascii=False))
        return
    for key, value in facts.items():
        if key not in ("feeds", "advice"):
            out.print(f"{key:>20}  {'unknown' if value is None else value}", highlight=False, markup=False)
    print_rows(facts["feeds"])
    for sentence in facts["advice"]:
        out.print(sentence, highlight=False, markup=False)


@app.command()
def doctor(home: HomeOption = None) -> None:
    """Look for what may be wrong, and say the way out. Changes nothing."""
    from flows.commands.doctor import examine

    findings = examine(open_home(home or default_root()))
    for finding in findings:
        mark = "[green]ok[/]  " if finding.is_good else "[red]look[/]"
        out.print(f"{mark} {finding.subject:<12} {escape(finding.finding)}", highlight=False)
    if not all(finding.is_good for finding in findings):
        raise typer.Exit(1)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="A query over the public views; see docs/data-dictionary.md.")],
    home: HomeOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Ask the published copy, read-only; no file or address can be reached from a query."""
    with interruptible(), open_current(open_home(home or default_root())) as connection:
        confine(connection)
        check_query(connection, query)
        try:
            cursor = connection.execute(query)
            names = distinct([column[0] for column in cursor.description or ()])
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise refused(error) from error
    print_in(output, rows, names)


@app.command()
def extract(
    page: Annotated[Path, typer.Argument(help="A saved HTML page.")],
    url: Annotated[str, typer.Option("--url", help="Where the page comes from.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    home: HomeOption = None,
) -> None:
    """What the pipeline would store of a page."""
    from flows.commands.texts import extract_file

    facts = extract_file(page, url, registry_of(home))
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    text = facts.pop("text")
    for key, value in facts.items():
        out.print(f"{key:>20}  {'unknown' if value is None else value}", highlight=False, markup=False)
    out.print(f"\n{text}", highlight=False, markup=False)


@app.command()
def annotate(
    file: Annotated[Path, typer.Argument(help="JSON lines with id and text; - reads standard input.")] = Path("-"),
    home: HomeOption = None,
) -> None:
    """Annotate your own corpus: JSON lines in, JSON lines out."""
    from flows.commands.texts import InputError, annotate_lines

    registry = registry_of(home)
    # Half a surrogate pair, which JSON allows, is written as JSON writes it.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if str(file) == "-":
            source = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
        else:
            source = file.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}). Give a file of JSON lines, or -.") from error
    n_refused = 0
    with source:
        for result in annotate_lines(source, registry):
            if isinstance(result, InputError):
                n_refused += 1
                err.print(f"parley: {file}, {result}", style="red", markup=False, highlight=False)
            else:
                print(json.dumps(result, ensure_ascii=False))
    if n_refused:
        raise ParleyError(f"{n_refused} lines were not annotated, see above; all others were.")


def _facts(home: Home) -> dict[str, Any]:
    from warehouse.gone_feeds import advice_on_feeds
    from warehouse.lock import describe_holder, is_locked

    with open_current(home) as connection:
        cursor = connection.execute("select * from about")
        names = [column[0] for column in cursor.description or ()]
        about = dict(zip(names, cursor.fetchone() or (), strict=True))
        feeds = connection.execute(
            "select outlet_id, health, n_sightings, last_success_utc, newest_item_utc, last_error "
            "from feed_health where is_watched order by health, outlet_id"
        )
        names = [column[0] for column in feeds.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in feeds.fetchall()]
        advice = [advice.sentence for advice in advice_on_feeds(connection)]
    lock = describe_holder(home.holder) if is_locked(home) else "free"
    return {"home": str(home.root), **about, "writer": lock, "feeds": rows, "advice": advice}
