"""How large a file may be. What is larger is refused with a sentence before it is read, or while it is."""

from typing import Final

MEGABYTE: Final = 1024 * 1024
FILE_BYTES: Final = 25 * MEGABYTE
UNPACKED_BYTES: Final = 400 * MEGABYTE
PARTS: Final = 1_000  # of a workbook
ROWS: Final = 500_000
COLUMNS: Final = 1_000
CELL_CHARACTERS: Final = 32_767  # as in a spreadsheet
PROCESSOR_SECONDS: Final = 300  # of the process that reads
MEMORY_BYTES: Final = 512 * MEGABYTE
