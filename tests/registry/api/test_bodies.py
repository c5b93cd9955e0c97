"""What is no JSON object, or too large to be one, is refused before anything else is looked at."""

import pytest

pytestmark = pytest.mark.django_db

UNREADABLE = (
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b'{"values": {"age_rr": NaN}}',
    b'{"reason": "\\ud800"}',
    b'{"reason": "a\\u0000b"}',
    b"[" * 100_000,
    b'{"values": {"age_rr": ' + b"9" * 5000 + b"}}",
)


@pytest.mark.parametrize("content", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_body_that_is_no_object_is_refused(anna, content):
    assert anna.client.post("/api/v1/patients/", content, "application/json").status_code == 400


def test_a_body_is_not_larger_than_any_form_could_be(anna):
    content = b'{"reason": "' + b"a" * 1_000_001 + b'"}'
    assert anna.client.post("/api/v1/patients/", content, "application/json").status_code == 413


def test_a_body_is_json_and_so_is_an_answer_whatever_is_accepted(anna):
    assert anna.client.post("/api/v1/patients/", "sex=F", "application/x-www-form-urlencoded").status_code == 415
    assert anna.client.get("/api/v1/patients/", headers={"Accept": "text/html"})["Content-Type"] == "application/json"
