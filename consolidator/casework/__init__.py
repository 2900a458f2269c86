"""What became of every file: one case a filed form, kept by the corridor while the rooms do their work."""

from consolidator.casework.candidates import Forms, filed, load_forms, stated_by_most
from consolidator.casework.case import Case
from consolidator.casework.docket import Docket
from consolidator.casework.past import Past, lines_of

__all__ = ["Case", "Docket", "Forms", "Past", "filed", "lines_of", "load_forms", "stated_by_most"]
