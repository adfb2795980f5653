"""OPML: what is read, what becomes of it, and that nothing of the user's is lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.commands.opml import OpmlError, export_opml
from flows.opml.outlet_import import plan_import, write_plan
from flows.opml.outlines import FeedList, read_opml, write_opml
from framing.records import Feed, Outlet
from framing.registry_files import load_registry
from tests.conftest import NOW, outlet_toml, run_parley
from warehouse.catalogue import register_outlets
from warehouse.feed_agenda import due_feeds
from warehouse.store import open_warehouse

DAY = date(2025, 12, 3)
BROKEN = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>News & more</title></head><body>
<outline text="Europe" title="Europe">
<outline text="Q & A daily" description="1 < 2 <b>bold</b>" xmlUrl="https://www.daily.example/a.xml?x=1&y=2"/>
<outline text="Daily sports" xmlUrl="feed://sports.daily.example/b.xml" htmlUrl="https://daily.example/" type=rss />
<outline text="Other" category="/World,Asia" xmlUrl=" https://other.example/rss " />
</outline>
<outline text="Link" description="By <a href="https://a.example" target="x">A</a>" xmlUrl="https://lost.example/rss"/>
<outline text="None" xmlUrl=""/><outline text="Mail" xmlUrl="mailto:a@b.example"/>
"""
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(
    lambda words: words.strip() == words
)
ADDRESSES = st.from_regex(r"https?://[a-z]{3,8}\.example/[a-z]{1,8}(\.xml)?(\?id=[0-9]&b=2)?", fullmatch=True)
FEEDS = st.builds(
    Feed,
    url=ADDRESSES,
    language=st.sampled_from(["uk", "ru", "und"]),
    verified=st.sampled_from(["fetched", "listed", "unverified"]),
    verified_source=WORDS,
    interval_minutes=st.none() | st.integers(10, 1440),
)
OUTLETS = st.builds(
    Outlet,
    outlet_id=st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True),
    name=WORDS,
    home=st.just("https://wire.example/"),
    country=st.sampled_from(["UA", "ZZ"]),
    languages=st.lists(st.sampled_from(["uk", "ru", "und"]), min_size=1, max_size=2).map(tuple),
    outlet_class=st.sampled_from(["private", "unknown"]),
    class_source=WORDS,
    feeds=st.lists(FEEDS, min_size=1, max_size=3).map(tuple),
    keep=st.sampled_from(["on-topic", "everything"]),
    mirrors=st.lists(st.just("mirror.example"), max_size=1).map(tuple),
    aliases=st.lists(WORDS, max_size=2).map(tuple),
    owner=st.none() | st.just("An owner"),
).map(lambda outlet: replace(outlet, owner_source="A register (read 2025-12-03)" if outlet.owner else None))


@pytest.fixture(scope="module")
def shipped():
    return load_registry()


def own_folder(root: Path, **outlets: str) -> Path:
    """A user's registry that watches these outlets alone."""
    folder = root / "registry"
    (folder / "outlets").mkdir(parents=True, exist_ok=True)
    watch = Path(__file__).parents[2] / "framing" / "registry" / "watch.toml"
    text = watch.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (folder / "watch.toml").write_text(text, encoding="utf-8")
    for outlet_id, content in outlets.items():
        (folder / "outlets" / f"{outlet_id}.toml").write_text(content, encoding="utf-8")
    return folder


def taken_in(folder: Path, *lists: bytes):
    """The plan, and the registry after it was written."""
    named = [(f"list{number}.opml", read_opml(body)) for number, body in enumerate(lists)]
    plan = plan_import(named, load_registry(folder), folder, DAY)
    write_plan(plan, folder)
    return plan, load_registry(folder)


