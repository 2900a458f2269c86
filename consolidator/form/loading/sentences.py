"""Sentences of a definition: which places they may name, so that none stays empty before a clerk.

In: a sentence in two languages and the names of the places that will be filled. Out: mistakes, if any.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from consolidator.form.loading.mistakes import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from consolidator.form.loading.document import Path
    from consolidator.form.loading.mistakes import Mistakes
    from consolidator.form.loading.shape import Words
    from consolidator.form.relations import Rule

OF_TWO_PERIODS = ("change", "percent")
"""Places that only a rule for single indicators has, which compares each with its value of the period before."""

OF_TWO_SIDES = ("left", "right", "difference", "direction")
"""Places that only a rule of two sides has."""


OF_BLAME = ("blamed", "found")
"""Places that only a rule has which asks whether rows are single or texts distinct: the cells that are not."""


def whereabouts(rule: Rule) -> Mapping[str, str]:
    """The places that tell where an indicator of another form stands (`figure_at`), with its code."""
    by_place = rule.places or {place_name(code): code for code in rule.elsewhere}
    return {f"{place}_at": code for place, code in by_place.items() if code in rule.elsewhere}


def place_name(code: str) -> str:
    """The place that holds the value of an indicator: its code, with `_` for the dot of a matrix cell."""
    return code.replace(".", "_")


def note_sentence(words: Words, allowed: Collection[str], path: Path, mistakes: Mistakes) -> None:
    """Note every place in the sentence that nothing will fill, and braces that do not match."""
    for language, text in (("zh", words.zh), ("en", words.en)):
        where = (*path, language)
        try:
            pieces = list(Formatter().parse(text))
        except ValueError:
            mistakes.value(where, "braces")
            continue
        for _, name, style, conversion in pieces:
            if name is not None and (name not in allowed or style or conversion):
                mistakes.value(where, "unknown_place", nearest(name, allowed), name=name)
