"""A meeting of the pump works' congress as it votes: keys made, slips handed out, a round open and not everybody has voted yet.

Slips and tellers' seeds are made from words that stand here, so that whoever looks at the demonstration can vote and open the box.
"""

from base64 import b32encode
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from congress import forms
from congress.acts import PROCEEDINGS, plan
from congress.ballots import casting
from congress.ballots.e2e import ballot, keys, tally
from congress.ballots.e2e.ballot import Election
from congress.ballots.e2e.encoding import base32, digest, to_base64
from congress.ballots.e2e.groups import best
from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound, CeremonyEntry, KeyCeremony
from congress.ballots.secret import pins
from congress.ballots.terms import RoundState
from congress.delegates import queries as delegates
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.presence import book, members
from congress.terms import OfficerSeat
from web.demo.people import PUMPS, Someone, World
from web.demo.tale import noon, scan
from workflow import evidence
from workflow.proceedings import do

TELLERS = (PUMPS.teller, PUMPS.counter, PUMPS.workers[1])
OPENING = 2
"""Tellers that it takes to open the box."""
SLIPS, PRESENT, VOTED = 130, 121, 38
SHOWN = 3
"""Slips that are told to whoever loads the demonstration."""


@dataclass(frozen=True)
class Slip:
    fragment: str
    """What its QR code has behind the address of the hall."""
    pin: str


@dataclass(frozen=True)
class Voting:
    """What it takes to vote in the open round of the demonstration, and to open its box."""

    path: str
    code: str
    slips: tuple[Slip, ...]
    seeds: tuple[tuple[str, str], ...]
    """Teller and seed."""


def pumps_congress(world: World) -> None:
    hall = Hall(world)
    hall.call()
    hall.hear()
    hall.make_keys()
    hall.hand_out()
    hall.begin()
    hall.vote()


def voting(db: Session) -> Voting:
    one = db.exec(select(BallotRound).where(BallotRound.state == RoundState.OPEN)).one()
    token = db.get_one(CongressMeeting, one.meeting_id).hall_token
    reveals = db.exec(
        select(CeremonyEntry.payload)
        .where(CeremonyEntry.ceremony_id == one.ceremony_id, CeremonyEntry.kind == "reveal")
        .order_by(col(CeremonyEntry.teller))
    )
    ceremony = base32(digest("ceremony", *reveals)[:16], 26)
    drawn = pins(db, token, SLIPS)
    shown = tuple(Slip(f"{_letters(_code(i))}.{ceremony}", drawn[i]) for i in range(VOTED, VOTED + SHOWN))
    seeds = tuple((teller.name, base32(_seed(number), 52)) for number, teller in enumerate(TELLERS, start=1))
    return Voting(f"/v/{token}", one.hall_code, shown, seeds)


