"""docs/forms.md knows every key of a definition and every word of the rule language."""

import re
from pathlib import Path

import pytest

from consolidator.form.loading import shape
from consolidator.rules import RESERVED

PAGE = Path(__file__).parents[2].joinpath("docs", "forms.md").read_text(encoding="utf-8")
MODELS = [
    shape.FormShape,
    shape.PredecessorShape,
    shape.TableShape,
    shape.ColumnShape,
    shape.RowShape,
    shape.RuleShape,
    shape.TextRuleShape,
]


@pytest.mark.parametrize("key", sorted({key for model in MODELS for key in model.model_fields}))
def test_every_key_is_explained(key):
    assert re.search(rf"\b{key}\b", PAGE)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_every_word_of_the_language_is_explained(word):
    assert re.search(rf"`[^`]*\b{word}\b[^`]*`", PAGE)
