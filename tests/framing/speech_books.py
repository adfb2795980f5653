"""Codebooks for tests of speech, and what is read by them."""

from framing.codebook import Codebook, LanguagePart, PartTable
from framing.registry_files import load_registry
from framing.speech.reading import read_speech

BOOK = load_registry().codebook


def said(text, language="en", book=BOOK, title=""):
    """Depth, content, speaker and verb of every utterance, as the text writes them."""
    return [
        (u.depth, (title if u.part == "title" else text)[u.start : u.end], u.speaker, u.verb)
        for u in read_speech(title, text, language, book)
    ]


def part(language, marks, **tables):
    """A codebook with one speech part; ``group__name`` gives a table its cues."""
    rows = tuple(
        PartTable(group=key.split("__")[0], name=key.split("__")[1], cues=tuple(cues)) for key, cues in tables.items()
    )
    own = LanguagePart(language=language, part="speech", marks=tuple(marks), tables=rows)
    book = Codebook(
        frames=BOOK.frames, tags=BOOK.tags, actors=BOOK.actors, cues=BOOK.cues, gate=BOOK.gate, parts=(own,)
    )
    return {"language": language, "book": book}
