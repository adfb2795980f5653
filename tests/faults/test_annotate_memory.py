"""``parley annotate`` on a corpus: one text in memory at a time, however many there are."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.demo.records import load_archive
from tests.faults.processes import CHECKOUT, as_user

FEW, MANY = 500, 5_000
MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process between: a child's peak begins at the size of the process that started it."""


def write_corpus(path: Path, n: int) -> None:
    """n different texts in five languages, from the demo's articles."""
    articles = load_archive().articles
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            article = articles[number % len(articles)]
            text = "\n".join((*article.paragraphs, f"Edition {number}, word {number:x}."))
            file.write(json.dumps({"id": number, "title": article.title, "text": text}) + "\n")


def annotate(corpus: Path, answers: Path) -> tuple[int, float]:
    """Peak memory of the process in KiB, and its seconds."""
    started = time.monotonic()
    with answers.open("wb") as file:
        command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "flows", "annotate", str(corpus)]
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, cwd=CHECKOUT, env=as_user(), check=True)
    return int(done.stderr), time.monotonic() - started


@pytest.mark.slow
def test_ten_times_the_texts_take_the_same_memory(tmp_path):
    peaks = {}
    for n in (FEW, MANY):
        write_corpus(tmp_path / "corpus.jsonl", n)
        peaks[n], seconds = annotate(tmp_path / "corpus.jsonl", tmp_path / "answers.jsonl")
        print(f"\n{n:,} texts: {peaks[n] / 1024:.0f} MB at most, {seconds:.1f} s")
        with (tmp_path / "answers.jsonl").open(encoding="utf-8") as answers:
            assert [json.loads(line)["id"] for line in answers] == list(range(n))

    assert peaks[MANY] < 1.15 * peaks[FEW]
