"""A token of the programming interface: stands for one person, for a purpose and a time. Only its digest is kept."""

import secrets
import uuid
from hashlib import sha256
from typing import Any, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from registry.access.scopes import Scope
from registry.models.centre import Centre
from registry.models.user import User

START: Final = "ino_"  # so that programs that look for secrets in files find it
SHOWN: Final = len(START) + 6


def new_secret() -> str:
    return START + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Without salt and rounds: nobody guesses 256 random bits, and each request looks the digest up."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self) -> Self:
        """Neither ended nor revoked, and the user is who he or she was when it was made."""
        is_same = Q(role=F("user__role")) & (Q(centre=F("user__centre")) | Q(centre=None, user__centre=None))
        return self.filter(is_same, revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)

    def find(self, secret: str) -> Any:
        """The usable token that this is; None where there is none."""
        return self.usable().filter(digest=digest_of(secret)).select_related("user__centre").first()


class ApiToken(models.Model):
    """Never deleted: the trail and the list of its user show what was in use."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    role = models.CharField(max_length=30)  # of the user when it was made: another role, no token
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")  # likewise
    name = models.CharField(max_length=80)  # what it is for
    prefix = models.CharField(max_length=SHOWN)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]
