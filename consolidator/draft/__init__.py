"""The `draft` room (起草): from a blank or filled form workbook to a definition for a person to finish.

In: a `Workbook`. Out: the text of a definition that loads as it stands, with what is uncertain marked `# 待确认`.
Never: a figure of the sheet in the definition; a form file opened or written; a township's form judged by it unseen.
"""

from consolidator.draft.drafting import plan_of
from consolidator.draft.plan import Plan
from consolidator.draft.yaml_file import written

__all__ = ["Plan", "plan_of", "written"]
