"""What is said of totals and runs in words: coverage, notes, adjustments, the worst units and rules."""
