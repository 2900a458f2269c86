"""What another process can write meanwhile, where a run is large: all files that do not name the output folder.

In: the result of a run, the stage. Out: those files on the stage, proven, with their digests. Never: a result so large
that a second one of it would matter to the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.terms import catalogue
from consolidator.write.outputs import digests, make_others
from consolidator.write.plans.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.model import Consolidation
    from consolidator.write.saving.swap import Stage

_WORTH_IT = range(1_000, 8_000)
"""Units: with fewer it takes longer to tell than to write, with more the copy of what was read takes too much memory."""

Entrust = Callable[[Callable[[], Any]], AbstractContextManager[Callable[[], Any]]]
"""Has somebody do some work: what it gives is called for what came of it, None where nobody did it."""


class Aside(Struct, frozen=True):
    """Makes the files on the `stage`, for another process to be called."""

    result: Consolidation
    language: str
    stage: Stage

    def __call__(self) -> Mapping[str, str]:
        """The digests of the files by their names."""
        make_others(self.stage, Facts(self.result, catalogue(self.language)))
        return digests(self.stage)


@contextmanager
def nobody(_: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """There is nobody else to do it."""
    yield lambda: None


def is_worth_it(result: Consolidation) -> bool:
    """Whether so much is to be written that a second process pays, and no more than it has room for."""
    return sum(len(table.rows) for table in result.tables) in _WORTH_IT
