"""The marks of our own blank forms, in every format that keeps them."""
