"""Users: the administrator invites, changes and deactivates; the coordinating investigator reads."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.users import change_user, create_user
from registry.models import User
from registry.web.invitation import invitation_link, send_invitation


class UserForm(forms.ModelForm):
    """Role and centre belong together: the model says so."""

    class Meta:
        model = User
        fields = ("username", "name", "email", "role", "centre", "is_active")
        labels = {"centre": _("Centre")}
        help_texts = {
            "username": _("For log-in, such as datamanager-05."),
            "centre": _("For data managers and centre investigators only."),
            "email": _("The invitation is sent here."),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk:
            self.fields["username"].disabled = True
        else:
            del self.fields["is_active"]


def user_list(request: HttpRequest) -> HttpResponse:
    _require_view(request)
    context = {
        "users": User.objects.select_related("centre"),
        "may_manage": may(request.user, Permission.MANAGE_USERS),
    }
    return render(request, "registry/users.html", context)


def new_user(request: HttpRequest) -> HttpResponse:
    _require_manage(request)
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = create_user(form.instance, by=request.user)
        return _invite(request, user)
    return _show(request, form)


def user_page(request: HttpRequest, user_id: Any) -> HttpResponse:
    _require_manage(request)
    user = get_object_or_404(User, public_id=user_id)
    form = UserForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            change_user(form.instance, by=request.user)
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("%(user)s was saved.") % {"user": user.username})
            return redirect("users")
    return _show(request, form)


def invite(request: HttpRequest, user_id: Any) -> HttpResponse:
    """A new link for somebody who lost the first, or the password."""
    _require_manage(request)
    user = get_object_or_404(User, public_id=user_id, is_active=True)
    return _invite(request, user) if request.method == "POST" else redirect("user", user.public_id)


def _invite(request: HttpRequest, user: User) -> HttpResponse:
    link = invitation_link(request, user)
    if user.email:
        send_invitation(user, link)
        messages.success(request, gettext("An invitation was sent to %(address)s.") % {"address": user.email})
    return render(request, "registry/invitation.html", {"invited": user, "link": "" if user.email else link})


def _show(request: HttpRequest, form: UserForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "registry/user.html", {"form": form, "edited": form.instance}, status=status)


def _require_view(request: HttpRequest) -> None:
    if not any(may(request.user, right) for right in (Permission.MANAGE_USERS, Permission.APPROVE_USERS)):
        raise Http404


def _require_manage(request: HttpRequest) -> None:
    if not may(request.user, Permission.MANAGE_USERS):
        raise Http404
