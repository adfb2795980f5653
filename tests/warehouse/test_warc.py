"""The archive: what was received comes back exactly, whatever it was and whatever befell the file."""

import gzip
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from warehouse import warc
from warehouse.home import create_home
from warehouse.store import StorageError, open_warehouse
from warehouse.warc import Archive, Capture, Exchange, WarcPlace
from warehouse.warc_reading import Kept, Unreadable, read_capture, read_captures, warc_files

NOW = datetime(2025, 12, 3, 12, 0, 0, 123456, tzinfo=UTC)
AGENT = "Parley/0.1 (+mailto:desk@example.org)"
ODD = st.text(max_size=20) | st.sampled_from(["a\r\nb: c", "Ж", "\x00", " padded ", "caf\udce9", "\u2028", ""])
HEADERS = st.lists(
    st.tuples(st.sampled_from(["Content-Type", "content-encoding", "Content-Length", "X-Archive-Orig-A"]) | ODD, ODD),
    max_size=4,
).map(tuple)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
EXCHANGES = st.builds(
    Exchange,
    url=st.just("http://a.example/x?y=1") | ODD,
    fetched_utc=TIMES,
    request_headers=HEADERS,
    http_version=st.sampled_from(["HTTP/1.0", "HTTP/1.1", "HTTP/2"]),
    http_status=st.sampled_from([200, 204, 301, 304, 404, 599]),
    reason=st.sampled_from(["OK", "Not Found", ""]) | ODD,
    headers=HEADERS,
    body=st.binary(max_size=200) | st.just(b"\r\n\r\nWARC/1.1\r\n\r\n"),
    is_cut_off=st.booleans(),
)
CAPTURES = st.builds(
    Capture,
    kind=st.sampled_from(["feed", "page", "robots", "discovery"]),
    asked_url=st.just("https://a.example/ж?q= 1") | ODD,
    outlet_id=st.none() | st.just("wire") | ODD,
    exchanges=st.lists(EXCHANGES, min_size=1, max_size=3).map(tuple),
    failure=st.none() | st.tuples(st.just("timeout"), ODD),
    robots=st.sampled_from([None, "allowed", "disallowed", "unreachable"]),
    elapsed_ms=st.integers(0, 10**6),
    imported_from=st.none() | ODD,
)


def exchange(url="http://wire.example/story", status=200, body=b"<html>Talks</html>", **fields):
    """An ordinary answer."""
    given = {"Content-Type": "text/html", "Content-Encoding": "br", "Content-Length": "11"}
    answer = Exchange(
        url=url,
        fetched_utc=NOW,
        request_headers=(("Host", "wire.example"), ("User-Agent", AGENT)),
        http_version="HTTP/1.1",
        http_status=status,
        reason="OK",
        headers=tuple(given.items()),
        body=body,
    )
    return replace(answer, **fields)


def page(number=1):
    """A redirect, then a page."""
    url = f"http://wire.example/story-{number}"
    answers = (exchange(f"{url}?utm=1", 301, b""), exchange(url, body=f"<html>Talks {number}</html>".encode()))
    return Capture(kind="page", asked_url=f"{url}?utm=1", outlet_id="wire", exchanges=answers)


@pytest.fixture
def archive(home):
    with Archive(home, lambda: NOW, AGENT) as archive:
        yield archive


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory):
    """One for all examples of the law; each has an archive of its own in it."""
    return create_home(tmp_path_factory.mktemp("shared"))


@settings(max_examples=40)
@given(st.lists(CAPTURES, min_size=1, max_size=3))
def test_what_was_received_comes_back_exactly(shared_home, captures):
    """Ids hash times and addresses, and verdicts read headers: near is not enough."""
    with Archive(shared_home, lambda: NOW, AGENT) as archive:
        places = [archive.write(capture) for capture in captures]
    kept = [Kept(capture=capture, place=place) for capture, place in zip(captures, places, strict=True)]

    assert list(read_captures(shared_home.warc, [places[0].file])) == kept
    assert [read_capture(shared_home.warc, place) for place in places] == kept
    path = shared_home.warc / places[0].file
    with path.open("rb") as file:  # other programs read every record, too
        assert len([record.content_stream().read() for record in ArchiveIterator(file)]) == len(list(records(path)))
    (shared_home.warc / places[0].file).unlink()


