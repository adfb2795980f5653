"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.printing import Format

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder that holds everything; default $PARLEY_HOME or ~/.parley.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the rows are printed.")]
