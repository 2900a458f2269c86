"""The words that blank statistics forms are printed with: what stands over a column, who signs, what a total is called.

In: a text of the sheet. Out: what it is. Sources: printed forms of statistical systems (指标名称 | 代码 | 计量单位 | 数量,
甲 乙 丙 under the heads, 制表机关 and 文号 at the top right, 单位负责人 and 填表人 at the foot). Never: a similarity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.draft.signing import SIGNERS, is_field_to_sign, with_colon
from consolidator.model import Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMARK = re.compile(r"\([^()]*\)$")
_LABEL = re.compile(
    r"(?:统计|报表|考核|主要|信息|具体|工作|指标|项目|收支|人员|对象|保障|事项|业务)?"
    r"(?:指标|项目|内容|事项|科目|栏目|类别|类型|种类|分类|分组|名称|对象)(?:名称|内容|类别)?"
    r"|[\u4e00-\u9fff]{1,4}(?:类别|种类)|平台(?:名称|类别|类型)?|渠道|甲|项目/指标|指标/项目"
)
_SERIAL = frozenset({"序号", "序", "no", "编号"})
_CODE = re.compile(
    r"(?:指标|科目|功能科目|经济科目|项目|功能分类|经济分类|分类|产品|作物|品种|行业|目录|疾病|病种|预算|支出|收入)?(?:科目)?(?:代码|编码)|行次|行号|栏次"
)
_UNIT = frozenset({"单位", "计量单位", "计算单位", "指标单位", "数量单位"})
_FILER_HEAD = re.compile(r"(?:填报|填表|报送|上报)?(?:单位|乡镇|街道|镇街|乡镇街道|乡镇/街道|镇乡|地区|部门)(?:名称)?")
_NOTE = frozenset({"备注", "说明", "备注说明", "填报说明", "情况说明", "核实说明", "审核意见", "注"})
_TOTAL = frozenset({"合计", "总计", "共计", "总数", "全部", "累计合计", "合计数", "总计数"})
_ENDS_AS_SUM = re.compile(r"(?:合计|总计|共计|小计|总数|总额|总量)数?$")
_SUBTOTAL = frozenset({"小计", "小计数", "计"})
_AMONG = re.compile(r"^(?:\(?其中\)?[:,]?|#)")
_BY = re.compile(r"^(?:其中[:,]?)?按.{1,12}?(?:分|划分|分类|分组|统计)?$|^分(?:性别|城乡|年龄|类型|地域|学历|民族)")
_HALF = re.compile(
    r"^(?:其中[:,]?)?(男|女)(?:性|生|孩|职工|教师|户主)?(?:人数|人口|数)?$|^(城镇|城市|农村|乡村)(?:人口|居民|户|户数|人数)?$"
)
HALVES = (frozenset({"男", "女"}), frozenset({"城", "乡"}))
"""Two that leave nothing over."""
_OTHERS = re.compile(r"^(?:其他|其它)|(?:其他|其它)(?:情形|情况|类|项|方式)?$")
_TEXT_HEAD = re.compile(
    r"(?:名称|网址|邮箱|地址|地点|姓名|内容|时间|日期|链接|账号|电话|频率|频次|情况|联系人|负责人|责任人|部门|书记|主任|职务|职称|证号|文号|编号)$"
    r"|^是否|^有无|(?:责任|牵头|建设|施工|主管|实施|承建|承办|监理|设计|所属|配合|协办|帮扶)单位$"
    r"|^(?:企业|单位|项目|机构|学校|经济|房屋|土地)?(?:类型|性质|等级|级别|规格|型号)$|^(?:性别|民族|学历|政治面貌)$"
)
_ANY_ANSWER = re.compile(r"(?:内容|情况)$")
_TEXT_LABEL = re.compile(r"(?:内容|说明|名称|原因|意见)$")
_FIELD_LABEL = re.compile(
    r"(?:电话|手机|网址|邮箱|地址|地点|姓名|联系人|负责人|日期|文号|编号|证号)$|^(?:是否|有无)"
    r"|(?:启用|建成|成立|设立|挂牌|开工|竣工|投产|批准|登记|开始|结束|起止|发布|签订)时间$"
)
_PURE_NUMBER = re.compile(r"(?:系数|指数|比值|密度)$")
_ANSWERS = frozenset({"是/否", "是否", "有/无", "有无", "年月", "年月日", "年/月", "年/月/日", "日期", "文字", "文本"})
_FIGURE_LABEL = re.compile(r"(?:数|数量|总量|额|经费|费用|支出|收入|资金|水平|标准|率|面积)$")
_OTHER_PERIOD = re.compile(r"上年|去年|上期|上月|上季|同期|同比|环比|增减|增/减|增长|增幅|累计|计划|预算|占比|比重|%")
_SIGNED = re.compile(r"增减|增/减|增\(减\)|增\(\+\)|±|\+/-|\+、?-|增长|增幅|同比|环比|减少.*增加|增加.*减少|\([+-]\)")
_FIELD = re.compile(
    r"^(?:填报|填表|报送|上报|编报|编制|制表|报告|汇总|综合)?(?:单位|机关|机构|部门|乡镇|街道)(?:名称|全称)?(?:\([^()]*\))?[:_]"
    r"|^(?:表号|表名|制定机关|制表机关|批准机关|备案机关|文号|批准文号|备案文号|有效期|有效期至|计量单位|金额单位|货币单位|单位"
    r"|报告期|统计期|所属期|统计时间|年度|填报时间|报送时间|报送期限|附件\d*|附表\d*|附\d*)[:_]"
    r"|^[\u4e00-\u9fff]{2,8}(?:名称|代码|地址)[:_]"
    r"|^(?!单位负责)[\u4e00-\u9fff]{2,8}\((?:加?盖)?公?章\)[:_]?$|^(?:附件|附表|附)\d*$|^表\d+(?:-\d+)*$|^\(?[\d_○〇\s]*年(?:度|第?[\d_一二三四\s]*(?:月|季|季度)(?:份)?)?\)?$"
)
_FORM_WORDS = "(?:表号|表名|制定机关|制表机关|批准机关|备案机关|文号|批准文号|备案文号|有效期至?)"
_OF_THE_FORM = re.compile(f"{_FORM_WORDS}:?")
_SAYS_OF_THE_FORM = re.compile(f"{_FORM_WORDS}(?::.*)?")
_FOOT = re.compile(
    r"^(?:注|说明|备注|填表说明|填报说明|附注|审核关系|指标解释|勾稽关系|本表|表内|审核公式)[:\d.(]|^(?:注|填表说明|填报说明)$"
)
LABEL_HEADS = ("指标", "指标名称", "项目", "项目名称", "统计指标")
"""Words for a head of labels where the sheet prints none."""
FIGURE = "数量"
"""What the only column of values is called where the sheet prints no word for it."""


def bare(text: str) -> str:
    """A head without spaces, in one spelling, without what stands in brackets at its end."""
    folded = fold(text)
    return _REMARK.sub("", folded) or folded


def is_label_head(text: str) -> bool:
    """Whether labels stand under the head."""
    return bool(_LABEL.fullmatch(bare(text)))


def is_serial_head(text: str) -> bool:
    """Whether the head is over mere serial numbers."""
    return bare(text) in _SERIAL


def is_code_head(text: str) -> bool:
    """Whether the head is over the codes or line numbers of the indicators."""
    return bool(_CODE.fullmatch(bare(text)))


def is_unit_head(text: str) -> bool:
    """Whether the head is over units of measure."""
    return bare(text) in _UNIT


def is_note_head(text: str) -> bool:
    """Whether the head is over remarks, which belong to no indicator."""
    return bare(text) in _NOTE


def is_head_of_names(text: str) -> bool:
    """Whether the head is over what names a row: its label, code, number or unit of measure."""
    return is_label_head(text) or is_serial_head(text) or is_code_head(text) or is_unit_head(text)


def is_filer_head(text: str) -> bool:
    """Whether the unit that files names itself under a head."""
    return bool(_FILER_HEAD.fullmatch(bare(text)))


def is_total(text: str) -> bool:
    """Whether a label or head, its number apart, says that all the others are added up in it."""
    return fold(text) in _TOTAL or bare(text) in _TOTAL


def is_subtotal(text: str) -> bool:
    """Whether it says that those beside it are."""
    return bare(text) in _SUBTOTAL


def is_sum(text: str) -> bool:
    """Whether a label or head says one or the other."""
    return is_total(text) or is_subtotal(text)


def ends_as_sum(text: str) -> bool:
    """Whether a label's last word says that it is a sum (财政收入合计, 全镇合计)."""
    return bool(_ENDS_AS_SUM.search(bare(text)))


