"""Files damaged in every way: what Hypothesis draws from a file that was valid."""

import io
import re
import zipfile
from typing import Any

from hypothesis import strategies as st

Draw = Any
NUMBERS = ("0", "-1", "1e308", "1e309", "9" * 5000, "1e999999999", "nan", "inf", "²", "٣", "2.5", "0x10", "-0")
DATES = ("0000-00-00", "9999-12-31", "10000-01-01", "1899-12-31T00:00:00", "2019-02-30", "2958466", "-1", "3 Apr 2019")
TEXTS = ("", " ", "'", "CLEAR", "=1+1", "\r", "é" * 300, "x" * 33_000, "a" + " " * 3000 + "1", "𐌀", "\u202e", "\ufeff")
ESCAPES = ("_x0000_", "_xD800_", "_xFFFF_", "_x000D_", "&#0;", "&#xD800;", "&#xFFFE;", "&a;", "]]>", "<!--", "%s{}")
ODD = (*NUMBERS, *DATES, *TEXTS, *ESCAPES)
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "latin-1", "utf-8-sig", "cp037")
BYTES = (b"\x00", b"\xff", b"\xed\xa0\x80", b'"', b"\r", b"\n", b";", b",", b"<", b">", b"&", b"\x1a", b"PK\x03\x04")
MOST = 4  # damages at once
_XML = re.compile(r"<[^>]*>|[^<]+")
_VALUE = re.compile(r'="[^"]*"')


def odd() -> Any:
    return st.sampled_from(ODD) | st.text(max_size=20)


@st.composite
def damaged_bytes(draw: Draw, content: bytes) -> bytes:
    """Some bytes flipped, cut out, doubled or put in; or the whole in other letters."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, MOST))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        match draw(st.sampled_from(("flip", "cut", "double", "put", "end", "letters"))):
            case "flip" if found:
                found[at] ^= draw(st.integers(1, 255))
            case "cut":
                del found[at : at + draw(st.integers(1, 2000))]
            case "double":
                found[at:at] = found[at : at + draw(st.integers(1, 2000))]
            case "put":
                found[at:at] = draw(st.sampled_from(BYTES)) * draw(st.sampled_from((1, 1, 40, 2000)))
            case "end":
                del found[at:]
            case "letters":
                text = found.decode("utf-8", "replace").encode(draw(st.sampled_from(ENCODINGS)), "replace")
                found = bytearray(text)
    return bytes(found)


@st.composite
def damaged_xml(draw: Draw, text: str) -> str:
    """Elements moved, doubled, taken out and nested; attributes and texts replaced."""
    parts = _XML.findall(text)
    for _ in range(draw(st.integers(1, MOST))):
        at = draw(st.integers(0, max(len(parts) - 1, 0)))
        to = draw(st.integers(at, min(at + 40, len(parts))))
        match draw(st.sampled_from(("value", "value", "text", "out", "double", "move", "nest", "many"))):
            case "value" | "text" if parts:
                parts[at] = _with_value(draw, parts[at])
            case "out":
                del parts[at:to]
            case "double":
                parts[at:at] = parts[at:to]
            case "move":
                some = parts[at:to]
                del parts[at:to]
                place = draw(st.integers(0, len(parts)))
                parts[place:place] = some
            case "nest":
                depth = draw(st.sampled_from((10, 300, 5000)))
                parts[at:at] = ["<a>"] * depth + ["</a>"] * depth
            case "many" if parts:
                parts[at:at] = [parts[at]] * draw(st.sampled_from((2, 200, 3000)))
    return "".join(parts)


def _with_value(draw: Draw, part: str) -> str:
    """One attribute of a tag, or a text, is another."""
    value = draw(odd())
    values = list(_VALUE.finditer(part)) if part.startswith("<") else []
    if not values:
        return part if part.startswith("<") else value
    found = draw(st.sampled_from(values))
    return f'{part[: found.start()]}="{value.replace(chr(34), "")}"{part[found.end() :]}'


@st.composite
def damaged_archive(draw: Draw, content: bytes) -> bytes:
    """The parts of a workbook: damaged, taken out, doubled, put in one another's place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(sheets) | st.sampled_from(names))
        match draw(st.sampled_from(("xml", "xml", "xml", "bytes", "out", "other"))):
            case "xml":
                text = draw(damaged_xml(parts[name].decode("utf-8", "replace")))
                parts[name] = encoded(text)
            case "bytes":
                parts[name] = draw(damaged_bytes(parts[name]))
            case "out":
                parts[name] = b""
            case "other":
                parts[name] = parts[draw(st.sampled_from(names))]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if part:
                archive.writestr(name, part)
    return file.getvalue()


@st.composite
def damaged_table(draw: Draw, text: str, separator: str = ",") -> bytes:
    """A CSV with cells replaced and lines moved."""
    rows = [line.split(separator) for line in text.splitlines()]
    for _ in range(draw(st.integers(1, MOST))):
        row = draw(st.sampled_from(rows))
        at = draw(st.integers(0, len(row) - 1))
        match draw(st.sampled_from(("cell", "cell", "cell", "heading", "line", "out"))):
            case "cell":
                row[at] = draw(odd())
            case "heading":
                rows[0][at % len(rows[0])] = draw(st.sampled_from(rows[0]) | odd())
            case "line":
                rows.append(list(row))
            case "out":
                del row[at:]
                row.append("")
    return encoded("\n".join(separator.join(row) for row in rows))


def encoded(text: str) -> bytes:
    """Half a surrogate pair, too."""
    return text.encode("utf-8", "surrogatepass")
