"""Loads form definitions: the way in to a `Form`, and the list of those that come with the program.

In: a YAML file or its text. Out: a sound `Form`, or a `FormError` with all its mistakes. Nothing else is opened first.
Never: an import of pandas or pandera; the definition libraries are imported only when something is loaded.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from consolidator.errors import FormError, Mistake, UsageError
from consolidator.resources import folder
from consolidator.terms import LANGUAGES, catalogue, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.form.definition import Form


_RULES = re.compile(r"^(?:rules|text_rules):", re.MULTILINE)
"""Where the rules of an installed definition begin: they stand last in it."""


def available() -> dict[str, Path]:
    """The definitions that come with the program by form id, in the order of the ids. Nothing is parsed."""
    return {path.stem: path for path in sorted(folder("schemas").glob("*.yaml"))}


def load_by_id(form_id: str, language: str = "zh") -> Form:
    """The form `form_id` of those that come with the program. Raises `UsageError` E22 for an id there is none of."""
    from consolidator.form.loading.mistakes import nearest  # noqa: PLC0415 (only on the way to a message)

    paths = available()
    if form_id not in paths:
        raise UsageError("E22", form=form_id, near=nearest(form_id, paths), known="、".join(paths))
    form = load(paths[form_id], language)
    if form.id != form_id:
        problem = catalogue(language).text("mistake", "id_and_name", found=form.id, expected=form_id)
        raise FormError((Mistake(paths[form_id].name, 1, 1, problem),))
    return form


def outline(form_id: str) -> Form:
    """The form `form_id` of those that come with the program without its rules: enough to recognise it, at half the cost.

    Its hash is that of the whole definition. Raises `FormError` with the mistakes of what was read.
    """
    path = available()[form_id]
    content = path.read_bytes()
    text = content.decode("utf-8-sig")
    rules = _RULES.search(text)
    return _assembled(text[: rules.start()] if rules else text, str(path), content, LANGUAGES[0])


def load(path: Path, language: str = "zh") -> Form:
    """The form defined in the file at `path`. Raises `FormError` with every mistake, told in `language`."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        problem = catalogue(language).text(
            "mistake", "not_readable", reason=catalogue(language).spoken(reason_of(error))
        )
        raise FormError((Mistake(str(path), 1, 1, problem),)) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormError((Mistake(str(path), line, 1, catalogue(language).word("mistake", "not_utf8")),)) from error
    return _assembled(text, str(path), content, language)


def load_text(text: str, name: str, language: str = "zh") -> Form:
    """The form defined in `text`; `name` stands for the file in mistakes. Raises `FormError` with every mistake."""
    return _assembled(text, name, text.encode("utf-8", "surrogatepass"), language)


def _assembled(text: str, name: str, content: bytes, language: str) -> Form:
    from consolidator.form.loading.assemble import assemble  # noqa: PLC0415 (imports the definition libraries)

    return assemble(text, name, hashlib.sha256(content).hexdigest(), language)
