"""One filled form on its sheet, or its sheets: header, tables, sign-off, hidden parts.

In: sheets that were recognised as the form. Out: a `Located`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from consolidator.locate.around.complete import is_blank, lacking, signed, whole_form, without_rows_elsewhere
from consolidator.locate.around.heading import SignOffField, find_fields, find_filer, find_titled, texts_in
from consolidator.locate.around.names_around import names_around
from consolidator.locate.around.prose import NO_PROSE, read_prose, without
from consolidator.locate.around.surroundings import read_surroundings
from consolidator.locate.causes import gather_sayings
from consolidator.locate.columns.headers import header_rows
from consolidator.locate.columns.one_line import read_one_line
from consolidator.locate.columns.placing import place_tables
from consolidator.locate.columns.search import find_columns
from consolidator.locate.layout.allotting import allotted, of_table, under_one_another
from consolidator.locate.located import Located, Stated, StatedPeriod
from consolidator.locate.period.at_odds import at_odds, kind_at_odds, name_at_odds
from consolidator.locate.period.dating import find_period, stated_period
from consolidator.locate.period.leaves import headed_otherwise, of_another_unit, without_values
from consolidator.locate.period.months_in_heads import part_in_heads
from consolidator.locate.period.parts import named_part, undated_part
from consolidator.locate.period.said_of_all import said_of_all
from consolidator.locate.period.undated import part_over_columns
from consolidator.locate.sheets.aside import comments, concealed
from consolidator.locate.tables.months_apart import unless_months_differ
from consolidator.locate.tables.table import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.around.prose import Prose
    from consolidator.locate.rows.match import Item
    from consolidator.model import Observation, Period, Sheet


class Page(NamedTuple):
    """A sheet, or its part, with the labels of a form on it, and what stands `below` the last form of the sheet."""

    sheet: Sheet
    items: Sequence[Item]
    below: Sheet | None = None


def read_form(pages: Sequence[Page], form: Form, policy: BlankPolicy | None) -> Located:
    """Everything that a form says that stands on one sheet, or with its tables on several ones."""
    observations: dict[str, Observation] = {}
    findings: list[Finding] = []
    fields: dict[str, SignOffField] = {}
    around: list[Surroundings] = []
    tables: set[str] = set()
    main = pages[0][0]
    proses = [read_prose(page.sheet, form, page.items) for page in pages]
    headings, part = _headings(pages, form, proses)
    whole = next(filter(None, headings), None)
    assumed = whole or part
    for page, prose, stated in zip(pages, proses, headings, strict=True):
        read = _read_page(page, form, policy, prose, stated or whole, assumed.period if assumed else None)
        said = read.said
        filers = [each.filer for each in around if each.filer is not None]
        foreign = (*_of_another_period(page, form, prose, whole, stated), *of_another_unit(said.filer, filers))
        observations.update(prose.observations)
        observations.update(without_values(read.observations) if foreign else read.observations)
        observations.update(said.fields)
        findings.extend((*prose.findings, *read.findings, *foreign, *said.told))
        findings.extend(name_at_odds(page.sheet, whole) if whole is not None and stated is None else ())
        tables |= read.tables
        around.append(said)
        for entry in said.signed:
            if entry.field.key not in fields or entry.text:
                fields[entry.field.key] = entry
    findings = without_rows_elsewhere(form, observations, findings, len(pages))
    findings = whole_form(main.name, form, observations, findings)
    findings.extend((*lacking(main.name, form, tables), *signed(main.name, form, tuple(fields.values()))))
    findings.extend(_asides(pages))
    stated = next((each.period for each in around if each.period), None)
    part = part or next((each.part for each in around if each.part), None)
    return Located(
        form=form,
        sheet=main.name,
        filer=next((each.filer for each in around if each.filer), None),
        period=stated,
        observations=observations,
        findings=tuple(findings),
        blank=is_blank(findings),
        titled=next((each.titled for each in around if each.titled), None),
        part=part if not stated or stated.period.is_year else None,
        named=tuple({each.text: each for said in around for each in said.named}.values()),
    )


def _asides(pages: Sequence[Page]) -> Iterator[Finding]:
    """What is hidden, and the notes, on the sheets of a form; hidden lines once, however many tables stand beside one another."""
    hidden = {
        (said.case, said.sheet, *said.details.items()): said
        for page in reversed(pages)
        for said in concealed(page.sheet)
    }
    yield from reversed(hidden.values())
    yield from (said for page in pages for said in comments(page.sheet))


def _headings(
    pages: Sequence[Page], form: Form, proses: Sequence[Prose]
) -> tuple[list[StatedPeriod | None], StatedPeriod | None]:
    """The period stated over each page's tables; and the part of a year that heads name, where nothing else says it."""
    headings = [heading_period(page.sheet, form, page.items, prose) for page, prose in zip(pages, proses, strict=True)]
    whole = next(filter(None, headings), None)
    tabled = [page for page in pages if page.items and form.keyed]
    part = next(filter(None, (part_in_heads(page.sheet, form, page.items, whole) for page in tabled)), None)
    if whole is not None and part is not None:
        headings = [part if stated is whole else stated for stated in headings]
    return headings, part


