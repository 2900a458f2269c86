"""One filled form on its sheets, among the other sheets of its workbook."""
