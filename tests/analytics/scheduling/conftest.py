"""A definition that the coordinating investigator saved."""

from typing import Any

import pytest

from analytics.models import ReportDefinition
from analytics.scheduling.definitions import save_definition


@pytest.fixture
def define(people: Any) -> Any:
    """`define(kind=..., recipients=[...])`"""

    def define(*, recipients: Any = (), by: Any = people.coordinator, **fields: Any) -> ReportDefinition:
        definition = ReportDefinition(**{"name": "Every Monday", "schedule": "0 6 * * 1"} | fields)
        return save_definition(definition, recipients=recipients, by=by)

    return define
