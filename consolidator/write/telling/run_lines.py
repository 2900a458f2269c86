"""运行记录 in words: when, with which versions, by which form definitions and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.write.plans.facts import Facts

_HASH_SHOWN = 16


def run_lines(facts: Facts) -> list[tuple[str, str]]:
    """Pairs of what and which. Timings stay in `run.json`: a workbook is the same however long the run took."""
    record = facts.result.record
    lines = [
        (facts.word("record", "created"), record.created.isoformat(sep=" ", timespec="seconds")),
        (
            facts.word("record", "versions"),
            facts.joined([f"{name} {each}" for name, each in sorted(record.versions.items())]),
        ),
    ]
    for form, sha256 in sorted(record.forms.items()):
        title = facts.forms[form].title if form in facts.forms else ""
        lines.append((facts.word("record", "form", form=form), f"{title} SHA-256 {sha256[:_HASH_SHOWN]}".strip()))
    if told := _settings(facts, record.settings):
        lines.append((facts.word("record", "settings"), told))
    return lines


def _settings(facts: Facts, settings: Mapping[str, str]) -> str:
    """What the run was asked for, in words; what it was not asked for is left out."""
    values = facts.texts.words["setting_value"]
    told = {key: str(values.get(f"{key}_{value}", value)) for key, value in settings.items() if value}
    semicolon = facts.word("mark", "semicolon")
    return semicolon.join(
        f"{facts.word('setting', key)} {facts.joined(value.split(';'))}" for key, value in told.items()
    )
