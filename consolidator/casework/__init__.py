"""What became of every file: one case a filed form, kept by the corridor while the rooms do their work."""

from consolidator.casework.candidates import Forms, filed, load_forms, stated_by_most
from consolidator.casework.case import Case
from consolidator.casework.circumstances import circumstances
from consolidator.casework.conclusion import conclude, run_record
from consolidator.casework.docket import Docket
from consolidator.casework.intake import open_cases
from consolidator.casework.looking import Engine, Examiner, Looks
from consolidator.casework.memory import Memory
from consolidator.casework.past import Past, lines_of
from consolidator.casework.register import load_register

__all__ = [
    "Case",
    "Docket",
    "Engine",
    "Examiner",
    "Forms",
    "Looks",
    "Memory",
    "Past",
    "circumstances",
    "conclude",
    "filed",
    "lines_of",
    "load_forms",
    "load_register",
    "open_cases",
    "run_record",
    "stated_by_most",
]
