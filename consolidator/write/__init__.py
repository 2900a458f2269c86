"""Lay out and save what a run found: two workbooks, three CSV files, one run record (出表).

In: a `Consolidation`, a folder. Out: the paths of the files of the output contract, swapped in all or nothing. Blank forms
are written here, too.
Never: judge a value, change one, or open a township's file; no other room writes files.
"""

from consolidator.write.blank_forms import write_blank_forms
from consolidator.write.lock import refuse_if_taken, reserve
from consolidator.write.publish import publish

__all__ = ["publish", "refuse_if_taken", "reserve", "write_blank_forms"]
