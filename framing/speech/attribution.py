"""Who is said to say what in one sentence: the rules that part speaker, verb and content."""

from collections.abc import Sequence
from typing import Final

from framing.matching import Match
from framing.speech.according import read_according, read_colon, read_quotations
from framing.speech.claims import MIN_CLAUSE, Claim, Claims
from framing.speech.clause import Clause
from framing.speech.items import BREAKS, COMMAS, PARTICLE, QUOTE, SIGN, WORD, Item
from framing.speech.lexicon import Lexicon
from framing.speech.phrases import Phrase, follows_preposition, phrase_after, phrase_before
from framing.speech.verbs import find_verbs

_PLAIN: Final = "saying.neutral"
"""Of these verbs alone a circumstance is never what is said: "said in a statement", but "insisted on a truce"."""


_LEADING: Final = ("grammar.conjunction", "grammar.preposition")
_MAX_LEAD: Final = 3
"""Words that open a clause before another one: "But even as Trump said A, they left"."""
_LISTENING: Final = "grammar.addressing"
_MAX_LISTENER: Final = 5
"""Items that can name a listener at the end: "told the Daily Beast"."""


def read_claims(items: list[Item], matches: Sequence[Match], lexicon: Lexicon) -> list[Claim]:
    """
    Find the attributions of a sentence.

    Args:
        items: The sentence.
        matches: Verbs of saying and phrases like "according to" in it, ascending.
        lexicon: Of its language.

    Returns:
        In the order of their verbs; a claim without content announces what stands in the next sentence.
    """
    verbs = find_verbs(items, matches, lexicon)
    clause = Clause(items, lexicon)
    claims = Claims(clause)
    reader = _VerbReader(clause, claims)
    read_colon(clause, claims, verbs[0][1][0] if verbs else clause.end)
    for label, verb in verbs:
        if any(claim.speaker and claim.speaker[0] < verb[1] and verb[0] < claim.speaker[1] for claim in claims.found):
            continue
        is_phrase = label.startswith("according")
        claim = read_according(clause, claims, label, verb) if is_phrase else reader.read(label, verb)
        if claim is not None:
            claims.found.append(claim)
    read_quotations(clause, claims)
    return claims.found


