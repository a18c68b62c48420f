"""The papers of a mediation, as records that the templates print: each in full, and with what may be missing left out."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from templates.documents.mediation import (
    Acceptance,
    Application,
    ArchiveLine,
    ArchiveList,
    Case,
    ConsentEnquiry,
    Declining,
    Disputant,
    Evidence,
    Extension,
    Failure,
    Limit,
    OralApplication,
    Recourse,
    RegisterSheet,
    ServiceSlip,
    Sides,
    TalkRecord,
)
from templates.documents.settlements import (
    Agreement,
    Duty,
    FollowUp,
    GroupReport,
    JointApplication,
    MediationSuggestion,
    PaymentOrder,
    PerformanceReminder,
    Settlement,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LMAL = "《中华人民共和国劳动争议调解仲裁法》"
ORDER_17 = "《企业劳动争议协商调解规定》"
ORDER_33 = "《劳动人事争议仲裁办案规则》"
CPL = "《中华人民共和国民事诉讼法》"
COMMITTEE = "江城街道劳动争议调解委员会"
COMMISSION = "沪江区劳动人事争议仲裁委员会"
NUMBER = "江城劳调〔2026〕17号"
AGREEMENT = "江城劳调协〔2026〕9号"

WORKER = Disputant(
    name="王建国",
    sex="男",
    born_on=date(1988, 3, 2),
    identity="310115198803020011",
    employer="沪江泵业有限公司",
    post="装配工",
    address="上海市沪江区江城路12弄3号501室",
    phone="138 0000 0012",
    agent="赵律，上海江城律师事务所律师，一般授权",
)
UNIT = Disputant(
    name="沪江泵业有限公司",
    is_person=False,
    identity="91310115MA1K00XX7Q",
    address="上海市沪江区工业路88号",
    phone="021-5555 0100",
    head="周明",
    head_post="董事长",
    agent="陈静，人力资源部经理，特别授权",
)
SIDES = Sides((WORKER,), (UNIT,))
GROUP = Sides(
    tuple(
        Disputant(name, sex="男", identity=f"3101151988030200{number:02d}", phone=f"138 0000 00{number:02d}")
        for number, name in enumerate(
            ["王建国", "赵德柱", "钱喆", "孙昇", "李㛃", "周平", "吴磊", "郑强", "冯刚", "陈涛", "褚明", "卫东"], 11
        )
    ),
    (UNIT,),
    ("王建国", "赵德柱", "钱喆"),
)
REQUESTS = ("支付2026年1月至3月拖欠的工资24,600元；", "支付2025年度休息日加班工资9,480.50元。")
FACTS = (
    "申请人于2021年5月6日进入被申请人处，担任总装车间装配工，双方签订了书面劳动合同，约定月工资8,200元，每月10日支付上月工资。",
    "2026年1月起，被申请人以资金周转困难为由没有支付工资；2025年度，申请人在休息日加班共11天，被申请人没有安排补休，也没有支付加班工资。",
)
CASE = Case(NUMBER, "王建国", "沪江泵业有限公司", ("劳动报酬",), date(2026, 4, 7), COMMITTEE)
GROUP_CASE = replace(CASE, applicant="王建国等12人", number="江城劳调〔2026〕18号")
OPEN = Recourse(
    basis=(f"{LMAL}第五条", f"{LMAL}第二十一条第二款"),
    limits=(
        Limit(
            "其他请求",
            "1年",
            f"{LMAL}第二十七条第一款",
            f"2026年4月10日对方不同意调解（{ORDER_17}第三十一条第（五）项）",
            date(2027, 4, 12),
        ),
    ),
    fee_basis=f"{LMAL}第五十三条",
)
WAGES = replace(OPEN, limits=(Limit("拖欠的劳动报酬", "1年", f"{LMAL}第二十七条第四款", is_unlimited=True), *OPEN.limits))
UNTOLD = replace(OPEN, limits=(Limit("其他请求", "1年", f"{LMAL}第二十七条第一款"),), fee_basis="")

APPLICATION = Application(
    title="劳动争议调解申请书",
    sides=SIDES,
    basis=(f"{LMAL}第十条", f"{ORDER_17}第二十一条"),
    requests=REQUESTS,
    facts=FACTS,
    addressee=COMMITTEE,
    issued_on=date(2026, 4, 7),
    asks_for="调解",
    amount=3408050,
    evidence=(
        Evidence("劳动合同", "双方的劳动关系和约定的月工资", "申请人持有"),
        Evidence("2025年度考勤记录", "休息日加班的天数", "被申请人掌握"),
    ),
    enclosures=("本申请书副本1份", "证据材料2件"),
)
GROUP_APPLICATION = replace(APPLICATION, sides=GROUP, evidence=(), enclosures=(), amount=41000000)
BY_THE_UNIT = replace(
    APPLICATION,
    sides=Sides((UNIT,), (replace(WORKER, agent=""),)),
    requests=("返还2025年度培训费用12,000元",),
    facts=("被申请人在服务期内提出辞职，没有按照服务期协议返还培训费用。",),
    amount=None,
    evidence=(),
    enclosures=(),
)
ARBITRATION = replace(
    APPLICATION,
    title="劳动人事争议仲裁申请书",
    addressee=COMMISSION,
    asks_for="仲裁",
    basis=(f"{LMAL}第五条", f"{LMAL}第二十八条"),
    issued_on=date(2026, 5, 6),
    course=(
        f"申请人于2026年4月7日向{COMMITTEE}申请调解（{NUMBER}）",
        "2026年4月24日，在规定的期限内没有达成调解协议",
    ),
    witnesses=("钱喆，住上海市沪江区江城路20号",),
    enclosures=("本申请书副本1份", "证据材料2件", "调解不成通知书"),
)
ORAL = OralApplication(
    time="2026年4月7日9时30分",
    place="江城街道综合服务中心二楼调解室",
    recorder="林晓",
    committee=COMMITTEE,
    sides=SIDES,
    matters=("劳动报酬",),
    requests=REQUESTS,
    facts=FACTS,
    basis=(f"{LMAL}第十二条", f"{ORDER_17}第二十一条"),
    taken_on=date(2026, 4, 7),
    amount=3408050,
)
ENQUIRY = ConsentEnquiry(
    case=CASE,
    requests=REQUESTS,
    reply_by=date(2026, 4, 9),
    accept_basis=f"{ORDER_17}第二十二条",
    reject_basis=f"{ORDER_17}第三十一条第（五）项",
    closed_basis=f"{ORDER_17}第二十四条",
    issued_on=date(2026, 4, 7),
    number="江城劳调征〔2026〕17号",
    contact="林晓，021-5555 0200",
)
ACCEPTANCE = Acceptance(
    case=CASE,
    origin="application",
    accepted_on=date(2026, 4, 9),
    basis=(f"{ORDER_17}第二十二条",),
    period="15日",
    period_from="受理调解申请",
    ends_on=date(2026, 4, 24),
    period_basis=f"{ORDER_17}第二十九条",
    arbitration_from=date(2026, 4, 22),
    arbitration_basis=f"{LMAL}第十四条第三款",
    closed_basis=f"{ORDER_17}第二十四条",
    evidence_basis=f"{LMAL}第六条",
    issued_on=date(2026, 4, 9),
    number="江城劳调受〔2026〕12号",
    contact="林晓，021-5555 0200",
)
OWN_MOTION = replace(ACCEPTANCE, origin="motion", mediators=("张和", "李平"), contact="", basis=(f"{ORDER_17}第二十三条",))
DECLINED = Declining(
    case=CASE,
    ground="refused",
    basis=(f"{ORDER_17}第二十二条",),
    arbitration=OPEN,
    issued_on=date(2026, 4, 10),
    number="江城劳调不〔2026〕3号",
)
OUT_OF_SCOPE = replace(
    DECLINED,
    case=replace(CASE, matters=("借款",)),
    ground="out_of_scope",
    reasons=("双方之间的借款与劳动关系无关，属于一般民事纠纷",),
    arbitration=UNTOLD,
)
HEADS = (
    "确认劳动关系",
    "订立、履行、变更、解除和终止劳动合同",
    "除名、辞退和辞职、离职",
    "工作时间、休息休假、社会保险、福利、培训以及劳动保护",
    "劳动报酬、工伤医疗费、经济补偿或者赔偿金等",
    "法律、法规规定的其他劳动争议",
)
REGISTER = RegisterSheet(
    case=CASE,
    sides=SIDES,
    channel="来访",
    heads=tuple((head, place == 4) for place, head in enumerate(HEADS)),
    requests=REQUESTS,
    persons=1,
    issued_on=date(2026, 6, 30),
    amount=3408050,
    accepted_on=date(2026, 4, 9),
    mediators=("张和",),
    ends_on=date(2026, 4, 24),
    outcome="达成调解协议，履行完毕",
    closed_on=date(2026, 6, 12),
    agreement=f"{AGREEMENT}，2026年4月21日生效",
    performance="约定的2项全部履行",
    recorder="林晓",
)
NEW_GROUP_REGISTER = replace(
    REGISTER,
    case=GROUP_CASE,
    sides=GROUP,
    persons=12,
    amount=None,
    accepted_on=None,
    mediators=(),
    ends_on=None,
    outcome="",
    closed_on=None,
    agreement="",
    performance="",
    recorder="",
)
TALK = TalkRecord(
    case=CASE,
    ordinal=1,
    time="2026年4月15日14时",
    place="江城街道综合服务中心二楼调解室",
    mediators=("张和",),
    recorder="林晓",
    present=("王建国（申请人）", "赵律（申请人的委托代理人）", "陈静（被申请人的委托代理人）"),
    record=(
        "申请人：公司从今年1月起没有发工资，去年休息日加班11天也没有补休。",
        "被申请人：拖欠三个月工资属实，因货款没有收回。加班按公司记录是9天。",
        "调解员出示考勤记录，双方核对，确认加班为11天。",
        "被申请人：愿意分两期付清工资，加班工资按核对的天数一次付清。",
    ),
    outcome="双方对加班天数和应付金额意见一致，对支付的期限约定下次调解时商定",
    basis=(f"{LMAL}第三条", f"{ORDER_17}第二十四条"),
    held_on=date(2026, 4, 15),
)
REFUSED_TALK = replace(TALK, ordinal=2, is_public=True, outcome="", refused=("被申请人的委托代理人认为记录需由公司确认，没有签名",))
DUTIES = (
    Duty("支付2026年1月至3月工资的第一期", "沪江泵业有限公司", "银行转账", date(2026, 4, 30), 1230000, "劳动报酬"),
    Duty("支付2026年1月至3月工资的第二期", "沪江泵业有限公司", "银行转账", date(2026, 5, 31), 1230000, "劳动报酬"),
    Duty("支付2025年度休息日加班工资", "沪江泵业有限公司", "银行转账", date(2026, 4, 30), 948050, "劳动报酬"),
    Duty("出具2025年度工资收入证明", "沪江泵业有限公司", "书面交付", date(2026, 5, 8)),
)
ACCORD = Agreement(
    case=CASE,
    sides=SIDES,
    mediators=("张和",),
    requests=REQUESTS,
    results=(
        "被申请人分两期支付2026年1月至3月的工资共24,600元",
        "被申请人支付2025年度休息日加班工资9,480.50元",
        "被申请人出具2025年度工资收入证明",
        "除上述各项外，双方就本案争议没有其他请求",
    ),
    duties=DUTIES,
    copies=3,
    basis=(f"{LMAL}第十四条", f"{ORDER_17}第二十六条"),
    effect_basis=(f"{LMAL}第十四条第二款",),
    default_basis=f"{LMAL}第十五条",
    issued_on=date(2026, 4, 21),
    facts=FACTS,
    liability=("被申请人任何一期逾期支付的，其余各期视为一并到期",),
    review_period="15日",
    review_basis=f"{ORDER_33}第七十四条",
    confirmation_period="30日",
    confirmation_basis=f"{CPL}第二百零五条",
    order_basis=f"{LMAL}第十六条",
    suit_basis="《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第五十一条第二款",
    number=AGREEMENT,
)
GROUP_ACCORD = replace(
    ACCORD,
    case=GROUP_CASE,
    sides=GROUP,
    results=("被申请人为12名申请人补办2025年度高温作业体检",),
    duties=(Duty("安排12名申请人体检", "沪江泵业有限公司", "到指定医院", date(2026, 5, 31)),),
    facts=(),
    liability=(),
    review_period="",
    confirmation_period="",
    order_basis="",
    suit_basis="",
)
FAILURE = Failure(
    case=CASE,
    accepted_on=date(2026, 4, 9),
    ground="expired",
    ended_on=date(2026, 4, 24),
    basis=(f"{ORDER_17}第二十九条", f"{ORDER_17}第三十条"),
    arbitration=OPEN,
    mediators=("张和",),
    issued_on=date(2026, 4, 24),
    account=("双方对加班天数没有争议，对支付的期限没有达成一致",),
    number="江城劳调终〔2026〕4号",
)
UNPERFORMED = replace(FAILURE, ground="unperformed", arbitration=WAGES, account=(), basis=(f"{ORDER_17}第三十条",))
EXTENSION = Extension(
    case=CASE,
    accepted_on=date(2026, 4, 9),
    ended_on=date(2026, 4, 24),
    until=date(2026, 5, 9),
    ordinal=1,
    reasons=("需要等待审计报告核定应付金额",),
    basis=f"{ORDER_17}第二十九条",
    arbitration_period="15日",
    arbitration_basis=f"{LMAL}第十四条第三款",
    issued_on=date(2026, 4, 23),
)
SERVED = ServiceSlip(
    case=CASE,
    document="劳动争议调解受理通知书",
    document_number="江城劳调受〔2026〕12号",
    addressee="沪江泵业有限公司",
    manner="直接送达",
    place="上海市沪江区工业路88号",
    basis=(f"{CPL}第八十七条", f"{CPL}第八十九条", f"{ORDER_33}第二十条"),
    issued_on=date(2026, 4, 10),
)
SERVED_BY_LEAVING = replace(
    SERVED, received_on=date(2026, 4, 10), refusal="收发室以负责人外出为由拒收，留置并拍照", witness="何平（社区工作者）", server="林晓"
)
REVIEW = JointApplication(
    to_court=False,
    addressee=COMMISSION,
    sides=SIDES,
    committee=COMMITTEE,
    agreement=AGREEMENT,
    effective_on=date(2026, 4, 21),
    until=date(2026, 5, 6),
    duties=DUTIES,
    basis=(f"{ORDER_33}第七十四条", f"{ORDER_17}第二十七条"),
    enclosures=("调解协议书", "双方的身份证明、资格证明", "与调解协议有关的证明材料", "双方的送达地址、电话号码等联系方式"),
    issued_on=date(2026, 4, 24),
)
CONFIRMATION = replace(
    REVIEW,
    to_court=True,
    addressee="上海市沪江区人民法院",
    until=date(2026, 5, 21),
    basis=(f"{CPL}第二百零五条",),
    enclosures=("调解协议书", f"{COMMITTEE}主持调解的证明", "双方的身份、住所、联系方式等基本信息"),
)
ORDER = PaymentOrder(
    addressee="上海市沪江区人民法院",
    sides=SIDES,
    committee=COMMITTEE,
    agreement=AGREEMENT,
    effective_on=date(2026, 4, 21),
    owed=DUTIES[1:2],
    amount=1230000,
    facts=("申请人于2026年6月2日、6月9日两次催要，被申请人没有支付",),
    basis=(f"{LMAL}第十六条", f"{CPL}第二百二十五条"),
    evidence=(Evidence("调解协议书", "被申请人应当支付的金额和期限"), Evidence("履行督促函和送达回证", "款项到期没有支付")),
    issued_on=date(2026, 6, 15),
)
VISITED = tuple(replace(one, state="逾期未履行" if number == 1 else "已履行") for number, one in enumerate(DUTIES))
FOLLOW_UP = FollowUp(
    case=CASE,
    agreement=f"{AGREEMENT}（2026年4月21日生效）",
    visited="王建国（申请人）",
    time="2026年6月2日10时",
    way="电话",
    visitor="张和",
    duties=VISITED,
    remainder=1230000,
    satisfaction="满意",
    account=("第二期工资没有到账，向公司催过一次",),
    action=("向被申请人发出履行督促函",),
    basis=f"{ORDER_17}第十六条第（三）项",
    visited_on=date(2026, 6, 2),
)
LAST_FOLLOW_UP = replace(FOLLOW_UP, duties=DUTIES[3:], remainder=0, satisfaction="", account=(), action=())
URGED = PerformanceReminder(
    case=CASE,
    addressee="沪江泵业有限公司",
    agreement=AGREEMENT,
    effective_on=date(2026, 4, 21),
    overdue=DUTIES[1:2],
    amount=1230000,
    perform_by=date(2026, 6, 9),
    basis=f"{ORDER_17}第十六条第（三）项",
    binding_basis=f"{LMAL}第十四条第二款",
    default_basis=f"{LMAL}第十五条",
    issued_on=date(2026, 6, 2),
    order_basis=f"{LMAL}第十六条",
    suit_basis="《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第五十一条第二款",
    contact="张和，021-5555 0200",
    number="江城劳调督〔2026〕2号",
)
URGED_ONCE_CONFIRMED = replace(URGED, overdue=DUTIES[3:], amount=0, is_confirmed=True, order_basis="", suit_basis="", contact="")
SETTLED = Settlement(
    sides=SIDES,
    matters=("劳动报酬",),
    facts=FACTS[:1],
    results=("乙方于2026年4月30日前一次付清拖欠的工资和加班工资，共34,080.50元", "甲方收到款项后，双方的争议了结"),
    duties=(Duty("支付工资和加班工资", "沪江泵业有限公司", "银行转账", date(2026, 4, 30), 3408050),),
    basis=f"{ORDER_17}第十一条",
    default_basis=f"{ORDER_17}第十二条",
    issued_on=date(2026, 4, 16),
    case_number=NUMBER,
)
SETTLED_BEFORE = replace(SETTLED, case_number="", duties=())
SUGGESTION = MediationSuggestion(
    commission=COMMISSION,
    applicant="王建国",
    respondent="沪江泵业有限公司",
    matters=("劳动报酬",),
    filed_on=date(2026, 4, 1),
    committee=COMMITTEE,
    reply_by=date(2026, 4, 8),
    basis=f"{ORDER_33}第六十九条",
    issued_on=date(2026, 4, 2),
    contact="沪江区仲裁院立案窗口，021-5555 0300",
)
REPORT = GroupReport(
    unit="沪江泵业有限公司",
    happened_on=date(2026, 4, 7),
    place="上海市沪江区工业路88号总装车间",
    persons=12,
    matters=("劳动报酬",),
    cause=("公司连续三个月没有支付工资", "没有公布支付的安排"),
    demands=("一次付清拖欠的工资",),
    actions=("12名职工推举代表申请调解，生产秩序正常",),
    measures=("调解委员会已经受理", "工会派人联系职工代表和公司负责人"),
    trend=("公司4月底前有货款到账，按期支付的，争议有望平息",),
    addressee="江城街道总工会",
    basis=("《中华人民共和国工会法》第二十八条", f"{ORDER_17}第十六条第（七）项"),
    issuer="沪江泵业有限公司工会委员会",
    issued_on=date(2026, 4, 8),
    contact="李敏，021-5555 0123",
)
ARCHIVE = ArchiveList(
    case=CASE,
    file_number="2026—调—017",
    outcome="达成调解协议，履行完毕",
    closed_on=date(2026, 6, 12),
    years=5,
    lines=(
        ArchiveLine("劳动争议调解申请书", "", date(2026, 4, 7), 2),
        ArchiveLine("征询调解意见书", "江城劳调征〔2026〕17号", date(2026, 4, 7), 2),
        ArchiveLine("劳动争议调解受理通知书", "江城劳调受〔2026〕12号", date(2026, 4, 9), 2),
        ArchiveLine("劳动争议调解协议书", AGREEMENT, date(2026, 4, 21), 3, "原件"),
        ArchiveLine("银行转账凭证"),
    ),
    archivist="林晓",
    basis=f"{ORDER_17}第三十二条",
    archived_on=date(2026, 6, 30),
    missing=("受理通知书的送达回证",),
)

MEDIATION_FORMS: "dict[str, tuple[str, DataclassInstance]]" = {
    "mediation-application": ("mediation/application.html", APPLICATION),
    "mediation-application-of-a-group": ("mediation/application.html", GROUP_APPLICATION),
    "mediation-application-by-the-unit": ("mediation/application.html", BY_THE_UNIT),
    "arbitration-application": ("mediation/application.html", ARBITRATION),
    "oral-application": ("mediation/oral-application.html", ORAL),
    "consent-enquiry": ("mediation/consent-enquiry.html", ENQUIRY),
    "acceptance": ("mediation/acceptance.html", ACCEPTANCE),
    "acceptance-of-own-motion": ("mediation/acceptance.html", OWN_MOTION),
    "declining": ("mediation/declining.html", DECLINED),
    "declining-out-of-scope": ("mediation/declining.html", OUT_OF_SCOPE),
    "mediation-register": ("mediation/register.html", REGISTER),
    "mediation-register-of-a-new-group": ("mediation/register.html", NEW_GROUP_REGISTER),
    "talk": ("mediation/talk.html", TALK),
    "talk-unsigned": ("mediation/talk.html", REFUSED_TALK),
    "mediation-agreement": ("mediation/agreement.html", ACCORD),
    "mediation-agreement-of-a-group": ("mediation/agreement.html", GROUP_ACCORD),
    "mediation-failure": ("mediation/failure.html", FAILURE),
    "mediation-failure-unperformed": ("mediation/failure.html", UNPERFORMED),
    "mediation-extension": ("mediation/extension.html", EXTENSION),
    "service-record": ("mediation/service-record.html", SERVED),
    "service-record-refused": ("mediation/service-record.html", SERVED_BY_LEAVING),
    "review-application": ("mediation/joint-application.html", REVIEW),
    "confirmation-application": ("mediation/joint-application.html", CONFIRMATION),
    "payment-order": ("mediation/payment-order.html", ORDER),
    "follow-up": ("mediation/follow-up.html", FOLLOW_UP),
    "follow-up-in-short": ("mediation/follow-up.html", LAST_FOLLOW_UP),
    "performance-reminder": ("mediation/performance-reminder.html", URGED),
    "performance-reminder-once-confirmed": ("mediation/performance-reminder.html", URGED_ONCE_CONFIRMED),
    "settlement": ("mediation/settlement.html", SETTLED),
    "settlement-in-short": ("mediation/settlement.html", SETTLED_BEFORE),
    "mediation-suggestion": ("mediation/suggestion.html", SUGGESTION),
    "group-report": ("mediation/group-report.html", REPORT),
    "mediation-archive": ("mediation/archive.html", ARCHIVE),
}
