"""Build `sample_workbooks/county-2016/`: a whole county's inbox as a clerk would find it, and what is expected of it.

Run from the project's folder: `python -m sample_workbooks.build_county_2016 [FOLDER]`. The same files every time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sample_workbooks.expectation import expected_toml, readme, write_all
from sample_workbooks.townships_2016 import CHENGGUAN, FILED, REGISTER
from sample_workbooks.yaofu_2016 import PAGE_BREAKS, PUBLISHED
from tests.builders import Book, Filing, Layout, Line, Page, lay_out
from tests.formats import save

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_workbooks.township import Township

HERE = Path(__file__).resolve().parent / "county-2016"
COPY = CHENGGUAN.file.replace(".xlsx", "(1).xlsx")
LOCK = f"~${CHENGGUAN.file}"
NOTICE = "关于报送2016年政府信息公开统计表的通知.pdf"
YAOFU = "姚伏镇政府信息公开情况统计表.xlsx"
CAMPAIGN = """\
# 一次汇总的设置。命令行上写的优先于这里写的。
county = "平罗县"
period = "2016"
forms = ["gov-info-disclosure-2014"]
roster = "roster.xlsx"
deadline = "2017-01-15"

# 合计算哪些单位："accepted" 只算审核通过的；"received" 算全部读得出的。
totals = "accepted"

# 空白是什么意思："missing" 没有数、不计；"zero" 当作 0；"required" 必须填。
blank_policy = "missing"

# 同一单位报了两份不同的表时，在这里写明以哪一份为准。
[[pin]]
unit = "黄渠桥镇"
file = "黄渠桥镇2016年统计表（修改稿）.xls"

# 合计需要加减时（如两家单位联合办培训班、各计了一次），在这里逐项写明；只加在合计上，不改动任何单位的数，各表都会注明。
# [[adjustment]]
# indicator = "I2"
# amount = -1
# reason = "与县司法局联合举办，重复计 1 次"
# by = "县政务公开办"
"""


def build(folder: Path) -> None:
    """Write the whole sample county under `folder`."""
    write_all(folder, contents())


def contents() -> Iterator[tuple[str, bytes]]:
    """Every file of the sample county: its path under the county's folder, and its bytes."""
    books = {township.file: book_of(township) for township in FILED} | {YAOFU: yaofu()}
    for township in FILED:
        whole = save(books[township.file], township.kind)
        yield f"inbox/{township.file}", whole[: int(len(whole) * township.damage)]
        if township is CHENGGUAN:
            yield f"inbox/{COPY}", whole
    yield f"inbox/{YAOFU}", save(books[YAOFU], "xlsx")
    yield f"inbox/{LOCK}", lock_file("王小军")
    yield f"inbox/{NOTICE}", notice()
    yield "roster.xlsx", save(roster(), "xlsx")
    yield "campaign.toml", CAMPAIGN.encode()
    others = {COPY: "duplicate", LOCK: "ignored", NOTICE: "not_a_form"}
    yield "expected.toml", expected_toml(FILED, books, YAOFU, others).encode()
    yield "README.md", readme(FILED, YAOFU, COPY, LOCK, NOTICE).encode()


def book_of(township: Township) -> Book:
    """One filing, laid out."""
    return lay_out(township.filing(), township.layout)


def yaofu() -> Book:
    """姚伏镇's real filing: whole numbers as numbers, the rest as published."""
    lines = tuple(
        Line(label, unit, int(value) if value.isdecimal() else value or None) for label, unit, value in PUBLISHED
    )
    breaks = tuple(number for number, line in enumerate(lines) if line.label in PAGE_BREAKS)
    filing = Filing(lines, filer="平罗县姚伏镇", period="(2016 年度)", filer_label="填报单位(盖章): ")
    return lay_out(filing, Layout(breaks=breaks))


def roster() -> Book:
    """The register of reporting units, as the county office keeps it."""
    page = Page("名录", widths={1: 12, 2: 16, 3: 24, 4: 10})
    for column, header in enumerate(("单位代码", "单位名称", "别名", "类别"), start=1):
        page.put(1, column, header, "header")
    for row, (code, name, aliases) in enumerate(REGISTER, start=2):
        for column, value in enumerate((code, name, aliases or None, "乡镇"), start=1):
            page.put(row, column, value, "label")
    return Book([page], page.name, {}, {})


def lock_file(owner: str) -> bytes:
    """What Excel leaves beside an open workbook: the owner's name, twice, padded to 165 bytes."""
    short = owner.encode("gbk")
    wide = owner.encode("utf-16-le")
    return (bytes([len(short)]) + short.ljust(54) + bytes([len(owner), 0]) + wide).ljust(165)


def notice() -> bytes:
    """A one-page PDF, the office's own notice that lies in the same folder."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    body = b"%PDF-1.4\n"
    starts = []
    for number, text in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    tail = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + tail


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
