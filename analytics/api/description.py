"""What the doors of reports and runs do, in words and bodies, for the OpenAPI description."""

from typing import Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view

from analytics.models import Kind, Run
from registry.api.description.operations import LIST
from registry.api.description.types import (
    DAY,
    TEXT,
    TIME,
    TRUE_OR_FALSE,
    UUID,
    WHOLE,
    body,
    many,
    named,
    one_of,
    or_null,
    said,
)
from registry.models.snapshot import Snapshot

_REPORT: Final = {
    "id": UUID,
    "kind": one_of(Kind.values),
    "centre": said(or_null(WHOLE), "Of a report of one centre."),
    "snapshot": said(UUID, "The rows that it was computed from."),
    "data_state": one_of(Snapshot.DataState.values),
    "data_cut_off": or_null(DAY),
    "code_version": TEXT,
    "published_at": TIME,
    "is_partial": said(TRUE_OR_FALSE, "Some entry could not be computed."),
    "sha256": said(TEXT, "Of results.json."),
}
_FILE: Final = body({"name": TEXT, "media_type": TEXT, "sha256": TEXT})
REPORT = named("Report", body(dict(_REPORT)))
REPORT_WITH_FILES = named("ReportWithFiles", body(_REPORT | {"files": many(_FILE)}))
RUN = named(
    "Run",
    body(
        {
            "id": UUID,
            "kind": one_of(Kind.values),
            "centre": or_null(WHOLE),
            "data_state": one_of(Snapshot.DataState.values),
            "state": one_of(Run.State.values),
            "step": said(TEXT, "What is being done."),
            "problem": or_null(TEXT),
            "asked_by": TEXT,
            "asked_at": TIME,
            "report": said(or_null(UUID), "Once it is published."),
        }
    ),
)
NEW_RUN = named(
    "NewRun",
    body(
        {
            "kind": said(one_of(Kind.values), "A full analysis unless it is sent."),
            "centre": said(WHOLE, "Of a report of one centre."),
            "data_state": one_of(Snapshot.DataState.values),
        },
        required=(),
    ),
)
_TAGS: Final = {"tags": ["Reports"]}

REPORTS = extend_schema_view(
    list=extend_schema(summary="Reports: list", description=LIST, responses=REPORT, **_TAGS),
    retrieve=extend_schema(
        summary="Reports: read", description="With the names of its files.", responses=REPORT_WITH_FILES, **_TAGS
    ),
    file=extend_schema(
        summary="Reports: fetch a file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, **_TAGS
    ),
)
RUNS = extend_schema_view(
    list=extend_schema(summary="Runs: list", description=LIST, responses=RUN, tags=["Runs"]),
    create=extend_schema(
        summary="Runs: ask for a report",
        description="A worker makes it: read the run again until its state is done.",
        request=NEW_RUN,
        responses={202: RUN},
        tags=["Runs"],
    ),
    retrieve=extend_schema(summary="Runs: read", description="How far it has come.", responses=RUN, tags=["Runs"]),
)
