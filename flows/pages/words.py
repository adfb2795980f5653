"""The words of walls, consent forms, paywalls and pages that are missing: from ``walls.toml``."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("walls.toml")
CAPTCHA = "captcha"
"""Boxes that anybody may put before a form, comments too: no vendor's wall for themselves."""
KINDS = ("bot", "consent", "not_found", "paywall")
"""What a text may speak of; buttons and live blogs have words of their own."""
BESIDE = 120
"""Characters: a sentence."""
_FOLDED = (("’", "'"), ("ё", "е"), ("\u00ad", ""), ("…", "..."))


def fold_words(text: str) -> str:
    """Lower case, one apostrophe, single blanks; cutting into words would take ten times as long."""
    folded = text.lower()
    for sign, replacement in _FOLDED:  # one call of str.translate takes ten times as long
        folded = folded.replace(sign, replacement)
    return " ".join(folded.split())


def phrases_in(kind: str, text: str) -> tuple[str, ...]:
    """The phrases of one kind that a folded text holds, in any language."""
    found = tuple(phrase for phrase in _words()[kind] if phrase in text)
    return (*found, *_agreements_in(text)) if kind == "consent" else found


def _agreements_in(text: str) -> tuple[str, ...]:
    """Words of agreeing that stand beside a word of cookies, ads or privacy: delegations agree too."""
    words = _words()
    found = []
    for phrase in words["agreement"]:
        place = text.find(phrase)
        beside = text[max(0, place - BESIDE) : place + len(phrase) + BESIDE] if place >= 0 else ""
        if any(word in beside for word in words["privacy"]):
            found.append(phrase)
    return tuple(found)


def vendor_of_markup(markup: str) -> str | None:
    """Whose wall a page's markup, in lower case, belongs to; ``None``: nobody's that is known."""
    for vendor, table in _table()["vendors"].items():
        if any(marker in markup for marker in table["markers"]):
            return str(vendor)
    return None


def vendor_of_headers(headers: Iterable[tuple[str, str]]) -> str | None:
    """Whose wall an answer's headers belong to; ``None``: nobody's that is known."""
    sent = [(name.lower(), value.lower()) for name, value in headers]
    for vendor, table in _table()["vendors"].items():
        for sign, content in table["headers"]:
            if any(name.startswith(sign) and content in value for name, value in sent):
                return str(vendor)
    return None


def proof_in(headers: Iterable[tuple[str, str]]) -> str | None:
    """The header, by name, that is sent with walls only."""
    proofs = {proof for table in _table()["vendors"].values() for proof in table.get("proofs", ())}
    return next((name.lower() for name, _ in headers if name.lower() in proofs), None)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for language in _table()["words"].values():
        for kind, phrases in language.items():
            found.setdefault(kind, {}).update(dict.fromkeys(map(fold_words, phrases)))
    return {kind: tuple(phrases) for kind, phrases in found.items()}


@cache
def _table() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
