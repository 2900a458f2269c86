"""A form and its consistency rules (审核关系) as a page to print on A4 and to sign.

In: a form, a language. Out: the bytes of one HTML file that needs no other file, font or network. Everything that comes
from the definition is escaped. Never: a script, a link.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from consolidator import __version__
from consolidator.form import Aggregation, Relation, ValueType
from consolidator.form.printing.describe import details, facts, told
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from consolidator.form import Column, Form, Row, Table
    from consolidator.terms import Catalogue

_SIGNATURES = ("drawn_up", "reviewed", "approved", "date")
_STYLE = """
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
* { box-sizing: border-box }
body { font: 10.5pt/1.5 "FangSong", "STFangsong", "Noto Serif CJK SC", "SimSun", serif; color: #000; margin: 0 auto;
  max-width: 182mm; padding: 6mm 0 }
h1 { font: 20pt/1.4 "FZXiaoBiaoSong-B05S", "STZhongsong", "Noto Serif CJK SC", "SimSun", serif; text-align: center;
  margin: 0 0 4mm }
h2 { font: bold 12pt/1.5 "SimHei", "Noto Sans CJK SC", sans-serif; margin: 7mm 0 2mm; break-after: avoid }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; line-height: 1.35 }
th, td { border: 0.5pt solid #000; padding: 1mm 1.6mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { font-weight: bold; text-align: center; background: #f2f2f2; -webkit-print-color-adjust: exact }
thead { display: table-header-group }
tr { break-inside: avoid }
td.mid, td.code { white-space: nowrap }
td.mid { text-align: center }
td.heading { font-weight: bold }
td.code { font-family: "Consolas", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; font-size: 9pt }
table.facts th { width: 27mm; text-align: left; font-weight: normal }
p.small, div.small { font-size: 9pt; margin: 1mm 0 0 }
table.signatures { margin-top: 9mm; break-inside: avoid }
table.signatures td { height: 19mm; width: 25% }
@media screen { body { padding: 10mm 8mm; box-shadow: 0 0 6mm #ccc } }
"""


def form_page(form: Form, language: str = "zh") -> bytes:
    """The whole page."""
    texts = catalogue(language)
    body = (*_head(form, texts), *_tables(form, texts), *_rules(form, texts), *_signatures(form, texts))
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        f"<title>{escape(form.title)}</title><style>{_STYLE}</style></head><body>",
        *body,
        "</body></html>",
    )
    return "\n".join((*lines, "")).encode()


def _head(form: Form, texts: Catalogue) -> Iterator[str]:
    yield f"<h1>{escape(form.title)}</h1>"
    known = {**dict(facts(form, texts)), texts.word("form_page", "program"): f"consolidator {__version__}"}
    yield '<table class="facts">'
    for name, value in known.items():
        yield f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
    yield "</table>"


def _tables(form: Form, texts: Catalogue) -> Iterator[str]:
    heads = ("code", "indicator", "unit_of_measure", "type", "relation")
    for table in form.tables:
        yield f"<h2>{escape(texts.text('form_page', 'table', title=table.title, rows=str(len(table.rows))))}</h2>"
        if any(column.key for column in table.columns):
            yield from _columns(table, texts)
        yield f"<table>{_header(heads, texts)}<tbody>"
        for row in table.rows:
            yield _row(row, texts)
        yield "</tbody></table>"


def _columns(table: Table, texts: Catalogue) -> Iterator[str]:
    """The value columns of a matrix, and what they change in its rows; a fact that none of them has is left out."""
    keys = ("key", "group", "column", "unit_of_measure", "type")
    lines = [
        (column.key, column.group, column.label, column.unit_of_measure, _of(column, texts)) for column in table.columns
    ]
    told_of = [number for number in range(len(keys)) if any(line[number] for line in lines)]
    yield f"<table>{_header((keys[number] for number in told_of), texts)}<tbody>"
    for line in lines:
        looks = ("code" if number == 0 else "" for number in told_of)
        yield f"<tr>{_cells((line[number] for number in told_of), looks)}</tr>"
    yield '</tbody></table><p class="small">&nbsp;</p>'


def _row(row: Row, texts: Catalogue) -> str:
    relation = "" if row.relation is Relation.NONE else f"{texts.word('form_page', row.relation)} {row.parent}"
    note = f'<div class="small">{escape(row.note)}</div>' if row.note else ""
    look = "heading" if row.type is ValueType.HEADING else "row"
    indent = f"padding-left: {1.6 + 4.2 * (row.level - 1):.1f}mm"
    kind = _type(row.type, row.decimals, texts)
    if row.type.is_number and row.aggregation is Aggregation.NONE:
        kind = texts.text("form_page", "unsummed", type=kind)
    kind += texts.word("form_page", "signed") if row.signed else ""
    return (
        f'<tr><td class="code">{escape(row.code)}</td><td class="{look}" style="{indent}">{escape(row.label)}{note}</td>'
        + _cells((row.unit_of_measure, kind, relation), ("mid",) * 3)
        + "</tr>"
    )


def _rules(form: Form, texts: Catalogue) -> Iterator[str]:
    yield f"<h2>{escape(texts.text('describe', 'rules', count=str(len(form.all_rules))))}</h2>"
    yield f"<table>{_header(('rule', 'level', 'relationship', 'why'), texts)}<tbody>"
    aside = {texts.word("describe", key) for key in ("basis", "remedy")}
    for rule in form.all_rules:
        said: dict[bool, list[str]] = {True: [], False: []}
        for name, value in details(rule, texts):
            line = texts.text("describe", "fact", name=name, value=value) if value else name
            said[name in aside].append(f'<div class="small">{escape(line)}</div>')
        yield (
            f'<tr><td class="mid">{escape(rule.id)}</td>'
            f'<td class="mid">{escape(texts.word("severity", rule.severity))}</td>'
            f"<td>{escape(told(rule.title, texts))}{''.join(said[False])}</td><td>{''.join(said[True])}</td></tr>"
        )
    yield "</tbody></table>"


def _signatures(form: Form, texts: Catalogue) -> Iterator[str]:
    if form.sign_off:
        names = "、".join(field.label for field in form.sign_off)
        yield f'<p class="small">{escape(texts.text("describe", "sign_off", names=names))}</p>'
    yield '<table class="signatures"><tr>'
    for key in _SIGNATURES:
        yield f"<td>{escape(texts.word('form_page', key))}</td>"
    yield f'</tr></table><p class="small">{escape(texts.text("form_page", "seal", sha256=form.sha256[:16]))}</p>'


def _type(kind: ValueType | None, decimals: int | None, texts: Catalogue) -> str:
    shown = texts.words["form_page"].get(f"type_{kind}", str(kind))
    return texts.text("form_page", "decimals", type=shown, decimals=str(decimals)) if decimals else shown


def _of(column: Column, texts: Catalogue) -> str:
    """The type that a column has of its own."""
    kind = _type(column.type, column.decimals, texts) if column.type else ""
    if column.aggregation is Aggregation.NONE:
        kind = texts.text("form_page", "unsummed", type=kind).lstrip("，, ")
    return kind + texts.word("form_page", "signed") if column.signed else kind


def _header(keys: Iterable[str], texts: Catalogue) -> str:
    heads: Mapping[str, str] = texts.words["form_page"]
    return f"<thead><tr>{''.join(f'<th>{escape(heads[key])}</th>' for key in keys)}</tr></thead>"


def _cells(values: Iterable[str], looks: Iterable[str]) -> str:
    return "".join(f'<td class="{look}">{escape(value)}</td>' for value, look in zip(values, looks, strict=True))
