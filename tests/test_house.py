"""The house's own rules: sizes, names, words in one place, nothing slow before it is needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "consolidator"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "schemas" not in path.parts)
FILE_LINES = 280
FUNCTION_LINES = 45
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BANNED = {"util", "utils", "helper", "helpers", "manager", "misc", "process", "handle", "data", "stuff"}

VOCABULARY = {
    "draft/bands.py": "the marks 甲 乙 丙 under a header, and of a table continued on the next page",
    "draft/columns.py": "the marks 甲 乙 丙 under a header",
    "draft/heading.py": "words of titles, periods, filers and document numbers, as printed on forms",
    "draft/keys.py": "words of heads, and what they are called in keys",
    "draft/measures.py": "units of measure, and words of labels that suggest one",
    "draft/numbering.py": "numbers before labels",
    "draft/signing.py": "fields that close a form: who signs, telephone numbers, days",
    "draft/words.py": "heads, totals, 其中, as printed on forms",
    "form/texts/dates.py": "how people write the month in which something began",
    "form/texts/facets.py": "words by which a cell says that there is nothing to say, marks of figures that are not exact",
    "form/definition.py": "the words over which 填报单位 stands, where a definition names none",
    "form/texts/days.py": "how a year and a day are written in prose",
    "form/texts/figures.py": "numerals as typed",
    "form/texts/statements.py": "counting words and marks of approximation, of parts and of other years in prose",
    "form/texts/phones.py": "words before a telephone number",
    "form/texts/quantities.py": "counters and periods by which people count",
    "form/texts/wording.py": "numbering and 其中 before a label, which people print or leave out",
    "inbox/doubts.py": "words for towns in names of files, and what blank forms print for a unit",
    "form/texts/sums.py": "words for sums in names of sheets, files and filers",
    "inbox/ranks.py": "endings of the names of counties, towns, villages and offices",
    "inbox/tabs.py": "names of sheets that look like units' and are none",
    "inbox/adjustments.py": "words that fill a reason and explain nothing",
    "inbox/attribute.py": "periods in the names of files",
    "inbox/versions.py": "marks of a copy in the names of files",
    "inbox/names.py": "endings of the names of offices, and seals, as townships write them",
    "inbox/roster.py": "the columns of a roster (a contract)",
    "locate/words/appended.py": "units of measure that end a head or a label",
    "locate/period/at_odds.py": "words of a part of a year, and years in brackets",
    "locate/around/chapters.py": "the numbers of chapters, as headings print them",
    "locate/columns/column_numbers.py": "the marks that number columns, as printed under a header",
    "locate/period/datelines.py": "words before a period, and of days of filing, as printed",
    "locate/period/dating.py": "how years are written by themselves",
    "locate/tables/footing.py": "words of remarks, signatures and contacts under a table",
    "locate/columns/headers.py": "column heads that are not the form's: serial numbers, remarks",
    "locate/columns/heads.py": "words for this year before a head",
    "locate/around/heading.py": "words before the name of the unit and the sign-off, as printed",
    "locate/words/labels.py": "numbering and 其中 before a label",
    "locate/rows/match.py": "numbering before a label",
    "locate/around/overtitles.py": "words by which a line may name a period",
    "locate/period/parts.py": "words for months and quarters",
    "locate/words/remarks.py": "words for another period in brackets",
    "locate/period/said_of_all.py": "what titles and notes say of all figures of a form: plans, samples, void sheets",
    "locate/words/scales.py": "units of measure in brackets and over tables",
    "locate/tables/unit_titles.py": "words between units of measure in brackets",
    "locate/tables/strangers.py": "the marks 甲 乙 丙 under a header",
    "locate/period/months_in_heads.py": "words for this month and quarter in heads",
    "locate/words/last_year.py": "words for the same months of the year before over columns",
    "locate/words/over_columns.py": "words for periods in heads",
    "locate/words/naming.py": "words for this year, for months and quarters before a head",
    "locate/cells/sizes.py": "units of measure, legal and customary",
    "locate/cells/numerals.py": "approximate figures, magnitudes and numerals as typed",
    "locate/sheets/whole.py": "words for sums, times and units in the names of sheets",
    "locate/words/timely.py": "words for periods, plans and shares over columns and in brackets",
    "model/number_formats.py": "the general format, as Chinese Excel calls it",
    "model/periods.py": "how a year, a quarter, a month are printed",
    "model/spans.py": "how townships write years, quarters, months and spans of them",
    "spelling.py": "the numerals in which years are written out",
    "read/workers/own.py": "how our own sheets of totals say who is in them",
    "read/cells/formats.py": "number formats of Chinese Excel that mean dates",
}
"""Modules that may hold Chinese words, and why: what townships type, or what is printed on their forms."""


CATCHES_ALL = {"cli/main.py": {"Exception"}}
"""The front door, where a bug is told with its traceback and ends with exit code 70."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """Identities of the constants that are docstrings, or stand alone as one does after an attribute."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def texts(tree: ast.Module) -> list[ast.Constant]:
    skipped = docstrings(tree)
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
    ]


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def codes() -> dict[str, dict[str, object]]:
    return tomllib.loads((PACKAGE / "catalogue" / "zh.toml").read_text(encoding="utf-8"))["codes"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_stay_small_enough_to_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_fit_on_a_screen(path: Path) -> None:
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in functions(tree_of(path))
        if f.end_lineno - f.lineno >= FUNCTION_LINES
    }

    assert not long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)) or path.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_say_what_a_thing_is(path: Path) -> None:
    tree = tree_of(path)
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)} | {path.stem}

    assert not {name for name in defined if name.lower().strip("_") in BANNED}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_catches_everything(path: Path) -> None:
    handlers = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    swallowing = [node for node in handlers if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))]
    names = {ast.unparse(node.type) if node.type else "" for node in swallowing}

    assert not (names & {"", "Exception", "BaseException"}) - CATCHES_ALL.get(name_of(path), set())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_a_clerk_reads_stands_in_the_catalogue(path: Path) -> None:
    found = [f"{node.lineno}: {node.value}" for node in texts(tree_of(path)) if CHINESE.search(node.value)]

    assert bool(found) == (name_of(path) in VOCABULARY), found


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_tells_what_why_and_what_to_do(code: str) -> None:
    entry = codes()[code]

    assert all(str(entry[key]).strip() for key in ("title", "why", "remedy"))
    assert ("sentence" in entry) != ("cases" in entry)


