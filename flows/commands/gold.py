"""Commands about the gold sample: draw sentences for coders, take in what they say, and tell what follows."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import FormatOption, HomeOption
from flows.commands.printing import Format, out, print_in, print_rows
from flows.gold.drawing import draw_sample
from flows.gold.sheets import read_sheet, require_free, write_sheet
from flows.world import now_utc
from warehouse.home import default_root, open_home
from warehouse.judgements import open_judgements
from warehouse.reading import open_current, require_these_views

if TYPE_CHECKING:  # brings scipy along, which takes a second
    from flows.gold.findings import Finding

SEED = 20_220_224
"""Any number: it only has to be the same the next time."""


def sample(
    to: Annotated[Path, typer.Option("--out", help="The coders' sheet: a CSV file that is not there yet.")],
    n: Annotated[int, typer.Option("--n", help="How many sentences to draw.", min=1)] = 400,
    language: Annotated[list[str] | None, typer.Option("--language", help="Only this one; may be repeated.")] = None,
    frame: Annotated[list[str] | None, typer.Option("--frame", help="Only this one; may be repeated.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another number draws other sentences.")] = SEED,
    home: HomeOption = None,
) -> None:
    """
    Draw sentences for people to judge, with known chances, and write a sheet for each coder to fill in a copy of.

    The sheet holds nothing of what Parley found: who knows the answer judges otherwise.
    """
    opened = open_home(home or default_root())
    require_free(to)
    with open_current(opened) as connection:
        require_these_views(connection, opened.current)
        drawn = draw_sample(connection, n, seed, now_utc(), language or (), frame or ())
    with open_judgements(opened, "sample") as judgements:
        is_new = judgements.keep(drawn.sample, drawn.strata, drawn.units)
    write_sheet(to, drawn.lines)
    fewer = f" (there are no more than these; {n} were asked for)" if len(drawn.units) < n else ""
    out.print(
        f"Sample {drawn.sample.sample_id}{'' if is_new else ', drawn before'}: {len(drawn.units)} sentences{fewer} of "
        f"{len({(unit.language, unit.frame_id) for unit in drawn.units})} pairs of language and frame. Sheet: {to}\n"
        "Give a copy to each coder; they fill in carried (yes, no or unsure) and, where they can, voice and note, "
        "without seeing each other's. Then: parley judge FILE.csv --coder NAME",
        highlight=False,
        markup=False,
    )


def judge(
    file: Annotated[Path, typer.Argument(help="A sheet of 'parley sample' that a coder filled in.")],
    coder: Annotated[str, typer.Option("--coder", help="Who judged: a name or a sign, always spelt alike.")],
    home: HomeOption = None,
) -> None:
    """
    Import a coder's judgements, all of the file or nothing; a later word on a sentence replaces the earlier one.

    Every word that was ever imported is kept, in a file of its own that no replay or rebuilding touches.
    """
    opened = open_home(home or default_root())
    name = " ".join(coder.split())
    with open_judgements(opened, "judge") as judgements:
        judgements.require_coder(name)
        sheet = read_sheet(file, name, {unit.unit_id: unit for unit in judgements.units()})
        done = judgements.add(sheet.judgements, now_utc())
    out.print(
        f"{name}: {done.n_new} judgements new, {done.n_changed} changed, {done.n_same} known already; "
        f"{sheet.n_empty} sentences of the sheet are not judged yet.",
        highlight=False,
        markup=False,
    )


def agreement(
    sample_id: Annotated[
        str | None, typer.Option("--sample", metavar="ID", help="Which sample; without it the one drawn last.")
    ] = None,
    output: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """How far coders agree on each frame, and how common it is by their word, beside Parley's own figure."""
    from flows.gold.findings import find

    opened = open_home(home or default_root())
    with open_judgements(opened, "agreement") as judgements:
        chosen = judgements.sample(sample_id)
        strata, units = judgements.strata(chosen.sample_id), judgements.units(chosen.sample_id)
        said = judgements.latest(chosen.sample_id)
    rows = [_row(finding) for finding in find(strata, units, said)]
    if output is not Format.TABLE:
        print_in(output, rows)
        return
    coders = ", ".join(sorted({one.coder for one in said})) or "nobody yet"
    out.print(
        f"Sample {chosen.sample_id}, drawn {chosen.drawn_utc:%Y-%m-%d}, seed {chosen.seed}, codebook "
        f"{chosen.codebook_version}: {len(units)} sentences, judged by {coders}.",
        highlight=False,
        markup=False,
    )
    print_rows([_shown(row) for row in rows])
    out.print(
        "alpha: Krippendorff's, 1 is full agreement, 0 is chance. engine: the share of sentences that carry the frame "
        "by Parley's word. corrected: by the coders' word, estimated from the sample; rogan-gladen: as if the engine "
        "erred as in the languages that were judged. 95 % intervals.",
        highlight=False,
    )


def _row(finding: "Finding") -> dict[str, Any]:
    """One finding with a plain number in each column; ``None``: not known."""
    agreed, share = finding.agreement, finding.prevalence
    return {
        "frame": finding.frame_id,
        "language": finding.language,
        "n_sentences": finding.n_sentences,
        "n_drawn": finding.n_drawn,
        "n_coders": finding.n_coders,
        "n_decided": finding.n_decided,
        "n_split": finding.n_split,
        "n_unsure": finding.n_unsure,
        "n_alpha": agreed.n_units,
        "alpha": agreed.alpha,
        "alpha_low": agreed.interval.low if agreed.interval else None,
        "alpha_high": agreed.interval.high if agreed.interval else None,
        "engine": finding.naive,
        "corrected": share.corrected if share else None,
        "corrected_low": share.interval.low if share else None,
        "corrected_high": share.interval.high if share else None,
        "method": share.method if share else None,
        "lacks": finding.lacks,
    }


def _shown(row: dict[str, Any]) -> dict[str, str]:
    """A row for people: a figure and its interval in one cell."""
    return {
        "frame": row["frame"],
        "language": row["language"],
        "decided": f"{row['n_decided']} of {row['n_drawn']}" + (f", {row['n_split']} split" if row["n_split"] else ""),
        "alpha": _between(row, "alpha", "{:.2f}"),
        "engine": f"{row['engine']:.1%} of {row['n_sentences']:,}",
        "corrected": _between(row, "corrected", "{:.1%}"),
        "method": row["method"] or "",
        "too few": row["lacks"] or "",
    }


def _between(row: dict[str, Any], name: str, form: str) -> str:
    if row[name] is None:
        return "-"
    value, low, high = (form.format(row[key]) for key in (name, f"{name}_low", f"{name}_high"))
    return f"{value} ({low} to {high})"
