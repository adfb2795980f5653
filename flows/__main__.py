"""``python -m flows`` is ``parley``."""

from flows.cli import main

main()
