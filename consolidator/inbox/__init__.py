"""收件: which files of a folder count, whose they are, and who is missing.

In: a folder, the roster, what the forms say of themselves. Out: `Collection`, `Attribution`s.
Never: a file written, moved or opened as a workbook; a unit or a version guessed.
"""

from consolidator.inbox.adjustments import adjustments_of
from consolidator.inbox.attribute import attribute, prevailing_period
from consolidator.inbox.campaign import TOTALS, Campaign, load_campaign
from consolidator.inbox.collect import Aside, Collection, Gathering, require_folder, take_files
from consolidator.inbox.filings import Attribution, Filing
from consolidator.inbox.names import Match, Register
from consolidator.inbox.past_run import PastRun, filings_from_csv, filings_from_workbook
from consolidator.inbox.previous import Line, Settled, refuse_later, settle
from consolidator.inbox.roster import roster_from_csv, roster_from_sheet

__all__ = [
    "TOTALS",
    "Aside",
    "Attribution",
    "Campaign",
    "Collection",
    "Filing",
    "Gathering",
    "Line",
    "Match",
    "PastRun",
    "Register",
    "Settled",
    "adjustments_of",
    "attribute",
    "filings_from_csv",
    "filings_from_workbook",
    "load_campaign",
    "prevailing_period",
    "refuse_later",
    "require_folder",
    "roster_from_csv",
    "roster_from_sheet",
    "settle",
    "take_files",
]
