"""``make benchmarks``: measure, print every figure, and fail where one falls short."""

from flows.service.surroundings import leave
from tests.benchmarks import polling, reading, reuse


def main() -> int:
    """0 where every ratio holds."""
    return 0 if all([polling.measure(), reading.measure(), reuse.measure()]) else 1


if __name__ == "__main__":
    leave(main())
