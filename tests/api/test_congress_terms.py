"""Terms and rolls over the API: the roll, the import with a message per faulty cell, and nothing for who may not see it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.api.client import program
from tests.congress.cast import Cast, cast
from tests.congress.rolls import BEGAN, LATER, PEOPLE, serving, set_up, workbook
from tests.web.client import Client

Today = Callable[[date], None]


@pytest.fixture
def people(client: Client) -> Cast:
    return client.house.write(cast)


def test_a_roll_is_imported_confirmed_and_read(client: Client, people: Cast, today: Today) -> None:
    today(BEGAN)
    term = client.house.write(lambda db: set_up(db, people).id)
    union = program(client, people.li)
    (line,) = union.get("/congress/terms").json["items"]
    assert (line["id"], line["title"], line["members"]) == (term, "第六届职工代表大会", 0)
    document = [union.upload(workbook(PEOPLE), "名册.xlsx")]
    union.post(f"/congress/terms/{term}/acts/import_roll", {"document": document})
    found = union.post(f"/congress/terms/{term}/acts/confirm_roll", {}).json
    assert (found["state"], found["members"], found["deadlines"][0]["due"]) == ("serving", 7, "2029-02-28")
    first = found["constituencies"][0]
    assert (first["name"], first["seats"], [d["name"] for d in first["delegates"]]) == ("铸造车间", 3, ["赵建国", "钱玉兰", "孙志刚"])
    measure = next(m for m in found["composition"] if m["rule"] == "DEL-NUMBER")
    assert measure["met"] is False and measure["sentence"].endswith("代表应不少于85名，现有7名。")


def test_a_faulty_workbook_is_answered_cell_by_cell_and_nothing_is_stored(client: Client, people: Cast, today: Today) -> None:
    today(BEGAN)
    term = client.house.write(lambda db: set_up(db, people).id)
    union = program(client, people.li)
    rows = [PEOPLE[0], ("铸造车间", "钱玉兰", "F", "", "", "一线职工", "", "", "", "")]
    document = [union.upload(workbook(rows), "名册.xlsx")]
    refused = union.post(f"/congress/terms/{term}/acts/import_roll", {"document": document}, status=422).json
    assert refused["errors"]["document"] == ["第3行“性别”：“F”不是可选的值，请填：男、女。", "第3行“岗位（职务）”：没有填，请补上。"]
    assert union.get(f"/congress/terms/{term}").json["members"] == 0


def test_a_roll_does_not_exist_for_who_may_not_see_it(client: Client, people: Cast, today: Today) -> None:
    today(LATER)
    term = client.house.write(lambda db: serving(db, people).id)
    for who in (people.wang, people.zhou, people.zhao):
        assert program(client, who).get(f"/congress/terms/{term}").json["members"] == 7
    worker = program(client, people.chen)
    assert worker.get("/congress/terms").json["items"] == []
    worker.get(f"/congress/terms/{term}", status=404)
    worker.post(f"/congress/terms/{term}/acts/end_seat", {"delegate": 1, "why": "resigned"}, status=404)
    program(client, None).get(f"/congress/terms/{term}", status=401)
