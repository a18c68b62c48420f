"""The whole day of a congress: from its roll in a workbook to a certified result that anybody can check and that its negotiation hears."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from sqlmodel import Session

from congress import notices
from congress.ballots.e2e.ballot import Election, slip_number
from congress.models import CongressMeeting, Item
from congress.presence import members
from congress.presence.members import Member
from congress.terms import State as MeetingState
from congress.terms import Told
from negotiation.models import Negotiation
from negotiation.terms import State
from tests.cast import House, noon
from tests.congress.ballots.room import TELLERS, Room, named, verified_alone
from tests.congress.cast import Cast, person
from tests.congress.rolls import opened, saved
from tests.procedures import walk
from tests.web.client import Client
from web.house import hear_congresses, verify
from workflow.people import Office

SET_UP, BEGAN, PLANNED, CALLED, HELD = date(2026, 2, 24), date(2026, 3, 2), date(2026, 3, 24), date(2026, 3, 26), date(2026, 4, 10)
PLACES, SEATS = ("铸造车间", "锻造车间", "机加车间", "装配车间", "热处理车间", "质检部", "物流部", "机关科室"), 16
ROLL, SLIPS = len(PLACES) * SEATS, 130
ABSENT, LATE = 2, 1
"""Of the roll; two never come, one of the others when the meeting has begun."""
PRESENT = ROLL - ABSENT - 1
"""When the box opens: one who was there has left."""
PAPERS = ("年终奖分配办法（草案）", "考勤管理办法（草案）", "食堂补贴方案", "职工疗休养方案")
FOR = (100, 90, 64, 63, 3)
"""Votes for each item. Of 128 members 64 are half, and half is enough in Shanghai."""
ON_PHONES, ON_PAPER = 122, 2
CAST = ON_PHONES + ON_PAPER


@dataclass
class Day(Room):
    """A meeting of the congress before which a settled wage contract comes."""

    slips: int = SLIPS
    talks: int = field(init=False)
    """The negotiation."""

    def gather(self) -> None:
        self.client.house.write(self._settle)
        self.elect()
        self.call()
        self.comes(HELD)

    def _settle(self, db: Session) -> None:
        story = walk.settled(db, walk.SHANGHAI)
        assert story.case.id is not None
        self.talks, self.people = story.case.id, who(db, story.house)
        self.tellers = named(db, self.people)

    def elect(self) -> None:
        """The roll comes from a filled template."""
        self.comes(SET_UP)
        self.client.as_(self.people.li)
        rows = {f"constituencies.{i}.{name}": said for i, place in enumerate(PLACES) for name, said in (("name", place), ("seats", SEATS))}
        new = {"organisation": self.people.enterprise, "form": "congress", "number": 5, "since": str(BEGAN), "years": 5, **rows}
        term = self.client.post("/congress/terms/new", new).response.url.path
        sheet = {"document": ("名册.xlsx", io.BytesIO(filled_in(self.client.http.get(f"{term}/roll/template").content)))}
        preview = self.client.post(f"{term}/roll/preview", files=sheet)
        self.client.post(f"{term}/import", preview.form(f"{term}/import"))
        self.comes(BEGAN)
        assert f"{ROLL}人" in self.client.post(f"{term}/confirmation", {"on": str(BEGAN)}).text

    def call(self) -> None:
        self.comes(PLANNED)
        new = {"organisation": self.people.enterprise, "form": "congress", "term": 5, "number": 1, "place": "礼堂", "mode": "onsite"}
        address = self.client.as_(self.people.li).post("/congress/new", {**new, "held_on": str(HELD)}).response.url.path
        self.meeting = int(address.rpartition("/")[2])
        self.hall = self.case().hall_token
        self.client.post(f"/negotiations/{self.talks}/submission", {"meetings": self.meeting})
        for title in PAPERS:
            document = {"document": (f"{title}.pdf", b"%PDF-1.7 " + title.encode())}
            self.client.post(f"{address}/item", {"title": title, "matter": "rules", "secret": "yes"}, files=document)
        seats = {f"officers.{i}.{name}": said for i, one in enumerate(TELLERS) for name, said in teller(one)}
        self.does(self.people.li, "officers", chair="赵建国", chair_in_system="yes", presidium="no", **seats)
        self.comes(CALLED)
        self.does(self.people.li, "notice", means="书面送达签收")

    @cached_property
    def opened(self) -> Election:
        """As the first phone read it."""
        return super().election()

    def election(self) -> Election:
        return self.opened

    # ---- the desk

    def checks_in(self) -> None:
        """All at once, place by place, but who does not come or is late."""
        come = self.roll_call()[: -ABSENT - LATE]
        for place in dict.fromkeys(one.constituency_id for one in come):
            ticked = [one.whom.delegate_id for one in come if one.constituency_id == place]
            self.at_desk(f"places/{place}", delegate=ticked)

    def at_desk(self, part: str, **sent: Any) -> None:
        self.client.as_(self.people.li).post(f"/congress/{self.meeting}/desk/{part}", sent)

    def roll_call(self) -> Sequence[Member]:
        return self.client.house.read(lambda db: members.members(db, db.get_one(CongressMeeting, self.meeting), HELD))

    # ---- what stands in the database

    def negotiation(self) -> Negotiation:
        return self.client.house.read(lambda db: db.get_one(Negotiation, self.talks))

    def hears(self) -> int:
        """The job that passes on what congresses have certified."""
        return hear_congresses(self.client.house, HELD, noon(HELD))


def who(db: Session, house: House) -> Cast:
    enterprise, union, federation = house.enterprise.id or 0, house.union.id or 0, house.federation.id or 0
    chair = person(db, "赵建国", enterprise, Office.WORKER)
    return Cast(
        enterprise,
        union,
        federation,
        li=house["李敏"],
        wang=house["陈静"],
        zhao=chair,
        chen=house["赵丽"],
        sun=house["孙洁"],
        zhou=house["吴磊"],
    )


def teller(name: str) -> tuple[tuple[str, str], ...]:
    return ("seat", "teller"), ("name", name), ("in_system", "yes")


def filled_in(template: bytes) -> bytes:
    """The workbook that the application gives, with 128 people below its headings: 16 of each place, two of them managers."""
    page = opened(template)
    headings = [str(cell.value).rstrip("*") for cell in page[1]]
    for row, (place, seat) in enumerate(product(PLACES, range(SEATS))):
        number = row + 1
        known = {
            "选区": place,
            "姓名": f"{'赵钱孙李周吴郑王'[PLACES.index(place)]}{'一二三四五六七八九十甲乙丙丁戊己'[seat]}",
            "性别": "女" if seat % 3 == 0 else "男",
            "工号": f"{number:04d}",
            "岗位（职务）": "部门经理" if seat < 2 else "操作工",
            "类别": "管理人员" if seat < 2 else "一线职工",
        }
        for column, heading in enumerate(headings, start=1):
            page.cell(row + 2, column).value = known.get(heading)
    return saved(page.parent)


def choices(ballot: int) -> list[int]:
    """The first so many are for an item; who is not is against it or, one in two, abstains."""
    return [0 if ballot < most else 1 + ballot % 2 for most in FOR]


def expected(item: int) -> list[int]:
    votes = [choices(ballot)[item] for ballot in range(CAST)]
    return [votes.count(choice) for choice in range(3)]


def tell_of(db: Session, item: Item, negotiation: int) -> None:
    """As though this item had come before the congress for the negotiation, with another text than it has."""
    item.subject_kind, item.subject_id = "negotiation", str(negotiation)
    notices.tell(db, item, Told.CERTIFIED, HELD, noon(HELD))


def test_a_congress_votes_on_a_contract_and_the_negotiation_moves_on(client: Client, tmp_path: Path) -> None:
    day = Day(client)
    assert day.negotiation().state == State.BEFORE_CONGRESS

    # the hall fills
    day.make_keys()
    day.register()
    day.checks_in()
    day.does(day.people.li, "opening")
    *_, leaving, late, _, _ = day.roll_call()
    day.at_desk("arrivals", delegate=late.whom.delegate_id)
    day.at_desk("departures", delegate=leaving.whom.delegate_id)
    assert (day.case().roll, day.case().present) == (ROLL, PRESENT + 1 - LATE)

    # the round
    day.prepare(items=len(FOR))
    day.open()
    assert day.round().present == PRESENT
    day.does(day.people.li, "void-slips", numbers=slip_number(day.key(day.codes[SLIPS - 1])))
    for slip in range(ON_PHONES):
        assert day.vote(slip, choices(slip))["ok"], slip
    for slip in range(ON_PHONES, CAST):
        day.on_paper(slip, choices(slip))
    day.close()

    # the box
    day.share(1, 3)
    one_void, handed_out = 1, PRESENT
    assert "多于发出" in day.may_not(day.tellers[0], "round-count", round=day.round().id, unused=SLIPS - CAST)
    day.count(unused=SLIPS - one_void - handed_out)
    contract, other, *rest = day.items()
    assert day.hears() == 0, "nothing is certified"

    # a result on another text is none for the negotiation
    day.certify(other, *rest)
    client.house.write(tell_of, other, day.talks)
    assert day.hears() == 0 and day.negotiation().state == State.BEFORE_CONGRESS
    day.certify(contract)
    assert day.negotiation().state == State.BEFORE_CONGRESS
    assert (day.hears(), day.negotiation().state) == (1, State.ADOPTED)
    assert day.hears() == 0

    day.does(day.people.zhao, "closing")
    day.does(day.people.li, "publication", channel="board", place="厂区大门公告栏")
    assert day.case().state == MeetingState.PUBLISHED
    told = client.http.get(f"/v/{day.hall}/now").json()["results"]
    assert [one["votes"] for one in told] == [expected(item) for item in range(len(FOR))]
    assert [one["passed"] for one in told] == [True, True, True, False, False]

    # what anybody can check
    board = day.board()
    done = verified_alone(board, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    certified = [f"{item.title}: {' '.join(map(str, expected(place)))}" for place, item in enumerate(day.items())]
    assert "; ".join(certified) in done.stdout
    flipped = bytearray(board)
    flipped[len(board) // 2] ^= 1
    assert verified_alone(bytes(flipped), tmp_path).returncode == 1
    assert client.house.read(verify) == []
