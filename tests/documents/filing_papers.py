"""The papers of signature, filing, review, publication and fulfilment, as records."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from templates.documents.contexts import Article, Chapter, Column, Party, Representative, WageTable
from templates.documents.filing import (
    Checked,
    Correction,
    FilingAccount,
    FilingLetter,
    FilingReceipt,
    FulfilmentReport,
    Member,
    PassageNotice,
    PublicationNotice,
    ReviewOpinion,
    Step,
    SupplementNotice,
    Vote,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEXT_HASH = "3f2a9c0178be4d56a1f0e2c94b7d8a635c1e0f7b92d4a8e6b3c5d7f9012e4a6c"
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
CHAPTERS = (
    Chapter(
        (
            Article(1, "公司实行岗位绩效工资制，工资由岗位工资、绩效工资和津贴组成。"),
            Article(2, "任何岗位的工资标准不得低于上海市最低工资标准。"),
        ),
        "工资分配制度、工资标准和工资分配形式",
    ),
    Chapter((Article(3, "2027年度职工平均工资增长6.5%，各岗位的标准见工资调整表。"),), "职工年度平均工资水平及其调整幅度"),
    Chapter(
        (Article(4, "甲方于每月15日前以货币形式足额支付职工上月工资；\n遇休息日或者法定休假日的，提前在最近的工作日支付。"),),
        "工资支付办法",
    ),
)
WAGES = WageTable(
    caption="工资调整表",
    columns=(
        Column("岗位（职级）", 32),
        Column("人数", 12, is_number=True),
        Column("调整前月工资（元）", 20, is_number=True),
        Column("调整后月工资（元）", 20, is_number=True),
        Column("增幅", 16, is_number=True),
    ),
    rows=(("装配工", "310", "5,400.00", "5,740.00", "6.30%"), ("铸造工", "288", "6,123.33", "6,518.75", "6.46%")),
)
AUTHORITY = "上海市浦东新区人力资源和社会保障局"
CONTRACT = "沪江泵业有限公司2027年度工资专项集体合同"
TOWN_CONTRACT = "川沙镇泵阀行业2027年度工资专项集体合同"
VOTE = Vote("沪江泵业有限公司", "第五届职工代表大会第三次会议", date(2026, 12, 18), 120, 113, 98, 9, 4)
VOTES = (
    replace(VOTE, due=120, present=113, yes=98),
    Vote("上海东岳阀门有限公司", "第二届职工代表大会第一次会议", date(2026, 12, 19), 45, 40, 38, 1, 1, recognised=True),
    Vote("上海恒昇精密铸造有限公司", "2026年职工大会", date(2026, 12, 20), 31, 28, 12, 14, 2, members="职工", passed=False),
    Vote("上海顺潮流体设备有限公司", "2026年职工大会", date(2026, 12, 20), 22, 22, 22, 0, 0, members="职工", recognised=True),
)
ASSOCIATION = Party(name="川沙镇泵阀行业协会", address="上海市浦东新区川沙镇新德路2号", principal="吴越", chief="吴越", chief_post="会长")
TOWN_UNION = Party(name="川沙镇泵阀行业工会联合会", chief="郑岚", chief_post="主席")
ENTERPRISES = ("沪江泵业有限公司", "上海东岳阀门有限公司", "上海顺潮流体设备有限公司")
PIECES = (
    "双方首席代表签字、盖章的集体合同文本",
    "集体协商过程和主要内容的说明",
    "职代会决议（写明应到、实到人数和表决票数）",
    "双方首席代表、协商代表名单和产生情况",
    "首席代表身份证明和授权委托书",
    "双方首席代表签字的协商会议记录",
    "企业营业执照和工会法人资格证明",
    "工资情况说明：上年平均工资、本年调整、涉及人数",
)

PASSAGE = PassageNotice(
    addressee="沪江泵业有限公司",
    contract=CONTRACT,
    votes=(VOTE,),
    text_hash=TEXT_HASH,
    basis=("《集体合同规定》第三十六条", "《上海市集体合同条例》第二十二条"),
    issuer="沪江泵业有限公司工会委员会",
    signer="李春梅",
    issued_on=date(2026, 12, 18),
    number="沪江泵工〔2026〕9号",
    file_period="10日",
    file_basis="《上海市集体合同条例》第二十三条第一款",
)
PASSAGE_OF_SEVERAL = replace(
    PASSAGE,
    addressee="川沙镇泵阀行业协会",
    contract=TOWN_CONTRACT,
    votes=VOTES,
    issuer="川沙镇泵阀行业工会联合会",
    signer="郑岚",
    number="",
    file_period="",
    file_basis="",
    is_signed=True,
)

LETTER = FilingLetter(
    addressee=AUTHORITY,
    contract=CONTRACT,
    purpose="签订",
    workers="沪江泵业有限公司工会委员会",
    employer="沪江泵业有限公司",
    votes=(VOTE,),
    signed_on=date(2026, 12, 21),
    basis=("《工资集体协商试行办法》第二十一条", "《集体合同规定》第四十二条第一款"),
    copies=3,
    enclosures=PIECES,
    issuer="沪江泵业有限公司",
    issued_on=date(2026, 12, 24),
    number="沪江泵业〔2026〕31号",
    term_from=date(2027, 1, 1),
    term_until=date(2027, 12, 31),
    headcount=612,
    contact="陈静，电话021-5555 0188",
)
LETTER_OF_SEVERAL = replace(
    LETTER,
    contract=TOWN_CONTRACT,
    workers="川沙镇泵阀行业工会联合会",
    employer="川沙镇泵阀行业协会",
    votes=VOTES,
    copies=5,
    enclosures=PIECES[:2],
    issuer="川沙镇泵阀行业工会联合会",
    number="",
    term_from=None,
    term_until=None,
    headcount=0,
    covered=3,
    refiled_after=date(2026, 12, 2),
    contact="",
)
LETTER_OF_TERMINATION = replace(LETTER, purpose="解除", number="", contact="", enclosures=PIECES[:3])

MEMBERS = tuple(
    Member(side, Representative(name, sex, post, chief), how, date(2026, 11, day))
    for side, name, sex, post, chief, how, day in (
        ("职工方", "李春梅", "女", "工会主席", True, "工会选派", 2),
        ("职工方", "赵志强", "男", "总装车间班组长", False, "职代会选举", 2),
        ("职工方", "欧阳慕容婉清", "女", "铸造车间炉前工兼质量检验员", False, "工会提名、职代会或职工半数以上通过", 2),
        ("企业方", "陈国栋", "男", "总经理", True, "法定代表人本人", 26),
        ("企业方", "陈静", "女", "人力资源部经理", False, "法定代表人指派", 26),
        ("企业方", "周刚", "男", "生产部经理", False, "法定代表人指派", 26),
    )
)
ACCOUNT = FilingAccount(
    contract=CONTRACT,
    employer=EMPLOYER,
    workers=UNION,
    members=MEMBERS,
    course=(
        Step(date(2026, 11, 22), "职工方书面提出集体协商要约"),
        Step(date(2026, 11, 23), "企业方收到要约"),
        Step(date(2026, 11, 27), "企业方书面答复同意协商"),
        Step(date(2026, 12, 8), "在公司综合楼二层201会议室召开第1次协商会议"),
        Step(date(2026, 12, 10), "双方首席代表议定合同草案并签字"),
        Step(date(2026, 12, 18), "沪江泵业有限公司第五届职工代表大会第三次会议审议通过合同草案"),
        Step(date(2026, 12, 21), "双方首席代表在合同文本上签字"),
    ),
    matters=(
        "工资分配制度、工资标准和工资分配形式：第三条“岗位工资”",
        "职工年度平均工资水平及其调整幅度：第二条“调整幅度”",
        "奖金、津贴、补贴等分配办法：第六条",
        "工资支付办法：第四条、第五条",
    ),
    issuer="沪江泵业有限公司",
    issued_on=date(2026, 12, 24),
    headcount=612,
    female=188,
    dispatched=24,
    term_from=date(2027, 1, 1),
    term_until=date(2027, 12, 31),
    previous=(
        "上一份合同为《沪江泵业有限公司2026年度工资专项集体合同》（期限自2026年1月1日起至2026年12月31日止）",
        "双方共检查2次，最近一次检查应当履行14项，已履行13项，履约率92.86%",
    ),
    situation_title="工资情况",
    situation=(
        "上年度职工月平均工资8,420.50元",
        "工资表所列岗位调整前月平均工资5,748.33元，调整后6,115.00元，平均增幅6.38%",
        "涉及职工598人",
    ),
    more=("公司2026年10月由子公司划入职工24人，一并适用本合同。",),
)
ACCOUNT_OF_SEVERAL = replace(
    ACCOUNT,
    contract=TOWN_CONTRACT,
    employer=ASSOCIATION,
    workers=TOWN_UNION,
    course=ACCOUNT.course[-1:],
    matters=("工资支付办法：第一条",),
    issuer="川沙镇泵阀行业协会",
    headcount=0,
    covered=ENTERPRISES,
    term_from=None,
    term_until=None,
    previous=(),
    situation_title="",
    situation=(),
    more=(),
)

RECEIPT = FilingReceipt(
    addressee="沪江泵业有限公司",
    contract=CONTRACT,
    employer="沪江泵业有限公司",
    workers="沪江泵业有限公司工会委员会",
    filed_on=date(2026, 12, 24),
    received_on=date(2026, 12, 25),
    copies=3,
    pieces=PIECES,
    basis=("《集体合同规定》第四十二条第二款", "《工资集体协商试行办法》第二十二条", "《中华人民共和国劳动合同法》第五十四条第一款"),
    issuer=AUTHORITY,
    issued_on=date(2026, 12, 25),
    number="浦人社集收〔2026〕117号",
    review_period="15日",
    review_until=date(2027, 1, 11),
)
RECEIPT_ALONE = replace(RECEIPT, pieces=PIECES[:1], number="", review_period="", review_until=None)

SUPPLEMENT = SupplementNotice(
    addressee="沪江泵业有限公司",
    contract=CONTRACT,
    received_on=date(2026, 12, 25),
    what=("双方首席代表签字的第2次协商会议记录", "企业方首席代表的授权委托书"),
    by=date(2027, 1, 4),
    basis=("《集体合同规定》第四十二条",),
    issuer=AUTHORITY,
    issued_on=date(2026, 12, 28),
    number="浦人社集补〔2026〕8号",
    receipt_number="浦人社集收〔2026〕117号",
    restarts_review=True,
)
SUPPLEMENT_OF_ONE = replace(SUPPLEMENT, what=("职代会决议应当写明应到人数。",), number="", receipt_number="", restarts_review=False)

OBJECTION = ReviewOpinion(
    title="工资协议审查意见书",
    contract=CONTRACT,
    employer=EMPLOYER,
    workers=UNION,
    received_on=date(2026, 12, 25),
    opinion=(
        "第三条约定的仓储人员岗位工资标准低于上海市最低工资标准，与国家规定相抵触",
        "企业方协商代表少于三名，不符合《集体合同规定》第十九条第二款的规定",
    ),
    objects=True,
    basis=("《集体合同规定》第四十四条", "《工资集体协商试行办法》第二十二条"),
    issuer=AUTHORITY,
    issued_on=date(2027, 1, 6),
    number="浦人社集审〔2027〕2号",
    receipt_number="浦人社集收〔2026〕117号",
    effect="请双方就上述异议事项进行集体协商，修改后依法重新审议、签字，并重新报送审查（《集体合同规定》第四十六条）。",
)
APPROVAL = replace(
    OBJECTION,
    title="集体合同审查意见书",
    contract="沪江泵业有限公司集体合同",
    workers=TOWN_UNION,
    opinion=("双方主体资格、协商程序和合同内容符合规定。",),
    objects=False,
    number="",
    receipt_number="",
    effect="审查期限（至2027年1月11日）届满，该集体合同即行生效（《集体合同规定》第四十五条、第四十七条）。",
)

PUBLICATION = PublicationNotice(
    contract=CONTRACT,
    unit="沪江泵业有限公司",
    heading="2027年度工资专项集体合同",
    workers="沪江泵业有限公司工会委员会",
    employer="沪江泵业有限公司",
    votes=(VOTE,),
    signed_on=date(2026, 12, 21),
    authority=AUTHORITY,
    effective_on=date(2027, 1, 12),
    by_silence=True,
    basis=("《工资集体协商试行办法》第二十三条", "《集体合同规定》第四十八条"),
    chapters=CHAPTERS,
    text_hash=TEXT_HASH,
    issued_on=date(2027, 1, 13),
    contract_number="沪江泵集〔2026〕2号",
    receipt_number="浦人社集收〔2026〕117号",
    term_from=date(2027, 1, 1),
    term_until=date(2027, 12, 31),
    wage_table=WAGES,
    wage_table_after=3,
    contact="公司工会，电话021-5555 0123",
)
PUBLICATION_TO_SEVERAL = replace(
    PUBLICATION,
    contract=TOWN_CONTRACT,
    unit="川沙镇泵阀行业协会",
    heading="行业性工资专项集体合同",
    workers="川沙镇泵阀行业工会联合会",
    employer="川沙镇泵阀行业协会",
    votes=VOTES,
    by_silence=False,
    chapters=CHAPTERS[:1],
    contract_number="",
    receipt_number="",
    opinion_number="浦人社集审〔2027〕2号",
    term_from=None,
    term_until=None,
    wage_table=None,
    wage_table_after=None,
    covered=ENTERPRISES,
    contact="",
)

REPORT = FulfilmentReport(
    unit="沪江泵业有限公司",
    contract=CONTRACT,
    ordinal=1,
    period_from=date(2027, 1, 12),
    period_until=date(2027, 6, 30),
    method="自查、查阅工资支付记录、访谈职工32人、发放问卷120份",
    group=("企业方：陈静、周刚", "职工方：李春梅、赵志强"),
    checked=(
        Checked(2, "调整幅度", "2027年度职工平均工资增长6.5%", "企业方", "履行", "截至6月已增长6.62%"),
        Checked(3, "岗位工资", "自2027年1月1日起执行《岗位工资标准表》", "企业方", "履行"),
        Checked(5, "", "每月15日前足额支付上月工资，遇休息日或者法定休假日的提前支付", "企业方", "部分履行", "2月工资于17日支付"),
        Checked(6, "津贴", "夜班津贴每班25元", "企业方", "未履行", "铸造车间4月、5月未发"),
        Checked(6, "津贴", "高温津贴每月300元", "企业方", "有争议", "双方对6月是否属于高温月份有不同意见"),
        Checked(9, "争议处理", "向职工宣讲合同内容", "职工方", "履行"),
    ),
    fulfilled=3,
    partly=1,
    unfulfilled=1,
    disputed=1,
    corrections=(
        Correction(
            "每月15日前足额支付上月工资，遇休息日或者法定休假日的提前支付",
            "企业方",
            date(2027, 7, 20),
            date(2027, 7, 9),
            "已调整工资结算日",
        ),
        Correction("夜班津贴每班25元", "企业方", date(2027, 7, 31)),
    ),
    conclusion=("合同总体履行较好，工资支付日期和夜班津贴两项应当按期整改。", "高温津贴的争议由双方首席代表另行协商。"),
    issued_on=date(2027, 7, 12),
    basis=("《企业民主管理规定》第十三条",),
    satisfaction="发出问卷120份，收回116份，对合同履行情况满意的108份，满意率93.10%。",
    responsible="陈静（人力资源部经理）",
    measures=("每季度由双方核对一次津贴发放情况", "工资支付日期遇节假日的，提前三个工作日结算"),
)
REPORT_WITHOUT_FAULT = replace(
    REPORT,
    ordinal=2,
    method="",
    group=("双方各两人",),
    checked=REPORT.checked[:2] * 6,
    fulfilled=12,
    partly=0,
    unfulfilled=0,
    disputed=0,
    corrections=(),
    conclusion=("全部履行",),
    basis=(),
    satisfaction="",
    responsible="",
    measures=(),
)

FILING_FORMS: "dict[str, tuple[str, DataclassInstance]]" = {
    "passage": ("negotiation/passage.html", PASSAGE),
    "passage-of-several": ("negotiation/passage.html", PASSAGE_OF_SEVERAL),
    "filing-letter": ("negotiation/filing-letter.html", LETTER),
    "filing-letter-of-several": ("negotiation/filing-letter.html", LETTER_OF_SEVERAL),
    "filing-letter-of-termination": ("negotiation/filing-letter.html", LETTER_OF_TERMINATION),
    "filing-account": ("negotiation/filing-account.html", ACCOUNT),
    "filing-account-of-several": ("negotiation/filing-account.html", ACCOUNT_OF_SEVERAL),
    "filing-receipt": ("negotiation/filing-receipt.html", RECEIPT),
    "filing-receipt-alone": ("negotiation/filing-receipt.html", RECEIPT_ALONE),
    "supplement-notice": ("negotiation/supplement-notice.html", SUPPLEMENT),
    "supplement-notice-of-one": ("negotiation/supplement-notice.html", SUPPLEMENT_OF_ONE),
    "review-objection": ("negotiation/review-opinion.html", OBJECTION),
    "review-approval": ("negotiation/review-opinion.html", APPROVAL),
    "publication": ("negotiation/publication.html", PUBLICATION),
    "publication-to-several": ("negotiation/publication.html", PUBLICATION_TO_SEVERAL),
    "fulfilment-report": ("negotiation/fulfilment-report.html", REPORT),
    "fulfilment-report-without-fault": ("negotiation/fulfilment-report.html", REPORT_WITHOUT_FAULT),
}
