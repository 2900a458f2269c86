"""The documents keep their promises: links lead somewhere, commands exist, lengths stay readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETUP = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e . && .venv/bin/consolidator demo",
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && .venv/bin/pytest -q",
)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sample_workbooks/**/*.md")])
ROOMS = ("inbox", "read", "locate", "validate", "consolidate", "write")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]

    assert not [link for link in local if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_readmes_show_the_two_setup_commands(page: str) -> None:
    assert tuple(line for line in text_of(page).splitlines() if line.startswith("python3 -m venv .venv && ")) == SETUP


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_readmes_can_be_read_in_one_go(page: str) -> None:
    assert len(text_of(page).splitlines()) <= 120


@pytest.mark.parametrize("record", sorted(ROOT.glob("docs/adr/*.md")), ids=lambda path: path.stem)
def test_decisions_are_short_and_say_what_was_rejected(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 40
    assert all(f"## {part}" in text for part in ("Context", "Decision", "Consequences", "Rejected"))
    assert re.match(r"# \d{4} ", text)


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in ROOT.glob("docs/adr/*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/architecture.md"])
def test_every_room_is_on_the_map(page: str) -> None:
    assert all(f"`{room}`" in text_of(page) for room in ROOMS)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_option_named_in_a_readme_exists(page: str) -> None:
    from consolidator.cli.main import cli

    options = {option for command in cli.commands.values() for p in command.params for option in p.opts}
    options |= {option for p in cli.params for option in p.opts} | {"--help"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(page)))

    assert named <= options


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_named_in_a_readme_exists(page: str) -> None:
    from consolidator.cli.main import cli

    assert set(re.findall(r"\bconsolidator ([a-z]+)\b", text_of(page).split("##", 1)[1])) <= set(cli.commands)
