"""Progress: bars where there is a terminal to draw them on, else on the page of a deployment's run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.service.artifacts import progress_artifact

CONSOLE = Console(stderr=True)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yields ``advance(n)``, to be called once for a chunk; draws nothing for no work, or where nobody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=CONSOLE, transient=True, disable=not CONSOLE.is_terminal or not total) as bar:
        job = bar.add_task(label, total=total)
        show = progress_artifact(label, 0 if CONSOLE.is_terminal else total)

        def advance(n: int) -> None:
            bar.advance(job, n)
            show(n)

        yield advance
