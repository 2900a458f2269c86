"""Lay out and save what a run found: two workbooks, three CSV files, one run record (出表).

In: a `Consolidation`, a folder. Out: the paths of the files of the output contract, swapped in all or nothing.
Never: judge a value, change one, or open a township's file; no other room writes files.
"""

from consolidator.write.lock import refuse_if_taken, reserve
from consolidator.write.memory import keep, recollect
from consolidator.write.publish import publish

__all__ = ["keep", "publish", "recollect", "refuse_if_taken", "reserve"]
