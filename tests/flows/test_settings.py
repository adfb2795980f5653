"""settings.toml: read with care, and part of what we call ourselves."""

import pytest

from flows.commands.doctor import examine
from flows.fetching.exchange import Request
from flows.fetching.opening import open_session
from flows.settings import Settings, SettingsError, load_settings
from warehouse.store import open_warehouse


@pytest.mark.parametrize("contact", ["desk@wire.example", "https://wire.example/parley?lang=en"])
def test_every_request_says_whose_it_is(site, world, home, contact):
    """One honest name, for feeds, pages and robots.txt."""
    (home.root / "settings.toml").write_text(f'contact = "{contact}"\n', encoding="utf-8")
    with open_warehouse(home, "test") as warehouse, open_session(warehouse, world) as session:
        session.fetch_all(
            [Request(url="http://a.example/x", max_bytes=10, kind=kind) for kind in ("feed", "page", "discovery")]
        )

    name = f"Parley/0.1 (research on news framing; feeds and public pages only; +{contact})"
    assert {headers["User-Agent"] for _, headers in site.requests} == {name}
    assert len(site.requests) == 4


def test_without_a_file_there_is_no_contact(home):
    """And the name says as much as is known."""
    assert load_settings(home) == Settings(contact=None)
    assert Settings().user_agent == "Parley/0.1 (research on news framing; feeds and public pages only)"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('contcat = "a@b.example"', ": unknown key 'contcat'. Did you mean 'contact'? Rename it or delete it."),
        ("contact = 5", ": 'contact' is 5, not a mail address or an address that begins with https://. {model}"),
        *(
            (
                f'contact = "{wrong}"',
                f": 'contact' is '{wrong}', not a mail address or an address that begins with https://. {{model}}",
            )
            for wrong in (
                "",
                "me",
                "http://a.example",
                "a@b",
                "a b@c.example",
                "a@b.example) evil/1 (",
                "https://x",
                "ü@a.example",
            )
        ),
        (
            "contact = a@b",
            ': this is not TOML: Invalid value (at line 1, column 11). Write it so: contact = "desk@example.org".',
        ),
    ],
)
def test_faults_are_told_with_the_way_out(home, text, fault):
    """Place, finding, way out."""
    path = home.root / "settings.toml"
    path.write_text(text, encoding="utf-8")
    model = 'Write it so: contact = "desk@example.org" (or "https://example.org/parley").'

    with pytest.raises(SettingsError) as raised:
        load_settings(home)
    assert str(raised.value) == str(path) + fault.format(model=model)


def test_the_doctor_asks_for_a_contact(home):
    """An installation without one works, and should not stay so."""

    def finding():
        (found,) = (finding for finding in examine(home) if finding.subject == "settings")
        return found.is_good, found.finding

    path = home.root / "settings.toml"
    assert finding() == (
        False,
        "no contact: outlets that see Parley's requests cannot tell whose they are. "
        f'Write a line such as contact = "desk@example.org" into {path}',
    )
    path.write_text('contact = "desk@wire.example"', encoding="utf-8")
    assert finding() == (True, "contact desk@wire.example")
    path.write_text("contact = 1", encoding="utf-8")
    assert finding()[0] is False
