"""Every error this project raises on purpose, and the exit code each one ends the program with.

```
ConsolidatorError            something a person can mend; shown as one sentence, never a traceback
├── UsageError               exit 2: the command line, the campaign file or the roster is wrong
├── FormError                exit 2: a form definition is wrong; carries every mistake found
└── EnvironmentProblem       exit 3: disk full, output open elsewhere, another run under way
```

Problems in what a township sent are not errors: they are `Finding` values. Bugs stay bugs (exit 70).
"""

from __future__ import annotations

from msgspec import Struct


class ConsolidatorError(Exception):
    """Base of all errors that a user, not a programmer, can mend.

    `code` is the entry in the catalogue of messages, `details` fill its sentence; where it has several, `case` is one of them.
    """

    exit_code = 70

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code} {details}")


class UsageError(ConsolidatorError):
    """The command line, the campaign file or the roster cannot be used as given."""

    exit_code = 2


class EnvironmentProblem(ConsolidatorError):  # noqa: N818 - EnvironmentError is a name of Python itself
    """The disk, a lock or another program stands in the way."""

    exit_code = 3


class Mistake(Struct, frozen=True, order=True):
    """One mistake in a form definition.

    `line` and `column` count from 1 in `file`. `suggestion` is a near name for a misspelt one, or empty.
    """

    file: str
    line: int
    column: int
    problem: str
    suggestion: str = ""

    def __str__(self) -> str:
        """`file:line:column: problem (suggestion)`, the form that editors turn into a link."""
        tail = f" ({self.suggestion})" if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}: {self.problem}{tail}"


class FormError(ConsolidatorError):
    """A form definition is not sound. All its mistakes are carried at once, in the order of the file."""

    exit_code = 2

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("E20", mistakes="\n".join(map(str, self.mistakes)))
