"""The link with which somebody sets a password of one's own: once, and for a limited time."""

from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from registry.models import User


def invitation_path(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def invitation_link(request: HttpRequest, user: User) -> str:
    return request.build_absolute_uri(invitation_path(user))


def send_invitation(user: User, link: str) -> None:
    """Once the account is really there."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _("Your account in the INO registry")
        text = render_to_string("registry/invitation.txt", {"invited": user, "link": link})
    transaction.on_commit(partial(send_mail, subject, text, None, [user.email]))
