"""The county's own entries in a campaign file (`[[adjustment]]`): what they say, and which totals they are about.

In: the entries as TOML holds them; the forms of the run. Out: `Adjustment`s. Raises `UsageError` naming file and key.
Never: an entry without a reason, an amount that is not exact.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from consolidator.errors import UsageError
from consolidator.form.definition import Aggregation, ValueType
from consolidator.model import Adjustment
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from consolidator.form.definition import Form
    from consolidator.inbox.campaign import Campaign

REASON_LENGTH = 6
"""Characters of the shortest reason that can explain anything; the practice of official statistics."""

_KEYS = ("form", "indicator", "amount", "reason", "by")
_NEEDED = ("indicator", "amount", "reason")
_TEXTS = frozenset(_KEYS) - {"amount"}
_LARGEST = Decimal(10) ** 15
_DECIMALS = 6  # as many as an amount of money may have in a form
_NO_REASON = re.compile(r"(?:无|没有|属实|核实|无误|正常|情况|原因|说明|同上|none|nil|n/?a|ok|[\W\d_])*", re.IGNORECASE)
"""Words that fill a field and explain nothing, alone or in a row."""


def adjustments_in(entries: Any, path: Path) -> tuple[Adjustment, ...]:
    """The entries of the campaign file `path`, in its order; which forms there are is not known yet."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        expected = '[[adjustment]] indicator = "…" amount = -1 reason = "…"'
        raise UsageError("E13", file=str(path), key="adjustment", found=str(entries), expected=expected)
    return tuple(_entry(entry, number, path) for number, entry in enumerate(entries, start=1))


def _entry(entry: dict[str, Any], number: int, path: Path) -> Adjustment:
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise UsageError("E12", file=str(path), key=_key(number, unknown[0]), known="、".join(_KEYS))
    for key in _KEYS:
        if (key in _NEEDED and key not in entry) or (key in _TEXTS and not isinstance(entry.get(key, ""), str)):
            raise _wrong(path, number, key, entry.get(key, ""))
    reason = entry["reason"].strip()
    if len(re.sub(r"\s", "", reason)) < REASON_LENGTH or _NO_REASON.fullmatch(reason):
        raise _wrong(path, number, "reason", reason)
    return Adjustment(
        indicator=entry["indicator"].strip(),
        amount=_amount(entry["amount"], number, path),
        reason=reason,
        by=entry.get("by", "").strip(),
        form=entry.get("form", "").strip(),
    )


def _amount(given: Any, number: int, path: Path) -> Decimal:
    """The amount to the letter: TOML's numbers were read as decimals, never as binary fractions."""
    try:
        amount = Decimal("nan" if isinstance(given, bool) else str(given).strip())
    except InvalidOperation as problem:
        raise _wrong(path, number, "amount", given) from problem
    if not amount.is_finite() or not amount or abs(amount) >= _LARGEST or amount != round(amount, _DECIMALS):
        raise _wrong(path, number, "amount", given)
    return amount


def adjustments_of(campaign: Campaign, forms: Sequence[Form]) -> tuple[Adjustment, ...]:
    """A campaign's entries with their forms filled in, among the `forms` that the run is about.

    An entry need not name its form where there is one only. Raises `UsageError` for a form that is not asked for, and
    for an indicator that has no county total or counts whole things where the amount is not whole.
    """
    source = campaign.source or ""
    known = {form.id: form for form in forms}
    placed = []
    for number, entry in enumerate(campaign.adjustments, start=1):
        name = entry.form or (forms[0].id if len(forms) == 1 else "")
        if name not in known:
            raise _wrong(source, number, "form", entry.form)
        indicator = known[name].indicators.get(entry.indicator)
        if indicator is None or not indicator.numeric or indicator.row.aggregation is not Aggregation.SUM:
            raise _wrong(source, number, "indicator", entry.indicator)
        if indicator.row.type is ValueType.COUNT and entry.amount != entry.amount.to_integral_value():
            raise _wrong(source, number, "amount", format(entry.amount, "f"))
        placed.append(replace(entry, form=name))
    return tuple(placed)


def _wrong(path: Path | str, number: int, key: str, found: Any) -> UsageError:
    expected = Word(f"adjustment.{key}")
    return UsageError("E13", file=str(path), key=_key(number, key), found=str(found), expected=expected)


def _key(number: int, key: str) -> str:
    return f"adjustment[{number}].{key}"
