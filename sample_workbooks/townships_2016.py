"""The sample county's filings other than 姚伏镇's: figures made up, plausible, and right except where a fault is named.

The places are the real townships of 平罗县; every figure and every name of a person here is invented.
"""

from __future__ import annotations

from sample_workbooks.township import Fault, Township, adds, figures, signed
from tests.builders import Layout, broken_lines, full_width, half_width

CHENGGUAN = Township(
    code="01",
    name="城关镇",
    file="城关镇2016年政府信息公开情况统计表.xlsx",
    proves="表从 C5 开始，上方有“附件1”和文号；合计是公式；有申请、复议、诉讼",
    values=figures(
        "A1=412 A1a=6 A1b=9 A22=268 A23=54 A24=131 A25=96 "
        "B1=14 B21=1 B21a=1 B22=2 B22a=1 B23=11 B24=9 B25=6 "
        "C1=8 C11=3 C13=4 C14=1 C2=8 C21=7 C22=1 "
        "C3=8 C31=2 C32=3 C33=1 C34=1 C34c=1 C35=1 "
        "D=1 D1=1 E=1 E1=1 F=2 "
        "H1=1 H2=4 H3=5 H31=2 H32=3 H4=3.5 I1=4 I2=2 I3=86"
    ),
    typed={**adds("C1", "C11", "C14", 8), **adds("C2", "C21", "C22", 8), **adds("H3", "H31", "H32", 5)},
    topics=("征地补偿", "老旧小区改造", 60, 40),
    layout=Layout(top=5, left=3, above=("附件1", "平政办函〔2017〕00号附表"), indent="spaces"),
    sign_off=signed("马文海", "李秀兰", "王小军", 101),
)

HUANGQUQIAO_VALUES = figures(
    "A1=256 A1a=2 A1b=3 A22=143 A23=38 A24=92 A25=40 "
    "B1=6 B23=5 B24=4 B25=2 F=1 "
    "H1=1 H2=2 H3=3 H31=1 H32=2 H4=1.2 I1=3 I2=1 I3=42"
)

HUANGQUQIAO = Township(
    code="02",
    name="黄渠桥镇",
    file="黄渠桥镇2016年统计表（修改稿）.xls",
    proves="旧格式 .xls，带序号列和备注列；同一单位报了两稿，活动文件指定以修改稿为准",
    values=HUANGQUQIAO_VALUES,
    layout=Layout(serial=True, remarks=True, sheet="统计表"),
    remarks={"A22": "县政府网站", "H4": "镇财政列支"},
    sign_off=signed("丁学明", "纳晓燕", "马晓东", 102),
)

HUANGQUQIAO_FIRST = Township(
    code="02",
    name="黄渠桥镇",
    file="黄渠桥镇2016年统计表.xlsx",
    proves="黄渠桥镇的第一稿，政府网站数与修改稿不同；已被活动文件中的指定取代",
    values={**HUANGQUQIAO_VALUES, "A22": 134},
    layout=Layout(serial=True, remarks=True, sheet="统计表"),
    sign_off=HUANGQUQIAO.sign_off,
    status="superseded",
    faults=(Fault("S11", "note", part=""),),
)

BAOFENG = Township(
    code="03",
    name="宝丰镇",
    file="宝丰镇报表.xlsx",
    proves="没有“单位”列；数字是文本、全角、带千分位或带计量单位：照数采用，逐一记录",
    values=figures(
        "A1=218 A1a=1 A1b=1 A22=121 A23=27 A24=76 A25=30 "
        "B1=12 B23=4 B24=3 B25=1050 F=0 "
        "H1=1 H2=1 H3=2 H32=2 H4=0.8 I1=2 I2=1 I3=60"
    ),
    typed={"A1": "２１８", "A22": " 121\u3000", "A24": "76", "B25": "1,050", "H4": "０．８", "I3": "60人次"},
    layout=Layout(unit_column=False, top=2, left=2, print_label=half_width, numbers_as_text=True),
    sign_off=signed("杨建国", "苏梅", "何永平", 103),
    faults=(
        Fault("F07", "note", ("A1",), "full_width"),
        Fault("F07", "note", ("B25",), "thousands"),
        Fault("F07", "note", ("H4",), "full_width"),
        Fault("U01", "note", ("I3",), "same_in_cell"),
    ),
)

