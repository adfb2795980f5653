"""Laws of reuse: what is planted is found, whatever the order, the typing or the company it stands in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.clusters import count_independent, find_clusters
from framing.corpus.reuse import MIN_HELD, Place, Version, trace
from framing.corpus.shingles import MIN_RUN, ShingledText, fingerprints_of, share_held, sign

NOON = datetime(2025, 12, 3, 12, 0, tzinfo=UTC)
VOCABULARY = [
    "мир",
    "Kyiv",
    "talks",
    "Straße",
    "l’accord",
    "їжак",
    "said",
    "don't",
    "24",
    "envoy",
    "перемир'я",
    "Größe",
]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=60)


def unique(seed: str, n: int) -> list[str]:
    return [f"{seed}{number}" for number in range(n)]


def version(name: str, text: str, hours: float = 0, outlet: str | None = None, revision: int = 0) -> Version:
    place = Place(NOON + timedelta(hours=hours), name, f"{name}-{revision}")
    return Version(place=place, outlet_id=outlet or name, text=ShingledText(text))


def clusters_of(versions: list[Version]) -> dict[str, str]:
    """Every text against every other: no look-up that could miss one."""
    found = {version.article_id: trace(version, versions).counts_with for version in versions}
    return find_clusters(
        {version.article_id: version.place for version in versions},
        {article_id: place and place.article_id for article_id, place in found.items()},
    )


@st.composite
def crowds(draw) -> list[Version]:
    """Up to eight articles, each of up to three of four blocks of words and some of its own."""
    versions = []
    for number in range(draw(st.integers(1, 8))):
        blocks = draw(st.lists(st.sampled_from("abcd"), max_size=3, unique=True))
        own = unique(f"own{number}x", draw(st.sampled_from([0, 5, 40])))
        text = "\n".join(" ".join(part) for part in [*(unique(block, 40) for block in blocks), own] if part)
        hours = draw(st.integers(0, 3))
        versions.append(version(f"a{number}", text, hours, outlet=f"o{number % 3}"))
    return versions


@given(crowds(), st.randoms())
def test_the_order_of_articles_does_not_matter(versions, rng):
    shuffled = rng.sample(versions, len(versions))

    assert clusters_of(shuffled) == clusters_of(versions)


@given(WORDS, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from([", ", " — ", "\n", "! "]))
def test_a_text_is_one_with_itself_in_other_case_and_punctuation(words, change, joint):
    """However it is typed, also where it is short."""
    text, again = " ".join(words), joint.join(change(word) for word in words) + "."
    first, copy = version("first", text), version("second", again, hours=1)

    assert clusters_of([first, copy]) == {"first": "first", "second": "first"}
    assert trace(copy, [first]).n_own == 0
    one, other = sign([first.text, copy.text])
    assert one == other


@given(crowds(), st.integers(1, 3))
def test_unrelated_texts_never_merge_clusters(versions, n_more):
    more = [version(f"z{number}", " ".join(unique(f"z{number}y", 50)), number) for number in range(n_more)]
    before = clusters_of(versions)

    after = clusters_of([*versions, *more])

    assert {article_id: after[article_id] for article_id in before} == before
    assert all(after[new.article_id] == new.article_id for new in more)


@given(crowds())
def test_words_add_up_and_passages_are_what_they_say(versions):
    for asked in versions:
        found = trace(asked, versions)
        texts = {other.article_id: other.text for other in versions}
        assert found.n_own + found.n_reused + found.n_repeated + found.n_boilerplate == found.n_words
        assert min(found.n_own, found.n_reused, found.n_repeated, found.n_boilerplate) >= 0
        position = 0
        for passage in found.passages:
            assert position <= passage.start < passage.end
            assert passage.origin < asked.place
            words = asked.text.text[passage.start : passage.end].split()
            assert len(words) == passage.n_words
            assert " ".join(words) in " ".join(texts[passage.origin.article_id].text.split())
            position = passage.end


@given(WORDS, WORDS, WORDS, WORDS, st.integers(MIN_RUN, 40))
def test_texts_that_share_a_long_run_share_a_fingerprint(before, after, before_it, after_it, n_shared):
    """The promise of winnowing, which the look-up rests on."""
    shared = unique("s", n_shared)
    one, other = (ShingledText(" ".join([*a, *shared, *b])) for a, b in ((before, after), (before_it, after_it)))

    assert set(fingerprints_of(one.shingles).tolist()) & set(fingerprints_of(other.shingles).tolist())


@pytest.mark.parametrize(("n_shared", "n_reused"), [(MIN_RUN - 1, 0), (MIN_RUN, MIN_RUN)])
def test_a_short_run_is_a_formula(n_shared, n_reused):
    shared = unique("s", n_shared)
    first = version("first", " ".join([*unique("a", 40), *shared]))
    copy = version("copy", " ".join([*shared, *unique("b", 40)]), hours=1)

    assert trace(copy, [first]).n_reused == n_reused


@pytest.mark.parametrize(("step", "is_copy"), [(12, True), (6, False)])
def test_a_copy_with_every_twelfth_word_changed_is_a_near_duplicate(step, is_copy):
    """None of its long runs is whole, so only the comparison of whole texts finds it."""
    words = unique("w", 240)
    changed = [f"x{number}" if number % step == 0 else word for number, word in enumerate(words)]
    first, copy = version("first", " ".join(words)), version("copy", " ".join(changed), hours=1)

    found = trace(copy, [first])

    assert (share_held(copy.text.fine, first.text.fine) >= MIN_HELD) == is_copy
    assert (found.n_own, found.near) == (240, first.place if is_copy else None)
    assert found.counts_with == found.near
    one, other = sign([first.text, copy.text])
    assert not is_copy or set(one.bands) & set(other.bands)


def test_of_several_who_held_it_the_first_is_the_origin():
    """A copy of a copy names the original."""
    text = " ".join(unique("w", 60))
    chain = [version(name, text, hours) for hours, name in enumerate(("z", "m", "a"))]

    assert [trace(asked, chain).origin for asked in chain] == [None, chain[0].place, chain[0].place]


@pytest.mark.parametrize(
    ("n_one", "n_two", "n_own", "counts_with"),
    [(100, 0, 40, "one"), (100, 0, 50, None), (60, 50, 10, "one"), (50, 30, 30, None), (40, 40, 5, None)],
)
def test_what_hardly_says_a_word_of_its_own_counts_with_its_main_origin(n_one, n_two, n_own, counts_with):
    """Below 0.3 own, and half or more from one article."""
    parts = {name: unique(name, n) for name, n in (("one", n_one), ("two", n_two), ("own", n_own))}
    origins = [version(name, " ".join(parts[name]), n) for n, name in enumerate(("one", "two"))]
    digest = version("digest", "\n".join(" ".join(part) for part in parts.values()), hours=3)

    found = trace(digest, origins).counts_with

    assert (found and found.article_id) == counts_with


def test_a_patchwork_of_many_articles_is_no_copy_of_any():
    """Sentences that everybody uses leave few words of its own, and yet it is another text."""
    origins = [version(f"a{n}", " ".join(unique(f"a{n}x", 30)), n) for n in range(4)]
    patchwork = version("z", "\n".join(origin.text.text for origin in origins), hours=9)

    found = trace(patchwork, origins)

    assert (found.n_own, found.n_reused, found.counts_with) == (0, 120, None)


def test_words_without_a_text_are_nobodys():
    """A page of pictures has no words: it is compared with nothing."""
    found = trace(version("empty", "…"), [version("other", "—", hours=-1)])

    assert (found.n_words, found.counts_with, found.passages) == (0, None, ())
    assert clusters_of([version("empty", "…"), version("other", "")]) == {"empty": "empty", "other": "other"}


def test_independent_texts_of_a_set_are_its_clusters():
    clusters = {"a": "a", "b": "a", "c": "c"}

    assert count_independent(["a", "b", "c"], clusters) == 2
    assert count_independent(["b"], clusters) == 1
    assert count_independent([], clusters) == 0
