"""What an administrator registers: on the page at once, and in a journal that nobody turns back."""

import pytest
from sqlmodel import Session, col, select

from tests.web.client import PASSWORD, Client, Page
from web.accounts.setup import add_administrator
from web.house import verify
from web.practice import now, today
from workflow.administration import Registration
from workflow.journal import Entry
from workflow.people import Appointment, Person


def administrator(db: Session) -> int:
    account = add_administrator(
        db, login="zhou", name="周萍", password=PASSWORD, organisation="江城市总工会", region="310000", on=today(db), at=now()
    )
    return account.person_id


@pytest.fixture
def admin(client: Client) -> Client:
    return client.as_(client.house.write(administrator))


def history(page: Page) -> list[str]:
    return [" ".join(row.xpath("string(td[2])").split()) for row in page.tree.xpath("//section[@aria-labelledby='history']//tbody/tr")]


def acts(db: Session) -> list[tuple[int, str]]:
    return [(e.case_id, e.act) for e in db.exec(select(Entry).where(Entry.case_kind == "organisation").order_by(col(Entry.id)))]


def register_enterprise(admin: Client) -> Page:
    return admin.post(
        "/organisations/new/enterprise",
        {"name": "江城泵业有限公司", "region": "310000", "workforce": "120", "female": "40", "dispatched": "0", "above_scale": "no"},
    )


def test_the_first_administrator_stands_in_the_journal_of_the_first_organisation(admin: Client) -> None:
    assert admin.house.read(acts) == [(1, "register"), (1, "appoint")]
    assert history(admin.get("/organisations/1"))[-1] == "登记了本单位，种类是上级工会。"


def test_a_changed_organisation_says_what_was_changed_and_by_whom(admin: Client) -> None:
    address = register_enterprise(admin).response.url.path
    admin.post(
        f"{address}/edit", {**admin.get(f"{address}/edit").form(f"{address}/edit"), "workforce": "150", "name": "江城泵业集团有限公司"}
    )
    page = admin.get(address)
    assert history(page) == ["修改了登记事项：名称、职工人数。", "登记了本单位，种类是企业。"]
    assert page.tree.xpath("string(//section[@aria-labelledby='history']//tbody/tr[1]/td[3])") == "周萍"
    entry = admin.house.read(lambda db: db.exec(select(Entry).where(Entry.act == "change")).one())
    assert entry.particulars == {"changed": {"name": ["江城泵业有限公司", "江城泵业集团有限公司"], "workforce": [120, 150]}}


def test_saving_what_stands_already_is_no_change(admin: Client) -> None:
    address = register_enterprise(admin).response.url.path
    admin.post(f"{address}/edit", admin.get(f"{address}/edit").form(f"{address}/edit"))
    assert history(admin.get(address)) == ["登记了本单位，种类是企业。"]


def test_offices_taken_and_left_are_entries(admin: Client) -> None:
    address = register_enterprise(admin).response.url.path
    sent = {"name": "陈静", "female": "yes", "office": "employer_officer", "since": "2026-01-05"}
    admin.post(f"{address}/people/new", sent)
    chen, held = admin.house.read(
        lambda db: db.exec(
            select(Person, Appointment).join(Appointment, col(Appointment.person_id) == col(Person.id)).where(Person.name == "陈静")
        ).one()
    )
    admin.post(f"{address}/appointments/new", {"person_id": str(chen.id), "office": "manager", "since": "2026-02-01"})
    admin.post(f"/appointments/{held.id}/end", {"until": "2026-03-01"})
    assert history(admin.get(address)) == [
        "登记陈静不再任企业行政方经办人，任职到2026-03-01为止。",
        "登记陈静任企业管理人员，从2026-02-01起。",
        "登记陈静任企业行政方经办人，从2026-01-05起。",
        "登记了本单位，种类是企业。",
    ]


def test_a_persons_details_are_journalled_without_their_words(admin: Client) -> None:
    address = register_enterprise(admin).response.url.path
    admin.post(
        f"{address}/people/new", {"name": "陈静", "female": "yes", "office": "worker", "since": "2026-01-05", "phone": "13800000000"}
    )
    chen = admin.house.read(lambda db: db.exec(select(Person.id).where(Person.name == "陈静")).one())
    admin.post(f"/people/{chen}", {"name": "陈静怡", "female": "yes", "phone": "13900000000", "email": ""})
    assert history(admin.get(address))[0] == "修改了陈静怡的个人资料：姓名、电话。"
    assert "139" not in str(admin.house.read(lambda db: db.exec(select(Entry).where(Entry.act == "change_person")).one().particulars))


def test_what_was_refused_is_no_entry(admin: Client) -> None:
    register_enterprise(admin)
    admin.post(
        "/organisations/new/enterprise",
        {"name": "江城泵业有限公司", "region": "310000", "workforce": "1", "female": "0", "dispatched": "0", "above_scale": "no"},
        status=422,
    )
    assert admin.house.read(acts) == [(1, "register"), (1, "appoint"), (2, "register")]


def test_the_registration_is_verified_like_any_case(admin: Client) -> None:
    register_enterprise(admin)
    assert admin.house.read(verify) == []

    def turn_back(db: Session) -> list[str]:
        row = db.get_one(Registration, 2)
        row.journal_seq = 0
        db.flush()
        found = [f"{fault.case}#{fault.seq}" for fault in verify(db)]
        db.rollback()
        return found

    assert admin.house.write(turn_back) == ["organisation/2#1"]