def is_among(text: str) -> bool:
    """Whether a label begins with 其中."""
    return bool(_AMONG.match(fold(text)))


def after_among(text: str) -> str:
    """A label without the 其中 that it begins with."""
    return _AMONG.sub("", fold(text))


def is_by(text: str) -> bool:
    """Whether a head says by what the figures under it are told apart (按性别分)."""
    return bool(_BY.match(fold(text)))


def half_of(text: str) -> str:
    """Which half a label or head is, of two that leave nothing over; empty where it is none."""
    match = _HALF.fullmatch(bare(text))
    if not match:
        return ""
    return match[1] or ("乡" if match[2] in {"农村", "乡村"} else "城")


def is_one_half(texts: Iterable[str]) -> bool:
    """Whether labels name women without men: such rows leave something over, or overlap (女党员, 预备党员)."""
    said = [fold(text)[:1] for text in texts]
    return "女" in said and "男" not in said


def is_rest(text: str) -> bool:
    """Whether a label is for all that the ones before it leave over (其他)."""
    return bool(_OTHERS.search(bare(text)))


def is_text_head(text: str) -> bool:
    """Whether a head is over words rather than figures."""
    return bool(_TEXT_HEAD.search(bare(text)))


def is_any_answer(text: str) -> bool:
    """Whether a head over words may as well be over figures: whatever is to be filled in (填报内容, 完成情况)."""
    return bool(_ANY_ANSWER.search(bare(text)))


