"""Addresses of the pages about the programming interface."""

from django.urls import path

from registry.web.interface import pages, tokens

urlpatterns = [
    path("", pages.interface_page, name="interface"),
    path("openapi.json", pages.openapi, name="openapi"),
    path("of/<slug:slug>/", pages.resource_page, name="interface resource"),
    path("tokens/", tokens.token_list, name="api tokens"),
    path("tokens/new/", tokens.new_token, name="new api token"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke api token"),
]
