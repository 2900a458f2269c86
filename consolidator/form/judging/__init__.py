"""Rules on the values of units: exactly, one by one, and all at once as a pandera schema."""
