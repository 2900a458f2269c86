"""Every word and sentence that a person reads, from one catalogue in two languages.

In: `catalogue/zh.toml`, `catalogue/en.toml`. Out: words by key, sentences by finding code and case.
Never: a sentence written elsewhere in the code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.form.definition import Form

LANGUAGES = ("zh", "en")


class Word(str):
    """A detail that is itself a word of the catalogue, as `section.key`: told in the language of its sentence."""

    __slots__ = ()


class _Details(dict[str, str]):
    """Details of a sentence; one that is missing shows as an empty place, never as a crash before a clerk."""

    def __missing__(self, key: str) -> str:
        return ""


class Catalogue(Struct, frozen=True):
    """All texts of one language: `codes` by finding code, `words` by section and key."""

    language: str
    codes: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Mapping[str, str]]

    def word(self, section: str, key: str) -> str:
        """The word for `key`, such as `word("status", "accepted")`. A key that is not in the catalogue is a bug."""
        return self.words[section][key]

    def text(self, section: str, key: str, **details: str) -> str:
        """A word with its places filled in."""
        return self.words[section][key].format_map(_Details(details))

    def title(self, code: str) -> str:
        """What a code is about, in a few words."""
        return str(self.codes[code]["title"])

    def sentence(self, code: str, case: str = "", details: Mapping[str, str] | None = None) -> str:
        """The sentence of a code: what was found, where, what was expected, what to do."""
        entry = self.codes[code]
        template = entry["cases"][case] if case else entry["sentence"]
        return str(template).format_map(_Details(self._told(details or {})))

    def _told(self, details: Mapping[str, str]) -> dict[str, str]:
        return {
            key: self.word(*value.split(".", 1)) if isinstance(value, Word) else value for key, value in details.items()
        }

    def message(self, finding: Finding, forms: Mapping[str, Form]) -> str:
        """The sentence of a finding: a rule's own (from the form definition) or the catalogue's."""
        texts = _rule_texts(finding, forms)
        if texts is None:
            return self.sentence(finding.code, finding.case, finding.details)
        details = self._told(finding.details)
        body = (texts.get(self.language) or texts["zh"]).format_map(_Details(details))
        if finding.case in self.words["rule"]:
            return self.text("rule", finding.case, sentence=body, **details)
        return body


def _rule_texts(finding: Finding, forms: Mapping[str, Form]) -> Mapping[str, str] | None:
    """What the rule of a finding says of itself, by language; None where the finding is not of a form's rule."""
    form = forms.get(finding.form)
    if form is None:
        return None
    for rule in form.all_rules:
        if rule.id == finding.code:
            return rule.words(finding.outcome, finding.case)
    return None


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of `zh` or `en`, read once."""
    with (folder("catalogue") / f"{language}.toml").open("rb") as file:
        texts = tomllib.load(file)
    return Catalogue(language=language, codes=texts["codes"], words=texts["words"])
