"""The tables of a definition: rows and columns with their codes, and what can be wrong between them.

In: the raw tables of the file. Out: `Table`s, and a `Skeleton` of known codes with their places.
Never: a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from consolidator.form.definition import Aggregation, Arrangement, Column, Presence, Relation, Row, Table, ValueType
from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.shape import ColumnShape, RowShape, TableShape
from consolidator.form.loading.shaping import shaped
from consolidator.form.texts.wording import wording
from consolidator.rules import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.loading.document import Path
    from consolidator.form.loading.mistakes import Mistakes

_PRESENCE = {Arrangement.BENEATH: Presence.EXPECTED, Arrangement.AROUND: Presence.OPTIONAL}


class Skeleton(Struct):
    """The tables with every row's place, and all codes that the file mentions, sound or not."""

    tables: list[Table] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    columns_sound: bool = True
    sound: bool = True

    @property
    def unsound(self) -> set[str]:
        """Codes of rows about whose values nothing can be said: the row, or a column, has a mistake."""
        return self.mentioned - set(self.rows) if self.columns_sound else self.mentioned


def read_tables(raw_tables: list[Any], mistakes: Mistakes) -> Skeleton:
    """All tables of the file. Every mistake in them is noted; a row or column that has one is left out."""
    before = len(mistakes.found)
    skeleton = Skeleton()
    ids: set[str] = set()
    for index, raw in enumerate(raw_tables):
        path: Path = ("tables", index)
        shape = shaped(TableShape, raw, path, mistakes)
        if shape and shape.id in ids:
            mistakes.value((*path, "id"), "duplicate_table", name=shape.id)
        columns = _columns(listed(raw, "columns"), path, mistakes)
        skeleton.columns_sound &= len(columns) == len(listed(raw, "columns"))
        rows = _rows(listed(raw, "rows"), path, skeleton, mistakes)
        _types(rows, columns, skeleton, mistakes)
        skeleton.tables.append(_table(shape, rows, columns))
        if shape:
            _arranged(shape, skeleton.tables[-1], path, mistakes)
        ids.add(shape.id if shape else "")
    for code, row in skeleton.rows.items():
        _family(row, skeleton.places[code], skeleton, mistakes)
    _loops(skeleton, mistakes)
    _wordings(skeleton, mistakes)
    skeleton.sound = len(mistakes.found) == before
    return skeleton


