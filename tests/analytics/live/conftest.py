"""The reference cohort, committed; figures are drawn in one test only, as they take longer than all numbers."""

import pytest

from analytics.live import content
from registry.models import User


@pytest.fixture
def coordinator(cohort_registry):
    return User.objects.get(username="coordinator")


@pytest.fixture
def undrawn(monkeypatch):
    monkeypatch.setattr(content.figures, "is_drawn", lambda entry: False)
