"""Which figures of an earlier form this form goes on with, so that two periods can be compared across a change of form.

In: the raw `predecessors` of a definition; two loaded forms. Out: `Predecessor`s with mistakes noted; the earlier code of
each code that continues. Never: a code that continues because its label is alike; only the same code with the same unit of
measure does, or one that the definition names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consolidator.errors import FormError, Mistake
from consolidator.form.definition import Predecessor
from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.shape import PredecessorShape
from consolidator.form.loading.shaping import shaped
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Form
    from consolidator.form.loading.document import Path
    from consolidator.form.loading.formulas import Formulas
    from consolidator.form.loading.mistakes import Mistakes


def read_predecessors(
    raw_predecessors: list[Any], own_id: Any, formulas: Formulas, mistakes: Mistakes
) -> tuple[Predecessor, ...]:
    """All predecessors of a definition. What can be told without the earlier definitions is noted."""
    found: list[Predecessor] = []
    for index, raw in enumerate(raw_predecessors):
        path: Path = ("predecessors", index)
        shape = shaped(PredecessorShape, raw, path, mistakes)
        if shape is None:
            continue
        if shape.form == own_id or shape.form in {known.form for known in found}:
            mistakes.value((*path, "form"), "predecessor_twice", name=shape.form)
        _note_codes(shape, path, formulas, mistakes)
        place = mistakes.document.place
        places = {code: place((*path, "codes", code)) for code in shape.codes} | {"": place((*path, "form"))}
        found.append(Predecessor(shape.form, shape.codes, {code: (at.line, at.column) for code, at in places.items()}))
    return tuple(found)


def _note_codes(shape: PredecessorShape, path: Path, formulas: Formulas, mistakes: Mistakes) -> None:
    """Codes that are none of this form, and earlier ones that two of this form would continue."""
    continued: dict[str, str] = {}
    for code, earlier in shape.codes.items():
        if code not in formulas.numeric and not formulas.is_unsound(code):
            mistakes.key((*path, "codes", code), "unknown_code", nearest(code, formulas.numeric), name=code)
        if earlier and continued.setdefault(earlier, code) != code:
            mistakes.value((*path, "codes", code), "continued_twice", name=earlier, other=continued[earlier])


def continued(form: Form, earlier: Form) -> Mapping[str, str]:
    """The code of `earlier` that each numeric code of `form` continues, in printed order; itself for the same form."""
    named: Mapping[str, str | None] = next((p.codes for p in form.predecessors if p.form == earlier.id), {})
    found = {}
    for code in form.numeric:
        before = named.get(code, code)
        known = earlier.indicators.get(before) if before else None
        if known is not None and known.numeric and (code in named or _alike(form, earlier, code)):
            found[code] = known.code
    return found


def _alike(form: Form, earlier: Form, code: str) -> bool:
    """Whether a code has the same unit of measure in both forms."""
    return form.indicators[code].row.unit_of_measure == earlier.indicators[code].row.unit_of_measure


def check_lineage(form: Form, earlier: Form, file: str, language: str = "zh") -> None:
    """Raise `FormError` where `form`, defined in `file`, names codes as continued that `earlier` does not have."""
    texts = catalogue(language)
    mistakes = []
    for predecessor in (each for each in form.predecessors if each.form == earlier.id):
        for code, before in predecessor.codes.items():
            if before is None or before in earlier.numeric:
                continue
            problem = texts.text("mistake", "unknown_earlier_code", name=before, form=earlier.id)
            near = nearest(before, earlier.numeric)
            suggestion = texts.text("mistake", "suggestion", name=near) if near else ""
            mistakes.append(Mistake(file, *predecessor.places[code], problem, suggestion))
    if mistakes:
        raise FormError(tuple(mistakes))
