"""An inbox in which good filings lie among everything hostile and broken that we know of. Made by code, nothing fetched.

`python -m tests.hostile.folder DIR` makes it to look at.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tests import formats
from tests.hostile import archives, binary, entries, exports, sheets, texts
from tests.messy.county import FIGURES, book_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SURNAMES, _ENDS = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏",
    ("家", "庄", "桥", "店", "堡", "坡", "湾", "林", "溪", "塘"),
)
GOOD = [f"{a}{b}镇" for b in _ENDS for a in _SURNAMES]
"""Three hundred names of good units."""

BAD = [f"{a}{b}乡" for b in _ENDS for a in _SURNAMES]
"""And of those whose forms hold something hostile."""

_KINDS = ("xlsx", "xls", "ods", "xlsb", "xlsm")


@dataclass
class Planted:
    """What lies in an inbox: good files by unit, and bad ones with the status that each must get (`any`: one)."""

    inbox: Path
    roster: Path
    good: dict[str, str] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)


def figures(number: int) -> dict[str, int]:
    """What the good unit of this number files."""
    return {**FIGURES, "I3": 40 + number}


def plant_good(folder: Path, count: int, others: list[str] | None = None) -> Planted:
    """An inbox of good filings only, and a roster of them and `others`."""
    inbox = folder / "收件"
    inbox.mkdir(parents=True)
    roster = folder / "名录.csv"
    lines = [f"{number:04},{name}" for number, name in enumerate([*GOOD[:count], *(others or [])], start=1)]
    roster.write_text("\n".join(["单位代码,单位名称", *lines]), encoding="utf-8")
    planted = Planted(inbox, roster)
    for number, unit in enumerate(GOOD[:count]):
        kind = _KINDS[number % len(_KINDS)] if number < 20 else "xlsx"
        name = f"{unit}.{kind}"
        (inbox / name).write_bytes(formats.save(book_of(unit, figures(number)), kind))
        planted.good[unit] = name
    return planted


def plant_bad(planted: Planted, files: Iterable[tuple[str, bytes, str]] | None = None) -> None:
    """The hostile files, all of them or those given, and everything else that may lie in a folder."""
    bad = planted.inbox / "恶意"
    bad.mkdir()
    for name, content, status in hostile() if files is None else files:
        (bad / name).write_bytes(content)
        planted.bad[f"恶意/{name}"] = status
    for path in entries.plant(planted.inbox, formats.to_xlsx(book_of(BAD[-1]))):
        planted.bad[path] = "any"


@cache
def hostile() -> tuple[tuple[str, bytes, str], ...]:
    """Every hostile file: its name, its bytes, the status it must get."""
    return tuple(_hostile())


def _hostile() -> Iterator[tuple[str, bytes, str]]:
    sound = formats.to_xlsx(book_of(BAD[0]))
    for name, content, status in chain(archives.attacks(sound), sheets.attacks(sound), exports.attacks(sound)):
        yield f"{name}.xlsx", content, status
    for name, content, status in binary.xls_attacks(formats.to_xls(book_of(BAD[1]))):
        yield f"{name}.xls", content, status
    for name, content, status in binary.xlsb_attacks(formats.to_xlsb(book_of(BAD[2]))):
        yield f"{name}.xlsb", content, status
    for name, content, status in binary.ods_attacks():
        yield f"{name}.ods", content, status
    yield from spoken()
    tricks = {
        f"../../{entries.NAMES[0]}": sound,
        "/etc/绝对.xlsx": sound,
        "a/../../b.xlsx": sound,
        "空\0字.xlsx": sound,
        "长" * 800 + ".xlsx": sound,
    }
    yield "名字.zip", archives.raw_zip([(name, *_stored(data)) for name, data in tricks.items()]), "ignored"
    yield "套娃.zip", archives.nested(b"x" * 1000), "ignored"
    yield "大包.zip", archives.raw_zip([("大.xlsx", *_deflated(300 << 20))]), "ignored"


def spoken() -> Iterator[tuple[str, bytes, str]]:
    """The forms with words and figures that want to be more."""
    for name, content in texts.filings(BAD[10:]):
        yield f"{name}.xlsx", content, "any"


def _stored(data: bytes) -> tuple[bytes, int, int, int]:
    import zlib

    return data, 0, zlib.crc32(data), len(data)


def _deflated(size: int) -> tuple[bytes, int, int, int]:
    data, checksum, length = archives.deflated(b"", b"\0" * 4096, size, b"")
    return data, 8, checksum, length


if __name__ == "__main__":
    made = plant_good(Path(sys.argv[1]), 12, BAD)
    plant_bad(made)
    sys.stdout.write(f"{len(made.bad)} bad, {len(made.good)} good in {made.inbox}\n")
