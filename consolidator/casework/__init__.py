"""What became of every file: one case a filed form, kept by the corridor while the rooms do their work."""

from consolidator.casework.candidates import Forms, filed, load_forms, stated_by_most
from consolidator.casework.case import Case
from consolidator.casework.circumstances import circumstances
from consolidator.casework.docket import Docket
from consolidator.casework.looking import Engine, Examiner, Looks
from consolidator.casework.memory import Memory

__all__ = [
    "Case",
    "Docket",
    "Engine",
    "Examiner",
    "Forms",
    "Looks",
    "Memory",
    "circumstances",
    "filed",
    "load_forms",
    "stated_by_most",
]
