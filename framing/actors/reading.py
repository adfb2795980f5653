"""Reading a text for what it says of actors: its sentences with the cues of the tone part and the names in them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from framing.actors.mentions import Mention, actors_among
from framing.actors.predication import Judged
from framing.codebook import Codebook
from framing.cues import Cue, parse_cue
from framing.matching import CueIndex, Match
from framing.sentences import split_sentences

PART: Final = "tone"
GROUPS: Final = ("lean", "tone", "label", "link")
"""Where two tables list the same words, the first counts, within a group by the order of the file."""


def read_judged(
    part: str, text: str, language: str | None, codebook: Codebook, named: Sequence[Mention] = ()
) -> Iterator[Judged]:
    """
    Find actors and the words of the tone part in one string, sentence by sentence.

    Args:
        part: title or text: what the string is.
        text: Any string.
        language: ISO 639-1; without a tone part for it only actors are found.
        codebook: Whose cues and actors to look for.
        named: Further actors, ascending and not overlapping; where one stands, the registry is not asked.

    Returns:
        The sentences in order, also those that name nobody.
    """
    index = _compile(codebook, language)
    place = 0
    for start, end in split_sentences(text, language):
        found = index.find(text, start, end)
        own = []
        while place < len(named) and named[place].start < end:
            if named[place].start >= start:
                own.append(named[place])
            place += 1
        yield judged_from(part, text, found, own)


def judged_from(part: str, text: str, matches: Sequence[Match], named: Sequence[Mention] = ()) -> Judged:
    """
    Sort what was found in one sentence.

    Args:
        part: title or text.
        text: The whole string.
        matches: The cues of ``tone_cues`` in one sentence, ascending; others are passed over.
        named: Further actors in it, as for ``read_judged``.
    """
    given = frozenset(named)
    mentions = _merge(named, actors_among(matches, part))
    return Judged(
        text=text,
        part=part,
        cues=[cue for cue in _outermost(matches) if not _is_name(text, cue, mentions, given)],
        link=_by_table(matches),
        labels=[match for match in matches if match.label.startswith("label.")],
        mentions=mentions,
    )


def _is_name(text: str, cue: Match, mentions: Sequence[Mention], given: frozenset[Mention]) -> bool:
    """
    Whether a word is part of a name and does not judge: Jeremy Strong, European partners.

    In a name that was handed in, a common noun still says who is meant: Russian civilians.
    """
    number = bisect_right(mentions, cue.start, key=lambda mention: mention.start) - 1
    if number < 0 or cue.end > mentions[number].end:
        return False
    return mentions[number] not in given or text[cue.start : cue.end].split()[-1][0].isupper()


def _merge(given: Sequence[Mention], found: Sequence[Mention]) -> list[Mention]:
    """Both in order; of the found ones only those that touch no given one."""
    if not given:
        return list(found)
    free = []
    place = 0
    for one in found:
        while place < len(given) and given[place].end <= one.start:
            place += 1
        if place == len(given) or one.end <= given[place].start:
            free.append(one)
    return sorted([*given, *free], key=lambda mention: mention.start)


def _outermost(matches: Sequence[Match]) -> list[Match]:
    """The judging cues; one inside a longer one is left out: "attacked" in "was attacked"."""
    judging = [match for match in matches if match.label.startswith(("lean.", "tone."))]
    kept: list[Match] = []
    for match in sorted(judging, key=lambda one: (one.start, -one.end)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return kept


def _by_table(matches: Sequence[Match]) -> dict[str, list[Match]]:
    tables: dict[str, list[Match]] = {}
    for match in matches:
        group, _, name = match.label.partition(".")
        if group == "link":
            tables.setdefault(name, []).append(match)
    return tables


@lru_cache(maxsize=16)
def _compile(codebook: Codebook, language: str | None) -> CueIndex:
    return CueIndex(tone_cues(codebook, language))


def tone_cues(codebook: Codebook, language: str | None) -> Iterator[tuple[str, Cue]]:
    """The cues of a language's tone part as ``group.table``, and the actors' aliases as ``actor.id``."""
    part = codebook.part(language, PART)
    if part is not None:
        for group in GROUPS:
            for name, texts in part.cues(group):
                for text in texts:
                    yield f"{group}.{name}", parse_cue(text)
    for actor in codebook.actors:
        for text in actor.aliases:
            yield f"actor.{actor.actor_id}", parse_cue(text)
