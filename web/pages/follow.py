"""A case in the hands of an applicant without account: number and access code open it for a while, in the applicant's seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, col, select

from mediation import disclosure, intake, queries
from mediation.acts import MEDIATIONS
from mediation.documents import readable
from mediation.facts import Facts
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.terms import OUTCOME_LABELS
from web import casefile
from web.accounts import entry
from web.dispatch import in_read, in_write
from web.downloads import MEDIA_TYPES, attachment, made
from web.pages import mediation_file
from web.pages.mediation import CASEWORK
from web.pages.mediation_forms import begins, choices
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.security import at_most
from web.sessions import ended_cookie
from web.settings import Settings
from web.signing import seal, unseal
from workflow.documents.issue import PDF, Document, DocumentFile
from workflow.forms import FormModel, Invalid, field
from workflow.outbox import Message
from workflow.procedure import Actor, Refused, Standing
from workflow.proceedings import do, locked
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

ADDRESS = "/follow"
CASE = f"{ADDRESS}/case"
OPEN_FOR = timedelta(hours=2)
ACTS: Mapping[str, str] = {"hand_in": "evidence", "record_performance": "performance", "rate": "rating", "withdraw": "withdrawal"}
"""What may be done by the code alone, and the noun of each in addresses."""
WRONG = say(N_("案号或者查询码不对，请核对后重新输入。"))
THROTTLED = say(N_("从这个网络地址输错的次数太多，请过十五分钟再试。"))
NEXT: Mapping[str, str] = {
    "registered": N_("调解委员会正在看您的申请，在下面的期限以前决定是否受理。"),
    "consent_asked": N_("正在征询对方是否同意调解。对方不同意或者逾期不答复的，不予受理，您可以申请仲裁。"),
    "accepted": N_("已经受理，接下来指定调解员，约时间会谈。"),
    "mediating": N_("正在调解。您可以随时补交材料；谈不成的，可以申请仲裁。"),
    "agreed": N_("协议书已经写好，等双方和调解员签字、委员会盖章后生效。请按通知到场签字。"),
    "performing": N_("协议已经生效。收到或者没有收到约定的款项，请在这里登记。"),
    "closed": N_("本案已经结案。结果和以后可以走的途径写在下面的文书里。"),
}


class Entry(FormModel):
    number: str = field(N_("案号"), max_length=80, hint=N_("收据上的编号。括号可以写成[ ]或者( )。"))
    code: str = field(N_("查询码"), max_length=40, hint=N_("十二位，大小写都可以。"))


@dataclass(frozen=True)
class Ticket:
    """Which case a browser was let into, by which code, until when."""

    case_id: int
    mark: str
    until: int


def admit(case: MediationCase) -> Cookie:
    settings = READER.get().settings
    value = seal(settings.secret, "follow", [case.id, case.access_hash[:16], int((now() + OPEN_FOR).timestamp())])
    return Cookie(
        key=_name(settings),
        value=value,
        path="/",
        max_age=int(OPEN_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def _name(settings: Settings) -> str:
    return "__Host-heyi_follow" if settings.secure_cookies else "heyi_follow"


def _ticket(request: AnyRequest) -> Ticket | None:
    settings = READER.get().settings
    match unseal(settings.secret, "follow", request.cookies.get(_name(settings), "")):
        case [int(case_id), str(mark), int(until)] if until > now().timestamp():
            return Ticket(case_id, mark, until)
    return None


# ---- routes


@get(ADDRESS, guards=[at_most(60)])
async def show_entry(number: FromQuery[str] = "") -> Response[str]:
    return _entry({"number": number.replace("\x00", "")[:80]}, {})


@post(ADDRESS, guards=[at_most(20)], status_code=200)
async def enter(request: AnyRequest) -> Response[str]:
    sent = await posted(request)
    at, address = now(), request.client.host if request.client else ""
    try:
        form = Entry.read({name: sent.text(name) for name in ("number", "code")})
    except Invalid as error:
        return _entry(sent.values, error.errors)
    if await in_read(entry.is_throttled, address, at=at):
        return _entry(sent.values, {"": [THROTTLED]}, 429)
    cookie = await in_read(_enter, form)
    if cookie is None:
        await in_write(entry.record_failure, None, address, at=at)
        return _entry(sent.values, {"": [WRONG]})
    response = redirect(CASE)
    response.set_cookie(cookie)
    return response


@post(f"{ADDRESS}/leaving")
async def leave() -> Response[str]:
    response = redirect(ADDRESS, say(N_("已经退出。再看的时候输入案号和查询码。")))
    response.set_cookie(ended_cookie(READER.get().settings, _name(READER.get().settings)))
    return response


@get(CASE)
async def show(request: AnyRequest) -> Response[str]:
    ticket = _ticket(request)
    return await in_read(_show, ticket) if ticket else _expired()


@get(f"{CASE}/files/{{file_id:int}}")
async def show_file(request: AnyRequest, file_id: FromPath[int]) -> Response[Any]:
    ticket = _ticket(request)
    return await in_read(_file, ticket, file_id) if ticket else _expired()


@get(f"{CASE}/documents/{{token:str}}")
async def show_document(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    ticket = _ticket(request)
    if ticket is None:
        return _expired()
    document, kept = await in_read(_document, ticket, token)
    return attachment(kept or await made(document, PDF), MEDIA_TYPES[PDF], f"{document.title}.pdf", inline=True)


@get(f"{CASE}/{{noun:str}}")
async def show_act(request: AnyRequest, noun: FromPath[str]) -> Response[str]:
    ticket, act = _ticket(request), _act(noun)
    return await in_read(_form, ticket, act) if ticket else _expired()


@post(f"{CASE}/{{noun:str}}", guards=[at_most(20)], status_code=200)
async def do_act(request: AnyRequest, noun: FromPath[str]) -> Response[str]:
    ticket, act = _ticket(request), _act(noun)
    if ticket is None:
        return _expired()
    person = await in_write(_person, ticket)
    return await in_write(_do, ticket, act, await posted(request, person))


# ---- letting in


def _entry(values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]], status: int = 422) -> Response[str]:
    return page("pages/public/follow.html", status=status if errors else 200, form=Entry, values={**values, "code": ""}, errors=errors)


def _enter(db: Session, form: Entry) -> Cookie | None:
    number = form.number.translate(str.maketrans("[［【(（]］】)）", "〔〔〔〔〔〕〕〕〕〕"))
    case = queries.by_number(db, number)
    return admit(case) if intake.is_opened_by(case, form.code) and case is not None else None


def _expired() -> Response[Any]:
    return redirect(ADDRESS, say(N_("打开的时间过了，请再输入一次案号和查询码。")))


def _case(db: Session, ticket: Ticket, lock: bool = False) -> MediationCase:
    """As long as the code is the one the browser was let in with."""
    case = db.get(MediationCase, ticket.case_id)
    if case is None or not case.access_hash or case.access_hash[:16] != ticket.mark:
        raise NotFoundException
    return locked(db, MediationCase, ticket.case_id) if lock else case


def _actor(db: Session, case: MediationCase, on: date) -> Actor:
    """In the applicant's seat and no other, whatever else this person is here."""
    person = intake.bearer(db, case).person_id
    seats = queries.seats_of(db, case, person, on) if person is not None else frozenset({Seat.APPLICANT})
    return Actor(person, seats & {Seat.APPLICANT}, Seat.APPLICANT, by_code=True)


