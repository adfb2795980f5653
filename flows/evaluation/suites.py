"""The suites: read a corpus, ask the engine, hand both to the scoring."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

from flows.evaluation.cases import VOICES, read_relevance_cases, read_voice_cases
from flows.evaluation.corpora import CorpusError, LabelledDocument
from flows.evaluation.fairness import symmetry
from flows.evaluation.polnear import SECTIONS, read_polnear
from flows.evaluation.semeval import NO_NARRATIVE, ROLES, Mention, label_names, read_frames, read_narratives, read_roles
from framing.codebook import Codebook
from framing.evaluation.answers import carried, roles, speakers, utterances, voices
from framing.evaluation.baselines import name_only
from framing.evaluation.halves import TUNED, half_of
from framing.evaluation.labelling import report_sets, report_single
from framing.evaluation.metrics import Measure, per_document, share
from framing.evaluation.quotations import QuotedDocument, read_attributions, report_quotations
from framing.evaluation.reports import Answer, GroupReport, figure
from framing.relevance import is_relevant
from framing.scoring import annotate

Suite: TypeAlias = Callable[[Path, str, Sequence[str], Codebook], list[GroupReport]]
"""From folder, half, languages (none: all) and codebook to a report per group that has documents."""

RELEVANT: Final = ("about the talks", "not about the talks")


def frames(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """The generic policy frames; micro-F1 decides."""
    labels = tuple(label_names("policy").values())
    return _sets("frames", "policy", read_frames(data), labels, "micro", (half, languages, codebook))


def narratives(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """The narratives on the war; samples-F1 decides, and no narrative is the corpus's label Other."""
    labels = (*label_names("narrative").values(), NO_NARRATIVE)
    return _sets("narratives", "narrative", read_narratives(data), labels, "samples", (half, languages, codebook))


def _sets(
    suite: str,
    kind: str,
    documents: Sequence[LabelledDocument],
    labels: Sequence[str],
    rule: str,
    asked: tuple[str, Sequence[str], Codebook],
) -> list[GroupReport]:
    half, languages, codebook = asked
    _require_names(kind, codebook)
    reports = []
    for language in _languages((document.language for document in documents), languages):
        own = [one for one in documents if one.language == language]
        answers = [_answer(one, kind, codebook) for one in own if half_of(one.document_id) == half]
        if answers:
            corpus = [one.labels for one in own]
            reports.append(report_sets(suite, language, half, answers, labels, rule, corpus))
    return reports


def _answer(document: LabelledDocument, kind: str, codebook: Codebook) -> Answer:
    title, text = document.split_title()
    found = carried(annotate(title, text, document.language, codebook), kind)
    names = label_names(kind)
    answered = None if found is None else tuple(sorted(names[code_id] for code_id in found))
    if answered == () and kind == "narrative":
        answered = (NO_NARRATIVE,)
    return Answer(document_id=document.document_id, gold=document.labels, answered=answered)


def _require_names(kind: str, codebook: Codebook) -> None:
    """Every code of the layer needs a name in the corpus, or its answers would be lost in silence."""
    unknown = sorted(code_id for code, code_id in codebook.codes if code == kind and code_id not in label_names(kind))
    if unknown:
        raise CorpusError(
            f"labels.toml: [{kind}] has no {unknown[0]!r}, which the registry declares. Add the name that the corpus "
            "gives to it, or rename it in the registry."
        )


