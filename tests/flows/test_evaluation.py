"""Evaluation: every corpus form read from small files of ours, figures, and what half B must not say."""

import gzip
import io
import json
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from flows.commands.evaluate import SuiteName
from flows.evaluation.corpora import CorpusError, LabelledDocument
from flows.evaluation.semeval import label_names, read_frames, read_narratives, read_roles
from flows.evaluation.suites import SUITES
from framing.codebook import LanguagePart, PartTable
from framing.evaluation.baselines import best_constant_micro
from framing.evaluation.halves import half_of
from framing.evaluation.metrics import count, indicate, micro_f1
from framing.records import Tag
from framing.registry_files import load_registry
from tests.conftest import run_parley

DATA = Path(__file__).parents[3] / "shared" / "data"
on_real_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there: nothing to measure on")
BOOK = load_registry().codebook

MONEY = "Prices rise\n\nInflation and taxes weigh on the budget. Nobody knows for how long."
COURT = "A verdict\n\nThe court sentenced the former mayor. He will appeal."
HARLOW = '"The road is open," Harlow said. Sorokin argued that it was not.'
BRAT = (
    'T1\tContent 0 19\t"The road is open,"\nT2\tSource 20 26\tHarlow\n'
    "T3\tCue 27 31\tsaid\nT4\tAttribution 27 31\tsaid\n"
    "E1\tAttribution:T4 Content:T1 Cue:T3 Source:T2\n"
    "#1\tAnnotatorNotes E1\ta note\nThat runs over two lines\n"
    "T5\tSource 33 40\tSorokin\nT6\tCue 41 47\targued\n"
    "T7\tContent 48 63\tthat it was not\nT8\tAttribution 41 47\targued\n"
    "E2\tAttribution:T8 Content:T7 Cue:T6 Source:T5\n"
)


def codebook_with(kind, part, **cues):
    """The shipped codebook, its layer of this kind replaced by a few cues in English."""
    tags = tuple(tag for tag in BOOK.tags if tag.kind != kind)
    own = (Tag(kind=kind, tag_id=name, code="X", label=name, definition="", is_not="") for name in cues)
    tables = tuple(PartTable(group=kind, name=name, cues=tuple(found)) for name, found in cues.items())
    parts = tuple(entry for entry in BOOK.parts if entry.part != part)
    part_of_english = LanguagePart(language="en", part=part, marks=(), tables=tables)
    return replace(BOOK, tags=(*tags, *own), parts=(*parts, part_of_english))


def named(half, n, form="{}"):
    """Ids of one half."""
    names = (form.format(number) for number in range(10_000))
    return [name for name in names if half_of(name.removesuffix(".txt")) == half][:n]


