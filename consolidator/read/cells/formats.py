r"""Number formats: whether one shows a date, and what a number looks like under it.

In: format codes such as `#,##0.00_ ;[Red]\-#,##0.00\ `. Out: `dated`, `shown`, `worded`.
Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (the built-in formats, with those of the Chinese locale).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from consolidator.model.number_formats import Section, section_in_force, tokens

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a file names by number only; 27–36 and 50–58 as Chinese Excel and WPS show them."""

_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_DATE_LETTERS = frozenset("ymdhseabYMDHSEAB")
_DIGITS = frozenset("0#?")
_NO_LITERALS = frozenset("0#?.,%@/")
_TELLING = frozenset("¥￥$€£<>≥≤≈~±")
_ROOMY = Context(prec=1000)  # a double has up to 309 digits before its point, a format up to 255 after it
_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")


@lru_cache(maxsize=512)
def dated(code: str) -> bool:
    """Whether a number under this format is shown as a date or a time."""
    return any(
        (kind == "plain" and text in _DATE_LETTERS) or (kind == "bracket" and _ELAPSED.fullmatch(text) is not None)
        for kind, text in tokens(code)[0]
    )


@lru_cache(maxsize=4096)
def shown(number: Decimal, code: str) -> str:
    """The number as displayed, where that differs from it in value; else an empty text.

    `12.4` under `0` is `12`; `0.05` under `0%` is `5%`; `12000` under `#,##0,` is `12`; `12345` under `0.0E+00` is `1.2E+04`.
    Fractions (`# ?/?`) are left alone: they show the value, if coarsely.
    """
    section, _ = section_in_force(number, code)
    magnitude = abs(number)
    kinds = {kind for kind, _ in section}
    plain = "".join(text if kind == "plain" else "\0" for kind, text in section)
    if not section or "general" in kinds or "/" in plain or "@" in plain:
        return ""
    if "exponent" in kinds:
        return _scientific(number, section)
    if not _DIGITS & set(plain):
        return "".join(text for kind, text in section if kind in ("quoted", "escaped", "plain")).strip()
    whole, _, fraction = plain.partition(".")
    percents = plain.count("%")
    thousands = _scaling(whole)
    scaled = magnitude.scaleb(2 * percents - 3 * thousands)
    places = sum(character in _DIGITS for character in fraction)
    rounded = _rounded(scaled, places)
    if not percents and rounded == abs(number):
        return ""
    sign = "-" if number < 0 and rounded else ""
    if _parted(section):
        return f"{sign}{_written_out(magnitude, section).strip()}"
    return f"{sign}{_plain(rounded)}{'%' * percents}"


def _scientific(number: Decimal, section: Section) -> str:
    """A number in scientific notation, where its digits are too few to say it; the exponent is a multiple of the places before the point."""
    mark = next(place for place, (kind, _) in enumerate(section) if kind == "exponent")
    whole, _, fraction = "".join(text if kind == "plain" else "" for kind, text in section[:mark]).partition(".")
    places = max(1, sum(character in _DIGITS for character in whole))
    decimals = sum(character in _DIGITS for character in fraction)
    if not number:
        return ""
    exponent = number.adjusted() // places * places
    mantissa = _rounded(number.scaleb(-exponent), decimals)
    if abs(mantissa) >= 10**places:  # rounded up to the next power
        exponent, mantissa = exponent + places, _rounded(mantissa.scaleb(-places), decimals)
    if mantissa.scaleb(exponent) == number:
        return ""
    return f"{mantissa:f}E{exponent:+03d}"


def _parted(section: Section) -> bool:
    """Whether a literal stands among the digits, such as the point of `0!.0,` that is none."""
    places = [place for place, token in enumerate(section) if _is_place(token)]
    between = section[places[0] : places[-1]] if places else ()
    return any(kind in ("quoted", "escaped") for kind, _ in between)


@lru_cache(maxsize=4096)
def worded(number: Decimal, code: str) -> str:
    """What is shown of a number together with words, where its format adds any: `3万条` for 3 under `0"万条"`.

    Its separators of thousands are left out. A zero for which words alone are shown is left alone, and so is what is
    shown as a percentage, a fraction or in scientific notation.
    """
    if not _speaks(code):
        return ""
    section, minus = section_in_force(number, code)
    marks = {text for kind, text in section if kind == "plain"}
    if marks & {"%", "@", "/"} or not any(map(_is_place, section)) or any(kind == "exponent" for kind, _ in section):
        return ""
    text = _written_out(abs(number), section).strip()
    return f"{'-' * minus}{text}" if tells(text) else ""


def tells(text: str) -> bool:
    """Whether a displayed number has words or signs with it, so that it does not say the number alone."""
    digits = any(character.isdigit() for character in text)
    said = any(character.isalpha() or character in _TELLING for character in text)
    return digits and said and "%" not in text and not _SCIENTIFIC.search(text)


@lru_cache(maxsize=512)
def _speaks(code: str) -> bool:
    said = "".join(_literal(token) for section in tokens(code) for token in section)
    return tells(f"0{said.replace('%', '')}")


def _literal(token: tuple[str, str]) -> str:
    """What a piece of a format puts before, among or after the digits."""
    kind, text = token
    if kind == "bracket":
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    literal = kind in ("quoted", "escaped") or (kind == "plain" and text not in _NO_LITERALS)
    return text if literal else ""


def _is_place(token: tuple[str, str]) -> bool:
    kind, text = token
    return kind == "general" or (kind == "plain" and text in _DIGITS)


def _written_out(magnitude: Decimal, section: Section) -> str:
    """All that a section shows of a number: each digit at its place, the text around and between them."""
    if any(kind == "general" for kind, _ in section):
        return "".join(_plain(magnitude) if kind == "general" else _literal((kind, text)) for kind, text in section)
    point = next((place for place, token in enumerate(section) if token == ("plain", ".")), len(section))
    whole, fraction = section[:point], section[point:]
    thousands = sum(
        _scaling("".join(text if kind == "plain" else "" for kind, text in part)) for part in (whole, fraction)
    )
    places = sum(map(_is_place, fraction))
    rounded = _rounded(magnitude.scaleb(-3 * thousands), places)
    digits, _, decimals = format(rounded, "f").partition(".")
    first = next((place for place, token in enumerate(whole) if _is_place(token)), None)
    shown: list[str] = []
    for place in range(len(whole) - 1, -1, -1):
        if not _is_place(whole[place]):
            shown.append(_literal(whole[place]))
            continue
        count = len(digits) if place == first else 1
        shown.append(digits[len(digits) - count :] or ("0" if whole[place][1] == "0" else ""))
        digits = digits[: len(digits) - count]
    text = "".join(reversed(shown)) + ("." if places else "")
    following = iter(decimals)
    return text + "".join(next(following) if _is_place(token) else _literal(token) for token in fraction)


def _scaling(whole: str) -> int:
    """How many thousands the commas after the last digit place divide by."""
    last = max((place for place, character in enumerate(whole) if character in _DIGITS), default=-1)
    tail = whole[last + 1 :]
    return len(tail) - len(tail.lstrip(","))


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_ROOMY)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
