"""Three kinds of users at the same time: the pipeline, readers, and those who try to write beside it."""

import json

import pytest

from tests.faults.processes import python

SECONDS = 60


@pytest.mark.slow
def test_readers_never_notice_and_no_second_writer_gets_in(home, watch, prefect_server, tmp_path):
    """The pipeline publishes for a minute; every query works, every other writer waits and is told by whom."""
    for outlet in ("wire_a", "wire_b"):
        watch(outlet, feeds=[f"http://{outlet.replace('_', '-')}.example/feed.xml"])
    stop = tmp_path / "stop"
    loop = python("tests.faults.loop", home.root, SECONDS, PREFECT_API_URL=prefect_server)
    loop.wait_for("published")
    since = json.loads(home.holder.read_text(encoding="utf-8"))["since"]
    names = ("reader", "shell", "writer")
    observers = {name: python("tests.faults.observe", name, home.root, stop) for name in names}
    assert loop.wait(SECONDS + 60) == 0, loop.errors
    stop.touch()
    for observer in observers.values():
        assert observer.wait() == 0, observer.errors
    events = [json.loads(line) for line in loop.said]
    reader, shell, writer = (json.loads(observers[name].said[-1]) for name in names)

    publications = [(event["since"], event["at"]) for event in events if event["what"] == "published"]
    released = events[-1]
    refused = [(a, b) for a, b, _ in writer["refused"]]
    during = sum(any(a < end and start < b for a, b in refused) for start, end in publications)
    after = sum(any(end < a and b < released["at"] for a, b in refused) for _, end in publications)
    print(
        f"\n{len(publications)} publications in {SECONDS} s; reader: {reader['opens']} opens, {reader['queries']} "
        f"queries of {len(reader['counts'])} states; shell: {shell['queries']} queries; second writer: "
        f"{len(refused)} refusals, during {during} publications and after {after}"
    )
    assert len(publications) > 5
    assert reader["is_growing"]
    assert len(reader["counts"]) > 3
    assert reader["counts"][-1] <= released["stories"]
    assert len(shell["counts"]) == 1
    assert during >= len(publications) // 2
    assert after >= len(publications) // 2
    assert min(b - a for a, b in refused) >= 0.2, "a refused writer has waited"
    assert {message for *_, message in writer["refused"]} == {
        f"{home.database}: another writer holds the warehouse: process {loop.process.pid} (the loop, since {since}). "
        "Waited 0 s. Let it finish, or stop it, then try again. Nothing was written."
    }
    assert released["intruders"] == 0
    assert writer["entered"] > released["at"], "the second writer gets in once the first has ended, and not before"
