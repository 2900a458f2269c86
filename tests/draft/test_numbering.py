"""Numbers before labels."""

from __future__ import annotations

import pytest

from consolidator.draft.numbering import numbered

CASES = {
    "一、情况": ("chapter", (1,), "情况"),
    "十二、情况": ("chapter", (12,), "情况"),
    "二十.情况": ("chapter", (20,), "情况"),
    "（三）户数": ("section", (3,), "户数"),
    "㈡ 户数": ("section", (2,), "户数"),
    "4．户数": ("item", (4,), "户数"),
    "⒊户数": ("item", (3,), "户数"),
    "1.1户数": ("dotted2", (1, 1), "户数"),
    "1.2.3 户数": ("dotted3", (1, 2, 3), "户数"),
    "(5)户数": ("point", (5,), "户数"),
    "6）户数": ("point", (6,), "户数"),
    "⑦户数": ("circle", (7,), "户数"),
    "第二部分 户数": ("part", (2,), "户数"),
    "A、户数": ("letter", (1,), "户数"),
    "户数": ("", (), "户数"),
    "2016年户数": ("", (), "2016年户数"),
    "3.5": ("", (), "3.5"),
    "一般户数": ("", (), "一般户数"),
}


@pytest.mark.parametrize("label", CASES)
def test_a_number_is_told_from_the_label_behind_it(label):
    assert tuple(numbered(label)) == CASES[label]
