"""What a competent office programmer writes in an afternoon: pandas, openpyxl behind it, and a pandera schema a file.

In: an inbox, an output folder. Out: 明细.xlsx, 汇总.xlsx and 错误.xlsx. No pre-flight, no addresses, no formatting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from benchmarks.figures import ANSWERS, CHANNELS, GROUNDS, LAWSUITS, REPLIES, REVIEWS, WAYS
from benchmarks.printed import CHAPTERS, CODE_OF, FILER, LABEL_HEADER, PERIOD, UNIT_HEADER, VALUE_HEADER, plain
from sample_workbooks.printed_form import NUMBERS

SOFT = frozenset({"R04", "R05", "R11", "R12", "R13", "R14", "R15", "R16", "R18", "R19", "R20", "R21"})
_APPLICATIONS = ["C2", "C3", *WAYS, "C21", "C22", *REPLIES]
_ANSWERS, _CHANNELS = list(ANSWERS), list(CHANNELS)

RULES = {
    "R01": lambda f: f["A1a"] <= f["A1"],
    "R02": lambda f: f["A1"] <= f[_CHANNELS].sum(axis=1),
    "R03": lambda f: f["A1"] >= f[_CHANNELS].max(axis=1),
    "R04": lambda f: f["A1a"] <= f["A1b"],
    "R05": lambda f: ((f["B1"] > 0) == (f[_ANSWERS].sum(axis=1) > 0)) & (f["B1"] <= f[_ANSWERS].sum(axis=1)),
    "R06": lambda f: f["B21a"] <= f["B21"],
    "R07": lambda f: f["B22a"] <= f["B22"],
    "R08": lambda f: f["C1"] == f[list(WAYS)].sum(axis=1),
    "R09": lambda f: f["C2"] == f["C21"] + f["C22"],
    "R10": lambda f: f["C3"] == f[list(REPLIES)].sum(axis=1),
    "R11": lambda f: f["C34"] == f[list(GROUNDS)].sum(axis=1),
    "R12": lambda f: f["C2"] <= f["C1"],
    "R13": lambda f: f["C3"] == f["C2"],
    "R14": lambda f: (f["C1"] != 0) | (f[_APPLICATIONS].max(axis=1) == 0),
    "R15": lambda f: f["D"] == f[list(REVIEWS)].sum(axis=1),
    "R16": lambda f: f["E"] == f[list(LAWSUITS)].sum(axis=1),
    "R17": lambda f: f["H3"] == f["H31"] + f["H32"],
    "R18": lambda f: (f["G"] <= 0) | (f["C1"] > 0),
    "R19": lambda f: (f["D"] + f["E"] <= 0) | (f["C3"] > 0),
    "R20": lambda f: (f["I2"] == 0) == (f["I3"] == 0),
    "R21": lambda f: f["H3"] >= 1,
}
SCHEMA = pa.DataFrameSchema(
    {code: pa.Column(float, nullable=True) for code in NUMBERS},
    checks=[pa.Check(rule, name=name, ignore_na=False) for name, rule in RULES.items()],
)


def read_form(path: Path) -> tuple[str, dict[str, object], str]:
    """The filer, the cells by row code, and what is wrong with the file as a whole."""
    engine = "openpyxl" if path.suffix == ".xlsx" else None
    for sheet in pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine=engine).values():
        texts = sheet.map(lambda cell: plain(cell) if isinstance(cell, str) else cell)
        heads = texts.isin([LABEL_HEADER, VALUE_HEADER])
        top = next((row for row in range(len(texts)) if heads.iloc[row].sum() > 1), None)
        if top is None:
            continue
        header = texts.iloc[top].tolist()
        first, unit, value = (header.index(head) for head in (LABEL_HEADER, UNIT_HEADER, VALUE_HEADER))
        above = [cell for row in range(top) for cell in texts.iloc[row] if isinstance(cell, str)]
        filer = next((cell.partition(":")[2] for cell in above if cell.startswith(FILER)), "")
        wrong = "" if any(PERIOD in cell for cell in above) else "年度不符"
        return filer, _cells(texts.iloc[top + 1 :], first, unit, value), wrong
    return "", {}, "不是报表"


def _cells(rows: pd.DataFrame, first: int, unit: int, value: int) -> dict[str, object]:
    cells: dict[str, object] = {}
    chapter = ""
    for row in rows.itertuples(index=False):
        label = next((cell for cell in row[first:unit] if isinstance(cell, str)), "")
        chapter = label if label in CHAPTERS else chapter
        code = CODE_OF.get((chapter, label))
        if code is not None:
            cells[code] = row[value]
    return cells


def judge(cells: dict[str, object]) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The numbers of one form as a row, and its errors by rule and level."""
    typed = pd.Series({code: cells.get(code) for code in NUMBERS}, dtype=object)
    numbers = pd.to_numeric(typed, errors="coerce").astype(float)
    errors = [(f"{code} 缺行", "强制") for code in NUMBERS if code not in cells]
    errors += [
        (f"{code} 不是数字：{typed[code]}", "强制")
        for code in NUMBERS
        if pd.isna(numbers[code]) and pd.notna(typed[code])
    ]
    frame = numbers.to_frame().T
    try:
        SCHEMA.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failed:
        names = failed.failure_cases["check"].unique()
        errors += [(name, "核实" if name in SOFT else "强制") for name in names]
    return frame, errors


def main(inbox: Path, out: Path) -> None:
    """Read and judge every file, add up the sound ones, write three workbooks."""
    details, errors = [], []
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        file = path.relative_to(inbox).as_posix()
        filer, cells, wrong = read_form(path)
        if wrong:
            errors.append((file, filer, wrong, "强制"))
            continue
        frame, found = judge(cells)
        errors += [(file, filer, rule, level) for rule, level in found]
        frame.insert(0, "文件", file)
        frame.insert(1, "单位", filer)
        frame.insert(2, "采用", not any(level == "强制" for _, level in found))
        details.append(frame)
    detail = pd.concat(details, ignore_index=True)
    totals = detail.loc[detail["采用"], list(NUMBERS)].sum().rename("合计").rename_axis("指标").reset_index()
    out.mkdir(parents=True, exist_ok=True)
    detail.to_excel(out / "明细.xlsx", index=False)
    totals.to_excel(out / "汇总.xlsx", index=False)
    pd.DataFrame(errors, columns=["文件", "单位", "错误", "级别"]).to_excel(out / "错误.xlsx", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
