from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from consolidator import form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes an empty folder for one run."""
    return lambda: tmp_path_factory.mktemp("messy")


@pytest.fixture(autouse=True, scope="package")
def _forms_are_loaded_once() -> Iterator[None]:
    """Hundreds of runs need the same definition; reading it is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form, "load_by_id", cache(form.load_by_id))
        yield
