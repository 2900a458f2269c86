"""The sheets of both workbooks, one module each, and what lists have in common."""
