"""A negotiation's pages: what they ask of each side, and how they say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from negotiation.models import Negotiation
from negotiation.queries import facts
from negotiation.requirements import may_chair
from tests.cases import stages
from tests.cast import Story
from tests.procedures import walk
from tests.web.client import Client, Page
from web.practice import set_today

SHANGHAI, ANHUI = "310000", "340000"


@dataclass(frozen=True)
class Told:
    """A case led to where a test begins, and its people."""

    client: Client
    number: int
    people: dict[str, int]

    @property
    def address(self) -> str:
        return f"/negotiations/{self.number}"

    def case(self, name: str) -> Page:
        return self.client.as_(self.people[name]).get(self.address)

    def workbench(self, name: str) -> Page:
        return self.client.as_(self.people[name]).get("/")

    def form(self, name: str, noun: str) -> Page:
        return self.client.as_(self.people[name]).get(f"{self.address}/{noun}")


def led(client: Client, lead: Callable[[Session], Story], on: date) -> Told:
    def make(db: Session) -> Told:
        story = lead(db)
        set_today(db, on, by=None)
        assert story.case.id is not None
        return Told(client, story.case.id, dict(story.house.people))

    return client.house.write(make)


def section(page: Page, heading: str) -> str:
    """The text of the section under this heading."""
    found = page.tree.xpath(f"//section[.//h2[@id='{heading}']]")
    return " ".join(" ".join(found[0].text_content().split()).split()) if found else ""


def test_how_long_representatives_are_in_office_stands_with_them_and_is_no_deadline(client: Client) -> None:
    told = led(client, lambda db: walk.named(db, SHANGHAI), walk.NAMED)
    page = told.case("李敏")
    assert "履职期限" not in section(page, "deadlines")
    assert section(page, "team").count("任期：没有订立合同的，到2026年9月7日为止") == 2
    assert "履职期限" not in told.workbench("李敏").text
    client.house.write(lambda db: set_today(db, date(2026, 9, 8), by=None))
    assert section(told.case("李敏"), "team").count("任期已满") == 2


def test_a_date_that_the_authority_set_is_not_called_agreed(client: Client) -> None:
    told = led(client, lambda db: stages.incomplete(db, ANHUI)[0], date(2026, 4, 22))
    text = section(told.case("李敏"), "deadlines")
    assert "补正报送材料" in text and "人社部门指定" in text and "约定" not in text


def test_who_may_chair_is_offered_by_the_rule_by_which_it_is_checked(client: Client) -> None:
    told = led(client, lambda db: walk.named(db, ANHUI), walk.NAMED)
    offered = told.form("李敏", "meeting").tree.xpath("//input[@name='chair']/@value")
    assert offered == client.house.read(_who_may_chair, told.number)


def _who_may_chair(db: Session, number: int) -> list[str]:
    return list(may_chair(facts(db, db.get_one(Negotiation, number), walk.NAMED), walk.NAMED))
