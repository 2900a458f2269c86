"""Who files, what was handed in, and what was read from it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.model.cells import CellAddress


class Status(StrEnum):
    """What became of a file, or of a unit without one (the `status` column of `submissions.csv`)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    NOT_A_FORM = "not_a_form"
    WRONG_PERIOD = "wrong_period"
    WRONG_VERSION = "wrong_version"
    UNKNOWN_UNIT = "unknown_unit"
    MISSING = "missing"
    IGNORED = "ignored"


class ReportingUnit(Struct, frozen=True, order=True):
    """A unit that files (填报单位). Without a roster `code` is empty and `name` is the form header's text."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""

    @property
    def key(self) -> str:
        """What tells units apart: the code, or the name where there is none."""
        return self.code or self.name


class Shelf(NamedTuple):
    """Where the bytes of a file are taken from again, and how many they are."""

    size: int
    take: Callable[[], bytes | Refusal]


class Submission(Struct, frozen=True):
    """One file of the inbox. `file` is its path inside the inbox with `/`; `content` is its bytes.

    Where there are too many files to hold them all, `content` is empty and the bytes are on a `shelf`.
    """

    file: str
    sha256: str
    content: bytes
    shelf: Shelf | None = None

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.shelf.size if self.shelf else len(self.content)

    def load(self) -> bytes | Refusal:
        """The bytes, which are those of `sha256`, or why they cannot be had any more."""
        return self.shelf.take() if self.shelf else self.content


class Observation(Struct, frozen=True):
    """The value of one indicator in one file, with its address.

    `value` is a number for counts and money, a text for text indicators, None where the cell holds nothing usable.
    `raw` is the cell's text as typed. `how` tells how the row was found (`label`, `alias`, `moved` …).
    """

    indicator: str
    value: Decimal | str | None
    raw: str
    address: CellAddress
    how: str = "label"

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number, else None."""
        return self.value if isinstance(self.value, Decimal) else None


class Refusal(Struct, frozen=True):
    """Why no workbook could be read from a file: the status it gets, and the code and details of the sentence."""

    status: Status
    code: str
    case: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