def _person(db: Session, ticket: Ticket) -> int:
    return intake.person_of(db, _case(db, ticket, True))


# ---- the page of the case


@dataclass(frozen=True)
class Told:
    at: datetime
    sentence: Sentence


def _show(db: Session, ticket: Ticket) -> Response[str]:
    case, on = _case(db, ticket), today(db)
    facts, by = queries.facts(db, case, on), _actor(db, case, on)
    view = mediation_file.view(CASEWORK, db, case, facts, by, on)
    return page(
        "pages/public/case.html",
        **{name: view[name] for name in ("case", "state", "stages", "periods", "promised", "until", "may_arbitrate", "pieces", "files")},
        outcome=OUTCOME_LABELS.get(case.outcome or "", ""),
        committee=facts.committee,
        next=NEXT.get(case.state, ""),
        offers=[(f"{CASE}/{ACTS[s.act.name]}", s.act) for s in _standings(facts, case, by, on) if s.open],
        documents=readable(db, case, by),
        messages=_messages(db, case, by),
    )


def _standings(facts: Facts, case: MediationCase, by: Actor, on: date) -> list[Standing[Facts]]:
    return [MEDIATION.standing(name, case.state, facts, by, on) for name in ACTS]


def _messages(db: Session, case: MediationCase, by: Actor) -> list[Told]:
    query = select(Message).where(Message.person_id == by.person_id, Message.case_kind == MEDIATION.name, Message.case_id == case.id)
    return [Told(one.created_at, one.sentence()) for one in db.exec(query.order_by(col(Message.id).desc()).limit(30)).all()]


