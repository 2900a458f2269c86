"""What the library of the command line complains of, as our own sentences.

In: an exception of click. Out: what is wrong, how the command is written, where help is.
Never: its English sentences, but for those that no clerk can cause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
from click.exceptions import NoSuchCommand

if TYPE_CHECKING:
    from consolidator.terms import Catalogue

_REFUSED = re.compile(r"'?(.*?)'? is not (?:a valid|in the range|one of)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\((.*)\)", re.DOTALL)


def complaint(problem: click.ClickException, texts: Catalogue) -> str:
    """The sentence, and below it the usage of the command where it is known."""
    lines = [_sentence(problem, texts)]
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    if context is not None:
        pieces = " ".join(context.command.collect_usage_pieces(context))
        lines.append(texts.text("usage", "usage", usage=f"{context.command_path} {pieces}"))
        lines.append(texts.text("usage", "hint", command=context.command_path))
    return "\n".join(lines)


def _sentence(problem: click.ClickException, texts: Catalogue) -> str:
    if isinstance(problem, NoSuchCommand):
        return _unknown(texts, "command", problem.command_name, problem.possibilities)
    if isinstance(problem, click.NoSuchOption):
        return _unknown(texts, "option", problem.option_name, problem.possibilities)
    if isinstance(problem, click.MissingParameter):
        return texts.text("usage", "missing", name=_name(problem))
    if isinstance(problem, click.BadParameter):
        return _refused(problem, texts)
    if isinstance(problem, click.BadOptionUsage):
        key = "no_value_wanted" if "not take a value" in problem.message else "value_wanted"
        return texts.text("usage", key, name=problem.option_name)
    extra = _IN_BRACKETS.search(problem.message) if "unexpected extra" in problem.message else None
    if extra is not None:
        return texts.text("usage", "too_many", found=extra[1])
    return texts.text("usage", "other", message=problem.format_message())


def _unknown(texts: Catalogue, kind: str, name: str, near: list[str] | None) -> str:
    sentence = texts.text("usage", kind, name=name)
    return sentence + texts.text("usage", "near", near=texts.listed(sorted(near))) if near else sentence


def _refused(problem: click.BadParameter, texts: Catalogue) -> str:
    """A value that an option does not take: which it takes."""
    found = _REFUSED.match(problem.message)
    details = {"name": _name(problem), "found": found[1] if found else ""}
    kind = problem.param.type if problem.param is not None else None
    if isinstance(kind, click.Choice):
        return texts.text("usage", "choice", choices=texts.listed(map(str, kind.choices)), **details)
    if isinstance(kind, click.IntRange):
        return texts.text("usage", "whole_number", **details)
    return texts.text("usage", "other", message=problem.format_message())


def _name(problem: click.BadParameter) -> str:
    """The option or the argument, as help writes it."""
    hint = problem.param_hint or (problem.param.get_error_hint(problem.ctx) if problem.param is not None else "") or ""
    return (hint if isinstance(hint, str) else " / ".join(hint)).strip("'")
