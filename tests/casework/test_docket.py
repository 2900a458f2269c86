"""What becomes of every file of a run, beyond what one file tells."""

from __future__ import annotations

from consolidator.casework.codec import Sighting
from consolidator.casework.docket import Docket
from consolidator.form import load_by_id
from consolidator.inbox import Register, attribute
from consolidator.locate import Unlocated, observe
from consolidator.model import Period, Submission
from tests.builders import lay_out
from tests.locate.grids import filing, form, workbook_of

YEAR = Period(2016)


def sighting(filer: str, *, version: str = "") -> Sighting:
    """One form by this unit; of another version than the one asked for, if one is named."""
    seen = observe(workbook_of(lay_out(filing(filer=filer))), (form(),))
    assert not isinstance(seen, Unlocated)
    if not version:
        return Sighting((), seen)
    return Sighting((), Unlocated(0, form(), other=load_by_id(version), filed=seen[0]))


def docket_of(register: Register, **files: Sighting) -> Docket:
    docket = Docket(register)
    for name, seen in files.items():
        docket.open(Submission(f"{name}.xlsx", name, b""), seen)
    docket.attribute(attribute(docket.filings(), register, YEAR), YEAR)
    return docket


def test_without_a_roster_a_form_of_another_version_is_the_same_units_under_another_spelling() -> None:
    register = Register((), "平罗县", open_ended=True)
    old = sighting("平罗县丁乡人民政府", version="annual-report-2019")

    assert [unit.name for unit in docket_of(register, a=sighting("丁乡"), b=old).units()] == ["丁乡"]
    assert {unit.name for unit in docket_of(register, a=sighting("戊镇"), b=old).units()} == {
        "戊镇",
        "平罗县丁乡人民政府",
    }


def test_without_a_roster_a_form_of_another_version_is_never_the_countys() -> None:
    register = Register((), "平罗县", open_ended=True)

    assert docket_of(register, a=sighting("平罗县", version="annual-report-2019")).units() == ()
