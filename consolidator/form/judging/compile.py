"""A form's rules as a pandera schema: one lazy run judges all units at once.

In: a `Form`. Out: a `CompiledForm` for frames of float64 columns (`frames.UNITS`: a row a unit, a column an indicator).

For each rule a *residual column* is added by a pandera parser: left minus right for a comparison of two sides, else 1
where the condition fails and 0 where it holds; NaN where the rule is undecided. The rule is a column check on it, so
that `failure_cases` has one row a failure and names rule and unit. A column check drops nulls first: results are matched
by index label, never by position. Importing this module imports pandas and pandera.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa
from msgspec import Struct
from pandera.config import ValidationDepth, config_context

from consolidator.form.definition import Scope
from consolidator.form.relations import ALONE
from consolidator.frames import UNIT_INDEX
from consolidator.rules import REPORT_YEAR, Conditional, names, sides
from consolidator.rules.vectors import Columns, differences, exact, held, results

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.form.definition import Form, Rule
    from consolidator.form.relations import Reach
    from consolidator.rules import Expression

_PREFIX = "residual:"
_EARLIER = "previous:"


class CompiledForm(Struct, frozen=True):
    """A form with the pandera schema of its rules on single units."""

    form: Form
    schema: pa.DataFrameSchema
    rules: tuple[Rule, ...]

    @property
    def earlier(self) -> tuple[str, ...]:
        """The codes whose values of the period before the rules need."""
        return tuple(dict.fromkeys(code for rule in self.rules for code in rule.earlier))

    def to_judge(self, frame: pd.DataFrame) -> Mapping[str, frozenset[str]]:
        """By rule key, the index labels of the units for which the rule is not certainly satisfied.

        These are the violated ones, the undecided ones, and those whose figures float64 may have rounded: the caller
        judges each again in decimals, so that rounding neither creates nor hides a finding. `frame` has one float64
        column for each of the `operands`, one for each of the rules' `earlier` values (`earlier_name`), and a unique
        index. Raises pandera's `SchemaErrors` when it has not.
        """
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            checked, violated = self._validated(frame)
        columns = _columns(frame)
        return {
            rule.key: violated.get(rule.key, frozenset())
            | _labels(checked.index, checked[residual_name(rule)].isna().to_numpy())
            | _labels(frame.index, ~exact(_whole(rule), columns))
            for rule in self.rules
        }

    def _validated(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, frozenset[str]]]:
        """The frame with its residual columns, and the index labels that failed by rule id."""
        try:
            return self.schema.validate(frame, lazy=True), {}
        except pa.errors.SchemaErrors as failures:
            return failures.data, _violated(failures)


def compile_form(form: Form, reach: Reach = ALONE) -> CompiledForm:
    """The form's rules on single units, compiled; those that need more than the run can `reach` are left out."""
    rules = tuple(rule for rule in form.rules if rule.scope is not Scope.TOTAL and rule.judgeable(reach))
    earlier = dict.fromkeys(earlier_name(code) for rule in rules for code in rule.earlier)
    indicators = {code: pa.Column("float64", nullable=True) for code in (*operands(form), *earlier)}
    residuals = {
        residual_name(rule): pa.Column("float64", pa.Check(_check(rule), name=rule.key), nullable=True)
        for rule in rules
    }
    schema = pa.DataFrameSchema(
        {**indicators, **residuals},
        index=pa.Index(unique=True, name=UNIT_INDEX),
        parsers=pa.Parser(_residuals(rules)),
    )
    return CompiledForm(form, schema, rules)


def operands(form: Form) -> tuple[str, ...]:
    """The columns of a frame to judge: present numbers, and whatever else rules ask for.

    That is what functions of texts give, figures of other forms, the year of the report.
    """
    year = (REPORT_YEAR,) if any(REPORT_YEAR in names(_whole(rule)) for rule in form.rules) else ()
    return (*form.numeric, *form.facets, *form.elsewhere, *year)


def earlier_name(code: str) -> str:
    """The name of the column that holds an indicator's values of the period before."""
    return _EARLIER + code


def residual_name(rule: Rule) -> str:
    """The name of a rule's residual column."""
    return _PREFIX + rule.key


def _whole(rule: Rule) -> Expression:
    """The rule with its condition of application."""
    return Conditional("implies", rule.when, rule.expression) if rule.when else rule.expression


def _residuals(rules: tuple[Rule, ...]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def add(frame: pd.DataFrame) -> pd.DataFrame:
        columns = _columns(frame)
        added = {residual_name(rule): _residual(rule, columns) for rule in rules}
        return pd.concat([frame, pd.DataFrame(added, index=frame.index)], axis=1)

    return add


def _residual(rule: Rule, columns: Columns) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    whole = _whole(rule)
    pair = sides(whole)
    if pair:
        return differences(pair.left, pair.right, columns)
    return 1.0 - results(whole, columns, rule.tolerance)


def _check(rule: Rule) -> Callable[[pd.Series[float]], pd.Series[bool]]:
    pair = sides(_whole(rule))
    operator, tolerance = (pair.operator, float(rule.tolerance)) if pair else ("=", 0.0)

    def holds(residual: pd.Series[float]) -> pd.Series[bool]:
        truth = held(np.asarray(residual, dtype=np.float64), operator, tolerance) > 0
        return pd.Series(truth, index=residual.index, dtype=bool)

    return holds


def _columns(frame: pd.DataFrame) -> Columns:
    columns = {str(name): frame[name].to_numpy() for name in frame.columns}
    before = {name.removeprefix(_EARLIER): values for name, values in columns.items() if name.startswith(_EARLIER)}
    return Columns(len(frame), columns, before)


def _labels(index: pd.Index[str], chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> frozenset[str]:
    return frozenset(index[chosen])


def _violated(failures: pa.errors.SchemaErrors) -> Mapping[str, frozenset[str]]:
    """The index labels of the units that failed, by rule id; any other failure is the caller's mistake."""
    cases = failures.failure_cases
    if not cases["column"].astype(str).str.startswith(_PREFIX).all():
        raise failures
    return {str(rule): frozenset(labels) for rule, labels in cases.groupby("check")["index"]}
