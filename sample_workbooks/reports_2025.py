"""The annual reports of the sample county of 2025: made up, plausible, and right except where a fault is named.

The places are real (盐池县); every figure and every sentence here is invented.
"""

from __future__ import annotations

from sample_workbooks.report import FIRST, Report
from sample_workbooks.township import Fault
from tests.annual.arrange import OTHERS, OVERVIEW, PROBLEMS
from tests.annual.pages import Layout

COUNTY = "盐池县"
TOWNS, BUREAUS = "乡镇街道", "县直单位"
OWN = "盐池县2025年度报告（本级汇总）.xlsx"
NO_FEES = "本年度未收取信息处理费，无其他需要报告的事项。"

HUAMACHI = Report(
    code="01",
    name="花马池镇",
    category=TOWNS,
    file="花马池镇2025年政府信息公开年度报告.xlsx",
    proves="按 Word 表样三列行名、合并表头；文字写在标题下的合并单元格；正文与表一致",
    documents=(2, 1, 9),
    decisions=(31, 4, 0),
    cases={"Q1": {"np": 6, "ent": 1}, "Q2": {"np": 1}, "Q31": {"np": 3, "ent": 1}, "Q32": {"np": 1}, "Q341": {"np": 2}},
    disputes={"L1": (1, 0, 0, 0)},
    prose={
        OVERVIEW: "2025年，花马池镇认真贯彻《中华人民共和国政府信息公开条例》（2019年修订）。全年通过县政府网站公开信息约210条，"
        "收到政府信息公开申请7件，上年结转1件，结转下年度继续办理1件；发生行政复议1件，无行政诉讼。",
        PROBLEMS: "政策解读形式单一，村级公开栏更新不及时。下一步，2026年将增加图解，明确专人更新。",
        OTHERS: NO_FEES,
    },
    closing=("盐池县花马池镇人民政府", "2026年1月12日"),
)

DASHUIKENG = Report(
    code="02",
    name="大水坑镇",
    category=TOWNS,
    file="大水坑镇.xls",
    proves="旧格式 .xls；行名一列、表头不合并；只有表格没有文字：提示一次，照常汇总",
    documents=(0, 0, 4),
    decisions=(12, 0, 0),
    cases={"Q1": {"np": 2}, "Q31": {"np": 1}, "Q363": {"np": 1}},
    layout=Layout(depth=1, merged=False, numbers=False),
    faults=(Fault("S04", "info", ("T1", "T5", "T6"), "no_chapters", part=""),),
)

HUIANPU = Report(
    code="03",
    name="惠安堡镇",
    category=TOWNS,
    file="惠安堡镇年报.ods",
    proves="LibreOffice 的 .ods；每章一张工作表，文字各占一张；复议诉讼表按行排列",
    documents=(1, 0, 6),
    decisions=(8, 2, 1),
    cases={"Q1": {"np": 1, "law": 1}, "Q31": {"np": 1}, "Q351": {"law": 1}},
    prose={
        OVERVIEW: "2025年，惠安堡镇主动公开信息150条，收到申请2件，全部办结。",
        PROBLEMS: "公开内容与群众需求还有差距，今后将定期征求意见，逐项改进。",
        OTHERS: NO_FEES,
    },
    way="own sheets",
    layout=Layout(sheets=True, disputes_in_rows=True),
)

GAOSHAWO = Report(
    code="04",
    name="高沙窝镇",
    category=TOWNS,
    file="高沙窝镇（盖章版）.xlsx",
    proves="行政复议总计填 3，四种结果之和是 2：差 1，退回",
    documents=(0, 0, 3),
    decisions=(5, 1, 0),
    cases={"Q1": {"np": 3}, "Q31": {"np": 3}},
    disputes={"L1": (1, 1, 0, 0)},
    typed={"L1.total": "3"},
    layout=Layout(index_row=True, left=2),
    status="rejected",
    faults=(Fault("X04", "hard", ("L1.upheld", "L1.corrected", "L1.other", "L1.pending", "L1.total")),),
)

WANGLEJING = Report(
    code="05",
    name="王乐井乡",
    category=TOWNS,
    file="王乐井乡.et",
    proves="WPS 的 .et；用的是 2019 年的表式：一句话退回",
    old="all",
    status="wrong_version",
    faults=(Fault("L10", "hard", (), "", part=""),),
)

MAHUANGSHAN = Report(
    code="06",
    name="麻黄山乡",
    category=TOWNS,
    file="麻黄山乡政府信息公开报告.xlsx",
    proves="报来的是 2024 年度的报告：一句话退回",
    documents=(0, 0, 2),
    cases={"Q1": {"np": 1}, "Q31": {"np": 1}},
    prose={OVERVIEW: "2024年，麻黄山乡收到申请1件。", PROBLEMS: "人手不足，今后加强培训。", OTHERS: NO_FEES},
    closing=("2025年1月15日",),
    year=2024,
    status="wrong_period",
    faults=(Fault("S03", "hard", (), "wrong_period", part=""),),
)