def test_a_broken_list_is_read_and_what_is_lost_is_counted():
    """80 of 118 lists in the wild are not well-formed XML."""
    found = read_opml(BROKEN)

    assert [(outline.title, outline.url, outline.groups) for outline in found.outlines] == [
        ("Q & A daily", "https://www.daily.example/a.xml?x=1&y=2", ("Europe",)),
        ("Daily sports", "feed://sports.daily.example/b.xml", ("Europe",)),
        ("Other", "https://other.example/rss", ("Europe", "/World", "Asia")),
        ("None", "", ("Link",)),
        ("Mail", "mailto:a@b.example", ("Link",)),
    ]
    assert found.n_unread == 1


@pytest.mark.parametrize("body", [b"", b" ", b"\x00\xff", b"<html><body>Not found", b"</outline></outline><outline>"])
def test_what_is_no_list_has_no_feeds(body):
    """Never an exception."""
    assert read_opml(body) == FeedList(outlines=(), n_unread=0)


def test_an_import_makes_an_outlet_of_each_domain(tmp_path):
    """What the list does not say stays unknown, and the file says where it comes from."""
    folder = own_folder(tmp_path)

    plan, registry = taken_in(folder, BROKEN, BROKEN)

    daily, other = registry.outlets
    assert (plan.n_read, plan.n_imported, plan.n_duplicates) == (12, 3, 3)
    assert plan.unusable == {"in an outline that is no markup": 2, "no web address": 4}
    assert [feed.url for feed in daily.feeds] == [
        "https://www.daily.example/a.xml?x=1&y=2",
        "http://sports.daily.example/b.xml",
    ]
    assert (other.outlet_id, other.name, other.home) == ("other_example", "other.example", "https://other.example/")
    assert (other.country, other.languages, other.outlet_class) == ("ZZ", ("und",), "unknown")
    assert other.class_source == "the list list0.opml (read 2025-12-03) says nothing of it"
    assert (other.feeds[0].language, other.feeds[0].verified) == ("und", "unverified")
    assert "list0.opml (read 2025-12-03)" in other.feeds[0].verified_source
    assert "# Europe / /World / Asia / Other\n" in (folder / "outlets" / "other_example.toml").read_text("utf-8")


def test_one_newsroom_is_not_counted_twice(tmp_path):
    """A feed of a watched outlet's domain joins it, at the end of its file; what stood there stands there still."""
    mine = outlet_toml("mine", ["https://feeds.daily.example/one.xml"])
    folder = own_folder(tmp_path, mine=mine)

    plan, registry = taken_in(folder, BROKEN)
    again, _ = taken_in(folder, BROKEN)

    assert [outlet.outlet_id for outlet in registry.outlets] == ["mine", "other_example"]
    assert len(registry.outlets[0].feeds) == 3
    assert (folder / "outlets" / "mine.toml").read_text("utf-8").startswith(mine)
    assert (set(plan.grown_files), set(plan.new_files)) == ({"mine"}, {"other_example"})
    assert (again.n_imported, again.n_watched) == (0, 3)


def test_an_outlet_that_was_switched_off_stays_off(tmp_path):
    """The user decided that; a list does not."""
    mine = "watch = false\n" + outlet_toml("daily", ["https://daily.example/one.xml"])
    folder = own_folder(tmp_path, daily=mine)

    plan, registry = taken_in(folder, BROKEN)

    assert [outlet.outlet_id for outlet in registry.outlets] == ["other_example"]
    assert (plan.n_switched_off, plan.n_imported) == (2, 1)
    assert (folder / "outlets" / "daily.toml").read_text("utf-8") == mine


def test_newsrooms_that_share_a_carrier_stay_apart(tmp_path):
    """The domain of a feed service names no newsroom."""
    feeds = [f'<outline text="F" xmlUrl="http://feeds.feedburner.com/{name}"/>' for name in ("One", "Two")]
    sited = '<outline xmlUrl="http://feeds.feedburner.com/x" htmlUrl="https://www.site.example/news"/>'

    _, registry = taken_in(own_folder(tmp_path), "".join([*feeds, sited]).encode())

    assert [outlet.outlet_id for outlet in registry.outlets] == [
        "feeds_feedburner_com_one",
        "feeds_feedburner_com_two",
        "site_example",
    ]


