"""Errors that are ours to raise: each message names the place, the finding and the way out."""


class ParleyError(Exception):
    """A mistake in code, registry, schema or set-up. The message is written for the user."""


class RegistryError(ParleyError):
    """One or more faults in the registry files, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class EmptyTextError(ParleyError):
    """A text without a single sentence was handed to the scorer."""
