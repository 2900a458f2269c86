"""What a head over several columns says of the figures under it: that they are plans or changes, or perhaps not the unit's own.

In: what stands over the columns of a table, the form's own words. Out: the words that say another kind; questions.
Never: the form's own groups, titles or heads accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.locate.words.timely import names_another_kind, names_others, says_another_kind
from consolidator.model import column_letters
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from consolidator.form.definition import Column, Form, Table
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell

_SENTENCE = regex(r"[，。；！!]")
_LONGEST = 16  # characters of a head over several columns


class GroupHeads:
    """Hears the heads over several columns of one table."""

    def __init__(self, sayings: Sayings, form: Form, table: Table) -> None:
        self._sayings = sayings
        self._columns = table.columns if any(column.key for column in table.columns) else ()
        self._titles = (form.title, *form.title_aliases, table.title)
        self._kinds: dict[tuple[int, int, str], str] = {}

    def kind(self, cell: Cell, panel: Panel) -> str:
        """The words by which a head says that its columns hold no figures of what there was, or empty.

        Where the form's own columns under it hold plans or changes, it may well say so.
        """
        place = (panel.header_row, panel.left, cell.a1)
        if place not in self._kinds:
            own = self._own(self._under(cell, panel) or self._right_under(cell, panel))
            says = own and not says_another_kind(own, ()) and names_another_kind(cell.text, (*own, *self._titles))
            self._kinds[place] = cell.text.strip() if says else ""
        return self._kinds[place]

    def asked(self, panels: Iterable[Panel]) -> Iterator[Finding]:
        """A question for every head that may say that the figures under it are others' than the filing unit's."""
        for panel in panels:
            spots = [panel.values[column.key] for column in self._columns if column.key in panel.values]
            cells = {cell.a1: cell for spot in spots for cell in self._sayings.heads_over(panel, spot)}
            for cell in cells.values():
                under = self._under(cell, panel)
                if under and names_others(cell.text, (*self._own(under), *self._titles)):
                    letters = "、".join(column_letters(panel.values[column.key]) for column in under)
                    yield Finding(
                        "L04", Severity.SOFT, "group_head", sheet=self._sayings.sheet.name, cells=(cell.a1,),
                        observed=cell.text, details={"found": cell.text.strip(), "columns": letters},
                    )  # fmt: skip

    def is_head_of_its_own(self, cell: Cell, panel: Panel) -> bool:
        """Whether a text is what the form itself prints over the column in which it stands."""
        return any(fold(cell.text) in map(fold, column.wordings) for column in self._right_under(cell, panel))

    def _under(self, cell: Cell, panel: Panel) -> list[Column]:
        """The columns of the form under a head that is merged over several ones; a sentence or a title is no head."""
        area = self._sayings.sheet.area_at(cell.row, cell.column)
        folded = fold(cell.text)
        if area is None or area.left == area.right or len(folded) > _LONGEST or _SENTENCE.search(folded):
            return []
        under = [column for column in self._columns if area.left <= panel.values.get(column.key, 0) <= area.right]
        return [column for column in under if not self._in_own_group(column, cell, panel)]

    def _right_under(self, cell: Cell, panel: Panel) -> list[Column]:
        """The column of the form under a head that is not merged."""
        return [column for column in self._columns if panel.values.get(column.key) == cell.column]

    def _in_own_group(self, column: Column, cell: Cell, panel: Panel) -> bool:
        """Whether the column's own group is printed over it, beside the head: forms note the lowest of several groups."""
        over = self._sayings.heads_over(panel, panel.values[column.key])
        own = set(map(fold, column.group_words)) if column.group else set()
        return any(fold(each.text) in own for each in over if each is not cell)

    def _own(self, under: Iterable[Column]) -> tuple[str, ...]:
        """The form's words for columns, and for their groups."""
        return tuple(word for column in under for word in (*column.wordings, *column.group_words))
