"""The command line as a user runs it, in a process of its own."""

import csv
import io
import json

import pytest

from flows.analysis.trends import analyse_trends
from tests.conftest import run_parley
from tests.site.stories import TALKS, article_page
from tests.warehouse.rows import article_rows
from warehouse.home import Home
from warehouse.publication import publish
from warehouse.store import open_warehouse


@pytest.fixture
def published(home: Home) -> Home:
    """A home with one article, published."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        analyse_trends(warehouse)
    publish(home)
    return home


def test_annotate_gives_one_line_for_each(home, tmp_path):
    """Order kept, spans in the given text, languages identified where not given."""
    texts = [
        {"id": "en", "text": "Moscow and Kyiv met. Security guarantees were discussed at the peace talks."},
        {
            "id": 2,
            "text": "Кремль и Киев провели переговоры о мирном плане, обсуждались гарантии безопасности.",
            "lang": "ru",
        },
        {
            "id": "hu",
            "text": "A küldöttségek Genfben tárgyaltak a béketervről, közölték a felek tegnap este.",
            "title": "Béke",
        },
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(text) for text in texts) + "\n\n", encoding="utf-8")

    done = run_parley("annotate", str(corpus), home=home.root)
    results = [json.loads(line) for line in done.stdout.splitlines()]

    assert (done.returncode, done.stderr) == (0, "")
    assert [result["id"] for result in results] == ["en", 2, "hu"]
    assert [result["language"] for result in results] == ["en", "ru", "hu"]
    for result, text in zip(results[:2], texts[:2], strict=True):
        frames = {frame["frame"]: frame for frame in result["frames"]}
        (hit,) = frames["guarantees_nato"]["hits"]
        assert frames["guarantees_nato"]["carried"] is True
        assert set(hit) == {"start", "end", "cue", "voice", "speaker", "reason", "part"}
        assert (hit["voice"], hit["speaker"]) == ("outlet", None)
        assert text["text"][hit["start"] : hit["end"]].lower() in ("security guarantees", "гарантии безопасности")
    assert results[2]["relevant"] is None
    assert {(frame["carried"], frame["share"]) for frame in results[2]["frames"]} == {(None, None)}


def test_annotate_takes_what_json_allows(tmp_path):
    """A mark at the file's head, half a surrogate pair, a date before the talks: no line stops the others."""
    lines = [
        '{"id": "half \\ud83d", "text": "Moscow and Kyiv met \\ud800 at the peace talks."}',
        '{"id": "old", "text": "Russia and Ukraine met. Russia, Ukraine: a ceasefire.", "published": "2022-03-29"}',
        '{"id": "bad", "text": "x", "published": "yesterday"}',
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")

    done = run_parley("annotate", str(corpus), home=tmp_path, PYTHONIOENCODING="latin-1")
    results = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 1
    assert [result["id"] for result in results] == ["half \ud83d", "old"]
    assert results[1]["relevant"] is False
    assert 'line 3: "published" is no ISO 8601 time.' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_is_not_there_is_no_home(tmp_path):
    """Its overlay would be missed in silence."""
    for command in (["check"], ["outlets"], ["annotate", "-"]):
        done = run_parley(*command, home=tmp_path / "typo")

        assert done.returncode == 1
        assert done.stderr == (
            f"parley: {tmp_path / 'typo'}: there is no such folder. "
            "Leave --home out to use the registry that comes with Parley.\n"
        )


def test_the_demo_takes_no_folder_that_holds_something(tmp_path):
    """It would replace a registry that somebody wrote."""
    mine = tmp_path / "registry" / "outlets" / "mine.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("precious", encoding="utf-8")

    done = run_parley("demo", "--no-dashboard", home=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(f"parley: {tmp_path}: this folder is no demo's home and is not empty;")
    assert mine.read_text(encoding="utf-8") == "precious"


def test_numbers_are_numbers_in_json(published):
    done = run_parley(
        "sql", "select 0.5 as half, 'nan'::double as none, [1.0, 2.5] as list", "--format", "json", home=published.root
    )

    assert json.loads(done.stdout) == [{"half": 0.5, "none": None, "list": [1, 2.5]}]


def test_annotate_names_each_line_it_cannot_use(home, tmp_path):
    """The others are annotated all the same, and the exit code tells."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('not json\n{"id": 1, "text": "Fine."}\n{"id": 2}\n{"id": 3, "text": " "}\n', encoding="utf-8")

    done = run_parley("annotate", str(corpus), home=home.root)

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"parley: {corpus}, line 1: not JSON (Expecting value: line 1 column 1 (char 0)). "
        "Each line must be one JSON object.",
        f'parley: {corpus}, line 3: needs "id" and "text" (a string). Example: {{"id": "1", "text": "..."}}',
        f"parley: {corpus}, line 4: has neither title nor text. Remove the line.",
        "parley: 3 lines were not annotated, see above; all others were.",
    ]


def test_extract_says_what_would_be_stored(home, tmp_path):
    """The seven promised keys and where the date comes from."""
    head = '<meta property="article:published_time" content="2025-12-02T23:30:00-05:00">'
    head += '<meta name="author" content="Ada Writer">'
    page = tmp_path / "page.html"
    page.write_bytes(article_page("Talks in Geneva", TALKS, head=head))

    done = run_parley("extract", str(page), "--url", "http://wire.example/1", "--json", home=home.root)
    facts = json.loads(done.stdout)

    assert {"verdict", "title", "text", "published", "authors", "language"} <= set(facts)
    assert (facts["verdict"], facts["title"], facts["language"]) == ("article", "Talks in Geneva", "en")
    assert (facts["published"], facts["published_rule"]) == ("2025-12-03T04:30:00+00:00", "meta")
    assert facts["authors"] == ["Ada Writer"]
    assert TALKS.format(n=1) in facts["text"]


def test_extract_of_no_file(home, tmp_path):
    """One sentence, no traceback."""
    done = run_parley("extract", str(tmp_path / "none.html"), "--url", "http://wire.example/1", home=home.root)

    assert done.returncode == 1
    assert done.stderr == (
        f"parley: {tmp_path / 'none.html'}: cannot be read (No such file or directory). "
        "Give the path of a saved HTML page.\n"
    )


def test_sql_in_three_formats(published):
    """The same rows each time."""
    query = "select outlet_id, n, share, mean_share from outlet_day where voice = 'any'"

    as_json = run_parley("sql", query, "--format", "json", home=published.root)
    as_csv = run_parley("sql", query, "--format", "csv", home=published.root)
    as_table = run_parley("sql", query, home=published.root)

    (row,) = json.loads(as_json.stdout)
    assert row == {"outlet_id": "wire", "n": 1, "share": 1.0, "mean_share": 0.5}
    assert list(csv.DictReader(io.StringIO(as_csv.stdout))) == [{key: str(value) for key, value in row.items()}]
    assert "wire" in as_table.stdout


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("delete from core.article", "read-only"),
        ("select * from no_such_view", "no_such_view"),
        ("selec 1", "syntax error"),
        ("from core.article", "core.article is not a public view. Did you mean article?"),
        ("set threads = 1", "SET is not answered: the published copy is read-only, and its settings stay as they are."),
    ],
)
def test_sql_refuses_with_a_sentence(published, query, message):
    """Whatever the fault, the copy stays as it is."""
    done = run_parley("sql", query, home=published.root)

    assert done.returncode == 1
    assert done.stderr.startswith("parley: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_status_check_and_doctor(published):
    """What a new user tries first."""
    (published.root / "settings.toml").write_text('contact = "desk@wire.example"\n', encoding="utf-8")
    status = run_parley("status", "--json", home=published.root)
    check = run_parley("check", home=published.root)
    doctor = run_parley("doctor", home=published.root)

    facts = json.loads(status.stdout)
    assert (facts["kind"], facts["n_articles"], facts["writer"]) == ("live", 1, "free")
    assert facts["feeds"][0]["health"] == "never polled"
    assert (check.returncode, check.stderr) == (0, "")
    assert "all checks pass" in check.stdout
    assert doctor.returncode == 0, doctor.stdout
    assert [line.split()[1] for line in doctor.stdout.splitlines()] == [
        "versions",
        "disk",
        "lock",
        "settings",
        "registry",
        "publication",
        "database",
    ]


@pytest.mark.parametrize("command", ["status", "doctor", "sql"])
def test_without_a_home(tmp_path, command):
    """Reading never makes a home; the message says what does."""
    arguments = [command, "select 1"] if command == "sql" else [command]

    done = run_parley(*arguments, home=tmp_path / "none")

    assert done.returncode == 1
    assert done.stderr == (
        f"parley: {tmp_path / 'none'}: there is no Parley home here yet. 'parley run' or 'parley demo' makes one; "
        "--home DIR or PARLEY_HOME names another folder.\n"
    )


def test_help_names_every_command():
    """The first thing a new user types."""
    done = run_parley("--help")

    for command in (
        "run",
        "demo",
        "ingest",
        "score",
        "publish",
        "status",
        "check",
        "doctor",
        "sql",
        "extract",
        "annotate",
    ):
        assert f" {command} " in done.stdout


def test_equal_column_names_are_told_apart(published):
    """A join may give one name twice; no value may be lost."""
    done = run_parley("sql", "select 1 as a, 2 as a", "--format", "json", home=published.root)

    assert json.loads(done.stdout) == [{"a": 1, "a_2": 2}]


def test_sql_reaches_no_file(published, tmp_path):
    """Read-only means the rest of the machine, too."""
    done = run_parley("sql", f"copy (select 1) to '{tmp_path / 'x.csv'}'", home=published.root)

    assert done.returncode == 1
    assert not (tmp_path / "x.csv").exists()


def test_annotate_takes_what_it_can(home, tmp_path):
    """A regional tag, bytes that are no UTF-8, a line of signs: none stops the corpus."""
    corpus = tmp_path / "corpus.jsonl"
    lines = [
        b'{"id": 1, "text": "The talks.", "lang": "en-GB"}',
        b'{"id": 2, "text": "..."}',
        b'{"id": 3, "text": "caf\xe9"}',
    ]
    corpus.write_bytes(b"\n".join(lines))

    done = run_parley("annotate", str(corpus), home=home.root)
    results = [json.loads(line) for line in done.stdout.splitlines()]

    assert [(result["id"], result["language"]) for result in results] == [(1, "en"), (3, None)]
    assert "line 2: has neither title nor text" in done.stderr


def test_a_setting_that_is_no_number(home, prefect_server):
    """One sentence, and only where the setting matters."""
    done = run_parley("publish", home=home.root, PARLEY_LOCK_WAIT_S="5m", PREFECT_API_URL=prefect_server)

    assert done.returncode == 1
    assert "parley: PARLEY_LOCK_WAIT_S is '5m'. It must be a number of seconds, such as 300." in done.stderr
