"""What the key of a column is made of: the words of its head, in English.

In: a head as printed. Out: a key of small letters, or empty where any part of the head is unknown. Never: a key that says less than the head.
"""

from __future__ import annotations

import re

from consolidator.draft.words import after_among, bare

_KEYS = {
    "合计": "total", "总计": "total", "共计": "total", "小计": "subtotal", "总数": "total", "男": "male", "女": "female",
    "计": "total", "户数": "households", "人数": "people", "件数": "cases", "次数": "times", "数量": "number", "个数": "number",
    "金额": "amount", "城市": "urban", "城镇": "urban", "农村": "rural", "乡村": "rural", "其他": "other", "其它": "other",
    "本月": "month", "本月数": "month", "本期": "current", "本期数": "current", "本季": "quarter", "本年": "year",
    "本年累计": "year_to_date", "累计": "to_date", "累计数": "to_date", "自年初累计": "year_to_date", "上年": "last_year",
    "上年同期": "last_year", "去年同期": "last_year", "上期": "last_period", "上月": "last_month", "增减": "change",
    "同比": "change", "同比增减": "change", "期初": "opening", "期末": "closing", "本期增加": "added", "本期减少": "removed",
    "新增": "added", "退出": "removed", "实有": "in_force", "个人": "persons", "单位": "offices", "企业": "companies",
}  # fmt: skip
_PIECES = {
    "本学年": "school_year", "上学年": "last_school_year", "本年度": "year", "本年": "year", "全年": "year", "年度": "year", "本月": "month", "本季度": "quarter", "本季": "quarter", "本期": "current",
    "上年度": "last_year", "上年": "last_year", "去年": "last_year", "上月": "last_month", "上期": "last_period",
    "自年初累计": "year_to_date", "本年累计": "year_to_date", "累计": "to_date", "年初": "opening", "期初": "opening", "年末": "closing", "期末": "closing",
    "一季度": "q1", "二季度": "q2", "三季度": "q3", "四季度": "q4", "上半年": "first_half", "下半年": "second_half",
    "计划": "planned", "任务": "planned", "目标": "target", "预算": "budget", "决算": "final", "执行": "spent", "实际": "actual", "完成": "done", "达标": "reached",
    "调整": "adjusted", "应": "due", "实": "actual", "新增": "added", "增加": "added", "减少": "removed", "退出": "removed", "注销": "closed", "新收": "received", "旧存": "carried",
    "学校": "schools", "学生": "students", "教师": "teachers", "教职工": "staff", "职工": "staff", "班": "classes", "机构": "institutions", "床位": "beds", "企业": "companies",
    "单位": "offices", "个人": "persons", "家庭": "families", "户": "households", "人": "people", "人口": "population", "人员": "people", "村": "villages", "党员": "members", "儿童": "children",
    "老人": "elderly", "老年人": "elderly", "残疾人": "disabled", "女": "female", "男": "male", "女性": "female", "男性": "male", "城市": "urban", "城镇": "urban", "农村": "rural", "乡村": "rural",
    "面积": "area", "产量": "output", "单产": "yield", "产值": "value", "收入": "income", "支出": "spending", "投资": "investment", "资金": "funds", "金额": "amount", "经费": "funds", "补助": "aid", "补贴": "subsidy",
    "播种": "sown", "耕地": "farmland", "林地": "woodland", "存栏": "in_stock", "出栏": "sold", "库存": "stock", "余额": "balance", "结余": "balance", "结转": "carried",
    "参保": "insured", "缴费": "paying", "征缴": "collected", "欠费": "unpaid", "检查": "checked", "排查": "checked", "隐患": "hazards", "整改": "corrected", "受理": "accepted", "办结": "finished", "调解": "mediated",
    "登记": "registered", "就业": "employed", "失业": "unemployed", "培训": "trained", "保障": "covered", "救助": "aided", "低保": "dibao", "特困": "destitute", "死亡": "deaths", "出生": "births", "发病": "cases",
    "率": "rate", "占比": "share", "比重": "share", "增长": "growth", "增减": "change", "同比": "yoy", "环比": "mom", "平均": "average", "人均": "per_head", "户均": "per_household",
    "件": "cases", "次": "times", "条": "items", "份": "copies", "总": "total", "合计": "total", "小计": "subtotal", "其他": "other", "中央": "central", "省": "province", "市": "city", "县": "county",
    "一般": "minor", "重大": "major", "较大": "serious", "公办": "public", "民办": "private", "在校": "enrolled", "毕业生": "graduates", "毕业": "graduating", "招": "admitted", "生": "students", "额": "amount", "量": "quantity",
}  # fmt: skip
_SILENT = re.compile(r"[数的±%‰/()#:,.]|情况|总?指标")  # says nothing more
_YEAR = re.compile(r"((?:19|20)\d\d)年度?")
_LONGEST = max(map(len, _PIECES))
_MOST = 40


def key_of(text: str) -> str:
    """The key that a head is known by, or empty."""
    head = bare(after_among(text))
    known = _KEYS.get(head)
    return known or _pieced(head)


def _pieced(head: str) -> str:
    """A key made of the known words that a head consists of, from the left, the longest first; empty where one is unknown."""
    found: list[str] = []
    at = 0
    while at < len(head):
        silent, year = _SILENT.match(head, at), _YEAR.match(head, at)
        piece = next((head[at : at + size] for size in range(_LONGEST, 0, -1) if head[at : at + size] in _PIECES), "")
        if year is not None:
            found.append(f"y{year[1]}")
            at = year.end()
        elif piece:
            found.append(_PIECES[piece])
            at += len(piece)
        elif silent is not None:
            at = silent.end()
        else:
            return ""
    made = "_".join(dict.fromkeys(found))
    return made if len(made) <= _MOST else ""
