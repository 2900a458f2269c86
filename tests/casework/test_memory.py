"""What was seen before is not read again; what a strange memory says is not believed, and never does harm."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from consolidator.casework.candidates import Forms
from consolidator.casework.looking import Examiner, Looks
from consolidator.casework.memory import Memory
from consolidator.form import BlankPolicy
from consolidator.model import Period, Refusal, Status, Submission
from consolidator.read import read_all
from consolidator.terms import Word
from tests.builders import Book, Layout, Page, lay_out
from tests.formats import to_xlsx
from tests.locate.grids import FORM_ID, filing, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.casework.codec import Sighting

YEAR = Period(2016)


@cache
def forms() -> Forms:
    return Forms.of((FORM_ID,), "zh")


def question(period: Period | None = YEAR, policy: BlankPolicy | None = None) -> Examiner:
    return Examiner.of(forms(), period, policy)


def sent(name: str, *pages: Page, content: bytes | None = None) -> Submission:
    made = to_xlsx(Book(list(pages), "", {}, {})) if content is None else content
    return Submission(name, hashlib.sha256(made).hexdigest(), made)


def page(filer: str = "平罗县甲镇", **values: Any) -> Page:
    typed = numbered() | {"C4": "征地、\n补偿"} | values
    return lay_out(filing(typed, filer=filer), Layout(sheet=filer[-2:])).pages[0]


FILES = (
    sent("一份.xlsx", page()),
    sent("有错.xlsx", page("平罗县乙镇", C1="约44", C2="１２", H4="3.50", C3=None)),
    sent("两份.xlsx", page("平罗县丙镇"), page("平罗县丁镇")),
    sent("坏.xlsx", content=b"PK\3\4 broken"),
    sent("别的.xlsx", Page("Sheet1", {(1, 1): ("名单", "plain")})),
)  # fmt: skip


class Watched:
    """An engine that remembers which files it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, submissions: Iterable[Submission], *, examine: Examiner, progress: object) -> dict[str, Any]:
        del progress
        submissions = tuple(submissions)
        self.asked += [each.file for each in submissions]
        return {each.file: read(each, examine) for each in submissions}


def read(submission: Submission, examine: Examiner) -> Any:
    """What is really in a file; read once in all these tests."""
    key = (submission.sha256, submission.file, examine.key)
    if key not in ANSWERS:
        ANSWERS[key] = read_all((submission,), examine=examine, jobs=0)[submission.file]
    return ANSWERS[key]


ANSWERS: dict[tuple[object, ...], Any] = {}


Seen = dict[str, "Sighting | Refusal"]


def run(
    kept: bytes | None, files: Sequence[Submission] = FILES, asked: Examiner | None = None, circumstances: str = "now"
) -> tuple[list[str], Seen, bytes | None]:
    """Which files were read, what was seen, what is kept."""
    engine, memory = Watched(), Memory(kept, circumstances)
    seen = Looks(engine, forms(), memory).look(files, asked or question())
    return engine.asked, seen, memory.content()


@pytest.fixture(scope="module")
def kept() -> bytes:
    content = run(None)[2]
    assert content is not None
    return content


