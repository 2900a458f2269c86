"""The sizes of inboxes and where their parts lie; light, so that the runner that measures others stays small.

In: nothing. Out: names and numbers.
"""

from __future__ import annotations

FILES = {"county": 13, "prefecture": 300, "province": 3_000, "nation": 40_000}
TRUTH = "truth.json"
CORRECTED = "corrected.xlsx"
"""What the first unit sends when it corrects its form."""
