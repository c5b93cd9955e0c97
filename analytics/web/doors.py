"""Who finds a page; for everybody else there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from registry.access.permissions import may
from registry.access.roles import Permission

View = Callable[..., HttpResponse]


def found_by(*permissions: Permission) -> Callable[[View], View]:
    """The page is there for those who have one of these rights."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not any(may(request.user, permission) for permission in permissions):
                raise Http404
            return view(request, *arguments, **named)

        return door

    return decorate
