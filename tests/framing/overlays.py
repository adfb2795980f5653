"""Registry files of a user's own, for tests to lay over the shipped ones."""

import pytest

from framing.errors import RegistryError
from framing.registry_files import load_registry

OUTLET = """
name = "Example Wire"
home = "https://wire.example/"
country = "UA"
languages = ["en"]
outlet_class = "private"
class_source = "https://registry.example/wire (read 2026-02-11)"

[[feeds]]
url = "https://wire.example/rss.xml"
language = "en"
verified = "listed"
verified_source = "https://registry.example/feeds (read 2026-02-11)"
"""

POLISH = """
name = "Polish"
[frame.deadlock]
cues = [{ cue = "bez przełomu", yes = ["Rozmowy bez przełomu."], no = ["Przełom w rozmowach."] }]
[gate.settlement]
cues = [{ cue = "rozejm*", yes = ["Trwa rozejm."], no = ["Rozejście dróg."] }]
[gate.negotiation]
cues = [{ cue = "negocj*", yes = ["Trwają negocjacje."], no = ["Negatywna odpowiedź."] }]
"""


def faults_of(folder):
    with pytest.raises(RegistryError) as raised:
        load_registry(folder)
    assert str(raised.value) == "\n".join(raised.value.faults)
    return raised.value.faults