def _file(db: Session, ticket: Ticket, file_id: int) -> Response[bytes]:
    case = _case(db, ticket)
    return casefile.download(db, disclosure.files(db, case, _actor(db, case, today(db)).seats), file_id)


def _document(db: Session, ticket: Ticket, token: str) -> tuple[Document, bytes | None]:
    case = _case(db, ticket)
    document = next((d for d in readable(db, case, _actor(db, case, today(db))) if d.token == token), None)
    if document is None:
        raise NotFoundException
    kept = db.get(DocumentFile, (document.id, PDF))
    db.expunge(document)
    return document, kept.data if kept else None


# ---- what may be done


def _act(noun: str) -> str:
    for act, known in ACTS.items():
        if known == noun:
            return act
    raise NotFoundException


def _form(db: Session, ticket: Ticket, act: str) -> Response[str]:
    case, on = _case(db, ticket), today(db)
    facts, by = queries.facts(db, case, on), _actor(db, case, on)
    standing = MEDIATION.standing(act, case.state, facts, by, on)
    if not standing.open:
        raise Refused(act, standing.act.label, standing.reasons)
    return _form_page(db, case, facts, standing, by, {"on": on, **begins(db, case, facts, act, by, {})}, {})


def _form_page(
    db: Session,
    case: MediationCase,
    facts: Facts,
    standing: Standing[Facts],
    by: Actor,
    values: Mapping[str, Any],
    errors: Mapping[str, Sequence[Sentence]],
) -> Response[str]:
    return page(
        "pages/public/act.html",
        status=422 if errors else 200,
        case=case,
        act=standing.act,
        action=f"{CASE}/{ACTS[standing.act.name]}",
        form=standing.act.form,
        values=values,
        errors=errors,
        choices=choices(db, case, facts, standing.act.name, by),
    )


def _do(db: Session, ticket: Ticket, act: str, sent: Posted) -> Response[str]:
    case, on = _case(db, ticket, True), today(db)
    by = _actor(db, case, on)
    try:
        sent.check()
        do(db, MEDIATIONS, case, act, sent.values, by=by, today=on, at=now())
    except Invalid as error:
        db.rollback()
        case = _case(db, ticket)
        facts = queries.facts(db, case, on)
        standing = MEDIATION.standing(act, case.state, facts, by, on)
        if not standing.open:
            raise Refused(act, standing.act.label, standing.reasons) from None
        return _form_page(db, case, facts, standing, by, sent.values, error.errors)
    return redirect(CASE, say(N_("已办理：{act}。"), act=Word(MEDIATION.acts[act].label)))


routes = (show_entry, enter, leave, show, show_file, show_document, show_act, do_act)
