"""`run.json`: what makes a run traceable; written last, so that its hashes tell a whole set of outputs from a torn one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from consolidator.write.workbook.text import plain, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.model import Adjustment, CategoryTotals, CountyTable
    from consolidator.write.plans.facts import Facts


def write_run_record(target: BinaryIO, facts: Facts, outputs: Mapping[str, str]) -> None:
    """Write versions, form hashes, settings, counts, coverage, timings, and the SHA-256 of each other output."""
    record = facts.result.record
    content = {
        "created": record.created.isoformat(),
        "versions": dict(record.versions),
        "forms": dict(record.forms),
        "settings": dict(record.settings),
        "counts": dict(record.counts),
        "timings": dict(record.timings),
        "coverage": [_coverage(table) for table in facts.result.tables],
        "outputs": dict(outputs),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    target.write(f"{text}\n".encode())


def _coverage(table: CountyTable) -> dict[str, Any]:
    coverage = table.coverage
    content = {
        "form": table.form.id,
        "period": str(table.period),
        "county": visible(table.county),
        "required": coverage.required,
        "received": coverage.received,
        "consolidated": coverage.consolidated,
        "missing": [visible(name) for name in coverage.missing],
        "left_out": [{"unit": visible(name), "status": status.value} for name, status in coverage.left_out],
    }
    if table.categories:
        content["categories"] = [_category(part) for part in table.categories]
    if table.adjustments:
        content["adjustments"] = [_adjustment(entry) for entry in table.adjustments]
    return content


def _category(part: CategoryTotals) -> dict[str, Any]:
    totals = {code: None if total.value is None else plain(total.value) for code, total in part.totals.items()}
    coverage = part.coverage
    counts = {"required": coverage.required, "received": coverage.received, "consolidated": coverage.consolidated}
    return {"category": visible(part.name), **counts, "totals": totals}


def _adjustment(entry: Adjustment) -> dict[str, str]:
    told = {"reason": visible(entry.reason), "by": visible(entry.by)}
    return {"indicator": entry.indicator, "amount": plain(entry.amount), **told}
