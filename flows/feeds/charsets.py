"""From the bytes of a document to its text, whatever charset its labels claim."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from framing.languages import identify_language

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
"""The longer marks stand before the shorter ones that they begin with."""
FIRST_BYTES = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How ``<`` or ``<?xm`` begins a document in charsets that do not hold ASCII (XML 1.0, appendix F)."""
WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What stands behind a label in the wild: a superset (WHATWG Encoding Standard)."""
NO_CHARSETS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"}
"""Python reads these, and no document is written in them; some take minutes for a megabyte."""
GUESSED = [f"cp{number}" for number in (1251, 1250, 1252, 1253, 1254, 1256, 1257, 932, 949)]
GUESSED += ["koi8_u", "iso8859_5", "euc_jp", "gb18030", "big5"]
"""What newsrooms write or wrote in; among all that it knows the detector would choose code pages nobody has seen.
Hebrew's cp1255 is left out: the detector finds it in Russian."""
WESTERN = {"da", "de", "en", "es", "fi", "fr", "is", "it", "nl", "no", "nb", "nn", "pt", "sv"}
"""Languages written in cp1252. The detector takes French for Polish, and English with a dash for Russian; but a
language in Latin script shows in the letters that all these charsets share."""
MOSTLY = 0.8
"""Share of ASCII among the letters above which a script is Latin; Czech has 0.85, Vietnamese is no 8-bit matter."""
SAMPLE_BYTES = 20_000
"""More makes the detector slower and no surer."""
MIN_PAIRS = 4
"""So many characters of two or more bytes without one mistake are UTF-8: by chance less than once in ten thousand."""
DECLARATION = re.compile(r"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.ASCII)
MARKUP = re.compile(rb"<[^<>]*>|&[#\w]{1,12};|[\x00-\x20!-/:-@0-9]+")
TAG = re.compile("<[^<>]*>")
MOJIBAKE = re.compile("[\xc0-\xff]{5}|[\xa1-\xff]{8}")
"""No language of Western Europe writes five accented letters in a row; Cyrillic read as Latin-1 is just that."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a document, and why it was read as it was."""

    text: str
    charset: str
    basis: str
    """bom, first bytes, utf-8 (the bytes prove it), header, declaration, detected, or replaced (with signs lost)."""


def decode(body: bytes, content_type: str | None) -> Decoded:
    """
    Read a document as text.

    A label is believed when every byte is legal under it. Bytes that are UTF-8 beyond chance are read so
    against any label, and Cyrillic under a label of Western Europe goes to the detector.
    """
    for mark, charset in BOMS:
        if body.startswith(mark):
            return _strictly(body[len(mark) :], charset, "bom") or _replaced(body[len(mark) :], charset)
    for start, charset in FIRST_BYTES:
        if body.startswith(start) and (found := _strictly(body, charset, "first bytes")):
            return found
    if found := _proven(body, charset_of(content_type) or declared_in(body)):
        return found
    labels = ((charset_of(content_type), "header"), (declared_in(body), "declaration"), ("utf-8", "utf-8"))
    for label, basis in labels:
        found = _strictly(body, label, basis) if label else None
        if found and not MOJIBAKE.search(found.text):
            return found
    return _detected(body) or _replaced(body, "cp1252")


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type names."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type or "", re.ASCII | re.IGNORECASE)
    return found[1] if found else None


def declared_in(body: bytes) -> str | None:
    """The charset that an XML declaration names."""
    found = DECLARATION.match(body[:500].decode("latin-1"))
    return found[1] if found else None


def _strictly(body: bytes, label: str, basis: str) -> Decoded | None:
    try:
        name = codecs.lookup(label).name
        if name in NO_CHARSETS:
            return None
        charset = WIDER.get(name, name)
        return Decoded(body.decode(charset), charset, basis)
    except (LookupError, ValueError):  # no such charset, a codec of another kind, or bytes that it does not have
        return None


def _proven(body: bytes, label: str | None) -> Decoded | None:
    found = _strictly(body, "utf-8", "utf-8")
    if found and not body.isascii() and _is_default(label):
        return found
    n_pairs = sum(byte >= 0xC0 for byte in body[:SAMPLE_BYTES]) if found and not body.isascii() else 0
    return found if n_pairs >= MIN_PAIRS else None


def _is_default(label: str | None) -> bool:
    """Is a label none, or Latin-1, which servers claim unasked? Text that is legal UTF-8 makes no sense in it."""
    plain = _strictly(b"", label, "") if label else None
    return label is None or (plain is not None and plain.charset == "cp1252")


def _detected(body: bytes) -> Decoded | None:
    """Only words with bytes beyond ASCII are shown to the detector: tags would outvote them."""
    words = {word: None for word in MARKUP.sub(b" ", body).split() if not word.isascii()}
    best = from_bytes(b" ".join(words)[:SAMPLE_BYTES], cp_isolation=GUESSED).best() if words else None
    if best is None:
        return None
    western = _strictly(body, "cp1252", "detected")
    return western if western and _is_western(western.text) else _strictly(body, best.encoding, "detected")


def _is_western(text: str) -> bool:
    words = TAG.sub(" ", text[:SAMPLE_BYTES])
    letters = [character for character in words if character.isalpha()]
    is_latin = sum(map(str.isascii, letters)) >= MOSTLY * len(letters)
    return is_latin and identify_language(words, (), {})[0] in WESTERN


def _replaced(body: bytes, charset: str) -> Decoded:
    return Decoded(body.decode(charset, "replace"), charset, "replaced")
