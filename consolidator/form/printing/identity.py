"""A defined name for every cell of a form that is to be filled in.

A name is `csl_` and the indicator's code: `A1`, `C34` and `R11` are cell addresses, `csl_A1` is none, and every character
of a code may stand in a name. Names do not tell capitals apart; codes that differ in them alone get none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.model import NAME_PREFIX

if TYPE_CHECKING:
    from consolidator.form.definition import Form


def cell_names(form: Form) -> dict[str, str]:
    """The defined name of every indicator's cell in a table, by the indicator's code; prose has none."""
    capitals = Counter(code.casefold() for code in form.indicators)
    unlike = (code for code in form.indicators if capitals[code.casefold()] == 1)
    return {code: f"{NAME_PREFIX}{code}" for code in unlike if code not in form.loose}
