"""What was seen in the files of earlier runs, so that a run over an inbox seen before reads only what has changed.

In: the content of a kept file, and at its end the content of the next one. Out: sightings of files whose bytes, name and
question are the same. Never: code run, an error raised or a number believed on the word of that file alone: it is JSON,
carries its own checksum, and every entry must be one that `codec` could have written.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from consolidator.casework.codec import Plain, Sighting, decoded
from consolidator.casework.soundness import can_be_told, sound_refusal, sound_sighting
from consolidator.model import Refusal
from consolidator.terms import Word, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.casework.looking import Answer, Examiner
    from consolidator.form import Form
    from consolidator.model import Submission

_MAGIC = b"consolidator memory 2"
_PASSING = frozenset({"crashed", "too_slow"})
"""Refusals of this hour, not of this file; so is one for want of memory."""
_SEEN, _REFUSED = b"seen ", b"none "


class Memory:
    """Answers by what they depend on. Those that this run has no use for are forgotten."""

    def __init__(self, kept: bytes | None, circumstances: str) -> None:
        """Begin with what was kept; `circumstances` are all that answers depend on besides the file and the question."""
        self._circumstances = circumstances
        self._kept = _entries(kept)
        self._used: dict[bytes, bytes] = {}

    def question(self, examine: Examiner) -> bytes:
        """What is asked of every file, in short."""
        return hashlib.sha256(f"{self._circumstances}\x1f{examine.key}".encode()).digest()

    def recall(self, question: bytes, submission: Submission, forms: Mapping[str, Form]) -> Sighting | Refusal | None:
        """What is known of the file under this question; None where it has to be read."""
        key = _key(question, submission)
        line = self._kept.get(key)
        answer = _told(line, forms) if line is not None else None
        if answer is not None and line is not None:
            self._used[key] = line
        return answer

    def keep(self, question: bytes, submissions: Iterable[Submission], answers: Mapping[str, Answer]) -> None:
        """Remember what was read just now."""
        for each in submissions:
            answer = answers[each.file]
            line = _line(answer) if not isinstance(answer, Refusal) or _lasting(answer) else None
            if line is not None:
                self._used[_key(question, each)] = line

    def content(self) -> bytes | None:
        """What is to be kept for the next run; None where that is what was kept before."""
        if self._used == self._kept:
            return None
        body = b"".join(b"%b %b\n" % entry for entry in self._used.items())
        return b"%b %b\n%b" % (_MAGIC, _checksum(body), body)


def _key(question: bytes, submission: Submission) -> bytes:
    """What an answer depends on, in short: circumstances, question, the file's bytes and its name."""
    file = submission.file.encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"%b%b %b" % (question, submission.sha256.encode(), file)).hexdigest().encode()


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _entries(kept: bytes | None) -> dict[bytes, bytes]:
    """The lines of a kept file by their keys; none where it is torn, strange, or of another version."""
    head, _, body = (kept or b"").partition(b"\n")
    if head != b"%b %b" % (_MAGIC, _checksum(body)):
        return {}
    return dict(line.split(b" ", 1) for line in body.split(b"\n") if b" " in line)


def _line(answer: Answer) -> bytes | None:
    """The line of an answer; None where a text in it is none (half of a sign), so that no file can keep it."""
    kind, plain = (_REFUSED, _plain_refusal(answer)) if isinstance(answer, Refusal) else (_SEEN, answer)
    try:
        return kind + msgspec.json.encode(plain)
    except UnicodeEncodeError:
        return None


def _told(line: bytes, forms: Mapping[str, Form]) -> Sighting | Refusal | None:
    """What a line says; None where it says nothing that can be believed."""
    kind, text = line[: len(_SEEN)], line[len(_SEEN) :]
    if kind == _REFUSED:
        return _as_refusal(sound_refusal(text))
    plain = sound_sighting(text, forms) if kind == _SEEN else None
    return decoded(plain, forms) if plain is not None else None


def _lasting(refusal: Refusal) -> bool:
    return refusal.case not in _PASSING and refusal.details.get("what") != Word("amount.memory")


def _plain_refusal(refusal: Refusal) -> Plain:
    details = tuple((key, str(text), int(isinstance(text, Word))) for key, text in refusal.details.items())
    return refusal.status.value, refusal.code, refusal.case, details


def _as_refusal(plain: Plain | None) -> Refusal | None:
    if plain is None:
        return None
    status, code, case, details = plain
    refusal = Refusal(status, code, case, {key: Word(text) if word else text for key, text, word in details})
    return refusal if can_be_told(lambda: catalogue("zh").sentence(code, case, refusal.details)) else None
