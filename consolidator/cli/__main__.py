"""`python -m consolidator.cli`."""

from consolidator.cli.main import main

main()