class Hall:
    """The meeting of the day on which the demonstration is loaded."""

    def __init__(self, world: World) -> None:
        self.world, self.db, self.on = world, world.db, world.on
        body = world.bodies[PUMPS.key]
        world.meetings[body] = number = world.meetings.get(body, 0) + 1
        planned = world.ago(24)
        sent = {
            "organisation": body, "form": "congress", "term": 5, "number": number, "held_on": self.on, "held_time": time(9, 0),
            "place": "职工活动中心礼堂", "mode": "onsite", "on": planned,
        }  # fmt: skip
        self.meeting = plan(self.db, forms.NewMeeting.read(sent), by=self._person(PUMPS.chair), today=planned, at=noon(planned))

    # ---- before the day

    def call(self) -> None:
        day = self.world.ago(20)
        for title, matter in (("员工考勤和休假管理办法（修订草案）", "rules"), ("职工福利费使用方案（草案）", "welfare")):
            self._act("add_item", PUMPS.officer, day, title=title, matter=matter, secret=True, document=self._paper(title))
        self._act(
            "name_officers", PUMPS.chair, day, chair=PUMPS.presiding.name, chair_in_system=True, presidium=True,
            officers=[{"seat": "teller", "name": one.name, "in_system": True} for one in TELLERS],
        )  # fmt: skip
        sent = self.world.ago(14)
        self._act("convene", PUMPS.chair, sent, means="书面通知连同草案全文送达，代表签收")
        self._act("record_delivery", PUMPS.officer, sent, but="赵丽萍、孙丽、王强", evidence=self._paper("会议材料签收单"))

    def hear(self) -> None:
        """What delegates say of the drafts, two answered and one not yet."""
        first, second = self._items()
        day = self.world.ago(12)
        self._act(
            "give_opinion", PUMPS.presiding, day, item=first.id, voice="own",
            words="第十二条把病假证明限定为二级以上医院，夜班职工到社区医院就诊的不方便，建议放宽到社区卫生服务中心。",
        )  # fmt: skip
        self._act(
            "give_opinion", PUMPS.counter, day, item=first.id, voice="own",
            words="仓储部早班六点到岗，班车六点十分才到，建议班车晚点的不按迟到处理。",
        )  # fmt: skip
        self._act("give_opinion", PUMPS.teller, self.world.ago(10), item=second.id, voice="own", words="请说明困难帮扶资金结余怎样结转。")
        answers = (
            "采纳。提交表决的文本改为“二级以上医院或者社区卫生服务中心”。",
            "已与行政部商定，班车晚点由调度室出具证明，不按迟到处理。",
        )
        opinions = delegates.opinions(self.db, self.meeting.id)
        for opinion, answer in zip(opinions, answers, strict=False):
            self._act("answer_opinion", PUMPS.personnel, self.world.ago(8), opinion=opinion.id, answer=answer)

    def make_keys(self) -> None:
        """As each teller's own device would do it, and its rehearsal."""
        day = self.world.ago(1)
        officers = self.db.exec(
            select(MeetingOfficer).where(MeetingOfficer.meeting_id == self.meeting.id, MeetingOfficer.seat == OfficerSeat.TELLER)
        )
        self._act("begin_keys", PUMPS.chair, day, tellers=[officer.id for officer in officers], k=OPENING)
        of = keys.parameters(keys.Ceremony(self._ceremony("manifest")[0]))
        numbered = dict(enumerate(TELLERS, start=1))
        shown = {i: keys.reveal(of, i, _seed(i)) for i in numbered}
        for step, made in (
            ("commit", {i: keys.commitment(of, i, shown[i]) for i in numbered}),
            ("reveal", {i: bytes(shown[i]) for i in numbered}),
            ("shares", {i: keys.shares(of, i, _seed(i), shown) for i in numbered}),
        ):
            for i, teller in numbered.items():
                self._act("post_keys", teller, day, step=step, sent=to_base64(made[i]))
        shares = dict(enumerate(self._ceremony("shares"), start=1))
        (dummy,) = self._ceremony("dummy")
        context = tally.rehearsal_context(of.manifest, keys.joint_key(shown))
        for i in list(numbered)[:OPENING]:
            share = keys.secret_share(of, i, _seed(i), shown, shares)
            part = tally.parts(context, i, share, [(dummy[:32], dummy[32:])])
            self._act("rehearse", numbered[i], day, sent=to_base64(part))

    # ---- on the day

    def hand_out(self) -> None:
        day = self.world.ago(1)
        listed = b"".join(sorted(best().base(self._secret(i)) for i in range(SLIPS)))
        self._act("register_slips", PUMPS.officer, day, box="e2e", keys=to_base64(listed))
        self._act("make_pins", PUMPS.officer, day, count=SLIPS)
        items = [item.id for item in self._items()]
        self._act("prepare_round", PUMPS.chair, day, items=items, title="第一轮表决", box="e2e", revote="last", min_ballots=10)

    def begin(self) -> None:
        whom = [one.whom for one in members.members(self.db, self.meeting, self.on)][:PRESENT]
        by = self._person(PUMPS.officer)
        book.write(self.db, self.meeting, book.arrival(self.meeting), whom, by=by, on=self.on, at=noon(self.on))
        self._act("open", PUMPS.chair, self.on)
        self._act("open_round", PUMPS.presiding, self.on, round=self._round().id)

    def vote(self) -> None:
        one, token = self._round(), self.meeting.hall_token
        election = EncryptedBox(self.db, one).election
        drawn = pins(self.db, token, SLIPS)
        for i in range(VOTED):
            made = self._filled(election, i, (0 if i % 5 else 1, i % 3 if i % 4 else 0))
            permitted = casting.admit(self.db, token, one.number, made, drawn[i], one.hall_code)
            casting.cast(self.db, permitted)

    # ---- below

    def _filled(self, election: Election, slip: int, votes: tuple[int, ...]) -> bytes:
        secret = self._secret(slip)
        return ballot.make(election, secret, votes, 0, ballot.hedged_seed(_drawn("ballot", slip), secret, 0, votes))

    def _secret(self, slip: int) -> int:
        return ballot.credential_secret(self.meeting.hall_token, _code(slip))

    def _act(self, name: str, one: Someone, day: date, /, **sent: Any) -> None:
        by = PROCEEDINGS.actor(self.db, self.meeting, self._person(one), day)
        do(self.db, PROCEEDINGS, self.meeting, name, {"on": day, **sent}, by=by, today=day, at=noon(day))

    def _person(self, one: Someone) -> int:
        return self.world.people[PUMPS.key, one.name]

    def _paper(self, name: str) -> list[dict[str, str]]:
        return [{"name": f"{name}.pdf", "sha256": evidence.keep(self.db, f"{name}.pdf", scan(name))}]

    def _items(self) -> list[Item]:
        return list(self.db.exec(select(Item).where(Item.meeting_id == self.meeting.id).order_by(col(Item.number))))

    def _round(self) -> BallotRound:
        return self.db.exec(select(BallotRound).where(BallotRound.meeting_id == self.meeting.id)).one()

    def _ceremony(self, kind: str) -> list[bytes]:
        query = select(CeremonyEntry.payload).join(KeyCeremony).where(KeyCeremony.meeting_id == self.meeting.id, CeremonyEntry.kind == kind)
        return list(self.db.exec(query.order_by(col(CeremonyEntry.teller))))


def _drawn(what: str, number: int) -> bytes:
    return sha256(f"heyi demonstration, {what} {number}".encode()).digest()


def _seed(teller: int) -> bytes:
    return _drawn("teller", teller)


def _code(slip: int) -> bytes:
    return _drawn("slip", slip)[:16]


def _letters(code: bytes) -> str:
    return b32encode(code).decode().rstrip("=")
