RESERVED=frozenset(("and", "or", "not", "implies", "iff", "max", "min", "sum", "abs", "blank", "previous"))
