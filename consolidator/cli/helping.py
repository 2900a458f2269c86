"""Commands whose own `--help` is told in the language of the rest.

In: the words of the catalogue. Out: classes of commands for click, which knows its help option in English alone.
"""

from __future__ import annotations

import click

_TOLD: dict[str, str] = {}


def say_help(text: str) -> None:
    """Tell what `--help` does in these words from now on."""
    _TOLD["help"] = text


class Command(click.Command):
    """A command that tells of its help option in our words."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option as click makes it, told in our words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _TOLD.get("help", option.help)
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type
