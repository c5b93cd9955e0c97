"""Edit checks 1.3: genetics. C22 stands in the cytogenetics form."""

from collections import defaultdict
from typing import Any

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf import karyotype
from registry.models.checks.operands import Results


@check(
    "C21",
    Severity.HARD,
    fields="cytogenetics.timepoint",
    message="There is already a row for this time point.",
)
def one_row_per_time_point(records: PatientRecords) -> Results:
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in records.all("cytogenetics"):
        if row.timepoint is None:
            yield NOT_EVALUABLE
        else:
            rows[row.timepoint].append(row)
    for same in rows.values():
        if len(same) > 1:
            yield violated(*(place(row, "timepoint") for row in same))


@check(
    "C23",
    Severity.HARD,
    fields="cytogenetics.banding cytogenetics.iscn",
    message='Not readable as ISCN at "{token}". Example: 46,XY,t(9;22)(q34;q11)[15]/46,XY[5]',
)
def karyotype_can_be_read(records: PatientRecords) -> Results:
    for row in records.all("cytogenetics"):
        if row.banding is None or (row.banding == "done" and row.iscn is None):
            yield NOT_EVALUABLE
        elif row.banding == "done":
            read = karyotype.parse(row.iscn)
            if not read.ok:
                yield violated(place(row, "iscn"), token=read.token)
