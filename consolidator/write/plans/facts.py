"""What the sheets say about a run, worked out once: findings by kind and unit, and their sentences."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Outcome, Severity
from consolidator.write.plans.figures import Figures
from consolidator.write.workbook.text import CELL_LIMIT, beginning, fits_cell, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.form.definition import Form, Rule, TextRule
    from consolidator.model import Consolidation, Observation, Period, UnitRow
    from consolidator.terms import Catalogue


_WIDEST = 9
"""What a character may become in a cell: `[U+FFFFF]`."""
_EXCERPT_ROOM = 80
"""What the words around an excerpt may take."""


class Facts(Struct, frozen=True, dict=True):
    """A run and the words of one language. All lists of findings are sorted by unit, in the order of the tables."""

    result: Consolidation
    texts: Catalogue

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The forms of the run by id."""
        return {table.form.id: table.form for table in self.result.tables}

    @cached_property
    def figures(self) -> Mapping[str, Figures]:
        """The units' numbers as digits by form id."""
        return {table.form.id: Figures(table, tuple(table.form.indicators.values())) for table in self.result.tables}

    @cached_property
    def rules(self) -> Mapping[tuple[str, str], Rule | TextRule]:
        """Every rule by form id and rule id."""
        return {(form.id, rule.id): rule for form in self.forms.values() for rule in rules_of(form)}

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], UnitRow]:
        """Every row of the tables by form id and the unit's code or name."""
        return {(table.form.id, row.unit.key): row for table in self.result.tables for row in table.rows}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Place of every unit in the order of the tables, by its code or name."""
        return {key: rank for rank, key in enumerate(dict.fromkeys(key for _, key in self.rows))}

    @cached_property
    def hard(self) -> tuple[Finding, ...]:
        """Violations that reject a unit (差错清单)."""
        return self._violations(Severity.HARD)

    @cached_property
    def soft(self) -> tuple[Finding, ...]:
        """Violations that ask for an explanation (核实清单)."""
        return self._violations(Severity.SOFT)

    @cached_property
    def info(self) -> tuple[Finding, ...]:
        """What a reader may want to know."""
        return self._violations(Severity.INFO)

    @cached_property
    def notes(self) -> tuple[Finding, ...]:
        """What the reading normalised (规范化处理记录)."""
        return self._sorted([f for f in self.result.findings if f.severity is Severity.NOTE])

    @cached_property
    def undecided(self) -> tuple[Finding, ...]:
        """Rules that could not be judged, because an operand has no usable value."""
        return self._sorted([f for f in self.result.findings if f.outcome is Outcome.UNDECIDED])

    @cached_property
    def unit_counts(self) -> Mapping[Severity, Counter[str]]:
        """How many violations each owner has, by severity."""
        lists = {Severity.HARD: self.hard, Severity.SOFT: self.soft, Severity.INFO: self.info}
        return {severity: Counter(owner(f) for f in found) for severity, found in lists.items()}

    def word(self, section: str, key: str, **details: str) -> str:
        """A word or sentence of the catalogue, its places filled in."""
        return self.texts.text(section, key, **details)

    def fitted(self, text: str) -> str:
        """A text as a cell holds it: of one that is too long for Excel the beginning, and how long it is."""
        if len(text) * _WIDEST <= CELL_LIMIT or fits_cell(shown := visible(text)):
            return text
        length = str(len("".join(text.split())))
        return self.word("mark", "excerpt", text=beginning(shown, _EXCERPT_ROOM), length=length)

    def period(self, period: Period) -> str:
        """A period as the language writes it."""
        return period.chinese if self.texts.language == "zh" else str(period)

    def joined(self, parts: list[str] | tuple[str, ...]) -> str:
        """A list as it is written in a sentence: `甲镇、乙镇`."""
        return self.word("mark", "comma").join(parts)

    def message(self, finding: Finding) -> str:
        """The sentence of a finding; put together once, for several sheets tell it."""
        sentence = self._sentences.get(id(finding))
        if sentence is None:  # the findings live as long as the run, and so do their identities
            sentence = self._sentences[id(finding)] = self.texts.message(finding, self.forms)
        return sentence

    @cached_property
    def _sentences(self) -> dict[int, str]:
        return {}

    def owner_name(self, finding: Finding) -> str:
        """Who a finding is about, as people call it: the unit, else the file, else the county's total."""
        return finding.unit_name or finding.unit_code or finding.file or self.word("list", "county_total")

    def title(self, form: str, code: str) -> str:
        """What a code is about: the rule's title, or the catalogue's."""
        rule = self.rules.get((form, code))
        if rule is None:
            return self.texts.title(code)
        return rule.title.get(self.texts.language) or rule.title["zh"]

    def observation(self, finding: Finding) -> Observation | None:
        """The value in the file that a finding about one indicator speaks of, where the tables hold it."""
        row = self.rows.get((finding.form, owner(finding)))
        if row is None or row.file != finding.file or len(finding.indicators) != 1:
            return None
        return row.values.get(finding.indicators[0])

    def _violations(self, severity: Severity) -> tuple[Finding, ...]:
        found = [f for f in self.result.findings if f.severity is severity and f.outcome is Outcome.VIOLATED]
        return self._sorted(found)

    def _sorted(self, findings: list[Finding]) -> tuple[Finding, ...]:
        ranks = dict(self.ranks)
        for finding in findings:
            ranks.setdefault(owner(finding), len(ranks))
        return tuple(sorted(findings, key=lambda f: ranks[owner(f)]))


def rules_of(form: Form) -> list[Rule | TextRule]:
    """All rules of a form, those on text last."""
    return [*form.all_rules]


def owner(finding: Finding) -> str:
    """What tells apart whom findings are about: the unit's code or name, else the file; empty for the county itself."""
    return finding.unit_code or finding.unit_name or finding.file
