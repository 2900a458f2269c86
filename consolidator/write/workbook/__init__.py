"""A workbook under construction: cells, styles, widths, links, charts, within the limits of Excel."""
