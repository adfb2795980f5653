"""What a code must answer when the actors of a sentence are exchanged, as frames.toml and its like say it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from framing import checks
from framing.checks import Key

SAME: Final = "same"
"""The exchanged sentence carries the same code: the telling may be told of either side."""
MIRROR: Final = "mirror"
"""The exchanged sentence carries the mirror of the frame, not the frame: the telling accuses one side."""
KEYS: Final = (
    Key("swap", checks.TEXT, (SAME, MIRROR), is_required=False),
    Key("swap_none", checks.TEXT, is_required=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapRule:
    """The rule of one code."""

    kind: str
    code_id: str
    swap: str | None
    """``SAME`` or ``MIRROR``; ``None``: nobody tells the exchanged sentence, and nothing is asked of it."""
    reason: str | None
    """Why nothing is asked, where nothing is."""


def without_rule(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a checked table that are part of a record; rules are not, since no answer depends on them."""
    return {name: value for name, value in row.items() if name not in {key.name for key in KEYS}}


def read_rules(where: str, kind: str, tables: Mapping[str, Any], faults: list[str]) -> tuple[SwapRule, ...]:
    """
    Read the rules of frames.toml or of a file of tags; a table that names none has ``SAME``.

    Tables that are not sound are passed over: the reader of the records says what is wrong with them.
    """
    found = tables.get(kind)
    rows = found.items() if isinstance(found, dict) else ()
    return tuple(_rules(where, kind, rows, faults))


def _rules(where: str, kind: str, rows: Any, faults: list[str]) -> Iterator[SwapRule]:
    for code_id, table in rows:
        if not isinstance(table, dict):
            continue
        place = f"{where}, [{kind}.{code_id}]"
        swap, reason = table.get("swap"), table.get("swap_none")
        if swap is not None and reason is not None:
            faults.append(
                f"{place}: has both 'swap' and 'swap_none'. Say what the sentence with exchanged actors must carry, "
                "or say why nobody tells it: one of the two."
            )
        elif swap == MIRROR and not checks.TEXT.holds(table.get("mirror")):
            faults.append(
                f"{place}: has swap = 'mirror' and no mirror. Write swap = 'same', name the mirror, "
                "or say in swap_none why nobody tells the sentence with exchanged actors."
            )
        elif swap in (None, SAME, MIRROR) and (reason is None or checks.TEXT.holds(reason)):
            yield SwapRule(kind=kind, code_id=code_id, swap=None if reason else swap or SAME, reason=reason)
