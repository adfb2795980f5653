"""
Compose the demo archive: which article appears where, when, and with which planted sentences.

Pure and deterministic: the plan's seed decides everything. ``python -m flows.demo.build`` writes the files.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flows.demo.portraits import plant_portraits
from flows.demo.records import Archive, Edit, load_plan, load_sites, write_archive
from flows.demo.schedule import make_schedule
from flows.demo.story import Story
from flows.demo.truth import describe_truth
from flows.demo.writer import Writer
from flows.demo.written import load_written, to_paragraphs


def build_archive() -> Archive:
    """
    Build the archive that the plan describes.

    Returns:
        The articles by time of publication, and the truth about them. Titles are unique within an outlet, and so
        are texts within the archive, the wire report apart; the title carries no frame. A planted sentence
        carries exactly one.
    """
    plan = load_plan()
    rng = random.Random(plan["seed"])  # noqa: S311 (a reproducible archive, not a secret)
    sites = load_sites()
    writers = {site.outlet_id: Writer(plan, site, rng) for site in sites}
    stories = [writers[slot.site.outlet_id].write(slot) for slot in make_schedule(plan, sites, rng)]
    stories += [*_print_wire(plan["wire"], writers), *_reuse(plan["reuse"], writers), *_edit(plan["edited"], writers)]
    stories = plant_portraits(plan["portraits"], stories)
    for row in plan["duplicates"]:
        stories = _multiply(row, stories)
    stories.sort(key=lambda story: (story.article.published, story.article.outlet_id))
    truth = describe_truth(plan, sites, stories)
    return Archive(sites=sites, articles=tuple(story.article for story in stories), truth=truth)


def _print_wire(wire: dict[str, Any], writers: Mapping[str, Writer]) -> Iterator[Story]:
    """One report in many outlets, one after the other."""
    for n_before, outlet_id in enumerate(wire["outlets"]):
        published = wire["first"] + timedelta(minutes=n_before * wire["minutes_apart"])
        yield writers[outlet_id].print_out(load_written()[wire["story"]], published, n_before)


def _reuse(reuse: dict[str, Any], writers: Mapping[str, Writer]) -> Iterator[Story]:
    """Stories of several outlets, and after each the article of another outlet that takes a part of it."""
    for row in reuse["stories"]:
        written = load_written()[row["story"]]
        first = writers[row["outlet"]].print_out(written, row["published"])
        yield first
        yield writers[reuse["outlet"]].copy(first, written, row["copied"], reuse["share"])


def _edit(edited: Sequence[dict[str, Any]], writers: Mapping[str, Writer]) -> Iterator[Story]:
    """Stories whose pages change."""
    for row in edited:
        written = load_written()[row["story"]]
        edit = Edit(
            at=row["edited"],
            title=written.edited_headline,
            paragraphs=to_paragraphs(written.edited_lines),
            is_announced=row["announced"],
        )
        yield writers[row["outlet"]].print_out(written, row["published"], edit=edit)


def _multiply(row: dict[str, Any], stories: Sequence[Story]) -> list[Story]:
    """Give the day's first story of an outlet several addresses in its feed."""
    chosen = min(
        (story for story in stories if story.is_on(row["outlet"], row["day"])),
        key=lambda story: story.article.published,
    )
    addresses = tuple(form.format(host=chosen.site.host, path=chosen.article.path) for form in row["addresses"])
    marked = replace(chosen, article=replace(chosen.article, addresses=addresses))
    return [marked if story is chosen else story for story in stories]


if __name__ == "__main__":
    write_archive(build_archive())
