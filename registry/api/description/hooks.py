"""What holds for every address stands here once: headers, and the answers to what is refused."""

from http import HTTPStatus
from typing import Any, Final

from registry.api.description.types import TEXT, WHOLE, Schema, body, many, said
from registry.api.doors import Door

MEDIA_TYPE = "application/problem+json"
PROBLEM: Final[Schema] = body(
    {
        "type": TEXT,
        "title": said(TEXT, "The name of the status."),
        "status": WHOLE,
        "detail": said(TEXT, "What is wrong, and what helps."),
        "instance": said(TEXT, "The address that was asked."),
        "errors": said(
            many(
                body(
                    {
                        "field": said(TEXT, "The item or member; empty: the record as a whole."),
                        "check_id": said(TEXT, "The check of the catalogue, `required` or `unreadable`."),
                        "message": said(TEXT, "As the pages say it."),
                        "remedy": TEXT,
                        "form": said(TEXT, "The form of the item, where a check names one."),
                    }
                )
            ),
            "Everything that is wrong, at once.",
        ),
        "current": {"type": "object", "description": "With 409 and 412: the record as it is stored."},
        "differences": {
            "type": "array",
            "items": {"type": "object"},
            "description": "With 412: items with `yours` and `theirs`.",
        },
    },
    required=("type", "title", "status", "detail", "instance", "errors"),
)
EXAMPLE: Final = {
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "Nothing was saved. `errors` names everything that is wrong.",
    "instance": "/api/v1/forms/baseline/",
    "errors": [
        {
            "field": "bm_blasts",
            "check_id": "C33",
            "message": "140 % is not possible. Values from 0 to 100 are accepted.",
            "remedy": "Correct the value.",
            "form": "baseline",
        }
    ],
}
REFUSALS: Final = {
    400: "A parameter, a header or the body cannot be read.",
    401: "No token, or one that is unknown, ended or revoked.",
    403: "The role or the token lacks the right, which is named.",
    404: "There is nothing at this address, or it is not for this token.",
    409: "Locked, frozen, there already, or in another state than this needs; or held by an import: then Retry-After "
    "says after how many seconds to ask again.",
    410: "The file is not kept any more.",
    412: "The record is not in the version of If-Match any more: both values are answered.",
    413: "The body is too large.",
    415: "Bodies are JSON.",
    422: "What was sent breaks rules: `errors` names all of them.",
    428: "If-Match is missing.",
    429: "Too many requests with this token; Retry-After says how many seconds to wait.",
}
IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the record as it was read, with its quotation marks.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"3"']},
}
IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same request with the same key is carried out once; kept for 24 hours.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,100}$", "examples": ["visit-03-001-2021-05-14"]},
}
CHANGE_REASON: Final = {
    "name": "Change-Reason",
    "in": "header",
    "required": False,
    "description": "The reason for a change, where it is not in the body.",
    "schema": {"type": "string", "minLength": 5},
}


def add_common_parts(result: Schema, **_: Any) -> Schema:
    """A post-processing hook of drf-spectacular."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    result["components"]["responses"] = {_name(status): _problem(text) for status, text in REFUSALS.items()}
    for path, operations in result["paths"].items():
        # drf-spectacular has them in a set: the description would differ from process to process.
        result["paths"][path] = dict(sorted(operations.items(), key=lambda each: Door.http_method_names.index(each[0])))
        for method, operation in operations.items():
            _add_headers(operation, method, path)
            for status in _refusals(method, path):
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}
    return result


def is_versioned(method: str, path: str) -> bool:
    return method in ("put", "patch", "delete") or path.endswith("/verify/")


def _add_headers(operation: Schema, method: str, path: str) -> None:
    added = []
    if is_versioned(method, path):
        added.append(IF_MATCH)
    if method == "post" and not path.endswith("/sign/"):
        added.append(IDEMPOTENCY_KEY)
    if method in ("put", "patch", "delete") or path.endswith("lock/"):
        added.append(CHANGE_REASON)
    if added:
        operation["parameters"] = [*operation.get("parameters", []), *added]


def _refusals(method: str, path: str) -> set[int]:
    refusals = {400, 401, 403, 429}
    if "{" in path:
        refusals |= {404}
    if path.endswith("/file/"):
        refusals |= {409, 410}
    if method != "get":
        refusals |= {409, 413, 415, 422}
    if is_versioned(method, path):
        refusals |= {412, 428}
    return refusals


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _problem(text: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema, "example": EXAMPLE}}}
