"""A negotiation's pages: what they ask of each side, and how they say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.forms import Appoint
from negotiation.models import Negotiation
from negotiation.queries import facts
from negotiation.requirements.talks import may_chair
from tests.cases import stages
from tests.cast import EMPLOYER, PDF, WORKERS, Story, hongxing, wage_talks
from tests.procedures import walk
from tests.web.client import Client, Page
from web.accounts.models import Account
from web.practice import set_today
from workflow.forms import Invalid

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


EMPLOYERS_PEOPLE = frozenset({"韩文博", "陈静", "周刚", "孙洁"})


def sent(db: Session, without_account: frozenset[str] = frozenset(), region: str = ANHUI) -> Story:
    story = wage_talks(db, hongxing(db, region, without_account=without_account), date(2026, 3, 2))
    story.offer("李敏", date(2026, 3, 2))
    return story


def test_an_offer_that_nobody_has_recorded_as_received_is_told_to_both_sides(client: Client) -> None:
    told = led(client, sent, date(2026, 3, 4))
    asked = "对方发出了要约；请登记收到日期，自次日起20日内书面答复"
    urged = "要约2026-03-02发出，还没有人登记对方收到的日期，对方20日内答复的期限没有起算"
    for page in (told.workbench("陈静"), told.case("陈静")):
        assert asked in page.text and "《工资集体协商试行办法》第十七条" in page.text and urged not in page.text
    for page in (told.workbench("李敏"), told.case("李敏")):
        assert urged in page.text and "凭送达回证、快递签收单等证明自己登记" in page.text and asked not in page.text
    absent = led(client, lambda db: sent(db, EMPLOYERS_PEOPLE, SHANGHAI), date(2026, 3, 4))
    assert (
        "对方没有账户，请凭送达回证、快递签收单等证明登记" in absent.workbench("李敏").text and "请催对方" not in absent.case("李敏").text
    )
    received = led(client, lambda db: walk.offered(db, "330000"), date(2026, 3, 4))
    for name in ("陈静", "李敏"):
        for page in (received.workbench(name), received.case(name)):
            assert "没有起算" not in page.text and "请登记收到日期" not in page.text


def test_a_filing_that_nobody_has_recorded_as_received_is_told_to_the_sides(client: Client) -> None:
    told = led(client, lambda db: stages.handed_in(db, ANHUI)[0], date(2026, 4, 18))
    for name in ("李敏", "陈静"):
        assert "还没有人登记收件，审查期限没有起算" in told.case(name).text
        assert "还没有人登记收件" in told.workbench(name).text
    assert "还没有人登记收件" not in told.case("郑楠").text


def test_the_other_sides_list_and_signature_are_entered_from_the_paper_on_the_page(client: Client) -> None:
    told = led(client, lambda db: sent(db, EMPLOYERS_PEOPLE), date(2026, 3, 4))
    own = told.form("李敏", "representatives")
    assert "企业方没有账户" in own.text and own.form(f"{told.address}/representatives")["side"] == "workers"
    assert "必须上传签字或盖章的书面材料" not in own.text
    theirs = told.form("李敏", "representatives?seat=employer")
    form = theirs.form(f"{told.address}/representatives")
    assert (form["side"], form["seat"]) == ("employer", "employer")
    assert theirs.tree.xpath("//label[@for='f-evidence'][abbr]") and "必须上传签字或盖章的书面材料" in theirs.text
    rows = {
        f"representatives.{n}.{part}": str(row[part])
        for n, row in enumerate(EMPLOYER)
        for part in ("name", "produced", "chief_as")
        if part in row
    }
    page = client.post(f"{told.address}/representatives", {**form, **rows}, status=422)
    assert page.summary == ["这是代对方登记的书面材料，请上传签字或盖章的扫描件或照片。"]
    scan = {"evidence": ("名单.pdf", PDF, "application/pdf")}
    assert "韩文博（首席）" in client.post(f"{told.address}/representatives", {**form, **rows}, files=scan).text


def test_a_chief_whose_side_has_signed_is_led_to_the_absent_chiefs_signature(client: Client) -> None:
    def signing(db: Session) -> Story:
        story = walk.adopted(db, ANHUI)
        for name in EMPLOYERS_PEOPLE:
            db.delete(db.exec(select(Account).where(Account.person_id == story.house[name])).one())
        return story

    told = led(client, signing, walk.SIGNED)
    page = told.form("李敏", "signature")
    assert page.tree.xpath("//a[contains(@href, 'seat=employer_chief')]")
    scan = {"evidence": ("签字页.pdf", PDF, "application/pdf")}
    client.post(f"{told.address}/signature", page.form(f"{told.address}/signature") | {"sealed": "yes"}, files=scan)
    link = next(href for href in told.case("李敏").links() if href.startswith(f"{told.address}/signature"))
    assert link.endswith("?seat=employer_chief") and link in told.workbench("李敏").links()
    page = client.get(link)
    assert "企业方首席代表" in page.text and page.tree.xpath("//label[@for='f-evidence'][abbr]")
    done = client.post(f"{told.address}/signature", page.form(f"{told.address}/signature") | {"sealed": "yes"}, files=scan)
    assert "企业方首席代表签字" in done.text and "报送审查" in done.text


def test_where_both_sign_in_nobody_is_offered_to_act_for_the_other(client: Client) -> None:
    told = led(client, lambda db: walk.adopted(db, ANHUI), walk.SIGNED)
    page = told.form("李敏", "signature?seat=employer_chief")
    assert "没有账户" not in page.text and "seat" not in page.form(f"{told.address}/signature")


def test_the_capacity_makes_the_chief_and_the_page_asks_once(client: Client) -> None:
    told = led(client, lambda db: walk.preparing(db, ANHUI), walk.NAMED)
    page = told.form("李敏", "representatives")
    assert not page.tree.xpath("//*[contains(@name, '.chief') and not(contains(@name, '.chief_as'))]")
    assert {label.get("for").split(".")[1] for label in page.tree.xpath("//label[abbr][contains(@for, 'representatives.')]")} == {"0"}
    rows = {
        f"representatives.{n}.{part}": str(row[part])
        for n, row in enumerate(WORKERS)
        for part in ("name", "produced", "chief_as")
        if part in row
    }
    done = client.post(f"{told.address}/representatives", {**page.form(f"{told.address}/representatives"), **rows})
    assert "李敏（首席）、王强、赵丽" in done.text


def test_a_clients_older_way_of_naming_the_chief_is_still_read() -> None:
    row = {"name": "李敏", "produced": "union_selection"}

    def chief(**more: object) -> bool:
        return Appoint.read({"side": "workers", "representatives": [{**row, **more}]}).representatives[0].chief

    assert chief(chief=True, chief_as="union_chair") and chief(chief_as="union_chair") and not chief()
    assert not chief(chief=False, chief_as="union_chair")
    with pytest.raises(Invalid, match="请写明李敏以什么身份担任首席代表"):
        chief(chief=True)


def test_a_paper_of_the_authority_is_marked_as_needed_for_the_sides_and_not_for_itself(client: Client) -> None:
    told = led(client, lambda db: walk.filed(db, ANHUI), date(2026, 4, 20))
    for noun, paper in (("approval", "审查意见书"), ("objection", "审查意见书"), ("supplement-request", "补正通知")):
        page = told.form("李敏", noun)
        assert page.tree.xpath("//label[@for='f-evidence'][abbr]"), noun
        assert f"代人社部门登记的，必须上传{paper}。" in page.tree.xpath("string(//*[@id='hint-evidence'])")
        assert not told.form("郑楠", noun).tree.xpath("//label[@for='f-evidence'][abbr]")
