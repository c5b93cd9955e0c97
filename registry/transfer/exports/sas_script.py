"""The SAS script beside the transport files: PROC FORMAT, long names, special missing values."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from registry.transfer.exports.columns import MISSING
from registry.transfer.exports.variables import REASONS

if TYPE_CHECKING:
    from registry.transfer.exports.sas import Short

HEAD: Final = """/* Loads the transport files of this folder into the library WORK, with the names of the codebook,
   whole labels, formats for the answers, and the missing reasons as special missing values:
   .A unknown or not documented, .B not done, .C not applicable, .D result pending.
   Set the folder, then submit. The session should use UTF-8. */
%let folder = .;
"""


def script(data_sets: Sequence[tuple[str, str, Sequence["Short"]]]) -> str:
    parts = [HEAD]
    for name, form, shorts in data_sets:
        parts += _formats(name, shorts)
        parts += _data_step(name, form, shorts)
    return "\n".join(parts) + "\n"


def _formats(name: str, shorts: Sequence["Short"]) -> Iterator[str]:
    yield "proc format;"
    for short in shorts:
        if short.variable.labels:
            values = " ".join(f"{number}={_quoted(label)}" for number, label in short.variable.labels.items())
            yield f"  value {_format(short)} {values};"
    yield "run;"


def _data_step(name: str, form: str, shorts: Sequence["Short"]) -> Iterator[str]:
    yield f'libname xpt xport "&folder/{name.lower()}.xpt";'
    yield f"data {form};"
    yield f"  set xpt.{name};"
    places = {short.variable.name: short.name for short in shorts}
    for short in shorts:
        reason = places.get(f"{short.variable.column}{MISSING}")
        if reason and short.variable.kind != "text":
            yield from _special_missing(short.name, reason)
    for short in shorts:
        yield f"  label {short.name}={_quoted(short.variable.label)};"
        if short.variable.labels:
            yield f"  format {short.name} {_format(short)}.;"
    long_names = [f"{short.name}={short.variable.name}" for short in shorts if short.parts == 1]
    yield f"  rename {' '.join(long_names)};"
    yield "run;"
    yield "libname xpt clear;"


def _special_missing(name: str, reason: str) -> Iterator[str]:
    for number, letter in enumerate("ABCD"[: len(REASONS)], start=1):
        yield f"  if {reason} = {number} then {name} = .{letter};"


def _format(short: "Short") -> str:
    """A name of a format must not end in a digit."""
    return f"{short.name}_f"


def _quoted(label: str) -> str:
    return "'" + label.replace("'", "''") + "'"
