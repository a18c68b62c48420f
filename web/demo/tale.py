"""One negotiation of the demonstration, walked by its own acts on days counted from its beginning."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from sqlmodel import col, select

from congress import forms as congress_forms
from congress.acts import PROCEEDINGS as CONGRESS
from congress.acts import plan
from congress.models import CongressMeeting, Item
from congress.notices import handled, pending_notices
from congress.presence import book, members
from negotiation import forms
from negotiation.acts import NEGOTIATIONS, open_negotiation
from negotiation.facts import Facts
from negotiation.models import Clause, Negotiation
from negotiation.terms import Side
from web.demo.people import REGION, STREET, Firm, Someone, World
from web.house import THE_CONGRESS
from workflow import evidence, jobs
from workflow.documents.numerals import han_numeral
from workflow.documents.pdf import pdf
from workflow.procedure import Actor
from workflow.proceedings import do

SCANNED = datetime(2026, 1, 5, 4, tzinfo=UTC)


@cache
def articles(name: str) -> tuple[tuple[str, str, str], ...]:
    """Head, heading and text of each clause of one of the contract texts."""
    text = files("web.demo").joinpath("texts", f"{name}.md").read_text(encoding="utf-8")
    found = []
    for part in text.split("## ")[1:]:
        title, _, body = part.partition("\n")
        head, _, heading = title.partition(" ")
        found.append((head, heading.strip(), body.strip()))
    return tuple(found)


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4, 0), UTC)


class Tale:
    """`began` days before the day of loading. Days given to the steps count from the beginning; each falls on a working day."""

    def __init__(
        self,
        world: World,
        firm: Firm,
        began: int,
        *,
        kind: str,
        title: str,
        subject: str,
        place: str,
        term: tuple[date, date],
        text: str = "",
        words: Mapping[str, object] | None = None,
        data: str = "",
        by_employer: bool = False,
        case: Negotiation | None = None,
        **opening: Any,
    ) -> None:
        self.world, self.db, self.firm, self.place, self.term = world, world.db, firm, place, term
        self.start = self.day = world.ago(began)
        self.text = text or kind
        years = han_numeral(term[1].year - term[0].year + (term[1].month > term[0].month))
        self.words = {"from": in_words(term[0]), "until": in_words(term[1]), "years": f"{years}年", "year": term[0].year, **(words or {})}
        self.item: Item | None = None
        self.meeting: CongressMeeting | None = None
        initiator = firm.personnel if by_employer else firm.officer
        self.initiator, self.answerer = initiator, firm.officer if by_employer else firm.personnel
        self.case = case or open_negotiation(
            self.db,
            forms.Opening.read(
                {
                    "kind": kind,
                    "level": "enterprise",
                    "organisation": world.bodies[firm.key],
                    "title": title,
                    "subject": subject,
                    "term_from": term[0],
                    "term_until": term[1],
                    "proposed_on": self.at(22),
                    "proposed_time": time(14, 0),
                    "proposed_place": place,
                    "data_requested": data,
                    **opening,
                }
            ),
            person_id=self.person(initiator),
            on=self.start,
            at=noon(self.start),
        )

    def at(self, after: int) -> date:
        """The working day `after` days from the beginning, never before the last act and never after today."""
        return max(self.day, self.world.workday(min(self.start + timedelta(days=after), self.world.on)))

    def person(self, one: Someone) -> int:
        return self.world.people[self.firm.key, one.name]

    def act(self, name: str, one: Someone | None, after: int | date, /, **sent: Any) -> None:
        """One act, on its day, entered the same day; `None` is the congress."""
        day = after if isinstance(after, date) else self.at(after)
        self.day = max(self.day, day)
        by = THE_CONGRESS if one is None else NEGOTIATIONS.actor(self.db, self.case, self.person(one), day)
        do(self.db, NEGOTIATIONS, self.case, name, {"on": day, **sent}, by=by, today=day, at=noon(day))

    def official(self, name: str, place: str, official: str, after: int, /, **sent: Any) -> None:
        """An act of the authority or of the union above."""
        day = self.at(after)
        self.day = max(self.day, day)
        by = NEGOTIATIONS.actor(self.db, self.case, self.world.people[place, official], day)
        do(self.db, NEGOTIATIONS, self.case, name, {"on": day, **sent}, by=by, today=day, at=noon(day))

    def wait(self, until: date) -> None:
        """What time itself brings up to the day `until`."""
        for lapse in list(jobs.lapses(self.db, [NEGOTIATIONS], until)):
            if lapse.case_id == self.case.id and jobs.perform_lapse(self.db, NEGOTIATIONS, lapse, noon(lapse.day)):
                self.day = max(self.day, lapse.day)

    @property
    def facts(self) -> Facts:
        return NEGOTIATIONS.facts(self.db, self.case, self.day)

    def paper(self, name: str) -> list[dict[str, str]]:
        """A scanned page."""
        return [{"name": f"{name}.pdf", "sha256": evidence.keep(self.db, f"{name}.pdf", scan(name))}]

    def issue(self, document: str, one: Someone, after: int, subject: object = "", /, **words: str) -> None:
        """A document that somebody asks for."""
        self.act("issue_document", one, after, document=document, subject=str(subject), words=words)

    # ---- 要约

    def offer(self, after: int = 0) -> None:
        self.act("offer", self.initiator, after)

    def receive(self, after: int = 2) -> None:
        self.act(
            "record_receipt",
            self.answerer,
            after,
            received=self.at(after),
            means="return_slip",
            reference=f"回证{self.start.year}-{self.case.id:03d}",
        )

    def accept(self, after: int = 9) -> None:
        self.act(
            "accept_offer",
            self.answerer,
            after,
            proposed_on=self.at(24),
            proposed_place=self.place,
            statement="同意就要约所列事项进行集体协商。我方将按规定确定协商代表，并提供协商所需的资料。",
        )

    # ---- 协商准备

    def appoint_workers(self, after: int = 11, outsider: Someone | None = None) -> None:
        """An `outsider` takes the last place."""
        selected = "union_selection" if self.firm.region == "310000" or self.firm is REGION else "congress_election"
        team = [*self.firm.workers_team[:-1], outsider] if outsider else self.firm.workers_team
        rows = [_row(one, selected, "union_chair" if one is self.firm.chair else "", one is outsider) for one in team]
        self.act("appoint", self.firm.chair, after, side="workers", representatives=rows)

    def appoint_employers(self, after: int = 12) -> None:
        chosen, chief_as = ("employers_choice", "employers") if self.firm is REGION else ("legal_representative", "legal_representative")
        rows = [
            _row(
                one,
                chosen if one is self.firm.legal else ("employers_choice" if self.firm is REGION else "appointed"),
                chief_as if one is self.firm.legal else "",
            )
            for one in self.firm.employers_team
        ]
        self.act("appoint", self.firm.legal, after, side="employer", representatives=rows)

    def prepare(self) -> None:
        """Representatives of both sides, the recorder, what the workers want to see and what they are shown."""
        self.appoint_workers()
        self.appoint_employers()
        if self.firm.region == "330100":
            self.act("publish_representatives", self.firm.officer, 13)
        self.act("name_recorder", self.firm.officer, 13, name=self.firm.recorder.name)
        self.act(
            "request_information",
            self.firm.officer,
            13,
            what="上年度和本年度前三季度的职工工资总额、各岗位平均工资、人工成本占比，以及同期营业收入和利润总额。",
        )
        self.act(
            "disclose",
            self.firm.personnel,
            15,
            request=self.facts.requests[-1].id,
            answer="随附《工资与人工成本情况表》，数据来自经审计的财务报表；各岗位平均工资按十二个月平均计算。涉及经营数据的部分请协商代表保密。",
            evidence=self.paper("工资与人工成本情况表"),
        )

    # ---- 协商

    def meet(
        self, called: int, held: int, agenda: str, record: str, agreed: str = "", open_points: str = "", *, minuted: bool = True
    ) -> None:
        """The chiefs chair together in Shanghai and in turn elsewhere; the recorder writes the minutes."""
        self.call(called, self.start + timedelta(days=held), agenda)
        if not minuted:
            return
        meeting = self.facts.meetings[-1]
        self.act(
            "minute",
            self.firm.recorder,
            held,
            meeting=meeting.id,
            present=f"职工方：{_names(self.firm.workers_team)}。企业方：{_names(self.firm.employers_team)}。",
            record=record,
            agreed=agreed,
            open_points=open_points,
            signed="both",
        )

    def call(self, called: int, held: date, agenda: str) -> None:
        number = len(self.facts.meetings)
        chair = "joint" if self.firm.region == "310000" else ("workers", "employer")[number % 2]
        caller = self.firm.legal if chair == "employer" else self.firm.chair
        held = max(self.at(called), self.world.workday(held))
        self.act("convene", caller, called, held_on=held, held_time=time(14, 0), place=self.place, agenda=agenda, chair=chair)

    def lay_out(self, after: int, texts: Mapping[str, str] | None = None) -> None:
        """The draft of the workers' side; `texts` gives other words for some headings."""
        changed = texts or {}
        rows = [
            {"head": head, "heading": heading, "text": changed.get(heading, text).format_map(self.words)}
            for head, heading, text in articles(self.text)
        ]
        self.act("lay_out", self.firm.officer, after, clauses=rows)

    def clause(self, heading: str) -> int:
        found = next(c for c in self.facts.clauses if c.heading == heading)
        assert found.id is not None
        return found.id

    def counter(self, one: Someone, heading: str, after: int, text: str, reason: str) -> None:
        self.act("counter", one, after, clause=self.clause(heading), text=text.format_map(self.words), reason=reason)

    def agree(self, headings: Sequence[str] | None, after: int) -> None:
        """Both chiefs agree to the text of these clauses as it stands, or of all that are still open."""
        for clause in self.facts.clauses:
            if clause.state != "open" or (headings is not None and clause.heading not in headings):
                continue
            for chief in (self.firm.chair, self.firm.legal):
                self.act("agree_clause", chief, after, clause=clause.id)

    def consent(self, one: Someone, headings: Sequence[str], after: int) -> None:
        """One chief agrees and waits for the other."""
        for heading in headings:
            self.act("agree_clause", one, after, clause=self.clause(heading))

    def set_terms(self, after: int, **terms: Any) -> None:
        self.act("set_terms", self.firm.officer, after, term_from=self.term[0], term_until=self.term[1], **terms)

    def settle(self, after: int) -> None:
        self.act("settle", self.firm.chair, after)
        self.act("settle", self.firm.legal, after)

    def to_consulting(self, after: int = 14) -> None:
        self.offer()
        self.receive()
        self.accept()
        self.prepare()

    def to_settled(self, **terms: Any) -> None:
        """The plain way: two meetings, one clause that both sides put in their own words, the rest as laid out."""
        self.to_consulting()
        self.meet(
            14,
            28,
            "一、宣布议程和会议纪律；二、职工方说明草案的主要内容；三、企业方作出回应。",
            "首席代表宣布议程和会议纪律。职工方逐条说明草案。企业方对工资、福利条款提出测算口径上的意见，双方商定由各自代表会后核对数据，第二次会议集中讨论。",
            agreed="除工资和福利以外的条款原则同意。",
            open_points="工资增长幅度、福利费比例。",
        )
        self.lay_out(28)
        self.set_terms(29, **terms)
        self.meet(
            30,
            36,
            "集中讨论第一次会议没有达成一致的条款。",
            "双方核对了人工成本数据，企业方同意按职工方修改后的表述确定。首席代表归纳意见，逐条宣读，双方均无异议。",
            agreed="全部条款达成一致，形成草案。",
        )
        self.agree(None, 37)
        self.settle(38)

    # ---- 职代会

    def submit(self, held: date, *, submitted: int = 40, adoption_of: str = "") -> None:
        """Plan a meeting of the congress, put the draft on its agenda and send the notice, nine days ahead."""
        notice = self.world.workday(min(held - timedelta(days=9), self.world.on))
        planned = max(self.day, min(self.at(submitted), notice))
        body = self.world.bodies[STREET if self.firm is REGION else self.firm.key]
        self.world.meetings[body] = number = self.world.meetings.get(body, 0) + 1
        chair = self.person(self.firm.chair)
        self.meeting = plan(
            self.db,
            congress_forms.NewMeeting.read(
                {
                    "organisation": body,
                    "form": "regional" if self.firm is REGION else "congress",
                    "term": 2 if self.firm is REGION else 5,
                    "number": number,
                    "held_on": held,
                    "held_time": time(9, 0),
                    "place": "街道文体中心三楼会议室" if self.firm is REGION else "职工活动中心礼堂",
                    "mode": "onsite",
                    "roll": self.firm.roll,
                    "on": planned,
                }
            ),
            by=chair,
            today=planned,
            at=noon(planned),
        )
        self.act("submit_to_congress", self.firm.chair, planned, meetings=[self.meeting.id])
        self.item = self.db.exec(select(Item).where(Item.meeting_id == self.meeting.id).order_by(col(Item.id).desc())).first()
        self.sit(
            "name_officers",
            self.firm.chair,
            planned,
            chair=self.firm.presiding.name,
            chair_in_system=True,
            presidium=self.firm.roll > 90,
            officers=[
                {"seat": "teller", "name": self.firm.teller.name, "in_system": True},
                {"seat": "counter", "name": self.firm.counter.name, "in_system": True},
            ],
        )
        sent = max(planned, notice)
        self.sit("convene", self.firm.chair, sent, means="书面通知连同草案全文送达，代表签收")
        if members.members(self.db, self.meeting, sent):
            self.sit("record_delivery", self.firm.chair, sent, evidence=self.paper("会议材料签收单"))
        self.day = max(self.day, notice)

    def sit(self, name: str, one: Someone, day: date, /, **sent: Any) -> None:
        """An act of the congress meeting."""
        assert self.meeting is not None
        actor: Actor = CONGRESS.actor(self.db, self.meeting, self.person(one), day)
        do(self.db, CONGRESS, self.meeting, name, {"on": day, **sent}, by=actor, today=day, at=noon(day))

    def check_in(self, count: int, day: date) -> None:
        """The first so many of the roll come in, where one is kept."""
        assert self.meeting is not None
        if whom := [one.whom for one in members.members(self.db, self.meeting, day)]:
            by = self.person(self.firm.chair)
            book.write(self.db, self.meeting, book.arrival(self.meeting), whom[:count], by=by, on=day, at=noon(day))

    def vote(self, *, in_favour: int = 88, against: int = 3, absent: int = 6, recount: bool = False) -> None:
        """Per cent of the roll; the rest of those present abstain. With `recount` the first two sheets disagree."""
        assert self.meeting is not None and self.item is not None
        day, roll = self.meeting.held_on, self.firm.roll
        present, yes, no = roll - roll * absent // 100, roll * in_favour // 100, roll * against // 100
        item = self.item.id
        self.check_in(present, day)
        self.sit("open", self.firm.chair, day, roll=roll, present=present)
        self.sit("open_ballot", self.firm.presiding, day, item=item)
        self.sit("close_ballot", self.firm.presiding, day, item=item)

        def sheet(yes: int) -> dict[str, object]:
            numbers = {"issued": present, "returned": present, "valid": present - 1, "invalid": 1}
            return {"item": item, **numbers, "in_favour": yes, "against": no, "abstained": present - 1 - yes - no}

        if recount:
            self.sit("enter_count", self.firm.teller, day, **sheet(yes))
            self.sit("enter_count", self.firm.counter, day, **sheet(yes - 1))
        self.sit("enter_count", self.firm.teller, day, **sheet(yes))
        self.sit("enter_count", self.firm.counter, day, **sheet(yes))
        self.sit("certify", self.firm.presiding, day, item=item)
        self.day = max(self.day, day)
        self._hear(day)
        self.sit("close", self.firm.presiding, day)
        published = self.world.workday(min(day + timedelta(days=2), self.world.on))
        self.sit("publish", self.firm.chair, max(day, published), channel="board", place="厂务公开栏、各车间班组园地")
        if self.firm.region == "310000" and (self.world.on - day).days > 9:
            self.sit("report", self.firm.chair, self.world.workday(day + timedelta(days=7)), recipient=self.firm.federation)

    def _hear(self, day: date) -> None:
        """The certified result reaches the negotiation."""
        for notice in list(pending_notices(self.db)):
            handled(self.db, notice, noon(day))
        result = self.facts.result
        self.act("adopt" if result is not None and result.passed else "reject", None, day)

    # ---- 签订、报审、生效

    def to_adopted(self, congress: int = 52, *, recount: bool = False, **terms: Any) -> None:
        self.to_settled(**terms)
        self.submit(self.world.workday(min(self.start + timedelta(days=congress), self.world.on)))
        self.vote(recount=recount)

    def notify_passage(self, after: int = 53) -> None:
        if self.firm.region == "310000":
            self.act("notify_passage", self.firm.chair, after, received=self.at(after), means="meeting")

    def sign(self, one: Someone, after: int) -> None:
        self.act("sign", one, after, sealed=True, confirmed=True)

    def to_signed(self, signed: int = 55, **terms: Any) -> None:
        self.to_adopted(**terms)
        self.notify_passage()
        self.sign(self.firm.chair, signed - 1)
        self.sign(self.firm.legal, signed)

    def hand_in(self, after: int) -> None:
        """What the dossier of a filing holds beside what the case itself brings forth."""
        for piece, one in (
            ("licence", self.firm.personnel),
            ("identity_employer", self.firm.personnel),
            ("union_status", self.firm.officer),
            ("identity_workers", self.firm.officer),
        ):
            self.act("hand_in", one, after, piece=piece, evidence=self.paper(forms.HANDED_IN[piece]))

    def file(self, after: int = 60) -> None:
        """Of a region by the union, of an enterprise by the enterprise."""
        copies = self.facts.rules.find("FILE-COPIES", self.at(after))
        act, one = ("file_by_union", self.firm.officer) if self.firm is REGION else ("file", self.firm.personnel)
        self.act(
            act,
            one,
            after,
            authority=self.firm.authority,
            copies=int(copies.value) if copies else 3,
            pieces=list(forms.filed(self.case.kind)),
        )

    def receipt(self, after: int = 61) -> None:
        reviewer = next(name for place, name in self.world.people if place == self.firm.authority)
        received = self.at(after)
        self.official(
            "record_filing_receipt",
            self.firm.authority,
            reviewer,
            after,
            received=received,
            number=f"集审〔{received.year}〕{self.case.id:03d}号",
        )

    def opinion(self, act: str, after: int, opinion: str) -> None:
        reviewer = next(name for place, name in self.world.people if place == self.firm.authority)
        served = self.at(after)
        number = f"集审意见〔{served.year}〕{self.case.id:03d}号"
        self.official(act, self.firm.authority, reviewer, after, number=number, served=served, opinion=opinion)

    def to_filed(self, **terms: Any) -> None:
        self.to_signed(**terms)
        self.file()
        self.receipt()

    def to_effect(self, **terms: Any) -> None:
        """By silence: the review period passes without objection."""
        self.to_filed(**terms)
        self.wait(min(self.start + timedelta(days=85), self.world.on))

    def publish(self, after: int = 79) -> None:
        self.act(
            "publish", self.firm.officer, after, form="board", place="厂区大门公告栏、各车间班组园地", evidence=self.paper("公布现场照片")
        )

    # ---- 履约

    def list_obligations(self, after: int, rows: Sequence[tuple[str, str, Side, int | None]]) -> None:
        """Heading of the clause, what is to be done, who owes it, every how many months."""
        self.act(
            "list_obligations",
            self.firm.officer,
            after,
            obligations=[
                {"clause": self.clause(heading), "what": what, "owner": owner, "every_months": months}
                for heading, what, owner, months in rows
            ],
        )

    def start_round(self, after: int, until: int) -> None:
        facts = self.facts
        begun = facts.rounds[-1].period_until + timedelta(days=1) if facts.rounds else facts.day_of("EFFECTIVE")
        self.act(
            "start_round",
            self.firm.officer,
            after,
            period_from=begun,
            period_until=self.at(until),
            members=f"职工方：{_names(self.firm.workers_team[:2])}；企业方：{_names(self.firm.employers_team[1:3])}",
            method="查阅工资发放和缴费凭证，走访车间，访谈职工二十人。",
        )

    def find(self, number: int, after: int, result: str, note: str, correct_by: date | None = None) -> None:
        self.act(
            "record_finding",
            self.firm.officer,
            after,
            obligation=self.facts.obligations[number].id,
            result=result,
            note=note,
            correct_by=correct_by,
        )

    def clauses_in_order(self) -> list[Clause]:
        return list(self.facts.standing_clauses)


def _row(one: Someone, produced: str, chief_as: str, outsider: bool = False) -> dict[str, Any]:
    return {
        "name": one.name,
        "post": one.post,
        "produced": produced,
        "chief": bool(chief_as),
        "chief_as": chief_as,
        "female": one.female,
        "frontline": one.frontline,
        "outsider": outsider,
    }


def _names(people: Sequence[Someone]) -> str:
    return "、".join(one.name for one in people)


@cache
def scan(name: str) -> bytes:
    """A page as it came from the scanner, which says that it only shows what would be there."""
    page = (
        f'<article class="document" lang="zh-CN"><h1 class="title">{name}</h1>'
        "<p>这是演示用的扫描件，代替真实的证照、签字页或者照片，不能用作证明。</p></article>"
    )
    return pdf(page, SCANNED)
