"""How many problems each unit has: the table of units in 审核概况, worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.write.plans.facts import owner

if TYPE_CHECKING:
    from consolidator.write.plans.facts import Facts


class Standing(Struct, frozen=True):
    """One unit, or one file without a known unit, or the county itself: its counts of findings."""

    key: str
    name: str
    status: str
    hard: int
    soft: int
    info: int
    undecided: int


def league(facts: Facts) -> list[Standing]:
    """Everyone a finding can be about, those with most hard, then soft findings first; else in the tables' order."""
    names = {row.unit.key: row.unit.name for row in facts.rows.values()}
    statuses = {key: facts.joined(words) for key, words in _statuses(facts).items()}
    files = {record.file: record.status for record in facts.result.submissions if record.file}
    for finding in (*facts.hard, *facts.soft):
        key = owner(finding)
        if key not in names:
            names[key] = facts.owner_name(finding)
            statuses[key] = facts.word("status", files[finding.file]) if finding.file in files else ""
    undecided = Counter(owner(finding) for finding in facts.undecided)
    counts = facts.unit_counts
    standings = [
        Standing(
            key,
            name,
            statuses[key],
            counts[Severity.HARD][key],
            counts[Severity.SOFT][key],
            counts[Severity.INFO][key],
            undecided[key],
        )
        for key, name in names.items()
    ]
    return sorted(standings, key=lambda standing: (-standing.hard, -standing.soft))


def _statuses(facts: Facts) -> dict[str, list[str]]:
    """The status of every unit in words; several forms may have brought it several."""
    statuses: defaultdict[str, list[str]] = defaultdict(list)
    for (_, key), row in facts.rows.items():
        word = facts.word("status", row.status)
        if word not in statuses[key]:
            statuses[key].append(word)
    return statuses
