"""From files to cases: which form each holds, whose it is and of which period, where a run may have to find out all three.

In: what is in the inbox, what was seen in it. Out: a `Docket`, the period of the run. Never: a file looked into twice
unless another question may be answered otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.casework.absences import missing_files
from consolidator.casework.candidates import stated_by_most
from consolidator.casework.docket import Docket
from consolidator.casework.looking import Examiner
from consolidator.errors import UsageError
from consolidator.inbox import attribute, prevailing_period
from consolidator.model import Refusal

if TYPE_CHECKING:
    from consolidator.casework.candidates import Forms
    from consolidator.casework.looking import Looks
    from consolidator.inbox import Campaign, Collection, Register
    from consolidator.model import Period


def open_cases(
    collection: Collection, looks: Looks, forms: Forms, register: Register, campaign: Campaign, *, alone: bool = False
) -> tuple[Docket, Period | None]:
    """Every file's case: its form, its unit, its period. None only where a file that is checked `alone` states none."""
    common = campaign.period
    if common is None and not forms.named:
        seen = looks.look(collection.submissions, Examiner.of(forms, None, campaign.blank_policy))
        common = stated_by_most(seen.values(), forms)
    docket = _open(collection, looks, forms, register, campaign, common)
    filings = docket.filings()
    period = common or prevailing_period(filings)
    if period is None:
        if not alone:
            raise UsageError("E04")
        period = docket.any_period()
    elif common is None and any(filing.period is None for filing in filings):
        # perhaps two years' sheets, between which it decides
        docket = _open(collection, looks, forms, register, campaign, period)
        filings = docket.filings()
    added = docket.added() if register.open_ended else None  # a roster knows who is whose sum
    docket.attribute(attribute(filings, register, period, campaign.pins, added), period)
    if period is not None:
        docket.take(missing_files(campaign.pins, docket.files(), register, period))
    return docket, period


def _open(
    collection: Collection, looks: Looks, forms: Forms, register: Register, campaign: Campaign, period: Period | None
) -> Docket:
    """Every file's case, as far as the file itself tells."""
    docket = Docket(register)
    docket.set_aside(collection.aside)
    seen = looks.look(collection.submissions, Examiner.of(forms.at(period), period, campaign.blank_policy))
    for submission in collection.submissions:
        sighting = seen[submission.file]
        if isinstance(sighting, Refusal):
            docket.refuse(submission, sighting)
        else:
            docket.open(submission, sighting)
    docket.keep_apart(campaign.county_report)
    return docket
