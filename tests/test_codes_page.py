"""The page of codes is what the catalogue says today."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from consolidator.terms import catalogue

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_of_codes_is_up_to_date() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_codes"))["page"]()

    assert (ROOT / "docs" / "codes.md").read_text(encoding="utf-8") == page, "run scripts/write_codes"


def test_every_code_has_its_place_on_the_page() -> None:
    text = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(catalogue("zh").codes)
