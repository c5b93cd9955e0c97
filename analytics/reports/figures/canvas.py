"""The sheet that figures are drawn on: the widths of a journal's columns and letters of 8 points.

DejaVu Sans comes with matplotlib: the same letters in page, print and picture on any machine. Verdana, as wide, and
Arial stand in where a program shows the SVG without it.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

MILLIMETRE: Final = 1 / 25.4  # inches, as all sizes of figures
SINGLE_COLUMN: Final = 85 * MILLIMETRE
DOUBLE_COLUMN: Final = 170 * MILLIMETRE
TALLEST: Final = 225 * MILLIMETRE  # a page of A4 with its caption
POINTS: Final = 8
LETTER: Final = 0.062  # mean width of a letter
LINE: Final = 0.165  # from one line of text to the next


def panel(figure: Figure, *, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place of the sheet, measured from its left and upper edge."""
    across, down = figure.get_size_inches()
    return figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))
