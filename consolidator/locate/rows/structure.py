"""What is wrong with the rows: missing, extra, doubled, moved, reworded (指标行应齐全且不重复).

In: the alignment and the rows of the sheet that carry no label of the form. Out: findings.
Near wordings are proposed with their similarity; their numbers are never taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import Row, ValueType
from consolidator.locate.words.labels import core
from consolidator.model import a1, column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from consolidator.locate.rows.align import Alignment
    from consolidator.locate.rows.match import Item

_NEAR = 60.0  # similarity from which a wording is proposed; nothing is decided by it
_MANY = 10  # more missing rows than this are told in one sentence


class Stranger(Struct, frozen=True):
    """A row in or under the table whose label is not the form's. `value` is what stands in the value column.

    `gravity` is that of a row that is like none of the form's; `unfilled` tells of one among rows of many columns, which
    have no column for a unit of measure to know a row by.
    """

    row: int
    column: int
    label: str
    value: str
    carries_unit: bool
    gravity: Severity = Severity.HARD
    unfilled: bool = False


def judge_rows(
    sheet: str,
    alignment: Alignment,
    rows: Mapping[str, Row],
    strangers: Sequence[Stranger],
    doubled: Mapping[str, Sequence[Item]],
    hidden: Collection[int] = (),
) -> tuple[Finding, ...]:
    """Findings about rows, without owner; `doubled` are the lines of rows for which more than one filled line stands.

    `hidden` are the lines that nobody sees.
    """
    missing = [row for code, row in rows.items() if code not in alignment.items]
    proposals = _proposals(missing, strangers, rows, alignment)
    accounted = {near.code for near, _ in proposals.values()}
    accounted |= {code for item in alignment.undecided for code in item.codes}
    absent = [row for row in missing if row.code not in accounted]
    return (
        *(_near(sheet, stranger, *proposals[stranger]) for stranger in strangers if stranger in proposals),
        *_extras(sheet, strangers, proposals),
        *_missing(sheet, absent),
        *(_doubled(sheet, rows[code], doubled[code], hidden) for code in rows if code in doubled),
        *(_ambiguous(sheet, item) for item in alignment.undecided),
        *_aliases(sheet, alignment, rows, doubled),
        *_moved(sheet, alignment, rows),
    )


def _proposals(
    missing: Sequence[Row], strangers: Sequence[Stranger], rows: Mapping[str, Row], alignment: Alignment
) -> dict[Stranger, tuple[Row, float]]:
    """The missing row that each stranger most resembles, each row proposed once, the most similar pair first."""
    if not missing or not strangers:
        return {}
    from rapidfuzz import fuzz  # noqa: PLC0415 - only where something is wrong

    pairs = []
    for stranger in strangers:
        for row in missing:
            if row.type is ValueType.HEADING and (stranger.value or stranger.carries_unit):
                continue
            score = fuzz.ratio(core(stranger.label), core(row.label))
            if score >= _NEAR:
                pairs.append((_stands_at(stranger, row, rows, alignment), score, stranger, row))
    pairs.sort(key=lambda pair: (not pair[0], -pair[1], pair[2].row))
    chosen: dict[Stranger, tuple[Row, float]] = {}
    for _, score, stranger, row in pairs:
        if stranger not in chosen and row.code not in {near.code for near, _ in chosen.values()}:
            chosen[stranger] = (row, score)
    return chosen


def _stands_at(stranger: Stranger, row: Row, rows: Mapping[str, Row], alignment: Alignment) -> bool:
    """Whether the stranger stands where the form has the row: right after the row before it, or before the next."""
    codes = list(rows)
    place = codes.index(row.code)
    for neighbour, step in ((place - 1, 1), (place + 1, -1)):
        if 0 <= neighbour < len(codes):
            for item in alignment.items.get(codes[neighbour], ()):
                if item.row + step == stranger.row:
                    return True
    return False


def _near(sheet: str, stranger: Stranger, row: Row, score: float) -> Finding:
    heading = row.type is ValueType.HEADING
    return Finding(
        code="L01",
        case="near_heading" if heading else "near",
        severity=Severity.SOFT,
        indicators=() if heading else (row.code,),
        sheet=sheet,
        cells=(a1(stranger.row, stranger.column),),
        observed=stranger.label,
        expected=row.label,
        details={
            "row": str(stranger.row),
            "found": stranger.label.strip(),
            "label": row.label,
            "indicator": row.code,
            "value": stranger.value.strip(),
            "similarity": f"{score:.0f}",
        },
    )


def _extras(sheet: str, strangers: Sequence[Stranger], near: Collection[Stranger]) -> list[Finding]:
    return [
        Finding(
            code="S04",
            case=case,
            severity=gravity,
            sheet=sheet,
            cells=(a1(stranger.row, stranger.column),),
            observed=stranger.label,
            details={"row": str(stranger.row), "label": stranger.label.strip(), "found": stranger.value.strip()},
        )
        for stranger in strangers
        if stranger not in near and (stranger.value or stranger.carries_unit or stranger.unfilled)
        for case, gravity in [_kind(stranger)]
    ]


def _kind(stranger: Stranger) -> tuple[str, Severity]:
    """How a row that is like none of the form's is called, and how grave it is."""
    if not stranger.value and not stranger.carries_unit:
        return "extra_blank", Severity.SOFT
    return "extra" if stranger.gravity is Severity.HARD else "below", stranger.gravity


