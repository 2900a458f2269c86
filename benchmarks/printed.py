"""What the scripts beside the tool know of the form: which label means which row. They find the rest by looking.

In: the labels down a column. Out: row codes. A label that is printed twice (under 四 and 五) is told by its chapter.
"""

from __future__ import annotations

from functools import cache

from sample_workbooks.printed_form import PRINTED

LABEL_HEADER, UNIT_HEADER, VALUE_HEADER, TITLE = "统计指标", "单位", "统计数", "政府信息公开情况统计表"
PERIOD, FILER = "2016年", "填报单位"
_FULL_WIDTH = str.maketrans("（）：“”，", '():"",')


@cache
def plain(label: str) -> str:
    """A label without spaces, line breaks and full-width brackets."""
    return "".join(label.split()).translate(_FULL_WIDTH)


def _by_label() -> dict[tuple[str, str], str]:
    codes = {}
    chapter = ""
    for code, level, label, _ in PRINTED:
        chapter = plain(label) if level == 1 else chapter
        codes[chapter, plain(label)] = code
    return codes


CODE_OF = _by_label()
CHAPTERS = frozenset(chapter for chapter, _ in CODE_OF)
