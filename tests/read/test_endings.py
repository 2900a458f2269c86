from __future__ import annotations

import hashlib

import pytest

from consolidator.model import Submission
from consolidator.read import read_all
from consolidator.read.excel import thinning
from consolidator.read.workers import foreman


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_a_thread_ends_the_run_instead_of_holding_it_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> object:
        raise ValueError("a bug")

    monkeypatch.setattr(foreman, "receive", broken)
    content = b"not a workbook"

    with pytest.raises(RuntimeError):
        read_all([Submission("a.xlsx", hashlib.sha256(content).hexdigest(), content)], jobs=1)


def rows(*numbers: int, attributes: str = ' ht="15"') -> bytes:
    return b"".join(b'<row r="%d"%s><c r="A%d" s="1"/></row>' % (n, attributes.encode(), n) for n in numbers)


def test_of_many_empty_rows_the_last_is_kept_and_hidden_ones_all_are() -> None:
    filled = b'<row r="1"><c r="A1"><v>5</v></c></row>'

    assert b"".join(thinning.thinned([filled + rows(*range(2, 900)) + filled])) == filled + rows(899) + filled
    hidden = rows(2, 3, 4, attributes=' hidden="1"')
    assert b"".join(thinning.thinned([filled + hidden])) == filled + hidden
