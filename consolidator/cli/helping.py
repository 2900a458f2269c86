"""Commands whose own `--help` is told in the language of the rest.

In: the words for it. Out: a class of groups of commands for click, which knows its help option in English alone.
"""

from __future__ import annotations

import click


def group_that_says(text: str) -> type[click.Group]:
    """Groups, with their commands and groups, that tell of their help option in these words."""

    class Command(click.Command):
        def get_help_option(self, ctx: click.Context) -> click.Option | None:
            option = super().get_help_option(ctx)
            if option is not None:
                option.help = text
            return option

    class Group(Command, click.Group):
        command_class = Command
        group_class = type  # the same for groups within

    return Group
