"""The hits of a text: every cue that was found, with the sentence around it and whose voice it is in."""

from collections.abc import Iterator, Sequence

from framing.codebook import Codebook
from framing.reading import Sentence
from framing.records import Hit
from framing.speech.records import Utterance
from framing.voice import Voice, VoiceReader, voice_reader


def find_hits(
    title: str,
    text: str,
    sentences: Sequence[Sentence],
    utterances: Sequence[Utterance] | None,
    language: str | None,
    codebook: Codebook,
) -> list[tuple[Hit, ...]]:
    """
    Turn what was found in each sentence into hits with a voice.

    Args:
        sentences: Of title and text, in order (``framing.reading``).
        utterances: Who is cited where (``framing.speech``); ``None``: not measured, then no voice is either.

    Returns:
        The hits of each sentence, in its order; voice ``None`` where it is not measured.
    """
    reader = voice_reader(codebook, language) if language and utterances is not None else None
    strings = {"title": title, "text": text}
    return [
        tuple(_hits(sentence, _voices(strings[sentence.part], sentence, near, reader)))
        for sentence, near in zip(sentences, _near(sentences, utterances or ()), strict=True)
    ]


def _voices(
    string: str, sentence: Sentence, utterances: Sequence[Utterance], reader: VoiceReader | None
) -> Sequence[Voice | None]:
    if reader is None or not sentence.codes:
        return [None] * len(sentence.codes)
    found = [match for _, _, match in sentence.codes]
    return reader.read(string, (sentence.start, sentence.end), found, utterances)


def _near(sentences: Sequence[Sentence], utterances: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """The utterances that overlap each sentence, in one pass over both."""
    waiting = {
        part: sorted((one for one in utterances if one.part == part), key=lambda one: one.start, reverse=True)
        for part in ("title", "text")
    }
    begun: dict[str, list[Utterance]] = {"title": [], "text": []}
    for sentence in sentences:
        coming = waiting[sentence.part]
        here = [one for one in begun[sentence.part] if one.end > sentence.start]
        while coming and coming[-1].start < sentence.end:
            here.append(coming.pop())
        begun[sentence.part] = here
        yield here


def _hits(sentence: Sentence, voices: Sequence[Voice | None]) -> Iterator[Hit]:
    for (kind, code_id, match), voice in zip(sentence.codes, voices, strict=True):
        yield Hit(
            kind=kind,
            code_id=code_id,
            part=sentence.part,
            start=match.start,
            end=match.end,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            cue=match.cue.text,
            voice=voice.name if voice else None,
            speaker=voice.speaker if voice else None,
            reason=voice.reason if voice else None,
        )
