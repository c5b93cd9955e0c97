"""Pictures of pages, as the user guide shows them: small files, and never an empty page."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180)}
COLOURS = 64  # of the palette: enough for text and signs
MOST_BYTES = 300_000
LARGEST_SHARE = 0.995  # of one colour: a page with a heading has less


def take(page: Page, file: Path) -> None:
    """What the window shows, as PNG."""
    shown = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    assert not _is_blank(shown), f"{page.url} is empty"
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    assert file.stat().st_size < MOST_BYTES, file.name


def _is_blank(image: Image.Image) -> bool:
    colours = image.getcolors(image.width * image.height) or []
    return max(count for count, _ in colours) > LARGEST_SHARE * image.width * image.height