def test_every_code_that_is_raised_has_its_sentence() -> None:
    used = {node.value for path in MODULES for node in texts(tree_of(path)) if re.fullmatch(r"[A-Z]\d\d", node.value)}
    rules = set(
        re.findall(
            r"^\s*-?\s*id: ([A-Z]\d\d)\b",
            "".join(p.read_text("utf-8") for p in ROOT.glob("schemas/*.yaml")),
            re.MULTILINE,
        )
    )

    assert used
    assert used <= set(codes()) | rules


def imported_by(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "consolidator.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    "words", [("--help",), ("explain", "B02"), ("explain", "R08"), ("forms", "list")], ids=" ".join
)
def test_small_commands_start_without_the_heavy_libraries(words: tuple[str, ...]) -> None:
    modules = imported_by(*words)

    assert "consolidator.terms" in modules or "click" in modules
    assert not modules & {"pandas", "pandera", "numpy", "openpyxl", "xlsxwriter", "python_calamine"}


def test_pip_gets_the_versions_that_are_locked() -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    versions = {package["name"]: package["version"] for package in locked if "version" in package}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split(" ;")[0].split("==") for line in lines if not line.startswith("#"))

    assert pinned == {name: version for name, version in versions.items() if name != "consolidator"}


def test_the_lock_names_no_registry_but_the_public_one() -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    sources = {package["source"].get("registry", "") for package in locked if package["name"] != "consolidator"}

    assert sources == {"https://pypi.org/simple"}


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    wanted = {re.split(r"[<>=!~\[ ;]", line)[0].lower().replace(".", "-") for line in named}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert wanted <= {line.split("==")[0] for line in lines}
