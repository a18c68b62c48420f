"""Signing over the API: confirmed by the password, which nobody can try out and no program can skip."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.api.client import Program, program
from tests.procedures import walk
from tests.web.client import PASSWORD, Client
from web.accounts.models import Account
from web.accounts.passwords import hashed

Today = Callable[[date], None]


@pytest.fixture
def scene(client: Client, today: Today) -> tuple[dict[str, int], int]:
    """The congress has adopted the text; both chiefs have the same password, which is nobody's business here."""

    def stage(db: Session) -> tuple[dict[str, int], int]:
        story = walk.adopted(db, walk.SHANGHAI)
        for name in ("李敏", "韩文博"):
            account = db.exec(select(Account).where(Account.person_id == story.house[name])).one()
            account.password_hash = hashed(PASSWORD)
        return story.house.people, story.case.id or 0

    today(walk.SIGNED)
    return client.house.write(stage)


def chief(client: Client, scene: tuple[dict[str, int], int], name: str = "李敏") -> Program:
    return program(client, scene[0][name])


def account(client: Client, scene: tuple[dict[str, int], int]) -> Account:
    return client.house.read(lambda db: db.exec(select(Account).where(Account.person_id == scene[0]["李敏"])).one())


def test_both_chiefs_sign_with_their_passwords(client: Client, scene: tuple[dict[str, int], int]) -> None:
    case = scene[1]
    signing = {"sealed": True, "confirmed": PASSWORD}
    first = chief(client, scene).act(case, "sign", signing, idempotency_key="sign")
    assert first.json["state"] == "adopted"
    assert chief(client, scene).act(case, "sign", signing, idempotency_key="sign").json == first.json
    assert chief(client, scene).act(case, "sign", signing, status=409).reasons()
    both = chief(client, scene, "韩文博").act(case, "sign", signing)
    assert both.json["state"] == "signed" and "contract" in {d["kind"] for d in both.json["documents"]}
    assert PASSWORD not in both.response.text
    assert PASSWORD not in chief(client, scene).get(f"/negotiations/{case}/journal").response.text


def test_nothing_but_the_password_confirms(client: Client, scene: tuple[dict[str, int], int]) -> None:
    one = chief(client, scene)
    for tried, typed in enumerate((True, "true", PASSWORD.upper(), [PASSWORD]), start=1):
        refused = one.act(scene[1], "sign", {"sealed": True, "confirmed": typed}, status=422)
        assert refused.json["errors"] == {"confirmed": ["密码不对，请重新输入。"]}
        assert account(client, scene).failures == tried
    for nothing in (None, "", False, 0):
        refused = one.act(scene[1], "sign", {"sealed": True, "confirmed": nothing}, status=422)
        assert refused.json["errors"]["confirmed"] == ["请输入登录密码确认签字，或者上传签字页的扫描件。"]
    assert account(client, scene).failures == 4


def test_trying_passwords_locks_the_account(client: Client, scene: tuple[dict[str, int], int]) -> None:
    one = chief(client, scene)
    for n in range(5):
        one.act(scene[1], "sign", {"sealed": True, "confirmed": f"a guess {n}"}, status=422)
    locked = one.act(scene[1], "sign", {"sealed": True, "confirmed": PASSWORD}, status=422).json["errors"]["confirmed"]
    assert locked[0].startswith("连续5次输错，账户锁定到")
    assert one.get(f"/negotiations/{scene[1]}").json["state"] == "adopted"
