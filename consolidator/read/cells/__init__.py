"""Values, addresses and formulas as files spell them, gathered as the cells of a sheet."""
