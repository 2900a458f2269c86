"""Mistakes in a definition file, gathered until all are known.

In: a path in the document and a key of the catalogue's `[words.mistake]`. Out: `Mistake`s with file, line and column.
Never: a decision whether to go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.errors import FormError, Mistake
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.form.loading.document import Document, Path, Place

_NEAR_ENOUGH = 60.0


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or empty when none is near. For suggestions only, never to accept a name."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (only on the way to a message)

    folded = {candidate.lower(): candidate for candidate in known}
    found = process.extractOne(name.lower(), folded.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return folded[found[0]] if found else ""


class Mistakes:
    """The mistakes of one file, told in one language."""

    def __init__(self, file: str, document: Document, language: str) -> None:
        """Gather for `file`, whose content and places are in `document`."""
        self.file = file
        self.document = document
        self.language = language
        self.found: list[Mistake] = []

    def at(self, place: Place, problem: str, near: str = "", **details: str) -> None:
        """Note a mistake at a place; `near` is the name that was probably meant."""
        texts = catalogue(self.language)
        suggestion = texts.text("mistake", "suggestion", name=near) if near else ""
        text = texts.text("mistake", problem, **details)
        self.found.append(Mistake(self.file, place.line, place.column, text, suggestion))

    def value(self, path: Path, problem: str, near: str = "", **details: str) -> None:
        """Note a mistake at the value that `path` leads to."""
        self.at(self.document.place(path), problem, near, **details)

    def key(self, path: Path, problem: str, near: str = "", **details: str) -> None:
        """Note a mistake at the key that `path` ends in."""
        self.at(self.document.key_place(path), problem, near, **details)

    def unknown(self, path: Path, problem: str, name: str, known: Iterable[str]) -> None:
        """Note a name that stands for nothing, with the nearest one that does."""
        self.value(path, problem, nearest(name, known), name=name)

    def stop_if_any(self) -> None:
        """Raise `FormError` with everything found so far, if anything was."""
        if self.found:
            raise FormError(tuple(dict.fromkeys(self.found)))
