"""The rule language (审核公式): grammar, trees, and two evaluators that agree.

In: text such as `C1 = C11 + C12`. Out: an expression, its codes, its three-valued result for given values.
Never: `eval`; a decision about severity or wording. `vectors` (numpy) is imported only where many units are compared.
"""

from consolidator.rules.evaluate import Result, Sides, Values, compared, evaluate, sides
from consolidator.rules.expression import (
    REPORT_YEAR,
    RESERVED,
    Arithmetic,
    Blank,
    Call,
    Comparison,
    Conditional,
    Expression,
    Facet,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Previous,
    Range,
    expand,
    facets,
    names,
    previous_names,
    renamed,
    walk,
    without_value,
)
from consolidator.rules.kinds import Kind, kind_of
from consolidator.rules.parse import parse
from consolidator.rules.printing import written
from consolidator.rules.tokens import RuleSyntaxError

__all__ = [
    "REPORT_YEAR",
    "RESERVED",
    "Arithmetic",
    "Blank",
    "Call",
    "Comparison",
    "Conditional",
    "Expression",
    "Facet",
    "Kind",
    "Logic",
    "Name",
    "Negative",
    "Not",
    "Number",
    "Previous",
    "Range",
    "Result",
    "RuleSyntaxError",
    "Sides",
    "Values",
    "compared",
    "evaluate",
    "expand",
    "facets",
    "kind_of",
    "names",
    "parse",
    "previous_names",
    "renamed",
    "sides",
    "walk",
    "without_value",
    "written",
]
