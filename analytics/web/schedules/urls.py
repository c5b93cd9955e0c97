"""Addresses of the schedules."""

from django.urls import path

from analytics.web.schedules import pages

urlpatterns = [
    path("", pages.schedule_list, name="schedules"),
    path("new/", pages.new_schedule, name="new schedule"),
    path("due/", pages.due_times, name="due times"),
    path("<uuid:schedule_id>/", pages.schedule_page, name="schedule"),
    path("<uuid:schedule_id>/now/", pages.make_now, name="make now"),
    path("<uuid:schedule_id>/remove/", pages.remove, name="remove schedule"),
]
