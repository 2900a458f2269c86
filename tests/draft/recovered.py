"""How much of a form's real definition a draft made from its printed form recovers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.draft import plan_of, written
from consolidator.form import Relation, ValueType, load_text
from consolidator.form.texts.wording import wording
from consolidator.model import FileFormat, Workbook
from consolidator.rules import Comparison, names
from tests.locate.grids import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from consolidator.form import Form
    from tests.filings import Page


def drafted(pages: Iterable[Page]) -> tuple[Form, str]:
    """The definition drafted from some worksheets, and its text."""
    plan = plan_of(Workbook(FileFormat.XLSX, tuple(map(sheet_of, pages))))
    assert plan is not None
    text = written(plan, "drafted", "blank.xlsx", "zh")
    return load_text(text, "drafted.yaml"), text


@dataclass(frozen=True)
class Recovered:
    """What of the real definition the draft has, and what it lacks, by kind of fact."""

    lacking: dict[str, list[object]]
    total: int

    @property
    def share(self) -> float:
        return 1 - sum(map(len, self.lacking.values())) / self.total


def recovered(real: Form, draft: Form, *, groups: bool = True) -> Recovered:
    """Compare row by row: label, level, parent, type, unit of measure, relation; then columns; then sums."""
    wanted, found = facts(real, groups), facts(draft, groups)
    lacking = {kind: sorted(wanted[kind] - found[kind], key=str) for kind in wanted}
    return Recovered({kind: left for kind, left in lacking.items() if left}, sum(map(len, wanted.values())))


def facts(form: Form, groups: bool) -> dict[str, set[object]]:
    said: dict[str, set[object]] = {key: set() for key in ("row", "tree", "type", "unit", "relation", "column", "sum")}
    for table in form.grids:
        for row in table.rows:
            way = path(form, row.code)
            said["row"].add(way)
            said["tree"].add((way, row.level))
            said["type"].add((way, row.type))
            if row.type in {ValueType.COUNT, ValueType.MONEY}:
                said["unit"].add((way, row.unit_of_measure))
            if row.relation is not Relation.NONE:
                said["relation"].add((way, row.relation))
            said["column"].update(
                (way, wording(column.label), wording(column.group) if groups and column.group else "")
                for column in table.columns
            )
    said["sum"].update(sums(form))
    return said


def path(form: Form, code: str) -> tuple[str, ...]:
    row = form.rows[code]
    return (*(path(form, row.parent) if row.parent else ()), wording(row.label))


def sums(form: Form) -> Iterator[object]:
    """Every relation of the tree, and every one in which a cell equals the sum of others."""
    for rule in form.rules:
        comparison = rule.expression
        if not isinstance(comparison, Comparison):
            continue
        left, right = (names(side) for side in comparison.operands[:2])
        if rule.derived or (comparison.operators == ("=",) and len(left) == 1 and len(right) > 1):
            yield (
                comparison.operators,
                *(frozenset(cell(form, code) for code in names(side)) for side in comparison.operands),
            )


def cell(form: Form, code: str) -> object:
    row, _, key = code.partition(".")
    column = next((column for column in (form.indicators[code].column,) if column.key == key), None)
    return path(form, row), wording(column.label) if column and key else ""
