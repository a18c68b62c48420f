"""Disputes before two committees in the demonstration: a street's and an enterprise's own, with a case at every stage."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from mediation.acts import MEDIATIONS, apply_for_mediation, demand_consultation
from mediation.committees import acts as rolls
from mediation.committees import terms as committees
from mediation.committees.acts import By
from mediation.committees.forms import Absence, Declare, HowProduced
from mediation.forms import Application, Consultation
from mediation.models import MediationCase
from mediation.terms import PartyRole
from web.demo.people import PUMPS, REGION, STREET, TEXTILES, Someone, World, found, seat
from web.demo.tale import noon, scan
from workflow import evidence, jobs
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.procedure import Actor
from workflow.proceedings import do
from workflow.seats import Seat

OWN, STREETS = "江城泵业劳动争议调解委员会", "临溪街道劳动人事争议调解委员会"
CHAIR = Someone("顾长河", "调解委员会主任", "gu.changhe")
CLERK = Someone("方雨晴", "调解委员会工作人员", "fang.yuqing", female=True)
LUO = Someone("罗文斌", "专职调解员", "luo.wenbin")
JIANG = Someone("蒋芸", "专职调解员", "jiang.yun", female=True)
TANG = Someone("汤海", "企业管理部经理", "tang.hai")
EATERY = "杭州青禾小馆餐饮管理有限公司"
PAY, LEAVING = ["payment"], ["dismissal", "payment"]


def disputes(world: World) -> None:
    _committees(world)
    _rolls(world)
    _registered(world)
    _consulting(world)
    _refused(world)
    _mediating(world)
    _agreed(world)
    _performing(world)
    _closed(world)
    _of_many(world)


def _committees(world: World) -> None:
    """Of the enterprise's own the chair is of its union, and each side has two members; the street's has two mediators of its own."""
    own = found(world, OWN, OrganisationKind.COMMITTEE, PUMPS.region, of_id=world.bodies[PUMPS.key], document_code="江泵")
    street = found(
        world, STREETS, OrganisationKind.COMMITTEE, REGION.region, name=f"杭州市西溪区{STREETS}", parent_id=world.bodies[STREET],
        document_code="临溪",
    )  # fmt: skip
    for office, one in ((Office.COMMITTEE_CHAIR, CHAIR), (Office.COMMITTEE_CLERK, CLERK), (Office.MEDIATOR, LUO), (Office.MEDIATOR, JIANG)):
        seat(world, STREETS, STREETS, office, one)
    seat(world, PUMPS.key, PUMPS.key, Office.MANAGER, TANG)
    for body, firm, office, one in (
        (own, PUMPS, Office.COMMITTEE_CHAIR, PUMPS.chair),
        (own, PUMPS, Office.COMMITTEE_CLERK, PUMPS.recorder),
        (own, PUMPS, Office.COMMITTEE_MEMBER, PUMPS.officer),
        (own, PUMPS, Office.COMMITTEE_MEMBER, PUMPS.managers[0]),
        (own, PUMPS, Office.COMMITTEE_MEMBER, TANG),
        (street, REGION, Office.COMMITTEE_MEMBER, REGION.officer),
        (street, REGION, Office.COMMITTEE_MEMBER, REGION.managers[0]),
    ):
        since = date(world.on.year - 1, 1, 1)
        world.db.add(Appointment(person_id=world.people[firm.key, one.name], organisation_id=body, office=office, since=since))
    world.db.flush()


def _rolls(world: World) -> None:
    """How each was produced, what the mediators are good at, who is away next week and what one of them declared."""
    by = {OWN: world.people[PUMPS.key, PUMPS.chair.name], STREETS: world.people[STREETS, CHAIR.name]}
    for at, one, produced in (
        (OWN, PUMPS.chair, "union_committee"),
        (OWN, PUMPS.officer, "union_committee"),
        (OWN, PUMPS.managers[0], "named"),
        (OWN, TANG, "named"),
        (STREETS, CHAIR, "jointly"),
        (STREETS, REGION.officer, "union_committee"),
        (STREETS, REGION.managers[0], "named"),
    ):
        firm = {OWN: PUMPS.key, STREETS: STREETS if one is CHAIR else REGION.key}[at]
        held = select(Appointment).where(
            Appointment.organisation_id == world.bodies[at],
            Appointment.person_id == world.people[firm, one.name],
            col(Appointment.office).in_(committees.MAY_BE),
        )
        entered = By(by[at], Seat.COMMITTEE_CHAIR, world.ago(40), noon(world.ago(40)))
        rolls.note_production(world.db, world.db.exec(held).one(), HowProduced(produced=produced), entered)
    street, entered = (
        world.db.get_one(Organisation, world.bodies[STREETS]),
        By(by[STREETS], Seat.COMMITTEE_CHAIR, world.ago(40), noon(world.ago(40))),
    )
    luo, jiang = (world.people[STREETS, one.name] for one in (LUO, JIANG))
    rolls.note_skills(world.db, street, luo, ["payment", "dismissal"], entered)
    rolls.note_skills(world.db, street, jiang, ["contract", "conditions", "payment"], entered)
    rolls.note_absence(world.db, street, luo, Absence(since=world.on + timedelta(days=7), until=world.on + timedelta(days=11)), entered)
    rolls.declare(world.db, street, jiang, Declare(name=EATERY, tie="employed"), entered)


class Dispute:
    """One case, act by act, on working days so many before the day of loading."""

    def __init__(self, world: World, at: str, case: MediationCase) -> None:
        self.world, self.at, self.case = world, at, case
        self.db: Session = world.db

    def act(self, name: str, one: Someone, ago: int | date, /, among: str = "", *, seat: Seat | None = None, **sent: Any) -> None:
        day = ago if isinstance(ago, date) else self.world.ago(ago)
        by = MEDIATIONS.actor(self.db, self.case, self.world.people[among or self.at, one.name], day)
        if seat is not None:
            by = Actor(by.person_id, by.seats, seat, may_record=True)
        do(self.db, MEDIATIONS, self.case, name, {"on": day, **sent}, by=by, today=day, at=noon(day))

    def wait(self, until: date) -> None:
        while lapses := [one for one in jobs.lapses(self.db, [MEDIATIONS], until) if one.case_id == self.case.id]:
            if not any([jobs.perform_lapse(self.db, MEDIATIONS, one, noon(one.day)) for one in lapses]):
                break

    def paper(self, name: str) -> list[dict[str, str]]:
        return paper(self.world, name)

    def party(self, role: PartyRole) -> int:
        return MEDIATIONS.facts(self.db, self.case, self.world.on).side(role)[0].id or 0

    def to_accepted(self, ago: int, clerk: Someone, chair: Someone, among: str = "") -> None:
        """Asked, agreed to on paper and accepted within the three working days."""
        self.act("ask_consent", clerk, ago, among, answer_by=_a_week_after(self.world.ago(ago)))
        self.act("consent", clerk, ago - 1, among, seat=Seat.RESPONDENT, evidence=self.paper("同意调解的书面答复"))
        self.act("accept", chair, ago - 1, among)

    def agree(self, one: Someone, ago: int, result: str, terms: Sequence[tuple[str, str, str, date]], among: str = "", **more: Any) -> None:
        rows = [
            {
                "debtor": self.party(PartyRole.RESPONDENT),
                "what": what,
                "head": head,
                "amount_fen": amount,
                "due": due,
                "how": "转入申请人工资卡",
            }
            for what, head, amount, due in terms
        ]
        self.act(
            "agree", one, ago, among, result=result, terms=rows, liability="逾期未付的，申请人可以依法申请支付令或者申请仲裁。", **more
        )

    def sign(self, clerk: Someone, mediator: Someone, ago: int, sides: Sequence[PartyRole] = tuple(PartyRole), among: str = "") -> None:
        """Both sides on paper, the mediator, and the seal."""
        for role in sides:
            self.act("sign", clerk, ago, among, seat=Seat(role), mark=f"party:{self.party(role)}", evidence=self.paper("调解协议书签字页"))
        self.act("sign", mediator, ago, among, mark="mediator")
        self.act("sign", clerk, ago, among, mark="seal")


def _registered(world: World) -> None:
    """A worker applied online; the enterprise is still to be asked."""
    own = PUMPS.workers[1]
    _apply(
        world, OWN, 1, own, applicants=[_worker(world, PUMPS.key, own)], respondents=[_employer(world, PUMPS.key)], matters=["conditions", "payment"],
        requests="支付2026年国庆节三天加班工资差额2760元", account="国庆节三天安排加班，工资按百分之二百计发，应当按百分之三百计发。",
        claim_fen="2760", known_on=world.ago(30),
    )  # fmt: skip


def _consulting(world: World) -> None:
    own = PUMPS.presiding
    day = world.ago(2)
    form = Consultation.read(
        {
            "committee": world.bodies[OWN],
            "matters": ["contract"],
            "applicants": [_worker(world, PUMPS.key, own)],
            "respondents": [_employer(world, PUMPS.key)],
            "requests": "继续履行原岗位，不调到外地分公司",
            "account": "公司口头通知下月调往外地分公司，没有协商一致。",
            "known_on": world.ago(6),
        }
    )
    by = Actor(world.people[PUMPS.key, own.name], frozenset({Seat.APPLICANT}), Seat.APPLICANT)
    demand_consultation(world.db, form, world.db.get_one(Organisation, world.bodies[OWN]), by=by, today=day, at=noon(day))


def _refused(world: World) -> None:
    case = _street(
        world, 46, "counter", "麻建军", "杭州临溪木器制造有限公司", LEAVING, "支付违法解除劳动合同的赔偿金38000元",
        "公司以组织结构调整为由口头通知解除劳动合同，没有提前通知，也没有支付补偿。", "38000",
    )  # fmt: skip
    case.act("ask_consent", CLERK, 45, answer_by=_a_week_after(world.ago(45)))
    case.act(
        "refuse_consent", CLERK, 43, seat=Seat.RESPONDENT, reason="公司认为应当通过仲裁解决。", evidence=case.paper("不同意调解的书面答复")
    )
    case.act("decline", CHAIR, 43, cause="refused", reason="被申请人书面答复不同意调解，申请人可以申请劳动争议仲裁。")


def _mediating(world: World) -> None:
    """Two parties spoken to apart, and a proposal that one of them accepts."""
    case = _street(
        world, 5, "counter", "马兰花", "杭州四季香食品加工有限公司", LEAVING, "支付解除劳动合同经济补偿21600元、未付工资5400元",
        "在包装车间工作六年，公司搬迁到外地后不能提供原工作地点，双方对补偿有分歧。", "27000",
    )  # fmt: skip
    case.to_accepted(5, CLERK, CHAIR)
    case.act(
        "assign",
        CHAIR,
        4,
        mediators=[world.people[STREETS, LUO.name], world.people[STREETS, JIANG.name]],
        leads=world.people[STREETS, LUO.name],
    )
    case.act(
        "hold_talk", LUO, 3, began="14:00", place="街道社会治理中心第一调解室", present="马兰花、公司委托代理人、罗文斌、蒋芸", rights_told=True,
        record="申请人陈述工作年限和工资标准，被申请人对搬迁事实没有异议，对补偿年限有异议。双方核对了近十二个月的工资条。",
        outcome="双方同意分别谈话后再议。",
    )  # fmt: skip
    for role, words in (
        (PartyRole.APPLICANT, "急需用钱，补偿不低于两万元、月底前到账就可以接受。"),
        (PartyRole.RESPONDENT, "公司愿意按六年计算，但希望分两期支付。"),
    ):
        case.act("keep_note", LUO, 2, party=case.party(role), text=words)
    case.act(
        "make_proposal", LUO, 2, text="按六年工龄计算经济补偿，连同未付工资合计25800元，分两期支付，第一期月底前支付。", amount_fen="25800"
    )
    proposal = MEDIATIONS.facts(world.db, case.case, world.on).proposals[0].id
    case.act(
        "answer_proposal", CLERK, 1, seat=Seat.APPLICANT, proposal=proposal, accepts=True, words="同意，请尽快支付。",
        evidence=case.paper("对调解方案的答复"),
    )  # fmt: skip


def _agreed(world: World) -> None:
    """Drawn up; the worker and the mediator have signed, the enterprise has still to sign here itself."""
    case = _street(
        world, 6, "hotline", "杨柳", TEXTILES.name, PAY, "支付工伤停工留薪期工资差额9600元", "停工留薪期三个月，公司按基本工资的百分之八十发放。",
        "9600",
    )  # fmt: skip
    case.act("ask_consent", CLERK, 6, answer_by=_a_week_after(world.ago(6)))
    case.act("consent", TEXTILES.personnel, 5, TEXTILES.key)
    case.act("accept", CHAIR, 5)
    case.act("assign", CHAIR, 5, mediators=[world.people[STREETS, JIANG.name]])
    case.act(
        "hold_talk", JIANG, 3, place="街道社会治理中心第二调解室", present="杨柳、罗雪、蒋芸", rights_told=True,
        record="双方核对停工留薪期工资，公司同意补足差额。",
    )  # fmt: skip
    due = world.on + timedelta(days=20)
    case.agree(
        JIANG, 2, "公司一次性补足停工留薪期工资差额9600元。", [("补足停工留薪期工资差额", "remuneration", "9600", due)], closes_dispute=True
    )
    role = PartyRole.APPLICANT
    case.act("sign", CLERK, 1, seat=Seat.APPLICANT, mark=f"party:{case.party(role)}", evidence=case.paper("调解协议书签字页"))
    case.act("sign", JIANG, 1, mark="mediator")


def _performing(world: World) -> None:
    """Three instalments: one paid, one missed, one to come."""
    case = _street(
        world, 75, "visit", "郎金根", "杭州顺捷汽车配件有限公司", PAY, "支付2026年拖欠工资和加班工资合计36000元", "公司资金周转困难，连续四个月只发生活费。",
        "36000",
    )  # fmt: skip
    case.to_accepted(75, CLERK, CHAIR)
    case.act("assign", CHAIR, 74, mediators=[world.people[STREETS, LUO.name]])
    case.act(
        "hold_talk", LUO, 72, place="街道社会治理中心第一调解室", present="郎金根、公司财务负责人、罗文斌", rights_told=True,
        record="双方核对拖欠数额为36000元，公司提出分三期支付。",
    )  # fmt: skip
    days = world.ago(40), world.ago(9), world.on + timedelta(days=21)
    case.agree(
        LUO,
        70,
        "公司分三期支付拖欠的工资36000元。",
        [(f"支付第{n}期工资", "remuneration", "12000", day) for n, day in zip("一二三", days, strict=True)],
    )
    case.sign(CLERK, LUO, 69)
    case.wait(world.ago(41))
    first = MEDIATIONS.facts(world.db, case.case, world.on).terms[0].id
    case.act("record_performance", LUO, 41, term=first, state="performed", amount_fen="12000", words="电话核实，申请人确认收到。")
    case.wait(world.on)
    case.act("follow_up", LUO, 3, words="电话催促被申请人，对方称月内付清；已告知申请人可以申请支付令。")


def _closed(world: World) -> None:
    """Before the enterprise's own committee, performed and archived."""
    own = PUMPS.counter
    case = _apply(
        world, OWN, 120, own, applicants=[_worker(world, PUMPS.key, own)], respondents=[_employer(world, PUMPS.key)], matters=["conditions"],
        requests="补休未休的五天年休假，或者支付年休假工资报酬3100元", account="去年因盘点任务没有安排年休假，也没有支付报酬。", claim_fen="3100",
        known_on=world.ago(140),
    )  # fmt: skip
    case.act("ask_consent", PUMPS.recorder, 119, PUMPS.key, answer_by=_a_week_after(world.ago(119)))
    case.act("consent", PUMPS.personnel, 118, PUMPS.key)
    case.act("accept", PUMPS.chair, 118, PUMPS.key)
    case.act("assign", PUMPS.chair, 117, PUMPS.key, mediators=[world.people[PUMPS.key, PUMPS.officer.name]])
    case.act(
        "hold_talk", PUMPS.officer, 115, PUMPS.key, place="工会会议室", present="孙丽、陈静、王强", rights_told=True,
        record="核对考勤，五天年休假没有安排，公司同意支付报酬。",
    )  # fmt: skip
    paid = ("支付未休年休假工资报酬", "remuneration", "3100", world.ago(100))
    case.agree(PUMPS.officer, 114, "公司支付未休年休假工资报酬3100元。", [paid], PUMPS.key, closes_dispute=True)
    case.act("sign", own, 113, PUMPS.key, mark=f"party:{case.party(PartyRole.APPLICANT)}")
    case.act("sign", PUMPS.personnel, 113, PUMPS.key, mark=f"party:{case.party(PartyRole.RESPONDENT)}")
    case.act("sign", PUMPS.officer, 113, PUMPS.key, mark="mediator")
    case.act("sign", PUMPS.recorder, 113, PUMPS.key, mark="seal")
    term = MEDIATIONS.facts(world.db, case.case, world.on).terms[0].id
    case.act("record_performance", own, 101, PUMPS.key, term=term, state="performed", amount_fen="3100", words="已经到账。")
    case.act("perform", PUMPS.officer, 100, PUMPS.key)
    case.act("archive", PUMPS.recorder, 90, PUMPS.key, file_number="江泵调卷2026-01")


