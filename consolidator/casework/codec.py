"""Sightings as plain values and back: small enough to travel between processes and machines, or to be kept in a file.

In: what `locate` made of a workbook. Out: tuples of texts, whole numbers, bytes and None, and nothing else; from them the
same sighting, whose observations are made only when asked for. Never: a value or a word changed on the way.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate import Located, Stated, StatedPeriod, Unlocated
from consolidator.model import CellAddress, Period
from consolidator.model.observed import Layout, Observed, spelled, spelled_raw
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.form import Form
    from consolidator.model import Observation
    from consolidator.model.observed import Spelled

_SMALL = 4  # digits

Plain = tuple[Any, ...]
"""Texts, whole numbers, bytes, None, and tuples of them."""


class Sighting(Struct, frozen=True):
    """What was seen in one file: what the reader noticed, and the filled forms or why there are none."""

    findings: tuple[Finding, ...]
    seen: tuple[Located, ...] | Unlocated


def encoded(sighting: Sighting) -> Plain:
    """The sighting as plain values."""
    findings = tuple(map(encoded_finding, sighting.findings))
    seen = sighting.seen
    if isinstance(seen, Unlocated):
        other = seen.other.id if seen.other else None
        filed = _located(seen.filed) if seen.filed else None
        return findings, None, (seen.found, seen.expected.id, other, filed, seen.tables)
    return findings, tuple(map(_located, seen)), None


def decoded(plain: Plain, forms: Mapping[str, Form]) -> Sighting:
    """The sighting again; `forms` by id are those that were looked for."""
    findings, located, unlocated = plain
    noticed = tuple(map(decoded_finding, findings))
    if located is not None:
        return Sighting(noticed, tuple(_as_located(each, forms) for each in located))
    found, expected, other, filed, tables = unlocated
    seen = Unlocated(
        found=found,
        expected=forms[expected],
        other=forms[other] if other else None,
        filed=_as_located(filed, forms) if filed else None,
        tables=tables,
    )
    return Sighting(noticed, seen)


def encoded_finding(finding: Finding) -> Plain:
    """A finding without its owner; a detail that is a word of the catalogue is marked as one."""
    details = tuple((key, str(text), int(isinstance(text, Word))) for key, text in finding.details.items())
    return (
        finding.code, finding.severity.value, finding.case, finding.outcome.value, finding.indicators, finding.sheet,
        finding.cells, finding.observed, finding.expected, finding.difference, details,
    )  # fmt: skip


def decoded_finding(plain: Plain) -> Finding:
    """The finding again."""
    code, severity, case, outcome, indicators, sheet, cells, observed, expected, difference, details = plain
    told = {key: Word(text) if word else text for key, text, word in details}
    return Finding(
        code, _SEVERITIES[severity], case, _OUTCOMES[outcome], indicators, sheet, cells, observed, expected, difference,
        told,
    )  # fmt: skip


_SEVERITIES = {each.value: each for each in Severity}
_OUTCOMES = {each.value: each for each in Outcome}


def _located(located: Located) -> Plain:
    return (
        located.form.id, located.sheet, _filer(located.filer), _period(located.period),
        _observations(located.observations, located.form, located.sheet),
        tuple(map(encoded_finding, located.findings)), int(located.blank), int(located.alone),
        _filer(located.titled), _period(located.part), tuple(map(_filer, located.named)),
    )  # fmt: skip


def _as_located(plain: Plain, forms: Mapping[str, Form]) -> Located:
    form_id, sheet, filer, period, observations, findings, blank, alone, titled, part, named = plain
    form = forms[form_id]
    return Located(
        form=form,
        sheet=sheet,
        filer=_as_filer(filer),
        period=_as_period(period),
        observations=_as_observed(observations, form, sheet),
        findings=tuple(map(decoded_finding, findings)),
        blank=bool(blank),
        alone=bool(alone),
        titled=_as_filer(titled),
        part=_as_period(part),
        named=tuple(filter(None, map(_as_filer, named))),
    )


def _as_filer(plain: Plain | None) -> Stated | None:
    return Stated(plain[0], CellAddress(*plain[1:4]), plain[4]) if plain else None


def _as_period(plain: Plain | None) -> StatedPeriod | None:
    return StatedPeriod(Period(*plain[:4]), CellAddress(*plain[4:7]), plain[7]) if plain else None


def _filer(stated: Stated | None) -> Plain | None:
    return (stated.text, *_address(stated.address), stated.raw) if stated else None


def _period(stated: StatedPeriod | None) -> Plain | None:
    if stated is None:
        return None
    period = stated.period
    return (period.year, period.quarter, period.month, period.span, *_address(stated.address), stated.raw)


def _address(address: CellAddress) -> tuple[str, int, int]:
    return address.sheet, address.row, address.column


def _observations(observations: Mapping[str, Observation], form: Form, sheet: str) -> Plain:
    """Codes (None: all of the form's), places as packed numbers, numbers in one text, and by number what is unusual.

    In that text, which is parted by spaces, nothing stands for what is no number; texts stand apart.
    """
    observed = observations if isinstance(observations, Observed) else _observed(observations, sheet)
    named, packed = _packed(observed.layout, tuple(form.indicators))
    values = observed.spelled
    numbers = " ".join([value if isinstance(value, str) else "" for value in values])
    texts = tuple((number, *value) for number, value in enumerate(values) if isinstance(value, tuple))
    unusual = (tuple(each.items()) for each in (observed.raws, observed.hows, observed.sheets))
    return named, packed, numbers, texts, *unusual


def _observed(observations: Mapping[str, Observation], sheet: str) -> Observed:
    """Any observations in their small shape."""
    seen = tuple(observations.values())
    values = tuple(spelled(each.value) for each in seen)
    return Observed(
        Layout(tuple(observations), tuple((each.address.row, each.address.column) for each in seen)),
        sheet,
        values,
        {number: each.raw for number, each in enumerate(seen) if each.raw != spelled_raw(values[number])},
        {number: each.how for number, each in enumerate(seen) if each.how != "label"},
        {number: each.address.sheet for number, each in enumerate(seen) if each.address.sheet != sheet},
    )


@lru_cache(maxsize=512)
def _packed(layout: Layout, usual: tuple[str, ...]) -> tuple[tuple[str, ...] | None, bytes]:
    places = [number for place in layout.places for number in place]
    return None if layout.codes == usual else layout.codes, struct.pack(f"<{len(places)}I", *places)


def _as_observed(plain: Plain, form: Form, sheet: str) -> Observed:
    named, packed, numbers, texts, raws, hows, sheets = plain
    codes = tuple(form.indicators) if named is None else named
    values: list[Spelled] = [_one_for_all(text) or None for text in numbers.split(" ")] if codes else []
    for number, text in texts:
        values[number] = (text,)
    layout = _layout(codes, packed)
    return Observed(layout, sheet, tuple(values), _by_number(raws), _by_number(hows), _by_number(sheets))


def _one_for_all(text: str) -> str:
    """The same object for the same small number: a nation has millions of them."""
    return intern(text) if len(text) <= _SMALL else text


def _by_number(pairs: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    return dict(pairs) if pairs else _NOTHING


_NOTHING: Mapping[int, str] = {}


@lru_cache(maxsize=4096)
def _layout(codes: tuple[str, ...], packed: bytes) -> Layout:
    """One layout for all forms on one template."""
    places = struct.unpack(f"<{len(packed) // 4}I", packed)
    return Layout(codes, tuple(zip(places[::2], places[1::2], strict=True)))
