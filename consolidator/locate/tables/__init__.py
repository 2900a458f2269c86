"""One table on one sheet: the cells of its values, and everything that speaks against a figure."""
