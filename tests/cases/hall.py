"""A meeting of the congress before which a draft comes: every act by its own name, `hall.open("王强", on=date(…), …)`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from congress import forms
from congress.acts import PROCEEDINGS, plan
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from tests.cast import Story, noon, paper, perform
from web.dispatch import House
from web.house import hear_congresses
from workflow.database import Database
from workflow.organisations import Organisation


@dataclass
class Hall:
    story: Story
    meeting: CongressMeeting
    secretary: str = "李敏"
    """Who prepares the meeting for the union."""

    @property
    def id(self) -> int:
        return self.meeting.id or 0

    @property
    def items(self) -> list[Item]:
        query = select(Item).where(Item.meeting_id == self.id).order_by(Item.number, Item.round)  # type: ignore[arg-type]
        return list(self.story.db.exec(query).all())

    @property
    def item(self) -> Item:
        """The one item of the agenda, in its last round."""
        return self.items[-1]

    def __getattr__(self, name: str) -> Any:
        if name not in CONGRESS.acts:
            raise AttributeError(name)

        def act(by: str, on: date, /, **sent: Any) -> None:
            perform(self.story.db, PROCEEDINGS, self.meeting, name, self.story.house[by], on, entered=on, **sent)

        return act

    def call(self, on: date) -> None:
        """Officers are named and the notice goes out: the chair and the two who count act here themselves."""
        self.name_officers(
            self.secretary,
            on,
            chair="王强",
            chair_in_system=True,
            officers=[{"seat": "teller", "name": "赵丽", "in_system": True}, {"seat": "counter", "name": "孙洁", "in_system": True}],
        )
        self.convene(self.secretary, on, means="书面送达签收")

    def open_with(self, roll: int, present: int, on: date) -> None:
        self.open("王强", on, roll=roll, present=present)

    def ballot(self, on: date) -> None:
        self.open_ballot("王强", on, item=self.item.id)
        self.close_ballot("王强", on, item=self.item.id)

    def count(self, on: date, in_favour: int, against: int = 0, abstained: int = 0) -> None:
        """Both who count hand in the same sheet, and the chair certifies."""
        cast = in_favour + against + abstained
        sheet = {"issued": cast, "returned": cast, "valid": cast, "invalid": 0}
        for who in ("赵丽", "孙洁"):
            self.enter_count(who, on, item=self.item.id, **sheet, in_favour=in_favour, against=against, abstained=abstained)
        self.certify("王强", on, item=self.item.id)

    def vote(self, on: date, in_favour: int, against: int = 0, abstained: int = 0, *, roll: int = 60) -> None:
        """The whole sitting: all who are present cast a ballot."""
        self.open_with(roll, in_favour + against + abstained, on)
        self.ballot(on)
        self.count(on, in_favour, against, abstained)
        self.close("王强", on)


def a_hall(
    story: Story,
    held_on: date,
    on: date,
    *,
    number: int = 1,
    roll: int = 60,
    body: Organisation | None = None,
    by: str = "李敏",
    **more: Any,
) -> Hall:
    """A meeting is being prepared; of the enterprise's congress unless another body is named."""
    form = forms.NewMeeting.read(
        {
            "organisation": (body or story.house.enterprise).id,
            "form": "congress",
            "term": 5,
            "number": number,
            "held_on": held_on,
            "place": "职工活动中心",
            "mode": "onsite",
            "roll": roll,
            "on": on,
            **more,
        }
    )
    return Hall(story, plan(story.db, form, by=story.house[by], today=on, at=noon(on)), by)


def from_paper(hall: Hall, on: date, in_favour: int, against: int = 0, *, roll: int = 60) -> None:
    """The sitting as its signed papers tell it: nobody but the union's secretary acts here."""
    secretary, item = hall.secretary, hall.item.id
    files = paper(hall.story.db, "会议材料.pdf")
    called = on - timedelta(days=14)
    hall.name_officers(secretary, called, chair="周明", officers=[{"seat": "teller", "name": "吴刚"}, {"seat": "counter", "name": "郑红"}])
    hall.convene(secretary, called, means="书面送达签收")
    present = in_favour + against
    hall.open(secretary, on, roll=roll, present=present, evidence=files)
    hall.open_ballot(secretary, on, item=item, evidence=files)
    hall.close_ballot(secretary, on, item=item, evidence=files)
    sheet = {"issued": present, "returned": present, "valid": present, "invalid": 0, "abstained": 0}
    for officer in sorted(PROCEEDINGS.facts(hall.story.db, hall.meeting, on).counters, key=lambda one: one.id or 0):
        hall.enter_count(secretary, on, item=item, officer=officer.id, in_favour=in_favour, against=against, evidence=files, **sheet)
    hall.certify(secretary, on, item=item, evidence=files)
    hall.close(secretary, on)


def hear(story: Story, database: Database, on: date) -> int:
    """What the congresses have to tell reaches the negotiations, each in its own transaction. Gives how many were told."""
    story.db.commit()
    heard = hear_congresses(House(database), on, noon(on))
    story.db.expire_all()
    return heard
