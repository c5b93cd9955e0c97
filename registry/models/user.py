"""Who works in the registry: one person, one role, and for the roles of a centre one centre."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.access.roles import CENTRE_ROLES, Role
from registry.models.centre import Centre


class UserManager(BaseUserManager):
    def create_user(self, username: str, *, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do follows from its role; where, from its centre."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Name shown in the history"), max_length=120)
    email = models.EmailField(_("E-mail"), blank=True)
    role = models.CharField(_("Role"), max_length=30, choices=Role)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="users")
    # Empty: as the browser asks.
    language = models.CharField(_("Language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    wants_digest = models.BooleanField(_("Morning mail about open queries"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        ordering = ("username",)
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=CENTRE_ROLES, centre__isnull=False)
                | (~Q(role__in=CENTRE_ROLES) & Q(centre__isnull=True)),
                name="user_centre_by_role",
                violation_error_message=_(
                    "Data managers and centre investigators belong to one centre, others to none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.username