TOUZHA = Township(
    code="04",
    name="头闸镇",
    file="头闸镇人民政府 统计表 2016.ods",
    proves="LibreOffice 的 .ods；前面有“填表说明”工作表；指标名称里有换行和空格",
    filer="平罗县头闸镇人民政府",
    values=figures(
        "A1=189 A1b=2 A22=102 A24=87 A25=21 "
        "B1=3 B22=1 B22a=1 B23=3 B24=2 "
        "C1=1 C13=1 C2=1 C21=1 C3=1 C32=1 "
        "H1=1 H2=2 H3=3 H31=1 H32=2 H4=0.65 I1=2 I2=1 I3=35"
    ),
    topics=("惠农补贴", "危房改造", 50, 50),
    layout=Layout(
        sheet="头闸镇",
        notes=("填表说明", "一、本表由各乡镇填报。", "二、不同渠道和方式公开相同信息计1条。", "三、金额单位为万元。"),
        print_label=broken_lines,
    ),
    sign_off=signed("田金山", "王学花", "马占林", 104),
)

TAOLE = Township(
    code="07",
    name="陶乐镇",
    file="陶乐镇.et",
    proves="WPS 的 .et；打印分页：表中有空行，表头重复；表头单位用了名录里的别名",
    filer="陶乐镇政府",
    values=figures(
        "A1=174 A1a=3 A1b=4 A21=2 A22=96 A23=12 A24=51 A25=33 "
        "B1=4 B21=1 B23=2 B24=1 B25=3 "
        "C1=2 C11=2 C2=2 C21=2 C3=2 C31=1 C38=1 F=1 "
        "H1=1 H2=3 H3=4 H31=1 H32=3 H4=2 I1=3 I2=2 I3=58"
    ),
    topics=("土地承包", "生态移民安置", 70, 30),
    layout=Layout(breaks=(20, 45), repeat_header=True, sheet="表1"),
    sign_off=signed("吴建平", "贺春玲", "徐海宁", 107),
)

CHONGGANG = Township(
    code="06",
    name="崇岗镇",
    file="微信接收/崇岗镇信息公开统计.xlsb",
    proves="子文件夹；二进制格式 .xlsb；左右两栏并排排版；后面有空白工作表",
    values=figures(
        "A1=305 A1a=4 A1b=6 A21=5 A22=201 A23=44 A24=87 A25=18 "
        "B1=9 B21=2 B21a=1 B22=1 B23=6 B24=5 B25=4 "
        "C1=3 C12=1 C14=2 C2=3 C21=2 C22=1 C3=3 C32=2 C36=1 "
        "D=1 D2=1 F=3 "
        "H1=1 H2=3 H3=4 H31=2 H32=2 H4=2.75 I1=4 I2=2 I3=74"
    ),
    topics=("矿山环境治理", "征地补偿", 67, 33),
    layout=Layout(panels=2, spare_sheets=("Sheet2", "Sheet3"), sign_off_in_one_line=True),
    sign_off=signed("马国栋", "石玉芳", "白雪峰", 106),
)

GAOZHUANG = Township(
    code="08",
    name="高庄乡",
    file="高庄乡（盖章版）.xlsx",
    proves="收到申请数 12，四种方式之和 11：差 1，退回",
    values=figures(
        "A1=231 A1a=2 A1b=5 A22=117 A23=31 A24=82 A25=25 "
        "B1=5 B23=4 B24=3 B25=1 "
        "C1=12 C11=5 C12=1 C13=3 C14=2 C2=11 C21=10 C22=1 "
        "C3=11 C31=4 C32=5 C35=1 C36=1 "
        "H1=1 H2=2 H3=3 H31=1 H32=2 H4=1 I1=2 I2=1 I3=30"
    ),
    topics=("土地流转", "低保评定", 55, 45),
    layout=Layout(indent="columns", left=2),
    sign_off=signed("周立新", "金凤英", "陈学军", 108),
    status="rejected",
    faults=(Fault("R08", "hard", ("C1", "C11", "C12", "C13", "C14")),),
)

