"""Workers: a stream of calls, each within its limits, and the run goes on."""

import os
import time

from flows.workers import CALLS_AHEAD, MEMORY_LIMIT, Outcome, each_in_workers, n_workers, run_in_workers


def double(number):
    return 2 * number


def hold(n_bytes):
    return len(bytearray(n_bytes))


def nap(seconds):
    time.sleep(seconds)
    return seconds


def die():
    os._exit(3)


def test_outcomes_come_as_they_are_ready():
    """Calls without arguments at once, in the middle of the stream."""
    calls = [("slow", (0.5,)), *((n, None) for n in range(3)), ("quick", (0.0,))]
    outcomes = list(each_in_workers(nap, calls))

    names = [name for name, _ in outcomes]
    assert names[:3] == [0, 1, 2]
    assert (dict(outcomes)["slow"], dict(outcomes)["quick"], dict(outcomes)[1]) == (
        Outcome(0.5, None),
        Outcome(0.0, None),
        None,
    )


def test_outcomes_of_a_list_keep_its_order():
    """However long each takes."""
    done = []
    outcomes = run_in_workers(nap, [(0.2,), (0.0,), (0.1,)], lambda: done.append(1))

    assert [outcome.value for outcome in outcomes] == [0.2, 0.0, 0.1]
    assert len(done) == 3


def test_calls_are_taken_a_few_ahead():
    """Memory stays flat over any number of pages: their bodies are not read before a worker is near."""
    n_taken = 0

    def calls():
        nonlocal n_taken
        for n in range(300):
            n_taken += 1
            yield n, (n,)

    total = 0
    for n_seen, (number, outcome) in enumerate(each_in_workers(double, calls())):
        assert n_taken - n_seen <= CALLS_AHEAD * n_workers()
        total += outcome.value - 2 * number + 1
    assert total == 300


def test_who_needs_too_much_memory_is_told_so():
    """The worker lives on, and so do the others."""
    outcomes = run_in_workers(hold, [(MEMORY_LIMIT,), (10**6,), (MEMORY_LIMIT,), (10**6,)])

    assert [outcome.value for outcome in outcomes] == [None, 10**6, None, 10**6]
    assert outcomes[0].error == "needed more than 640 MB of memory"


def test_a_closed_stream_ends_what_is_under_way():
    """The caller was told to stop: the workers do not go on for minutes, and a dead one is replaced."""
    stream = each_in_workers(nap, ((n, (30.0 * n,)) for n in range(20)))
    next(stream)
    stream.close()
    started = time.monotonic()
    (dead,), (alive,) = run_in_workers(die, [()]), run_in_workers(double, [(21,)])

    assert dead.error == "the worker died (Abnormal termination)"
    assert alive.value == 42
    assert time.monotonic() - started < 20
