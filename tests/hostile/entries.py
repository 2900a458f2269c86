"""What may lie in a folder beside plain files: links, pipes, sockets, folders under a file's name, names that lie."""

from __future__ import annotations

import os
import socket
from pathlib import Path

NAMES = (
    "..\\..\\攀出.xlsx",
    "夹\\..\\..\\攀出.xlsx",
    "CON.xlsx",
    "NUL",
    "aux.xlsx ",
    "尾点.xlsx.",
    "换行\n名.xlsx",
    "制表\t名.xlsx",
    "回车\r名.xlsx",
    "\u202exslx.反.xlsx",
    "零宽\u200b\ufeff名.xlsx",
    "=cmd|'calc'!A0.xlsx",
    "@SUM(1).xlsx",
    "+1.xlsx",
    "-rf.xlsx",
    "<script>alert(1)<.xlsx",
    "&amp;'\".xlsx",
    "%2e%2e%2f.xlsx",
    "#锚?问.xlsx",
    "[1]表!.xlsx",
    "长" * 80 + ".xlsx",
    "a;b;c.xlsx",
    "\x01\x1b[31m.xlsx",
)
BYTES = (b"\xff\xfe\xb8\xdf.xlsx", "镇统计表.xlsx".encode("gbk"))
"""Names that are no UTF-8, as old archives leave them behind on Linux."""


def plant(inbox: Path, sound: bytes) -> list[str]:
    """Put everything of this kind into a folder; the paths as the program lists them."""
    planted = []
    outside = inbox.parent / "外面.xlsx"
    outside.write_bytes(sound)
    for name, target in (
        ("链接.xlsx", outside),
        ("死链接.xlsx", inbox / "无"),
        ("链接环.xlsx", inbox / "链接环.xlsx"),
        ("链接夹", inbox.parent),
    ):
        (inbox / name).symlink_to(target)
        planted.append(name)
    os.mkfifo(inbox / "管道.xlsx")
    with socket.socket(socket.AF_UNIX) as end:
        here = Path.cwd()
        os.chdir(inbox)
        try:
            end.bind("s.xlsx")
        finally:
            os.chdir(here)
    (inbox / "文件夹.xlsx").mkdir()
    (inbox / "文件夹.xlsx" / "里面.txt").write_bytes(b"x")
    (inbox / "零字节.xlsx").touch()
    for name in NAMES:
        (inbox / name).write_bytes(sound)
    for raw in BYTES:
        (inbox / os.fsdecode(raw)).write_bytes(sound)
    deep = inbox.joinpath(*["深"] * 60)
    deep.mkdir(parents=True)
    (deep / "深处.xlsx").write_bytes(b"x")
    inside = f"{'深/' * 60}深处.xlsx"
    return [
        *planted,
        "管道.xlsx",
        "s.xlsx",
        "文件夹.xlsx/里面.txt",
        "零字节.xlsx",
        *NAMES,
        *map(os.fsdecode, BYTES),
        inside,
    ]
