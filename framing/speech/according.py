"""Attributions without a verb: "according to X", and a colon behind a name."""

from typing import Final

from framing.speech.claims import Claim, Claims
from framing.speech.clause import Clause
from framing.speech.items import QUOTE, SIGN, WORD
from framing.speech.phrases import Phrase, phrase_after, phrase_before

_ASKS: Final = ",?!"
"""What ends a quotation that its sentence goes on behind."""
_SENTENCES: Final = ".,?!…"
_MAX_LABEL: Final = 5
"""Words before a colon that can name a speaker."""


def read_according(clause: Clause, claims: Claims, label: str, cue: Phrase) -> Claim | None:
    """According to X, A; A, according to X."""
    last = clause.items[cue[1] - 1]
    if last.has("grammar.behind"):
        return _according_behind(clause, claims, label, cue)
    within = next((n for n in range(*cue) if clause.items[n].has("pronoun")), None)  # по его словам
    named = phrase_after(clause.items, cue[1], clause.end, is_named=True)
    speaker = _without_predicate(clause, named) if within is None else (within, within + 1)
    if speaker is None or clause.items[speaker[0]].has("pronoun.relative"):
        return None  # les affirmations selon lesquelles A
    if last.has("grammar.trailing") and not (cue[0] and clause.items[cue[0] - 1].kind != WORD):
        return None
    left, behind = claims.left_content(cue[0], 1), max(cue[1], speaker[1])
    if left is None:  # "According to a report that appeared on Monday, A"
        behind = next((n for n in range(behind, clause.end) if clause.items[n].is_sign(",")), behind)
    right = clause.right_clause(behind)
    if left is right is None:
        right = clause.stripped(behind, clause.end)
    contents = [content for content in (left, right) if content is not None]
    if contents:
        claims.cut_all(cue[0])
    return Claim(label, cue, speaker, contents) if contents else None


def _without_predicate(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """A name without the verb behind it, where no comma parts them: nach Angaben von Merz prüft Kiew A."""
    if phrase is None or phrase[1] >= clause.end or clause.items[phrase[1]].kind == SIGN:
        return phrase
    for place in range(phrase[0] + 1, phrase[1]):
        item, before = clause.items[place], clause.items[place - 1]
        if before.is_capital and not (item.is_capital or item.has("role", "grammar.linking", "grammar.article")):
            return phrase[0], place
    return phrase


def read_colon(clause: Clause, claims: Claims, first_verb: int) -> None:
    """Peskov: the talks go on. His answer: "A"."""
    place = next((n for n, item in enumerate(clause.items) if item.is_sign(":")), None)
    if not place:
        return
    speaker = phrase_after(clause.items, 0, place)
    is_name = speaker == (0, place) and place <= _MAX_LABEL and clause.items[0].is_capital
    is_quoted = place + 1 < clause.end and clause.items[place + 1].kind == QUOTE
    if first_verb < place or not (is_name or is_quoted or clause.announces()):
        return
    content = clause.stripped(place + 1, clause.end)
    if not is_name:
        speaker = clause.main_subject(place)
    if content is not None or clause.announces():
        claims.found.append(Claim("", (place, place + 1), speaker, [content] if content is not None else []))


def _according_behind(clause: Clause, claims: Claims, label: str, cue: Phrase) -> Claim | None:
    """A phrase that its speaker stands before: Merz zufolge A; A, Merz zufolge."""
    speaker = phrase_before(clause.items, cue[0], 0)
    if speaker is None:
        return None
    content = clause.stripped(cue[1], clause.end) or claims.left_content(speaker[0])
    return Claim(label, cue, speaker, [content]) if content is not None else None


def read_quotations(clause: Clause, claims: Claims) -> None:
    """Whole sentences in marks whose verb is in no table: "A," he groused; he demurred, "A"."""
    claimed = {place for claim in claims.found for begin, end in claim.contents for place in range(begin, end)}
    for place, item in enumerate(clause.items):
        if item.kind != QUOTE or place in claimed:
            continue
        if place == 0 and item.key in _ASKS:
            speaker = _without_verb(clause, phrase_after(clause.items, 1, clause.end))
        elif place > 1 and item.is_capital and clause.items[place - 1].is_sign(",:") and item.key in _SENTENCES:
            speaker = clause.main_subject(place - 1)
        else:
            continue
        if speaker is not None and clause.is_named(speaker):
            cue = (place - 1, place) if place else (speaker[1], speaker[1] + 1)
            if cue[1] <= len(clause.items):
                claims.found.append(Claim("", cue, speaker, [(place, place + 1)]))


def _without_verb(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """A name without the unknown verb behind it."""
    if phrase is None:
        return None
    begin, end = phrase
    while end > begin + 1 and not (clause.items[end - 1].is_capital or clause.items[end - 1].has("role")):
        end -= 1
    is_name = clause.items[end - 1].is_capital or clause.items[end - 1].has("role")
    return (begin, end) if is_name else phrase
