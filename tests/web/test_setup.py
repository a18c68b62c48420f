"""Two people find the first-start page open at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from tests.web.client import PASSWORD, Client, open_client
from web.accounts.models import Account
from workflow.database import Database


def test_of_two_who_set_up_at_once_one_wins_and_the_other_is_told(database: Database) -> None:
    sent = {"organisation": "江城市总工会", "kind": "federation", "region": "330100", "name": "陈晨", "password": PASSWORD}
    with open_client(database) as one, open_client(database) as other:
        gate = Barrier(2)

        def set_up(client: Client, login: str) -> str:
            client.token()
            gate.wait()
            return client.post("/setup", sent | {"login": login}).body

        with ThreadPoolExecutor(2) as threads:
            said = [answer.result() for answer in [threads.submit(set_up, one, "chen"), threads.submit(set_up, other, "zhou")]]
        assert sorted("已经由别人建好了" in page for page in said) == [False, True]
        assert len(one.house.read(lambda db: db.exec(select(Account)).all())) == 1
        assert "已经由别人建好了" in one.post("/setup/demonstration").body
