"""Who is in a total and who is not, in words (应报、已报、已汇总): stands on the face of every total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.write.plans.category_plan import MOST, category_name, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import CountyTable, Coverage
    from consolidator.write.plans.facts import Facts

NAMES_ON_A_FACE = 40
"""How many names one line lists before it says where the rest stand."""


def coverage_lines(facts: Facts, coverage: Coverage) -> list[str]:
    """The counts in one line, then the units left out grouped by reason, then the missing ones."""
    return [counts_line(facts, coverage), *left_out_lines(facts, coverage), *missing_lines(facts, coverage)]


def counts_line(facts: Facts, coverage: Coverage) -> str:
    """`应报 13　已报 12　已汇总 10　未汇总 2　未报 1`; without a roster it says that nobody can be missing."""
    counts = {
        "required": "" if coverage.required is None else str(coverage.required),
        "received": str(coverage.received),
        "consolidated": str(coverage.consolidated),
        "left_out": str(len(coverage.left_out)),
        "missing": str(len(coverage.missing)),
    }
    return facts.word("coverage", "counts" if coverage.required is not None else "counts_no_roster", **counts)


def left_out_lines(facts: Facts, coverage: Coverage) -> list[str]:
    """One line naming the units that sent something but are not in the total, by reason; none when there are none."""
    reasons: dict[str, list[str]] = {}
    for name, status in coverage.left_out:
        reasons.setdefault(status.value, []).append(name)
    parts = [
        facts.word("coverage", "reason", reason=facts.word("status", status), names=named(facts, names))
        for status, names in reasons.items()
    ]
    if not parts:
        return []
    return [facts.word("coverage", "left_out", parts=facts.word("mark", "semicolon").join(parts))]


def missing_lines(facts: Facts, coverage: Coverage) -> list[str]:
    """One line naming the units that sent nothing; none when there are none."""
    return [facts.word("coverage", "missing", names=named(facts, coverage.missing))] if coverage.missing else []


def category_lines(facts: Facts, table: CountyTable) -> list[str]:
    """One line on the units of each category, and where their totals stand; none where the roster has no categories."""
    if not table.categories:
        return []
    if not parted(table):
        return [facts.word("category", "too_many", count=str(len(table.categories)), most=str(MOST))]
    parts = [
        facts.word(
            "category",
            "part",
            name=category_name(facts, part.name),
            required=str(part.coverage.required or 0),
            consolidated=str(part.coverage.consolidated),
        )
        for part in table.categories
    ]
    return [facts.word("category", "line", parts=facts.word("mark", "semicolon").join(parts))]


def named(facts: Facts, names: Sequence[str]) -> str:
    """The names as a sentence lists them; of very many the first ones and how many there are."""
    shown = facts.joined(list(names[:NAMES_ON_A_FACE]))
    if len(names) <= NAMES_ON_A_FACE:
        return shown
    return facts.word("coverage", "more", names=shown, count=str(len(names)))
