"""``python -m flows.service.engine``: Prefect's engine for one run, which leaves as the command line does."""

import runpy

from flows.service.surroundings import leave


def main() -> None:
    """Without it, each run would end with pages about leaks in the worker's log; see ``leave``."""
    code = 0
    try:
        runpy.run_module("prefect.engine", run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    leave(code)


if __name__ == "__main__":
    main()