def resealed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same memory with another body, and the checksum of that."""
    head, _, body = content.partition(b"\n")
    changed = body.replace(old, new)
    assert changed != body
    return head.rpartition(b" ")[0] + b" " + hashlib.sha256(changed).hexdigest().encode() + b"\n" + changed


def test_what_was_seen_is_seen_again_without_reading(kept: bytes) -> None:
    asked, seen, content = run(kept)

    assert asked == []
    assert seen == run(None)[1]
    assert list(seen) == [each.file for each in FILES]
    assert content is None


def test_only_a_file_whose_content_or_name_changed_is_read(kept: bytes) -> None:
    changed = sent(FILES[0].file, page(C1=9))
    renamed = replace(FILES[1], file="改名.xlsx")

    assert run(kept, (changed, renamed, *FILES[2:]))[0] == [changed.file, renamed.file]


@pytest.mark.parametrize("asked", [question(Period(2017)), question(policy=BlankPolicy.ZERO), question(None)])
def test_another_question_is_asked_anew(kept: bytes, asked: Examiner) -> None:
    assert run(kept, asked=asked)[0] == [each.file for each in FILES]


def test_a_changed_definition_is_another_question(kept: bytes) -> None:
    (form,) = forms().asked
    other = replace(forms(), asked=(replace(form, sha256="0" * 64),))

    assert run(kept, asked=Examiner.of(other, YEAR, None))[0] == [each.file for each in FILES]


def test_another_program_believes_nothing_of_it(kept: bytes) -> None:
    assert run(kept, circumstances="later")[0] == [each.file for each in FILES]


def test_what_a_run_has_no_use_for_is_forgotten(kept: bytes) -> None:
    _, _, content = run(kept, FILES[:2])

    assert content is not None
    assert content.count(b"\n") == 3
    assert run(content)[0] == [each.file for each in FILES[2:]]


@pytest.mark.parametrize("size", [0, 10, 200, -1])
def test_a_torn_memory_is_none(kept: bytes, size: int) -> None:
    asked, seen, _ = run(kept[:size])

    assert asked == [each.file for each in FILES]
    assert seen == run(None)[1]


def test_a_flipped_bit_is_noticed(kept: bytes) -> None:
    place = len(kept) // 2
    flipped = kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :]

    assert run(flipped)[0] == [each.file for each in FILES]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b" seen ", b" maybe "),
        (b" seen ", b" none "),
        (b" seen [", b" seen [["),
        (b" seen [", b' seen [{"a":1,"b":2},'),
        (b" seen [", b" seen " + b"[" * 100_000),
        (b" seen [", b" seen null["),
        (b'"gov-info-disclosure-2014"', b'"no-such-form"'),
        (b"2016,", b"2016.5,"),
        (b"2016,", b"1e999,"),
        (b"2016,", b"NaN,"),
        (b"2016,", b"true,"),
        (b"2016,", b"99999,"),
        (b"2016,", b"9" * 5000 + b","),
        (b"2016,", b'"2016",'),
        (b"2016,", b"null,"),
        (b"AAAA", b"AAA"),
        (b"AAAA", b"AA=A"),
        (b"AAAA", b"////"),
        (b'"hard"', b'"harmless"'),
        (b'"violated"', b'"__class__"'),
        (b'"N01"', b'"N99"'),
        (b"[[", b"[[["),
    ],
)
def test_strange_entries_are_read_anew_and_do_no_harm(kept: bytes, old: bytes, new: bytes) -> None:
    asked, seen, _ = run(resealed(kept, old, new))

    assert asked
    assert seen == run(None)[1]


@pytest.mark.parametrize("number", ["abc", "NaN", "Infinity", "1_0", "²", "1e5", "--1", "1 2", "1.2.3", "__import__"])
def test_what_is_no_number_is_never_taken_for_one(kept: bytes, number: str) -> None:
    _, _, entry = next(line for line in kept.split(b"\n") if b" seen " in line).partition(b" seen ")
    numbers = json.loads(entry)[1][0][4][2]
    first, _, rest = numbers.partition(" ")
    assert first.isdigit()
    forged = resealed(kept, json.dumps(numbers).encode(), json.dumps(f"{number} {rest}").encode())
    asked, seen, _ = run(forged)

    assert asked
    assert seen == run(None)[1]


def test_no_entry_is_believed_whatever_byte_of_it_is_changed(kept: bytes) -> None:
    """Half of the changes leave something that could have been seen; none may raise, or give what cannot be told."""
    head, _, body = run(None, FILES[:2])[2].partition(b"\n")  # type: ignore[union-attr]
    for place in range(70, len(body), 61):
        for byte in (b'"', b"]", b"9", b"-"):
            changed = body[:place] + byte + body[place + 1 :]
            seal = hashlib.sha256(changed).hexdigest().encode()
            _, seen, _ = run(head.rpartition(b" ")[0] + b" " + seal + b"\n" + changed, FILES[:2])
            for sighting in seen.values():
                assert not isinstance(sighting, Refusal)
                assert all(dict(each.observations) for each in sighting.seen)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("refusal", "remembered"),
    [
        (Refusal(Status.UNREADABLE, "B01", "damaged", {"reason": Word("damage.xml")}), True),
        (Refusal(Status.ENCRYPTED, "B02"), True),
        (Refusal(Status.UNREADABLE, "B01", "crashed"), False),
        (Refusal(Status.UNREADABLE, "B01", "too_slow", {"seconds": "8"}), False),
        (Refusal(Status.UNREADABLE, "B01", "too_large", {"what": Word("amount.memory"), "limit": "480 MB"}), False),
        (Refusal(Status.UNREADABLE, "B01", "too_large", {"what": Word("amount.cells"), "limit": "9"}), True),
    ],
)
def test_refusals_of_the_hour_are_not_remembered(refusal: Refusal, *, remembered: bool) -> None:
    memory = Memory(None, "now")
    asked = memory.question(question())
    memory.keep(asked, FILES[:1], {FILES[0].file: refusal})
    again = Memory(memory.content(), "now").recall(asked, FILES[0], {})

    assert again == (refusal if remembered else None)


def test_a_forged_refusal_without_a_sentence_is_not_believed(kept: bytes) -> None:
    assert run(resealed(kept, b'"B01"', b'"B99"'))[0] == ["坏.xlsx"]
    assert run(resealed(kept, b'"unreadable"', b'"delightful"'))[0] == ["坏.xlsx"]
