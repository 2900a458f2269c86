"""Labels, heads and units of measure as words: compared beyond their spelling, never by likeness."""
