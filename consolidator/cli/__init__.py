"""The front door: words in, results on stdout, progress on stderr, an exit code out.

In: the command line of the contract. Out: exit 0 nothing blocking · 1 hard findings or missing units · 2 usage or
definition error · 3 environment · 70 bug. Never: pandas, pandera or a workbook library imported before it is needed.
"""

from consolidator.cli.main import main, program

__all__ = ["main", "program"]
