"""Columns of the tables in which many units are compared at once, and of the CSV files (a contract).

`OBSERVATIONS` is long (a row an indicator a file), `UNITS` is wide (a row a unit, a column an indicator, float64,
NaN where there is no usable value), `FINDINGS` and `SUBMISSIONS` are as written to `data/`.
"""

from __future__ import annotations

OBSERVATIONS = (
    "unit_code",
    "unit_name",
    "form",
    "period",
    "indicator",
    "value",
    "raw",
    "file",
    "sheet",
    "cell",
    "how",
)
"""Columns of `data/values.csv`."""

FINDINGS = (
    "fingerprint",
    "severity",
    "outcome",
    "code",
    "unit_code",
    "unit_name",
    "form",
    "period",
    "indicators",
    "file",
    "sheet",
    "cells",
    "observed",
    "expected",
    "difference",
    "message",
)
"""Columns of `data/findings.csv`; lists inside a field are joined with `;`."""

SUBMISSIONS = (
    "file",
    "sha256",
    "unit_code",
    "unit_name",
    "form",
    "period",
    "status",
    "included",
    "hard",
    "soft",
    "reason",
)
"""Columns of `data/submissions.csv`."""

UNIT_INDEX = "unit_key"
"""Name of the index of a `UNITS` frame: `ReportingUnit.key`."""
