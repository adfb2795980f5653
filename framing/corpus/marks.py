"""What an article on an event names: the actors, signals and topics of the event's title."""

from functools import lru_cache

from framing.actors.mentions import find_mentions
from framing.codebook import Codebook
from framing.reading import read_sentences
from framing.records import Event

TITLE_LANGUAGE = "en"
"""Events are titled in English, for the charts."""
KINDS = ("signal", "topic")
"""Kinds of codes that say what a text is about. Frames are left out: how an event is told is no part of it."""


@lru_cache(maxsize=1024)
def event_marks(event: Event, codebook: Codebook) -> tuple[str, ...]:
    """
    Read an event's title as texts are read.

    Titles are declared before anybody looks at a series, and everybody can read them; a list of search words beside
    each could be bent until an outlet is caught.

    Returns:
        ``actor.<id>``, ``signal.<id>`` and ``topic.<id>``, sorted; empty where the title names none that the codebook
        knows: then no article can be told to be on the event.
    """
    mentions = find_mentions(event.title, "", TITLE_LANGUAGE, codebook)
    codes = (code for sentence in read_sentences(event.title, "", TITLE_LANGUAGE, codebook) for code in sentence.codes)
    return tuple(
        sorted(
            {f"actor.{mention.actor_id}" for mention in mentions}
            | {f"{kind}.{code_id}" for kind, code_id, _ in codes if kind in KINDS}
        )
    )
