"""What stands around the tables: the title, who files, who ordered the form, who signs, for which kind of period.

In: `Surface`s and their bands. Out: the head of a `Plan`. Never: a name of a township or a period kept in the title.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from consolidator.draft import signing, words
from consolidator.model import Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from consolidator.draft.bands import Band
    from consolidator.draft.surface import Surface

_TITLE = re.compile(r"表$|报表|统计|月报|季报|年报|报告|台账|一览|汇总|情况")
_PERIOD = re.compile(
    r"[(（]?(?:(?:\d{4}|[○〇零一二三四五六七八九]{4}|[_＿\s\u3000]+|×{2,4})\s*年\s*度?(?:第?[_＿\s\u3000×\d一二三四]{0,6}(?:月份?(?:\d{1,2}[日号])?|季度|季))?"
    r"|(?:\d{1,2}|[_＿\s\u3000]+)月份?(?:\d{1,2}[日号])?)[)）]?"
)
_OFFICE_BEFORE = re.compile(
    r"^[^(（]{1,20}?(?:镇|乡|街道|县|区|市|局|委|办|院|校|村|社区|人民政府|管委会|开发区)(?=关于|\d{4}年|[○〇零一二三四五六七八九]{4}年)"
)
_SEALED = re.compile(r"([\u4e00-\u9fff]{2,8}[(（][^()（）]*章[)）])[:：]?")
_FILER = re.compile(
    r"(?:填报|填表|报送|上报|编报|编制|制表|报告|汇总|综合)(?:单位|机关|机构|部门)(?:名称|全称)?(?:[(（][^()（）]*章[)）])?|单位名称"
)
_AUTHORITY = re.compile(r"(?:制定机关|制表机关|批准文号|备案文号|文号|发文字号)[:：]?\s*([^\s:：]{2,40})")
_ASKS_AUTHORITY = re.compile(r"(?:制定|制表|批准)机关[:：]?")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[［(（]\d{4}[〕\]］)）]\s*第?\s*\d+\s*号")
_KINDS = (
    ("month", re.compile(r"月报|\d月|_月|年\s*月|本月|×月")),
    ("quarter", re.compile(r"季报|季度")),
    ("year", re.compile(r"年报|年度")),
)
_N = r"[\d〇○零一二三四五六七八九十_×.]"
_DATED = (
    r"(?:(?:填报|填表|报送|上报|报出|制表|审核|编制|打印)(?:日期|时间)|有效期限?[截止至到]*)(?:\([^()]*\))?:?[至到]?"
)
_NO_PERIOD = re.compile(rf"{_DATED}(?:{_N}*[年月日号./-])*{_N}*|{_N}*年{_N}*月{_N}*[日号]|{_N}+月{_N}+[日号]")
_ASKS_FOR_DATE = re.compile(rf"{_DATED}$")
_DATE_ALONE = re.compile(rf"(?:{_N}*[年月日号/-])+{_N}*")


def title_of(lines: Iterable[str]) -> str:
    """The form's title among the lines over its first table, without period and without the name of a unit."""
    candidates = [line for line in lines if not words.is_lone_field(line)]
    chosen = next((line for line in candidates if _TITLE.search(fold(line))), candidates[0] if candidates else "")
    named = _OFFICE_BEFORE.match(chosen)
    return (
        _PERIOD.sub("", Period.cut_from(chosen[named.end() :] if named else chosen))
        .strip(" \u3000（）()")
        .removeprefix("截至")
        or chosen
    )


def title_over(surface: Surface, top: int, left: int, right: int) -> str:
    """The title of a panel alone: it stands right over the heads in row `top`, beside those of other panels."""
    line = max((row for row in surface.lines if row < top), default=0)
    patches = surface.lines.get(line, [])
    own = [patch.text for patch in patches if left <= patch.area.left and patch.area.right <= right]
    among_others = len(own) == 1 and len(patches) > 1
    return own[0] if among_others and not any(words.is_lone_field(patch.text) for patch in patches) else ""


def texts_around(surface: Surface, bands: Iterable[Band]) -> Iterator[str]:
    """Every text of the sheet outside the rows of its tables, from the top."""
    inside = {row for band in bands for row in (*band.rows, *range(band.top, band.bottom + 1))}
    for row, patches in surface.lines.items():
        if row not in inside:
            for patch in patches:
                yield patch.text


def filer_of(texts: Iterable[str]) -> str:
    """The words before the name of the unit that files, as printed; empty where there are none."""
    for text in texts:
        bare = re.sub(r"[\s\u3000]+", "", text)
        found = _FILER.match(bare) or (None if words.is_foot(text) else _SEALED.fullmatch(bare))
        if found:
            return found.group(found.lastindex or 0)
    return ""


def authority_of(texts: Iterable[str]) -> str:
    """Who ordered the form, or by which document; empty where the sheet does not say. The answer may stand in the next cell."""
    asked = False
    for text in texts:
        if asked and not words.is_field(text) and not words.is_form_field(text):
            return text
        asked = _ASKS_AUTHORITY.fullmatch(re.sub(r"[\s\u3000]+", "", text)) is not None
        found = _AUTHORITY.search(text) or _DOCUMENT.search(text)
        if found:
            return found.group(found.lastindex or 0)
    return ""


def sign_off_of(texts: Iterable[str], closing: Iterable[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
    """The fields that close the form as printed, each with a key, in the order of the sheet.

    `closing` are those of lines that close a table by their place, whatever their words: they come behind.
    """
    found: dict[str, tuple[int, int, str]] = {}
    for line, text in enumerate(texts):
        for key, word in signing.SIGNERS:
            spaced = r"[\s\u3000]*".join(word)
            match = re.search(rf"(?<![\u4e00-\u9fff]){spaced}[\s\u3000]*(?=[:：(（]|$)", text)
            if match and key not in found:
                found[key] = (line, match.start(), word)
        for start, key, word in signing.signers(text):
            known = any(word == other and line == at for at, _, other in found.values())
            if not known:
                found.setdefault(_free(key, found), (line, start, word))
    for place, (key, word) in enumerate(closing):
        if not any(other in word or word in other for _, _, other in found.values()):
            found[_free(key, found)] = (sys.maxsize, place, word)
    return tuple((key, word) for key, (_, _, word) in sorted(found.items(), key=lambda each: each[1]))


def _free(key: str, taken: Iterable[str]) -> str:
    """The key, with a number where it is taken."""
    keys = (key, *(f"{key}{number}" for number in range(2, 100)))
    return next(each for each in keys if each not in taken)


def period_of(texts: Iterable[str]) -> str:
    """`month`, `quarter` or `year`: what the form is filed for, or empty where the sheet does not tell."""
    joined = list(_without_dates(texts))
    for text in joined:
        period = Period.find(text)
        if period and (period.month or period.quarter):
            return "month" if period.month else "quarter"
    for text in joined:
        for kind, pattern in _KINDS:
            if pattern.search(text):
                return kind
    return ""


def _without_dates(texts: Iterable[str]) -> Iterator[str]:
    """The texts, folded, without days, dates of filing and how long the form is in force: none of them is its period."""
    asked = False
    for text in map(fold, texts):
        if not (asked and _DATE_ALONE.fullmatch(text)):
            yield _NO_PERIOD.sub("", text)
        asked = bool(_ASKS_FOR_DATE.search(text))


def relations_printed(texts: Iterable[str]) -> Iterator[str]:
    """Texts that state a relation of the figures (勾稽关系)."""
    for text in texts:
        if re.search(r"[勾钩]稽|审核关系|平衡关系", text) and len(fold(text)) > 8:  # noqa: PLR2004 - more than a heading
            yield text
