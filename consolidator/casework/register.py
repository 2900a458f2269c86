"""The roster of a campaign, opened like any workbook: who has to file.

In: a campaign. Out: a `Register`. Raises `UsageError` for a roster that cannot be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator import inbox, read
from consolidator.errors import UsageError
from consolidator.inbox import Register
from consolidator.model import Workbook

if TYPE_CHECKING:
    from consolidator.inbox import Campaign


def load_register(campaign: Campaign) -> Register:
    """The roster as a `Register`; an open-ended one without a roster. Raises `UsageError` for an unusable roster."""
    path = campaign.roster
    if path is None:
        return Register((), campaign.county, open_ended=True)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError("E10", file=str(path), reason=problem.strerror or "") from problem
    if path.suffix.lower() in {".csv", ".txt"}:
        return Register(inbox.roster_from_csv(content, path.name), campaign.county)
    workbook = read.open_workbook(content, path.name)
    if not isinstance(workbook, Workbook) or not workbook.sheets:
        raise UsageError("E18", file=path.name)
    return Register(inbox.roster_from_sheet(workbook.sheets[0], path.name), campaign.county)
