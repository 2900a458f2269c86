"""What rules are judged by, and where it stands: one unit's figures and texts, those of its other forms, earlier ones.

In: observations. Out: an `Evidence`. Never: a judgement.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from consolidator.form.judging.verdict import Figures
from consolidator.form.loading.sentences import place_name, whereabouts
from consolidator.form.relations import earlier_code
from consolidator.form.texts.facets import Said, facet_value, offending
from consolidator.form.texts.wording import bare
from consolidator.model.observed import numbers_in, spelled_numbers
from consolidator.rules import REPORT_YEAR, facets
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.form.definition import Form, Rule
    from consolidator.model import Observation
    from consolidator.rules import Values
    from consolidator.validate.beside import Other


class Evidence(Struct, frozen=True, dict=True):
    """One unit's observations by indicator code, all in the sheet `sheet` of `file`; and its `others`, by short name.

    `year` is the year of the report, 0 where it is not known. `previous` are its numbers of the period before; None where
    no earlier figures were given at all.
    """

    form: Form
    observations: Mapping[str, Observation]
    sheet: str
    file: str = ""
    year: int = 0
    others: Mapping[str, Other] = field(default_factory=dict)
    previous: Values | None = None

    @cached_property
    def figures(self) -> Figures:
        """What rules are judged by."""
        return Figures(self.values, self.previous)

    @cached_property
    def numbers(self) -> Mapping[str, Decimal | None]:
        """The usable numbers by indicator code."""
        codes = tuple(self.observations)
        return dict(zip(codes, numbers_in(self.observations, codes), strict=True))

    @cached_property
    def values(self) -> Mapping[str, Decimal | None]:
        """All that rules ask for: the numbers, what functions of texts give, the other forms' figures, the year."""
        values: dict[str, Decimal | None] = dict(self.numbers)
        values |= {key: facet_value(facet, self.said) for key, facet in self.form.facets.items()}
        for code in self.form.elsewhere:
            seen = self._elsewhere(code)
            values[code] = seen.number if seen is not None else None
        return values | {REPORT_YEAR: Decimal(self.year) if self.year else None}

    def operands(self, codes: tuple[str, ...]) -> list[str | None]:
        """What rules ask for as it is spelled, in the order of `codes`: the form's own numbers first, and perhaps no more.

        Nothing is kept of it, as of `values`.
        """
        own = self.form.numeric
        found = spelled_numbers(self.observations, own)
        if more := codes[len(own) :]:
            values = replace(self).values
            found += [None if values[code] is None else str(values[code]) for code in more]
        return found

    def said(self, code: str) -> Said | None:
        """What stands in a text cell, of this form or another one."""
        seen = self.observations.get(code)
        form, theirs = self.form, code
        if seen is None:
            alias, _, theirs = code.partition(".")
            seen = self._elsewhere(code)
            form = self.others[alias].form if alias in self.others else form
        if seen is None or theirs not in form.indicators:
            return None
        value = seen.value if isinstance(seen.value, str) else None
        return Said(form.indicators[theirs].row.type, value, seen.raw, seen.how == "doubled")

    def _elsewhere(self, code: str) -> Observation | None:
        alias, _, theirs = code.partition(".")
        return self.others[alias].seen(theirs) if alias in self.others else None

    def blamed(self, rule: Rule) -> tuple[str, ...]:
        """The indicators that are not single or not distinct, as the rule asks; none for a rule that asks neither."""
        return tuple(dict.fromkeys(code for facet in facets(rule.expression) for code in offending(facet, self.said)))

    def places(self, rule: Rule) -> Mapping[str, str]:
        """What a sentence of the rule may name beyond numbers: texts, other forms' figures and where they stand."""
        by_place = {place_name(code): code for code in (*rule.indicators, *rule.elsewhere)} | dict(rule.places)
        shown: dict[str, str] = {REPORT_YEAR: str(self.year or "")}
        for place, code in by_place.items():
            said = self.said(code) if earlier_code(code) is None else None
            if said is not None and not (code in self.numbers and self.form.indicators[code].numeric):
                shown[place] = " ".join(said.raw.split()) or Word("rule.nothing")
        for place, code in whereabouts(rule).items():
            alias, _, theirs = code.partition(".")
            shown[place] = self.others[alias].whereabouts(theirs, self.file) if alias in self.others else code
        return shown

    @cached_property
    def texts(self) -> Mapping[str, str | None]:
        """What stands in the texts that rules ask for, by code: empty for a blank or a dash, None where it is unusable."""
        asked = (code for rule in self.form.text_rules for code in rule.indicators)
        return {code: _text(self.observations[code]) for code in asked if code in self.observations}

    def cells(self, codes: Iterable[str], sheet: str = "") -> tuple[str, ...]:
        """Addresses of the indicators that have one, in the given order; on one sheet only where it is named."""
        seen = (self.observations[code].address for code in codes if code in self.observations)
        return tuple(address.a1 for address in seen if sheet in ("", address.sheet))

    def sheet_of(self, codes: Iterable[str]) -> str:
        """The sheet of the first of the indicators that has a cell: a form may stand on several sheets."""
        return next((self.observations[code].address.sheet for code in codes if code in self.observations), self.sheet)

    def raw(self, codes: Iterable[str]) -> str:
        """What stands in those cells, joined by `;`."""
        return ";".join(self.observations[code].raw for code in codes if code in self.observations)


def _text(observation: Observation) -> str | None:
    if isinstance(observation.value, str):
        return observation.value
    return None if bare(observation.raw) else ""
