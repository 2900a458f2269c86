"""What the sheets show, worked out once: facts of a run, figures, and where everything stands."""