def actor_roles(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """The role of each marked mention; macro-F1 decides, above what the name alone tells."""
    found = read_roles(data)
    reports = []
    for language in _languages((document.language for document, _ in found), languages):
        own = [(one, mentions) for one, mentions in found if one.language == language]
        scored = [(one, mentions) for one, mentions in own if half_of(one.document_id) == half]
        if scored:
            answers = [answer for one, mentions in scored for answer in _role_answers(one, mentions, codebook)]
            by_name = name_only(
                [(mention.document_id, mention.name) for _, mentions in scored for mention in mentions],
                [
                    (mention.document_id, mention.name, mention.role)
                    for one, mentions in own
                    for mention in mentions
                    if half_of(one.document_id) == TUNED
                ],
            )
            reports.append(report_single("roles", language, half, answers, ROLES, {"name only": by_name}))
    return reports


def _role_answers(document: LabelledDocument, mentions: Sequence[Mention], codebook: Codebook) -> list[Answer]:
    spans = [(mention.start, mention.end) for mention in mentions]
    found = roles(document.text, document.language, codebook, spans)
    return [
        Answer(
            document_id=document.document_id,
            gold=(mention.role,),
            answered=None if found is None else tuple(role for role in (found[place],) if role),
        )
        for place, mention in enumerate(mentions)
    ]


def relevance(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """About the talks or not, from title and text alone: the day of publication is not given to the gate."""
    cases = read_relevance_cases(data)
    reports = []
    for language, series in dict.fromkeys((case.language, case.series) for case in cases):
        own = [one for one in cases if (one.language, one.series) == (language, series)]
        own = [one for one in own if half_of(one.document_id) == half and (not languages or language in languages)]
        if own:
            verdicts = [is_relevant(one.title, one.text, language, codebook) for one in own]
            answers = [
                Answer(
                    document_id=one.document_id,
                    gold=(RELEVANT[0 if one.is_relevant else 1],),
                    answered=None if verdict is None else (RELEVANT[0 if verdict else 1],),
                )
                for one, verdict in zip(own, verdicts, strict=True)
            ]
            report = report_single("relevance", f"{language} {series}", half, answers, RELEVANT)
            mistaken = [verdict is True for one, verdict in zip(own, verdicts, strict=True) if not one.is_relevant]
            reports.append(_with_share(report, "false positives among texts not about the talks", mistaken))
    return reports


def voice(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """The exact set of voices in each written case. The cases are ours, so they have no halves: all are scored."""
    cases = read_voice_cases(data)
    reports = []
    for language, series in dict.fromkeys((case.language, case.series) for case in cases):
        own = [case for case in cases if (case.language, case.series) == (language, series)]
        if languages and language not in languages:
            continue
        answers, heard = [], []
        for case in own:
            annotation = annotate("", case.text, language, codebook)
            found = voices(annotation, case.kind, case.code_id)
            answered = None if found is None else tuple(sorted(found))
            answers.append(Answer(document_id=case.case_id, gold=case.voices, answered=answered))
            if case.speaker is not None:
                named = speakers(annotation, case.kind, case.code_id)
                heard.append(bool(named) and all(case.speaker in speaker for speaker in named))
        report = report_sets("voice", f"{language} {series}", None, answers, VOICES, "micro")
        reports.append(_with_share(report, "speaker right where asked for", heard))
    return reports


def quotes(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """Direct quotations and indirect attributions; the corpus is English."""
    if languages and "en" not in languages:
        return []
    documents = [document for document in read_polnear(data) if half_of(document.document_id) == half]
    reports = []
    for section in SECTIONS:
        own = [document for document in documents if document.section == section]
        answered = []
        for document in own:
            found = utterances(document.text, "en", codebook)
            attributions = None if found is None else read_attributions(found)
            answered.append(QuotedDocument(text=document.text, gold=document.attributions, found=attributions))
        if own:
            reports.append(report_quotations("quotes", f"en {section}", half, answered))
    return reports


def _with_share(report: GroupReport, name: str, outcomes: Sequence[bool]) -> GroupReport:
    """The report with one more figure, the share of true outcomes; without it where there are none."""
    if not outcomes:
        return report
    return replace(
        report, figures=(*report.figures, figure(Measure(name=name, sums=per_document(outcomes), score=share)))
    )


def _languages(found: Iterable[str], asked: Sequence[str]) -> list[str]:
    return [language for language in dict.fromkeys(found) if not asked or language in asked]


SUITES: Final[dict[str, Suite]] = {
    "relevance": relevance,
    "quotes": quotes,
    "voice": voice,
    "frames": frames,
    "narratives": narratives,
    "roles": actor_roles,
    "symmetry": symmetry,
}