class _Part(NamedTuple):
    """What one sheet of a form says: its tables by id, and what stands around them."""

    tables: frozenset[str]
    observations: Mapping[str, Observation]
    findings: Sequence[Finding]
    said: Surroundings


def _read_page(
    page: Page, form: Form, policy: BlankPolicy | None, prose: Prose, stated: StatedPeriod | None, period: Period | None
) -> _Part:
    """The tables of a form that stand on one sheet; `stated` is the period over them, `period` that of the whole form."""
    observations: dict[str, Observation] = {}
    findings: list[Finding] = []
    tables = set()
    first, last = 1 + max((row for row, _ in page.sheet.cells), default=0), 0
    for reader in table_readers(page.sheet, form, page.items, policy, period):
        reading = unless_months_differ(reader, period)
        tables.add(reader.table.id)
        observations.update(reading.observations)
        findings.extend(reading.findings)
        first, last = min(first, reading.first_row), max(last, reading.last_row)
    said = read_around(page.sheet, form, first, last, stated, below=page.below, prose=prose)
    heads = texts_in(page.sheet, range(first, min((item.row for item in page.items), default=first)))
    said = replace(said, named=(*said.named, *names_around(page.sheet, heads, (), form)))
    return _Part(frozenset(tables), observations, gather_sayings(findings), said)


def _of_another_period(
    page: Page, form: Form, prose: Prose, whole: StatedPeriod | None, stated: StatedPeriod | None
) -> tuple[Finding, ...]:
    """That a further sheet of a form is headed with another period than the form: its figures are not the form's."""
    if whole is None or stated is whole:
        return ()
    top, _ = heading_rows(page.sheet, form, page.items)
    return headed_otherwise(at_odds(page.sheet, without(range(1, top), prose), form, whole))


def _sign_off(sheet: Sheet, rows: Sequence[int], form: Form, below: Sheet | None) -> tuple[SignOffField, ...]:
    """The sign-off of a form; where it has none of its own, the one that closes all the forms of its sheet."""
    fields = find_fields(sheet, rows, form.sign_off)
    if below is None or any(entry.label is not None for entry in fields):
        return fields
    return find_fields(below, {row for row, _ in below.cells}, form.sign_off)


class Surroundings(Struct, frozen=True):
    """What stands above and below the tables of a sheet; `fields` are indicators that stand there."""

    filer: Stated | None
    period: StatedPeriod | None
    signed: tuple[SignOffField, ...]
    fields: Mapping[str, Observation]
    told: tuple[Finding, ...] = ()
    titled: Stated | None = None
    part: StatedPeriod | None = None
    named: tuple[Stated, ...] = ()


