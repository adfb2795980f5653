"""Write the golden outputs anew: run this after raising SCORER_VERSION, and read the difference."""

import json
from pathlib import Path

from framing.codebook import Codebook
from framing.scoring import SCORER_VERSION, annotate

GOLDEN = Path(__file__).parent / "golden_annotations.json"


def summary(case, book):
    """What the guard compares of one annotation."""
    annotation = annotate(case["title"], case["text"], case["language"], book)
    return {
        "relevant": annotation.relevant,
        "n_sentences": annotation.n_sentences,
        "shares": {score.code_id: score.share for score in annotation.codes if score.carried is not False},
        "hits": [
            [hit.code_id, hit.part, hit.start, hit.end, hit.sentence_start, hit.sentence_end, hit.voice, hit.speaker]
            for score in annotation.codes
            for hit in score.hits
        ],
        "utterances": [
            [one.kind, one.part, one.start, one.end, one.speaker, one.actor_id, one.verb, one.verb_class, one.depth]
            for one in annotation.utterances or ()
        ],
        "actors": [
            [one.actor_id, one.n_mentions, one.n_quoted_words, one.lean and one.lean.role]
            for one in (annotation.cast.portraits if annotation.cast else ())
        ],
    }


def write_golden():
    """Keep codebook and cases of the file, compute what is expected of them."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    book = Codebook.from_json(json.dumps(golden["codebook"]))
    cases = [case | {"expected": summary(case, book)} for case in golden["cases"]]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    GOLDEN.write_text(
        f'{{"scorer_version": {json.dumps(SCORER_VERSION)},\n"codebook": {book.to_json()},\n"cases": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    write_golden()
