"""`python -m consolidator`."""

from consolidator.cli.main import program

program()
