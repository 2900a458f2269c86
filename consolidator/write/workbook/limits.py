"""What one sheet of Excel can hold (Excel specifications and limits, support.microsoft.com)."""

from __future__ import annotations

EXCEL_LINKS_A_SHEET = 65_530
EXCEL_ROWS_A_SHEET = 1_048_576
