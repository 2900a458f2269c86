"""Reads the rule language: text in, expression out. Nothing is ever executed. The grammar, loosest binding first:

    condition   = implication [ IFF implication ]                     A1 > 0 iff B1 > 0           also <=>
    implication = disjunction [ IMPLIES implication ]                 D + E > 0 implies C3 > 0    also =>
    disjunction = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | comparison
    comparison  = total { ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) total }    0 <= A1a <= A1
    total       = product { ( "+" | "-" ) product }
    product     = signed { ( "*" | "/" ) signed }
    signed      = ( "+" | "-" ) signed | atom
    atom        = NUMBER | name | "(" condition ")" | facet
                | ( "max" | "min" | "sum" | "abs" ) "(" argument { "," argument } ")"
                | "blank" "(" ( name | facet ) ")" | "previous" "(" name ")"
    argument    = name ".." name | condition                          sum(A21..A25)
    facet       = FACET "(" name { "," name } { "," WORDS } ")"        said(app.visits, "访问量")

A name is a code of the form (C34a), a cell of a matrix (Q1.np), a code of another form (name.code) or `report_year`. FACET is a
function of texts (`expression.NUMBERS_OF_TEXTS`, `CONDITIONS_ON_TEXTS`). Every refusal is a `RuleSyntaxError` with line and
column, and a key of the catalogue's `[words.rule_mistake]`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.rules.expression import (
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
    parts,
)
from consolidator.rules.tokens import RuleSyntaxError, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from consolidator.rules.expression import Expression

_LONGEST = 4000
_DEEPEST = 40


def parse(text: str) -> Expression:
    """The expression that `text` spells. Raises `RuleSyntaxError`, and nothing else, for any other text."""
    if len(text) > _LONGEST:
        raise RuleSyntaxError("too_long", 1, 1, limit=str(_LONGEST))
    reader = _Reader(tokens(text))
    expression = reader.condition()
    reader.take("end")
    _refuse_depth(expression)
    return expression


def _refuse_depth(expression: Expression) -> None:
    waiting = [(expression, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise _too_deep(part)
        waiting.extend((inner, depth + 1) for inner in parts(part))


def _too_deep(at: Expression | Token) -> RuleSyntaxError:
    return RuleSyntaxError("too_deep", at.line, at.column, limit=str(_DEEPEST))


class _Reader:
    """Goes through the words once, from left to right; each method reads what the grammar calls by its name."""

    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        """The word that stands next."""
        return self._words[self._at]

    def take(self, *kinds: str) -> Token:
        """The next word, which must be of one of these kinds."""
        token = self._words[self._at]
        if token.kind not in kinds:
            raise token.refused()
        self._at += 1
        return token

    def _taken(self, kind: str) -> Token | None:
        """The next word where it is of this kind."""
        return self.take(kind) if self.next.kind == kind else None

    def _deeper(self, inner: Callable[[], Expression], opening: Token) -> Expression:
        """What stands one level deeper, which has an end: a text cannot exhaust this program."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _too_deep(opening)
        found = inner()
        self._depth -= 1
        return found

    def condition(self) -> Expression:
        return self._conditional("iff", self._implication)

    def _implication(self) -> Expression:
        return self._conditional("implies", self._disjunction)

    def _conditional(self, kind: str, left_side: Callable[[], Expression]) -> Expression:
        left = left_side()
        if not (word := self._taken(kind)):
            return left
        return Conditional(kind, left, self._deeper(self._implication, word), line=left.line, column=left.column)

    def _disjunction(self) -> Expression:
        return self._logic("or", self._conjunction)

    def _conjunction(self) -> Expression:
        return self._logic("and", self._negation)

    def _logic(self, kind: str, operand: Callable[[], Expression]) -> Expression:
        operands = [operand()]
        while self._taken(kind):
            operands.append(operand())
        first = operands[0]
        return Logic(kind, tuple(operands), line=first.line, column=first.column) if len(operands) > 1 else first

    def _negation(self) -> Expression:
        if word := self._taken("not"):
            return Not(self._deeper(self._negation, word), line=word.line, column=word.column)
        return self._chain(Comparison, "compare", self._total)

    def _total(self) -> Expression:
        return self._chain(Arithmetic, "sign", self._product)

    def _product(self) -> Expression:
        return self._chain(Arithmetic, "scale", self._signed)

    def _chain(
        self, kind: type[Arithmetic | Comparison], operator: str, operand: Callable[[], Expression]
    ) -> Expression:
        operands, operators = [operand()], []
        while word := self._taken(operator):
            operators.append(word.text)
            operands.append(operand())
        first = operands[0]
        if not operators:
            return first
        return kind(tuple(operands), tuple(operators), line=first.line, column=first.column)

    def _signed(self) -> Expression:
        if not (sign := self._taken("sign")):
            return self._atom()
        operand = self._deeper(self._signed, sign)
        return Negative(operand, line=sign.line, column=sign.column) if sign.text == "-" else operand

    def _atom(self) -> Expression:
        word = self.take("name", "number", "open", "function", "facet", "blank", "previous")
        place = {"line": word.line, "column": word.column}
        if word.kind == "name":
            return Name(word.text, **place)
        if word.kind == "number":
            return Number(Decimal(word.text), **place)
        if word.kind == "facet":
            return self._facet(word)
        if word.kind != "open":
            self.take("open")
        if word.kind == "blank":
            name = self._facet(self.take("facet")) if self.next.kind == "facet" else self._name()
            found: Expression = Blank(name, **place)
        elif word.kind == "previous":
            found = Previous(self._name(), **place)
        elif word.kind == "function":
            found = Call(word.text, self._arguments(word), **place)
        else:
            found = self._deeper(self.condition, word)
        self.take("close")
        return found

    def _name(self) -> Name:
        word = self.take("name")
        return Name(word.text, line=word.line, column=word.column)

    def _arguments(self, function: Token) -> tuple[Expression, ...]:
        found = [self._deeper(self._argument, function)]
        while self._taken("comma"):
            found.append(self._deeper(self._argument, function))
        return tuple(found)

    def _argument(self) -> Expression:
        if self.next.kind == "name" and self._words[self._at + 1].kind == "range":
            first = self._name()
            self.take("range")
            return Range(first, self._name(), line=first.line, column=first.column)
        return self.condition()

    def _facet(self, function: Token) -> Facet:
        self.take("open")
        names, words = [self._name()], list[str]()
        while self._taken("comma"):
            if words or self.next.kind == "words":
                words.append(self.take("words").text[1:-1])
            else:
                names.append(self._name())
        self.take("close")
        return Facet(function.text, tuple(names), tuple(words), line=function.line, column=function.column)
