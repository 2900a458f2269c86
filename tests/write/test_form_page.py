"""The form as a page to sign: everything of the definition is on it, and nothing of it is markup."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser

import pytest

from consolidator.form import available, load_by_id, load_text
from consolidator.form.printing.describe import details
from consolidator.form.printing.spoken import in_words, relation_in_words
from consolidator.terms import catalogue
from consolidator.write import save
from consolidator.write.blanks import form_page
from tests.form.definitions import SMALL, spoiled


class Reader(HTMLParser):
    """The texts of a page, and the elements it is made of."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.texts, self.elements, self.attributes = [], set(), set()
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form_id", available())
def test_the_page_has_every_row_every_rule_and_room_to_sign(form_id, language):
    form, texts = load_by_id(form_id), catalogue(language)
    shown = Reader(form_page(form, language)).texts
    assert {form.title, form.authority, form.sha256, *form.rows} <= set(shown)
    assert {row.label for row in form.rows.values()} <= set(shown)
    assert {column.label for table in form.tables for column in table.columns if column.key} <= set(shown)
    for rule in form.all_rules:
        assert {rule.id, rule.title[language]} <= set(shown)
        assert all(any(value in text for text in shown) for _, value in details(rule, texts))
    assert {texts.word("form_page", key) for key in ("drawn_up", "reviewed", "approved", "date")} <= set(shown)


def test_a_figure_that_is_not_added_up_says_so():
    form = load_text(spoiled(("code: M, level: 2,", "code: M, level: 2, aggregation: none,")), "dogs.yaml")
    assert "金额（2 位小数），不相加" in Reader(form_page(form)).texts
    assert "amount (2 decimals), not added up" in Reader(form_page(form, "en")).texts


def test_what_a_definition_says_is_text_and_the_page_needs_nothing_else():
    wild = "<script>alert(1)</script>&amp;"
    form = load_text(spoiled(("title: 犬只登记统计表\nauthority", f"title: {wild}\nauthority")), "dogs.yaml")
    page = Reader(form_page(form))
    assert wild in page.texts
    assert not page.elements & {"script", "link", "img", "iframe", "a"}
    assert not page.attributes & {"src", "href", "onclick"}
    assert unescape(form_page(form).decode()).count("http") == 0


def test_formulas_are_shown_as_they_are_read():
    zh, en = catalogue("zh"), catalogue("en")
    assert in_words("C1 = 0 implies max(C2, C11..C14) <= 0", zh) == "C1 ＝ 0，则 最大值（C2、C11 至 C14） ≤ 0"
    assert in_words("not blank(A1) and previous(A1) != A1 * 2", en) == (
        "not no value in (A1) and last period's (A1) ≠ A1 × 2"
    )
    assert in_words("*.tot = *.np + Q1.*", zh) == "*.tot ＝ *.np ＋ Q1.*"
    assert in_words("100 * abs(* - previous(*)) < 0.5 * *", zh) == "100 × 绝对值（* － 上期（*）） < 0.5 × *"
    assert in_words('year(*.start) <= report_year or said(x, "访问量") > 1', zh) == (
        "年份（*.start） ≤ 报告年度 或 所写的数（x、“访问量”） > 1"
    )


@pytest.mark.parametrize("form_id", available())
def test_a_formula_in_the_forms_own_words_has_no_code_and_no_word_of_the_rule_language(form_id):
    form, texts = load_by_id(form_id), catalogue("zh")
    for rule in form.rules:
        told = relation_in_words(form, rule, texts)
        assert not re.search(r"[A-Za-z_*]", told), (rule.id, told)


def test_a_column_behind_a_star_is_that_of_the_rules_own_table():
    form = load_by_id("annual-report-2019")
    told = {rule.id: relation_in_words(form, rule, catalogue("zh")) for rule in form.rules}
    assert told["X04"] == "总计 ＝ 结果维持 ＋ 结果纠正 ＋ 其他结果 ＋ 尚未审结"


def test_a_condition_of_a_rule_for_each_row_is_shown_as_its_definition_has_it():
    form, texts = load_by_id("platform-2016"), catalogue("zh")
    (first, *_) = (rule for rule in form.rules if rule.id == "W02")
    assert dict(details(first, texts))["适用条件"] == "已填（*.start）"
    (grouped, *_) = (rule for rule in form.rules if rule.id == "W04")
    assert dict(details(grouped, texts))["适用条件"] == "并非 未填（全年低值（push））"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "new" / "page.html"
    save(b"first", target)
    monkeypatch.setattr(
        "consolidator.write.saving.single.disk.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    with pytest.raises(KeyboardInterrupt):
        save(b"second", target)
    assert target.read_bytes() == b"first"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


@pytest.mark.slow
def test_the_page_prints_on_a4(tmp_path):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None or shutil.which("pdfinfo") is None:
        pytest.skip("needs Chromium and poppler")
    page = save(form_page(load_text(SMALL, "dogs.yaml")), tmp_path / "page.html")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--no-pdf-header-footer",
    ]
    subprocess.run(
        [*command, f"--print-to-pdf={tmp_path / 'page.pdf'}", page.as_uri()], check=True, capture_output=True
    )
    told = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], check=True, capture_output=True, text=True).stdout
    assert "A4" in told
    assert re.search(r"Pages: +[12]\n", told)
