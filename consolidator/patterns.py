"""Regular expressions that are compiled when they are first needed.

In: the source of a pattern. Out: what behaves as the compiled pattern. Never: a pattern that a short run does not need
compiled at its start; Chinese classes of characters are slow to compile, and there are hundreds.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Later:
    """Stands for a compiled pattern: the first use compiles it, after that its methods are the pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first used; a mistake in it shows then. Arguments as of `re.compile`."""
    return cast("re.Pattern[str]", _Later(source, flags))
