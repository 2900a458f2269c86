"""What is said of a relation that follows from a form's layout, in the catalogue's standard words.

In: the labels and codes of a whole and its parts. Out: a title, a sentence or a remedy. Never: a code that the form does
not print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    Named = tuple[str, str]  # code and label


def derived_words(
    key: str, whole: Named, parts: Sequence[Named], *, coded: bool, language: str, places: bool, column: str = ""
) -> str:
    """The words `key` of `[words.derived]`; with `places`, what the words put in keeps no brace that would be a place.

    A relation of one `column` among several says which, since it is said of each of them.
    """
    texts = catalogue(language)
    comma = texts.word("mark", "comma")
    labels = comma.join(label for _, label in parts)

    def bracketed(code: str) -> str:
        return texts.text("mark", "coded", code=code) if coded else ""

    details = {
        "whole": bracketed(whole[0]),
        "whole_label": whole[1],
        "part": bracketed(parts[0][0]),
        "part_label": parts[0][1],
        "parts": texts.text("derived", "codes", codes=comma.join(code for code, _ in parts)) if coded else labels,
        "part_labels": labels,
        "count": str(len(parts)),
    }
    if key.endswith("_title"):
        details["parts"] = details["parts"].strip()
    if places:
        details = {name: text.replace("{", "{{").replace("}", "}}") for name, text in details.items()}
    told = texts.text("derived", key, **details)
    if not column or key.endswith("_remedy"):
        return told
    named = column.replace("{", "{{").replace("}", "}}") if places else column
    return texts.text("derived", "in_column", column=named, told=told)
