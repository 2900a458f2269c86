"""The text of a drafted definition: rows on one line each, what is in doubt as a comment behind it.

In: a `Plan`, an id, the name of the workbook, a language for the comments. Out: YAML that `forms check` reads. What is to
be shown on the form is as the sheet prints it; rules are drafted in both languages from the catalogue.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from consolidator.draft.rules import written_rules
from consolidator.form import Relation, ValueType
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from consolidator.draft.plan import Doubt, Plan, PlannedColumn, PlannedRow, PlannedTable
    from consolidator.terms import Catalogue

_SAFE = r"[A-Za-z0-9_/+.()%\-\u0100-\U0010ffff]+"
_PLAIN = re.compile(rf"{_SAFE}(?: {_SAFE})*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "~"})
_FEW = 4
_SHOWN = 40


def written(plan: Plan, form_id: str, source: str, language: str) -> str:
    """The whole file."""
    lines = _Lines(catalogue(language), plan)
    blocks = (
        lines.preface(source),
        lines.head(form_id, source),
        lines.closing(),
        lines.tables(),
        written_rules(plan, lines.scalar, lines.comments),
    )
    return "\n".join("\n".join(block) for block in map(list, blocks) if block) + "\n"


class _Lines:
    """Writes the parts of one file."""

    def __init__(self, texts: Catalogue, plan: Plan) -> None:
        self._texts = texts
        self._plan = plan

    @staticmethod
    def scalar(text: str) -> str:
        """A text as YAML reads it back: bare where that is safe, else in double quotes."""
        flat = " ".join(text.split())
        safe = _PLAIN.fullmatch(flat) and flat[0] not in "-.+%" and flat.isprintable() and flat.lower() not in _WORDS
        return flat if safe else "".join(map(_visible, json.dumps(flat, ensure_ascii=False)))

    def comments(self, doubts: Iterable[Doubt]) -> str:
        """What is to be confirmed, behind a line."""
        told = dict.fromkeys(self._texts.text("doubt", doubt.key, **_short(doubt.details)) for doubt in doubts)
        return f"  # {self._texts.text('draft', 'confirm', what='；'.join(told))}" if told else ""

    def preface(self, source: str) -> Iterator[str]:
        yield f"# {self._texts.text('draft', 'preface', file=' '.join(source.split()))}"
        yield f"# {self._texts.word('draft', 'preface_next')}"
        if self._plan.period:
            yield f"# {self._texts.word('draft', f'period_{self._plan.period}')}"
        for doubt in self._plan.doubts:
            yield self.comments([doubt]).strip()

    def head(self, form_id: str, source: str) -> Iterator[str]:
        plan, confirm = self._plan, self._confirm
        yield ""
        yield f"id: {form_id}"
        yield f"title: {self.scalar(plan.title or self._texts.word('draft', 'untitled'))}"
        unknown = self._texts.word("draft", "unknown_authority")
        yield f"authority: {self.scalar(plan.authority or unknown)}" + confirm(None if plan.authority else "authority")
        yield f"source: {self.scalar(source)}"
        yield "blank_policy: missing" + confirm("blank_policy")
        if plan.codes_printed:
            yield "codes_printed: true"
        headlines = [row.code for table in plan.tables for row in table.rows if row.numeric and row.level == 1]
        if headlines and not any(column.key for table in plan.tables for column in table.columns):
            yield f"headlines: [{', '.join(headlines[:_FEW])}]" + confirm("headlines")

    def closing(self) -> Iterator[str]:
        yield ""
        if self._plan.filer:
            yield f"filer: {{label: {self.scalar(self._plan.filer)}}}"
        if self._plan.sign_off:
            yield "sign_off:"
        taken: set[str] = set()
        for key, label in self._plan.sign_off:
            own = key if key not in taken else f"{key}{len(taken)}"
            taken.add(own)
            yield f"  - {{key: {own}, label: {self.scalar(label)}{', private: true' if key == 'phone' else ''}}}"

    def tables(self) -> Iterator[str]:
        yield ""
        yield "tables:"
        for table in self._plan.tables:
            mark = "" if table.rows else "# "
            for line in self._table(table):
                yield f"{mark}{line}"

    def _table(self, table: PlannedTable) -> Iterator[str]:
        title = table.title or self._texts.word("draft", "untitled")
        yield f"  - id: {table.id}"
        yield f"    title: {self.scalar(title)}{self.comments(table.doubts)}"
        if table.across:
            yield "    arrangement: across"
        yield f"    label_headers: [{', '.join(map(self.scalar, table.label_heads))}]"
        if table.unit_heads:
            yield f"    unit_headers: [{', '.join(map(self.scalar, table.unit_heads))}]"
        yield "    columns:"
        for column in table.columns:
            yield f"      - {self._mapping(self._column(column))}{self.comments(column.doubts)}"
        yield "    rows:"
        for row in table.rows:
            yield f"      - {self._mapping(self._row(row, table))}{self.comments(row.doubts)}"
        for row in table.set_aside:
            yield f"      # - {self._mapping(self._row(row, table))}{self.comments(row.doubts)}"

    def _column(self, column: PlannedColumn) -> Mapping[str, str]:
        return {
            "key": column.key,
            "label": column.label,
            "group": column.group,
            "type": column.type or "",
            "unit_of_measure": column.unit,
            "decimals": str(column.decimals) if column.decimals else "",
            "aggregation": "" if column.summed or column.type is ValueType.TEXT else "none",
            "signed": "true" if column.signed else "",
        }

    def _row(self, row: PlannedRow, table: PlannedTable) -> Mapping[str, str]:
        printed = row.printed_unit if row.type is ValueType.HEADING else ""
        return {
            "code": row.code,
            "level": str(row.level),
            "parent": row.parent.code if row.parent else "",
            "relation": row.relation if row.relation is not Relation.NONE else "",
            "type": row.type,
            "unit_of_measure": row.unit or printed or "",
            "decimals": str(row.decimals) if row.decimals else "",
            "aggregation": "" if row.summed or not row.numeric else "none",
            "signed": "true" if row.signed and row.numeric else "",
            "label": row.label,
        } | ({"aliases": row.label.rpartition("：")[2]} if table.across and "：" in row.label else {})

    def _mapping(self, values: Mapping[str, str]) -> str:
        """A flow mapping of what is not empty."""
        told = {key: value if key == "signed" else self.scalar(value) for key, value in values.items() if value}
        parts = (f"{key}: [{value}]" if key == "aliases" else f"{key}: {value}" for key, value in told.items())
        return f"{{{', '.join(parts)}}}"

    def _confirm(self, key: str | None) -> str:
        return f"  # {self._texts.text('draft', 'confirm', what=self._texts.word('doubt', key))}" if key else ""


def _short(details: Mapping[str, str]) -> dict[str, str]:
    flat = {key: " ".join(_printable(value).split()) for key, value in details.items()}
    return {key: value if len(value) <= _SHOWN * 2 else f"{value[: _SHOWN * 2]}…" for key, value in flat.items()}


def _printable(text: str) -> str:
    """A text as it may stand in a comment."""
    return "".join(character if character.isprintable() else " " for character in text)


def _visible(character: str) -> str:
    """A character as it may stand in quotes: one that no file may hold, or nobody sees, as its number."""
    return character if character.isprintable() else f"\\U{ord(character):08x}"
