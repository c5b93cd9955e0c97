"""No lost update: a change names the version that it was made from, the ETag of the record as it was read."""

import re

from rest_framework.request import Request

from registry.api.problems import Problem


def version_of(request: Request) -> int:
    """The version in If-Match. It must be there: a program that overwrites blindly loses what others entered."""
    header = request.headers.get("If-Match")
    if header is None:
        raise Problem(428, "Read the record first and send its ETag as If-Match.")
    match = re.fullmatch(r'"(\d{1,9})"', header.strip(), re.ASCII)
    if match is None:
        raise Problem(400, 'If-Match is the ETag of the record as it was read, such as "3" with its quotation marks.')
    return int(match[1])
