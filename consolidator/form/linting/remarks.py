"""What the linting of a form has to say, and where in the definition file it is about.

In: remarks, the text of the file. Out: `Mistake`s: a sentence each, with file, line and column. Never: a judgement.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.errors import Mistake
from consolidator.form.loading.document import read_document
from consolidator.form.texts.wording import short
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from consolidator.form.definition import Form
    from consolidator.form.loading.document import Path, Place

_SAYS = ("expression", "sum_of", "of_which")
_MOST_NAMED = 12


class Kind(StrEnum):
    """What a remark is about. The first two are errors, the others advice."""

    CONTRADICTION = "contradiction"  # no filing satisfies these mandatory rules together
    ONLY_ZERO = "only_zero"  # these mandatory rules together leave only 0
    UNSATISFIABLE = "unsatisfiable"  # no filing that passes the mandatory rules satisfies this one
    NEVER_APPLIES = "never_applies"  # its `when` can never hold
    NEVER_FIRES = "never_fires"  # no filing violates it
    REDUNDANT = "redundant"  # whatever violates it violates one of the others
    IN_NO_RULE = "in_no_rule"
    NOT_LINTED = "not_linted"

    @property
    def is_error(self) -> bool:
        """Whether the definition cannot be used as it stands."""
        return self in {Kind.CONTRADICTION, Kind.ONLY_ZERO}


class Remark(Struct, frozen=True):
    """One remark. `rules` are ids, the one that the remark is about first; `others` are ids that it follows from."""

    kind: Kind
    rules: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    part: str = ""


class Teller:
    """Tells remarks on one form, whose definition is `text` in the file called `name`."""

    def __init__(self, form: Form, text: str, name: str, language: str) -> None:
        self._form = form
        self._document = read_document(text)
        self._name = name
        self._texts = catalogue(language)
        self._paths = dict(self._found())

    def told(self, remark: Remark) -> Mistake:
        """The remark as a sentence, at the place of what it is about first."""
        named = (*remark.rules, *remark.others) or remark.indicators
        place = self._place(named[0])
        sentence = self._texts.text(
            "lint",
            remark.kind,
            rules="、".join((*remark.rules[:1], *self._listed(remark.rules[1:]))),
            others="、".join(self._listed(remark.others)),
            indicators="、".join(map(self._labelled, remark.indicators[:_MOST_NAMED])),
            part=remark.part or self._texts.word("lint", "too_many_cases"),
        )
        return Mistake(self._name, place.line, place.column, sentence)

    def _listed(self, rules: Iterable[str]) -> Iterator[str]:
        """Rule ids, each with its place in the file; the first of a remark stands at the remark's own place."""
        for rule in rules:
            place = self._place(rule)
            yield self._texts.text("lint", "rule", id=rule, place=f"{self._name}:{place.line}:{place.column}")

    def _labelled(self, code: str) -> str:
        indicator = self._form.indicators.get(code)
        label = short(indicator.label if indicator else self._form.rows[code].label)
        return self._texts.text("lint", "indicator", code=code, label=label)

    def _place(self, name: str) -> Place:
        path = self._paths.get(name) or self._paths.get(name.partition("-")[2].partition(".")[0])
        return self._document.place(path or self._paths.get(name.partition(".")[0], ()))

    def _found(self) -> Iterable[tuple[str, Path]]:
        """The way to what each rule says, and to each row, by its id or code."""
        content: Any = self._document.content
        for number, raw in enumerate(content.get("rules") or ()):
            path: Path = ("rules", number)
            yield raw["id"], next(((*path, key) for key in _SAYS if key in raw), path)
        for table, raw in enumerate(content["tables"]):
            for number, row in enumerate(raw["rows"]):
                yield row["code"], ("tables", table, "rows", number, "code")