YANZHOULU = Report(
    code="07",
    name="盐州路街道",
    category=TOWNS,
    file="微信接收/盐州路街道.xlsb",
    proves="二进制格式 .xlsb；其余是本年表式，“第二十条第（一）项”一张还是 2019 年的：一句话说清是哪一张",
    old=FIRST,
    status="wrong_version",
    faults=(Fault("L10", "hard", (), "", part=""),),
)

EDUCATION = Report(
    code="11",
    name="县教育局",
    category=BUREAUS,
    file="教育局2025.xlsx",
    proves="正文写收到 6 件、表里 5 件；“存在的主要问题”只写“无”：请核实，不退回",
    documents=(3, 1, 12),
    decisions=(46, 0, 0),
    cases={"Q1": {"np": 4, "ngo": 1}, "Q2": {"np": 1}, "Q31": {"np": 4, "ngo": 1}, "Q335": {"np": 1}},
    prose={
        OVERVIEW: "2025年，县教育局主动公开信息320条，收到政府信息公开申请6件，其中网络申请4件。2024年收到申请8件。",
        PROBLEMS: "无",
        OTHERS: NO_FEES,
    },
    closing=("报告日期：2026年1月9日",),
    way="beside",
    faults=(
        Fault("X13", "soft", ("T1", "Q1.tot"), part=""),
        Fault("X15", "soft", ("T5",), part=""),
    ),
)

POLICE = Report(
    code="12",
    name="县公安局",
    category=BUREAUS,
    file="公安局年报表.xlsm",
    proves="三章并排在一张表里；商业企业一列新收件数与办理结果不平：退回",
    documents=(1, 1, 5),
    decisions=(2210, 1834, 96),
    cases={"Q1": {"np": 12, "ent": 2}, "Q31": {"np": 5, "ent": 1}, "Q337": {"np": 6}, "Q352": {"np": 1, "ent": 1}},
    disputes={"L1": (2, 0, 1, 0), "L2": (1, 0, 0, 1), "L3": (0, 0, 0, 1)},
    typed={"Q1.ent": "3", "Q1.tot": "15"},
    way="side by side",
    layout=Layout(sheets=True),
    status="rejected",
    faults=(
        Fault("X01", "hard", ("Q1.ent", "Q2.ent", "Q37.ent", "Q4.ent")),
        Fault("X01", "hard", ("Q1.tot", "Q2.tot", "Q37.tot", "Q4.tot")),
    ),
)

LAND = Report(
    code="13",
    name="县自然资源局",
    category=BUREAUS,
    file="自然资源局政府信息公开工作年度报告.xlsx",
    proves="收费一格写“43.78万元”：照数采用并记录；有收费而第六部分没有写；落款晚于规定日期：请核实",
    documents=(2, 4, 21),
    decisions=(318, 27, 3),
    fees="43.78",
    cases={
        "Q1": {"np": 9, "ent": 3, "law": 2},
        "Q2": {"np": 2},
        "Q31": {"np": 6, "ent": 2},
        "Q341": {"np": 3, "law": 2},
        "Q361": {"ent": 1},
    },
    disputes={"L1": (1, 1, 0, 1), "L2": (1, 0, 0, 0)},
    prose={
        OVERVIEW: "2025年，县自然资源局新收政府信息公开申请14件，上年结转2件，结转下一年度2件。行政复议3件，行政诉讼1件。",
        PROBLEMS: "补正告知不够规范，个别答复超过期限。已开展培训，统一文书格式。",
        OTHERS: "无其他需要报告的事项。",
    },
    closing=("盐池县自然资源局", "2026年3月2日"),
    way="several rows beneath",
    typed={"P81.amount": "43.78万元"},
    faults=(
        Fault("U01", "note", ("P81.amount",), "same_in_cell"),
        Fault("X14", "soft", ("T6", "P81.amount"), part=""),
        Fault("X12", "soft", ("D1",), part=""),
    ),
)

APPROVAL = Report(
    code="14",
    name="县审批服务管理局",
    category=BUREAUS,
    file="审批服务管理局.xls",
    proves="规章“现行有效”一格空着；正文是上一年的文字：请核实，不退回",
    documents=(0, 0, 7),
    decisions=(5120, 0, 0),
    cases={"Q1": {"np": 1, "ent": 1}, "Q31": {"np": 1, "ent": 1}},
    prose={
        OVERVIEW: "2024年，县审批服务管理局深化政务公开，办事指南全部上网。",
        PROBLEMS: "主动公开目录更新不及时，下一步按季度检查、按月通报。",
        OTHERS: NO_FEES,
    },
    closing=("2026年1月14日",),
    way="in the heading's own cell",
    typed={"P11.in_force": None},
    faults=(Fault("N01", "soft", ("P11.in_force",), "blank"), Fault("X16", "soft", ("T1",), part="")),
)

FILED = (
    *(HUAMACHI, DASHUIKENG, HUIANPU, GAOSHAWO, WANGLEJING, MAHUANGSHAN, YANZHOULU),
    *(EDUCATION, POLICE, LAND, APPROVAL),
)
REGISTER = (
    *((report.code, report.name, "", report.category) for report in FILED),
    ("15", "县民政局", "民政局", BUREAUS),
)
"""Code, name, aliases (；-separated) and category of the units that must file; 县民政局 sends nothing."""
