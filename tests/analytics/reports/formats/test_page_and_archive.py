"""The report as one HTML file, and as one archive for R."""

import io
import re
import zipfile

import pytest
from django.utils.translation import override

from analytics.reports.formats import page, recompute
from analytics.reports.formats.printed import Printed
from tests.analytics.reports.formats import reports

pytestmark = pytest.mark.slow


def test_the_page_holds_everything_and_needs_no_other_file(small: Printed) -> None:
    text = page.write(small).content.decode()
    for words in ("Small report", "Sizes of groups", "=1+1 #strong[men] &lt;b&gt; &amp; {{", "in the figure", "P149"):
        assert words in text
    assert reports.SNAPSHOT in text and small.footer in text
    assert all(target.startswith("#") for target in re.findall(r'(?:href|src)="([^"]*)"', text))
    assert "<script" not in text


def test_the_page_is_english_whoever_asks(small: Printed) -> None:
    with override("it"):
        assert page.write(small) == page.write(small)
        assert 'aria-label="Table: Sizes of groups"' in page.write(small).content.decode()


def test_the_archive_for_r_says_what_it_belongs_to(small: Printed) -> None:
    with zipfile.ZipFile(io.BytesIO(recompute.write(small).content)) as packed:
        assert packed.namelist() == ["analysis.csv", "provenance.txt"]
        assert f"Snapshot, sha256: {reports.SNAPSHOT}" in packed.read("provenance.txt").decode()
