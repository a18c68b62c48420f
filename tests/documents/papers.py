"""The papers of one enterprise, as records that the templates print."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from negotiation.documents.changes import redline_of
from templates.documents.contexts import (
    Article,
    Attendance,
    Chapter,
    Column,
    ContractText,
    OfferLetter,
    Party,
    Representative,
    Resolution,
    WageTable,
)
from tests.documents.congress_papers import CONGRESS_FORMS
from tests.documents.filing_papers import FILING_FORMS
from tests.documents.mediation_papers import MEDIATION_FORMS
from tests.documents.talks_papers import TALKS_FORMS
from workflow.redline import Clause

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
TEXT_HASH = "3f2a9c0178be4d56a1f0e2c94b7d8a635c1e0f7b92d4a8e6b3c5d7f9012e4a6c"

OFFER = OfferLetter(
    title="工资集体协商要约书",
    number="沪江泵工〔2026〕1号",
    addressee="沪江泵业有限公司",
    own_side="职工方",
    contract="沪江泵业有限公司2027年度工资专项集体合同",
    basis=(
        "《中华人民共和国劳动法》第三十三条",
        "《中华人民共和国工会法》第二十一条",
        "《集体合同规定》第三十二条",
        "《工资集体协商试行办法》第十七条",
    ),
    matters=(
        "2027年度职工年度平均工资水平及其调整幅度",
        "计件单价、劳动定额的核定和调整办法",
        "夜班津贴、高温津贴和特殊岗位津贴的标准；",
        "加班加点工资的计算基数",
    ),
    time="2026年12月8日14时",
    place="公司综合楼二层201会议室",
    representatives=(
        Representative("李春梅", "女", "工会主席", is_chief=True),
        Representative("赵志强", "男", "总装车间班组长"),
        Representative("钱喆", "男", "铸造车间技师"),
        Representative("孙玥", "女", "女职工委员会主任"),
        Representative("周明远", "男", "申正律师事务所律师", is_outsider=True),
    ),
    reply_period="15日",
    reply_basis="《上海市集体合同条例》第十五条",
    their_number="不少于3名，且不多于本方人数",
    name_by=date(2026, 12, 4),
    data=(
        "2025年度和2026年1月至10月的营业收入、利润总额",
        "2025年度资产负债表",
        "2025年度职工工资总额和职工平均工资",
        "各车间劳动定额完成情况",
    ),
    data_by=date(2026, 12, 3),
    contact="孙玥，电话021-5555 0123",
    issuer="沪江泵业有限公司工会委员会",
    issued_on=date(2026, 11, 22),
)

EMPLOYER_OFFER = replace(
    OFFER,
    title="集体协商要约书",
    number="",
    addressee="沪江泵业有限公司工会委员会",
    own_side="企业方",
    contract="沪江泵业有限公司集体合同",
    matters=("修订现行集体合同第三章“工作时间和休息休假”的全部条款",),
    representatives=(),
    data=(),
    reply_basis="",
    name_by=None,
    contact="",
    issuer="沪江泵业有限公司",
)

EMPLOYER = Party(
    name="沪江泵业有限公司",
    code="91310115MA1K4XXXX7",
    address="上海市浦东新区川沙路188号",
    principal="陈国栋",
    chief="陈国栋",
    chief_post="总经理",
)
UNION = Party(
    name="沪江泵业有限公司工会委员会",
    code="81310115MC00XXXX3K",
    address="上海市浦东新区川沙路188号综合楼一层",
    principal="李春梅",
    chief="李春梅",
    chief_post="工会主席",
)
BASIS = ("《中华人民共和国劳动法》第三十三条", "《中华人民共和国劳动合同法》第五十一条", "《上海市集体合同条例》")

WAGES = WageTable(
    caption="岗位工资标准表",
    columns=(
        Column("岗位", 28),
        Column("等级", 12),
        Column("现行标准（元/月）", 20, is_number=True),
        Column("调整额（元/月）", 20, is_number=True),
        Column("2027年标准（元/月）", 20, is_number=True),
    ),
    rows=(
        ("装配工", "一级", "5,200.00", "312.00", "5,512.00"),
        ("装配工", "二级", "5,860.00", "352.00", "6,212.00"),
        ("铸造工", "一级", "6,100.00", "427.00", "6,527.00"),
        ("铸造工", "二级", "6,900.00", "483.00", "7,383.00"),
        ("检验员", "—", "5,450.00", "327.00", "5,777.00"),
        ("仓储、物流人员", "—", "4,980.00", "299.00", "5,279.00"),
    ),
    note="注：以上标准为税前金额，不含加班加点工资和各项津贴、补贴。",
)

WAGE_CHAPTERS = (
    Chapter(
        (
            Article(1, "本合同适用于甲方及与甲方建立劳动关系的全体职工。"),
            Article(2, "2027年度甲方职工平均工资在2026年度职工平均工资8,420.50元（大写：捌仟肆佰贰拾元伍角整）的基础上增长6.5%。"),
            Article(3, "岗位工资自2027年1月1日起按照本合同《岗位工资标准表》执行。任何岗位的工资标准不得低于上海市最低工资标准。"),
            Article(
                4,
                "甲方安排职工延长工作时间的，按照下列标准支付加班加点工资：\n"
                "（一）工作日延长工作时间的，支付不低于工资基数的150%；\n"
                "（二）休息日安排工作又不能安排补休的，支付不低于工资基数的200%；\n"
                "（三）法定休假日安排工作的，支付不低于工资基数的300%。",
            ),
            Article(5, "甲方于每月15日前以货币形式足额支付职工上月工资；遇休息日或者法定休假日的，提前在最近的工作日支付。"),
            Article(6, "夜班津贴每班25元，高温津贴每月300元，特殊岗位津贴由双方另行商定。"),
            Article(7, "本合同自2027年1月1日起至2027年12月31日止。期满前60日内，任何一方均可提出续签的要约。"),
            Article(8, "经双方协商一致，可以变更或者解除本合同。变更、解除本合同的程序，依照签订本合同的程序进行。"),
            Article(9, "因履行本合同发生争议，由双方协商解决；协商不成的，任何一方可以依法向劳动争议仲裁委员会申请仲裁。"),
            Article(10, "任何一方违反本合同，给对方造成损失的，依法承担责任。"),
            Article(11, "本合同一式五份，甲、乙双方各执一份，报送人力资源社会保障部门三份。"),
        )
    ),
)

HEADS = {
    "总则": (
        "为了保障职工和用人单位双方的合法权益，促进劳动关系和谐稳定，结合甲方实际，签订本合同。",
        "本合同对甲方和甲方全体职工具有约束力。甲方与职工个人订立的劳动合同中劳动报酬和劳动条件等标准不得低于本合同的规定。",
    ),
    "劳动报酬": (
        "甲方实行以岗位工资为主的工资制度。职工工资水平的调整，由双方每年通过工资集体协商确定。",
        "甲方于每月15日前足额支付上月工资，并向职工提供工资清单。",
    ),
    "工作时间": (
        "甲方实行每日工作不超过8小时、平均每周工作不超过40小时的工时制度。",
        "甲方确需延长工作时间的，应当与工会和职工协商，一般每日不得超过1小时；因特殊原因需要的，在保障职工身体健康的条件下每日不得超过3小时，每月不得超过36小时。",
    ),
    "休息休假": (
        "甲方保证职工每周至少休息1日。",
        "职工累计工作已满1年不满10年的，年休假5天；已满10年不满20年的，年休假10天；已满20年的，年休假15天。",
    ),
    "劳动安全与卫生": (
        "甲方应当建立健全劳动安全卫生责任制，对职工进行劳动安全卫生教育，防止劳动过程中的事故，减少职业危害。",
        "甲方应当向从事有职业危害作业的职工提供符合国家规定的劳动防护用品，并在上岗前、在岗期间和离岗时组织职业健康检查。",
    ),
    "补充保险和福利": ("甲方依法为职工缴纳社会保险费和住房公积金，并在经济效益允许的条件下建立企业年金。",),
    "女职工和未成年工特殊保护": (
        "甲方在招聘、录用、晋职、晋级、评聘专业技术职称等方面实行男女平等，不得歧视女职工。",
        "甲方不得安排女职工从事国家规定禁忌从事的劳动，每年组织女职工进行一次妇科检查。",
    ),
    "职业技能培训": ("甲方按照职工工资总额的2.5%提取职工教育经费，其中用于一线职工教育培训的比例不低于60%。",),
    "合同期限、变更和解除": (
        "本合同期限为3年，自2027年1月1日起至2029年12月31日止。期满前3个月内，任何一方均可向对方提出重新签订或者续订的要求。",
        "双方协商代表协商一致，可以变更或者解除本合同。变更、解除的程序，依照签订本合同的程序进行。",
    ),
    "争议处理和违约责任": (
        "因履行本合同发生争议，双方应当协商解决；协商不成的，可以依法申请仲裁、提起诉讼。",
        "本合同一式五份，甲、乙双方各执一份，报送人力资源社会保障部门三份。",
    ),
}


def chapters(heads: dict[str, tuple[str, ...]] = HEADS) -> tuple[Chapter, ...]:
    """Chapters with their articles numbered through."""
    made, number = [], 0
    for title, texts in heads.items():
        made.append(Chapter(tuple(Article(number + place, text) for place, text in enumerate(texts, 1)), title))
        number += len(texts)
    return tuple(made)


WAGE_DRAFT = ContractText(
    unit="沪江泵业有限公司",
    title="2027年度工资专项集体合同",
    is_draft=True,
    employer=EMPLOYER,
    workers=UNION,
    basis=BASIS,
    chapters=WAGE_CHAPTERS,
    wage_table=WAGES,
    wage_table_after=3,
    text_hash=TEXT_HASH,
)
WAGE_CONTRACT = replace(
    WAGE_DRAFT,
    is_draft=False,
    number="沪江泵集〔2026〕2号",
    adopted_by="第五届职工代表大会第三次会议",
    adopted_on=date(2026, 12, 18),
    employer_signed_on=date(2026, 12, 21),
    workers_signed_on=date(2026, 12, 21),
)
CONTRACT = replace(WAGE_CONTRACT, title="集体合同", chapters=chapters(), wage_table=None, wage_table_after=None, number="")
SECTORAL = replace(
    CONTRACT,
    unit="川沙镇泵阀行业",
    title="工资专项集体合同",
    is_draft=True,
    employer=Party(name="川沙镇泵阀行业协会", address="上海市浦东新区川沙镇新德路2号", chief="吴越", chief_post="会长"),
    workers=Party(name="川沙镇泵阀行业工会联合会", chief="郑岚", chief_post="主席"),
    employer_label="甲方（企业方）",
    chapters=WAGE_CHAPTERS,
    wage_table=WAGES,
    covered=("沪江泵业有限公司", "上海东岳阀门有限公司", "上海恒昇精密铸造有限公司", "上海顺潮流体设备有限公司"),
)

RESOLUTION = Resolution(
    unit="沪江泵业有限公司",
    meeting="第五届职工代表大会第三次会议",
    number="沪江泵职代〔2026〕3号",
    subject="2027年度工资专项集体合同（草案）",
    text_hash=TEXT_HASH,
    held_on=date(2026, 12, 18),
    place="公司综合楼一层职工之家",
    chair="李春梅",
    due=120,
    present=113,
    yes=98,
    no=9,
    abstain=4,
    quorum="三分之二以上",
    more_than_half=False,
    basis=("《集体合同规定》第三十六条", "《上海市集体合同条例》第二十二条"),
    passed=True,
    tellers=("赵志强", "钱喆"),
    decisions=("由工会委员会将审议通过情况书面告知公司，并向全体职工公布",),
    attendance=tuple(
        Attendance(name, ward, status)
        for name, ward, status in (
            ("李春梅", "机关选区", "出席"),
            ("赵志强", "总装车间", "出席"),
            ("钱喆", "铸造车间", "出席"),
            ("孙玥", "机关选区", "出席"),
            ("吴国平", "总装车间", "请假"),
            ("郑岚", "质检部", "出席"),
        )
    ),
    issuer="沪江泵业有限公司工会委员会",
    issued_on=date(2026, 12, 18),
)
REJECTED = replace(RESOLUTION, passed=False, more_than_half=True, yes=51, no=56, decisions=(), attendance=(), tellers=(), number="")
AT_HALF = replace(
    RESOLUTION,
    meeting="2026年度职工大会",
    members="职工",
    place="",
    due=86,
    present=80,
    yes=43,
    no=30,
    abstain=7,
    manner="举手表决",
    decision_at_half="会议主席团决定：《集体合同规定》第三十六条所称“半数以上”包括本数，草案通过。",
    attendance=(),
)
WOMEN = replace(
    CONTRACT,
    title="女职工权益保护专项集体合同",
    is_draft=True,
    chapters=chapters({"女职工特殊保护": HEADS["女职工和未成年工特殊保护"], "附则": HEADS["争议处理和违约责任"]}),
    employer_signed_on=None,
    workers_signed_on=None,
)

TALKED_OVER = dict(HEADS)
TALKED_OVER["劳动报酬"] = (
    HEADS["劳动报酬"][1].replace("15日", "10日"),
    HEADS["劳动报酬"][0],
    "甲方安排职工值夜班的，按照下列标准支付津贴：\n（一）22时以前下班的，每班20元；\n（二）22时以后下班的，每班35元。",
)
TALKED_OVER["职业技能培训"] = (HEADS["职业技能培训"][0].replace("2.5%", "3%").replace("60%", "70%"),)
del TALKED_OVER["补充保险和福利"]


def clauses(heads: dict[str, tuple[str, ...]]) -> list[Clause]:
    return [clause for head, texts in heads.items() for clause in (Clause(head, is_heading=True), *map(Clause, texts))]


REDLINE = redline_of(
    clauses(HEADS),
    clauses(TALKED_OVER),
    unit="沪江泵业有限公司",
    title="集体合同（草案）",
    old_name="2026年11月2日职工方文本",
    new_name="2026年11月20日双方讨论稿",
    by="企业方",
    old_table=WAGES,
    new_table=replace(
        WAGES,
        caption="2027年岗位工资标准表",
        rows=(
            WAGES.rows[0],
            ("装配工", "二级", "5,860.00", "452.00", "6,312.00"),
            *WAGES.rows[3:],
            ("实习生", "—", "3,000.00", "", "3,000.00"),
        ),
    ),
)

SAFETY = replace(
    CONTRACT,
    title="劳动安全卫生专项集体合同",
    chapters=chapters(
        {
            "劳动安全卫生责任制": ("甲方建立健全从主要负责人到一线岗位的劳动安全卫生责任制，每年与各车间签订责任书。",),
            "劳动条件和安全技术措施": ("甲方每年编制安全技术措施计划，铸造车间的粉尘、噪声每半年检测一次，检测结果向职工公布。",),
            "安全操作规程": ("甲方制定并张贴各岗位安全操作规程；职工有权拒绝违章指挥和强令冒险作业。",),
            "劳动防护用品发放标准": ("甲方按照国家规定向职工免费发放劳动防护用品，炉前工每季度发放阻燃服一套、防护手套六副。",),
            "定期健康检查和职业健康体检": (
                "甲方每年组织全体职工健康检查一次，对接触职业病危害的职工组织上岗前、在岗期间和离岗时职业健康检查。",
            ),
            "职业病危害防护": ("甲方对粉尘、高温作业岗位设置警示标识，采取除尘、降温措施。",),
            "安全卫生培训": ("甲方对新上岗职工进行不少于24学时的安全培训，考核合格后方可上岗。",),
            "安全生产和职业病防治经费": ("甲方按照国家规定提取安全生产费用，专款专用，每年向职工代表大会报告使用情况。",),
            "其他": ("因履行本合同发生争议，双方协商解决；协商不成的，依法申请仲裁、提起诉讼。",),
        }
    ),
    term_from=date(2027, 1, 1),
    term_until=date(2029, 12, 31),
    effect=(
        "本合同签订后报送人力资源社会保障行政部门审查；该部门自收到本合同文本之日起15日内未提出异议的，"
        "本合同即行生效（《上海市集体合同条例》第二十三条第三款）。"
    ),
)
SPECIAL = replace(
    CONTRACT,
    title="休息休假专项集体合同",
    is_draft=True,
    chapters=chapters(
        {
            "专项事项": HEADS["休息休假"],
            "期限": ("本合同期限为2年，自2027年1月1日起至2028年12月31日止。",),
            "变更和解除程序": ("变更、解除本合同，依照签订本合同的程序进行。",),
            "违约责任": ("任何一方违反本合同，给对方造成损失的，依法承担责任。",),
        }
    ),
    employer=Party(name="沪江泵业有限公司"),
    workers=Party(name="沪江泵业有限公司工会委员会"),
    employer_signed_on=None,
    workers_signed_on=None,
    effect=SAFETY.effect,
)
REGIONAL = replace(
    SECTORAL,
    unit="江城街道企业联合会",
    title="区域性工资专项集体合同",
    is_draft=False,
    wage_table_after=3,
    employer=Party(
        name="江城街道企业联合会",
        code="51310115MJ00XXXX4T",
        address="江城街道人民路6号",
        principal="何平",
        chief="何平",
        chief_post="秘书长",
    ),
    workers=Party(name="江城街道总工会", address="江城街道人民路8号", principal="吴磊", chief="吴磊", chief_post="副主席"),
    employer_head="负责人",
    covered=tuple(f"江城{name}机械制造有限公司" for name in "甲乙丙丁戊己庚辛壬癸子丑"),
)

FORMS: "dict[str, tuple[str, DataclassInstance]]" = {
    "offer": ("negotiation/offer.html", OFFER),
    "offer-by-the-employer": ("negotiation/offer.html", EMPLOYER_OFFER),
    "wage-draft": ("negotiation/contract.html", WAGE_DRAFT),
    "wage-contract": ("negotiation/contract.html", WAGE_CONTRACT),
    "contract": ("negotiation/contract.html", CONTRACT),
    "women-draft": ("negotiation/contract.html", WOMEN),
    "sectoral-draft": ("negotiation/contract.html", SECTORAL),
    "safety-contract": ("negotiation/contract.html", SAFETY),
    "special-draft": ("negotiation/contract.html", SPECIAL),
    "regional-contract": ("negotiation/contract.html", REGIONAL),
    "resolution": ("negotiation/resolution.html", RESOLUTION),
    "resolution-at-half": ("negotiation/resolution.html", AT_HALF),
    "rejection": ("negotiation/resolution.html", REJECTED),
    "redline": ("negotiation/redline.html", REDLINE),
    **CONGRESS_FORMS,
    **TALKS_FORMS,
    **FILING_FORMS,
    **MEDIATION_FORMS,
}
