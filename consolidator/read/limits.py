"""How much of a file is read at most, and the one way to give a file up.

In: nothing. Out: `Limits` and `Refused`, which carries the `Refusal` that the room answers with.
"""

from __future__ import annotations

from msgspec import Struct

from consolidator.model import Refusal, Status
from consolidator.terms import Word

MEBIBYTE = 1024 * 1024


class Limits(Struct, frozen=True):
    """Bounds of one file, far beyond any form; those on sizes ten times what several thousand public workbooks needed.

    `cells` counts cells with content: as many as are read in half of `seconds` on a slow machine. Sizes are in bytes
    and count what is really inflated, never what a header claims. `seconds` is wall-clock time a file, all attempts
    together; `memory` the address space of a worker process. No file may take 10 s or 512 MiB.
    """

    file: int = 50 * MEBIBYTE
    part: int = 256 * MEBIBYTE
    inflated: int = 400 * MEBIBYTE
    entries: int = 2_000
    directory: int = 2 * MEBIBYTE
    sheets: int = 1_000
    cells: int = 200_000
    merges: int = 20_000
    strings: int = 2_000_000
    characters: int = 64 * MEBIBYTE
    token: int = MEBIBYTE
    depth: int = 64
    rows: int = 1_048_576
    columns: int = 16_384
    seconds: float = 8.0
    memory: int = 480 * MEBIBYTE


LIMITS = Limits()

RESULTS = Limits(cells=4_000_000, merges=200_000)
"""Bounds of a workbook that this program wrote, which holds a whole county's figures."""


class Refused(Exception):  # noqa: N818 - not an error of the program: the answer of the room, on its way out
    """No workbook can be had from this file, and why."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry `refusal` out."""
        self.refusal = refusal
        super().__init__(f"{refusal.code} {refusal.case} {dict(refusal.details)}")


def damaged(reason: str) -> Refused:
    """The file is broken or was not copied whole; `reason` is a key of the words `damage`."""
    return Refused(Refusal(Status.UNREADABLE, "B01", "damaged", {"reason": Word(f"damage.{reason}")}))


def unsafe(reason: str, where: str = "") -> Refused:
    """The file is built as no spreadsheet program builds one; `reason` is a key of the words `unsafe`."""
    details = {"reason": Word(f"unsafe.{reason}"), "where": where}
    return Refused(Refusal(Status.UNREADABLE, "B01", "unsafe", details))


def too_large(what: str, limit: int) -> Refused:
    """The file is beyond what is read; `what` is a key of the words `amount`."""
    shown = f"{limit // MEBIBYTE} MB" if limit >= MEBIBYTE and limit % MEBIBYTE == 0 else f"{limit}"
    return Refused(Refusal(Status.UNREADABLE, "B01", "too_large", {"what": Word(f"amount.{what}"), "limit": shown}))


def encrypted() -> Refused:
    """The file needs a password that is not the spreadsheet programs' default one."""
    return Refused(Refusal(Status.ENCRYPTED, "B02"))


def not_a_form(kind: str) -> Refused:
    """The file is no spreadsheet; `kind` is a key of the words `file_kind`."""
    return Refused(Refusal(Status.NOT_A_FORM, "B03", details={"what": Word(f"file_kind.{kind}")}))
