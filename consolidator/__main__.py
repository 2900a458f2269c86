"""`python -m consolidator`."""

from consolidator.cli.main import main

main()
