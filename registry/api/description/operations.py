"""What each door does, in words and bodies, for the OpenAPI description."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_view

from registry.api.description import forms
from registry.api.description.types import DAY, TEXT, TIME, UUID, WHOLE, body, many, named, one_of, or_null, said
from registry.crf.language import english
from registry.models import FORMS_BY_NAME, Query, Snapshot
from registry.models.base import CrfForm
from registry.models.form_rows import EMPTY

FORM_NAMES = [name for name in FORMS_BY_NAME if name != "centre"]
LIST = "Chosen, ordered and paged by the parameters; a parameter that is not listed is refused."
LABELS = OpenApiParameter("labels", OpenApiTypes.BOOL, description="Answer the words of the codes beside them.")
REASON = named("Reason", body({"reason": said(TEXT, "In at least 5 characters.")}, required=()))

STATE_OF_FORM = named(
    "StateOfForm",
    body(
        {
            "form": one_of(FORM_NAMES),
            "instance_no": or_null(WHOLE),
            "record": said(or_null(UUID), "Null where the form is owed and not begun."),
            "state": one_of([EMPTY, *CrfForm.State.values]),
            "owed_by": said(or_null(DAY), "The day by which it is owed, while it is not complete."),
        }
    ),
)
MESSAGE = body(
    {
        "at": TIME,
        "by": said(or_null(TEXT), "Null: a rule."),
        "state": one_of(Query.State.values),
        "answer": or_null(one_of(Query.Answer.values)),
        "text": TEXT,
    }
)
QUERY = named(
    "Query",
    body(
        {
            "id": UUID,
            "patient": UUID,
            "patient_number": TEXT,
            "centre": WHOLE,
            "form": one_of(FORM_NAMES),
            "instance_no": or_null(WHOLE),
            "item": said(or_null(TEXT), "Null: the record as a whole."),
            "check_id": said(or_null(TEXT), "Null: asked by a person."),
            "message": TEXT,
            "state": one_of(Query.State.values),
            "answer": or_null(one_of(Query.Answer.values)),
            "impact": said(WHOLE, "On the outcome analyses; 1 is the strongest."),
            "raised_by": or_null(TEXT),
            "raised_at": TIME,
            "state_since": TIME,
            "messages": many(MESSAGE),
        }
    ),
)
NEW_QUERY = named(
    "NewQuery",
    body(
        {"form": one_of(FORM_NAMES), "record": UUID, "item": TEXT, "message": said(TEXT, "In at least 5 characters.")},
        required=("form", "record", "message"),
    ),
)
ANSWER = named("Answer", body({"answer": one_of(Query.Answer.values), "text": TEXT}, required=("answer",)))
REMARK = named("Remark", body({"text": TEXT}, required=()))
SNAPSHOT = named(
    "Snapshot",
    body(
        {
            "id": UUID,
            "taken_at": TIME,
            "taken_by": TEXT,
            "data_cut_off": or_null(DAY),
            "data_state": one_of(Snapshot.DataState.values),
            "n_patients": WHOLE,
            "dictionary_version": TEXT,
            "sha256": TEXT,
        }
    ),
)
NEW_SNAPSHOT = named("NewSnapshot", body({"data_state": one_of(Snapshot.DataState.values)}, required=()))
TOKEN = named(
    "Token",
    body(
        {
            "user": TEXT,
            "name": TEXT,
            "role": TEXT,
            "centre": said(or_null(WHOLE), "Null: all centres."),
            "token": said(TEXT, "How it begins."),
            "scopes": many(TEXT),
            "expires_at": TIME,
        }
    ),
)

FOLLOW_UP = OpenApiExample(
    "A visit",
    value={
        "patient": "00000000-0000-0000-0000-000000000000",
        "values": {
            "visit_date": "2021-05-14",
            "alive": True,
            "disease": "cr",
            "mrd_done": True,
            "mrd_date": "2021-05-14",
            "mrd_method": "igtr",
            "mrd_result": "neg",
            "lost": False,
        },
        "missing": {"mrd_lod": "UNK"},
        "complete": True,
    },
    request_only=True,
)


def of_records(model: Any) -> Any:
    """Describes the door of a form."""
    name, title = model.__name__, english(model._meta.verbose_name)
    record = named(name, forms.shown(model))
    new, changed = (named(f"{word}{name}", forms.sent(model, is_new=word == "New")) for word in ("New", "Changed"))
    items = named(f"VerifiedItemsOf{name}", body({"items": said(many(TEXT), "None: the whole record.")}, required=()))
    tags = {"tags": [title]}
    examples = [FOLLOW_UP] if model.form == "follow_up" else []
    described = {
        "list": extend_schema(
            summary=f"{title}: list", description=LIST, parameters=[LABELS], responses=record, **tags
        ),
        "create": extend_schema(
            summary=f"{title}: enter a new one",
            description=_NEW,
            request=new,
            responses={201: record},
            examples=examples,
            **tags,
        ),
        "retrieve": extend_schema(
            summary=f"{title}: read", description=_READ, parameters=[LABELS], responses=record, **tags
        ),
        "update": extend_schema(
            summary=f"{title}: replace", description=_REPLACE, request=changed, responses=record, **tags
        ),
        "partial_update": extend_schema(
            summary=f"{title}: change", description=_CHANGE, request=changed, responses=record, **tags
        ),
        "verify": extend_schema(summary=f"{title}: verify", request=items, responses=record, **tags),
        "sign": extend_schema(summary=f"{title}: sign (on the pages only)", request=None, responses={}, **tags),
    }
    if model.repeats:
        described["destroy"] = extend_schema(summary=f"{title}: take back", request=None, responses={204: None}, **tags)
    if model.form == "patient":
        states = {"responses": STATE_OF_FORM(many=True), "filters": False}
        described["states"] = extend_schema(summary="Patient: states of the forms", **states, **tags)
        for word in ("lock", "unlock"):
            described[word] = extend_schema(summary=f"Patient: {word}", request=REASON, responses=record, **tags)
    return extend_schema_view(**described)


_NEW = "With `complete` it is saved only if it can be completed; without, as a draft that may have gaps."
_READ = "The header ETag of the answer is the version that a change names in If-Match."
_REPLACE = "What is not sent becomes empty, as far as the token may change it. Numbers of repeats stay."
_CHANGE = (
    "What is not sent stays. A reason takes the place of a value, and a value that of a reason; null empties an item."
)

QUERIES = extend_schema_view(
    list=extend_schema(summary="Queries: list", description=LIST, responses=QUERY, tags=["Queries"]),
    create=extend_schema(summary="Queries: ask", request=NEW_QUERY, responses={201: QUERY}, tags=["Queries"]),
    retrieve=extend_schema(
        summary="Queries: read", description="With the whole conversation.", responses=QUERY, tags=["Queries"]
    ),
    answer=extend_schema(summary="Queries: answer", request=ANSWER, responses=QUERY, tags=["Queries"]),
    close=extend_schema(summary="Queries: close", request=REMARK, responses=QUERY, tags=["Queries"]),
    reopen=extend_schema(summary="Queries: open again", request=REMARK, responses=QUERY, tags=["Queries"]),
)
SNAPSHOTS = extend_schema_view(
    list=extend_schema(summary="Snapshots: list", description=LIST, responses=SNAPSHOT, tags=["Snapshots"]),
    create=extend_schema(
        summary="Snapshots: take", request=NEW_SNAPSHOT, responses={201: SNAPSHOT}, tags=["Snapshots"]
    ),
    retrieve=extend_schema(
        summary="Snapshots: read", description="What it is, not what it holds.", responses=SNAPSHOT, tags=["Snapshots"]
    ),
)
OWN_TOKEN = extend_schema_view(retrieve=extend_schema(summary="The token in use", responses=TOKEN, tags=["Token"]))
