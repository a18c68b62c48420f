"""The first administrator, without whom nobody could let anybody in."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from web.accounts import invitations
from web.accounts.models import Account
from workflow import administration
from workflow.database import is_sqlite
from workflow.forms import invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.words import N_

NATION = "000000"
LOCK = 7_305_815
"""PostgreSQL advisory lock."""


def is_empty(db: Session) -> bool:
    """Nobody has an account yet."""
    return db.exec(select(Account.id).limit(1)).first() is None


def wait_for_turn(db: Session) -> None:
    """Of two who set up an empty database at once, the second waits here until the first is done. SQLite has one writer anyway."""
    if not is_sqlite(db):
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def add_administrator(
    db: Session,
    *,
    login: str,
    name: str,
    password: str,
    organisation: str,
    on: date,
    at: datetime,
    kind: str = OrganisationKind.FEDERATION,
    region: str = NATION,
) -> Account:
    """An account with a password and the office of administrator at `organisation`, which is made if it is not there. Raises `Invalid`."""
    if not name.strip():
        raise invalid("name", N_("请填写姓名。"))
    found = db.exec(
        select(Organisation).where(Organisation.name == organisation)
        if organisation
        else select(Organisation).order_by(col(Organisation.id)).limit(1)
    ).first()
    if found is None:
        if not organisation:
            raise invalid("organisation", N_("还没有任何单位，请写明单位名称。"))
        found = Organisation(kind=kind, name=organisation, region=region)
    person = Person(name=name.strip())
    db.add(person)
    db.flush()
    assert person.id is not None
    if found.id is None:
        administration.register(db, found, by=person.id, on=on, at=at)
    assert found.id is not None
    office = Appointment(person_id=person.id, organisation_id=found.id, office=Office.ADMINISTRATOR, since=on)
    administration.appoint(db, office, by=person.id, on=on, at=at)
    return invitations.open_account(db, person, login, at=at, password=password)
