"""The roster of a campaign, opened like any workbook: who has to file.

In: a campaign. Out: a `Register`. Raises `UsageError` for a roster that cannot be used.
"""

from __future__ import annotations

from pathlib import Path

from consolidator import inbox, read
from consolidator.errors import UsageError
from consolidator.inbox import Campaign, Register
from consolidator.model import Workbook
from consolidator.terms import reason_of


def is_roster(file: str) -> bool:
    """Whether a file that is no form is a roster of units."""
    try:
        return not load_register(Campaign(roster=Path(file))).open_ended
    except UsageError:
        return False


def load_register(campaign: Campaign) -> Register:
    """The roster as a `Register`; an open-ended one without a roster. Raises `UsageError` for an unusable roster."""
    path = campaign.roster
    if path is None:
        return Register((), campaign.county, open_ended=True)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError("E10", file=str(path), reason=reason_of(problem)) from problem
    if path.suffix.lower() in {".csv", ".txt"}:
        return Register(inbox.roster_from_csv(content, path.name), campaign.county)
    workbook = read.open_workbook(content, path.name)
    if not isinstance(workbook, Workbook) or not workbook.sheets:
        raise UsageError("E18", file=path.name)
    return Register(inbox.roster_from_sheet(workbook.sheets[0], path.name), campaign.county)
