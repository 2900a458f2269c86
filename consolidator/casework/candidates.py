"""Which forms a run asks for: the named ones, else those of all installed ones that are in force for the period.

In: the names of a campaign, what was seen in the files. Out: `Forms`. Raises what loading a definition raises.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator import form
from consolidator.form.settle import settled
from consolidator.locate import Unlocated
from consolidator.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from consolidator.casework.codec import Sighting
    from consolidator.casework.docket import Docket
    from consolidator.form import Form
    from consolidator.form.choices import Presence
    from consolidator.model import Period


def load_forms(names: Sequence[str], language: str = "zh") -> tuple[Form, ...]:
    """The forms of a campaign by id or definition file; all installed ones where none is named.

    Raises `FormError` with every mistake of a definition, `UsageError` for an unknown id.
    """
    chosen = names or tuple(form.available())
    return tuple(
        form.load(Path(name), language) if name.endswith((".yaml", ".yml")) else form.load_by_id(name, language)
        for name in dict.fromkeys(chosen)
    )


class Forms(Struct, frozen=True):
    """The forms of a run: those `asked` for and the `others` that are known; where none is named, all are candidates.

    Others, which nothing is judged by, are known without their rules.
    """

    asked: tuple[Form, ...]
    others: tuple[Form, ...]
    named: bool

    @classmethod
    def of(cls, names: Sequence[str], language: str) -> Forms:
        """The forms by id or definition file. Raises as `load_forms`."""
        asked = load_forms(names, language)
        known = {each.id for each in asked}
        others = tuple(form.outline(name) for name in form.available() if name not in known)
        return cls(asked, others, bool(names))

    def under(self, chapters: Presence | None, deadline: date | None) -> Forms:
        """The forms as a campaign uses them, where it has a word on prose or on the latest day of a report."""
        asked, others = (
            tuple(settled(each, chapters, deadline) for each in forms) for forms in (self.asked, self.others)
        )
        return Forms(asked, others, self.named)

    def at(self, period: Period | None) -> Forms:
        """The forms to ask for where the period is known: those in force, where no form was named."""
        if self.named or period is None:
            return self
        asked = tuple(each for each in self.asked if each.in_force(period.year))
        others = tuple(each for each in self.asked if not each.in_force(period.year))
        return Forms(asked, others, named=False) if asked else self


def filed(forms: Forms, docket: Docket) -> tuple[Form, ...]:
    """The forms that get a table: the named ones; else those that somebody filed, at least one."""
    if forms.named:
        return forms.asked
    filed = docket.forms()
    return tuple(each for each in forms.asked if each.id in filed) or forms.asked[:1]


def stated_by_most(sightings: Iterable[Sighting | Refusal], forms: Forms) -> Period | None:
    """The period that most files state, whichever of the candidate forms they hold; None with named forms."""
    if forms.named:
        return None
    counts: Counter[Period] = Counter()
    for sighting in sightings:
        if not isinstance(sighting, Refusal) and not isinstance(sighting.seen, Unlocated):
            counts.update(located.period.period for located in sighting.seen if located.period is not None)
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
