"""The campaign file (`campaign.toml`): what repeats from run to run.

In: TOML text. Out: a `Campaign`. Raises `UsageError` naming file and key.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.errors import UsageError
from consolidator.form.definition import BlankPolicy, Presence
from consolidator.inbox.adjustments import adjustments_in
from consolidator.inbox.toml_mistakes import toml_mistake
from consolidator.model import Period
from consolidator.terms import reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Adjustment

TOTALS = ("accepted", "received")
_KEYS = frozenset(
    {
        "county", "period", "forms", "roster", "deadline", "totals", "blank_policy", "chapters", "county_report", "pin",
        "adjustment", "previous",
    }
)  # fmt: skip


class Campaign(Struct, frozen=True):
    """The settings of one collection. Paths are absolute. `pins` names, by unit name or code, the file that counts.

    `chapters` tells whether the prose of a report is asked for, where the form does not decide it alone. `county_report`
    is the county's own report, by its path in the inbox: it is compared with the sum of its filers and not added to it.
    `adjustments` are the county's own entries; their forms may still be empty.
    """

    county: str = ""
    period: Period | None = None
    forms: tuple[str, ...] = ()
    roster: Path | None = None
    deadline: date | None = None
    totals: str = "accepted"
    blank_policy: BlankPolicy | None = None
    chapters: Presence | None = None
    county_report: str = ""
    pins: tuple[tuple[str, str], ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    source: Path | None = None
    previous: Path | None = None


def load_campaign(path: Path) -> Campaign:
    """The campaign that a file describes; relative paths are relative to that file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as problem:
        raise UsageError("E10", file=str(path), reason=reason_of(problem)) from problem
    except tomllib.TOMLDecodeError as problem:
        raise UsageError("E11", file=str(path), **toml_mistake(problem)) from problem
    except UnicodeDecodeError as problem:
        raise UsageError("E11", file=str(path), case="encoding") from problem
    unknown = sorted(set(content) - _KEYS)
    if unknown:
        raise UsageError("E12", file=str(path), key=unknown[0], known="、".join(sorted(_KEYS)))
    return _campaign(content, path)


def _campaign(content: dict[str, Any], path: Path) -> Campaign:
    def fail(key: str, expected: str) -> UsageError:
        return UsageError("E13", file=str(path), key=key, found=str(content.get(key)), expected=expected)

    period = Period.parse(str(content["period"])) if "period" in content else None
    if "period" in content and period is None:
        raise fail("period", "2016、2016-Q3、2016-07")
    totals = str(content.get("totals", "accepted"))
    if totals not in TOTALS:
        raise fail("totals", "、".join(TOTALS))
    policy = content.get("blank_policy")
    if policy is not None and policy not in tuple(BlankPolicy):
        raise fail("blank_policy", "、".join(BlankPolicy))
    chapters = content.get("chapters")
    if chapters is not None and chapters not in tuple(Presence):
        raise fail("chapters", "、".join(Presence))
    forms = content.get("forms", [])
    if isinstance(forms, str):
        forms = [forms]
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise fail("forms", '["gov-info-disclosure-2014"]')
    roster = content.get("roster")
    return Campaign(
        county=str(content.get("county", "")),
        period=period,
        forms=tuple(_beside(path, form) for form in forms),
        roster=path.parent / str(roster) if roster else None,
        deadline=_date(content.get("deadline"), fail),
        totals=totals,
        blank_policy=BlankPolicy(policy) if policy else None,
        chapters=Presence(chapters) if chapters else None,
        county_report=str(content.get("county_report", "")).replace("\\", "/"),
        pins=_pins(content.get("pin", []), fail),
        adjustments=adjustments_in(content.get("adjustment", []), path),
        source=path,
        previous=path.parent / str(content["previous"]) if content.get("previous") else None,
    )


def _beside(path: Path, form: str) -> str:
    """A form's id as it is; a definition file's name relative to the campaign file."""
    return str(path.parent / form) if form.endswith((".yaml", ".yml")) else form


def _date(value: Any, fail: Any) -> date | None:
    if value is None or (isinstance(value, date)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as problem:
        raise fail("deadline", "2017-01-15") from problem


def _pins(entries: Any, fail: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(entries, list):
        raise fail("pin", '[[pin]] unit = "…" file = "…"')
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"unit", "file"}:
            raise fail("pin", '[[pin]] unit = "…" file = "…"')
    return tuple((str(entry["unit"]), str(entry["file"]).replace("\\", "/")) for entry in entries)