def records(path):
    """The records as fastwarc gives them, HTTP heads parsed."""
    for record in FastIterator(str(path)):
        yield record.headers["WARC-Type"], dict(record.headers.items()), record.reader.read()


def test_a_record_by_hand(home, archive):
    """Where it lies, how it is tied to its redirect, and what its headers speak of."""
    place = archive.write(page())
    archive.sync()

    assert place.file == f"2025/12/parley-20251203T120000.123456Z-{os.getpid()}-00000.warc.gz"
    found = list(records(home.warc / place.file))
    assert [kind for kind, _, _ in found] == ["warcinfo", "request", "response", "request", "response"]
    assert f"http-header-user-agent: {AGENT}".encode() in found[0][2]
    assert found[4][1]["WARC-Concurrent-To"] == found[2][1]["WARC-Record-ID"]
    assert found[3][1]["WARC-Concurrent-To"] == found[4][1]["WARC-Record-ID"]
    assert found[4][1]["WARC-Date"] == "2025-12-03T12:00:00.123456Z"
    assert "Parley-Exact" not in found[4][1]
    answer = next(r for r in FastIterator(str(home.warc / place.file)) if r.stream_pos == place.offset)
    assert answer.http_headers.to_tuples() == (
        ("Content-Type", "text/html"),
        ("X-Archive-Orig-Content-Encoding", "br"),
        ("X-Archive-Orig-Content-Length", "11"),
        ("Content-Length", "20"),
    )
    assert answer.verify_payload_digest()


def test_another_program_finds_nothing_wrong(home, archive, capsys):
    """warcio's own check, hashes included."""
    place = archive.write(page())
    archive.write(Capture(kind="robots", asked_url="ж", outlet_id=None, exchanges=(exchange("http://b.example/ж"),)))
    archive.close()

    checker = Checker(type("Arguments", (), {"inputs": [str(home.warc / place.file)], "verbose": True}))
    checker.process_all()

    assert (checker.exit_value, capsys.readouterr().out.count("digest pass")) == (0, 7)


def test_a_time_of_another_zone_is_the_same_moment(home, archive):
    """The record says it in UTC."""
    local = NOW.astimezone(timezone(timedelta(hours=-5)))
    place = archive.write(Capture(kind="feed", asked_url="u", outlet_id=None, exchanges=(exchange(fetched_utc=local),)))

    assert read_capture(home.warc, place).capture.exchanges[0].fetched_utc == NOW


@pytest.mark.parametrize("cut", [1, 20, 700], ids=["last byte", "last record", "within a capture"])
def test_a_torn_file_gives_all_that_stands_before_the_tear(home, cut):
    """What kill -9 leaves; the next file is read as if nothing had been."""
    whole = []
    for start in (NOW, NOW + timedelta(minutes=15)):
        with Archive(home, lambda start=start: start, AGENT) as archive:
            whole.append([archive.write(page(n)) for n in (1, 2, 3)])
    torn = home.warc / whole[0][0].file
    torn.write_bytes(torn.read_bytes()[:-cut])

    *before, tear, one, two, three = list(read_captures(home.warc))

    assert [kept.place for kept in before] == whole[0][:2]
    assert isinstance(tear, Unreadable)
    assert tear.place.file == whole[0][0].file
    assert tear.finding == "the file is torn here: its last record is not complete"
    assert [kept.place for kept in (one, two, three)] == whole[1]


def test_a_file_cut_between_two_records_is_torn_as_well(home, archive):
    """The request is there and its answer is not."""
    places = [archive.write(page(n)) for n in (1, 2)]
    archive.close()
    path = home.warc / places[0].file
    path.write_bytes(path.read_bytes()[: places[1].offset])

    kept, tear = read_captures(home.warc)

    assert kept.place == places[0]
    assert tear.finding == "no capture as Parley writes it (ValueError: its records are 1/2, 1/2, 2/2)"


