"""What holds for every test: no test fails because the machine that runs it is busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
