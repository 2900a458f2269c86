"""With a roster: forms of units below a unit of the roster, filed with its own form, which is their sum.

In: attributed filings. Out: the same; what lies within a unit's form is passed over with a note. Never: a form passed over
of which one figure is in nobody's form.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Outcome, Severity
from consolidator.inbox.figures import NOTHING, Figures
from consolidator.inbox.filings import header_finding
from consolidator.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.inbox.figures import Added
    from consolidator.inbox.filings import Attribution

_UNKNOWN = "S02.unknown"


def without_parts(entries: Sequence[Attribution], added: Added | None) -> list[Attribution]:
    """The filings, those of units that the roster does not have set aside where their sum is filed in the same file."""
    if not any(entry.reason == _UNKNOWN for entry in entries):
        return list(entries)
    figures = Figures(entries, added)
    files: defaultdict[tuple[str, str], list[Attribution]] = defaultdict(list)
    for entry in entries:
        files[entry.filing.file, entry.filing.form].append(entry)
    whole: dict[int, Attribution] = {}
    for group in files.values():
        known = [entry for entry in group if entry.status is None]
        parts = [entry for entry in group if entry.reason == _UNKNOWN]
        if len(known) == 1 and parts and _is_sum(known[0], parts, figures):
            whole.update(dict.fromkeys(map(id, parts), known[0]))
    return [_passed_over(entry, whole[id(entry)]) if id(entry) in whole else entry for entry in entries]


def _is_sum(entry: Attribution, parts: Sequence[Attribution], figures: Figures) -> bool:
    """Whether every figure is the sum of the parts', of which each can be read."""
    mine = figures.of(entry)
    lines = zip(*map(figures.of, parts), strict=True)
    unread = any(
        seen.number is None and seen.raw.strip()
        for part in parts
        for code in figures.codes(part.filing.form)
        if (seen := part.filing.values.get(code)) is not None
    )
    return any(mine) and not unread and all(own == sum(line, NOTHING) for own, line in zip(mine, lines, strict=True))


def _passed_over(entry: Attribution, whole: Attribution) -> Attribution:
    """A filing that is set aside with a note where its figures are."""
    name = whole.unit.name if whole.unit is not None else ""
    filing = entry.filing
    note = header_finding(filing, "S02", Severity.NOTE, "part", found=filing.filer, unit=name, sheet=whole.filing.sheet)
    return replace(
        entry, status=Status.IGNORED, findings=(replace(note, outcome=Outcome.SATISFIED),), reason="S02.part"
    )