LINGSHA = Township(
    code="09",
    name="灵沙乡",
    file="灵沙乡2016.xlsx",
    proves="“约320”是约数；少了“4. 微博微信回应事件数”一行：退回",
    values=figures(
        "A1=320 A1b=1 A22=188 A23=20 A24=90 A25=45 B1=2 B23=2 B24=1 H1=1 H2=1 H3=2 H31=1 H32=1 H4=0.5 I1=2 I2=1 I3=28"
    ),
    typed={"A1": "约320"},
    dropped=("B24",),
    layout=Layout(merged_title=False, print_label=full_width),
    sign_off=signed("马成林", "杨桂兰", "哈建明", 109),
    status="rejected",
    faults=(Fault("F02", "hard", ("A1",)), Fault("S04", "hard", ("B24",), "missing", part="")),
)

QUKOU = Township(
    code="10",
    name="渠口乡",
    file="渠口乡政府信息公开统计表.xlsx",
    proves="只传了一半的文件，打不开：渠口乡算“无法读取”，不算未报",
    values=figures("A1=140 A22=140 H1=1 H3=1 H32=1"),
    sign_off=signed("郭建华", "马丽", "孙志强", 110),
    status="unreadable",
    damage=0.6,
    faults=(Fault("B01", "hard", (), "damaged"),),
)

TONGFU = Township(
    code="11",
    name="通伏乡",
    file="通伏乡统计表.xlsm",
    proves="专项经费疑似按“元”填（152790 万元）；一格空白；计量单位印成“宗”：请核实，不退回",
    values=figures(
        "A1=163 A1b=2 A22=99 A24=61 A25=14 "
        "B1=2 B23=2 B25=1 "
        "C1=1 C14=1 C2=1 C21=1 C3=1 C36=1 "
        "H1=1 H2=2 H3=2 H31=1 H32=1 H4=152790 I1=3 I2=1 I3=40"
    ),
    typed={"B23": None},
    labels={"C4t": "主要侧重稻田征用、道路硬化等几个方面，其中稻田征用占比50%、道路硬化占比50%。"},
    units={"C1": "宗"},
    topics=("稻田征用", "道路硬化", 50, 50),
    layout=Layout(spacers=True, sheet="2016年"),
    sign_off=signed("赵生荣", "马金花", "李少鹏", 111),
    faults=(
        Fault("R23", "soft", ("H4",)),
        Fault("N01", "soft", ("B23",), "blank"),
        Fault("U01", "soft", ("C1",), "column", part="unit"),
    ),
)

GAOREN = Township(
    code="12",
    name="高仁乡",
    file="高仁乡信息公开统计表.xls",
    proves="表头写的是 2015 年度：不是本期报表",
    values=figures("A1=97 A22=61 A24=40 H1=1 H2=1 H3=2 H31=1 H32=1 I1=1"),
    period="（2015年度）",
    sign_off=signed("冯志远", "马彦芳", "唐伟", 112),
    status="wrong_period",
    faults=(Fault("S03", "hard", (), "wrong_period", part=""),),
)

XINGHAI = Township(
    code="",
    name="星海镇",
    file="星海镇2016年统计表.xlsx",
    proves="邻近大武口区的镇，报错了地方：单位不在名录内",
    filer="大武口区星海镇",
    values=figures("A1=205 A22=150 A24=70 H1=1 H2=1 H3=2 H31=1 H32=1 I1=1"),
    sign_off=signed("许建军", "丁玉梅", "贾宁", 120),
    status="unknown_unit",
    faults=(Fault("S02", "hard", (), "unknown", part=""),),
)

FILED = (
    *(CHENGGUAN, HUANGQUQIAO, HUANGQUQIAO_FIRST, BAOFENG, TOUZHA, CHONGGANG, TAOLE),
    *(GAOZHUANG, LINGSHA, QUKOU, TONGFU, GAOREN, XINGHAI),
)

REGISTER = (
    ("01", "城关镇", ""),
    ("02", "黄渠桥镇", ""),
    ("03", "宝丰镇", ""),
    ("04", "头闸镇", ""),
    ("05", "姚伏镇", ""),
    ("06", "崇岗镇", ""),
    ("07", "陶乐镇", "陶乐镇政府"),
    ("08", "高庄乡", ""),
    ("09", "灵沙乡", ""),
    ("10", "渠口乡", ""),
    ("11", "通伏乡", ""),
    ("12", "高仁乡", ""),
    ("13", "红崖子乡", "红崖子"),
)
"""Code, name and aliases (；-separated) of the units that must file; 红崖子乡 sends nothing."""
