"""``python -m tests.faults.offline COMMAND ...``: run a command where there is no network but the machine's own."""

import ctypes
import fcntl
import os
import socket
import struct
import sys

NEW_NETWORK = 0x40000000
SET_FLAGS = 0x8914
UP_AND_RUNNING = 0x41


def main(command: list[str]) -> None:
    """Leave all networks, bring the loopback up, become the command; the names are those of Linux' headers."""
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
        sys.exit(f"no network namespace: {os.strerror(ctypes.get_errno())}")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sH14x", b"lo", UP_AND_RUNNING))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
