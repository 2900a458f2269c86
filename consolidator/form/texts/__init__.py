"""What people write in cells and prose: months, days, numerals, counts, telephone numbers, statements."""
