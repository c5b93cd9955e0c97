"""A generated document in the repository is what the code makes today."""

import pytest

from tests.docs.generated import DOCS, GENERATED


@pytest.mark.slow
@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == GENERATED[name](), "run python -m tests.docs.generated"
