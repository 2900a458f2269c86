"""Issue "any workbook": pretenders and wrecks. Each gets its own plain sentence and status; MESSY F15 among them."""

from __future__ import annotations

import io
import os
import socket
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from consolidator.inbox import Gathering, disk
from tests.messy.cells import save
from tests.messy.county import FIGURES, book_of, judge
from tests.messy.test_files import archive
from tests.read.books import zipped
from tests.read.test_refusals import compound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    NewFolder = Callable[[], Path]

GOOD = save(book_of("甲镇"), "xlsx")
DEEP = 1020
BINARY = save(book_of("甲镇"), "xls")


def packed(*names: str) -> bytes:
    return zipped(dict.fromkeys(("[Content_Types].xml", *names), "<a/>"))


STRANGERS = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF 文件"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
    "jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "图片"),
    "gif": (b"GIF89a" + bytes(200), "图片"),
    "bmp": (b"BM" + bytes(200), "图片"),
    "tiff": (b"II*\x00" + bytes(200), "图片"),
    "docx": (packed("word/document.xml"), "Word 或 WPS 文字文档"),
    "doc": (compound("WordDocument"), "Word 或 WPS 文字文档"),
    "wps": (compound("WpsDocument"), "Word 或 WPS 文字文档"),
    "pptx": (packed("ppt/presentation.xml"), "演示文稿"),
    "rtf": (b"{\\rtf1\\ansi \\'bc\\'d7}", "RTF 文档"),
    "ofd": (zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "OFD 版式文件"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "OpenDocument 文档"),
    "eml": (b"From: a@b.cn\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\nhello", "邮件"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(200), "压缩包"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(200), "压缩包"),
    "xml": (b"<?xml version='1.0'?><a/>", "XML 文件"),
    "page": (b"<html><body><p>404 Not Found</p></body></html>", "网页"),
    "exe": (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "无法识别的文件"),
}


@pytest.mark.parametrize("extension", ["xlsx", "xls", ""])
def test_f15_what_is_no_table_is_called_by_its_kind(extension: str, new_folder: NewFolder) -> None:
    files = {f"{kind}镇.{extension or kind}": content for kind, (content, _) in STRANGERS.items()}
    units = [name.partition(".")[0] for name in files]
    outcome = judge(new_folder(), files, units)  # type: ignore[arg-type]

    for file, (_, called) in zip(files, STRANGERS.values(), strict=True):
        assert (file, outcome.status(file), outcome.told(file)) == (file, "not_a_form", ["hard B03"])
        assert outcome.sentence(file, "B03").removeprefix("这是").strip().startswith(called)
        assert "请报送电子表格" in outcome.sentence(file, "B03")
    assert outcome.missing() == set()


@pytest.mark.parametrize(
    ("file", "case"),
    [
        ("~$甲镇.xlsx", "lock_file"),
        (".~lock.甲镇.xlsx#", "lock_file"),
        (".~甲镇.xlsx", "lock_file"),
        ("甲镇.lnk", "system"),
        ("甲镇.xlsx.lnk", "system"),
        ("县政府.url", "system"),
        ("Thumbs.db", "system"),
        ("desktop.ini", "system"),
        (".DS_Store", "system"),
        ("__MACOSX/._甲镇.xlsx", "system"),
        ("8A3F21C0.tmp", "system"),
    ],
)
def test_f15_noise_is_passed_over_and_counted(file: str, case: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {file: b"noise", "子/" + file: b"noise"}, ["甲镇"])

    for name in (file, "子/" + file):
        record = outcome.records[name]
        assert (record.status.value, record.reason, outcome.told(name)) == ("ignored", f"B05.{case}", [])
    assert outcome.result.record.counts["files"] == 3
    assert outcome.missing() == {"甲镇"}


@pytest.mark.parametrize("file", ["甲镇.xlsx", "甲镇.xls", "甲镇.csv", "甲镇"])
def test_f15_an_empty_file_is_passed_over_and_the_unit_is_missing(file: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {file: b""}, ["甲镇"])

    assert (outcome.status(file), outcome.records[file].reason) == ("ignored", "B05.empty")
    assert outcome.missing() == {"甲镇"}