def read_around(
    sheet: Sheet,
    form: Form,
    first: int,
    last: int,
    stated: StatedPeriod | None,
    *,
    below: Sheet | None = None,
    prose: Prose = NO_PROSE,
) -> Surroundings:
    """Filer, period, sign-off and fields around the rows from `first` to `last`; a period `stated` above wins.

    `below` is what stands under the last of several forms of the sheet; rows of `prose` are none of theirs.
    """
    above = without(range(1, first), prose)
    around = without((*above, *range(last + 1, last + 200)), prose)
    period = stated or find_period(sheet, around, form)
    filer = find_filer(sheet, above, form) or find_filer(sheet, around, form)
    return Surroundings(
        titled=find_titled(sheet, above, form),
        named=names_around(sheet, texts_in(sheet, above), texts_in(sheet, around), form),
        told=_told(sheet, above, around, form, period),
        part=_part(sheet, above, form, period),
        fields=read_surroundings(sheet, form, around),
        filer=filer,
        period=period,
        signed=_sign_off(sheet, around, form, below),
    )


def _told(
    sheet: Sheet, above: Sequence[int], around: Sequence[int], form: Form, period: StatedPeriod | None
) -> tuple[Finding, ...]:
    """What around the tables is at odds with the period, or says that the figures are none of it."""
    odds = (at_odds(sheet, above, form, period) or kind_at_odds(sheet, above, form, period)) if period else ()
    return odds or said_of_all(sheet, above, around, form, period.period if period else None)


def _part(sheet: Sheet, above: Sequence[int], form: Form, period: StatedPeriod | None) -> StatedPeriod | None:
    """The part of a year that a form says which states no year, or a year alone: then its sheet may be named for one."""
    if period is None:
        return undated_part(sheet, above, form) or part_over_columns(sheet, form)
    return named_part(sheet) if period.period.is_year else None


def bare_form(sheet: Sheet, form: Form, first: int, last: int) -> Located:
    """What stands around the values of a form without labels, which lie in the rows from `first` to `last`."""
    around = (*range(1, first), *range(last + 1, last + 200))
    fields = find_fields(sheet, around, form.sign_off)
    findings = (*signed(sheet.name, form, fields), *concealed(sheet), *comments(sheet))
    filer, period = find_filer(sheet, around, form), find_period(sheet, around, form)
    return Located(form, sheet.name, filer, period, {}, findings, blank=False)


def table_readers(
    sheet: Sheet, form: Form, items: Sequence[Item], policy: BlankPolicy | None, period: Period | None
) -> Iterator[TableReader]:
    """The tables of a form that stand on a sheet, each ready to be read."""
    items = allotted(sheet, form, items) if len(form.grids) > 1 else items
    if form.keyed:
        for placed in place_tables(sheet, form, items, period):
            if own := of_table(placed.table, placed.items):
                yield TableReader(sheet, form, placed.table, own, policy, placed.columns, period=period)
        return
    for table, part, mine in under_one_another(sheet, form, items):
        columns, labels = read_one_line(part, table, mine) or (find_columns(part, mine, table, period), mine)
        yield TableReader(part, form, table, labels, policy, columns, period=period)


def heading_period(sheet: Sheet, form: Form, items: Sequence[Item], prose: Prose = NO_PROSE) -> StatedPeriod | None:
    """The period stated above the table, else over its columns; never one that a chapter speaks of."""
    return period_above(sheet, form, *heading_rows(sheet, form, items), prose)


def heading_rows(sheet: Sheet, form: Form, items: Sequence[Item]) -> tuple[int, int]:
    """The first row of the header, and the first row of indicators."""
    first = min(item.row for item in items)
    headers = (row for table in form.grids for row in header_rows(sheet, table))
    return min([first, *headers]), first


def period_above(sheet: Sheet, form: Form, top: int, first: int, prose: Prose = NO_PROSE) -> StatedPeriod | None:
    """The period stated above the header, else over the columns."""
    over = (without(range(1, top), prose), without(range(top, first), prose))
    return stated_period(sheet, over[0], form) or stated_period(sheet, over[1], form, over_columns=True)
