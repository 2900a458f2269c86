"""Two languages, one catalogue: the same keys, and the same places {…} in every sentence."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from consolidator.terms import LANGUAGES, catalogue

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
