"""Pages, texts and letters under an Excel name that want to be expensive: bombs of markup, columns, nesting."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from msoffcrypto.format.ooxml import OOXMLFile

from tests.hostile.archives import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator


def encrypted(content: bytes, password: str) -> bytes:
    """The workbook behind a password."""
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, buffer)
    return buffer.getvalue()


def _locked(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    locked = encrypted(content, "秘密")
    yield "密码", locked, "encrypted"
    yield "密码而截断", locked[: len(locked) - 2048], "any"
    at = locked.index(b"spinCount=")
    yield "密码而要算二十亿次", locked[:at] + b'spinCount="2000000000"'[:22] + locked[at + 22 :], "any"
    start = locked.index(b"<?xml")
    bomb = b'<?xml version="1.0"?><!DOCTYPE e [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><e>&b;</e>'
    yield "密码说明带实体", locked[:start] + bomb.ljust(300) + locked[start + 300 :], "any"


def _pages() -> Iterator[tuple[str, bytes, str]]:
    yield "表中表十万层", b"<html>" + b"<table><tr><td>" * 100_000, "any"
    yield "跨列炸弹", b"<table>" + b"<tr>" + b"<td colspan=16384 rowspan=1000000>1" * 3000, "unreadable"
    yield "五十万格网页", b"<table>" + (b"<tr>" + b"<td>1" * 50) * 10_000 + b"</table>", "unreadable"
    yield "尖括号三兆", b"<table><tr><td>1</table>" + b"<" * 3 * MIB, "any"
    yield "不闭注释", b"<table><tr><td>1</table>" + b"<!--" * MIB, "any"
    yield "不闭属性", b"<table><tr><td x='" + b"a" * 8 * MIB, "any"
    yield "实体引用百万", b"<table><tr><td>" + b"&amp;&#x110000;&#99999999999;&bogus" * 100_000, "any"
    yield (
        "网页脚本",
        b"<html><body><script>alert(1)</script><table><tr><td>a<td><script>alert(2)</script></table>",
        "not_a_form",
    )
    for charset in ("undefined", "idna", "unicode_escape", "zlib", "utf-7"):
        yield f"网页编码{charset}", f'<html><meta charset="{charset}"><table><tr><td>1<td>2</table>'.encode(), "any"


def _letters() -> Iterator[tuple[str, bytes, str]]:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    parts = b"".join(
        b'--x\r\nContent-Type: multipart/mixed; boundary="x%d"\r\n\r\n--x%d\r\n' % (n, n) for n in range(3000)
    )
    nested = b"".join(b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n + 1) for n in range(3000))
    yield "信中信三千层", head.replace(b"=x\r", b"=x0\r") + nested, "any"
    yield "信中信错边界", head + parts, "any"
    yield (
        "信件坏头",
        head
        + b"--x\r\nContent-Type: text/html; charset*=x''%00; =;;\"\r\nContent-Disposition: ;;;\r\n\r\n<table><tr><td>1<td>2</table>\r\n--x--",
        "any",
    )
    yield (
        "信件未知编码",
        head
        + b"--x\r\nContent-Type: text/html; charset=undefined\r\nContent-Transfer-Encoding: x-none\r\n\r\n<table><tr><td>1<td>2</table>\r\n--x--",
        "any",
    )
    yield (
        "信件长头",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x" + b"; a=b" * 200_000 + b"\r\n\r\n--x--",
        "any",
    )


def _texts() -> Iterator[tuple[str, bytes, str]]:
    yield "一行百万列", b"a," * MIB + b"\n" + b"b,b\nc,c\n", "any"
    yield "五十万行文本", b"a,b\n" * 500_000, "unreadable"
    yield "三千万格文本", b"," * 30 * MIB + b"\n,\n,", "any"
    yield "引号不闭", b'a,"b\n' + b"x,y\n" * 500_000, "any"
    yield "一格八兆", b"a," + b"x" * 8 * MIB + b"\nc,d\n", "any"
    yield "空字节文本", b"a,b\0\nc,d\n" * 100, "any"
    yield "公式文本", "=1+1,@SUM(1)\n+1,-1\n\t=1,＝1\n".encode(), "not_a_form"
    yield "半个代理", b"\xff\xfe" + "指标,".encode("utf-16-le") + b"\x00\xd8" + "\n值,1\n".encode("utf-16-le"), "any"
    yield (
        "旧式xml炸弹",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "unreadable",
    )
    space = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
    end = b"</Table></Worksheet></Workbook>"
    yield (
        "旧式xml跨度",
        space
        + b'<Row ss:Index="5" ss:Span="999999999" ss:Hidden="1"><Cell ss:MergeAcross="999999" ss:MergeDown="99999999"/></Row>'
        + end,
        "unreadable",
    )
    yield (
        "旧式xml隐藏行",
        space + b'<Row ss:Span="1048000" ss:Hidden="1"><Cell ss:Index="1"/></Row><Row ss:Index="1"/>' * 200 + end,
        "any",
    )
    yield "旧式xml截断", space + b"<Row><Cell>", "unreadable"


def attacks(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """(what, file, expected status)."""
    yield from _locked(content)
    yield from _pages()
    yield from _letters()
    yield from _texts()
