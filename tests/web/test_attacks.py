"""What somebody tries who means no good: each is refused, and nothing is told or kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyotp
from sqlmodel import Session, select

from congress.procedure import CONGRESS
from negotiation.models import Negotiation
from tests.cast import BEGINNING, PDF, WORKERS, Story, hongxing
from tests.congress.cast import MEETING, SUZHOU, Cast, cast, opened, sheet
from tests.procedures import walk
from tests.web.client import PASSWORD, TOTP_KEY, Client
from web.accounts import invitations, second_factor
from web.accounts.models import Account
from web.accounts.passwords import hashed
from web.house import sweep
from web.pages.negotiations import WORK
from web.practice import now, set_today
from workflow.deadlines import Event
from workflow.forms import MOST_ROWS
from workflow.people import Appointment, Office, Person

Led = Callable[[Session, str], Story]


def begun(client: Client, lead: Led, today: date) -> tuple[dict[str, int], int]:
    """People by name, and the case that `lead` gives, seen from `today`."""

    def tell(db: Session) -> tuple[dict[str, int], int]:
        story = lead(db, walk.SHANGHAI)
        return story.house.people, story.case.id or 0

    found = client.house.write(tell)
    client.house.write(set_today, today, by=None)
    return found


# ---- rooms


def test_a_name_alone_opens_no_room(client: Client) -> None:
    """A workers' representative has the name of the employer's officer, another that of an officer who left years ago."""

    def lead(db: Session, region: str) -> Story:
        story = walk.preparing(db, region)
        gone = Person(name="钱进")
        db.add(gone)
        db.flush()
        assert gone.id is not None and story.house.enterprise.id is not None
        office: dict[str, Any] = {"organisation_id": story.house.enterprise.id, "office": Office.EMPLOYER_OFFICER}
        db.add(Appointment(person_id=gone.id, since=BEGINNING, until=date(2022, 1, 1), **office))
        story.house.people["钱进"] = gone.id
        namesakes: list[dict[str, Any]] = [{"name": name, "produced": "union_selection"} for name in ("钱进", "陈静")]
        story.appoint("李敏", walk.NAMED, side="workers", representatives=[*WORKERS, *namesakes])
        return story

    people, case = begun(client, lead, walk.NAMED)
    client.as_(people["李敏"]).post(f"/negotiations/{case}/room", {"heading": "底线", "text": "不低于五个点"})
    assert "不低于五个点" not in client.as_(people["陈静"]).get(f"/negotiations/{case}/room").text
    client.as_(people["钱进"]).get(f"/negotiations/{case}", status=404)


def test_whoever_looks_on_is_told_neither_of_a_case_that_is_closed_to_them_nor_what_was_found(client: Client) -> None:
    """The superior union and the authority, on the page and its print."""

    def lead(db: Session, region: str) -> Story:
        story = walk.in_force(db, region)
        on = date(2026, 6, 1)
        clause = story.facts(on).clauses[0].id
        story.list_obligations("李敏", on, obligations=[{"clause": clause, "what": "夜班津贴按月发放", "owner": "employer"}])
        story.amend("李敏", on, reason="工资")
        other = db.exec(select(Negotiation).where(Negotiation.predecessor_id == story.case.id)).one()
        other.title = "还没有提出的变更"
        return story

    people, case = begun(client, lead, date(2026, 6, 2))
    for address in (f"/negotiations/{case}", f"/negotiations/{case}/print"):
        shown = {who: client.as_(people[who]).get(address).text for who in ("李敏", "陈静", "吴磊", "郑楠")}
        assert [who for who in shown if "夜班津贴按月发放" in shown[who]] == ["李敏", "陈静"]
    shown = {who: client.as_(people[who]).get(f"/negotiations/{case}").text for who in ("李敏", "吴磊", "郑楠")}
    assert [who for who in shown if "还没有提出的变更" in shown[who]] == ["李敏"]


def test_that_a_vote_stands_at_half_is_told_to_nobody_who_does_not_count(client: Client) -> None:
    def stage(db: Session) -> tuple[Cast, int, dict[str, Any]]:
        people = cast(db, SUZHOU)
        meeting, item = opened(db, people, roll=400)
        return people, meeting.id or 0, sheet(item, 200, 50, 30)

    client.house.write(set_today, MEETING, by=None)
    people, meeting, count = client.house.write(stage)
    for person, noun, sent in (
        (people.zhao, "ballot", {"item": count["item"]}),
        (people.zhao, "end-of-ballot", {"item": count["item"]}),
        (people.chen, "count", count),
        (people.sun, "count", count),
    ):
        client.as_(person).post(f"/congress/{meeting}/{noun}", sent)
    label = CONGRESS.acts["decide_at_half"].label
    assert label in client.as_(people.zhao).get(f"/congress/{meeting}").text
    assert label not in client.as_(people.wang).get(f"/congress/{meeting}").text


# ---- what is sent


def test_ten_thousand_rows_keep_nobody_waiting(client: Client) -> None:
    people, case = begun(client, walk.consulting, walk.MET)
    client.as_(people["李敏"])
    address = f"/negotiations/{case}/{WORK.noun('lay_out')}"
    assert len(client.post(address, {"clauses.9999.head": "other"}, status=422).tree.xpath("//fieldset[@class='rowset']")) <= MOST_ROWS
    many = {f"clauses.{i}.text": "夜班津贴" for i in range(MOST_ROWS + 1)}
    page = client.post(address, many, status=422)
    assert f"“条款”最多填{MOST_ROWS}行。" in page.text


def test_numbers_that_are_none_break_nothing(client: Client) -> None:
    people, case = begun(client, walk.consulting, walk.MET)
    client.as_(people["李敏"]).get("/")
    huge = "9" * 30
    for address in (f"/negotiations/{huge}", f"/negotiations/{case}/files/{huge}", f"/congress/{huge}", "/negotiations/0"):
        client.get(address, status=404)
    for address in ("/negotiations", "/messages", "/congress"):
        client.get(f"{address}?number={huge}")
    for address, sent in (
        (f"/negotiations/{case}/{WORK.noun('propose')}", {"version": "²", "head": "none"}),
        ("/negotiations/new", {"step": "²"}),
        ("/negotiations/new", {"step": "1" * 5000}),
        ("/negotiations/new", {"go": "stepx"}),
    ):
        client.post(address, sent, status=422)
    client.post("/me/sessions/end", {"session": huge})
    client.post(f"/me/tokens/{huge}/end", status=404)


def test_a_step_back_is_a_step_back(client: Client) -> None:
    people, _case = begun(client, walk.consulting, walk.MET)
    page = client.as_(people["李敏"]).post("/negotiations/new", {"step": "1", "go": "step0", "title": "工资"})
    assert page.tree.xpath("//*[@name='kind']") and not page.errors


def test_a_form_from_no_address_at_all_is_refused(client: Client) -> None:
    """As a sandboxed frame sends it."""
    people, case = begun(client, walk.consulting, walk.MET)
    client.as_(people["李敏"])
    sent = {"_csrf_token": client.token(), "head": "wage_level", "text": "增长6%。"}
    for origin in ("null", "", "https://elsewhere.example"):
        answer = client.http.post(f"/negotiations/{case}/{WORK.noun('propose')}", data=sent, headers={"origin": origin})
        assert answer.status_code == 403, origin


# ---- passwords


def an_account(client: Client, totp_secret: str = "") -> tuple[int, str]:
    """李敏's, with the link of an invitation."""

    def choose(db: Session) -> tuple[int, str]:
        person = hongxing(db)["李敏"]
        account = db.exec(select(Account).where(Account.person_id == person)).one()
        account.login, account.password_hash = "limin", hashed(PASSWORD)
        account.totp_secret = second_factor.locked(TOTP_KEY, account.id or 0, totp_secret) if totp_secret else ""
        return person, invitations.invite(db, person, at=now())

    return client.house.write(choose)


