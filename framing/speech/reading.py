"""Reading who says what: from marks and verbs to utterances."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from framing.codebook import Codebook
from framing.matching import Match
from framing.speech.attribution import read_claims
from framing.speech.claims import Claim
from framing.speech.dashes import divide_marked, find_dashed, join_marked
from framing.speech.items import DASHES, QUOTE, SIGN, WORD, Item, read_items
from framing.speech.lexicon import Lexicon, lexicon_of
from framing.speech.marks import COVER, Marked, cover, find_marked, uncovered
from framing.speech.phrases import Phrase
from framing.speech.records import Utterance
from framing.speech.sentences import split_covered
from framing.speech.speakers import Names, Speakers
from framing.tokens import tokenise

MAX_ITEMS: Final = 120
"""Items of a sentence that are looked at together; a longer one is a table or a list, and is cut."""
MAX_ASIDE: Final = 3
"""Words beside a quotation that goes on with the speaker of the last one."""
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*$")
_NEAR: Final = 20  # characters before a dash in which its paragraph begins
_TELLING: Final = COVER + ":"
_INSERTION: Final = re.compile(r"\[[^\[\]\n]{1,200}\]")


def read_speech(title: str, text: str, language: str | None, codebook: Codebook) -> tuple[Utterance, ...] | None:
    """
    Find who says what in a text.

    Args:
        title: Any string, read apart from the text.
        text: Any length; paragraphs separated by line breaks.
        language: ISO 639-1.
        codebook: Its speech part for the language decides about marks and verbs, its actors about ``actor_id``.

    Returns:
        Utterances in the order of their start, those of the title first, outer before inner; ``None``: the
        language has no speech part, so nothing was measured. Time is linear in the text.

    Source:
        What counts as attribution (source, cue, content) follows PolNeAR: Newell, Margolin and Ruths (2018), LREC.
        The rules are ours.
    """
    lexicon = lexicon_of(codebook, language)
    if lexicon is None:
        return None
    speakers = Speakers(Names(text, lexicon, codebook), codebook)
    return tuple(
        utterance
        for part, string in (("title", title), ("text", text))
        for utterance in _PartReader(part, string, lexicon, speakers).read()
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """All of an utterance but its place."""

    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    actor_id: str | None = None
    verb: str | None = None
    verb_class: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None


_NOBODY: Final = _Source()


class _PartReader:
    """Title or text."""

    def __init__(self, part: str, text: str, lexicon: Lexicon, speakers: Speakers) -> None:
        self._part = part
        self._text = text
        self._lexicon = lexicon
        self._speakers = speakers
        self._marked = _all_marked(text, lexicon)
        self._marked_starts = [marked.start for marked in self._marked]
        self._covered = cover(text, self._marked)
        self._found: list[Utterance] = []
        self._continued: _Source | None = None
        """Whose words a quotation is that stands alone: those of the last one, until somebody else says something."""

    def read(self) -> list[Utterance]:
        """The utterances, in order."""
        sayings = self._lexicon.sayings(self._covered, uncovered(tokenise(self._text), self._covered))
        starts = [match.start for match in sayings]
        for start, end in split_covered(self._text, self._covered, starts, self._lexicon):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            if first == last and not any(sign in self._covered[start:end] for sign in _TELLING):
                if _PARAGRAPH.search(self._text, max(0, start - _NEAR), start):
                    self._continued = None  # a paragraph in which nothing is said so far
                continue
            items = read_items(self._text, self._covered, start, end, self._lexicon)
            for begin in range(0, len(items), MAX_ITEMS):
                piece = items[begin : begin + MAX_ITEMS]
                first, last = bisect_left(starts, piece[0].start), bisect_left(starts, piece[-1].end)
                self._read_sentence(piece, sayings[first:last])
        return sorted(self._found, key=lambda utterance: (utterance.start, -utterance.end, utterance.depth))

    def _read_sentence(self, items: list[Item], matches: Sequence[Match]) -> None:
        claims = read_claims(items, matches, self._lexicon)
        if not claims and not any(item.kind == WORD for item in items):
            self._go_on(items)
            return
        if not claims and self._continued is not None and self._is_aside(items):
            end = len(items) - (items[-1].kind == SIGN)
            self._add_content(items, (0, end), self._continued, 0, set())
            return
        self._continued = None
        sources = [self._source(claim, items) for claim in claims]
        depths = [
            sum(
                _holds(other, claim) and not (place < rank and _holds(claim, other))
                for rank, other in enumerate(claims)
            )
            for place, claim in enumerate(claims)
        ]
        claimed: set[int] = set()  # a quotation belongs to the innermost claim
        for number in sorted(range(len(claims)), key=lambda number: -depths[number]):
            for content in claims[number].contents:
                self._add_content(items, content, sources[number], depths[number], claimed)
        self._continued = _goes_on(items, claims, sources, depths)
        for place, item in enumerate(items):
            if item.kind == QUOTE and place not in claimed:
                self._add_direct(item, _NOBODY, 0)

    def _go_on(self, items: Sequence[Item]) -> None:
        """A sentence that is nothing but quotations: whoever was quoted last goes on."""
        for item in items:
            if item.kind != QUOTE:
                continue
            is_dashed = self._text[item.start] in DASHES
            if is_dashed and _PARAGRAPH.search(self._text, max(0, item.start - _NEAR), item.start):
                self._continued = None  # a paragraph that begins with a dash is somebody else's turn
            self._add_direct(item, self._continued or _NOBODY, 0)

    def _is_aside(self, items: Sequence[Item]) -> bool:
        """Whether a sentence is a quotation but for a word or two, in the paragraph of the last one: But "A"."""
        n_words = sum(item.kind == WORD for item in items)
        before = self._text[max(0, items[0].start - _NEAR) : items[0].start]
        return n_words <= MAX_ASIDE and any(item.kind == QUOTE for item in items) and "\n" not in before

    def _source(self, claim: Claim, items: Sequence[Item]) -> _Source:
        cue_start, cue_end = items[claim.cue[0]].start, items[claim.cue[1] - 1].end
        verb = self._text[cue_start:cue_end] if claim.label else None
        verb_class = claim.label.partition(".")[2] or None
        if claim.speaker is None:
            return _Source(verb=verb, verb_class=verb_class, cue_start=cue_start, cue_end=cue_end)
        speaker, actor_id = self._speakers.resolve(self._part, self._text, items, claim.speaker)
        start, end = items[claim.speaker[0]].start, items[claim.speaker[1] - 1].end
        return _Source(speaker, start, end, actor_id, verb, verb_class, cue_start, cue_end)

    def _add_content(
        self, items: Sequence[Item], content: Phrase, source: _Source, depth: int, claimed: set[int]
    ) -> None:
        """One stretch of what is said: quotations alone are direct; words with quotations among them are indirect."""
        inside = range(*content)
        has_words = any(items[place].kind == WORD for place in inside)
        if has_words:
            self._add("indirect", items[content[0]].start, items[content[1] - 1].end, source, depth)
        for place in inside:
            if items[place].kind == QUOTE and place not in claimed:
                claimed.add(place)
                self._add_direct(items[place], source, depth + has_words)

    def _add_direct(self, item: Item, source: _Source, depth: int) -> None:
        """A quotation, and those inside it."""
        self._add("direct", item.start, item.end, source, depth)
        first, last = bisect_left(self._marked_starts, item.start), bisect_left(self._marked_starts, item.end)
        for place in range(first, last):
            marked = self._marked[place]
            if marked.depth:
                self._add("direct", marked.start, marked.end, _NOBODY, depth + marked.depth)

    def _add(self, kind: str, start: int, end: int, source: _Source, depth: int) -> None:
        insertions = _INSERTION.finditer(self._text, start, end) if kind == "direct" else ()
        self._found.append(
            Utterance(
                kind=kind,
                part=self._part,
                start=start,
                end=end,
                speaker=source.speaker,
                speaker_start=source.speaker_start,
                speaker_end=source.speaker_end,
                actor_id=source.actor_id,
                verb=source.verb,
                verb_class=source.verb_class,
                cue_start=source.cue_start,
                cue_end=source.cue_end,
                insertions=tuple(found.span() for found in insertions),
                depth=depth,
            )
        )


def _goes_on(
    items: Sequence[Item], claims: Sequence[Claim], sources: Sequence[_Source], depths: Sequence[int]
) -> _Source | None:
    """Whose words a quotation in the next sentence is: of the last who is quoted, is announced, or is cited at all."""
    best: tuple[int, _Source | None] = (0, None)
    for claim, source, depth in zip(claims, sources, depths, strict=True):
        is_quoted = any(item.kind == QUOTE for begin, end in claim.contents for item in items[begin:end])
        rank = 3 if is_quoted else 2 if not claim.contents else 1
        if not depth and rank >= best[0]:
            best = rank, source
    return best[1]


def _all_marked(text: str, lexicon: Lexicon) -> tuple[Marked, ...]:
    """Quotations in marks and speech behind dashes."""
    marked = divide_marked(text, find_marked(text, lexicon.marks), lexicon)
    return join_marked(find_dashed(text, lexicon), marked)


def _holds(outer: Claim, inner: Claim) -> bool:
    """Whether one claim is part of what another says."""
    return outer is not inner and any(begin <= inner.cue[0] and inner.cue[1] <= end for begin, end in outer.contents)
