"""Every word and sentence that a person reads, from one catalogue in two languages.

In: `catalogue/zh.toml`, `catalogue/en.toml`. Out: words by key, sentences by finding code and case.
Never: a sentence written elsewhere in the code.
"""

from __future__ import annotations

import errno
import re
import tomllib
from functools import cache, lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.findings import Finding
    from consolidator.form.definition import Form

LANGUAGES = ("zh", "en")
_REASONS = frozenset({
    "EACCES", "EBUSY", "EEXIST", "EINVAL", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG", "ENOENT", "ENOSPC", "ENOTDIR", "EPERM", "EROFS",
})  # fmt: skip
"""Refusals of the system that the catalogue has words for (`words.system`)."""

_LISTS = frozenset(("named", "blank", "earlier", "blamed", "items"))
"""Details that list indicators by label with their codes in brackets."""

_LED = re.compile(r"(?:^|(?<=；))([A-Za-z]\w*(?:\.\w+)?)(?= )", re.ASCII)
_BRACKET = re.compile(r"（([A-Za-z]\w*(?:\.\w+)?)）", re.ASCII)
_ELSEWHERE = re.compile(r"(?<![\w.])([A-Za-z]\w*)\.([A-Za-z]\w*(?:\.\w+)?)(?![\w.])", re.ASCII)


class Word(str):
    """A detail that is itself a word of the catalogue, as `section.key`: told in the language of its sentence."""

    __slots__ = ()


def reason_of(problem: OSError) -> str:
    """Why the system refused, as a word of the catalogue; in the system's own words where we have none."""
    name = errno.errorcode.get(problem.errno or 0, "")
    return Word(f"system.{name}") if name in _REASONS else problem.strerror or type(problem).__name__


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
        return self._filled(self.words[section][key], details)

    def listed(self, parts: Iterable[str]) -> str:
        """Names in a row: `甲镇、乙镇`, `甲镇, 乙镇`."""
        return self.word("mark", "comma").join(parts)

    def title(self, code: str) -> str:
        """What a code is about, in a few words."""
        return str(self.codes[code]["title"])

    def sentence(self, code: str, case: str = "", details: Mapping[str, str] | None = None) -> str:
        """The sentence of a code: what was found, where, what was expected, what to do."""
        return self._filled(self._template(code, case), self._told(details or {}))

    def _template(self, code: str, case: str) -> str:
        entry = self.codes[code]
        return str(entry["cases"][case] if case else entry["sentence"])

    def _filled(self, template: str, details: Mapping[str, str]) -> str:
        """A sentence with its places filled in; one without a detail stays empty, never a crash before a clerk.

        Latin words that a place puts beside Chinese ones are set off by a space, as the catalogue does it.
        """
        told = ""
        for words, place in _pieces(template):
            told += f"{_between(told, words)}{words}"
            if place:
                detail = details.get(place, "")
                told += f"{_between(told, detail)}{detail}"
        return told

    def bare_sentence(self, code: str, case: str) -> str:
        """The sentence of a code without its details; where it would have gaps, what the code is about."""
        entry = self.codes[code]
        template = str(entry.get("cases", {}).get(case) or entry.get("sentence", ""))
        return template if template and "{" not in template else self.title(code)

    def spoken(self, text: str) -> str:
        """A detail as it is told: a word of the catalogue in this language, any other text as it is."""
        return self.word(*text.split(".", 1)) if isinstance(text, Word) else text

    def _told(self, details: Mapping[str, str]) -> dict[str, str]:
        return {key: self.spoken(value) for key, value in details.items()}

    def message(self, finding: Finding, forms: Mapping[str, Form]) -> str:
        """The sentence of a finding: a rule's own (from the form definition) or the catalogue's.

        Codes of indicators stand in it only where the form prints them.
        """
        form = forms.get(finding.form)
        texts = _rule_texts(finding, form)
        details = self._told(finding.details)
        template = (
            self._template(finding.code, finding.case) if texts is None else texts.get(self.language) or texts["zh"]
        )
        if form is not None:
            place = "indicator" if texts is None else "code"
            template, details = self._in_print(template, details, place, form, forms)
        body = self._filled(template, details)
        if texts is not None and finding.case in self.words["rule"]:
            return self.text("rule", finding.case, sentence=body, **details)
        return body

    def _in_print(
        self, template: str, details: dict[str, str], place: str, form: Form, forms: Mapping[str, Form]
    ) -> tuple[str, dict[str, str]]:
        """A sentence and its details with codes as the form prints them; where it does not, what else tells labels apart.

        `place` is the one that names an indicator by its code.
        """
        for key in details.keys() & _LISTS:
            apart = form.apart if key == "named" else {}
            details[key] = _listed_in_print(details[key], form, apart, forms)
        if "differences" in details:
            details["differences"] = _LED.sub(lambda match: _called(match[1], form), details["differences"])
        if not form.codes_printed and place in details:
            details[place] = form.apart.get(details[place].partition(".")[0], "")
            kept = self.text("mark", "coded", code=f"{{{place}}}") if details[place] else ""
            for key in ("coded", "coded_long"):
                template = template.replace(self.text("mark", key, code=f"{{{place}}}"), kept)
        return template, details


def _rule_texts(finding: Finding, form: Form | None) -> Mapping[str, str] | None:
    """What the rule of a finding says of itself, by language; None where the finding is not of a form's rule."""
    if form is None:
        return None
    for rule in form.all_rules:
        if rule.id == finding.code:
            return rule.words(finding.outcome, finding.case)
    return None


@lru_cache(maxsize=2048)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """The words of a template and the places between them; braces in pairs are words."""
    return tuple((words, place or "") for words, place, _, _ in Formatter().parse(template))


def _between(before: str, after: str) -> str:
    """A space where a Latin letter would touch a Chinese character."""
    last, first = before[-1:], after[:1]
    return " " if last.isalpha() and first.isalpha() and last.isascii() is not first.isascii() else ""


def _called(code: str, form: Form) -> str:
    """An indicator by its name, with its code where the form prints that; a code that it has not, as it is."""
    name = form.names.get(code, code)
    return f"{name}（{code}）" if form.codes_printed and code in form.names else name


def _listed_in_print(text: str, form: Form, apart: Mapping[str, str], forms: Mapping[str, Form]) -> str:
    """A list of labels with codes in brackets: the codes where the form prints them, the names of other forms' indicators."""

    def bracket(match: re.Match[str]) -> str:
        code = match[1]
        if form.codes_printed or code not in form.names:
            return match[0]
        above = apart.get(code.partition(".")[0], "")
        return match[0].replace(code, above) if above else ""

    def elsewhere(match: re.Match[str]) -> str:
        other = forms.get(form.other_forms.get(match[1], ""))
        return f"《{other.title}》{other.names[match[2]]}" if other and match[2] in other.names else match[0]

    return _ELSEWHERE.sub(elsewhere, _BRACKET.sub(bracket, text))


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of `zh` or `en`, read once."""
    with (folder("catalogue") / f"{language}.toml").open("rb") as file:
        texts = tomllib.load(file)
    return Catalogue(language=language, codes=texts["codes"], words=texts["words"])
