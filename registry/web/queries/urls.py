"""Addresses of the queries."""

from django.urls import path

from registry.web.queries import digest_page, list_page, metrics_page, page, raise_page

urlpatterns = [
    path("", list_page.query_list, name="queries"),
    path("raise/", raise_page.raise_page, name="raise query"),
    path("metrics/", metrics_page.metrics_page, name="query metrics"),
    path("mail/", digest_page.digest_page, name="digest"),
    path("<uuid:query_id>/", page.query_page, name="query"),
    path("<uuid:query_id>/item/", page.item, name="query item"),
]
