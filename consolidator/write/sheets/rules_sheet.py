"""审核关系一览: every rule in words, how it came out and with whom; other checks; rules that could not be judged."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.form.definition import Rule
from consolidator.form.printing.spoken import relation_in_words
from consolidator.write.plans.facts import owner, rules_of
from consolidator.write.sheets.listing import FIRST, HEADER, HINT, TITLE, Looks, Teller, head, level_style, portions
from consolidator.write.workbook import limits, styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.form.definition import Form, TextRule
    from consolidator.model import RuleTally
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.typesetting import Canvas, Typesetter

_COLUMNS: Mapping[str, float] = {
    "rule": 7,
    "rule_title": 41,
    "formula": 31,
    "level": 6,
    "basis": 25,
    "satisfied": 7,
    "violated": 7,
    "undecided": 8,
    "failing_units": 32,
}
_NAMES_SHOWN = 20
_LOOKS = Looks.of(styles.BODY)


class RulesSheet(Struct, frozen=True):
    """Writes the catalogue of rules with their tallies, then the other checks, then what stayed undecided."""

    teller: Teller

    def write(self, book: Book, name: str) -> None:
        """Make the sheet and fill it; rules that stayed undecided too often for one sheet go on on further ones."""
        facts = self.teller.facts
        page = book.page(name)
        page.columns(list(_COLUMNS.values()))
        names = [facts.word("column", key) for key in _COLUMNS]
        head(page, facts.word("rules", "title"), facts.word("rules", "hint"), names, above=(TITLE, HINT, HEADER))
        at = FIRST
        for form in facts.forms.values():
            at = self._rules(page, at, form)
        page.sheet.autofilter(HEADER, 0, max(HEADER, at - 1), len(names) - 1)
        at = self._others(page, at + 1)
        room = limits.EXCEL_ROWS_A_SHEET - at - 2
        blocks: list[tuple[Page, int, Sequence[Finding]]] = [(page, at, facts.undecided[:room])]
        for sheet, lines in portions(facts.undecided[room:], name, before=1):
            if lines:
                blocks.append((book.page(sheet), 0, lines))
        for sheet_page, first, lines in blocks:
            if first == 0:
                sheet_page.columns(list(_COLUMNS.values()))
            last = self._undecided(sheet_page, first, lines)
            sheet_page.sheet.freeze_panes(FIRST if first else first + 2, 1)
            sheet_page.print_as(landscape=True, header=(TITLE, TITLE), last=(last, len(names) - 1))

    def _rules(self, page: Page, at: int, form: Form) -> int:
        facts = self.teller.facts
        tallies = {tally.rule: tally for tally in facts.result.tallies.get(form.id, ())}
        failing = self._failing(form.id)
        for rule in rules_of(form):
            page.text(at, 0, rule.id, styles.BODY_CENTRE)
            page.text(at, 1, facts.title(form.id, rule.id), styles.BODY)
            page.text(at, 2, self._formula(form, rule), styles.BODY)
            page.text(at, 3, facts.word("severity", rule.severity), level_style(rule.severity))
            page.text(at, 4, rule.basis, styles.BODY.but(size=9))
            tally = tallies.get(rule.id)
            self._tally(page, at, tally, self._unjudged(form, rule, tally))
            page.text(at, 8, self._names(failing[rule.id]), styles.BODY.but(size=9))
            at += 1
        return at

    def _formula(self, form: Form, rule: Rule | TextRule) -> str:
        """The relation in the form's own words; of a rule on texts, which texts it looks at."""
        facts = self.teller.facts
        if isinstance(rule, Rule):
            return relation_in_words(form, rule, facts.texts)
        return facts.word(
            "rules", "text_rule", names=facts.joined(list(dict.fromkeys(form.names[code] for code in rule.indicators)))
        )

    def _unjudged(self, form: Form, rule: Rule | TextRule, tally: RuleTally | None) -> str:
        """Why a rule was not judged: another form lacks, there are no earlier figures, or none that compare; else empty."""
        facts = self.teller.facts
        if tally is not None and tally.lacked:
            return facts.word("rules", "other_form_lacks", forms=facts.joined(tally.lacked))
        if tally is not None or not isinstance(rule, Rule) or not rule.earlier:
            return ""
        return facts.word("rules", "not_comparable" if form.id in facts.result.comparisons else "not_judged")

    def _tally(self, page: Page, at: int, tally: RuleTally | None, unjudged: str) -> None:
        if unjudged:
            page.span(at, 5, 7, unjudged, styles.BODY_CENTRE.but(size=9))
        elif tally is None:
            for column in (5, 6, 7):
                page.text(at, column, self.teller.facts.word("mark", "no_value"), styles.BODY_CENTRE)
        else:
            page.count(at, 5, tally.satisfied, styles.BODY_CENTRE)
            page.count(at, 6, tally.violated, styles.BODY_CENTRE.but(bold=bool(tally.violated)))
            page.count(at, 7, tally.undecided, styles.BODY_CENTRE)

    def _failing(self, form: str) -> Mapping[str, list[str]]:
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for finding in (*self.teller.facts.hard, *self.teller.facts.soft, *self.teller.facts.info):
            if finding.form == form:
                names[finding.code][self.teller.facts.owner_name(finding)] = None
        return defaultdict(list, {code: list(owners) for code, owners in names.items()})

    def _names(self, names: list[str]) -> str:
        facts = self.teller.facts
        shown = facts.joined(names[:_NAMES_SHOWN])
        return (
            shown if len(names) <= _NAMES_SHOWN else facts.word("coverage", "more", names=shown, count=str(len(names)))
        )

    def _others(self, page: Page, at: int) -> int:
        """Checks of reading, layout and values: what they are, how often they spoke, what to do."""
        facts = self.teller.facts
        groups: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in (*facts.hard, *facts.soft, *facts.info, *facts.notes):
            if (finding.form, finding.code) not in facts.rules:
                groups[finding.code].append(finding)
        if not groups:
            return at
        page.span(at, 0, len(_COLUMNS) - 1, facts.word("rules", "others"), styles.SECTION)
        keys = ("rule", "check_title", "remedy", "level", "why", "findings", "units", "", "failing_units")
        for column, key in enumerate(keys):
            page.text(at + 1, column, facts.word("column", key) if key else "", styles.HEADER)
        for row, code in enumerate(sorted(groups), start=at + 2):
            self._other(page, row, code, groups[code])
        return at + 3 + len(groups)

    def _other(self, page: Page, at: int, code: str, findings: list[Finding]) -> None:
        facts = self.teller.facts
        severity = min((f.severity for f in findings), key=list(Severity).index)
        names = list(dict.fromkeys(facts.owner_name(f) for f in findings))
        page.text(at, 0, code, styles.BODY_CENTRE)
        page.text(at, 1, facts.texts.title(code), styles.BODY)
        page.text(at, 2, str(facts.texts.codes[code]["remedy"]), styles.BODY)
        page.text(at, 3, facts.word("severity", severity), level_style(severity))
        page.text(at, 4, str(facts.texts.codes[code]["why"]), styles.BODY.but(size=9))
        page.count(at, 5, len(findings), styles.BODY_CENTRE)
        page.count(at, 6, len({owner(f) for f in findings}), styles.BODY_CENTRE)
        page.blank(at, 7, 7, styles.BODY)
        page.text(at, 8, self._names(names), styles.BODY.but(size=9))

    def _undecided(self, page: Page, at: int, lines: Sequence[Finding]) -> int:
        """The rules that could not be judged, from row `at` on; gives the last row."""
        facts = self.teller.facts
        count = len(facts.undecided)
        title = facts.word("rules", "undecided" if count else "none_undecided", count=str(count))
        page.span(at, 0, len(_COLUMNS) - 1, title, styles.SECTION)
        if not lines:
            return at
        keys = ("rule", "message", "unit", "level", "cells", "", "", "", "file")
        for column, key in enumerate(keys):
            page.text(at + 1, column, facts.word("column", key) if key else "", styles.HEADER)
        levels = [level_style(severity) for severity in Severity]
        page.body(
            at + 2, len(lines), lambda setter: self._rows(setter, at + 2, lines), [*_LOOKS.all, *levels], [_LOOKS.body]
        )
        return at + 1 + len(lines)

    def _rows(self, setter: Typesetter, first: int, lines: Sequence[Finding]) -> Iterator[str]:
        for row, finding in enumerate(lines, start=first):
            self._line(setter, row, finding)
            yield setter.take(row)

    def _line(self, canvas: Canvas, row: int, finding: Finding) -> None:
        facts = self.teller.facts
        canvas.text(row, 0, finding.code, _LOOKS.middle)
        canvas.text(row, 1, facts.message(finding), _LOOKS.body)
        canvas.text(row, 2, facts.owner_name(finding), _LOOKS.body)
        canvas.text(row, 3, facts.word("severity", finding.severity), level_style(finding.severity))
        canvas.link(row, 4, self.teller.cells(finding), _LOOKS.body, self.teller.target(finding))
        canvas.blank(row, 5, 7, _LOOKS.body)
        canvas.text(row, 8, finding.file, _LOOKS.small)