def test_a_password_is_not_guessed_where_it_is_changed(client: Client) -> None:
    """By whoever found a browser signed in."""
    person, _link = an_account(client)
    client.as_(person)
    for guess in range(4):
        sent = {"current": f"guess number {guess}", "password": "another three words", "again": "another three words"}
        assert client.post("/me/password", sent, status=422).errors == ["现在的密码不对。"]
    assert "账户锁定到" in client.post("/me/totp/off", {"password": "guess"}, status=422).text
    sent = {"current": PASSWORD, "password": "another three words", "again": "another three words"}
    assert "账户锁定到" in client.post("/me/password", sent, status=422).text, "locked is locked, also for the right one"


def test_a_link_is_no_second_factor_and_ends_what_the_old_password_had_begun(client: Client) -> None:
    person, link = an_account(client, pyotp.random_base32())
    client.as_(person).get("/me")
    stolen = client.http.cookies["heyi_session"]
    client.as_nobody()
    response = client.send(f"/invitation/{link}", {"password": "another three words", "again": "another three words"}, follow=False)
    assert response.headers["location"] == "/login" and "heyi_session" not in response.cookies
    client.http.cookies.set("heyi_session", stolen)
    assert client.http.get("/me", follow_redirects=False).headers["location"].startswith("/login")


def test_a_code_in_full_width_digits_is_read(client: Client) -> None:
    secret = pyotp.random_base32()
    an_account(client, secret)
    ticket = client.sign_in("limin").form("/login/code")["ticket"]
    wide = str(pyotp.TOTP(secret).now()).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert client.send("/login/code", {"ticket": ticket, "code": wide}, follow=False).status_code == 303


# ---- days


def test_a_period_that_was_missed_is_not_saved_by_ones_own_word(client: Client) -> None:
    """The reply was due on 18 March and nobody replied: neither a reply entered for the 10th nor a later receipt is taken unproven."""
    people, case = begun(client, walk.offered, date(2026, 3, 25))
    sweep(client.house, date(2026, 3, 25), now())
    client.as_(people["陈静"])
    reply, correction = (f"/negotiations/{case}/{WORK.noun(act)}" for act in ("accept_offer", "correct_date"))
    assert client.post(reply, {"on": "2026-03-10"}, status=422).errors == ["期限2026-03-18已经届满；按期限以内的日期补录，请上传证明材料。"]
    received = client.house.read(lambda db: db.exec(select(Event).where(Event.name == "REQUEST_RECEIVED")).one().id)
    moved = {"event": received, "to": "2026-03-13", "reason": "13日才转交"}
    assert client.post(correction, moved, status=422).errors == ["这样更正，已经逾期的期限就不再逾期，请上传证明材料。"]
    proof = {"evidence": ("答复书.pdf", PDF, "application/pdf")}
    assert client.send(reply, {"on": "2026-03-10"}, files=proof, follow=False).status_code == 303


def test_a_token_that_is_no_word_is_no_token(client: Client) -> None:
    """Sent as a file, or twice."""
    client.token()
    for sent in ({"files": {"_csrf_token": ("token", client.token().encode())}}, {"data": {"_csrf_token": ["a", client.token()]}}):
        answer = client.http.post("/login", **sent)
        assert answer.status_code in (400, 403, 422), (sent, answer.status_code)
