"""An import by its address: only of a centre whose data one enters."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import ImportBatch


def batch_or_404(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    batch = batches_of(request.user).filter(public_id=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def batches_of(user: Any) -> Any:
    """Every import of the own centre; none for who enters no data."""
    seen = ImportBatch.objects.visible_to(user) if may(user, Permission.ENTER_DATA) else ImportBatch.objects.none()
    return seen.select_related("by", "asked_by", "centre")
