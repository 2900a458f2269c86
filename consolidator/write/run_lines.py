"""运行记录 in words: when, with which versions, by which form definitions and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.write.facts import Facts

_HASH_SHOWN = 16


def run_lines(facts: Facts) -> list[tuple[str, str]]:
    """Pairs of what and which. Timings stay in `run.json`: a workbook is the same however long the run took."""
    record = facts.result.record
    lines = [
        (facts.word("record", "created"), record.created.isoformat(sep=" ", timespec="seconds")),
        (facts.word("record", "versions"), _pairs(facts, record.versions)),
    ]
    for form, sha256 in sorted(record.forms.items()):
        title = facts.forms[form].title if form in facts.forms else ""
        lines.append((facts.word("record", "form", form=form), f"{title} SHA-256 {sha256[:_HASH_SHOWN]}".strip()))
    if record.settings:
        lines.append((facts.word("record", "settings"), _pairs(facts, record.settings)))
    return lines


def _pairs(facts: Facts, pairs: Mapping[str, str]) -> str:
    words = facts.texts.words.get("setting", {})
    return facts.joined([f"{words.get(key, key)} {words.get(value, value)}" for key, value in sorted(pairs.items())])
