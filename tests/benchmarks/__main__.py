"""``make benchmarks``: measure, print every figure, and fail where one falls short."""

from flows.service.surroundings import leave
from tests.benchmarks import annotating, memory, polling, reading, scale


def main() -> int:
    """0 where every ratio holds."""
    measured = [one.measure() for one in (annotating, polling, reading, memory, scale)]
    return 0 if all(measured) else 1


if __name__ == "__main__":
    leave(main())
