"""`forms check`, `forms show`, `forms new`: what they say, and how they end."""

from __future__ import annotations

from tests.filings import Book, Page
from tests.form.definitions import SMALL, place
from tests.form.test_lint import SOUND, rule
from tests.formats import to_xlsx

HEAD = SMALL[: SMALL.index("rules:\n")]


def saved(folder, *rules):
    path = folder / "dogs.yaml"
    path.write_text(f"{HEAD}rules:\n{''.join(rules)}", encoding="utf-8")
    return path


def test_a_contradiction_ends_with_exit_code_2_and_advice_is_told_all_the_same(consolidator, tmp_path):
    path = saved(tmp_path, rule("D2", "B > A", "B: 3", "A: 1"), rule("D3", "A >= B", "A: 3", "B: 1"))
    consolidator("forms", "check", path)
    assert consolidator.code == 2
    assert "审核关系相互矛盾：D2、D3" in consolidator.err
    line, column = place(path.read_text(encoding="utf-8"), '"B > A"')
    assert f"{path}:{line}:{column}: " in consolidator.err
    assert "M 收费 没有任何审核关系" in consolidator.out
    assert "定义正确" not in consolidator.out


def test_advice_ends_with_exit_code_0_under_its_heading(consolidator, tmp_path):
    path = saved(tmp_path, SOUND, rule("D2", "M * A <= B * 9", "B: 1", "A: 1, M: 20"))
    told = consolidator("forms", "check", path).splitlines()
    assert consolidator.code == 0
    assert told[0].startswith("定义正确：dogs-2020")
    assert told[-2] == "没有参加检查的审核关系：1 条"
    line, column = place(path.read_text(encoding="utf-8"), '"M * A')
    assert told[-1].startswith(f"  {path}:{line}:{column}: ")
    assert "不是线性关系（M * A）" in told[-1]


def test_a_definition_without_remarks_says_so_in_english_too(consolidator, tmp_path):
    path = saved(tmp_path, SOUND, rule("D2", "M <= 9", "M: 1", "M: 20"))
    assert "none contradictory" in consolidator("forms", "check", path, "--lang", "en")


def test_forms_show_writes_a_page_and_only_a_page(consolidator, tmp_path):
    page = tmp_path / "签字页.html"
    assert str(page) in consolidator("forms", "show", "gov-info-disclosure-2014", "--out", page)
    assert "审核关系（25 条）" in page.read_text(encoding="utf-8")
    kept = saved(tmp_path, SOUND)
    before = kept.read_bytes()
    consolidator("forms", "show", kept, "--out", kept)
    assert consolidator.code == 2
    assert ".html" in consolidator.err
    assert kept.read_bytes() == before


def test_a_rule_of_a_form_of_ones_own_is_explained_from_its_definition(consolidator, tmp_path):
    path = saved(tmp_path, SOUND)
    told = consolidator("explain", "d1", "--form", path)
    assert consolidator.code == 0
    assert told.startswith("D1　")
    assert "（犬只登记统计表）" in told
    consolidator("explain", "R08", "--form", path)
    assert consolidator.code == 2
    assert consolidator("explain", "V22", "--form", path).startswith("V22　")


FORM = (["农村低保月报"], ["指标", "计量单位", "数量"], ["户数", "户"], ["其中：女户主", "户"])


def blank_form(folder, name="低保.xlsx", lines=FORM):
    pages = [Page("Sheet1")]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            pages[0].put(row, column, value)
    path = folder / name
    path.write_bytes(to_xlsx(Book(pages, "Sheet1", {}, {})))
    return path


def test_forms_new_drafts_a_definition_that_loads_and_says_how_much_is_to_be_confirmed(consolidator, tmp_path):
    path = blank_form(tmp_path)
    told = consolidator("forms", "new", path, "--id", "dibao-2026")
    drafted = tmp_path / "dibao-2026.yaml"
    assert consolidator.code == 0
    assert f"{drafted}（1 张表、2 行、1 条审核关系" in told
    consolidator("forms", "check", drafted)
    assert consolidator.code == 0
    marked = drafted.read_text(encoding="utf-8").count("# 待确认: ")
    assert f"；{marked} 处标有“待确认”）" in told
    assert marked > 0


def test_forms_new_never_overwrites_and_writes_only_definitions(consolidator, tmp_path):
    path = blank_form(tmp_path)
    before = path.read_bytes()
    for out in (path, tmp_path / "低保.txt"):
        consolidator("forms", "new", path, "--out", out)
        assert consolidator.code == 2
        assert ".yaml" in consolidator.err
    consolidator("forms", "new", path, "--id", "x")
    consolidator("forms", "new", path, "--id", "x")
    assert consolidator.code == 2
    assert path.read_bytes() == before


def test_forms_new_says_what_it_looked_for(consolidator, tmp_path):
    blank_form(tmp_path, "空.xlsx", [["只有一行字"]])
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    for words, told in (
        (("空.xlsx",), "要有一行表头"),
        (("坏.xlsx",), "读不出来"),
        (("没有.xlsx",), "打不开"),
        ((blank_form(tmp_path).name, "--id", "低保"), "不能作表式编号"),
        ((blank_form(tmp_path).name, "--sheet", "表二"), "有：Sheet1"),
    ):
        consolidator("forms", "new", tmp_path / words[0], *words[1:])
        assert consolidator.code == 2, consolidator.err
        assert told in consolidator.err


def test_forms_new_speaks_english(consolidator, tmp_path):
    told = consolidator("forms", "new", blank_form(tmp_path), "--id", "x", "--lang", "en")
    assert "Definition drafted" in told
    assert "# confirm: " in (tmp_path / "x.yaml").read_text(encoding="utf-8")
