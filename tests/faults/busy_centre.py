"""Several people and programs at work on the patients of one centre at once; what was answered, and when."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from tests.programs import program_of

PAUSE_SECONDS = 0.05  # between two things that one of them does
REASON = "seen in the source document"


@dataclass(frozen=True)
class Answer:
    """Of the registry, to what was asked between two moments."""

    asked: str
    began: float
    ended: float
    status: int

    @property
    def seconds(self) -> float:
        return self.ended - self.began


@dataclass
class BusyCentre:
    """`ecog` is what was acknowledged last of each baseline: version and value.

    What stood there first does not come back: an import may change a value that is what it was when the file was read.
    """

    manager: Any
    investigator: Any
    monitor: Any
    records: Sequence[str]
    answers: list[Answer] = field(default_factory=list)
    ecog: dict[str, tuple[int, str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    enters_patients: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block lasts. What fails in a thread fails here."""
        end = threading.Event()
        jobs = [(self._save, self.manager), (self._save, self.manager), (self._save, self.investigator)]
        jobs += [(self._ask_and_close, self.monitor), (self._enter_patient, self.manager)]
        programs = [program_of(user) for _job, user in jobs]
        with ThreadPoolExecutor(len(jobs)) as pool:
            working = [
                pool.submit(self._work, job, program, random.Random(seed), end)
                for seed, ((job, _user), program) in enumerate(zip(jobs, programs, strict=True))
            ]
            try:
                yield
            finally:
                end.set()
        for each in working:
            each.result()

    def of(self, asked: str, *statuses: int) -> list[Answer]:
        return [each for each in self.answers if each.asked == asked and each.status in statuses]

    def _work(self, job: Callable[..., None], program: Any, chance: random.Random, end: threading.Event) -> None:
        try:
            while not end.is_set():
                job(program, chance)
                time.sleep(PAUSE_SECONDS)
        finally:
            connections.close_all()

    def _save(self, program: Any, chance: random.Random) -> None:
        record = chance.choice(self.records)
        read = program.get(f"forms/baseline/{record}/")
        before = read.json()["values"]["ecog"]
        value = chance.choice([code for code in "01234" if code not in (before, self.first.setdefault(record, before))])
        body = {"values": {"ecog": value}, "reason": REASON}
        saved = self._timed("save", program.patch, f"forms/baseline/{record}/", body, If_Match=read["ETag"])
        if saved.status_code == 200:
            newest = (saved.json()["version"], value)
            self.ecog[record] = max(newest, self.ecog.get(record, newest))

    def _ask_and_close(self, program: Any, chance: random.Random) -> None:
        about = {"form": "baseline", "record": chance.choice(self.records), "item": "ecog", "message": "Is it right?"}
        asked = self._timed("ask", program.post, "queries/", about)
        if asked.status_code == 201:
            self._timed("close", program.post, f"queries/{asked.json()['id']}/close/")

    def _enter_patient(self, program: Any, _chance: random.Random) -> None:
        """Once the import gives out numbers: before, a number of the file would be given to somebody else."""
        if self.enters_patients.is_set():
            values = {"sex": "F", "age_rr": 40, "consent_basis": "written"}
            self._timed("enter a patient", program.post, "patients/", {"values": values})

    def _timed(self, asked: str, send: Callable[..., Any], *what: Any, **headers: str) -> Any:
        began = time.monotonic()
        response = send(*what, **headers)
        self.answers.append(Answer(asked, began, time.monotonic(), response.status_code))
        return response
