"""What the door of exports does, in words and bodies."""

from typing import Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view

from registry.api.description.operations import LIST
from registry.api.description.types import (
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
from registry.models import ALL_FORMS, Export, Snapshot

FORMS: Final = [model.form for model in ALL_FORMS]
_CHOSEN: Final = {
    "format": one_of(Export.Format.values),
    "level": said(one_of(Export.Level.values), "How much of a patient it tells."),
    "data_state": one_of(Snapshot.DataState.values),
    "forms": said(many(one_of(FORMS)), "None: all."),
    "centres": said(many(WHOLE), "By number; none: all that the user reads."),
    "with_audit": said(TRUE_OR_FALSE, "With the audit trail: ODM at the level full only."),
}
EXPORT = named(
    "Export",
    body(
        {
            "id": UUID,
            **_CHOSEN,
            "state": one_of(Export.State.values),
            "step": said(TEXT, "What is being done."),
            "problem": or_null(TEXT),
            "asked_by": TEXT,
            "asked_at": TIME,
            "rows": or_null(WHOLE),
            "size": said(or_null(WHOLE), "In bytes."),
            "sha256": or_null(TEXT),
            "kept_until": or_null(TIME),
        }
    ),
)
NEW_EXPORT = named("NewExport", body(dict(_CHOSEN), required=("format", "level")))
_TAGS: Final = {"tags": ["Exports"]}

EXPORTS = extend_schema_view(
    list=extend_schema(summary="Exports: list", description=LIST, responses=EXPORT, **_TAGS),
    create=extend_schema(
        summary="Exports: ask for one",
        description="A worker makes it: read it again until its state is done, then fetch the file.",
        request=NEW_EXPORT,
        responses={202: EXPORT},
        **_TAGS,
    ),
    retrieve=extend_schema(summary="Exports: read", description="How far it has come.", responses=EXPORT, **_TAGS),
    file=extend_schema(
        summary="Exports: fetch the file", responses={(200, "application/zip"): OpenApiTypes.BINARY}, **_TAGS
    ),
)
