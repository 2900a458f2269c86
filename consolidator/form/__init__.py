"""What a form is, and how one is loaded from its definition file (furniture: every room may use it).

In: `schemas/*.yaml`. Out: `Form`. Compiling to pandera is in `consolidator.form.judging.compile`, imported only where rules
run over many units; importing this package is cheap.
"""

from consolidator.form.definition import (
    Aggregation,
    BlankPolicy,
    Column,
    Form,
    Indicator,
    Predecessor,
    Relation,
    Row,
    Rule,
    Scope,
    SignOff,
    Table,
    TextRule,
    ValueType,
)
from consolidator.form.loading.loader import available, load, load_by_id, load_text, outline

__all__ = [
    "Aggregation",
    "BlankPolicy",
    "Column",
    "Form",
    "Indicator",
    "Predecessor",
    "Relation",
    "Row",
    "Rule",
    "Scope",
    "SignOff",
    "Table",
    "TextRule",
    "ValueType",
    "available",
    "load",
    "load_by_id",
    "load_text",
    "outline",
]
