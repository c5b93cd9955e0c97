"""The OpenAPI description: without a warning, of every address, with every refusal."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from registry.api.description.example import example_of
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS
from tests.security.addresses import addresses


@pytest.fixture(scope="module")
def description():
    return SchemaGenerator().get_schema(public=True)


@pytest.mark.slow
def test_it_is_valid_and_made_without_a_warning():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_it_is_of_version_3_1(description):
    assert description["openapi"] == "3.1.0"


def test_every_address_of_the_interface_is_described(description):
    routes = {
        f"/{address.route}"
        for address in addresses()
        if address.route.startswith("api/v1/") and address.name != "api-unknown"
    }
    described = {path.replace("{id}", "<uuid:id>").replace("{name}", "<str:name>") for path in description["paths"]}
    assert described == routes


def test_every_item_of_every_form_is_described(description):
    for model in PATIENT_FORMS:
        shown = description["components"]["schemas"][model.__name__]["properties"]["values"]["properties"]
        assert list(shown) == [field.crf.name for field in crf_fields(model)]
        assert all("title" in item and "Item " in item["description"] for item in shown.values())


def test_every_parameter_of_an_address_says_what_it_means(description):
    parameters = [
        (path, parameter)
        for path, methods in description["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]
    assert parameters
    assert [(path, each["name"]) for path, each in parameters if not each.get("description")] == []


def test_every_operation_names_its_refusals_as_problem_details(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (method, path)
            assert ("428" in operation["responses"]) == (
                method in ("put", "patch", "delete") or path.endswith("/verify/")
            )
    for refusal in description["components"]["responses"].values():
        assert list(refusal["content"]) == ["application/problem+json"]
        assert refusal["content"]["application/problem+json"]["example"]


def test_an_example_number_lies_within_the_limits_of_its_item(description):
    numbers = [field for model in PATIENT_FORMS for field in crf_fields(model) if field.crf.hard]
    schemas = description["components"]["schemas"]
    for field in numbers:
        (example,) = schemas[field.model.__name__]["properties"]["values"]["properties"][field.crf.name]["examples"]
        assert field.crf.hard[0] <= Decimal(example) <= field.crf.hard[1], field


def test_an_example_gives_a_value_or_the_reason_why_there_is_none(description):
    schemas = description["components"]["schemas"]
    example = example_of(
        schemas["FollowUp"], lambda schema: schemas[schema["$ref"][21:]] if "$ref" in schema else schema
    )
    assert example["missing"] == {"mrd_lod": "UNK"}
    assert "mrd_lod" not in example["values"]


def test_the_methods_of_an_address_stand_in_the_same_order_in_every_process(description):
    described = {path: list(operations) for path, operations in description["paths"].items()}
    assert described["/api/v1/patients/"] == ["get", "post"]
    assert described["/api/v1/forms/follow_up/{id}/"] == ["get", "patch", "put", "delete"]
