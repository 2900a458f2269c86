"""Reading in processes with limits: one bad file never harms another."""
