"""A county's run made up from nothing: units, values, findings, totals, coverage. No room is asked for anything.

`county()` gives a small one over a small form; pass the real form and a number of units for a large one. Everything is
reckoned from the serial numbers of units and indicators, so the same call gives the same run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import (
    BlankPolicy,
    Column,
    Form,
    Relation,
    Row,
    Rule,
    SignOff,
    Table,
    TextRule,
    ValueType,
)
from consolidator.model import (
    CellAddress,
    Consolidation,
    CountyTable,
    Coverage,
    Observation,
    ObservedFile,
    Period,
    ReportingUnit,
    RuleTally,
    RunRecord,
    Status,
    SubmissionRecord,
    Total,
    UnitRow,
)

COUNTY = "平罗县"
PERIOD = Period(2016)
INBOX = Path("/county/收件 夹")
OUT = Path("/county/结果")
SHEET = "统计表"
NAMES = (
    "城关镇",
    "黄渠桥镇",
    "宝丰镇",
    "头闸镇",
    "姚伏镇",
    "崇岗镇",
    "陶乐镇",
    "高庄乡",
    "灵沙乡",
    "渠口乡",
    "通伏乡",
    "高仁乡",
    "红崖子乡",
)
CREATED = datetime(2017, 1, 20, 9, 30, tzinfo=UTC)


def small_form() -> Form:
    rows = (
        Row("A", "一、主动公开情况", ValueType.HEADING, 1, unit_of_measure="——"),
        Row("A1", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", ValueType.COUNT, 2, "A", "条"),
        Row("A1a", "其中：主动公开规范性文件数", ValueType.COUNT, 3, "A1", "条", relation=Relation.OF_WHICH),
        Row("C", "二、依申请公开情况", ValueType.HEADING, 1, unit_of_measure="——"),
        Row("C1", "（一）收到申请数", ValueType.COUNT, 2, "C", "件"),
        Row("C11", "1. 当面申请数", ValueType.COUNT, 3, "C1", "件", relation=Relation.ADDEND),
        Row("C12", "2. 网络申请数", ValueType.COUNT, 3, "C1", "件", relation=Relation.ADDEND),
        Row("C4", "（二）申请公开的主要内容", ValueType.TEXT, 2, "C", ""),
        Row("G", "三、依申请公开信息收取的费用", ValueType.MONEY, 1, "", "万元", decimals=2),
    )
    table = Table("main", "政府信息公开情况统计表", rows, (Column("", "统计数"),), ("统计指标",), ("单位",))
    sign_off = (
        SignOff("head", "单位负责人"),
        SignOff("reviewer", "审核人"),
        SignOff("preparer", "填报人"),
        SignOff("phone", "联系电话", private=True),
        SignOff("date", "填报日期"),
    )
    return _form((table,), sign_off, (_rule("R01", "A1a <= A1", ("A1a", "A1")), _sum_rule()))


def matrix_form() -> Form:
    """A form of two tables: a matrix with groups of columns, and a small list without units of measure."""
    columns = (
        Column("np", "自然人"),
        Column("ent", "商业企业", group="法人或其他组织"),
        Column("res", "科研机构", group="法人或其他组织"),
        Column("tot", "总计"),
    )
    cases = (Row("Q1", "一、本年新收申请数量", ValueType.COUNT, 1), Row("Q2", "二、上年结转数量", ValueType.COUNT, 1))
    fees = (Row("P81", "行政事业性收费", ValueType.MONEY, 1, decimals=2),)
    tables = (
        Table("requests", "收到和处理申请情况", cases, columns, ("统计指标",)),
        Table("fees", "收费情况", fees, (Column("amount", "金额（万元）"),), ("项目",)),
    )
    return replace(
        _form(tables, (), (_rule("X01", "Q1.np <= Q1.tot", ("Q1.np", "Q1.tot")),)),
        id="matrix",
        headlines=(),
        text_rules=(),
    )


def _form(tables: tuple[Table, ...], sign_off: tuple[SignOff, ...], rules: tuple[Rule, ...]) -> Form:
    text_rule = TextRule(
        id="F05",
        title={"zh": "文字指标应如实填写", "en": "Text must be an answer"},
        severity=Severity.SOFT,
        indicators=("C4",),
        sentence={"zh": "“{label}”填“{found}”，不是文字说明。请改填。", "en": "“{label}” says “{found}”."},
        basis="填表说明",
    )
    return Form(
        id="gov-info-disclosure-2014",
        title="政府信息公开情况统计表",
        authority="国办发〔2014〕32号",
        tables=tables,
        rules=rules,
        sign_off=sign_off,
        blank_policy=BlankPolicy.MISSING,
        sha256="ab" * 32,
        headlines=("A1", "C1"),
        text_rules=(text_rule,) if rules else (),
    )


def _rule(code: str, formula: str, indicators: tuple[str, ...], severity: Severity = Severity.HARD) -> Rule:
    return Rule(
        id=code,
        title={"zh": "其中项不得大于总数", "en": "A part is at most the whole"},
        severity=severity,
        formula=formula,
        expression=cast("Any", None),
        sentence={
            "zh": "“主动公开规范性文件数”填 {left}，大于“主动公开政府信息数” {right}，多 {difference}。请核实后改填。",
            "en": "The part {left} is more than the whole {right}, by {difference}.",
        },
        basis="表式“其中”",
        indicators=indicators,
        passing={},
        failing={},
    )


def _sum_rule() -> Rule:
    return replace(
        _rule("R08", "C1 = C11 + C12", ("C1", "C11", "C12")),
        title={"zh": "收到申请数等于各申请方式之和", "en": "Requests are the sum of their kinds"},
        sentence={
            "zh": "“收到申请数”填 {left}，应等于各种申请方式之和 {right}，差 {difference}。请核实后改填。",
            "en": "Requests {left}, sum of kinds {right}, difference {difference}.",
        },
    )


@dataclass(frozen=True)
class Plan:
    """Serial numbers (from 0) of units with a fate of their own; all others are accepted and whole."""

    rejected: tuple[int, ...] = (2, 7)
    conflict: tuple[int, ...] = (9,)
    missing: tuple[int, ...] = (12,)
    blank: tuple[tuple[int, str], ...] = ((4, "G"), (5, "C12"))
    roster: bool = True


def county(form: Form | None = None, units: int = 13, plan: Plan | None = None) -> Consolidation:
    form, plan = form or small_form(), plan or Plan()
    rows = [_row(form, plan, number) for number in range(units)]
    rows.sort(key=lambda row: (not row.included, row.status is Status.MISSING))
    by_row = [(row, _findings(form, row)) for row in rows]
    findings = tuple(finding for _, found in by_row for finding in found)
    rows = [_counted(row, found) for row, found in by_row]
    table = CountyTable(form, PERIOD, COUNTY, tuple(rows), totals(form, rows), _coverage(rows, plan))
    return Consolidation(
        inbox=INBOX,
        tables=(table,),
        submissions=tuple(_record(form, row, number) for number, row in enumerate(rows)),
        findings=findings,
        tallies={form.id: tuple(_tally(form, rule.id, findings, rows) for rule in form.rules)},
        record=RunRecord(
            created=CREATED,
            versions={"consolidator": "26.11.0", "python": "3.11.9"},
            forms={form.id: form.sha256},
            counts={"files": units},
            timings={"read": 0.5},
            settings={"totals": "accepted"},
        ),
        observations=tuple(_observed(form, row) for row in rows if row.file),
    )


def unit(number: int) -> ReportingUnit:
    name = NAMES[number] if number < len(NAMES) else f"第{number + 1}乡"
    return ReportingUnit(f"640221{number + 1:03d}", name)


def value(form: Form, number: int, code: str) -> Decimal | str:
    """A value that satisfies the sums of the small form."""
    serial = list(form.indicators).index(code)
    if form.indicators[code].row.type is ValueType.TEXT:
        return ("农村土地承包", "惠农补贴、低保", "拆迁补偿标准及安置方案")[number % 3]
    if form.indicators[code].row.type is ValueType.MONEY:
        return Decimal(number * 7 + serial) / Decimal(100)
    if code == "C1" and "C12" in form.indicators:
        return sum((cast("Decimal", value(form, number, part)) for part in ("C11", "C12")), Decimal(0))
    return Decimal((number * 37 + serial * 11) % (400 if code == "A1" else 23) + (600 if code == "A1" else 0))


def _row(form: Form, plan: Plan, number: int) -> UnitRow:
    if number in plan.missing:
        return UnitRow(unit(number), Status.MISSING, included=False)
    status = Status.ACCEPTED
    if number in plan.rejected:
        status = Status.REJECTED
    elif number in plan.conflict:
        status = Status.CONFLICT
    blanks = {code for at, code in plan.blank if at == number}
    values = {
        code: Observation(
            code,
            None if code in blanks else value(form, number, code),
            ("约44" if code == "C12" else "") if code in blanks else str(value(form, number, code)),
            CellAddress(SHEET, place + 6, 3),
            "label" if place else "alias",
        )
        for place, code in enumerate(form.indicators)
    }
    name = unit(number).name
    file = f"{name}/2016 年 #统计表'{number}'%.xlsx" if number % 5 == 4 else f"{name}2016年统计表.xlsx"
    return UnitRow(unit(number), status, status is Status.ACCEPTED, file, SHEET, values)


def _findings(form: Form, row: UnitRow) -> list[Finding]:
    owner = {"unit_code": row.unit.code, "unit_name": row.unit.name, "form": form.id, "period": str(PERIOD)}
    if row.status is Status.MISSING:
        return [
            Finding("K01", Severity.HARD, details={"unit": row.unit.name, "title": form.title}).owned(file="", **owner)
        ]
    numeric = form.numeric
    first, second = numeric[0], numeric[1]
    found = []
    if row.status is Status.REJECTED:
        found += [_violation(form, row, form.rules[0].id, (second, first)), _bad_number(form, row, numeric[-1])]
    if row.status is Status.CONFLICT:
        details = {"unit": row.unit.name, "count": "2", "files": "甲、乙", "differences": "C7", "differing": "1"}
        found.append(Finding("S02", Severity.HARD, "conflict", details=details))
    for code in numeric:
        seen = row.values[code]
        if seen.value is None:
            label = form.indicators[code].label
            case, observed = ("blank", "") if not seen.raw else ("text", seen.raw)
            found.append(
                Finding(
                    "N01" if not seen.raw else "F01",
                    Severity.SOFT,
                    case,
                    indicators=(code,),
                    sheet=SHEET,
                    cells=(seen.address.a1,),
                    observed=observed,
                    details={"label": label, "found": seen.raw},
                )
            )
            found.append(_undecided(form, row, code))
    if int(row.unit.code[-3:]) % 3 == 0:
        found.append(_note(form, row, first))
    if int(row.unit.code[-3:]) % 4 == 0:
        found.append(Finding("B09", Severity.INFO))
        found.append(
            Finding("S01", Severity.SOFT, "blank", sheet=SHEET, cells=("A80",), details={"fields": "审核人、联系电话"})
        )
    return [finding.owned(file=row.file, **owner) for finding in found]


def _violation(form: Form, row: UnitRow, code: str, indicators: tuple[str, ...]) -> Finding:
    return Finding(
        code,
        Severity.HARD,
        indicators=indicators,
        sheet=SHEET,
        cells=tuple(row.values[one].address.a1 for one in indicators),
        observed=row.values[indicators[0]].raw,
        expected="12",
        difference="3.5",
        details={"left": row.values[indicators[0]].raw, "right": "12", "difference": "3.5"},
    )


def _undecided(form: Form, row: UnitRow, code: str) -> Finding:
    details = {"left": "", "right": "", "difference": "", "blank": form.indicators[code].label}
    return Finding(
        "R08" if "C12" in form.indicators else form.rules[0].id,
        Severity.HARD,
        "undecided",
        Outcome.UNDECIDED,
        (code,),
        SHEET,
        (row.values[code].address.a1,),
        details=details,
    )


def _bad_number(form: Form, row: UnitRow, code: str) -> Finding:
    return Finding(
        "F02",
        Severity.HARD,
        indicators=(code,),
        sheet=SHEET,
        cells=(row.values[code].address.a1,),
        observed="约44",
        details={"label": form.indicators[code].label, "found": "约44"},
    )


def _note(form: Form, row: UnitRow, code: str) -> Finding:
    details = {"label": form.indicators[code].label, "found": "６２３", "value": row.values[code].raw}
    return Finding(
        "F07",
        Severity.NOTE,
        "full_width",
        Outcome.SATISFIED,
        (code,),
        SHEET,
        (row.values[code].address.a1,),
        observed="６２３",
        details=details,
    )


def _counted(row: UnitRow, findings: list[Finding]) -> UnitRow:
    mine = [finding for finding in findings if finding.outcome is not Outcome.UNDECIDED]
    counts = {severity: sum(f.severity is severity for f in mine) for severity in Severity}
    return replace(
        row,
        hard=counts[Severity.HARD],
        soft=counts[Severity.SOFT],
        info=counts[Severity.INFO],
        notes=counts[Severity.NOTE],
    )


def totals(form: Form, rows: list[UnitRow]) -> dict[str, Total]:
    made = {}
    for code in form.numeric:
        numbers = [row.values[code].number for row in rows if row.included]
        present = [number for number in numbers if number is not None]
        lacking = tuple(row.unit.name for row in rows if row.included and row.values[code].number is None)
        made[code] = Total(code, sum(present, Decimal(0)) if present else None, len(present), lacking)
    return made


def _coverage(rows: list[UnitRow], plan: Plan) -> Coverage:
    missing = tuple(row.unit.name for row in rows if row.status is Status.MISSING)
    left_out = tuple((r.unit.name, r.status) for r in rows if not r.included and r.status is not Status.MISSING)
    return Coverage(
        required=len(rows) if plan.roster else None,
        received=len(rows) - len(missing),
        consolidated=sum(row.included for row in rows),
        missing=missing if plan.roster else (),
        left_out=left_out,
    )


def _record(form: Form, row: UnitRow, number: int) -> SubmissionRecord:
    reasons = {Status.REJECTED: f"{form.rules[0].id};F02", Status.CONFLICT: "S02.conflict", Status.MISSING: "K01"}
    return SubmissionRecord(
        file=row.file,
        sha256=f"{number:064x}" if row.file else "",
        unit_code=row.unit.code,
        unit_name=row.unit.name,
        form=form.id,
        period=str(PERIOD),
        status=row.status,
        included=row.included,
        hard=row.hard,
        soft=row.soft,
        reason=reasons.get(row.status, ""),
    )


def _tally(form: Form, rule: str, findings: tuple[Finding, ...], rows: list[UnitRow]) -> RuleTally:
    mine = [finding.outcome for finding in findings if finding.code == rule]
    received = sum(bool(row.file) for row in rows)
    violated, undecided = mine.count(Outcome.VIOLATED), mine.count(Outcome.UNDECIDED)
    return RuleTally(rule, received - violated - undecided, violated, undecided)


def _observed(form: Form, row: UnitRow) -> ObservedFile:
    return ObservedFile(row.file, row.unit.code, row.unit.name, form.id, str(PERIOD), row.values)
