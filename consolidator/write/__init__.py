"""Lay out and save what a run found: two workbooks, three CSV files, one run record (出表).

In: a `Consolidation`, a folder. Out: the paths of the files of the output contract, swapped in all or nothing.
Beside that, blank forms, a form as a page to sign, and any single file, whole or not at all.
Never: judge a value, change one, or open a township's file; no other room writes files.
"""

from consolidator.write.blanks.blank_forms import write_blank_forms
from consolidator.write.blanks.form_page import form_page
from consolidator.write.publish import publish
from consolidator.write.saving.lock import refuse_if_taken, reserve
from consolidator.write.saving.memory import keep, recollect
from consolidator.write.saving.single import save

__all__ = [
    "form_page",
    "keep",
    "publish",
    "recollect",
    "refuse_if_taken",
    "reserve",
    "save",
    "write_blank_forms",
]
