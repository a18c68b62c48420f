"""Two who sit at the table with a browser each; for everybody else, what is signed on paper is entered by them."""

from sqlmodel import Session, select

from tests.cast import House, hongxing
from web.accounts.models import Account
from web.accounts.passwords import hashed
from workflow.database import Database

PASSWORD = "three words together"
UNION, EMPLOYER = "limin", "hanwenbo"
ON_PAPER = frozenset({"王强", "赵丽", "陈静", "周刚", "孙洁", "吴磊", "郑楠"})


def at_the_table(database: Database, region: str, city: str) -> House:
    """李敏 chairs the union, 韩文博 is the legal representative; both sign in."""
    with database.write() as db:
        house = hongxing(db, region, city=city, without_account=ON_PAPER)
        for name, login in (("李敏", UNION), ("韩文博", EMPLOYER)):
            let_in(db, house[name], login)
        return house


def let_in(db: Session, person_id: int, login: str) -> None:
    account = db.exec(select(Account).where(Account.person_id == person_id)).one()
    account.login, account.password_hash = login, hashed(PASSWORD)
