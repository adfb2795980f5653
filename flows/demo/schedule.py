"""Who publishes when, and which frames are planted where: everything about the archive but its words."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from flows.demo.records import Site
from flows.demo.sentences import load_bank

_MINUTES_A_DAY: Final = 24 * 60


@dataclass(slots=True, eq=False)
class Slot:
    """A place in the schedule, before it has words."""

    site: Site
    published: datetime
    language: str
    off_topic: bool
    planted: dict[str, int] = field(default_factory=dict)
    """Frame -> number of sentences that carry it."""
    quoted: set[str] = field(default_factory=set)
    """Frames that only others' words may carry."""

    @property
    def is_measured(self) -> bool:
        """Are there cues for its language? No frame is planted where there are none."""
        return bool(load_bank(self.language).frames)


def make_schedule(plan: dict[str, Any], sites: Sequence[Site], rng: random.Random) -> list[Slot]:
    """All places in the schedule, outlet by outlet, with what is to be planted in each."""
    slots = [slot for number, site in enumerate(sites) for slot in _publish(plan, site, number, rng)]
    _place_foreign(plan["foreign"], slots, rng)
    _plant_shift(plan["shift"], sites, slots, rng)
    _plant_rates(plan, sites, slots, rng)
    _plant_voices(plan, sites, slots, rng)
    _limit(slots)
    return slots


def _publish(plan: dict[str, Any], site: Site, number: int, rng: random.Random) -> Iterator[Slot]:
    """One outlet's times of publication, in UTC and spread over the day; no two are alike."""
    days = list(_days(plan["first_day"], plan["last_day"]))
    paces = plan["paces"][site.pace]
    numbers = [paces[index % len(paces)] for index in range(len(days))]
    rng.shuffle(numbers)
    has_others = bool(load_bank(site.language).off_topic)
    for index, (day, n_talks) in enumerate(zip(days, numbers, strict=True)):
        if site.silent_from is not None and day >= site.silent_from:
            return
        n_other = has_others and (index + number) % plan["off_topic_every_days"] == 0
        minutes = rng.sample(range(_MINUTES_A_DAY), n_talks + n_other)
        for position, minute in enumerate(minutes):
            moment = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
            yield Slot(site, moment, site.language, off_topic=position >= n_talks)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _place_foreign(foreign: dict[str, Any], slots: Sequence[Slot], rng: random.Random) -> None:
    """Let one outlet print some texts in a language that is not its own."""
    own = [slot for slot in slots if slot.site.outlet_id == foreign["outlet"] and not slot.off_topic]
    for slot in rng.sample(own, foreign["articles"]):
        slot.language = foreign["language"]


def _plant_shift(shift: dict[str, Any], sites: Sequence[Site], slots: Sequence[Slot], rng: random.Random) -> None:
    """Plant the frame whose share changes in one class, outlet by outlet, before and after the moment."""
    for site in sites:
        shares = (shift["elsewhere"], shift["elsewhere"])
        if site.outlet_class == shift["outlet_class"]:
            shares = (shift["before"], shift["after"])
        for is_after, share in enumerate(shares):
            own = [slot for slot in _open_slots(site, slots) if (slot.published >= shift["at"]) == is_after]
            _plant(shift["frame"], share, own, rng)


def _plant_rates(plan: dict[str, Any], sites: Sequence[Site], slots: Sequence[Slot], rng: random.Random) -> None:
    """Plant the frames whose shares stay as they are."""
    elsewhere = {(voice[role], voice["frame"]) for voice in plan["voice"] for role in ("own", "quoted")}
    for site in sites:
        for frame, share in plan["rates"][site.outlet_class].items():
            if (site.outlet_id, frame) not in elsewhere:
                _plant(frame, share, _open_slots(site, slots), rng)


def _plant_voices(plan: dict[str, Any], sites: Sequence[Site], slots: Sequence[Slot], rng: random.Random) -> None:
    """Plant a frame in two outlets alike, in one of them only as other people's words."""
    by_id = {site.outlet_id: site for site in sites}
    for voice in plan["voice"]:
        for role in ("own", "quoted"):
            own = _open_slots(by_id[voice[role]], slots)
            _plant(voice["frame"], voice["share"], own, rng)
            if role == "quoted":
                for slot in own:
                    slot.quoted.add(voice["frame"])


def _plant(frame: str, share: float, slots: Sequence[Slot], rng: random.Random) -> None:
    for slot in rng.sample(slots, round(share * len(slots))):
        slot.planted[frame] = rng.randint(1, 3)


def _limit(slots: Sequence[Slot]) -> None:
    """Three frames or more get one sentence each: an article must stay a report on the talks."""
    for slot in slots:
        if len(slot.planted) > 2:
            slot.planted = dict.fromkeys(slot.planted, 1)


def _open_slots(site: Site, slots: Sequence[Slot]) -> list[Slot]:
    """Those of one outlet in which a frame may be planted."""
    return [slot for slot in slots if slot.site is site and not slot.off_topic and slot.is_measured]
