"""The rules that a blank form judges while it is filled in: where they colour cells, what they say, how they stand.

In: the plan of a blank form. Out: conditions and formulas for its sheets. Only rules that Excel can judge, and only once
all their numbers are there; the others are listed in 填报说明 without a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.rules import names
from consolidator.write.plans.excel_rules import LONGEST, Alarm, address, alarm, filled, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.terms import Catalogue
    from consolidator.write.blanks.blank_plan import BlankPlan

_LONGEST_TEXT = 200  # characters of a text inside a formula; Excel takes 255


class BlankChecks(Struct, frozen=True, dict=True):
    """What the rules of a form say on its blank sheet, in the words of one language."""

    plan: BlankPlan
    texts: Catalogue

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """Every rule that Excel can judge, once for each column or row that it is written for."""
        found = (alarm(rule, self.plan.numbers) for rule in self.plan.form.rules)
        return tuple(each for each in found if each is not None)

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[Alarm]]:
        """The same by rule id."""
        found: defaultdict[str, list[Alarm]] = defaultdict(list)
        for each in self.alarms:
            found[each.rule.id].append(each)
        return found

    def messages(self) -> dict[int, str]:
        """By row: the formula that names every violated rule whose first number stands there."""
        rows: defaultdict[int, dict[str, list[Alarm]]] = defaultdict(lambda: defaultdict(list))
        for each in self.alarms:
            rows[self._row(each)][each.rule.id].append(each)
        return {row: formula for row, rules in sorted(rows.items()) if (formula := self._message(rules))}

    def state(self, rule_id: str, messages: str) -> str:
        """The formula that tells how a rule stands, given the area of the messages; empty where Excel cannot judge it."""
        alarms = self.by_rule.get(rule_id, ())
        if not alarms:
            return ""
        codes = dict.fromkeys(code for each in alarms for code in each.operands)
        complete = filled(codes, self.plan.numbers, self.sheet)
        wanted = quoted(f"*{self._mark(rule_id)}*")
        words = (quoted(self.texts.word("template", key)) for key in ("violated", "satisfied", "open"))
        violated, satisfied, waiting = words
        return f"IF(COUNTIF({messages},{wanted})>0,{violated},IF({complete},{satisfied},{waiting}))"

    @property
    def sheet(self) -> str:
        """The form's sheet, as a formula on another one names it."""
        return f"'{self.plan.name}'!"

    def area(self) -> str:
        """All of the form's sheet, as a formula on another one names it."""
        return f"{self.sheet}{address(0, 0)}:{address(self.plan.end, self.plan.last_column + 1)}"

    def _row(self, each: Alarm) -> int:
        own = [code for code in names(each.rule.expression) if code in each.operands]
        return self.plan.numbers[(own or each.operands)[0]][0]

    def _message(self, rules: Mapping[str, Sequence[Alarm]]) -> str:
        """The parts for each rule, joined; what would make the formula too long is left to the colours."""
        parts: list[str] = []
        for rule_id, alarms in rules.items():
            conditions = ",".join(each.violated for each in alarms)
            title = alarms[0].rule.title
            said = title.get(self.texts.language) or title["zh"]
            text = self.texts.text("template", "message", mark=self._mark(rule_id), title=said[:_LONGEST_TEXT])
            part = f'IF(OR({conditions}),{quoted(text)},"")'
            if sum(map(len, parts)) + len(parts) + len(part) <= LONGEST:
                parts.append(part)
        return "&".join(parts)

    def _mark(self, rule_id: str) -> str:
        return self.texts.text("template", "mark", rule=rule_id)
