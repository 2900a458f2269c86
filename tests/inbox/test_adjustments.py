"""`[[adjustment]]` in a campaign file: exact, about a total that there is, with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from consolidator.errors import UsageError
from consolidator.inbox import adjustments_of, load_campaign
from consolidator.terms import catalogue
from tests.write.fabricate import matrix_form, small_form

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.inbox import Campaign

ENTRY = {"indicator": '"C1"', "amount": "-2", "reason": '"两家联合受理重复计数"'}


def campaign(folder: Path, **changes: str | None) -> Campaign:
    """The campaign with one entry; `changes` are TOML values, None leaves a key out."""
    lines = [f"{key} = {value}" for key, value in {**ENTRY, **changes}.items() if value is not None]
    file = folder / "campaign.toml"
    file.write_text("\n".join(["[[adjustment]]", *lines]), encoding="utf-8")
    return load_campaign(file)


@pytest.mark.parametrize(
    ("amount", "read"), [("-2", "-2"), ("+7", "7"), ("0.1", "0.1"), ('"-1234.000001"', "-1234.000001"), ("1e3", "1E+3")]
)
def test_an_amount_is_taken_to_the_letter(tmp_path: Path, amount: str, read: str) -> None:
    (entry,) = campaign(tmp_path, amount=amount, by='"王某"').adjustments

    assert entry.amount == Decimal(read)
    assert (entry.indicator, entry.by, entry.form) == ("C1", "王某", "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("amount", value) for value in ("0", "0.0", "true", '"二"', "nan", "inf", "1e15", "0.0000001", "[1]", None)),
        *(
            ("reason", f'"{text}"')
            for text in ("无", "属实", "", "重复计数", "无无无无无无", "核实无误，属实。", "……………………")
        ),
        ("reason", None),
        ("reason", "7"),
        ("indicator", None),
        ("indicator", "3"),
        ("by", "3"),
        ("form", "2014"),
        ("because", '"x"'),
    ],
)
def test_a_faulty_entry_is_told_at_its_key(tmp_path: Path, key: str, value: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        campaign(tmp_path, **{key: value})

    sentence = catalogue("zh").sentence(caught.value.code, details=caught.value.details)
    assert caught.value.details["key"] == f"adjustment[1].{key}"
    assert "campaign.toml" in sentence
    assert "adjustment." not in sentence.replace("adjustment[1].", "")


@pytest.mark.parametrize("entries", ["adjustment = 3", 'adjustment = ["C1"]'])
def test_what_is_no_table_of_entries_is_told(tmp_path: Path, entries: str) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(entries, encoding="utf-8")

    with pytest.raises(UsageError, match="E13"):
        load_campaign(file)


def test_the_only_form_need_not_be_named(tmp_path: Path) -> None:
    (entry,) = adjustments_of(campaign(tmp_path), [small_form()])

    assert entry.form == "gov-info-disclosure-2014"


def test_of_several_forms_one_is_named(tmp_path: Path) -> None:
    forms = [small_form(), matrix_form()]
    (entry,) = adjustments_of(campaign(tmp_path, form='"matrix"', indicator='"Q1.np"'), forms)

    assert entry.form == "matrix"
    with pytest.raises(UsageError) as caught:
        adjustments_of(campaign(tmp_path), forms)
    assert caught.value.details["key"] == "adjustment[1].form"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"form": '"other"'}, "form"),
        ({"indicator": '"C99"'}, "indicator"),
        ({"indicator": '"A"'}, "indicator"),
        ({"indicator": '"C4"'}, "indicator"),
        ({"amount": "-0.5"}, "amount"),
    ],
)
def test_an_entry_is_about_a_total_that_the_form_has(tmp_path: Path, changes: dict[str, str], key: str) -> None:
    with pytest.raises(UsageError) as caught:
        adjustments_of(campaign(tmp_path, **changes), [small_form()])

    assert caught.value.details["key"] == f"adjustment[1].{key}"


def test_money_may_be_adjusted_by_parts(tmp_path: Path) -> None:
    (entry,) = adjustments_of(campaign(tmp_path, indicator='"G"', amount="0.25"), [small_form()])

    assert entry.amount == Decimal("0.25")
