"""Every demand of a rule on texts: an answer, a length, a word, a number that agrees, a year, a day.

In: a `TextRule`, the texts and the numbers of one unit, the year of the report. Out: `TextVerdict`s: one, or one for
each statement that disagrees. Source of the demands: the relations X12–X16 of the annual report.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.findings import Outcome
from consolidator.form.judging.answers import TextVerdict, judge_texts
from consolidator.form.texts.days import last_day, named_day, spoken_year, spoken_years
from consolidator.form.texts.statements import find_statements
from consolidator.form.texts.wording import bare
from consolidator.rules import evaluate, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Mention, TextRule
    from consolidator.rules import Values

_SATISFIED = TextVerdict(Outcome.SATISFIED)


def judge_all(
    rule: TextRule, labels: Mapping[str, str], texts: Mapping[str, str | None], values: Values, year: int | None
) -> tuple[TextVerdict, ...]:
    """The verdicts of `rule`, those that matter: all violated ones, else an undecided one, else that it is satisfied.

    `texts` by indicator code: empty where nothing stands, absent or None where unusable. `year` is the one reported on;
    None: not known, which leaves rules on it undecided.
    """
    verdicts = tuple(_each(rule, labels, texts, values, year))
    for outcome in (Outcome.VIOLATED, Outcome.UNDECIDED):
        those = tuple(verdict for verdict in verdicts if verdict.outcome is outcome)
        if those:
            return those if outcome is Outcome.VIOLATED else those[:1]
    return (_SATISFIED,)


def _each(
    rule: TextRule, labels: Mapping[str, str], texts: Mapping[str, str | None], values: Values, year: int | None
) -> Iterator[TextVerdict]:
    said = {code: text for code in rule.indicators if (text := texts.get(code)) is not None}
    whole = len(said) == len(rule.indicators)
    if rule.must_mention:
        yield _mentioning(rule, said, values, whole=whole)
    else:
        yield judge_texts(rule, labels, texts, values)
    if rule.least_length:
        yield _long_enough(rule, said, whole=whole)
    for code, text in said.items():
        if rule.mentions:
            yield from _agreeing(rule.mentions, code, text, values, year)
        if year is None and (rule.states_year or rule.latest):
            yield TextVerdict(Outcome.UNDECIDED, code)
        elif year is not None:
            yield from _timely(rule, code, text, year)


def _mentioning(rule: TextRule, said: Mapping[str, str], values: Values, *, whole: bool) -> TextVerdict:
    required = True if rule.required_when is None else evaluate(rule.required_when, values)
    words = [bare(word) for word in rule.must_mention]
    if required is False or any(word in bare(text) for text in said.values() for word in words):
        return _SATISFIED
    if required is None or not whole:
        return TextVerdict(Outcome.UNDECIDED)
    return TextVerdict(Outcome.VIOLATED, rule.indicators[0])


def _long_enough(rule: TextRule, said: Mapping[str, str], *, whole: bool) -> TextVerdict:
    nothing = {"", *map(bare, rule.nothing)}
    lengths = {code: 0 if bare(text) in nothing else len(bare(text)) for code, text in said.items()}
    if any(length >= rule.least_length for length in lengths.values()):
        return _SATISFIED
    if not whole:
        return TextVerdict(Outcome.UNDECIDED)
    longest = max(lengths, key=lambda code: lengths[code])
    details = {"length": str(len(bare(said[longest]))), "expected": str(rule.least_length)}
    return TextVerdict(Outcome.VIOLATED, longest, details=details)


def _agreeing(
    mentions: tuple[Mention, ...], code: str, text: str, values: Values, year: int | None
) -> Iterator[TextVerdict]:
    wordings = [(mention.says, mention.none) for mention in mentions]
    for number, statement in find_statements(text, wordings, year):
        mention = mentions[number]
        operands = names(mention.expression)
        expected = evaluate(mention.expression, values)
        if not isinstance(expected, Decimal):
            yield TextVerdict(Outcome.UNDECIDED, code, operands=operands)
        elif statement.figure != expected:
            yield TextVerdict(
                Outcome.VIOLATED, code, found=statement.sentence, operands=operands,
                stated=statement.figure, expected=expected, details={"name": mention.name},
            )  # fmt: skip


def _timely(rule: TextRule, code: str, text: str, year: int) -> Iterator[TextVerdict]:
    if rule.states_year:
        yield _of_the_year(code, text, year)
    if rule.latest:
        yield _in_time(rule, code, text, year)


def _of_the_year(code: str, text: str, year: int) -> TextVerdict:
    """Whether a text that names years is about the year reported on."""
    spoken = spoken_year(text)
    if spoken is None or spoken == year:
        return _SATISFIED
    details = {"stated": str(spoken), "expected": str(year), "years": "、".join(map(str, sorted(spoken_years(text))))}
    return TextVerdict(Outcome.VIOLATED, code, details=details)


def _in_time(rule: TextRule, code: str, text: str, year: int) -> TextVerdict:
    day = named_day(text)
    if day is None:
        return TextVerdict(Outcome.UNDECIDED, code) if bare(text) else _SATISFIED
    limit = last_day(rule.latest, year)
    if day <= limit:
        return _SATISFIED
    return TextVerdict(Outcome.VIOLATED, code, details={"stated": day.isoformat(), "expected": limit.isoformat()})
