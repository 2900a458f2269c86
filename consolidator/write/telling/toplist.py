"""Which rules fail most (差错前十), and which fail so often that the rule or the form itself may be at fault."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.write.plans.facts import owner

if TYPE_CHECKING:
    from consolidator.findings import Finding
    from consolidator.write.plans.facts import Facts

LINES = 10
SUSPECT_SHARE = 0.30
"""A rule that fails in more than 30 % of the units is a defect of the form or the rule more often than of the units."""
_SUSPECT_UNITS = 3
_OF_FILERS = frozenset({"S02", "S03", "S05"})


class TopLine(Struct, frozen=True):
    """One code: how often it fired, in how many units, and which share of the units that filed; None without any, or where files are nobody's."""

    code: str
    title: str
    hard: int
    soft: int
    units: int
    share: float | None

    @property
    def suspect(self) -> bool:
        """Whether so many units fail that the rule itself, or the form, should be looked at: who files is neither."""
        often = self.share is not None and self.share > SUSPECT_SHARE and self.units >= _SUSPECT_UNITS
        return often and self.code not in _OF_FILERS


def top_lines(facts: Facts) -> list[TopLine]:
    """The ten codes that concern most units, then those with most findings."""
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in (*facts.hard, *facts.soft):
        groups[finding.form if finding.form in facts.forms else "", finding.code].append(finding)
    received = {table.form.id: table.coverage.received for table in facts.result.tables}
    lines = [
        _line(facts, form, code, found, received.get(form, max(received.values(), default=0)))
        for (form, code), found in groups.items()
    ]
    return sorted(lines, key=lambda line: (-line.units, -line.hard, -line.soft, line.code))[:LINES]


def _line(facts: Facts, form: str, code: str, found: list[Finding], received: int) -> TopLine:
    units = {owner(finding) for finding in found if owner(finding) in facts.ranks}
    hard = sum(finding.severity is Severity.HARD for finding in found)
    filed = all(f.file for f in found if owner(f))  # the county's total is no file's
    share = min(1.0, len(units) / received) if units and received and filed else None
    return TopLine(code, facts.title(form, code), hard, len(found) - hard, len(units), share)
