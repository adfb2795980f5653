"""How a text portrays the registry's actors: how often, with how much say, in what tone, in which part."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from framing.actors.predication import Judged, Predication, predicate
from framing.actors.reading import PART, read_judged
from framing.actors.records import Cast, LabelHit, Lean, Portrait, Tone
from framing.actors.roles import Votes
from framing.codebook import Codebook
from framing.matching import Match
from framing.speech.records import Utterance, is_said
from framing.tokens import tokenise


class _Speech:
    """Which characters of a text are somebody's words and not the outlet's, and how many words each is given."""

    def __init__(self, strings: Mapping[str, str], utterances: Sequence[Utterance]) -> None:
        self.n_words: Counter[str | None] = Counter()
        """By actor; under ``None`` the words of everybody else."""
        self._spans: dict[str, list[tuple[int, int]]] = {part: [] for part in strings}
        # A quotation inside a quotation is part of the outer one and must not count twice.
        for one in sorted(
            (one for one in utterances if one.depth == 0 and is_said(one)), key=lambda utterance: utterance.start
        ):
            self._spans[one.part].append((one.start, one.end))
            self.n_words[one.actor_id] += len(tokenise(strings[one.part], one.start, one.end))

    def holds(self, part: str, place: int) -> bool:
        """Whether a character belongs to somebody's words."""
        spans = self._spans[part]
        number = bisect_right(spans, place, key=lambda span: span[0]) - 1
        return number >= 0 and place < spans[number][1]


def portray(
    title: str, text: str, language: str | None, codebook: Codebook, utterances: Sequence[Utterance] | None
) -> Cast:
    """
    Say how a text portrays the registry's actors.

    Args:
        title: May be empty.
        text: May be empty; paragraphs separated by line breaks.
        language: ISO 639-1, or ``None`` when unknown; without a tone part for it there is no tone, lean or label.
        codebook: Actors, and the words that judge them.
        utterances: Who says what in the text, as ``read_speech`` gives it; ``None``: not measured, and so there
            is neither a share of quoted words nor a tone in the outlet's own words.

    Returns:
        One portrait per actor that is named or speaks. Mentions are counted in any language.
    """
    parts = (("title", title), ("text", text))
    judged = [one for part, string in parts for one in read_judged(part, string, language, codebook)]
    return portray_judged(title, text, language, codebook, utterances, judged)


def portray_judged(
    title: str,
    text: str,
    language: str | None,
    codebook: Codebook,
    utterances: Sequence[Utterance] | None,
    judged: Iterable[Judged],
) -> Cast:
    """
    Say the same of sentences in which cues and actors have been found already.

    Args:
        title: This and the next four as for ``portray``.
        text: See there.
        language: See there.
        codebook: See there.
        utterances: See there.
        judged: The sentences of title and text; see ``judged_from``.
    """
    speech = None if utterances is None else _Speech({"title": title, "text": text}, utterances)
    n_mentions: Counter[str] = Counter()
    said: defaultdict[str, list[Predication]] = defaultdict(list)
    labels: list[LabelHit] = []
    for sentence in judged:
        n_mentions.update(mention.actor_id for mention in sentence.mentions)
        for one in predicate(sentence):
            said[one.mention.actor_id].append(one)
        labels += [_label(match, sentence.part, speech) for match in sentence.labels]
    has_tone = codebook.part(language, PART) is not None
    return Cast(
        portraits=tuple(
            _portray_one(actor.actor_id, n_mentions, said[actor.actor_id] if has_tone else None, speech)
            for actor in codebook.actors
            if n_mentions[actor.actor_id] or (speech is not None and speech.n_words[actor.actor_id])
        ),
        labels=tuple(labels) if has_tone else None,
    )


def _label(match: Match, part: str, speech: _Speech | None) -> LabelHit:
    return LabelHit(
        label_id=match.label.partition(".")[2],
        part=part,
        start=match.start,
        end=match.end,
        is_outlet=None if speech is None else not speech.holds(part, match.start),
    )


def _portray_one(
    actor_id: str, n_mentions: Counter[str], said: Sequence[Predication] | None, speech: _Speech | None
) -> Portrait:
    own = None
    if said is not None and speech is not None:
        own = [one for one in said if not speech.holds(one.mention.part, one.start)]
    n_all = n_mentions.total()
    n_spoken = speech.n_words.total() if speech is not None else 0
    return Portrait(
        actor_id=actor_id,
        n_mentions=n_mentions[actor_id],
        share_mentions=n_mentions[actor_id] / n_all if n_all else None,
        n_quoted_words=speech.n_words[actor_id] if speech is not None else None,
        share_quoted_words=speech.n_words[actor_id] / n_spoken if speech is not None and n_spoken else None,
        tone=None if own is None else _tone(own),
        lean=None if said is None else _lean(said),
        own_lean=None if own is None else _lean(own),
    )


def _tone(said: Sequence[Predication]) -> Tone:
    judging = [(one.mention.part, one.start, one.end, one.valence) for one in said if one.valence]
    words = tuple(dict.fromkeys(judging))
    n_positive = sum(valence > 0 for *_, valence in words)
    balance = (2 * n_positive - len(words)) / len(words) if words else None
    return Tone(n_positive=n_positive, n_words=len(words), balance=balance, evidence=words)


def _lean(said: Sequence[Predication]) -> Lean:
    votes = Votes()
    for one in said:
        votes.add(one.role, one.valence, (one.mention.part, one.start, one.end))
    return votes.decide("actor")
