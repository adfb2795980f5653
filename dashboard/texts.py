"""Reading sentences and articles for people: the views behind Evidence and Search."""

from datetime import date
from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of
from warehouse.search import read_query

A_PAGE = 10
"""Articles."""

OPENING, CLOSING = "\ue000", "\ue001"
"""Around a found term in a snippet: characters that no text uses, to be replaced by markup after escaping."""

_AROUND = ".{0,110}"
"""What a snippet shows on each side of the first found term."""

_IN_CHOICE = "day_utc between ? and ? and (len(?::varchar[]) = 0 or list_contains(?::varchar[], outlet_id))"


@kept
def tags(archive: Archive) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of ``tag`` by kind and id, in the codebook's order."""
    return {(row["kind"], row["tag_id"]): row for row in records_of(archive, "select * from tag order by position")}


@kept
def days(archive: Archive) -> tuple[date, date] | None:
    """First and last day in ``volume_day``; ``None`` when it is empty."""
    row = records_of(archive, "select min(day_utc) as first, max(day_utc) as last from volume_day")[0]
    return None if row["first"] is None else (row["first"], row["last"])


@kept
def n_evidence(
    archive: Archive, kind: str, code_id: str, voice: str, outlet_ids: list[str], first: date, last: date
) -> tuple[int, int]:
    """``(places, articles)`` in ``evidence`` or ``tag_evidence``: one code and voice, some outlets (none: all)."""
    source, code = _evidence_of(kind, code_id, voice)
    query = f"select count(*) as n, count(distinct article_id) as m from {source} and {_IN_CHOICE}"
    row = records_of(archive, query, *code, first, last, outlet_ids, outlet_ids)[0]
    return int(row["n"]), int(row["m"])


@kept
def evidence(
    archive: Archive,
    kind: str,
    code_id: str,
    voice: str,
    outlet_ids: list[str],
    first: date,
    last: date,
    page: int,
) -> list[dict[str, Any]]:
    """
    The places of one page (from 1) of articles, newest article first, in reading order within each.

    Beside each, what is doubtful about its article, and where the answer is archived that it was read from.
    """
    source, code = _evidence_of(kind, code_id, voice)
    query = f"""
        with found as (
            select *, dense_rank() over (order by published_utc desc, article_id) as place
            from {source} and {_IN_CHOICE}
        )
        select
            found.*, a.date_disagrees, a.date_spread_h, a.text_source, f.warc_file, f.warc_offset, f.body_sha256
        from found
        left join article as a using (revision_id)
        left join page_fetch as f using (fetch_id)
        where place between ? and ?
        order by place, part desc, sentence_start, start_char, end_char
    """
    return records_of(
        archive, query, *code, first, last, outlet_ids, outlet_ids, (page - 1) * A_PAGE + 1, page * A_PAGE
    )


@kept
def search_by_day(archive: Archive, query: str, outlet_ids: list[str], first: date, last: date) -> DataFrame:
    """
    How many articles hold what was typed, by UTC day, of all articles of that day.

    Returns:
        One row per day with an article that is on the talks or cannot be measured: ``day_utc``,
        ``n_articles``, ``n_found``, ``share_found`` with its 95 % interval ``share_low``, ``share_high``.

    Raises:
        QueryError: What was typed cannot be searched for.
    """
    found, patterns = _matching(query)
    sql = f"""
        with scope as (select day_utc, {found} as is_found from article where {_ON_TALKS} and {_IN_CHOICE})
        select
            day_utc,
            count(*) as n_articles,
            count_if(is_found) as n_found,
            count_if(is_found) / count(*) as share_found,
            share_low(count_if(is_found), count(*)) as share_low,
            share_high(count_if(is_found), count(*)) as share_high
        from scope
        group by day_utc
        order by day_utc
    """
    return rows_of(archive, sql, *patterns, first, last, outlet_ids, outlet_ids)


@kept
def search(
    archive: Archive, query: str, outlet_ids: list[str], first: date, last: date, page: int
) -> list[dict[str, Any]]:
    """
    One page of the articles that hold what was typed, newest first; ``page`` counts from 1.

    Returns:
        Rows of ``article`` without the text, with ``snippet``: the surroundings of the first term, found
        terms between ``OPENING`` and ``CLOSING``; ``tags``: kind and id of what the article is tagged with;
        and ``n_tags_measured``: how many were looked for in its language.

    Raises:
        QueryError: What was typed cannot be searched for.
    """
    found, patterns = _matching(query)
    marked = f"translate(regexp_extract(text, ?), '{OPENING}{CLOSING}', '')"
    for _ in patterns:
        marked = f"regexp_replace({marked}, ?, '\\1{OPENING}\\2{CLOSING}\\3', 'g')"
    sql = f"""
        with chosen as materialized (  -- marking costs more than finding: only what is shown is marked
            select * from article
            where {_ON_TALKS} and {found} and {_IN_CHOICE}
            order by published_utc desc, article_id
            limit {A_PAGE} offset ?
        ),
        tagged as (
            select
                article_id,
                list({{'kind': kind, 'tag_id': tag_id}} order by kind desc, tag_id) filter (where carried) as tags,
                count(carried) as n_tags_measured
            from article_tag
            where article_id in (select article_id from chosen)
            and kind in ('signal', 'topic')
            group by article_id
        )
        select
            article_id, outlet_id, outlet_name, outlet_class, title, url, language, day_utc, published_utc, scored_utc,
            date_disagrees, date_spread_h, text_source,
            {marked} as snippet,
            tags,
            coalesce(n_tags_measured, 0) as n_tags_measured
        from chosen
        left join tagged using (article_id)
        order by published_utc desc, article_id
    """
    snippet = (f"{_AROUND}{patterns[0]}{_AROUND}", *patterns)
    return records_of(archive, sql, *patterns, first, last, outlet_ids, outlet_ids, (page - 1) * A_PAGE, *snippet)


_ON_TALKS = "relevant is distinct from false"


def _evidence_of(kind: str, code_id: str, in_voice: str) -> tuple[str, tuple[str, ...]]:
    """The view with its first conditions, and their parameters."""
    voiced = "? in ('any', voice)"
    if kind == "frame":
        return f"evidence where frame_id = ? and {voiced}", (code_id, in_voice)
    return f"tag_evidence where kind = ? and tag_id = ? and {voiced}", (kind, code_id, in_voice)


def _matching(query: str) -> tuple[str, tuple[str, ...]]:
    """The condition that an article holds every term, and the condition's parameters."""
    patterns = read_query(query)
    return " and ".join("regexp_matches(concat_ws('\n', title, text), ?)" for _ in patterns), patterns
