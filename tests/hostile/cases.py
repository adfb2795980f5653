"""All hostile outlets. To add one, add a line in ``pages``, ``feeds`` or ``network``."""

from tests.hostile.feeds import FEED_CASES
from tests.hostile.network import NETWORK_CASES
from tests.hostile.pages import PAGE_CASES

CASES = [*PAGE_CASES, *FEED_CASES, *NETWORK_CASES]
