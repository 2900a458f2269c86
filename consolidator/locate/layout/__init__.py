"""How a sheet is parted where it holds several forms or tables, and which forms those are."""
