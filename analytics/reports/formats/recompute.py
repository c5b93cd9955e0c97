"""Everything with which the report is recomputed in R, as one archive."""

from analytics.reports.content import File
from analytics.reports.formats.printed import MADE_OF, Printed
from analytics.reports.formats.zipped import archive


def write(printed: Printed) -> File:
    lines = [MADE_OF, "", *(f"{name}: {value}" for name, value in printed.made_of)]
    files = [(file.name, file.content) for file in printed.content.bundle]
    content = archive([*files, ("provenance.txt", ("\n".join(lines) + "\n").encode())])
    return File("recompute-in-R.zip", "application/zip", content)
