"""汇总: status of each unit, county totals, coverage, order of the findings.

In: rows of filed forms. Out: `CountyTable`. Never: a figure without the names of those who are not in it.
"""

from consolidator.consolidate.compare import compare
from consolidator.consolidate.own import compare_own
from consolidator.consolidate.tabulate import count_by_severity, is_included, tabulate
from consolidator.consolidate.totals import add_up, summable

__all__ = ["add_up", "compare", "compare_own", "count_by_severity", "is_included", "summable", "tabulate"]
