"""Texts made comparable: one explicit table of spellings, never a similarity score.

NFKC is not used: it turns ① into 1 and ㈠ into (一), which changes what is printed.
Source of the table: label variants of real filings (half- and full-width brackets in one form, stray spaces from line
breaks, `1.` `1、` `1．`, dashes of every length).
"""

from __future__ import annotations

from functools import lru_cache

from consolidator.patterns import regex

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPELLINGS = {
    ord(char): to
    for chars, to in (
        ("〔〖【［[", "("),
        ("〕〗】］]", ")"),
        ("“”„‟＂「」『』〝〞‘’＇'", '"'),
        ("—–―─━‐‑‒﹣－⸺", "-"),
        ("、﹑，､", ","),
        ("．｡。", "."),
        ("∶︰﹕", ":"),
        ("；", ";"),
        ("～〜∼", "~"),
        ("＿﹍", "_"),
    )
    for char in chars
}
_INVISIBLE = regex(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_RUNS = regex(r"-{2,}")
_BLANKS = regex(r"_+")
_NUMBERED = regex(r"^(\d{1,2}),")
_YEAR = regex(r"(?:一九|[二2][〇○零o0])[〇○零o0一二三四五六七八九\d]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TAIL = ":;,.-"


def half_width(text: str) -> str:
    """`text` in one spelling of digits, letters and punctuation, every character at its place."""
    return text.translate(_FULL_WIDTH).translate(_SPELLINGS)


def outset(text: str) -> int:
    """Where the text begins, after spaces and invisible characters."""
    match = _INVISIBLE.match(text)
    return match.end() if match else 0


def compact(text: str) -> str:
    """`text` in one spelling of digits, letters and punctuation, without spaces and invisible characters."""
    return half_width(_INVISIBLE.sub("", text))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` without spaces and invisible characters, in one spelling of years, brackets, quotes, dashes and punctuation."""
    bare = _BLANKS.sub("_", _RUNS.sub("-", compact(text)))
    bare = _NUMBERED.sub(r"\1.", bare).lower()
    if "年" in bare:
        bare = _YEAR.sub(lambda found: in_digits(found[0].replace("o", "0")), bare)
    return bare.rstrip(_TAIL) or bare


def in_digits(text: str) -> str:
    """`text` with Chinese numerals for 0 to 9 as digits, sign by sign: 二〇一六 is 2016."""
    return text.translate(_DIGITS)


def is_dash(text: str) -> bool:
    """Whether the text is only a dash drawn by any key: `-` `——` `/` `×`."""
    return fold(text) in {"-", "/", "\\", "×", "*", "_"}
