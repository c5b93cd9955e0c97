"""Addresses of the steps on top of the states. They stand before those of the forms, whose names they resemble."""

from django.urls import path

from registry.web.facts import freeze_page, lock_page, sign_page, verify_page

urlpatterns = [
    path("patients/<uuid:patient_id>/lock/", lock_page.lock_page, name="lock patient"),
    path("patients/<uuid:patient_id>/unlock/", lock_page.unlock_page, name="unlock patient"),
    path("verify/", verify_page.verify_page, name="verify"),
    path("sign/", sign_page.sign_page, name="sign"),
    path("freeze/", freeze_page.freeze_page, name="freeze"),
]