def is_text_label(text: str) -> bool:
    """Whether a label asks for words rather than a figure."""
    return "_" in fold(text) or bool(_TEXT_LABEL.search(bare(text)))


def is_field_label(text: str) -> bool:
    """Whether a label asks for one thing that is no figure: a telephone number, a day, yes or no."""
    return bool(_FIELD_LABEL.search(bare(text)))


def is_pure_number(text: str) -> bool:
    """Whether a label names a number without a unit of measure (系数)."""
    return bool(_PURE_NUMBER.search(bare(text)))


def is_kind_of_answer(text: str) -> bool:
    """Whether what stands in the column of units of measure says that words are to be filled in (是/否, 年月)."""
    return fold(text) in _ANSWERS


def is_figure_label(text: str) -> bool:
    """Whether a label names a figure (申请数), not a group of them (办理情况)."""
    return bool(_FIGURE_LABEL.search(bare(text))) or ends_as_sum(text)


def is_of_another_kind(text: str) -> bool:
    """Whether a head is over figures that are not added to those of its neighbours: another period's, shares, changes."""
    return bool(_OTHER_PERIOD.search(fold(text)))


def is_signed(text: str) -> bool:
    """Whether figures under a head may be negative."""
    return bool(_SIGNED.search(fold(text)))


def is_field(text: str) -> bool:
    """Whether a cell over the table is a field to fill in (填报单位：) or a form number, not a title or a head."""
    return bool(_FIELD.match(with_colon(text)))


def is_form_field(text: str) -> bool:
    """Whether a text, be it without a colon, asks for what every printed form says of itself (表号, 制定机关)."""
    return bool(_OF_THE_FORM.fullmatch(fold(text)))


def is_of_the_form(text: str) -> bool:
    """Whether a text is such a field, be it with its answer behind a colon (表号：农统1表)."""
    return bool(_SAYS_OF_THE_FORM.fullmatch(with_colon(text)))


def has_colon(text: str) -> bool:
    """Whether a field has a colon, behind which it may be answered."""
    return ":" in with_colon(text)


def is_lone_field(text: str) -> bool:
    """Whether a line of its own is a field to fill in, be it without its colon, or a period."""
    folded = fold(text)
    return bool(_FIELD.match(folded) or _FIELD.match(f"{folded}:")) or not fold(Period.cut_from(text))


def is_foot(text: str) -> bool:
    """Whether a line is a note or a field that closes the form."""
    folded = fold(text)
    closing = any(folded == word or folded.startswith((f"{word}:", f"{word}(")) for _, word in SIGNERS)
    return closing or bool(_FOOT.match(folded)) or is_field_to_sign(text)


def numbered_title(title: str, number: int) -> str:
    """The name of the table with a number among those that share a printed title."""
    return f"{title}之{'〇一二三四五六七八九十'[number] if number <= 10 else number}"  # noqa: PLR2004 - further ones in digits
