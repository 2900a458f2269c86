"""On a form that prints codes, the code beside a label is that label's; where it is another row's, somebody must look."""

from __future__ import annotations

from functools import cache

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

LABELS = {"A1": "保障户数", "A2": "保障人数", "A21": "老年人", "A22": "未成年人", "A23": "残疾人", "B1": "临时救助"}


@cache
def form(*, printed: bool = True, keyed: bool = False) -> Form:
    rows = "".join(
        f"      - {{code: {code}, level: 1, type: count, unit_of_measure: 人, label: {label}}}\n"
        for code, label in LABELS.items()
    )
    text = (
        "id: relief-2025\ntitle: 社会救助表\nauthority: 县民政局\nblank_policy: missing\nfiler: {label: 填报单位}\n"
        f"codes_printed: {str(printed).lower()}\n"
        "tables:\n  - id: main\n    title: 社会救助表\n    label_headers: [指标]\n"
        f"    columns: [{{{'key: m, ' if keyed else ''}label: 本月数}}]\n    rows:\n" + rows
    )
    return load_text(text, "relief-2025.yaml", "zh")


def seen(lines: list[list[object]], head: list[object], *, printed: bool = True, keyed: bool = False) -> Located:
    rows = [["社会救助表"], ["填报单位：甲镇"], head, *lines]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(printed=printed, keyed=keyed),))
    assert isinstance(found, tuple)
    return found[0]


def lines(labels: dict[str, str] = LABELS) -> list[list[object]]:
    return [[label, code, number] for number, (code, label) in enumerate(labels.items(), start=1)]


SWAPPED = LABELS | {"A21": "未成年人", "A22": "老年人"}
HEAD: list[object] = ["指标", "代码", "本月数"]


@pytest.mark.parametrize("keyed", [False, True])
def test_codes_beside_the_wrong_labels_are_asked_about_and_the_labels_count(keyed: bool) -> None:
    result = seen(lines(SWAPPED), HEAD, keyed=keyed)

    assert grave(result) == [("soft", "S04", "code")]
    (told,) = (each for each in result.findings if each.case == "code")
    assert set(told.cells) == {"B6", "B7"}
    assert {code.partition(".")[0] for code in told.indicators} == {"A21", "A22"}
    assert {code.partition(".")[0]: int(each.number or 0) for code, each in result.observations.items()}["A22"] == 3


def test_the_codes_right_of_their_labels_are_nothing_to_tell() -> None:
    assert grave(seen(lines(), HEAD)) == []
    assert (
        grave(seen([[code.lower(), label, value] for label, code, value in lines()], ["代码", "指标", "本月数"])) == []
    )  # type: ignore[attr-defined]


def test_codes_of_another_count_and_forms_that_print_none_say_nothing() -> None:
    shifted: list[list[object]] = [
        [label, code, value] for (label, _, value), code in zip(lines(), [*list(LABELS)[1:], "B2"], strict=True)
    ]
    assert grave(seen(shifted, HEAD)) == []
    assert grave(seen(lines(SWAPPED), HEAD, printed=False)) == []


def test_panels_side_by_side_have_codes_of_their_own() -> None:
    halves = lines()
    beside = [[*one, *two] for one, two in zip(halves[:3], halves[3:], strict=True)]
    assert grave(seen(beside, [*HEAD, *HEAD])) == []
