"""Files that somebody made to do harm, or by mistake: each must be refused with a sentence."""

import io
import zipfile
from collections.abc import Iterator

from openpyxl import Workbook

MEGABYTE = 1024 * 1024


def real_workbook() -> bytes:
    book = Workbook()
    book.active.title = "patient"
    book.active.append(["patient_id", "sex"])
    book.active.append(["03-001", "F"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """A real workbook with these parts put in, or in place of its own."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(real_workbook())) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as to:
        for part in source.infolist():
            if part.filename not in named:
                to.writestr(part.filename, source.read(part.filename))
        for name, content in named.items():
            to.writestr(name, content)
    return file.getvalue()


def lying_about_its_size() -> bytes:
    """The directory says 1,000 bytes where 50 MB are packed."""
    content = bytearray(with_parts(xl__worksheets__sheet1_dot_xml=b"<a>" + b" " * 50 * MEGABYTE + b"</a>"))
    at = content.rfind(b"PK\x01\x02")
    while at >= 0:
        length = int.from_bytes(content[at + 28 : at + 30], "little")
        if content[at + 46 : at + 46 + length] == b"xl/worksheets/sheet1.xml":
            content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = content.rfind(b"PK\x01\x02", 0, at)
    return bytes(content)


def zip_of(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as to:
        for name, content in parts.items():
            to.writestr(name, content)
    return file.getvalue()


def named(name: str) -> bytes:
    file = io.BytesIO(real_workbook())
    with zipfile.ZipFile(file, "a") as to:
        to.writestr(name, b"x")
    return file.getvalue()


def naming_one_part(times: int) -> bytes:
    """The directory lists the same bytes again and again: each time they would be unpacked anew."""
    content = real_workbook()
    first, end = content.find(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    second = content.find(b"PK\x01\x02", first + 4)
    directory = content[first:second] * times
    size, count = len(directory).to_bytes(4, "little"), times.to_bytes(2, "little")
    return content[:first] + directory + content[end : end + 8] + count * 2 + size + content[end + 16 :]


def sheet(inner: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{inner}</sheetData></worksheet>'
    return with_parts(xl__worksheets__sheet1_dot_xml=text.encode())


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
ODM = '<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3">{}</ODM>'


def files() -> Iterator[tuple[str, bytes]]:
    """What it is, and its bytes."""
    flat = b"<a>" + b" " * (401 * MEGABYTE) + b"</a>"
    yield "a zip bomb", with_parts(xl__worksheets__sheet1_dot_xml=flat)
    yield "a bomb in a part that nobody reads", with_parts(docProps__thumbnail_dot_wmf=flat)
    yield "a zip file within a zip file", zip_of(**{"inner.zip": zip_of(a=flat[: 50 * MEGABYTE])})
    yield "a bomb that lies about its size", lying_about_its_size()
    yield "too many parts", zip_of(**{f"part{n}": b"" for n in range(1_100)})
    yield "macros", with_parts(xl__vbaProject_dot_bin=b"Sub AutoOpen()")
    yield "a part whose name leads out", named("../../etc/cron.d/x")
    yield "a part with an absolute name", named("/etc/passwd")
    yield "a part with a name of Windows", named("C:\\Windows\\x.dll")
    yield "entities without end in a sheet", sheet("<row><c t='inlineStr'><is><t>&a9;</t></is></c></row>", LAUGHS)
    yield "a file from outside in a sheet", sheet("<row><c t='inlineStr'><is><t>&file;</t></is></c></row>", OUTSIDE)
    yield "a sheet that is no XML", with_parts(xl__worksheets__sheet1_dot_xml=b"<worksheet><row")
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * MEGABYTE}</t></is></c></row>'
    yield "a cell of 1 MB", sheet(cell)
    yield "a column beyond all others", sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    yield "half a workbook", real_workbook()[:2000]
    yield "a workbook of another program", zip_of(**{"content.xml": b"<office/>", "mimetype": b"application/ods"})
    yield "a PDF", b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "an old Excel file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2048
    yield "a program", b"\x7fELF" + b"\x00" * 2048
    yield "nothing", b""
    yield "a CSV with a cell of 1 MB", b"patient_id,sex\n03-001," + b"x" * MEGABYTE
    yield "a CSV with a quote without end", b'patient_id,sex\n03-001,"F\n'
    yield "a CSV in letters that nobody has", b"patient_id;citt\x81\n"
    yield "a workbook behind a password", b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    yield "a CSV with too many columns", b",".join(b"c%d" % n for n in range(1_500)) + b"\n"
    yield "macros of Excel 4", with_parts(xl__macrosheets__sheet1_dot_xml=b"<xm:macrosheet/>")
    yield "macros by another name", with_parts(xl__VBAPROJECT_dot_BIN=b"Sub AutoOpen()")
    yield "a PDF that is a workbook as well", b"%PDF-1.7\n" + real_workbook()
    yield "a picture that is a workbook as well", b"GIF89a" + b"\x00" * 20 + real_workbook()
    yield "a web page that is a workbook as well", b"<html><!--" + real_workbook()
    yield "a Word document", zip_of(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"})
    yield "entities without end in the styles", with_parts(xl__styles_dot_xml=f"{LAUGHS}<x>&a9;</x>".encode())
    yield "entities without end in the list of sheets", with_parts(xl__workbook_dot_xml=f"{LAUGHS}<x>&a9;</x>".encode())
    yield (
        "a file from outside in the list of sheets",
        with_parts(xl__workbook_dot_xml=f"{OUTSIDE}<x>&file;</x>".encode()),
    )
    yield "many names of one part", naming_one_part(2_000)
    yield "a web page", b"<html><script>alert(1)</script></html>"


def odm_files() -> Iterator[tuple[str, bytes]]:
    yield "entities without end", (LAUGHS + ODM.format("&a9;")).encode()
    yield "a file from outside", (OUTSIDE + ODM.format("&file;")).encode()
    yield "a definition from outside", b'<!DOCTYPE ODM SYSTEM "http://127.0.0.1:1/x.dtd"><ODM/>'
    yield "another kind of XML", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    yield "half a file", ODM.format("<ClinicalData>").encode()[:-8]
    group = (
        '<ClinicalData><SubjectData SubjectKey="03-001"><ItemGroupData ItemGroupOID="x"/></SubjectData></ClinicalData>'
    )
    yield "data without metadata", ODM.format(group).encode()
    yield "entities in UTF-16", (OUTSIDE + ODM.format("&file;")).encode("utf-16")
    yield "an entity of parameters", b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]><ODM/>'
    yield "elements within elements without end", ODM.format("<a>" * 300_000).encode()
    yield "a workbook", real_workbook()
    yield "no XML at all", b"patient_id,sex\n"


def dictionaries() -> Iterator[tuple[str, bytes]]:
    """In place of the data dictionary of REDCap."""
    yield "a zip bomb", with_parts(xl__worksheets__sheet1_dot_xml=b" " * (401 * MEGABYTE))
    yield "entities without end", (LAUGHS + ODM.format("&a9;")).encode()
    yield "a cell of 1 MB", b"Variable / Field Name,Form Name\n" + b"x" * MEGABYTE
    yield "too many columns", b",".join(b"c%d" % n for n in range(1_500)) + b"\n"
    yield "signs that are none", b"Variable / Field Name,Form Name\n\x00"
    yield "nothing", b""


def names_that_lead_out() -> Iterator[str]:
    """200 of them, for Unix and Windows."""
    for depth in range(1, 21):
        for step in ("../", "..\\", "./../", "x/../../"):
            yield f"{step * depth}etc/cron.d/x"
            yield f"xl/{step * depth}x.xml"
    yield from (
        f"{start}etc/passwd" for start in ("/", "//", "\\", "\\\\", "C:", "c:/", "C:\\", "file:///", "\\\\server\\")
    )
    yield from (f"xl/worksheets/{name}" for name in ("..", "...", "x..", "..x", "a:b", "CON:", "x::$DATA"))
    yield from (f"{drive}:\\x" for drive in "ABCDEFGHIJKLMNOPQRSTUVWX")
