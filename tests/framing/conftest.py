"""Fixtures of the registry tests."""

import pytest

from framing.registry_files import SHIPPED


@pytest.fixture
def overlay(tmp_path):
    """A function that puts one file into a registry folder of the user's own."""

    def put(name, content, *, shipped=None, old=None):
        """``content`` as it is, or the shipped file with ``old`` replaced by it."""
        if shipped is not None:
            text = (SHIPPED / shipped).read_text(encoding="utf-8")
            assert old in text
            content = text.replace(old, content, 1)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return put
