"""The room of rules (审核): every unit's figures, and the county's own, against the rules of the form.

In: a `Form` and the rows of the county table. Out: findings with their owner, and how each rule came out.
Never: the reading of a cell; a change of a value; a sentence.
"""

from consolidator.validate.beside import Beside, beside
from consolidator.validate.review import Review, review
from consolidator.validate.total import review_total

__all__ = ["Beside", "Review", "beside", "review", "review_total"]