@pytest.mark.parametrize(
    "file", ["甲镇.xlsx.crdownload", "甲镇.xls.part", "甲镇.xlsx.tmp", "甲镇.zip.downloading", "甲镇.xlsx.td"]
)
def test_a_file_that_is_still_being_downloaded_is_said_to_be_so(file: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {file: GOOD[:2000]}, ["甲镇"])

    assert (outcome.status(file), outcome.told(file)) == ("unreadable", ["hard B01 changing"])
    assert "正在复制或保存" in outcome.sentence(file, "B01")
    assert outcome.records[file].unit_name == "甲镇"


def test_a_file_that_grows_while_it_is_read_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲镇.xlsx").write_bytes(GOOD)
    real, sizes = os.fstat, iter((1000,))

    def growing(descriptor: int) -> os.stat_result:
        facts = list(real(descriptor))
        facts[6] = next(sizes, facts[6])
        return os.stat_result(facts)

    with monkeypatch.context() as patch:
        patch.setattr(disk.os, "fstat", growing)
        found = Gathering(tmp_path).collection()

    assert [(entry.file, entry.refusal.case) for entry in found.aside] == [("甲镇.xlsx", "changing")]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_a_truncated_or_half_copied_workbook_is_damaged_not_encrypted(kind: str, new_folder: NewFolder) -> None:
    content = save(book_of("甲镇"), kind)
    cuts = [content[: len(content) * share // 100] for share in (1, 10, 30, 50, 70, 90, 95)]
    whole = [cut.ljust(len(content), b"\0") for cut in cuts[:-1]]
    files = {f"第{number:02}镇.{kind}": cut for number, cut in enumerate((*cuts, *whole))}
    outcome = judge(new_folder(), files, [name.partition(".")[0] for name in files], jobs=1)  # type: ignore[arg-type]

    for file in files:
        assert (file, outcome.status(file), outcome.told(file)) == (file, "unreadable", ["hard B01 damaged"])
    assert outcome.missing() == set()


@pytest.mark.parametrize(("size", "reason"), [(4096, "内容全为空字节"), (70_000, "内容全为空字节")])
def test_a_file_of_zeros_is_damaged(size: int, reason: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": bytes(size)}, ["甲镇"])

    assert outcome.told("甲镇.xlsx") == ["hard B01 damaged"]
    assert reason in outcome.sentence("甲镇.xlsx", "B01")


def protected_archive() -> bytes:
    content = bytearray(archive({"甲镇.xlsx": GOOD}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        (archive({"甲镇.xlsx": GOOD})[:-40], "unreadable", "hard B01 damaged"),
        (protected_archive(), "encrypted", "hard B30 encrypted"),
    ],
)
def test_an_archive_that_does_not_open_says_why(content: bytes, status: str, told: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.zip": content}, ["甲镇"])

    assert (outcome.status("甲镇.zip"), outcome.told("甲镇.zip")) == (status, [told])
    assert outcome.records["甲镇.zip"].unit_name == "甲镇"


def test_a_protected_file_beside_an_open_one_in_an_archive_harms_it_not(new_folder: NewFolder) -> None:
    content = bytearray(archive({"甲镇.xlsx": GOOD, "乙镇.xlsx": save(book_of("乙镇"), "xlsx")}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    outcome = judge(new_folder(), {"报送.zip": bytes(content)}, ["甲镇", "乙镇"])

    assert outcome.told("报送.zip/甲镇.xlsx") == ["hard B30 encrypted_entry"]
    assert outcome.status("报送.zip/乙镇.xlsx") == "accepted"


@pytest.mark.parametrize("inside", ["../../甲镇.xlsx", "/甲镇.xlsx", "C:\\甲镇.xlsx", "..\\..\\甲镇.xlsx"])
def test_a_path_in_an_archive_never_leaves_it(inside: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"报送.zip": archive({inside: GOOD})}, ["甲镇"])
    (file,) = (record.file for record in outcome.result.submissions if record.unit_name == "甲镇")

    assert file.startswith("报送.zip/")
    assert ".." not in file
    assert outcome.status(file) == "accepted"


def test_a_bomb_in_an_archive_is_refused(new_folder: NewFolder) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("甲镇.xlsx", bytes(60 * 1024 * 1024))
        packed.writestr("乙镇.xlsx", save(book_of("乙镇"), "xlsx"))
    outcome = judge(new_folder(), {"报送.zip": buffer.getvalue()}, ["甲镇", "乙镇"])

    assert outcome.told("报送.zip/甲镇.xlsx") == ["hard B01 too_large"]
    assert outcome.status("报送.zip/乙镇.xlsx") == "accepted"


def link(path: Path) -> None:
    target = path.parent.parent / "别处.xlsx"
    target.write_bytes(save(book_of("甲镇", {"F": 99}), "xlsx"))
    path.symlink_to(target)


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "没有.xlsx")


def linked_folder(path: Path) -> None:
    target = path.parent.parent / "别处"
    target.mkdir()
    (target / "甲镇.xlsx").write_bytes(GOOD)
    path.symlink_to(target)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize(
    ("make", "called"),
    [
        (link, "链接"),
        (dangling, "链接"),
        (linked_folder, "链接"),
        (os.mkfifo, "管道"),
        (listening, "套接字"),
        (lambda path: path.mkdir(), "文件夹"),
    ],
    ids=["link", "dangling", "linked-folder", "pipe", "socket", "folder"],
)
def test_what_is_no_file_is_never_followed_and_called_by_its_kind(
    make: Callable[[Path], None], called: str, new_folder: NewFolder
) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": make}, ["甲镇"])

    assert (outcome.status("甲镇.xlsx"), outcome.told("甲镇.xlsx")) == ("unreadable", ["hard B01 not_regular"])
    assert f"不是普通文件（{called}" in outcome.sentence("甲镇.xlsx", "B01")
    assert outcome.total("F") == FIGURES["F"]


def test_a_folder_called_like_a_form_is_said_and_its_files_are_read(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx/甲镇.xlsx": GOOD}, ["甲镇"])

    assert (outcome.status("甲镇.xlsx"), outcome.records["甲镇.xlsx"].reason) == ("ignored", "B05.folder")
    assert outcome.status("甲镇.xlsx/甲镇.xlsx") == "accepted"


def test_a_workbook_that_was_unpacked_into_a_folder_is_one_thing(new_folder: NewFolder) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as book:
        parts = {f"甲镇.xlsx/{name}": book.read(name) for name in book.namelist()}
    outcome = judge(new_folder(), parts, ["甲镇"])

    assert set(outcome.records) == {"甲镇.xlsx", "陶乐镇.xlsx"}
    assert outcome.told("甲镇.xlsx") == ["hard B01 not_regular"]


def test_a_folder_that_may_not_be_opened_harms_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙.xlsx").write_bytes(GOOD)
    real = os.scandir

    def guarded(folder: Path) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "甲":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(disk.os, "scandir", guarded)
    found = Gathering(tmp_path).collection()

    assert [submission.file for submission in found.submissions] == ["乙.xlsx"]
    assert [(entry.file, entry.refusal.case) for entry in found.aside] == [("甲", "no_access")]


def test_a_file_that_may_not_be_read_harms_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲.xlsx").write_bytes(GOOD)
    (tmp_path / "乙.xlsx").write_bytes(BINARY)
    real = os.open

    def guarded(path: Path, flags: int, *rest: int) -> int:
        if Path(path).name == "甲.xlsx":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(disk.os, "open", guarded)
    found = Gathering(tmp_path).collection()

    assert [submission.file for submission in found.submissions] == ["乙.xlsx"]
    assert [(entry.refusal.case, entry.refusal.details["reason"]) for entry in found.aside] == [
        ("no_access", "entry.denied")
    ]


def test_folders_nested_without_end_are_walked(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(DEEP):
            Path("d").mkdir()
            os.chdir("d")
        Path("甲.xlsx").write_bytes(GOOD)
        found = Gathering(tmp_path).collection()
        Path("甲.xlsx").unlink()
        for _ in range(DEEP):  # nobody else can remove what lies so deep
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)

    assert [submission.file for submission in found.submissions] == ["d/" * DEEP + "甲.xlsx"]
