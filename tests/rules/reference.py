"""The rule language by another hand: lark's LALR parser made from `grammar.lark`. The program's own reader must agree with it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark import Lark, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from consolidator.rules import (
    Arithmetic,
    Blank,
    Call,
    Comparison,
    Conditional,
    Facet,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Previous,
    Range,
    RuleSyntaxError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Token

    from consolidator.rules import Expression


def parse(text: str) -> Expression:
    """The expression that `text` spells. Raises `RuleSyntaxError` with the same problems and places as the program."""
    try:
        expression: Expression = _PARSER.parse(text)  # type: ignore[assignment]  # the transformer's result
    except UnexpectedCharacters as error:
        raise RuleSyntaxError("character", error.line, error.column, found=error.char) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise RuleSyntaxError("unfinished", *_end(text)) from None
        raise RuleSyntaxError("unexpected", error.line, error.column, found=str(error.token)) from None
    return expression


def _end(text: str) -> tuple[int, int]:
    last = text.rstrip(" \t\r\n").rpartition("\n")[2]
    return text.rstrip(" \t\r\n").count("\n") + 1, len(last) + 1


def _method(build: Callable[[list[Any]], Expression]) -> Callable[[object, list[Any]], Expression]:
    return lambda _self, items: build(items)


def _at(item: Token | Expression) -> dict[str, int]:
    return {"line": item.line or 0, "column": item.column or 0}


def _chained(kind: type[Arithmetic | Comparison]) -> Callable[[list[Any]], Expression]:
    def build(items: list[Any]) -> Expression:
        if len(items) == 1:
            return items[0]
        return kind(tuple(items[::2]), tuple(map(str, items[1::2])), **_at(items[0]))

    return build


def _logic(items: list[Any]) -> Expression:
    return items[0] if len(items) == 1 else Logic(str(items[1]), tuple(items[::2]), **_at(items[0]))


def _conditional(items: list[Any]) -> Expression:
    left, operator, right = items
    return Conditional("implies" if operator in {"implies", "=>"} else "iff", left, right, **_at(left))


def _signed(items: list[Any]) -> Expression:
    sign, operand = items
    return Negative(operand, **_at(sign)) if sign == "-" else operand


def _facet(items: list[Any]) -> Facet:
    function, *inner = items
    named = tuple(item for item in inner if isinstance(item, Name))
    words = tuple(str(item)[1:-1] for item in inner[len(named) :])
    return Facet(str(function), named, words, **_at(function))


_BUILDERS: dict[str, Callable[[list[Any]], Any]] = {
    "start": lambda items: items[0],
    "number": lambda items: Number(Decimal(items[0]), **_at(items[0])),
    "name": lambda items: Name(str(items[0]), **_at(items[0])),
    "call": lambda items: Call(str(items[0]), tuple(items[1:]), **_at(items[0])),
    "facet": _facet,
    "blank": lambda items: Blank(items[1], **_at(items[0])),
    "previous": lambda items: Previous(items[1], **_at(items[0])),
    "range": lambda items: Range(items[0], items[1], **_at(items[0])),
    "negated": lambda items: Not(items[1], **_at(items[0])),
    "signed": _signed,
    "arithmetic": _chained(Arithmetic),
    "comparison": _chained(Comparison),
    "logic": _logic,
    "conditional": _conditional,
}

_PARSER = Lark(
    Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
    parser="lalr",
    lexer="basic",
    transformer=type("Builder", (Transformer,), {name: _method(build) for name, build in _BUILDERS.items()})(),
    maybe_placeholders=False,
)
