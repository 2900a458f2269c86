"""The cells of a blank form that are filled in: what they take, what they ask, what they answer to anything else.

In: an indicator. Out: the look of its cell and the words of its prompt, within Excel's limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.form.definition import BlankPolicy, ValueType
from consolidator.form.texts.wording import short
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape

if TYPE_CHECKING:
    from consolidator.form.definition import Form, Indicator
    from consolidator.terms import Catalogue
    from consolidator.write.workbook.styles import Style

_TITLE, _MESSAGE = 32, 255
"""Characters of a prompt's title and sentence; Excel takes no more."""

_PARTS_NAMED = 8
_LARGEST = 999_999_999_999_999  # fifteen digits: as many as a spreadsheet keeps
_NUMBER = styles.FORM_INPUT.but(align="right", indent=1, wrap=False, shrink=True)


class Inputs(Struct, frozen=True):
    """Looks and prompts in the words of one language."""

    form: Form
    texts: Catalogue

    def look(self, indicator: Indicator) -> Style:
        """How the cell of an indicator looks."""
        if indicator.numeric:
            return _NUMBER.but(shape=shape(indicator.row))
        return styles.FORM_INPUT.but(shape="@", size=9.5)

    def question(self, indicator: Indicator) -> dict[str, Any]:
        """What the cell of an indicator asks and takes."""
        row = indicator.row
        if not indicator.numeric:
            return self.words(self._title(indicator), self._told(catalogue_key(row.type), indicator))
        kind = ("signed_" if row.signed else "") + ("count" if row.type is ValueType.COUNT else "money")
        least = -_LARGEST if row.signed else 0
        bounds = {"criteria": "between", "minimum": least, "maximum": _LARGEST}
        answer = {
            "error_title": self.texts.word("template", "refused"),
            "error_message": cut(self._told(f"{kind}_refused", indicator), _MESSAGE),
        }
        validate = "integer" if row.type is ValueType.COUNT else "decimal"
        asked = self.words(self._title(indicator), self._told(kind, indicator))
        return asked | {"validate": validate, **bounds, **answer}

    def reckoned(self, indicator: Indicator, addends: tuple[str, ...]) -> dict[str, Any]:
        """What the cell of a sum says."""
        codes = [*addends] if self.form.codes_printed else [self._part(indicator, code) for code in addends]
        parts = self.texts.word("mark", "comma").join(codes[:_PARTS_NAMED])
        if len(codes) > _PARTS_NAMED:
            parts = self.texts.text("list", "items", first=parts, count=str(len(codes)))
        return self.words(self._title(indicator), self.texts.text("template", "reckoned", parts=parts))

    @staticmethod
    def words(title: str, message: str) -> dict[str, Any]:
        """A prompt without a condition."""
        return {"validate": "any", "input_title": cut(title, _TITLE), "input_message": cut(message, _MESSAGE)}

    def _part(self, whole: Indicator, code: str) -> str:
        """What an addend is called beside its sum: by its column in the same row, else by its row."""
        part = self.form.indicators[code]
        return part.column.label if part.row.code == whole.row.code else short(part.row.label)

    def _title(self, indicator: Indicator) -> str:
        label = short(indicator.row.label)
        return f"{indicator.code} {label}" if self.form.codes_printed else label

    def _told(self, key: str, indicator: Indicator) -> str:
        row = indicator.row
        zero = self.form.policy(indicator) is BlankPolicy.ZERO
        return self.texts.text(
            "template",
            key,
            label=cut(indicator.label, 80),
            unit=row.unit_of_measure,
            blank=self.texts.word("template", "blank_is_zero" if zero else "blank_is_lacking"),
            note=row.note,
        ).strip()


def catalogue_key(kind: ValueType) -> str:
    """Under which key the catalogue tells how a text of this type is written."""
    return str(kind).replace("-", "_")


def cut(text: str, most: int) -> str:
    """The text in as many UTF-16 units as Excel counts, an ellipsis in place of what is too much."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return f"{kept}…"
