"""What an article on an event names is read from the event's title."""

from dataclasses import replace

from framing.corpus.marks import event_marks
from framing.registry_files import load_registry

REGISTRY = load_registry()
EVENTS = {event.event_id: event for event in REGISTRY.events}


def marks(title):
    return event_marks(replace(EVENTS["london_meeting"], title=title), REGISTRY.codebook)


def test_actors_and_topics_of_the_title_and_no_frame():
    assert marks("London: Zelensky, Starmer, Macron and Merz meet") == (
        "actor.macron",
        "actor.merz",
        "actor.starmer",
        "actor.zelensky",
    )
    assert marks("The European Union approves its 19th sanctions package") == (
        "actor.european_union",
        "topic.sanctions",
    )
    assert marks("Ushakov says no compromise has been found yet") == ("actor.ushakov",)


def test_a_title_that_names_nobody_has_none():
    assert marks("A rainy day") == ()
