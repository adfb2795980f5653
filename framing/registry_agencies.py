"""Reading agencies.toml: news agencies, and how texts credit them."""

from collections.abc import Mapping
from typing import Any, Final

from framing import checks
from framing.checks import ID, Key, check_table, show
from framing.corpus.agencies import Agency, Credits, CreditWords

_AGENCY_KEYS: Final = (
    Key("name", checks.TEXT),
    Key("names", checks.TEXTS),
    Key("outlet_id", checks.TEXT, is_required=False),
    Key("sign_offs", checks.NAMES, default=[]),
)
_CREDIT_KEYS: Final = (Key("in_text", checks.TEXTS), Key("in_line", checks.TEXTS), Key("between", checks.TEXTS))


def read_agencies(where: str, table: Mapping[str, Any], faults: list[str]) -> Credits:
    """Read agencies.toml: what has no fault, in the order of the file."""
    keys = (Key("agency", checks.ROWS), Key("credit", checks.ROWS))
    found = check_table(where, table, keys, faults)
    agencies = tuple(
        Agency(
            agency_id=agency_id,
            name=row["name"],
            names=tuple(row["names"]),
            outlet_id=row["outlet_id"],
            sign_offs=tuple(row["sign_offs"]),
        )
        for agency_id, row in _rows(where, "agency", found, _AGENCY_KEYS, faults).items()
    )
    words = tuple(
        CreditWords(language=language, **{key: tuple(values) for key, values in row.items()})
        for language, row in _rows(where, "credit", found, _CREDIT_KEYS, faults).items()
    )
    _check_names(where, agencies, faults)
    return Credits(agencies, words)


def _rows(
    where: str, kind: str, found: Mapping[str, Any], keys: tuple[Key, ...], faults: list[str]
) -> dict[str, dict[str, Any]]:
    """The ``[kind.<id>]`` tables that have no fault."""
    rows = {}
    for row_id, table in (found.get(kind) or {}).items():
        n_before = len(faults)
        if not ID.fullmatch(row_id):
            faults.append(f"{where}: the id {row_id!r} may hold only a-z, 0-9 and _. Rename [{kind}.{row_id}].")
        elif not isinstance(table, dict):
            faults.append(f"{where}: {kind}.{row_id} is {show(table)}, not a table. Write [{kind}.{row_id}].")
        else:
            row = check_table(f"{where}, [{kind}.{row_id}]", table, keys, faults)
            if len(faults) == n_before:
                rows[row_id] = row
    return rows


def _check_names(where: str, agencies: tuple[Agency, ...], faults: list[str]) -> None:
    """One name for two agencies would credit the wrong one."""
    holders: dict[str, str] = {}
    for agency in agencies:
        for name in agency.names:
            holder = holders.setdefault(name, agency.agency_id)
            if holder != agency.agency_id:
                faults.append(
                    f"{where}, [agency.{agency.agency_id}]: the name {name!r} is also in [agency.{holder}]. "
                    "Delete it from one of them."
                )