def test_a_killed_writer_leaves_its_file_to_nobody(home):
    """The next run begins a file of its own, and what the killed one wrote is there."""
    script = (
        "import os, signal, sys; from tests.warehouse.test_warc import *; from warehouse.home import open_home\n"
        "from pathlib import Path; archive = Archive(open_home(Path(sys.argv[1])), lambda: NOW, AGENT)\n"
        "archive.write(page(1)); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home.root)], check=False)
    with Archive(home, lambda: NOW, AGENT) as archive:
        archive.write(page(2))

    assert done.returncode == -signal.SIGKILL
    assert len(warc_files(home.warc)) == 2
    assert {kept.capture.asked_url[-7:] for kept in read_captures(home.warc)} == {"1?utm=1", "2?utm=1"}


def test_a_body_that_is_not_what_was_written_is_never_handed_out(home, archive):
    """Also where the file itself is in order."""
    places = [archive.write(page(n)) for n in (1, 2)]
    archive.close()
    path = home.warc / places[0].file
    content = path.read_bytes()
    first = places[0].offset
    rest = BytesIO(content[first:])
    with gzip.GzipFile(fileobj=rest) as member:
        record = member.read().split(b"\r\n\r\n\r\n\r\n", 1)[0]  # GzipFile reads on through the members after it
    record = record.partition(b"\r\n\r\nWARC/")[0]
    forged = gzip.compress(record.replace(b"Talks 1", b"Talks 9") + b"\r\n\r\n")
    second = content.index(b"\x1f\x8b", first + 2)
    path.write_bytes(content[:first] + forged + content[second:])

    wrong = "the SHA-256 of what is stored is not the one that was written down"
    assert read_capture(home.warc, places[0]) == Unreadable(place=places[0], finding=wrong)
    damaged, kept = read_captures(home.warc)
    assert (damaged, kept.capture) == (Unreadable(place=places[0], finding=wrong), page(2))


@pytest.mark.parametrize(
    ("file", "offset", "finding"),
    [
        ("gone.warc.gz", 0, "cannot be read (No such file or directory)"),
        (None, 3, "the file is damaged here (Error -3 while decompressing data: incorrect header check)"),
        (None, 10**9, "the file ends before"),
        (None, 0, "what stands here is no answer"),
    ],
)
def test_a_place_that_holds_no_answer(home, archive, file, offset, finding):
    """The database may have come without its archive."""
    place = archive.write(page())
    asked = WarcPlace(file or place.file, offset)

    assert read_capture(home.warc, asked) == Unreadable(place=asked, finding=finding)


def test_the_database_has_its_say(home, archive):
    """A hash of its own, against an archive that was exchanged for another."""
    place = archive.write(page())

    assert read_capture(home.warc, place, "0" * 64).finding == "the body's SHA-256 is not the one that the database has"


def test_files_stay_small_and_captures_whole(home, archive, monkeypatch):
    """A capture never continues in the next file."""
    monkeypatch.setattr(warc, "MAX_FILE_BYTES", 2_000)

    places = [archive.write(page(n)) for n in range(5)]

    assert len({place.file for place in places}) > 1
    assert [kept.place for kept in read_captures(home.warc)] == places


def test_a_full_disk_is_told_and_leaves_no_tear(home, archive):
    """A limit on the size of files stands for it: the kernel takes a part of what is written, then refuses."""
    script = (
        "import resource, signal, sys; from tests.warehouse.test_warc import *; from warehouse.home import open_home\n"
        "from pathlib import Path; import random\n"
        "archive = Archive(open_home(Path(sys.argv[1])), lambda: NOW, AGENT); archive.write(page(1))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, -1))\n"
        "body = random.Random(1).randbytes(20_000)\n"
        "try: archive.write(Capture(kind='page', asked_url='u', outlet_id=None, exchanges=(exchange(body=body),)))\n"
        "except OSError as error: print(error.errno)\n"
        "archive.write(page(2))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home.root)], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("27\n", "")
    assert [kept.capture for kept in read_captures(home.warc)] == [page(1), page(2)]


def test_no_row_is_committed_before_what_it_refers_to_is_on_the_disk(home):
    """The archive is synced within the transaction; when that fails, nothing is stored."""
    with open_warehouse(home, "test") as warehouse:
        order = []

        def fail() -> None:
            order.append("sync")
            raise StorageError("the disk is full")

        warehouse.before_commit = fail
        with pytest.raises(StorageError), warehouse.transaction():
            warehouse.merge("setting", [{"key": "a", "value": "b"}], ("key",))

        assert order == ["sync"]
        assert warehouse.rows("select * from core.setting where key = 'a'") == []