def _of_many(world: World) -> None:
    """Sixteen workers owed wages, of whom one came for all: both unions are warned."""
    case = _street(
        world, 2, "visit", "邱小平", EATERY, PAY, "支付十六名职工两个月工资合计128000元", "门店停业装修两个月，公司没有支付工资，也没有说明复业日期。",
        "128000", persons=16,
    )  # fmt: skip
    case.act("ask_consent", CLERK, 1, answer_by=world.on + timedelta(days=2))


def _street(
    world: World,
    ago: int,
    channel: str,
    worker: str,
    employer: str,
    matters: list[str],
    requests: str,
    account: str,
    claim: str,
    **more: Any,
) -> Dispute:
    """What the clerk of the street takes in of a worker without account."""
    phone = f"1390571{8800 + ago:04d}"
    return _apply(
        world, STREETS, ago, CLERK, channel=channel, applicants=[{"kind": "worker", "name": worker, "phone": phone, "address": "杭州市西溪区临溪街道"}],
        respondents=[{"kind": "employer", "name": employer, "phone": f"0571-88{8800 + ago:06d}", "address": "杭州市西溪区临溪街道工业园"}],
        matters=matters, requests=requests, account=account, claim_fen=claim, known_on=world.ago(ago + 20),
        employment_ended_on=world.ago(ago + 20) if "dismissal" in matters else None, **more,
    )  # fmt: skip


