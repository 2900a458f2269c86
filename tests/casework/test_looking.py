"""Files are looked at again only where another question may be answered otherwise."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from consolidator.casework.candidates import Forms, stated_by_most
from consolidator.casework.looking import Examiner, Looks
from consolidator.locate import Unlocated
from consolidator.model import Period, Refusal, Status, Submission
from consolidator.read import read_all
from tests.builders import Book, Layout, Page, lay_out
from tests.formats import to_xlsx
from tests.locate.grids import FORM_ID, filing, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST_YEAR, THIS_YEAR = Period(2015), Period(2016)


@cache
def forms(*names: str) -> Forms:
    return Forms.of(names, "zh")


def sent(name: str, *pages: Page) -> Submission:
    return Submission(name, "", to_xlsx(Book(list(pages), "", {}, {})))


def page(year: int, sheet: str = "表", filer: str = "平罗县甲镇") -> Page:
    values = numbered() | {"C1": year}
    return lay_out(filing(values, filer=filer, period=f"（{year}年度）"), Layout(sheet=sheet)).pages[0]


class Watched:
    """An engine that remembers what it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, submissions: Iterable[Submission], *, examine: Examiner, progress: object) -> dict[str, Any]:
        del progress
        submissions = tuple(submissions)
        self.asked.append([each.file for each in submissions])
        return read_all(submissions, examine=examine, jobs=0)


FILES = (
    sent("一份.xlsx", page(2016)),
    sent("两年.xlsx", page(2015, "去年"), page(2016, "今年")),
    Submission("坏.xlsx", "", b"PK\3\4 broken"),
    sent("别的.xlsx", Page("Sheet1", {(1, 1): ("名单", "plain")})),
)  # fmt: skip


@pytest.mark.parametrize("names", [(), (FORM_ID,)])
@pytest.mark.parametrize("period", [LAST_YEAR, THIS_YEAR, Period(2022)])
def test_a_second_look_gives_what_a_first_one_would(names: tuple[str, ...], period: Period) -> None:
    engine = Watched()
    looks = Looks(engine, forms(*names))
    looks.look(FILES, Examiner.of(forms(*names), None, None))
    again = looks.look(FILES, Examiner.of(forms(*names).at(period), period, None))

    fresh = Looks(Watched(), forms(*names)).look(FILES, Examiner.of(forms(*names).at(period), period, None))

    assert again == fresh
    assert engine.asked[0] == [each.file for each in FILES]
    assert not {"坏.xlsx"} & set(engine.asked[-1] if len(engine.asked) > 1 else [])


def test_only_files_that_may_answer_otherwise_are_read_again() -> None:
    engine = Watched()
    looks = Looks(engine, forms())
    looks.look(FILES, Examiner.of(forms(), None, None))
    looks.look(FILES, Examiner.of(forms().at(THIS_YEAR), THIS_YEAR, None))

    assert engine.asked[1:] == [["两年.xlsx", "别的.xlsx"]]


def test_the_same_question_is_asked_once() -> None:
    engine = Watched()
    looks = Looks(engine, forms(FORM_ID))
    first = looks.look(FILES, Examiner.of(forms(FORM_ID), THIS_YEAR, None))

    assert looks.look(FILES[1:], Examiner.of(forms(FORM_ID), THIS_YEAR, None)) == dict(list(first.items())[1:])
    assert len(engine.asked) == 1


def test_a_form_that_is_not_asked_for_any_more_is_looked_at_again() -> None:
    looks = Looks(Watched(), forms())
    first = looks.look(FILES[:1], Examiner.of(forms(), None, None))["一份.xlsx"]
    later = looks.look(FILES[:1], Examiner.of(forms().at(Period(2022)), Period(2022), None))["一份.xlsx"]

    assert not isinstance(first, Refusal)
    assert not isinstance(later, Refusal)
    assert isinstance(later.seen, Unlocated)
    assert later.seen.other is not None
    assert later.seen.other.id == FORM_ID


def test_the_period_that_most_files_state_is_found_without_reading_anew() -> None:
    seen = Looks(Watched(), forms()).look(FILES, Examiner.of(forms(), None, None))

    assert stated_by_most(seen.values(), forms()) == THIS_YEAR
    assert stated_by_most(seen.values(), forms(FORM_ID)) is None
    refused = seen["坏.xlsx"]
    assert isinstance(refused, Refusal)
    assert refused.status is Status.UNREADABLE
