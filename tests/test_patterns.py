"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import consolidator
from consolidator.patterns import regex


def test_a_pattern_finds_what_the_compiled_one_finds_before_and_after_its_first_use():
    later, now = regex(r"(\d+)年", re.ASCII), re.compile(r"(\d+)年", re.ASCII)
    for text in ("2016年", "２０１６年", "", "2016年2017年"):
        for _ in range(2):
            assert later.findall(text) == now.findall(text)
            assert [match.span() for match in later.finditer(text)] == [match.span() for match in now.finditer(text)]
            assert later.sub("x", text) == now.sub("x", text)
            assert bool(later.fullmatch(text)) == bool(now.fullmatch(text))
    assert (later.pattern, later.flags) == (now.pattern, now.flags)


def test_every_pattern_of_the_program_can_be_compiled():
    found = 0
    for module in pkgutil.walk_packages(consolidator.__path__, "consolidator."):
        if module.name.endswith("__main__"):
            continue
        held = vars(importlib.import_module(module.name)).values()
        kind = type(regex(""))
        each = [one for value in held for one in (value if isinstance(value, tuple) else (value,)) if type(one) is kind]
        for one in each:
            assert re.compile(one.pattern, one.flags)
        found += len(each)
    assert found > 100
