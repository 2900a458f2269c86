"""Two languages, one catalogue: the same keys, and the same places {…} in every sentence."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from consolidator.terms import LANGUAGES, Word, catalogue

NAMES = ("words.book.", "words.sheet.", "words.font.", "words.printed.")
"""Names of files, sheets and fonts, and what is printed on a form: the same in every language, for programs and letters quote
them and forms are read by them."""

CATALOGUE = Path(__file__).resolve().parent.parent / "consolidator" / "catalogue"


def flat(language: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(prefix: str, entry: Any) -> None:
        if isinstance(entry, dict):
            for key, value in entry.items():
                walk(f"{prefix}.{key}" if prefix else key, value)
        else:
            found[prefix] = entry

    walk("", tomllib.loads((CATALOGUE / f"{language}.toml").read_text(encoding="utf-8")))
    return found


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert set(flat("en")) ^ set(flat("zh")) == set()


def test_both_languages_fill_the_same_places() -> None:
    english = flat("en")

    assert {key: places(english.get(key, "")) for key in flat("zh")} == {
        key: places(text) for key, text in flat("zh").items()
    }


def test_english_sentences_are_english() -> None:
    bare = {key: re.sub(r"[“《「（(][^”》」）)]*[”》」）)]", "", text) for key, text in flat("en").items()}

    assert not {
        key: text for key, text in bare.items() if not key.startswith(NAMES) and re.search(r"[\u4e00-\u9fff]", text)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert not [key for key, value in flat(language).items() if not value.strip()]


def test_a_missing_detail_shows_as_an_empty_place() -> None:
    assert "“”" in catalogue("zh").sentence("K01")


def test_latin_words_are_set_off_from_chinese_ones_by_a_space_wherever_they_come_from() -> None:
    touching = re.compile(r"[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z]")
    assert not {key: text for key, text in flat("zh").items() if touching.search(text)}
    zh = catalogue("zh")
    assert zh.sentence("B03", "", {"what": Word("file_kind.pdf")}) == "这是 PDF 文件，不是电子表格。请报送电子表格。"
    assert zh.sentence("B03", "", {"what": Word("file_kind.image")}) == "这是图片，不是电子表格。请报送电子表格。"
    assert "实际内容是 Excel 工作簿（.xlsx），" in zh.sentence("B11", "", {"actual": Word("format.xlsx")})
    assert "填“APP数”" in zh.sentence("F02", "", {"found": "APP数"})


def test_lists_in_chinese_sentences_are_joined_by_chinese_marks() -> None:
    assert not {key: text for key, text in flat("zh").items() if re.search(r"[\u4e00-\u9fff”）][,;]", text)}
