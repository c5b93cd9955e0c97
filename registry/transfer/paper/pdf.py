"""From data to PDF by a Typst template: tagged (PDF/UA-1), for the archive (PDF/A-2a), with fonts of its own; or to a
picture.

Data reach the template as JSON and are only ever text there: nothing that somebody typed is read as markup.
"""

import datetime as dt
import json
import struct
import unicodedata
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "typst"
STANDARDS = ["a-2a", "ua-1"]
DOTS_PER_INCH = 300
_HEADER = 33  # bytes of a PNG: its signature and the first chunk
# Controls, surrogates, private use and unassigned: no font has them, and PDF/A refuses a text that cannot be shown.
_NOT_PRINTABLE = {"Cc", "Cs", "Co", "Cn"}
_REPLACEMENT = "\ufffd"


def render(template: str, data: dict[str, Any], *, at: dt.datetime) -> bytes:
    """The PDF of a template. The same data and the same time give the same bytes."""
    return _compile(template, data, format="pdf", pdf_standards=STANDARDS, timestamp=int(at.timestamp()))


def picture(template: str, data: dict[str, Any]) -> bytes:
    """A template of one page as PNG, fine enough for print."""
    return _with_resolution(_compile(template, data, format="png", ppi=float(DOTS_PER_INCH)))


def _compile(template: str, data: dict[str, Any], **wanted: Any) -> Any:
    shared = {"registry": "INO registry", "language": (get_language() or "en")[:2]}
    texts = {"page": _("Page")} | data.get("texts", {})
    text = json.dumps(printable(shared | data | {"texts": texts}), ensure_ascii=False)
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"data": text},
        **wanted,
    )


def _with_resolution(png: bytes) -> bytes:
    """With the dots per metre stated after the header: programs then print the picture at its size."""
    dots = round(DOTS_PER_INCH / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    return png[:_HEADER] + struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[_HEADER:]


def printable(value: Any) -> Any:
    """The same data with every character that cannot be printed replaced by the sign for that. Lines may break."""
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    if not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return value
    return "".join(_printable_sign(sign) for sign in value)


def _printable_sign(sign: str) -> str:
    return _REPLACEMENT if sign != "\n" and unicodedata.category(sign) in _NOT_PRINTABLE else sign


def _fonts() -> Path:
    """DejaVu comes with matplotlib; looked up without importing it."""
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