def _apply(world: World, at: str, ago: int, one: Someone, /, **given: Any) -> Dispute:
    day = world.ago(ago)
    form = Application.read(
        {"committee": world.bodies[at], "received": day, "channel": "online", "evidence": paper(world, "调解申请书和证据"), **given}
    )
    seat_ = Seat.COMMITTEE_CLERK if one is CLERK else Seat.APPLICANT
    by = Actor(world.people[STREETS if one is CLERK else PUMPS.key, one.name], frozenset({seat_}), seat_)
    body = world.db.get_one(Organisation, world.bodies[at])
    return Dispute(world, at, apply_for_mediation(world.db, form, body, by=by, today=day, at=noon(day)))


def _a_week_after(day: date) -> date:
    return day + timedelta(days=7)


def _worker(world: World, firm: str, one: Someone) -> dict[str, str]:
    person = world.db.get_one(Person, world.people[firm, one.name])
    return {"kind": "worker", "name": one.name, "phone": person.phone}


def _employer(world: World, firm: str) -> dict[str, str]:
    body = world.db.get_one(Organisation, world.bodies[firm])
    return {"kind": "employer", "name": body.name, "address": body.address}


def paper(world: World, name: str) -> list[dict[str, str]]:
    return [{"name": f"{name}.pdf", "sha256": evidence.keep(world.db, f"{name}.pdf", scan(name))}]