class _VerbReader:
    """The rules for verbs."""

    def __init__(self, clause: Clause, claims: Claims) -> None:
        self._clause = clause
        self._claims = claims
        self._items = clause.items

    def read(self, label: str, verb: Phrase) -> Claim | None:
        begin, end = verb
        while begin > 0 and self._items[begin - 1].has("grammar.helper"):
            begin -= 1
        cue = (begin, end)
        bound = self._claims.bound(begin)
        if self._clause.lexicon.is_participle(self._items[verb[1] - 1].key) and begin == verb[0]:
            return self._following(label, cue)
        edge = self._clause.skip_time(begin, bound)
        before = phrase_before(self._items, edge, bound)
        after = phrase_after(self._items, end, self._clause.end)
        if after is None and (before is None or before[1] == edge):
            after = self._clause.place_after(end)
        is_open = edge == bound or (self._items[edge - 1].kind != WORD and self._items[edge - 1].key != ")")
        if self._items[verb[0]].has("pronoun"):
            return self._inverted(label, cue, verb)  # dit-il
        if is_open and after is not None and self._is_inverted(edge, before, after):
            return self._inverted(label, cue, after)
        fronted = self._fronted(label, cue, bound)
        if fronted is not None:
            return fronted
        if after is not None and self._is_behind_adjunct(edge, before, bound) and self._clause.is_named(after):
            content = self._clause.open_content(after[1])  # Am Montag sagte Merz, A
            if content is not None:
                return Claim(label, cue, after, [content])
        if before is None or (is_open and self._items[edge - 1].is_sign(COMMAS) and before[1] == edge):
            return self._following(label, cue)
        return self._straight(label, cue, before)

    def _is_behind_adjunct(self, edge: int, before: Phrase | None, bound: int) -> bool:
        """Whether nothing stands before a verb but when and where, so that its subject stands behind it."""
        if before is None:
            return edge == bound
        is_closed = self._items[edge - 1].kind == WORD or self._items[edge - 1].key == ")"
        return is_closed and follows_preposition(self._items, before, bound)

    def _fronted(self, label: str, cue: Phrase, bound: int) -> Claim | None:
        """What is talked about before the verb, its subject somewhere behind: Of a “diktat” spoke after the talks X."""
        quotation = cue[0] - 1
        if quotation <= bound or self._items[quotation].kind != QUOTE:
            return None
        place = quotation - self._items[quotation - 1].has("grammar.article")
        if place != bound + 1 or not self._items[bound].has("grammar.preposition"):
            return None
        speaker = self._clause.subject_behind(cue[1])
        return Claim(label, cue, speaker, [(quotation, cue[0])]) if speaker is not None else None

    def _is_inverted(self, place: int, before: Phrase | None, after: Phrase) -> bool:
        """Whether the subject stands behind the verb: the left side is closed, and nothing is said to the right."""
        if not self._closes(after, before) or (before is not None and self._items[after[0] - 1].has(_LISTENING)):
            return False
        is_parted = place > 0 and self._items[place - 1].kind == SIGN
        quotation = self._items[place - 1 - is_parted] if place > is_parted else None
        if quotation is not None and quotation.kind == QUOTE:
            return is_parted or quotation.key in BREAKS  # else it is the subject: “real Christians” support X
        if before is not None and before[1] < place:
            is_last = after[1] >= self._clause.end or self._items[after[1]].kind == SIGN
            return is_last and self._clause.is_named(after)
        comma = next((n for n in range(after[1], self._clause.end) if self._items[n].is_sign(",")), self._clause.end)
        opener = self._clause.opener(after[1])
        return opener is None or opener > comma + 1

    def _closes(self, after: Phrase, before: Phrase | None) -> bool:
        """Whether a phrase behind a verb is its subject: nothing but the end or an adjunct follows."""
        shape = [self._items[place] for place in range(*after)]
        has_name = False
        for item in shape:
            if item.is_capital or item.has("role", "pronoun"):
                has_name = True
            elif has_name and not item.has("grammar.linking", "grammar.article") and before is not None:
                return False
        if after[1] >= self._clause.end:
            return has_name or before is None
        following = self._items[after[1]]
        if following.has(PARTICLE, "grammar.time") or self._clause.is_time(after[1]):
            return True
        if self._clause.lexicon.is_participle(following.key):
            return True
        return following.kind != WORD or following.has("grammar.preposition", "grammar.conjunction", "pronoun")

    def _inverted(self, label: str, cue: Phrase, speaker: Phrase) -> Claim | None:
        """The verb before its subject: "A", said Peskov. "B"."""
        left = self._claims.left_content(cue[0])
        if left is not None:
            self._claims.cut_all(cue[0])
        right = self._clause.right_quotation(speaker[1])
        if right is None and left is not None and self._clause.is_circumstance(left):
            right = self._clause.right_clause(speaker[1])  # Because of the port, said X, the talks are stuck
        contents = [content for content in (left, right) if content is not None]
        if left is None:
            opened = self._clause.open_content(speaker[1])
            contents = [opened] if opened is not None else []
        return Claim(label, cue, speaker, contents) if contents else None

    def _straight(self, label: str, cue: Phrase, speaker: Phrase) -> Claim | None:
        """The subject before its verb: he said that A; "A", he said; "A," he said, "B."."""
        divided = self._divided(cue, speaker)
        if divided:
            is_quoted = self._items[divided[0][0]].kind == QUOTE
            self._claims.cut_all(divided[0][0] if is_quoted else speaker[0])
            return Claim(label, cue, speaker, divided)
        content = self._clause.open_content(cue[1])
        if content is not None and label == _PLAIN:
            content = self._clause.without_circumstance(content)
        if content is None:
            return self._behind_quotation(label, cue)
        lead = self._items[: speaker[0]]
        if 0 < len(lead) <= _MAX_LEAD and all(item.has(*_LEADING) for item in lead):
            content = self._clause.subordinate(content)
        self._claims.part_from_last(speaker)
        return Claim(label, cue, speaker, [content])

    def _divided(self, cue: Phrase, speaker: Phrase) -> list[Phrase]:
        """What is said around an attribution that stands behind a comma or a quotation; empty: not said around it."""
        before = self._items[speaker[0] - 1] if speaker[0] else None
        if before is None or not (before.is_sign(COMMAS) or before.kind == QUOTE):
            return []
        opener = self._clause.opener(cue[1])
        if opener is not None and self._items[opener].kind == WORD:
            return []
        right = self._clause.right_quotation(cue[1]) or self._clause.right_clause(cue[1])
        is_between = right is not None and not self._items[right[0]].is_capital
        left = self._claims.left_content(speaker[0], 1 if is_between else MIN_CLAUSE)
        if left is None:
            return []
        if not (is_between or self._items[left[0]].kind == QUOTE or (opener is None and self._is_closing(left, cue))):
            return []
        return [left, right] if right is not None else [left]

    def _is_closing(self, left: Phrase, cue: Phrase) -> bool:
        """Whether a verb ends its sentence but for a listener or a circumstance, so that all was said before it."""
        n_behind = self._clause.end - cue[1]
        if self._items[cue[1] - 1].has(_LISTENING) and n_behind <= _MAX_LISTENER:
            return True
        return self._clause.is_adjunct(cue[1]) and (n_behind <= _MAX_LISTENER or not self._clause.is_circumstance(left))

    def _behind_quotation(self, label: str, cue: Phrase) -> Claim | None:
        """A claim without content: its quotation opens the sentence, or stands in the next."""
        if not self._claims.found and self._items[0].kind == QUOTE and self._items[0].key in BREAKS:
            speaker = phrase_after(self._items, 1, cue[0])
            if speaker is not None:
                return Claim(label, cue, speaker, [(0, 1)])
        speaker = phrase_before(self._items, self._clause.skip_time(cue[0], 0), 0)
        is_last = cue[1] >= self._clause.end
        return Claim(label, cue, speaker, []) if label == _PLAIN or is_last or self._clause.announces() else None

    def _opening(self, label: str, cue: Phrase) -> Claim | None:
        """A verb that opens its sentence, before its subject: Conceding A, he left."""
        content = self._clause.open_content(cue[1])
        if content is None or not self._clause.lexicon.is_participle(self._items[cue[1] - 1].key):
            return None
        said = self._clause.subordinate(content)
        speaker = phrase_after(self._items, min(said[1] + (said != content), self._clause.end), self._clause.end)
        return Claim(label, cue, speaker, [said]) if speaker is not None else None

    def _following(self, label: str, cue: Phrase) -> Claim | None:
        """A verb without a subject of its own: he said A, adding B; he called for A and vowed B."""
        if not cue[0]:
            return self._opening(label, cue)
        before = self._items[cue[0] - 1]
        if not (
            before.is_sign(COMMAS)
            or before.has("grammar.conjunction", "grammar.preposition")
            or before.kind == QUOTE
            or self._clause.lexicon.is_participle(self._items[cue[1] - 1].key)
        ):
            return None
        content = self._clause.open_content(cue[1])
        if content is None:
            return None
        speaker = next((claim.speaker for claim in reversed(self._claims.found) if claim.speaker), None)
        if before.kind != WORD or before.has("grammar.conjunction"):
            self._claims.cut_all(cue[0])
        if speaker is None:
            speaker = self._clause.main_subject(cue[0])
        return Claim(label, cue, speaker, [content]) if speaker is not None else None
