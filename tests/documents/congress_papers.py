"""The papers of a congress meeting, as records that the templates print: each in full, and with what may be missing left out."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from templates.documents.congress import Ballot, Bill, BillLine, CountReport, CredentialsReport, MeetingNotice, SignInSheet
from templates.documents.contexts import Resolution

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEXT_HASH = "3f2a9c0178be4d56a1f0e2c94b7d8a635c1e0f7b92d4a8e6b3c5d7f9012e4a6c"
OTHER_HASH = "b81c5e3f9a02d7461e8f5c3b7d9a0264f1c8e5b3a7d9062f4c1e8b5a3d7f9061"
UNIT = "沪江泵业有限公司"
UNION = "沪江泵业有限公司工会委员会"
MEETING = "第五届职工代表大会第三次会议"
ASSEMBLY = "2026年第一次职工大会"
DRAFT = "沪江泵业有限公司2027年度工资专项集体合同（草案）"
RULES = "沪江泵业有限公司员工考勤、请休假和加班加点审批管理办法（草案）"

NOTICE = MeetingNotice(
    title=(UNION, "关于召开第五届职工代表大会", "第三次会议的通知"),
    number="沪江泵工〔2026〕6号",
    addressee="各位职工代表",
    unit=UNIT,
    meeting=MEETING,
    members="职工代表",
    time="2026年12月18日（星期五）14时",
    place="公司综合楼一层职工之家",
    mode="现场会议",
    roll=120,
    matters=(
        "报告代表资格审查情况和应到、实到人数",
        "听取2026年度集体合同履行情况的报告；",
        f"审议《{DRAFT}》，并以无记名投票方式表决",
        f"审议《{RULES}》，并以无记名投票方式表决",
        "宣布表决结果和会议决议",
    ),
    bills=(
        BillLine(1, DRAFT, TEXT_HASH, "无记名投票"),
        BillLine(2, RULES, OTHER_HASH, "无记名投票"),
    ),
    is_secret=True,
    notice_period="7日",
    notice_basis="《上海市职工代表大会条例》第三十条",
    quorum="三分之二以上",
    quorum_basis="《上海市职工代表大会条例》第二十八条",
    pay_basis="《上海市职工代表大会条例》第十七条第（四）项",
    convening_basis="《上海市职工代表大会条例》第二十二条",
    issuer=UNION,
    issued_on=date(2026, 12, 8),
    contact="孙玥，电话021-5555 0123",
)
FURTHER_NOTICE = replace(
    NOTICE,
    title=(UNION, "关于召开第五届职工代表大会", "第三次会议的补充通知"),
    number="",
    bills=(NOTICE.bills[0], replace(NOTICE.bills[1], is_new=True)),
    replaces=date(2026, 12, 8),
    issued_on=date(2026, 12, 10),
    contact="",
)
ASSEMBLY_NOTICE = replace(
    NOTICE,
    title=(UNION, f"关于召开{ASSEMBLY}的通知"),
    number="",
    addressee="全体职工",
    meeting=ASSEMBLY,
    members="职工",
    time="2026年12月18日（星期五）",
    mode="线上会议",
    roll=86,
    matters=("报告应到和实到人数", "审议《班车站点调整方案》，并以举手表决方式表决", "宣布表决结果和会议决议"),
    bills=(BillLine(1, "班车站点调整方案", OTHER_HASH, "举手表决"),),
    is_secret=False,
    notice_basis="《企业民主管理规定》第十八条",
    quorum_basis="《企业民主管理规定》第十七条",
    pay_basis="",
    convening_basis="",
    contact="",
)

CREDENTIALS = CredentialsReport(
    title=(UNIT, MEETING, "代表资格审查报告"),
    addressee="各位职工代表",
    unit=UNIT,
    meeting=MEETING,
    members="职工代表",
    is_assembly=False,
    held_on=date(2026, 12, 18),
    roll=121,
    present=113,
    quorum="三分之二",
    quorum_needed=81,
    quorum_sum="121×2÷3",
    quorum_exact="80.67",
    quorum_basis=("《上海市职工代表大会条例》第二十八条", "《集体合同规定》第三十六条"),
    eligibility_basis="《企业民主管理规定》第二十三条",
    issuer=UNION,
    issued_on=date(2026, 12, 18),
    account=(
        "本届职工代表中，一线职工代表82人，占67.77%；女职工代表44人，占36.36%；中层以上管理人员代表19人，占15.70%。",
        "上次会议以来，总装车间选区因一名代表终止劳动合同，于2026年11月20日补选吴国平为职工代表。",
    ),
)
ASSEMBLY_CREDENTIALS = replace(
    CREDENTIALS,
    title=(UNIT, ASSEMBLY, "出席人数审查报告"),
    addressee="全体职工",
    meeting=ASSEMBLY,
    members="职工",
    is_assembly=True,
    roll=84,
    present=56,
    quorum_needed=56,
    quorum_sum="84×2÷3",
    quorum_exact="",
    quorum_basis=("《企业民主管理规定》第十七条",),
    account=(),
)

SIGN_IN = SignInSheet(
    unit=UNIT,
    meeting=MEETING,
    members="职工代表",
    held_on=date(2026, 12, 18),
    place="公司综合楼一层职工之家",
    roll=120,
    first=1,
    names=("",) * 120,
)
WARD_SIGN_IN = replace(
    SIGN_IN,
    first=41,
    names=("李春梅", "赵志强", "钱喆", "孙玥", "吴国平", "欧阳慧敏"),
    constituency="总装车间选区",
)
ASSEMBLY_SIGN_IN = replace(SIGN_IN, meeting=ASSEMBLY, members="职工", roll=12, names=("",) * 12)

BALLOT = Ballot(
    unit=UNIT,
    meeting=MEETING,
    item=1,
    subject=DRAFT,
    text_hash=TEXT_HASH,
    members="职工代表",
    basis="《企业民主管理规定》第二十条",
    issuer=UNION,
    held_on=date(2026, 12, 18),
)
SPARE_BALLOT = replace(
    BALLOT,
    unit="川沙镇泵阀行业工会联合会",
    meeting="第一届行业性职工代表大会第二次会议",
    item=12,
    subject="川沙镇泵阀行业2027年度计件单价、劳动定额、最低工资标准和高温津贴工资专项集体合同（草案）",
    basis="",
    issuer="川沙镇泵阀行业工会联合会",
    blank_abstains=False,
)

COUNT_REPORT = CountReport(
    unit=UNIT,
    meeting=MEETING,
    item=1,
    subject=DRAFT,
    text_hash=TEXT_HASH,
    manner="无记名投票",
    is_secret=True,
    held_on=date(2026, 12, 18),
    place="公司综合楼一层职工之家",
    whole="全体职工代表",
    due=121,
    present=113,
    quorum="三分之二以上",
    quorum_needed=81,
    issued=113,
    returned=112,
    valid=111,
    invalid=1,
    yes=98,
    no=9,
    abstain=4,
    basis=("《上海市集体合同条例》第二十二条",),
    more_than_half=False,
    needed=61,
    decides_at_half=False,
    passed=True,
    chair="李春梅",
    tellers=("赵志强",),
    counters=("钱喆",),
    issued_on=date(2026, 12, 18),
)
HALF_REPORT = replace(
    COUNT_REPORT,
    meeting=ASSEMBLY,
    whole="全体职工",
    due=86,
    present=80,
    quorum_needed=58,
    issued=80,
    returned=80,
    valid=80,
    invalid=0,
    yes=43,
    no=30,
    abstain=7,
    basis=("《集体合同规定》第三十六条",),
    needed=44,
    decides_at_half=True,
    decision_at_half="大会主席团决定：《集体合同规定》第三十六条所称“半数以上”包括本数，草案通过。",
    tellers=("赵志强", "欧阳慧敏"),
    counters=("钱喆", "孙玥", "吴国平"),
    counting=3,
)
HANDS_REPORT = replace(
    COUNT_REPORT,
    item=2,
    subject=RULES,
    text_hash=OTHER_HASH,
    manner="举手表决",
    is_secret=False,
    issued=113,
    returned=113,
    valid=113,
    invalid=0,
    yes=58,
    no=50,
    abstain=5,
    basis=("《企业民主管理规定》第二十条",),
    more_than_half=True,
    passed=False,
    tellers=("赵志强", "钱喆"),
    counters=(),
    chair="",
)

BILL = Bill(
    title=(UNION, "关于提请审议工资专项集体合同草案的议案"),
    unit=UNIT,
    addressee=MEETING,
    item=1,
    subject=DRAFT,
    text_hash=TEXT_HASH,
    basis=("《集体合同规定》第三十六条", "《劳动合同法》第五十一条", "《劳动法》第三十三条", "《工会法》第二十一条"),
    mover=UNION,
    is_assembly=False,
    issued_on=date(2026, 12, 8),
    account=(
        "双方于2026年11月24日至12月4日召开三次协商会议，就平均工资增长幅度、计件单价和夜班津贴达成一致。",
        "草案约定2027年度职工平均工资增长6.5%，夜班津贴由每班20元提高到每班25元，高温津贴每月300元。",
    ),
)
ASSEMBLY_BILL = replace(
    BILL, title=(UNION, "关于提请审议集体合同草案的议案"), addressee=ASSEMBLY, is_assembly=True, account=(), number="沪江泵工〔2026〕7号"
)

RULES_RESOLUTION = Resolution(
    unit=UNIT,
    meeting=MEETING,
    number="沪江泵工〔2026〕9号",
    subject=RULES,
    text_hash=OTHER_HASH,
    held_on=date(2026, 12, 18),
    place="公司综合楼一层职工之家",
    chair="李春梅",
    due=121,
    present=113,
    yes=88,
    no=19,
    abstain=4,
    quorum="三分之二以上",
    more_than_half=True,
    basis=("《企业民主管理规定》第十七条", "《企业民主管理规定》第二十条"),
    passed=True,
    tellers=("赵志强", "钱喆"),
    decisions=("由公司自2027年1月1日起实施，并告知全体职工",),
    issuer=f"{UNIT}职工代表大会",
    issued_on=date(2026, 12, 18),
    is_contract=False,
    annexes=("职工代表签到表", "表决结果报告单"),
)
RULES_REJECTION = replace(
    RULES_RESOLUTION, passed=False, yes=50, no=57, number="", place="", chair="", decisions=(), tellers=(), annexes=("职工代表签到表",)
)

CONGRESS_FORMS: dict[str, tuple[str, "DataclassInstance"]] = {
    "congress-notice": ("congress/notice.html", NOTICE),
    "congress-further-notice": ("congress/notice.html", FURTHER_NOTICE),
    "assembly-notice": ("congress/notice.html", ASSEMBLY_NOTICE),
    "congress-bill": ("congress/bill.html", BILL),
    "assembly-bill": ("congress/bill.html", ASSEMBLY_BILL),
    "ward-sign-in": ("congress/sign_in.html", WARD_SIGN_IN),
    "assembly-sign-in": ("congress/sign_in.html", ASSEMBLY_SIGN_IN),
    "credentials": ("congress/credentials.html", CREDENTIALS),
    "assembly-credentials": ("congress/credentials.html", ASSEMBLY_CREDENTIALS),
    "ballot": ("congress/ballot.html", BALLOT),
    "spare-ballot": ("congress/ballot.html", SPARE_BALLOT),
    "count-report": ("congress/count_report.html", COUNT_REPORT),
    "count-report-at-half": ("congress/count_report.html", HALF_REPORT),
    "count-report-by-hands": ("congress/count_report.html", HANDS_REPORT),
    "resolution-on-rules": ("negotiation/resolution.html", RULES_RESOLUTION),
    "rejection-of-rules": ("negotiation/resolution.html", RULES_REJECTION),
}