def write_lines(path, lines):
    """JSON lines, with gzip where the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)


def figures_of(report):
    """Values by name."""
    return {figure.name: figure.value for figure in report.figures}


@pytest.fixture
def corpora(tmp_path):
    """A folder with a small corpus of each form; two documents of half A, one of half B."""
    ids = [*named("A", 2), *named("B", 1)]
    frames = [["Economic"], ["Crime_and_punishment", "Political"], ["Economic"]]
    write_lines(
        tmp_path / "semeval2023_t3" / "frames_train_en.jsonl.gz",
        [
            {"id": name, "lang": "en", "text": text, "frames": labels}
            for name, text, labels in zip(ids, (MONEY, COURT, MONEY), frames, strict=True)
        ],
    )
    docs = [*named("A", 2, "EN_UA_{}.txt"), *named("B", 1, "EN_UA_{}.txt"), "EN_CC_1.txt"]
    coarse = [["URW: Praise of Russia", "CC: Climate change is beneficial"], ["Other"], ["Other"], ["Other"]]
    write_lines(
        tmp_path / "semeval2025_t10" / "docs_train_EN.jsonl",
        [{"doc": name, "text": HARLOW, "coarse": labels} for name, labels in zip(docs, coarse, strict=True)],
    )
    start = HARLOW.index("Harlow")
    write_lines(
        tmp_path / "semeval2025_t10" / "st1_train_EN.jsonl",
        [{"doc": name, "mention": "Harlow", "start": start, "end": start + 6, "main": "Innocent"} for name in docs[:3]],
    )
    with tarfile.open(tmp_path / "polnear_train_dev.tar.xz", "w:xz") as archive:
        for name in (named("A", 1)[0], named("B", 1)[0]):
            files = {f"text/{name}.txt": HARLOW, f"attributions/{name}_ab.ann": BRAT, f"attributions/{name}_cd.ann": ""}
            for path, content in files.items():
                member = tarfile.TarInfo(f"data/dev/{path}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content.encode()))
    table = "src,title,desc,date,site,event\n" + "".join(f"{name},Shelling goes on,,,,\n" for name in named("A", 3))
    (tmp_path / "ruwa_headlines.csv.gz").write_bytes(gzip.compress(table.encode()))
    (tmp_path / "voice_cases_first.toml").write_text(
        '[[case]]\nlanguage = "en"\nframe = "deadlock"\ntext = "The talks are deadlocked."\nvoices = ["outlet"]\n'
    )
    return tmp_path


def test_every_suite_has_its_word_on_the_command_line():
    assert [name.value for name in SuiteName] == list(SUITES)


def test_frames_are_scored_against_the_best_constant(corpora):
    """Of two documents one is answered right, of the other one label of two, and one label is added."""
    book = codebook_with("policy", "policy", economic=["inflation"], political=["mayor"], morality=["appeal"])

    [report] = SUITES["frames"](corpora, "A", (), book)

    found = figures_of(report)
    assert (report.group, report.n_documents, report.n_unmeasured) == ("en", 2, 0)
    assert found["micro-F1"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert found["samples-F1"] == pytest.approx((1 + 0.5) / 2)
    assert found["exact sets"] == 0.5
    assert found["best constant: micro-F1"] == pytest.approx(2 * 3 / (2 * 3 + 3))
    assert found["micro-F1, above best constant"] == pytest.approx(0)
    assert found["best constant on all 3 documents: micro-F1"] == pytest.approx(2 * 4 / (2 * 4 + 5))
    rows = {row.label: (row.n_gold, row.n_answered) for row in report.labels}
    assert (rows["Economic"], rows["Morality"], rows["Crime_and_punishment"]) == ((1, 1), (0, 1), (1, 0))
    assert len(report.answers) == 2


def test_no_narrative_is_an_answer_too(corpora):
    """Climate labels and documents are left out; nothing found means Other."""
    book = codebook_with("narrative", "narratives", praise_of_russia=["Wunderwaffe"])

    [report] = SUITES["narratives"](corpora, "A", ("en",), book)

    assert [answer.gold for answer in report.answers] == [("Praise of Russia",), ("Other",)]
    assert [answer.answered for answer in report.answers] == [("Other",), ("Other",)]
    assert figures_of(report)["samples-F1"] == 0.5


def test_a_code_without_a_name_in_the_corpus_is_not_lost_in_silence(corpora):
    book = codebook_with("narrative", "narratives", praise_of_harlow=["Harlow"])

    with pytest.raises(CorpusError, match=r"labels.toml: \[narrative\] has no 'praise_of_harlow'"):
        SUITES["narratives"](corpora, "A", (), book)


def test_every_code_of_the_registry_has_a_name_in_the_corpora():
    for kind in ("policy", "narrative"):
        declared = {code_id for code, code_id in BOOK.codes if code == kind}
        assert declared in (set(), set(label_names(kind)))


def test_what_the_engine_does_not_measure_is_counted_and_said(corpora):
    """No cues for Italian: the label is missed, and the report says that nobody looked."""
    path = corpora / "semeval2023_t3" / "frames_train_it.jsonl"
    write_lines(path, [{"id": named("A", 1)[0], "lang": "it", "text": MONEY, "frames": ["Economic"]}])

    [report] = SUITES["frames"](corpora, "A", ("it",), BOOK)

    assert (report.n_documents, report.n_unmeasured) == (1, 1)
    assert report.answers[0].answered is None
    assert figures_of(report)["micro-F1"] == 0


def test_roles_have_the_name_alone_beside_them(corpora):
    """Half A knows Harlow from its other document, half B from half A."""
    for half, n_documents in (("A", 2), ("B", 1)):
        [report] = SUITES["roles"](corpora, half, (), BOOK)

        assert (report.n_documents, report.n_items) == (n_documents, n_documents)
        assert figures_of(report)["name only: accuracy"] == 1
        assert report.labels[2].label == "Innocent"
        assert report.labels[2].n_gold == n_documents


def test_quotations_are_read_from_brat_files(corpora):
    """One direct, one indirect; notes are passed over, and the second annotator is not counted."""
    [report] = SUITES["quotes"](corpora, "A", (), BOOK)

    rows = {row.label: row.n_gold for row in report.labels}
    assert (report.group, report.n_documents, report.n_items) == ("en dev", 1, 2)
    assert (rows["direct span"], rows["indirect cue"]) == (1, 1)
    assert SUITES["quotes"](corpora, "A", ("fr",), BOOK) == []


def test_war_headlines_are_not_about_the_talks(corpora):
    write_lines(
        corpora / "relevance_own.jsonl",
        [
            {
                "id": named("A", 1)[0],
                "language": "en",
                "title": "Russia and Ukraine agree to new round of peace talks",
                "text": "The delegations will arrive on Sunday, officials said.",
                "relevant": True,
            }
        ],
    )

    own, headlines = SUITES["relevance"](corpora, "A", (), BOOK)

    assert figures_of(own)["accuracy"] == 1
    assert (headlines.group, headlines.n_documents) == ("en war headlines", 3)
    assert figures_of(headlines)["false positives among texts not about the talks"] == 0


def test_voice_cases_have_no_halves(corpora):
    reports = [SUITES["voice"](corpora, half, (), BOOK) for half in "AB"]

    assert reports[0] == reports[1]
    assert (reports[0][0].group, reports[0][0].half, reports[0][0].n_documents) == ("en first", None, 1)


@pytest.mark.parametrize("suite", [name for name in SUITES if name != "symmetry"])  # it has templates of its own
def test_an_empty_folder_is_said_so(suite, tmp_path):
    with pytest.raises(
        CorpusError, match=f"^{re.escape(str(tmp_path))}: no .* Give the folder that holds it as --data"
    ):
        SUITES[suite](tmp_path, "A", (), BOOK)


@pytest.mark.parametrize(
    ("suite", "name", "content", "message"),
    [
        ("frames", "semeval2023_t3/frames_x.jsonl", "\n{", "line 2: not JSON"),
        ("frames", "semeval2023_t3/frames_x.jsonl", "[]", 'line 1: needs "id" of type str'),
        (
            "frames",
            "semeval2023_t3/frames_x.jsonl",
            '{"id":"1","lang":"en","text":"x","frames":[1]}',
            "list of strings",
        ),
        (
            "frames",
            "semeval2023_t3/frames_x.jsonl",
            '{"id":"1","lang":"en","text":"x","frames":["Weather"]}',
            "1: label 'Weather' is not known. Correct the file; the known ones are Capacity",
        ),
        ("frames", "semeval2023_t3/frames_x.jsonl.gz", "no gzip", "cannot be read"),
        ("quotes", "polnear_train_dev.tar.xz", "no archive", "cannot be read"),
        (
            "relevance",
            "ruwa_headlines.csv.gz",
            gzip.compress(b"a,b\n", mtime=0),
            "must name the columns src, title and desc",
        ),
        ("voice", "voice_cases_x.toml", "case = 1", "holds no case"),
        ("voice", "voice_cases_x.toml", "[[case", "not TOML"),
        ("voice", "voice_cases_x.toml", '[[case]]\nlanguage = "en"', "case 1: 'frame' is missing or unknown"),
        (
            "voice",
            "voice_cases_x.toml",
            '[[case]]\nlanguage = "en"\nframe = "deadlock"\ntext = "x"\nvoices = ["loud"]',
            "case 1: voices must be one or more of outlet, quoted, reported, rejected, scare. Found: ['loud'].",
        ),
    ],
)
def test_a_broken_file_is_named_with_the_way_out(suite, name, content, message, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(CorpusError) as caught:
        SUITES[suite](tmp_path, "A", (), BOOK)

    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_a_mention_that_is_not_there_is_an_error(corpora):
    path = corpora / "semeval2025_t10" / "st1_train_EN.jsonl"
    path.write_text(path.read_text().replace('"end": 26', '"end": 27'))

    with pytest.raises(CorpusError, match=r"the mention at 20 of EN_UA_.* is not in that document's text"):
        SUITES["roles"](corpora, "A", (), BOOK)


def test_a_headline_stands_alone_and_is_short():
    def split(text):
        return LabelledDocument(document_id="1", language="en", text=text, labels=()).split_title()

    assert split("A headline\n\nThe text.") == ("A headline", "\nThe text.")
    for text in ("One line.", "Line one\nline two", "A headline\n\n \n", f"{'word ' * 50}\n\nThe text."):
        assert split(text) == ("", text)


def test_the_command_prints_half_a_in_full_and_of_half_b_figures_only(corpora, tmp_path):
    """A text, an id or a single answer of half B must not leave the program."""
    home = tmp_path / "home"
    home.mkdir()
    done = {}
    for half in "AB":
        target = tmp_path / f"{half}.json"
        arguments = ("frames", "--data", str(corpora), "--half", half, "--json", str(target))
        done[half] = run_parley("evaluate", *arguments, home=home, COLUMNS="200")
        assert (done[half].returncode, done[half].stderr) == (0, "")
    stored = {half: json.loads((tmp_path / f"{half}.json").read_text()) for half in "AB"}

    for half, n_documents in (("A", 2), ("B", 1)):
        assert f"frames · en · half {half}" in done[half].stdout
        assert f"{n_documents} documents" in done[half].stdout
        assert "micro-F1, above best constant" in done[half].stdout
    [first], [second] = stored["A"]["groups"], stored["B"]["groups"]
    assert [answer["document_id"] for answer in first["answers"]] == named("A", 2)
    assert second["answers"] == []
    assert "Prices rise" not in done["B"].stdout + json.dumps(stored["B"])
    assert stored["A"]["codebook_version"] in done["A"].stdout


def test_the_command_says_what_is_missing(tmp_path):
    done = run_parley("evaluate", "quotes", "--data", str(tmp_path), home=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"parley: {tmp_path}: no polnear_train_dev.tar.xz with texts and attributions. Give the folder that holds it "
        "as --data; docs/evaluation.md has the form.\n"
    )


@on_real_data
def test_the_constants_are_the_published_ones():
    """The best constant on all documents, as it is known for the four languages that are measured."""
    labels = tuple(label_names("policy").values())
    documents = read_frames(DATA)
    for language, known in {"en": 0.558, "ru": 0.379, "fr": 0.442, "de": 0.538}.items():
        gold = indicate([frozenset(one.labels) for one in documents if one.language == language], labels)
        constant = indicate([best_constant_micro(gold, labels)] * len(gold), labels)

        assert round(float(micro_f1(count(gold, constant).sum(axis=0))), 3) == known


@on_real_data
def test_the_real_corpora_are_read_whole():
    """As many documents and mentions as their description says; half of each, more or less, is half B."""
    narratives, mentions = read_narratives(DATA), read_roles(DATA)

    counts = {lang: sum(one.language == lang for one in narratives) for lang in ("en", "ru")}
    assert counts == {"en": 223, "ru": 133}
    assert sum(len(found) for _, found in mentions) == 686 + 367
    for documents in (narratives, read_frames(DATA)):
        assert 0.4 < sum(half_of(one.document_id) == "B" for one in documents) / len(documents) < 0.6


@on_real_data
@pytest.mark.slow
@pytest.mark.parametrize("suite", [name for name in SUITES if name not in ("voice", "symmetry")])
def test_every_suite_runs_on_the_real_corpora(suite):
    reports = SUITES[suite](DATA, "B", (), BOOK)

    assert reports
    assert all(report.figures and report.labels and not report.answers for report in reports)


@on_real_data
@pytest.mark.slow
def test_symmetry_runs_on_the_real_corpora():
    reports = SUITES["symmetry"](DATA, "B", ("en",), BOOK)

    assert [report.half for report in reports] == [None, "B"]
    assert all(report.figures for report in reports)


def test_symmetry_needs_no_corpus(tmp_path):
    (report,) = SUITES["symmetry"](tmp_path, "A", ("uk",), BOOK)

    assert (report.group, report.half) == ("uk templates", None)
    assert report.n_documents > report.n_items > 0


@pytest.mark.parametrize("half", ["A", "B"])
def test_symmetry_shows_corpus_sentences_of_half_a_alone(tmp_path, half):
    """Of half B only figures leave the suite."""
    text = "Brussels is on the side of war. Lavrov and Putin left. It rained."
    lines = [{"id": named(half, 1)[0], "lang": "en", "text": text, "frames": ["Economic"]}]
    write_lines(tmp_path / "semeval2023_t3" / "frames_train_en.jsonl", lines)

    _, report = SUITES["symmetry"](tmp_path, half, ("en",), BOOK)

    assert report.notes[0] == "2 sentences name an actor; in 1 of them every name could be exchanged."
    assert [(row.code_id, row.n, row.asymmetry) for row in report.symmetry if row.kind == "frame"] == [
        ("europe_spoiler", 1, 1.0)
    ]
    shown = [row.example for row in report.symmetry if row.example is not None]
    assert all("Washington is on the side of war" in example for example in shown)
    assert bool(shown) == (half == "A")
