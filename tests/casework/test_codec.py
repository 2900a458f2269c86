"""What was seen in a file, as plain values and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.casework.codec import Sighting, decoded, decoded_finding, encoded, encoded_finding
from consolidator.casework.soundness import sound_sighting
from consolidator.findings import Finding, Outcome, Severity
from consolidator.form import load_by_id
from consolidator.locate import Unlocated, observe
from consolidator.model import Period
from consolidator.terms import Word
from tests.builders import Book, Layout, lay_out
from tests.locate.grids import filing, form, numbered, workbook_of

if TYPE_CHECKING:
    from consolidator.model import Workbook

OTHER = "annual-report-2021"
TEXTS = st.text(max_size=4)


def sighting(workbook: Workbook) -> Sighting:
    return Sighting(workbook.findings, observe(workbook, (form(),), others=(load_by_id(OTHER),)))


def known() -> dict[str, Any]:
    return {form().id: form(), OTHER: load_by_id(OTHER)}


def plain(value: object) -> bool:
    """Whether a value is of the kinds that any codec can write."""
    if isinstance(value, tuple):
        return all(map(plain, value))
    return value is None or type(value) in (str, int, bytes)


def test_a_filled_form_comes_out_as_it_went_in() -> None:
    values = numbered() | {"C1": "１２", "C2": "约5", "C3": None, "C4": 3.5}
    seen = sighting(workbook_of(lay_out(filing(values), Layout(sheet="甲镇", left=3))))

    there = encoded(seen)

    assert plain(there)
    assert decoded(there, known()) == seen
    assert decoded(there, known()).seen[0].form is form()  # type: ignore[index]


def test_a_part_of_a_year_comes_out_as_it_went_in() -> None:
    seen = sighting(workbook_of(lay_out(filing(period="（2016年上半年）"), Layout())))

    (located,) = seen.seen  # type: ignore[misc]
    assert located.period.period == Period(2016, span=(1, 6))
    assert plain(encoded(seen))
    assert sound_sighting(msgspec.json.encode(encoded(seen)), known()) == encoded(seen)
    assert decoded(encoded(seen), known()) == seen


def test_what_stands_before_the_title_comes_out_as_it_went_in() -> None:
    seen = sighting(workbook_of(lay_out(filing(filer="", title="档案馆2016年政府信息公开情况统计表"), Layout())))

    (located,) = seen.seen  # type: ignore[misc]
    assert located.titled.text == "档案馆"
    assert sound_sighting(msgspec.json.encode(encoded(seen)), known()) == encoded(seen)
    assert decoded(encoded(seen), known()) == seen


def test_names_around_the_tables_come_out_as_they_went_in() -> None:
    seen = sighting(workbook_of(lay_out(filing(), Layout(above=("乙镇", "丙镇人民政府（盖章）")))))

    (located,) = seen.seen  # type: ignore[misc]
    assert [name.text for name in located.named] == ["乙镇", "丙镇人民政府"]
    assert sound_sighting(msgspec.json.encode(encoded(seen)), known()) == encoded(seen)
    assert decoded(encoded(seen), known()) == seen


def test_two_forms_of_one_file_come_out_in_their_order() -> None:
    pages = [lay_out(filing(filer=name), Layout(sheet=name)).pages[0] for name in ("甲镇", "乙镇")]
    seen = sighting(workbook_of(Book(pages, "", {}, {})))

    assert len(seen.seen) == 2  # type: ignore[arg-type]
    assert decoded(encoded(seen), known()) == seen


def test_a_file_without_the_form_comes_out_with_the_form_that_it_holds() -> None:
    book = workbook_of(lay_out(filing()))
    found = observe(book, (load_by_id(OTHER),), others=(form(),))
    assert isinstance(found, Unlocated)
    assert found.filed is not None
    seen = Sighting((), found)

    assert plain(encoded(seen))
    assert decoded(encoded(seen), known()) == seen


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "code": TEXTS,
            "severity": st.sampled_from(Severity),
            "case": TEXTS,
            "outcome": st.sampled_from(Outcome),
            "indicators": st.tuples(TEXTS),
            "sheet": TEXTS,
            "cells": st.tuples(TEXTS, TEXTS),
            "observed": TEXTS,
            "expected": TEXTS,
            "difference": TEXTS,
            "details": st.dictionaries(TEXTS, TEXTS | st.builds(Word, TEXTS), max_size=3),
        }
    ).map(lambda given: Finding(**given))
)
def test_a_finding_comes_out_as_it_went_in(finding: Finding) -> None:
    there = encoded_finding(finding)
    back = decoded_finding(there)

    assert plain(there)
    assert back == finding
    assert list(map(type, back.details.values())) == list(map(type, finding.details.values()))


def test_an_answer_survives_a_codec_that_knows_only_lists() -> None:
    seen = sighting(workbook_of(lay_out(filing())))

    def listed(value: object) -> object:
        return {"b": value.hex()} if isinstance(value, bytes) else value

    def tupled(value: object) -> object:
        if isinstance(value, list):
            return tuple(map(tupled, value))
        return bytes.fromhex(value["b"]) if isinstance(value, dict) else value

    there = json.dumps(encoded(replace(seen, findings=())), default=listed)

    assert decoded(tupled(json.loads(there)), known()) == seen  # type: ignore[arg-type]
