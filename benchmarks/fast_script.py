"""What a skilled programmer writes for speed: fastexcel (calamine) reads, polars judges all units at once and writes.

In: an inbox, an output folder. Out: 明细.xlsx, 汇总.xlsx and 错误.xlsx. No pre-flight, no addresses, no formatting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import fastexcel
import polars as pl

from benchmarks.figures import ANSWERS, CHANNELS, GROUNDS, LAWSUITS, REPLIES, REVIEWS, WAYS
from benchmarks.printed import CHAPTERS, CODE_OF, FILER, LABEL_HEADER, PERIOD, UNIT_HEADER, VALUE_HEADER, plain
from sample_workbooks.printed_form import NUMBERS

_NEAR = 1e-9
_APPLICATIONS = ("C2", "C3", *WAYS, "C21", "C22", *REPLIES)
_NUMBERS = frozenset(NUMBERS)


def c(code: str) -> pl.Expr:
    """The column of an indicator."""
    return pl.col(code)


def total(codes: tuple[str, ...]) -> pl.Expr:
    """The sum of some indicators."""
    return pl.sum_horizontal(codes)


HARD = {
    "R01": c("A1a") <= c("A1"),
    "R02": c("A1") <= total(CHANNELS),
    "R03": c("A1") >= pl.max_horizontal(CHANNELS),
    "R06": c("B21a") <= c("B21"),
    "R07": c("B22a") <= c("B22"),
    "R08": c("C1") == total(WAYS),
    "R09": c("C2") == c("C21") + c("C22"),
    "R10": c("C3") == total(REPLIES),
    "R17": c("H3") == c("H31") + c("H32"),
}
SOFT = {
    "R04": c("A1a") <= c("A1b"),
    "R05": ((c("B1") > 0) == (total(ANSWERS) > 0)) & (c("B1") <= total(ANSWERS)),
    "R11": c("C34") == total(GROUNDS),
    "R12": c("C2") <= c("C1"),
    "R13": c("C3") == c("C2"),
    "R14": (c("C1") != 0) | (pl.max_horizontal(_APPLICATIONS) == 0),
    "R15": c("D") == total(REVIEWS),
    "R16": c("E") == total(LAWSUITS),
    "R18": (c("G") <= _NEAR) | (c("C1") > 0),
    "R19": (c("D") + c("E") <= 0) | (c("C3") > 0),
    "R20": (c("I2") == 0) == (c("I3") == 0),
    "R21": c("H3") >= 1,
}


def read_form(path: Path) -> tuple[str, dict[str, str | None], str]:
    """The filer, the cells by row code, and what is wrong with the file as a whole."""
    reader = fastexcel.read_excel(path)
    for name in reader.sheet_names:
        sheet = reader.load_sheet(name, header_row=None, dtypes="string")
        if not sheet.width or not sheet.height:
            continue
        columns = [column.to_list() for column in sheet.to_polars().iter_columns()]
        heads = {
            plain(cell): (row, at)
            for at, column in enumerate(columns)
            for row, cell in enumerate(column)
            if cell in (LABEL_HEADER, UNIT_HEADER, VALUE_HEADER)
        }
        if VALUE_HEADER not in heads or LABEL_HEADER not in heads:
            continue
        top = min(row for column in columns for row, cell in enumerate(column) if cell == VALUE_HEADER)
        first, unit, value = (heads[head][1] for head in (LABEL_HEADER, UNIT_HEADER, VALUE_HEADER))
        above = [plain(cell) for column in columns for cell in column[:top] if cell]
        filer = next((cell.partition(":")[2] for cell in above if cell.startswith(FILER)), "")
        wrong = "" if any(PERIOD in cell for cell in above) else "年度不符"
        return filer, _cells(columns, top, (first, unit, value)), wrong
    return "", {}, "不是报表"


def _cells(columns: list[list[str | None]], top: int, places: tuple[int, int, int]) -> dict[str, str | None]:
    first, unit, value = places
    cells: dict[str, str | None] = {}
    chapter = ""
    for row in range(top + 1, len(columns[value])):
        text = columns[first][row] or (columns[first + 1][row] if first + 1 < unit else None)
        if text is None:
            continue
        label = plain(text)
        if label in CHAPTERS:
            chapter = label
        code = CODE_OF.get((chapter, label))
        if code in _NUMBERS:
            cells[code] = columns[value][row]
    return cells


def _failures(frame: pl.DataFrame, rules: dict[str, pl.Expr], level: str) -> pl.DataFrame:
    """Who breaks which rule, all units at once."""
    return (
        frame.select("文件", "单位", *[rule.not_().fill_null(value=False).alias(name) for name, rule in rules.items()])
        .unpivot(index=["文件", "单位"], variable_name="错误", value_name="不符")
        .filter("不符")
        .select("文件", "单位", "错误", pl.lit(level).alias("级别"))
    )


def _not_numbers(typed: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """The cells that hold something other than a number."""
    odd = [(typed[code].is_not_null() & frame[code].is_null()).alias(code) for code in NUMBERS]
    return (
        typed.select("文件", "单位", *odd)
        .unpivot(index=["文件", "单位"], variable_name="代码", value_name="不是数字")
        .filter("不是数字")
        .select("文件", "单位", (pl.col("代码") + " 不是数字").alias("错误"), pl.lit("强制").alias("级别"))
    )


def main(inbox: Path, out: Path) -> None:
    """Read every file, judge all at once, add up the sound ones, write three workbooks."""
    rows, errors = [], []
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        file = path.relative_to(inbox).as_posix()
        filer, cells, wrong = read_form(path)
        missing = [] if wrong else [f"{code} 缺行" for code in NUMBERS if code not in cells]
        errors += [(file, filer, what, "强制") for what in ([wrong] if wrong else missing)]
        if not wrong:
            rows.append([file, filer, *(cells.get(code) for code in NUMBERS)])
    names = ["文件", "单位", *NUMBERS]
    typed = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    frame = typed.with_columns(pl.col(NUMBERS).cast(pl.Float64, strict=False))
    found = pl.concat(
        [
            pl.DataFrame(errors, schema=dict.fromkeys(("文件", "单位", "错误", "级别"), pl.String), orient="row"),
            _not_numbers(typed, frame),
            _failures(frame, HARD, "强制"),
            _failures(frame, SOFT, "核实"),
        ]
    )
    bad = found.filter(pl.col("级别") == "强制")["文件"].unique()
    detail = frame.with_columns(pl.col("文件").is_in(bad.implode()).not_().alias("采用"))
    totals = detail.filter("采用").select(NUMBERS).sum().unpivot(variable_name="指标", value_name="合计")
    out.mkdir(parents=True, exist_ok=True)
    detail.write_excel(out / "明细.xlsx")
    totals.write_excel(out / "汇总.xlsx")
    found.write_excel(out / "错误.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
