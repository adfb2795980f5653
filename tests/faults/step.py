"""``python -m tests.faults.step HOME N``: publish, and die by SIGKILL right before the Nth step on the file system."""

import os
import signal
import sys
from pathlib import Path

import duckdb  # imported before the steps are counted
import pyarrow

from warehouse.home import open_home
from warehouse.publication import publish

STEPS = ("open", "os.chmod", "os.remove", "os.rename", "os.symlink", "subprocess.Popen")


def main(root: str, last: int) -> None:
    """Say how many steps there were, where death did not come before."""
    home = open_home(Path(root))
    n_steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal n_steps
        if event in STEPS and (event == "subprocess.Popen" or root in str(arguments[0])):
            n_steps += 1
            if n_steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish(home)
    print(n_steps)


if __name__ == "__main__":
    assert duckdb
    assert pyarrow
    main(sys.argv[1], int(sys.argv[2]))
