"""The tokens of the programming interface that one person has: made and shown once, listed, revoked."""

from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.access.scopes import Scope, scopes_for
from registry.actions.api_tokens import LONGEST_DAYS, make_token, revoke_token
from registry.models import ApiToken

_DAYS: Final = (7, 30, LONGEST_DAYS)


class TokenForm(forms.Form):
    """What a new token is for, what it may, and for how long."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("The program and the computer that will use it, such as: follow-ups, laboratory server."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Reading is part of every token. Choose no more than the program needs."),
    )
    days = forms.TypedChoiceField(
        label=_("It ends after"),
        coerce=int,
        initial=30,
        choices=[(days, ngettext_lazy("%(count)d day", "%(count)d days", "count") % {"count": days}) for days in _DAYS],
    )

    def __init__(self, *arguments: Any, role: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offered = [scope for scope in scopes_for(role) if scope is not Scope.READ]
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in offered]
        if not offered:
            del self.fields["scopes"]


def token_list(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/interface/tokens.html", {"tokens": ApiToken.objects.filter(user=request.user)})


@reauthentication_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Asks for the password first, unless it was given a moment ago."""
    form = TokenForm(request.POST or None, role=request.user.role)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        token, secret = make_token(
            by=request.user, name=wanted["name"], scopes=wanted.get("scopes", []), days=wanted["days"]
        )
        return render(request, "registry/interface/new_token.html", {"token": token, "secret": secret})
    status = 422 if form.is_bound else 200
    return render(request, "registry/interface/token.html", {"form": form}, status=status)


def revoke(request: HttpRequest, token_id: Any) -> HttpResponse:
    token = get_object_or_404(ApiToken, public_id=token_id, user=request.user)
    if request.method == "POST":
        revoke_token(token, by=request.user)
        messages.success(request, gettext("The token %(token)s is revoked.") % {"token": token})
    return redirect("api tokens")