def listed(raw: Any, key: str) -> list[Any]:
    """The list under `key`, or none where the file has something else there (the shape has said so)."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return value if isinstance(value, list) else []


def _arranged(shape: TableShape, table: Table, path: Path, mistakes: Mistakes) -> None:
    """What is wrong with a table for the way it stands: a grid needs heads, prose and fields have none and no numbers."""
    if table.grid:
        for key in ("label_headers", "columns"):
            if key not in shape.model_fields_set:
                mistakes.value(path, "missing_key", name=key)
            elif not getattr(shape, key):
                mistakes.value((*path, key), "empty_list")
        return
    for key in ("label_headers", "unit_headers", "columns"):
        if key in shape.model_fields_set:
            mistakes.key((*path, key), "no_heads", name=table.id, arrangement=table.arrangement)
    for row in table.rows:
        if not row.type.is_text:
            mistakes.value(path, "not_written", name=row.code, arrangement=table.arrangement)


def _table(shape: TableShape | None, rows: tuple[Row, ...], columns: tuple[Column, ...]) -> Table:
    if shape is None:
        return Table("", "", rows, columns, ())
    if shape.arrangement in _PRESENCE:
        columns = (Column("", shape.title),)
    return Table(
        id=shape.id,
        title=shape.title,
        rows=rows,
        columns=columns,
        label_headers=shape.label_headers,
        unit_headers=shape.unit_headers,
        arrangement=shape.arrangement,
        presence=shape.presence or _PRESENCE.get(shape.arrangement, Presence.REQUIRED),
    )


def _columns(raw_columns: list[Any], path: Path, mistakes: Mistakes) -> tuple[Column, ...]:
    """The columns that are sound."""
    columns: list[Column] = []
    for index, raw in enumerate(raw_columns):
        where = (*path, "columns", index)
        shape = shaped(ColumnShape, raw, where, mistakes)
        if shape is None:
            continue
        if not shape.key and len(raw_columns) > 1:
            mistakes.value(where, "column_key")
        elif shape.key in {column.key for column in columns}:
            mistakes.value((*where, "key"), "duplicate_column", name=shape.key)
        else:
            columns.append(_column(shape))
    return tuple(columns)


def _column(shape: ColumnShape) -> Column:
    return Column(
        key=shape.key,
        label=shape.label,
        aliases=shape.aliases,
        group=shape.group,
        type=shape.type,
        unit_of_measure=shape.unit_of_measure,
        decimals=shape.decimals,
        aggregation=shape.aggregation,
        signed=shape.signed,
        ask_unit=shape.ask_unit,
    )


def _rows(raw_rows: list[Any], path: Path, skeleton: Skeleton, mistakes: Mistakes) -> tuple[Row, ...]:
    """The rows that have a shape, each code once."""
    rows: list[Row] = []
    for index, raw in enumerate(raw_rows):
        where = (*path, "rows", index)
        if isinstance(raw, dict):
            skeleton.mentioned.add(str(raw.get("code")))
        shape = shaped(RowShape, raw, where, mistakes)
        if shape is None:
            continue
        if shape.code in skeleton.rows:
            first = mistakes.document.place((*skeleton.places[shape.code], "code"))
            mistakes.value((*where, "code"), "duplicate_code", name=shape.code, line=str(first.line))
            continue
        if shape.code in RESERVED:
            mistakes.value((*where, "code"), "reserved_code", name=shape.code)
        row = _row(shape)
        skeleton.rows[row.code] = row
        skeleton.places[row.code] = where
        rows.append(row)
    return tuple(rows)


def _row(shape: RowShape) -> Row:
    return Row(
        code=shape.code,
        label=shape.label,
        type=shape.type,
        level=shape.level,
        parent=shape.parent,
        unit_of_measure=shape.unit_of_measure,
        aliases=shape.aliases,
        relation=shape.relation,
        aggregation=shape.aggregation or (Aggregation.SUM if shape.type.is_number else Aggregation.NONE),
        blank_policy=shape.blank_policy,
        decimals=shape.decimals,
        note=shape.note,
        signed=shape.signed,
        types=tuple(shape.types.items()),
    )


def _types(rows: Iterable[Row], columns: Sequence[Column], skeleton: Skeleton, mistakes: Mistakes) -> None:
    """Types given to cells of a column that the table has not."""
    known = [column.key for column in columns]
    for row in rows:
        for key, _ in row.types:
            if key not in known and skeleton.columns_sound:
                mistakes.key(
                    (*skeleton.places[row.code], "types", key), "unknown_column", nearest(key, known), name=key
                )


def _family(row: Row, path: Path, skeleton: Skeleton, mistakes: Mistakes) -> None:
    """What is wrong with a row by itself and beside its parent."""
    numeric = row.type.is_number
    if numeric and not row.unit_of_measure:
        mistakes.value(path, "no_unit_of_measure", name=row.code)
    if row.decimals and row.type is not ValueType.MONEY:
        mistakes.value((*path, "decimals"), "decimals", name=row.code)
    if not numeric and row.aggregation is Aggregation.SUM:
        mistakes.value((*path, "aggregation"), "sum_of_texts", name=row.code)
    if row.parent and row.parent not in skeleton.mentioned:
        near = nearest(row.parent, skeleton.mentioned)
        mistakes.value((*path, "parent"), "unknown_parent", near, name=row.parent)
    if row.relation is Relation.NONE:
        return
    parent = skeleton.rows.get(row.parent)
    if not row.parent:
        mistakes.value((*path, "relation"), "no_parent", name=row.code, relation=row.relation)
    elif parent and not (numeric and parent.type.is_number):
        mistakes.value((*path, "relation"), "not_numbers", name=row.code, parent=row.parent)
    elif parent and row.unit_of_measure != parent.unit_of_measure:
        details = {"found": row.unit_of_measure, "expected": parent.unit_of_measure}
        mistakes.value((*path, "relation"), "unlike_units", name=row.code, parent=row.parent, **details)


def _loops(skeleton: Skeleton, mistakes: Mistakes) -> None:
    """Rows that are, over some steps, their own parent: one mistake a loop, at its first row."""
    done: set[str] = set()
    for start in skeleton.rows:
        trail: list[str] = []
        code = start
        while code in skeleton.rows and code not in done and code not in trail:
            trail.append(code)
            code = skeleton.rows[code].parent
        if code in trail:
            loop = trail[trail.index(code) :]
            mistakes.value((*skeleton.places[loop[0]], "parent"), "loop", codes="→".join((*loop, loop[0])))
        done.update(trail)


def _wordings(skeleton: Skeleton, mistakes: Mistakes) -> None:
    """Labels and aliases by which two rows of one parent, or of one table or two of one title, could be taken for each other."""
    titles = {row.code: wording(table.title) for table in skeleton.tables if table.grid for row in table.rows}
    owners: dict[tuple[str, str, str], str] = {}
    for code, row in skeleton.rows.items():
        path = skeleton.places[code]
        ways: Mapping[Path, str] = {
            (*path, "label"): row.label,
            **{(*path, "aliases", index): alias for index, alias in enumerate(row.aliases)},
        }
        for way, text in ways.items():
            above = "" if row.parent else titles.get(code, "")
            owner = owners.setdefault((above, row.parent, wording(text)), code)
            if owner != code:
                mistakes.value(way, "ambiguous_wording", text=text, name=code, other=owner)
