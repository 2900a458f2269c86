"""`forms check` and `forms show`: what they say of a definition, and how they end."""

from __future__ import annotations

from tests.form.definitions import SMALL, place
from tests.form.test_lint import SOUND, rule

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
    assert "审核关系（24 条）" in page.read_text(encoding="utf-8")
    kept = saved(tmp_path, SOUND)
    before = kept.read_bytes()
    consolidator("forms", "show", kept, "--out", kept)
    assert consolidator.code == 2
    assert ".html" in consolidator.err
    assert kept.read_bytes() == before
