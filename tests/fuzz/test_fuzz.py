"""A slice of the fuzz run on every check; the whole of it by `python -m tests.fuzz --seed 1 --count 20000`."""

from __future__ import annotations

import pytest

from tests.fuzz.campaign import case, examined, whole
from tests.fuzz.damage import Kind
from tests.fuzz.seeds import seeds
from tests.fuzz.told import Verdict

SLICE = 480


def test_the_same_seed_makes_the_same_files_and_another_seed_others() -> None:
    assert [case(1, number) for number in range(60)] == [case(1, number) for number in range(60)]
    assert [case(1, number).content for number in range(60)] != [case(2, number).content for number in range(60)]
    assert {case(1, number).kind for number in range(400)} == set(Kind)


@pytest.mark.parametrize("name", list(seeds()))
def test_every_file_that_is_mutated_is_read_as_a_form_when_whole(name: str) -> None:
    assert sum(value not in ("None", "") for value, _ in whole(name).values.values()) > 50


def test_an_undamaged_difference_would_be_seen() -> None:
    """The judge itself judged: a value changed without a word is a violation."""
    from consolidator.model import Workbook
    from consolidator.read import open_workbook
    from tests.fuzz.told import judged
    from tests.messy.cells import save
    from tests.messy.county import book_of

    other = save(book_of("高仁乡", {"I3": 41}), "xlsx")
    answer = open_workbook(other, "a.xlsx")
    assert isinstance(answer, Workbook)
    assert judged(whole("sound.xlsx"), answer, other, Kind.BITS).verdict is Verdict.SILENT
    assert judged(whole("sound.xlsx"), answer, other, Kind.PART).verdict is Verdict.LEGITIMATE


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_damaged_files_are_refused_or_told(part: int) -> None:
    """No bug, no file without a verdict, no value that differs from the whole file's without a finding."""
    numbers = range(part * SLICE // 4, (part + 1) * SLICE // 4)
    tally = examined(20, numbers)

    assert sum(tally.counts.values()) == len(numbers)
    assert tally.violations == []
