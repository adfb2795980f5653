"""robots.txt, asked once per host and run."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

if TYPE_CHECKING:
    from flows.exchange import Response

AGENT = "Parley"


class Robots:
    """Answers whether a page may be fetched; fetches each host's robots.txt when first asked."""

    def __init__(self, ask: Callable[[str], Awaitable["Response"]]) -> None:
        self._ask = ask
        self._rules: dict[str, Protego | None] = {}

    async def allows(self, url: str) -> bool | None:
        """
        May this page be fetched?

        Returns:
            ``None`` where the rules could not be had for a passing reason: the
            page is left for later. A host that says it has no rules, or keeps
            them to itself (4xx), allows everything.

        Source:
            RFC 9309, 2.3.1; the first 500 kB count (2.5).
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            response = await self._ask(f"{origin}/robots.txt")
            is_passing = response.http_status is None or response.http_status == 429 or response.http_status >= 500
            self._rules[origin] = None if is_passing else Protego.parse(response.body.decode("utf-8", "replace"))
        rules = self._rules[origin]
        return None if rules is None else bool(rules.can_fetch(url, AGENT))