def test_the_pace_of_a_feed_goes_out_and_comes_in_again(home, tmp_path):
    """As any setting, and polling finds it; one out of bounds is said to be a fault, and does not get into a file."""
    mine = outlet_toml("mine", ["https://mine.example/one.xml"])
    there = own_folder(tmp_path / "there", mine=f"{mine}\ninterval_minutes = 90\n")
    sent = write_opml(load_registry(there).outlets, "t")

    _, here = taken_in(own_folder(tmp_path / "here"), sent)
    plan, nowhere = taken_in(
        own_folder(tmp_path / "nowhere"), sent.replace(b'interval_minutes="90"', b'interval_minutes="9"')
    )

    with open_warehouse(home, "test") as warehouse:
        register_outlets(warehouse, here.outlets)
        assert [feed.interval_minutes for feed in due_feeds(warehouse, NOW)] == [90]
    assert (nowhere.outlets, plan.n_imported) == ((), 0)
    assert [reason.partition(" Write")[0] for reason in plan.unusable] == [
        "its settings have faults: mine, [[feeds]] 1: 'interval_minutes' is 9, not a whole number of minutes from "
        "10 to 1440, a day."
    ]


def test_shipped_outlets_go_out_and_come_in_again(tmp_path, shipped):
    """Exported, imported elsewhere: the same outlets, feeds and settings."""
    _, registry = taken_in(own_folder(tmp_path), write_opml(shipped.outlets, "t"))

    assert registry.outlets == shipped.outlets


@given(st.lists(OUTLETS, max_size=4, unique_by=lambda outlet: outlet.outlet_id))
@settings(deadline=None, max_examples=30)
def test_a_list_says_of_a_feed_what_the_registry_says(outlets):
    """Every key of outlets and feeds survives, whatever its text."""
    found = read_opml(write_opml(outlets, "t"))

    read = [Feed(url=outline.url, **outline.settings) for outline in found.outlines]
    assert read == [feed for outlet in outlets for feed in outlet.feeds]
    for outlet in outlets:
        about = next(o.outlet for o in found.outlines if o.outlet["outlet_id"] == outlet.outlet_id)
        lists = {key: tuple(value) for key, value in about.items() if isinstance(value, list)}
        assert Outlet(**about | lists | {"feeds": outlet.feeds}) == outlet


def test_one_is_not_many(home, tmp_path):
    """One feed of one new outlet, then another feed for it."""
    told = []
    for name in ("a", "b"):
        file = tmp_path / f"{name}.opml"
        outline = f'<outline text="Daily" xmlUrl="https://daily.example/{name}.xml"/>'
        file.write_text(f"<opml><body><outline text='World'>{outline}</outline></body></opml>", encoding="utf-8")
        told.append(run_parley("import-opml", str(file), home=home.root).stdout.splitlines())

    assert told[0][0] == "Read 1 feed; imported 1 of them."
    assert told[0][1].startswith("1 outlet is new, in ")
    assert told[0][2].startswith("The groups of 1 feed stand as comments")
    assert told[1][1].startswith("1 outlet was there and has more feeds now, at the end of the outlet's file in ")


def test_the_commands_account_for_every_feed(home, tmp_path, capsys):
    """As a user runs them."""
    first, target = tmp_path / "first.opml", tmp_path / "out.opml"
    first.write_bytes(BROKEN)
    done = run_parley("import-opml", str(first), home=home.root)
    export_opml(target, home.root)
    said = capsys.readouterr().out
    with pytest.raises(OpmlError) as refused:
        export_opml(target, home.root)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Read 6 feeds; imported 3 of them.\n"
        "  1 unusable: in an outline that is no markup\n"
        "  2 unusable: no web address\n"
        "2 outlets are new, in "
    )
    assert said == f"{target}: 3 feeds of 2 outlets.\n"
    assert str(refused.value) == f"{target}: is there already, and was left as it is. Give another name."
