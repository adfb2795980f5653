"""``settings.toml`` of a home: what an installation says of itself."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flows.fetching.robots import AGENT
from framing.checks import Key, Kind, check_table
from framing.errors import ParleyError
from warehouse.home import Home

FILE = "settings.toml"


class SettingsError(ParleyError):
    """The settings cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, checked."""

    contact: str | None = None
    """A mail address or a page where the owners of a site can complain; ``None``: nobody gave one."""

    @property
    def user_agent(self) -> str:
        """One honest name for all requests: no browser is imitated."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"{AGENT}/0.1 (research on news framing; feeds and public pages only{contact})"


def load_settings(home: Home) -> Settings:
    """
    Read a home's settings.

    Returns:
        The defaults where there is no file.

    Raises:
        SettingsError: The file has faults, one sentence group each: file, key, finding, way out.
    """
    path = home.root / FILE
    faults: list[str] = []
    values = check_table(str(path), _read(path), (CONTACT,), faults)
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(contact=values["contact"])


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f'{path}: this is not TOML: {error}. Write it so: contact = "desk@example.org".') from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}. Check its permissions.") from error


def _is_contact(value: object) -> bool:
    """It goes into a header field, in brackets."""
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value) or set(value) & set('()<>"\\;'):
        return False
    if re.fullmatch(r"[^@/:]+@[^@/:]+\.[^@/:.]+", value):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "")


CONTACT = Key(
    "contact",
    Kind(
        _is_contact,
        "a mail address or an address that begins with https://",
        '"desk@example.org" (or "https://example.org/parley")',
    ),
    is_required=False,
)