def _missing(sheet: str, absent: Sequence[Row]) -> list[Finding]:
    if len(absent) > _MANY:
        details = {"count": str(len(absent)), "named": "、".join(f"{row.label}（{row.code}）" for row in absent)}
        codes = tuple(row.code for row in absent)
        return [Finding("S04", Severity.HARD, "missing_many", indicators=codes, sheet=sheet, details=details)]
    return [
        Finding(
            code="S04",
            case="missing_heading" if row.type is ValueType.HEADING else "missing",
            severity=Severity.SOFT if row.type is ValueType.HEADING else Severity.HARD,
            indicators=(row.code,),
            sheet=sheet,
            expected=row.label,
            details={"label": row.label, "indicator": row.code},
        )
        for row in absent
    ]


def _doubled(sheet: str, row: Row, items: Sequence[Item], hidden: Collection[int]) -> Finding:
    cells = tuple(a1(*item.place) for item in items)
    unseen = "、".join(dict.fromkeys(str(item.row) for item in items if item.row in hidden))
    more = {"rows": unseen} if unseen else {}
    return Finding(
        code="S04",
        case="doubled_hidden" if unseen else "doubled",
        severity=Severity.HARD,
        indicators=(row.code,),
        sheet=sheet,
        cells=cells,
        observed=";".join(item.text for item in items),
        details={"label": row.label, "indicator": row.code, "count": str(len(items)), "cells": "、".join(cells)} | more,
    )


def _ambiguous(sheet: str, item: Item) -> Finding:
    return Finding(
        code="S04",
        case="ambiguous",
        severity=Severity.HARD,
        indicators=item.codes,
        sheet=sheet,
        cells=(a1(*item.place),),
        observed=item.text,
        details={"row": str(item.place[0]), "label": item.text.strip()},
    )


def _aliases(sheet: str, alignment: Alignment, rows: Mapping[str, Row], doubled: Collection[str]) -> list[Finding]:
    """A note for each row recognised by another wording."""
    return [
        _note(sheet, "L02", "", rows[code], items[0])
        for code, items in alignment.items.items()
        if items[0].how == "alias" and code not in doubled and fold(items[0].text) != fold(rows[code].label)
    ]


def _moved(sheet: str, alignment: Alignment, rows: Mapping[str, Row]) -> list[Finding]:
    moved = [(rows[code], alignment.items[code][0]) for code in rows if code in alignment.moved]
    return [_note(sheet, "S04", "moved_head" if item.printed else "moved", row, item) for row, item in moved]


def _note(sheet: str, code: str, case: str, row: Row, item: Item) -> Finding:
    return Finding(
        code=code,
        case=case,
        severity=Severity.NOTE,
        outcome=Outcome.SATISFIED,
        indicators=(row.code,),
        sheet=sheet,
        cells=(a1(*item.place),),
        observed=item.text,
        expected=row.label,
        details={"row": str(item.place[0]), "found": item.text.strip(), "label": row.label, "indicator": row.code}
        | ({"columns": column_letters(item.place[1])} if item.printed else {}),
    )
