"""Politeness: how far apart the requests to one registrable domain are, and when it is left alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from flows.fetching.exchange import FetchStatus
from warehouse.feed_records import HostPace

SPACING_S = 1.0
"""Between the end of one request to a registrable domain and the beginning of the next."""
MAX_CRAWL_DELAY_S = 30.0
"""A longer ``Crawl-delay`` is cut to this. Who asks for ten minutes would lose most of its pages to their age limit;
30 s still give it 120 pages an hour, more than all but the largest newsrooms publish."""
SLOWEST_S = 16.0
"""Where doubling ends: four refusals from the usual second."""
REST = timedelta(hours=1)
"""For a domain that refuses at the slowest pace as well and names no time: four runs of the schedule."""
MAX_PAUSE = timedelta(hours=24)
"""A longer ``Retry-After`` is cut to this: a mistyped one must not cost a feed for ever."""
SILENT_LIMIT = 3
"""Timeouts in a row after which a domain is left alone: each costs the run half a minute."""
SILENT_REST = timedelta(minutes=15)
"""Until the next run of the schedule."""
TOO_OFTEN = (429, 503)


@dataclass(frozen=True, slots=True)
class Pause:
    """A domain is not asked before ``until_utc``; what its requests are answered with."""

    until_utc: datetime
    status: FetchStatus
    reason: str


@dataclass(slots=True)
class _Pace:
    """What is known of one domain."""

    crawl_delay_s: float = 0.0
    slowing: int = 1
    """What the spacing is multiplied with: 1, 2, 4 ..."""
    last_utc: datetime | None = None
    n_silent: int = 0
    pause: Pause | None = None

    @property
    def spacing_s(self) -> float:
        usual = max(SPACING_S, self.crawl_delay_s)
        return max(usual, min(usual * self.slowing, SLOWEST_S))


class Politeness:
    """
    The pace of every registrable domain. Holds no clock and never waits: its callers do.

    Args:
        pauses: Domains that asked, in an earlier run, to be left alone, and until when.
        paces: How domains bore our pace in earlier runs.
    """

    def __init__(self, pauses: Mapping[str, datetime] | None = None, paces: Iterable[HostPace] = ()) -> None:
        self._paces: defaultdict[str, _Pace] = defaultdict(_Pace)
        self._noted: set[str] = set()
        for pace in paces:
            self._noted.add(pace.domain)
            self._paces[pace.domain] = _Pace(slowing=pace.slowing, last_utc=pace.noted_utc, pause=_rest_of(pace))
        for domain, until in (pauses or {}).items():
            self._rest(domain, _as_asked(domain, until))

    def paces(self) -> list[HostPace]:
        """The domains that refuse or rest, or did so before, to be kept for the next run; to be had in any thread."""
        known = list(self._paces.items())  # at once: the session's thread may go on
        return [
            HostPace(
                domain=domain,
                noted_utc=pace.last_utc,
                slowing=pace.slowing,
                rest_until_utc=pace.pause.until_utc if pace.pause else None,
                rest_status=pace.pause.status if pace.pause else None,
                rest_reason=pace.pause.reason if pace.pause else None,
            )
            for domain, pace in sorted(known)
            if pace.last_utc is not None and (pace.slowing > 1 or pace.pause is not None or domain in self._noted)
        ]

    def spacing_s(self, domain: str) -> float:
        """Seconds between two requests, as things stand."""
        return self._paces[domain].spacing_s

    def wait_s(self, domain: str, now: datetime) -> float:
        """Seconds to wait before the next request to this domain may begin."""
        pace = self._paces[domain]
        if pace.last_utc is None:
            return 0.0
        elapsed_s = max(0.0, (now - pace.last_utc).total_seconds())  # a clock may be set back
        return max(0.0, pace.spacing_s - elapsed_s)

    def pause(self, domain: str, now: datetime) -> Pause | None:
        """Why this domain must not be asked now; ``None``: it may be."""
        pause = self._paces[domain].pause
        return pause if pause is not None and now < pause.until_utc else None

    def note_crawl_delay(self, domain: str, seconds: float) -> None:
        """robots.txt of a host asks for so much time between two requests; the longest of a domain counts."""
        pace = self._paces[domain]
        pace.crawl_delay_s = max(pace.crawl_delay_s, min(seconds, MAX_CRAWL_DELAY_S))

    def note_request(self, domain: str, now: datetime) -> None:
        """A request to this domain begins; whether it will ever end is not known."""
        self._paces[domain].last_utc = now

    def note_answer(
        self, domain: str, http_status: int | None, wanted_utc: datetime | None, now: datetime, is_silent: bool = False
    ) -> None:
        """
        A request to this domain has ended.

        Args:
            http_status: ``None``: no answer came.
            wanted_utc: Not to be asked before, as the host itself says.
            is_silent: Nothing came in time.
        """
        pace = self._paces[domain]
        pace.last_utc = now
        pace.n_silent = pace.n_silent + 1 if is_silent else 0
        if pace.n_silent >= SILENT_LIMIT:
            self._rest(domain, _silent(domain, now))
            pace.n_silent = 0
        if http_status in TOO_OFTEN:
            is_slowest = pace.spacing_s >= SLOWEST_S
            pace.slowing *= 1 if is_slowest else 2
            if wanted_utc is not None and wanted_utc > now:
                self._rest(domain, _as_asked(domain, wanted_utc))
            elif is_slowest:
                self._rest(domain, _refused(domain, now))
        elif http_status is not None and (http_status < 300 or http_status == 304):  # a redirect costs a host nothing
            pace.slowing = max(1, pace.slowing // 2)

    def _rest(self, domain: str, pause: Pause) -> None:
        """The longest rest counts."""
        before = self._paces[domain].pause
        if before is None or before.until_utc < pause.until_utc:
            self._paces[domain].pause = pause


def retry_after(value: str | None, now: datetime, served: str | None = None) -> datetime | None:
    """
    When a host wants to be asked again.

    Args:
        value: Its ``Retry-After``: seconds, or an HTTP date.
        now: When the answer came.
        served: Its ``Date``: a date is counted from it, since the host's clock may be wrong.

    Returns:
        Later than ``now`` and at most ``MAX_PAUSE`` later; ``None`` where it names no such time.

    Source:
        RFC 9110, 10.2.3.
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?", text):
        delay = timedelta(seconds=float(text))
    elif (date := _http_date(text)) is not None:
        delay = date - (_http_date(served or "") or now)
    else:
        return None
    return now + min(delay, MAX_PAUSE) if delay > timedelta(0) else None


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _as_asked(domain: str, until: datetime) -> Pause:
    reason = f"not asked: {domain} asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC"
    return Pause(until, FetchStatus.RATE_LIMITED, reason)


def _refused(domain: str, now: datetime) -> Pause:
    until = now + REST
    reason = f"not asked: {domain} refuses even a request every {SLOWEST_S:.0f} s, so it rests until {until:%H:%M} UTC"
    return Pause(until, FetchStatus.RATE_LIMITED, reason)


def _silent(domain: str, now: datetime) -> Pause:
    until = now + SILENT_REST
    reason = f"not asked: {domain} left {SILENT_LIMIT} requests in a row unanswered and rests until {until:%H:%M} UTC"
    return Pause(until, FetchStatus.TIMEOUT, reason)


def _rest_of(pace: HostPace) -> Pause | None:
    """As it was told; never longer than a host may ask for."""
    if pace.rest_until_utc is None or pace.rest_status is None or pace.rest_reason is None:
        return None
    until = min(pace.rest_until_utc, pace.noted_utc + MAX_PAUSE)
    return Pause(until, FetchStatus(pace.rest_status), pace.rest_reason)
