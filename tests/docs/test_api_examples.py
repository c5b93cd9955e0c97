"""The examples of the programming interface do what they say, against a registry that answers over HTTP."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from registry.access.context import scope, system
from registry.models import FollowUp, User
from tests import databases, services
from tests.programs import token_of

pytestmark = pytest.mark.slow
EXAMPLES = services.ROOT / "docs" / "api"


@pytest.fixture
def registry(cohort_registry: str, tmp_path: Any) -> Iterator[dict[str, str]]:
    """The reference cohort behind gunicorn; what a program needs to know of it."""
    port = services.free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | databases.urls(cohort_registry) | {"REGISTRY_ENVIRONMENT": "test"}
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "file:config/gunicorn.py"]
    command += ["--workers", "1", "--bind", f"127.0.0.1:{port}"]
    with services.running(command, environment=environment, log=tmp_path / "web.log"):
        services.wait_until(lambda: services.status_of(f"{url}/health/") == 200, "the web server answers")
        token = token_of(User.objects.get(username="datamanager-03"))
        yield {"REGISTRY_URL": url, "REGISTRY_TOKEN": token, "no_proxy": "127.0.0.1"}


@pytest.mark.parametrize(
    ("command", "day"),
    [
        pytest.param([sys.executable, "follow_up.py"], "2023-05-14", id="Python"),
        pytest.param(
            ["Rscript", "follow_up.R"], "2023-06-14", id="R", marks=[pytest.mark.needs_r, pytest.mark.needs_curl]
        ),
    ],
)
def test_an_example_reads_the_patients_and_enters_a_visit_once(registry, command, day):
    for _ in range(2):  # the second time it is the same request
        environment = os.environ | registry
        done = subprocess.run(command, check=False, cwd=EXAMPLES, env=environment, capture_output=True, text=True)
        assert done.stdout.split() == ["03-001", day, "in", "progress"], done.stderr
    with scope(system("test", read="all")):
        assert FollowUp.objects.filter(patient__number="03-001", visit_date=day).count() == 1


VISITS = """patient_number,visit_date,alive,disease,mrd_done,lost
03-004,2019-02-11,1,cr,0,0
03-002,2018-01-10,1,cr,0,0
03-999,2019-02-11,1,cr,0,0
"""


def test_visits_are_entered_night_after_night(registry, tmp_path):
    def night(visits):
        (tmp_path / "visits.csv").write_text(visits)
        command = [sys.executable, "follow_ups_of_the_night.py", str(tmp_path / "visits.csv")]
        environment = os.environ | registry
        done = subprocess.run(command, check=True, cwd=EXAMPLES, env=environment, capture_output=True, text=True)
        return done.stdout.splitlines()

    entered, refused, unknown = night(VISITS)
    assert entered == "03-004 2019-02-11 entered"
    assert "visit_date C18: Date of contact is later than the date of death 2017-09-07." in refused
    assert unknown == "03-999 2019-02-11 no such patient at this centre"
    assert night(VISITS)[0] == "03-004 2019-02-11 as it was"
    assert night(VISITS.replace("11,1,cr,0,0", "11,1,cr,0,1"))[0] == "03-004 2019-02-11 corrected"


def test_an_example_has_about_ten_lines():
    for name in ("follow_up.py", "follow_up.R"):
        lines = [line for line in (EXAMPLES / name).read_text().splitlines() if line.strip()]
        assert len([line for line in lines if not line.startswith(("#", '"""', "import", "from"))]) <= 13
