"""What is to be said of a run as a whole, before anything else: that it may have been asked for in the wrong way.

In: a `Consolidation`. Out: `Remark`s, whose words are in the catalogue (`remark`). Never: a judgement on a unit.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.model.periods import Period
from consolidator.model.submissions import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.model.results import Consolidation
    from consolidator.terms import Catalogue

_NEARLY_ALL = Fraction(4, 5)


class Remark(Struct, frozen=True):
    """A sentence of the catalogue's section `remark`; `periods` are written as the language writes them."""

    key: str
    details: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)

    def told(self, texts: Catalogue) -> str:
        """The sentence."""
        zh = texts.language == "zh"
        periods = {key: period.chinese if zh else str(period) for key, period in self.periods.items()}
        return texts.text("remark", self.key, **self.details, **periods)


def remarks(result: Consolidation, folder: str) -> tuple[Remark, ...]:
    """That the `folder` held no form, as it is called; that nearly all forms are of one other period than was asked for."""
    files = result.record.counts["files"]
    if not files:
        return (Remark("empty", {"folder": folder}),)
    if not result.observations:
        return (Remark("no_form", {"folder": folder, "files": str(files)}),)
    return _of_another_period(result)


def _of_another_period(result: Consolidation) -> tuple[Remark, ...]:
    filed = [record for record in result.submissions if record.file and record.form]
    stated = Counter(record.period for record in filed if record.status is Status.WRONG_PERIOD)
    if not stated or result.record.settings.get("period_from") != "campaign":
        return ()
    (spelled, count), *_ = stated.most_common(1)
    found = Period.parse(spelled)
    if found is None or count < len(filed) * _NEARLY_ALL:
        return ()
    details = {"count": str(len(filed)), "others": str(count)}
    return (Remark("period", details, {"found": found, "period": result.tables[0].period}),)
