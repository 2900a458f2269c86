"""What another process can write meanwhile, where a run is large: the workbook that goes up, and the values.

In: the result of a run. Out: the bytes of those files, the workbook's proven. Never: a file written; a result so large that
a second one of it would matter to the machine.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.terms import catalogue
from consolidator.write import names
from consolidator.write.csv_files import write_values
from consolidator.write.facts import Facts
from consolidator.write.proof import proven
from consolidator.write.superiors import write_superiors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.model import Consolidation

_WORTH_IT = range(1_000, 8_000)
"""Units: with fewer it takes longer to tell than to write, with more the copy of what was read takes too much memory."""

Entrust = Callable[[Callable[[], Any]], AbstractContextManager[Callable[[], Any]]]
"""Has somebody do some work: what it gives is called for what came of it, None where nobody did it."""


class Aside(Struct, frozen=True):
    """Writes the files that do not name the output folder, for another process to be called."""

    result: Consolidation
    language: str

    def __call__(self) -> Mapping[str, bytes]:
        """The files' bytes by their names."""
        facts = Facts(self.result, catalogue(self.language))
        book, values, upward = io.BytesIO(), io.BytesIO(), names.book_name("superiors")
        claims = write_superiors(book, facts)
        write_values(values, facts)
        return {upward: proven(upward, book.getvalue(), claims), names.VALUES: values.getvalue()}


@contextmanager
def nobody(_: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """There is nobody else to do it."""
    yield lambda: None


def is_worth_it(result: Consolidation) -> bool:
    """Whether so much is to be written that a second process pays, and no more than it has room for."""
    return sum(len(table.rows) for table in result.tables) in _WORTH_IT
