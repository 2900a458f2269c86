"""A definition file as plain values, each with its place in the file.

In: the text of a YAML 1.2 file. Out: a `Document`: mappings, lists and texts, and where each of them stands.
Never: a meaning. All scalars stay texts (`010` is `010`); only an empty value or `null` becomes None.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from msgspec import Struct
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, ScalarNode
from yaml.reader import ReaderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

Path = tuple[str | int, ...]
"""The way to a value: keys and list positions, such as `("tables", 0, "rows", 3, "type")`."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BLOCK_STYLES = frozenset({"|", ">"})
_MOST_LEVELS = 50
_ADVICE = (("',' or '}'", "yaml_braces"), ("mapping values are not allowed", "yaml_colon"))
"""What the parser says of texts that want quotes, and the flaw that says so."""
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
"""Tells scalars, lists and mappings apart, no more: what a scalar means is for the form to say."""


class Place(NamedTuple):
    """Line and column in the file, both from 1."""

    line: int
    column: int


class Flaw(NamedTuple):
    """What makes a file unusable as YAML or ambiguous: a key of `[words.mistake]`, its place, its details."""

    place: Place
    problem: str
    details: Mapping[str, str]


class Document(Struct, frozen=True):
    """The content of a definition file with the place of every value and key, and the flaws of its YAML."""

    content: Any
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    texts: Mapping[Path, Place]
    flaws: tuple[Flaw, ...]

    def place(self, path: Path) -> Place:
        """Where the value at `path` stands, or the nearest thing around it that the file does have."""
        while path not in self.values:
            path = path[:-1]
        return self.values[path]

    def key_place(self, path: Path) -> Place:
        """Where the key that `path` ends in stands; where there is none, the value's place."""
        return self.keys.get(path) or self.place(path)

    def within(self, path: Path, line: int, column: int) -> Place:
        """Where a position inside the text at `path` (line and column from 1) stands in the file.

        Exact for a text written on one line; otherwise the place where the text begins.
        """
        start = self.texts.get(path)
        return Place(start.line, start.column + column - 1) if start and line == 1 else self.place(path)


@lru_cache(maxsize=16)
def read_document(text: str) -> Document:
    """The YAML in `text` as values with places. Flaws of the YAML itself are in `flaws`; nothing is raised.

    A text is read once: several forms may name one another.
    """
    if directive := _directive(text):
        return _unusable(Flaw(directive, "yaml_directive", {}))
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except MarkedYAMLError as error:
        detail = (error.problem or "").strip()
        if "nesting depth" in detail:
            return _unusable(Flaw(_trouble(error, text), "yaml_depth", {}))
        key = next((key for sign, key in _ADVICE if sign in detail), "yaml")
        return _unusable(Flaw(_trouble(error, text), key, {"detail": detail}))
    except ReaderError as error:
        return _unusable(Flaw(_place_of(text, error.position), "yaml_character", {}))
    except RecursionError:
        return _unusable(Flaw(Place(1, 1), "yaml_depth", {}))
    walker = _Walker()
    content = walker.value(root, ()) if root is not None else None
    walker.values.setdefault((), Place(1, 1))
    return Document(content, walker.values, walker.keys, walker.texts, tuple(walker.flaws))


def _unusable(flaw: Flaw) -> Document:
    return Document(None, {(): flaw.place}, {}, {}, (flaw,))


def _trouble(error: MarkedYAMLError, text: str) -> Place:
    """Where YAML went wrong; for what is still open when the text ends, where it was opened."""
    mark, opened = error.problem_mark, error.context_mark
    if mark is None or (opened is not None and mark.line >= len(text.splitlines())):
        mark = opened
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _directive(text: str) -> Place | None:
    """Where a `%` directive stands before the content: none is needed, and YAML 1.1 would read values differently."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("%"):
            return Place(number, 1)
        if line.strip() and not line.lstrip("\ufeff").startswith("#"):
            break
    return None


def _place_of(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - before.rfind("\n"))


class _Walker:
    """Turns composed nodes into values, noting places and flaws on the way."""

    def __init__(self) -> None:
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.texts: dict[Path, Place] = {}
        self.flaws: list[Flaw] = []
        self.seen: set[int] = set()

    def value(self, node: Node, path: Path) -> Any:
        """The value of a node. A repeated node (a YAML alias) is a flaw: it could contain itself."""
        place = _place(node)
        self.values[path] = place
        if id(node) in self.seen:
            self.flaws.append(Flaw(place, "yaml_alias", {}))
            return None
        self.seen.add(id(node))
        if len(path) > _MOST_LEVELS:
            self.flaws.append(Flaw(place, "yaml_depth", {}))
            return None
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, ScalarNode):
            return self.scalar(node, path)
        return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        """The mapping of a node; a key given twice or a key that is not a text is a flaw."""
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.flaws.append(Flaw(_place(key_node), "yaml_key", {}))
                continue
            key = str(key_node.value)
            if key in result:
                self.flaws.append(Flaw(_place(key_node), "yaml_duplicate", {"name": key}))
                continue
            self.keys[(*path, key)] = _place(key_node)
            result[key] = self.value(value_node, (*path, key))
        return result

    def scalar(self, node: ScalarNode, path: Path) -> str | None:
        """The text of a scalar, or None for an empty one that is not quoted."""
        if not node.style and node.value in _NULL:
            return None
        start, end = node.start_mark, node.end_mark
        if node.style not in _BLOCK_STYLES and start.line == end.line:
            self.texts[path] = Place(start.line + 1, start.column + 1 + (1 if node.style else 0))
        return str(node.value)


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
