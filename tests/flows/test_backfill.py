"""Backfill: what others crawled comes in by the same door, once."""

import gzip
import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.archive.backfill import backfill, outlet_of
from flows.archive.foreign_warc import ForeignWarcError
from flows.archive.replay import replay
from flows.fetching.session import MAX_PAGE_BYTES
from framing.registry_files import load_registry
from tests.conftest import outlet_toml, run_parley
from tests.site.stories import TALKS, WEATHER, article_page
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.replica import replica_of
from warehouse.store import open_warehouse
from warehouse.warc_reading import read_captures, warc_files

HTML = {"Content-Type": "text/html; charset=utf-8"}
WIRE = "http://www.wire.example/2025/12/"
DATE = "2025-12-02T09:30:00Z"
NAME = "CC-NEWS-20251202093000-00001.warc.gz"


def talks(name):
    return article_page(f"Talks on peace, {name}", f"{TALKS}\nThe {name} report.")


UNPACKED = {**HTML, "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
"""Many crawlers store the body decoded under the headers it came with."""


def chunked(body):
    """A body as it travels in chunks."""
    parts = (body[n : n + 1000] for n in range(0, len(body), 1000))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


ANSWERS = [
    (f"{WIRE}plain", "200 OK", HTML, talks("plain")),
    (f"{WIRE}zipped", "200 OK", {**HTML, "Content-Encoding": "gzip"}, gzip.compress(talks("zipped"))),
    (f"{WIRE}chunked", "200 OK", {**HTML, "Transfer-Encoding": "chunked"}, chunked(talks("chunked"))),
    (f"{WIRE}both", "200 OK", UNPACKED, chunked(gzip.compress(talks("both")))),
    (
        f"{WIRE}decoded",
        "200 OK",
        {**HTML, "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
        talks("decoded"),
    ),
    (f"{WIRE}rain", "200 OK", HTML, article_page("Rain in the north", WEATHER)),
    (f"{WIRE}short", "200 OK", HTML, b"<html><body><p>Video only.</p></body></html>"),
    (f"{WIRE}plain", "200 OK", HTML, talks("plain again")),
    (f"{WIRE}large", "200 OK", HTML, b"<html>" + b"x" * MAX_PAGE_BYTES),
    (f"{WIRE}broken", "200 OK", {**HTML, "Content-Encoding": "gzip"}, gzip.compress(talks("broken"))[:-20]),
    (f"{WIRE}gone", "404 Not Found", HTML, b"gone"),
    (f"{WIRE}picture", "200 OK", {"Content-Type": "image/png"}, b"\x89PNG"),
    ("http://wire-mirror.example/2025/12/mirrored", "200 OK", HTML, talks("mirrored")),
    ("http://elsewhere.example/2025/12/plain", "200 OK", HTML, talks("elsewhere")),
]


def write_warc(path, answers=ANSWERS, date=DATE, compressed=True):
    """A file as CC-NEWS has them: WARC/1.0, responses alone, each a gzip member."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for url, status, headers, body in answers:
            head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            fields = {"WARC-Date": date}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", BytesIO(body), len(body), http_headers=head, warc_headers_dict=fields
                )
            )
    return path


@pytest.fixture
def watched(home):
    """One outlet with a mirror."""
    folder = home.registry / "outlets"
    folder.mkdir()
    text = outlet_toml("wire", ["http://wire.example/feed.xml"])
    text = text.replace("mirrors = []", 'mirrors = ["wire-mirror.example"]')
    (folder / "wire.toml").write_text(text, encoding="utf-8")
    return home


def rows(home, sql):
    with open_warehouse(home, "test") as warehouse:
        return [tuple(row.values()) for row in warehouse.rows(sql)]


STATES = "select url, state, reason from core.sighting order by url"
TEXTS = "select revision_id, text_sha256, seen_utc from core.revision order by all"


def test_pages_of_watched_outlets_come_in_once(watched, tmp_path):
    """However their bodies are encoded; each with the fate it would have had when it was crawled."""
    path = write_warc(tmp_path / NAME)

    report = backfill(watched, [path])

    assert (report.n_read, report.n_matched, report.n_known) == (14, 10, 1)
    (damaged,) = report.unreadable
    assert damaged.place.file == NAME
    assert damaged.finding == "the answer cannot be decoded (the compressed body ends too early)"
    states = {url.rpartition("/")[2]: (state, reason) for url, state, reason in rows(watched, STATES)}
    assert {name for name, (state, _) in states.items() if state == "stored"} == {
        *("plain", "zipped", "chunked", "both", "decoded", "mirrored")
    }
    assert states["rain"] == ("off_topic", "not about the talks")
    assert states["short"][0] != "stored"
    assert states["large"] == ("error", f"the body is larger than {MAX_PAGE_BYTES:,} bytes")
    assert len(states) == 9
    day = datetime(2025, 12, 2, 9, 30, tzinfo=UTC)
    assert rows(watched, "select distinct feed_url, first_seen_utc from core.sighting") == [(f"warc:{NAME}", day)]
    assert rows(watched, "select distinct purpose, fetched_utc, robots from core.fetch") == [("backfill", day, None)]
    before = rows(watched, TEXTS)

    again = backfill(watched, [path, write_warc(tmp_path / "plain.warc", ANSWERS[:2], compressed=False)])

    assert (again.n_read, again.n_matched, again.n_known) == (16, 12, 10)
    assert again.states == {"duplicate": 2}  # the same stories from another file
    assert rows(watched, TEXTS) == before


def test_what_was_imported_is_in_our_own_archive(watched, tmp_path):
    """Replaying it needs no file of others."""
    path = write_warc(tmp_path / NAME)
    backfill(watched, [path])
    publish(watched)
    path.unlink()
    captures = [kept.capture for kept in read_captures(watched.warc)]
    assert {capture.imported_from for capture in captures} == {NAME}
    assert captures[1].exchanges[0].body == talks("zipped")
    before = rows(watched, TEXTS)
    new = replica_of(watched, tmp_path / "new")

    report = replay(watched, new)

    assert rows(new, TEXTS) == before
    assert rows(new, STATES) == rows(watched, STATES)
    assert [change.n for change in report.comparison.changes] == [0, 0, 0, 0]
    with open_current(new) as connection:
        assert connection.execute("select distinct purpose from core.fetch").fetchall() == [("backfill",)]


@pytest.mark.parametrize("n_left", [20, -20], ids=["head", "end"])
def test_a_torn_file_gives_what_stands_before_the_tear(watched, tmp_path, n_left):
    """Whether the last record's beginning is left or all but its end; the tear is told."""
    path = write_warc(tmp_path / NAME, ANSWERS[:3])
    content = path.read_bytes()
    begin = content.rindex(b"\x1f\x8b\x08")
    path.write_bytes(content[: begin + n_left] if n_left > 0 else content[:n_left])

    report = backfill(watched, [path])

    assert report.states["stored"] >= 2
    assert report.unreadable[-1].place.file == NAME
    assert report.unreadable[-1].finding.startswith("the file is torn behind this record")


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"<html><body>no archive</body></html>", "this is no WARC file (Invalid WARC header)"),
        (gzip.compress(b"hello", mtime=0), "this is no WARC file (Invalid WARC header)"),
        (b"", "this is no WARC file (it holds no record)"),
        (None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_file_that_is_no_warc_is_told_before_anything_is_imported(watched, tmp_path, content, finding):
    """Place, finding, way out; the good file beside it waits for the next call."""
    good, bad = write_warc(tmp_path / NAME, ANSWERS[:1]), tmp_path / "bad.warc.gz"
    if content is not None:
        bad.write_bytes(content)

    with pytest.raises(ForeignWarcError) as error:
        backfill(watched, [good, bad])

    assert str(error.value) == (
        f"{bad}: {finding}. Give files as CC-NEWS has them, .warc or .warc.gz. Nothing was imported."
    )
    assert warc_files(watched.warc) == []


@pytest.mark.parametrize(
    ("url", "outlet_id"),
    [
        ("https://news.union.example/council/1", "council"),
        ("https://union.example/parliament/en/1", "parliament"),
        ("https://union.example/1", "union"),
        ("https://other.example/1", None),
        ("http://[", None),
    ],
)
def test_a_page_belongs_to_the_nearest_home(home, url, outlet_id):
    """Outlets may share a domain."""
    folder = home.registry / "outlets"
    folder.mkdir()
    homes = {
        "council": "https://news.union.example/",
        "parliament": "https://union.example/parliament/",
        "union": "https://union.example/",
    }
    for name, address in homes.items():
        text = outlet_toml(name, [f"{address}feed.xml"]).replace(f"http://{name}.example/", address)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    found = outlet_of(url, load_registry(home.registry).outlets)

    assert (found.outlet_id if found else None) == outlet_id


@pytest.mark.slow
def test_the_command(watched, tmp_path):
    """Several files after one option, counts for people and programs, and an error that is one line."""
    files = [str(write_warc(tmp_path / f"{n}.warc.gz", ANSWERS[n : n + 1])) for n in range(2)]

    done = run_parley("backfill", "--warc", *files, home=watched.root)
    again = run_parley("backfill", "--json", "--warc", *files, home=watched.root)
    wrong = run_parley("backfill", "--warc", str(tmp_path / "gone"), home=watched.root)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Read 2 answers, 2 of them pages of watched outlets; 0 were imported before (stored 2)."
    )
    assert json.loads(again.stdout) == {"read": 2, "matched": 2, "known": 2, "states": {}, "unreadable": []}
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (1, 1)
