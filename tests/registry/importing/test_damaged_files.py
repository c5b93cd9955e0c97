"""Whatever a file holds, it leads to lines or to a sentence that says why not; and what is read, to faults at cells.

Hypothesis damages files that were valid. `FUZZ_SECONDS` has each test go on for so long: `make drill` takes 600.
"""

import os
import resource
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given

from registry.actions.errors import ActionRefused
from registry.transfer.importing import csv_in, limits, odm_in, reading, workbook_in
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.job import sentence
from registry.transfer.importing.lines import Refused
from tests.drawn import first_seed
from tests.registry.importing import damage
from tests.registry.importing.valid_files import ValidFile, draft_of_every_form, valid_files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),  # a file that fails is shown, however long
]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "0"))
LONGEST = timedelta(seconds=20)  # that one file may take
READERS = {"csv": csv_in.read, "xlsx": workbook_in.read, "odm": odm_in.read}


@pytest.fixture
def valid(people, tmp_path) -> dict[str, ValidFile]:
    draft_of_every_form(people.datamanager_03)
    return valid_files(people.datamanager_03, tmp_path)


@pytest.fixture
def bring_in(people) -> Callable[..., str]:
    """Compare a file with the registry and keep nothing of it. Returns what came of it."""
    by = people.datamanager_03

    def send(file: ValidFile, content: bytes, dictionary: bytes | None = None) -> str:
        about = {"name": file.name, "kind": file.kind, "dictionary": dictionary or file.dictionary}
        try:
            with warnings.catch_warnings(action="ignore"):
                options = about | {"centre": by.centre, "by": by, "reason": "A damaged file", "dry_run": True}
                done = import_at_once(content, **options)
        except (Refused, ActionRefused) as error:
            assert sentence(error).endswith("."), error
            return "refused"
        assert all(len(fault) == 6 for fault in done.faults)
        return "faults" if done.faults else "read"

    return send


@pytest.fixture
def in_process(monkeypatch: Any) -> None:
    """Read here, and without the coloured workbook, for the sake of time: whatever a reader raises is seen."""

    def lines(content: bytes, *, kind: str) -> Any:
        return limits.within(READERS[kind](BytesIO(content)))

    monkeypatch.setattr(reading, "lines", lines)
    monkeypatch.setattr("registry.transfer.importing.job.marked_workbook", lambda batch: b"")


def drawn_from(kind: str, file: ValidFile) -> Any:
    text = file.content.decode() if kind != "xlsx" else ""
    match kind:
        case "csv":
            return damage.damaged_table(text, ";") | damage.damaged_bytes(file.content)
        case "xlsx":
            return damage.damaged_archive(file.content) | damage.damaged_bytes(file.content)
        case "odm":
            return damage.damaged_xml(text).map(damage.encoded) | damage.damaged_bytes(file.content)
    return damage.damaged_table(text) | damage.damaged_bytes(file.content)


def try_many(what: str, strategy: Any, try_one: Callable[[Any], str], *, examples: int) -> None:
    """So many, or ever new ones for as long as was asked for."""
    begun, seed, seen = time.monotonic(), first_seed(), Counter[str]()

    def count(content: Any) -> None:
        seen[try_one(content)] += 1

    while True:
        settings = hypothesis.settings(
            max_examples=examples,
            deadline=LONGEST,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        hypothesis.seed(seed)(settings(given(strategy)(count)))()
        seed += 1
        if time.monotonic() - begun >= SECONDS:
            break
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {seen.total()} files in {time.monotonic() - begun:.0f} s, {memory} MB of memory: {dict(seen)}")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "odm", "redcap"])
def test_a_damaged_file_is_read_or_refused(kind, valid, bring_in, in_process):
    file = valid[kind]
    assert bring_in(file, file.content) != "refused"
    try_many(kind, drawn_from(kind, file), lambda content: bring_in(file, content), examples=40)


def test_a_damaged_data_dictionary_is_read_or_refused(valid, bring_in, in_process):
    file = valid["redcap"]
    text = file.dictionary.decode()
    damaged = damage.damaged_table(text) | damage.damaged_bytes(file.dictionary)
    try_many("dictionary", damaged, lambda dictionary: bring_in(file, file.content, dictionary), examples=40)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "odm", "redcap"])
def test_the_process_that_reads_ends_the_same_way(kind, valid, bring_in):
    file = valid[kind]
    try_many(f"{kind}, by its process", drawn_from(kind, file), lambda content: bring_in(file, content), examples=3)
