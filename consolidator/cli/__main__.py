"""`python -m consolidator.cli`."""

from consolidator.cli.main import program

program()
