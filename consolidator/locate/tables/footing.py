"""Lines right under a table that are no rows of it: remarks, who signed, how to reach them, other words.

In: the label of a line below the last indicator, what stands in the columns of values. Out: how grave it is, if anything.
Never: a number under an unknown label passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.form.texts.days import only_day
from consolidator.form.texts.figures import chinese_numeral
from consolidator.locate.cells import numerals
from consolidator.locate.columns.headers import REMARK
from consolidator.locate.words.labels import core
from consolidator.model import CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Cell

_REMARKS = REMARK | {"注", "附注", "附言", "其他说明", "补充说明", "有关说明", "需要说明的问题", "需要说明的事项"}
_PERSON = regex(
    r"(?:填[表报]|制表|审[核批]|复核|校核|经办|承办|联系|分管|主[管要]|签发|批准|统计|单位|部门|科室|领导|具体|业务)*"
    r"(?:人|人员|员|领导|负责人|科室|部门|股室|处室|站所)(?:签[字名章]|盖章|姓名)?"
)
_CONTACT = regex(
    r"(?:联系|办公|移动|固定|值班|本人)?(?:电话|手机|传真)(?:号码?)?|联系方式|(?:电子)?邮[箱件](?:地址)?|e-?mail|邮编|邮政编码"
    r"|(?:通[讯信]|单位|办公|联系)?地址|qq号?码?|微信号?"
)
_DAY = regex(r"日期?$|时间$|时点$")
_NO_FIGURE = regex(r"(?:19|20)\d{2}|\d{7,}")
_NUMBER_OF_A_TELEPHONE = 6  # digits; a count has fewer


def gravity(label: str, values: Sequence[Cell], *, words_are_values: bool) -> Severity | None:
    """How grave a line below the table is: HARD for a row that the form has not, None for what closes every form.

    `words_are_values` tells of a register, whose own rows hold words.
    """
    name = core(label)
    wordy = all(_is_words(cell) or (cell.kind is CellKind.DATE and _DAY.search(name)) for cell in values)
    if name in _REMARKS:
        return Severity.SOFT if any(map(_is_number, values)) else None
    if _PERSON.fullmatch(name) and wordy:
        return None
    if _CONTACT.fullmatch(name) and all(_is_words(cell) or _reaches_somebody(cell) for cell in values):
        return None
    return Severity.INFO if wordy and not words_are_values else Severity.HARD


def names_person(label: str) -> bool:
    """Whether a label asks who filled in, checked or signed the form."""
    return _PERSON.fullmatch(core(label)) is not None


def _is_number(cell: Cell) -> bool:
    return cell.kind is not CellKind.TEXT or numerals.is_bare(cell.text)


def _is_words(cell: Cell) -> bool:
    """Whether a cell holds words or a day in words, and surely no number, however written."""
    text = cell.text
    if cell.kind is CellKind.TEXT and only_day(text) is not None:
        return True
    counted = chinese_numeral(text) is not None or numerals.is_approximate(text) or numerals.is_zero_like(text)
    return cell.kind is CellKind.TEXT and not counted and not any(char.isdigit() for char in fold(text))


def _reaches_somebody(cell: Cell) -> bool:
    """Whether a cell holds the number of a telephone, or an address with digits."""
    digits = sum(char.isdigit() for char in cell.text)
    return digits >= _NUMBER_OF_A_TELEPHONE or not _is_number(cell)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number that is neither a year nor long enough to be a telephone's."""
    return cell.kind is CellKind.NUMBER and not _NO_FIGURE.fullmatch(fold(cell.text))
