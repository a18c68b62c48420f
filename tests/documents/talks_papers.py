"""The papers of the talks of one enterprise: replies, lists, mandates, meetings, suspension, coordination, letters."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from templates.documents.contexts import Party, Representative
from templates.documents.talks import (
    CHIEFS_POWERS,
    LIABILITY,
    OUTSIDERS_POWERS,
    SCOPE,
    SECRECY_ENDS,
    UNTIL_SIGNED,
    ChangeProposal,
    Confidentiality,
    CoordinationAgreement,
    CoordinationApplication,
    Course,
    ForceMajeure,
    Listed,
    Mandate,
    MeetingNotice,
    Minutes,
    OutsiderMandate,
    RenewalReminder,
    Reply,
    RepresentativeList,
    Summary,
    SupervisionLetter,
    Suspension,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FIRM, UNION = "沪江泵业有限公司", "沪江泵业有限公司工会委员会"
CONTRACT = "沪江泵业有限公司2027年度工资专项集体合同"
LONG_FIRM = "上海浦东新区川沙新镇沪江泵业流体设备制造（集团）股份有限公司"
EMPLOYER = Party(FIRM, "上海市浦东新区川沙路188号", "91310115MA1K4XXXX7", "陈国栋", "陈国栋", "总经理")
WORKERS = Party(UNION, "上海市浦东新区川沙路188号综合楼一层", "81310115MC00XXXX3K", "李春梅", "李春梅", "工会主席")
OF_WORKERS = ("李春梅", "赵志强", "钱喆", "孙玥", "周明远")
OF_EMPLOYER = ("陈国栋", "吴越", "何静", "马骏", "曹伟")

REPLY = Reply(
    title="集体协商应约书",
    number="沪江泵〔2026〕17号",
    addressee=UNION,
    own_side="企业方",
    contract=CONTRACT,
    agrees=True,
    basis=("《上海市集体合同条例》第十五条",),
    issuer=FIRM,
    issued_on=date(2026, 12, 1),
    offer_number="沪江泵工〔2026〕1号",
    received_on=date(2026, 11, 24),
    proposed="2026年12月8日14时",
    proposed_place="公司综合楼二层201会议室",
    time="2026年12月10日9时",
    content=("将绩效工资的考核办法一并列入协商", "加班加点工资的计算基数另行提供测算"),
    position=("公司上年度主营业务收入下降4.2%，工资调整应当与劳动生产率相适应", "夜班津贴标准可以先行协商。"),
    representatives=(
        Representative("陈国栋", "男", "总经理", is_chief=True),
        Representative("吴越", "男", "人力资源部经理"),
        Representative("何静", "女", "财务部经理"),
    ),
    contact="吴越，电话021-5555 0188",
)
PLAIN_REPLY = replace(
    REPLY, number="", offer_number="", time="", content=(), position=(), representatives=(), contact="", proposed="", proposed_place=""
)
REFUSAL = replace(
    REPLY,
    title="集体协商要约答复书",
    agrees=False,
    basis=("《集体合同规定》第三十二条", "《中华人民共和国工会法》第五十四条"),
    reasons=("现行工资专项集体合同于2026年12月31日才期满，要约书所列前三项已有约定", "公司正在进行股权变更，尚不具备测算条件"),
    position=(),
    contact="",
)

LIST = RepresentativeList(
    own_side="职工方",
    contract=CONTRACT,
    rows=(
        Listed("李春梅", "女", "工会主席", "首席代表", "工会选派", date(2026, 11, 16)),
        Listed("赵志强", "男", "总装车间班组长", "协商代表", "职代会选举", date(2026, 11, 16)),
        Listed("钱喆", "男", "铸造车间技师", "协商代表", "职代会选举", date(2026, 11, 16)),
        Listed("孙玥", "女", "女职工委员会主任", "协商代表", "工会提名、职代会或职工半数以上通过", date(2026, 11, 16)),
        Listed("周明远", "男", "申正律师事务所律师", "外聘专业人员", "工会选派", date(2026, 11, 18)),
    ),
    basis=("《上海市集体合同条例》第九条", "《集体合同规定》第十九条", "《集体合同规定》第二十条"),
    issuer=UNION,
    issued_on=date(2026, 11, 20),
    chief_as="工会主席本人",
    women=("李春梅", "孙玥"),
    frontline=("赵志强", "钱喆"),
    outsiders=("周明远",),
    by_vote=True,
    meeting="2026年11月16日，公司综合楼一层职工之家",
    due=120,
    present=113,
    in_favour=104,
    published_on=date(2026, 11, 19),
)
EMPLOYER_LIST = replace(
    LIST,
    own_side="企业方",
    rows=(
        Listed("陈国栋", "男", "总经理", "首席代表", "法定代表人本人", date(2026, 11, 25)),
        Listed("欧阳文静", "女", "集团人力资源与行政管理中心副主任", "协商代表", "法定代表人指派", date(2026, 11, 25)),
        Listed("何静", "女", "财务部经理", "协商代表", "法定代表人指派", date(2026, 11, 25)),
    ),
    basis=("《集体合同规定》第十九条", "《集体合同规定》第二十一条"),
    issuer=LONG_FIRM,
    chief_as="法定代表人本人",
    women=("欧阳文静", "何静"),
    frontline=(),
    outsiders=(),
    of_workers=False,
    by_vote=False,
    published_on=None,
)
CHOSEN_LIST = replace(
    LIST,
    rows=tuple(
        Listed(
            name, "男", "冲压车间操作工", "协商代表" if number else "首席代表", "职工民主推荐并经本单位半数以上职工同意", date(2026, 11, 16)
        )
        for number, name in enumerate(("甄建国", "卫东升", "蒋大海", "沈立新", "韩志远", "杨树林", "朱永康", "秦峰", "尤亮"))
    ),
    issuer=f"{FIRM}全体职工",
    chief_as="没有工会，由协商代表民主推举",
    women=(),
    dispatched=("秦峰", "尤亮"),
    outsiders=(),
    meeting="",
    due=None,
    present=None,
    in_favour=None,
    published_on=None,
)

NOTICE = MeetingNotice(
    number="沪江泵工〔2026〕5号",
    addressee=FIRM,
    contract=CONTRACT,
    ordinal=1,
    time="2026年12月8日14时",
    place="公司综合楼二层201会议室",
    chair="双方首席代表共同主持（李春梅、陈国栋）",
    agenda=("职工方说明协商内容和要求，企业方作出回应", "讨论2027年度职工平均工资的调整幅度", "商定下次会议的时间和内容"),
    own_side="职工方",
    own=OF_WORKERS,
    others=OF_EMPLOYER,
    recorder="许文",
    issuer=UNION,
    issued_on=date(2026, 12, 1),
    first=True,
    asked=("2025年度资产负债表", "各车间劳动定额完成情况"),
)
SECOND_NOTICE = replace(
    NOTICE,
    number="",
    addressee=UNION,
    ordinal=2,
    chair="企业方首席代表陈国栋",
    agenda=("继续协商工资调整幅度",),
    own_side="企业方",
    own=OF_EMPLOYER,
    others=OF_WORKERS,
    issuer=FIRM,
    first=False,
    asked=(),
)

MINUTES = Minutes(
    contract=CONTRACT,
    ordinal=1,
    held="2026年12月8日14时",
    place="公司综合楼二层201会议室",
    chair="双方首席代表共同主持（李春梅、陈国栋）",
    recorder="许文",
    present=("职工方：李春梅、赵志强、钱喆、孙玥、周明远", "企业方：陈国栋、吴越、何静、马骏、曹伟"),
    agenda=NOTICE.agenda,
    record=(
        "执行主席宣布会议议程和会议纪律。",
        "李春梅：2026年1月至10月公司营业收入同比增长8.1%，职工平均工资两年未作调整。职工方要求2027年度平均工资增长7%，夜班津贴由每班25元提高到40元。",
        "陈国栋：公司理解职工的要求，但明年有设备更新投入，平均工资增长以5%为宜；夜班津贴可以提高，标准请财务部测算。",
        "何静：按现有夜班人次测算，每班提高到35元，全年增加支出约46万元。",
        "周明远：加班工资的计算基数应当在合同中写明，避免履行中的争议。企业方表示同意。",
        "双方首席代表归纳意见。",
    ),
    signing="chiefs",
    workers=OF_WORKERS,
    employer=OF_EMPLOYER,
    minuted_on=date(2026, 12, 8),
    sign_basis="《上海市集体合同条例》第十八条",
    agreed=("夜班津贴提高到每班35元", "加班工资的计算基数在合同中写明"),
    left_open=("2027年度职工平均工资的增长幅度",),
)
MINUTES_OF_ALL = replace(
    MINUTES,
    ordinal=2,
    chair="企业方首席代表陈国栋",
    present=("双方全体协商代表",),
    agenda=("继续协商工资调整幅度",),
    record=("逐条讨论合同草案。",),
    signing="all",
    employer=OF_EMPLOYER[:4],
    sign_basis="《山东省企业工资集体协商条例》第二十六条",
    agreed=(),
    suspended="2027年1月12日",
    refused=("企业方代表马骏以未参加前次会议为由拒绝签字，见证人：记录员许文、职工代表赵志强",),
)
MINUTES_UNSIGNED = replace(MINUTES_OF_ALL, signing="none", sign_basis="", refused=(), suspended="", left_open=())

SUMMARY = Summary(
    unit=FIRM,
    contract=CONTRACT,
    ordinal=1,
    held="2026年12月8日14时",
    place="公司综合楼二层201会议室",
    chair="双方首席代表共同主持（李春梅、陈国栋）",
    workers=OF_WORKERS,
    employer=OF_EMPLOYER,
    recorder="许文",
    agenda=("2027年度职工平均工资的调整幅度", "津贴标准"),
    issued_on=date(2026, 12, 9),
    agreed=MINUTES.agreed,
    left_open=MINUTES.left_open,
    next_steps=("企业方在12月12日前提供工资总额测算表", "职工方征求职工对增长幅度的意见"),
    next_meeting="2026年12月15日14时，公司综合楼二层201会议室",
)
SHORT_SUMMARY = replace(SUMMARY, unit=LONG_FIRM, ordinal=12, chair="企业方首席代表陈国栋", agreed=(), next_steps=(), next_meeting="")

SUSPENSION = Suspension(
    contract=CONTRACT,
    workers=WORKERS,
    employer=EMPLOYER,
    reason=("双方对工资增长幅度分歧较大，需要等待2026年度财务审计结果",),
    since=date(2026, 12, 15),
    resume_on=date(2027, 1, 12),
    days=28,
    place="公司综合楼二层201会议室",
    content=("2027年度职工平均工资的增长幅度", "计件单价的调整办法"),
    basis=("《集体合同规定》第三十五条",),
)
SPARE_SUSPENSION = replace(
    SUSPENSION,
    workers=Party(f"{LONG_FIRM}全体职工"),
    employer=Party(LONG_FIRM),
    reason=("等待审计", "企业方首席代表更换，需要重新授权", "收集职工意见"),
    content=("工资",),
)
FORCE_MAJEURE = ForceMajeure(
    number="沪江泵〔2026〕21号",
    addressee=UNION,
    own_side="企业方",
    contract=CONTRACT,
    reason=("2026年12月14日台风登陆，厂区被淹，生产和办公场所停用。", "排水和电力抢修预计需要十日。"),
    since=date(2026, 12, 15),
    basis=("《集体合同规定》第三十五条",),
    issuer=FIRM,
    issued_on=date(2026, 12, 15),
)
SPARE_FORCE_MAJEURE = replace(
    FORCE_MAJEURE, number="", reason=("暴雪封路，代表无法到会",), addressee=LONG_FIRM, own_side="职工方", issuer=UNION
)

MANDATE = Mandate(
    own_side="企业方",
    unit=FIRM,
    principal="陈国栋",
    principal_post="法定代表人",
    delegate="吴越",
    delegate_post="人力资源部经理",
    contract=CONTRACT,
    powers=tuple(CHIEFS_POWERS.splitlines()),
    term=UNTIL_SIGNED,
    basis=("《集体合同规定》第二十一条",),
    issued_on=date(2026, 11, 25),
)
UNION_MANDATE = replace(
    MANDATE,
    own_side="职工方",
    unit=f"{LONG_FIRM}工会委员会",
    principal="李春梅",
    principal_post="工会主席",
    delegate="古丽米热·阿不都热合曼",
    delegate_post="",
    powers=("担任首席代表，参加集体协商",),
    term="自2026年11月25日起至2027年3月31日止。",
    basis=("《集体合同规定》第二十条",),
)
OUTSIDER = OutsiderMandate(
    own_side="职工方",
    unit=UNION,
    chief="李春梅",
    chief_post="工会主席",
    delegate="周明远",
    delegate_post="上海申正律师事务所律师",
    contract=CONTRACT,
    powers=tuple(OUTSIDERS_POWERS.splitlines()),
    term=UNTIL_SIGNED,
    count=5,
    outsiders=1,
    share="三分之一",
    basis=("《集体合同规定》第二十三条",),
    issued_on=date(2026, 11, 25),
    qualification="律师执业证，从业11年",
    phone="021-5555 0199",
)
SPARE_OUTSIDER = replace(OUTSIDER, qualification="", phone="", share="", chief_post="", delegate_post="上海市浦东新区总工会集体协商指导员")
CONFIDENTIALITY = Confidentiality(
    contract=CONTRACT,
    giver=EMPLOYER,
    giver_side="企业方",
    taker=WORKERS,
    taker_side="职工方",
    people=(
        Representative("李春梅", "女", "工会主席", is_chief=True),
        Representative("赵志强", "男", "总装车间班组长"),
        Representative("钱喆", "男", "铸造车间技师"),
        Representative("孙玥", "女", "女职工委员会主任"),
        Representative("周明远", "男", "申正律师事务所律师", is_outsider=True),
    ),
    scope=tuple(SCOPE.splitlines()),
    term=SECRECY_ENDS,
    liability=tuple(LIABILITY.splitlines()),
    basis=("《集体合同规定》第二十六条", "《上海市集体合同条例》第十八条"),
    recorder="许文",
)
SPARE_CONFIDENTIALITY = replace(
    CONFIDENTIALITY,
    giver=Party(LONG_FIRM),
    taker=Party(f"{LONG_FIRM}工会委员会"),
    people=CONFIDENTIALITY.people * 3,
    scope=("2026年度财务报表",),
    liability=("依法承担责任",),
    basis=("《集体合同规定》第二十六条",),
    recorder="",
)

HRSS = "上海市浦东新区人力资源和社会保障局"
APPLICATION = CoordinationApplication(
    authority=HRSS,
    applicant=WORKERS,
    applicant_side="职工方",
    respondent=EMPLOYER,
    respondent_side="企业方",
    contract=CONTRACT,
    course=Course(
        "职工方",
        "企业方",
        offered_on=date(2026, 11, 22),
        received_on=date(2026, 11, 24),
        agreed_on=date(2026, 12, 1),
        meetings=(date(2026, 12, 8), date(2026, 12, 15)),
        suspended_on=date(2026, 12, 22),
    ),
    open_items=("2027年度职工平均工资的增长幅度", "计件单价的调整办法"),
    basis=("《集体合同规定》第四十九条", "《中华人民共和国劳动法》第八十四条"),
    issued_on=date(2027, 1, 14),
    number="沪江泵工〔2027〕1号",
    reasons=("职工方要求增长7%，企业方同意5%", "企业方不同意按实际完成的定额调整计件单价"),
    offer_number="沪江泵工〔2026〕1号",
    minutes=(1, 2),
)
SPARE_APPLICATION = replace(
    APPLICATION,
    applicant=Party(LONG_FIRM, "上海市浦东新区川沙新镇川沙路188号2幢3层东侧", principal="陈国栋"),
    applicant_side="企业方",
    respondent=Party(f"{LONG_FIRM}全体职工", chief="甄建国"),
    respondent_side="职工方",
    course=Course("企业方", "职工方", offered_on=date(2026, 11, 22)),
    open_items=("工资",),
    number="",
    reasons=(),
    offer_number="",
    minutes=(1,),
)
AGREEMENT = CoordinationAgreement(
    authority=HRSS,
    workers=WORKERS,
    employer=EMPLOYER,
    contract=CONTRACT,
    applicant="职工方",
    applied_on=date(2027, 1, 14),
    accepted_on=date(2027, 1, 18),
    open_items=APPLICATION.open_items,
    agreed=("2027年度职工平均工资增长6%", "双方在合同生效后三个月内共同测定劳动定额"),
    basis=("《集体合同规定》第四十九条", "《集体合同规定》第五十四条"),
    issued_on=date(2027, 2, 9),
    left_open=("计件单价的调整办法",),
    coordinators=("郑楠（人力资源社会保障部门）", "吴磊（总工会）", "沈立新（企业联合会）"),
)
OWN_MOTION = replace(
    AGREEMENT, applicant="", workers=Party(f"{LONG_FIRM}工会委员会"), employer=Party(LONG_FIRM), left_open=(), coordinators=()
)

SUPERVISION = (
    "《中华人民共和国劳动法》第八十八条",
    "《中华人民共和国劳动合同法》第七十八条",
    "《工会劳动法律监督办法》（总工办发〔2021〕9号）",
)
REMINDER = SupervisionLetter(
    title="工会劳动法律监督提示函",
    kind="reminder",
    addressee=FIRM,
    unit=FIRM,
    facts=("工会于2026年11月22日向你单位发出集体协商要约书（沪江泵工〔2026〕1号），你单位11月24日签收，至今未作书面答复。",),
    ground="逾期未书面答复",
    duty="收到集体协商要约应当按期书面答复",
    provisions=("《上海市集体合同条例》第十五条",),
    demand=("请就是否同意集体协商作出书面答复", "同意协商的，请确定协商代表并告知工会。"),
    basis=SUPERVISION,
    issuer=UNION,
    issued_on=date(2026, 12, 11),
    number="沪江泵工监提〔2026〕1号",
    reply_period="15日",
    contact="孙玥，电话021-5555 0123",
)
OPINION = replace(
    REMINDER,
    title="工会劳动法律监督意见书",
    kind="opinion",
    number="",
    facts=("经查阅要约书送达回证，你单位11月24日收到要约", "人力资源部经理吴越在谈话中确认公司没有答复的计划"),
    basis=(*SUPERVISION, "《浙江省工会劳动法律监督条例》第二十一条"),
    provisions=("《浙江省集体合同条例》第七条",),
    earlier=("2026年12月11日发出《工会劳动法律监督提示函》，用人单位至今未作书面答复",),
    reply_period="15个工作日",
    reply_basis="《浙江省工会劳动法律监督条例》第二十二条",
    contact="",
    signer="工会主席（副主席）",
    issued_on=date(2026, 12, 28),
)
PROPOSAL = replace(
    OPINION,
    title="工会劳动法律监督建议书",
    kind="proposal",
    addressee=HRSS,
    unit=LONG_FIRM,
    facts=("经查阅送达回证，该单位2026年11月24日收到要约，至今未作书面答复。",),
    number="浦工监建〔2027〕3号",
    basis=SUPERVISION,
    demand=("责令该单位限期改正，与职工方进行集体协商",),
    earlier=(
        "2026年12月11日发出《工会劳动法律监督提示函》，用人单位至今未作书面答复",
        "2026年12月28日发出《工会劳动法律监督意见书》，用人单位于2027年1月15日作出书面答复",
    ),
    reply_period="",
    reply_basis="",
    signer="签发人",
    issuer="上海市浦东新区总工会",
    issued_on=date(2027, 2, 1),
)

AMENDMENT = ChangeProposal(
    action="变更",
    addressee=FIRM,
    own_side="职工方",
    contract=CONTRACT,
    contract_number="沪江泵集〔2026〕2号",
    term="自2027年1月1日起至2027年12月31日止",
    grounds=("2027年7月1日起本市最低工资标准调整，合同约定的最低月工资低于新标准",),
    basis=("《集体合同规定》第三十九条", "《集体合同规定》第四十条"),
    procedure=("《集体合同规定》第四十一条",),
    issuer=UNION,
    issued_on=date(2027, 7, 5),
    number="沪江泵工〔2027〕9号",
    clauses=("第三条最低月工资改为不低于本市现行最低工资标准",),
    evidence=("人力资源社会保障部门关于调整最低工资标准的通知",),
    reply_period="15日",
    contact="孙玥，电话021-5555 0123",
)
TERMINATION = replace(
    AMENDMENT,
    action="解除",
    addressee=UNION,
    own_side="企业方",
    contract_number="",
    term="",
    grounds=("公司被兼并，合同无法履行", "双方约定的解除条件出现"),
    issuer=LONG_FIRM,
    number="",
    clauses=(),
    evidence=(),
    reply_period="",
    contact="",
)
RENEWAL = RenewalReminder(
    addressees=(FIRM,),
    unit=FIRM,
    contract=CONTRACT,
    contract_number="沪江泵集〔2026〕2号",
    until=date(2027, 12, 31),
    opens=date(2027, 10, 31),
    basis=("《工资集体协商试行办法》第二十四条",),
    issuer=UNION,
    issued_on=date(2027, 10, 18),
    number="沪江泵工〔2027〕16号",
    wage=True,
    contact="孙玥，电话021-5555 0123",
)
SUPERIOR_RENEWAL = replace(
    RENEWAL,
    addressees=(LONG_FIRM, f"{LONG_FIRM}工会委员会"),
    unit=LONG_FIRM,
    contract_number="",
    basis=("《集体合同规定》第三十八条",),
    issuer="上海市浦东新区川沙新镇总工会",
    number="",
    wage=False,
    contact="",
)

TALKS_FORMS: "dict[str, tuple[str, DataclassInstance]]" = {
    "reply": ("negotiation/reply.html", REPLY),
    "reply-in-short": ("negotiation/reply.html", PLAIN_REPLY),
    "refusal": ("negotiation/reply.html", REFUSAL),
    "worker-representatives": ("negotiation/representatives.html", LIST),
    "employer-representatives": ("negotiation/representatives.html", EMPLOYER_LIST),
    "chosen-representatives": ("negotiation/representatives.html", CHOSEN_LIST),
    "meeting-notice": ("negotiation/meeting-notice.html", NOTICE),
    "second-meeting-notice": ("negotiation/meeting-notice.html", SECOND_NOTICE),
    "minutes": ("negotiation/minutes.html", MINUTES),
    "minutes-signed-by-all": ("negotiation/minutes.html", MINUTES_OF_ALL),
    "minutes-unsigned": ("negotiation/minutes.html", MINUTES_UNSIGNED),
    "summary": ("negotiation/summary.html", SUMMARY),
    "summary-in-short": ("negotiation/summary.html", SHORT_SUMMARY),
    "suspension": ("negotiation/suspension.html", SUSPENSION),
    "suspension-in-short": ("negotiation/suspension.html", SPARE_SUSPENSION),
    "force-majeure": ("negotiation/force-majeure.html", FORCE_MAJEURE),
    "force-majeure-in-short": ("negotiation/force-majeure.html", SPARE_FORCE_MAJEURE),
    "mandate": ("negotiation/mandate.html", MANDATE),
    "union-mandate": ("negotiation/mandate.html", UNION_MANDATE),
    "outsider-mandate": ("negotiation/outsider-mandate.html", OUTSIDER),
    "outsider-mandate-in-short": ("negotiation/outsider-mandate.html", SPARE_OUTSIDER),
    "confidentiality": ("negotiation/confidentiality.html", CONFIDENTIALITY),
    "confidentiality-of-many": ("negotiation/confidentiality.html", SPARE_CONFIDENTIALITY),
    "coordination-application": ("negotiation/coordination-application.html", APPLICATION),
    "coordination-application-in-short": ("negotiation/coordination-application.html", SPARE_APPLICATION),
    "coordination-agreement": ("negotiation/coordination-agreement.html", AGREEMENT),
    "coordination-of-own-motion": ("negotiation/coordination-agreement.html", OWN_MOTION),
    "reminder": ("negotiation/letter.html", REMINDER),
    "opinion": ("negotiation/letter.html", OPINION),
    "proposal": ("negotiation/letter.html", PROPOSAL),
    "amendment-proposal": ("negotiation/change-proposal.html", AMENDMENT),
    "termination-proposal": ("negotiation/change-proposal.html", TERMINATION),
    "renewal-reminder": ("negotiation/renewal-reminder.html", RENEWAL),
    "renewal-reminder-from-above": ("negotiation/renewal-reminder.html", SUPERIOR_RENEWAL),
}
