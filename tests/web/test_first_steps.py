"""A fresh installation: what its administrator is led to do before anybody can negotiate."""

from sqlmodel import select

from tests.web.client import Client
from tests.web.test_shell import administrator
from workflow.organisations import Organisation
from workflow.people import Person


def test_a_new_administrator_is_led_to_the_first_negotiation_step_by_step(client: Client) -> None:
    administrator(client)

    def steps() -> list[str]:
        page = client.get("/")
        assert "等您办理" not in page.text, "an empty list of duties helps nobody"
        return [" ".join(li.text_content().split()) for li in page.tree.xpath("//section[.//h2[@id='steps']]//li")]

    def done() -> list[bool]:
        return ["完成" in step for step in steps()]

    def way() -> str:
        return str(client.get("/").tree.xpath("string(//section[.//h2[@id='steps']]//a[contains(@class, 'main')]/@href)"))

    assert done() == [False] * 5 and steps()[3].endswith("先做前面的步骤")
    assert way() == "/organisations/new?kind=authority"
    client.get(way())
    client.post("/organisations/new/authority", {"name": "江城市人社局", "region": "330100"})
    assert done() == [True, False, False, False, False] and way() == "/organisations/new?kind=enterprise"
    client.post("/organisations/new/enterprise", {"name": "江城泵业有限公司", "region": "330100"})
    bodies = client.house.read(lambda db: {o.kind: o.id for o in db.exec(select(Organisation)).all()})
    assert way() == f"/organisations/{bodies['enterprise']}/edit", "who reviews its contracts is still open"
    form = client.get(way()).form(way())
    client.post(way(), {**form, "authority_id": str(bodies["authority"])})
    assert way() == f"/organisations/new?kind=union&of_id={bodies['enterprise']}"
    client.post("/organisations/new/union", {**client.get(way()).form("/organisations/new/union"), "name": "泵业工会", "region": "330100"})
    union = client.house.read(lambda db: db.exec(select(Organisation.id).where(Organisation.kind == "union")).one())
    for body, name, office in ((union, "周志远", "union_chair"), (bodies["enterprise"], "沈岚", "employer_officer")):
        assert done() == [True, True, True, False, False] and way() == f"/organisations/{body}/people/new"
        client.post(way(), {"name": name, "female": "no", "office": office, "since": "2020-01-01"})
    people = client.house.read(lambda db: {p.name: p.id for p in db.exec(select(Person)).all()})
    for name, login in (("周志远", "zhou"), ("沈岚", "shen")):
        assert done() == [True, True, True, True, False] and way() == f"/admin/accounts/new?person={people[name]}"
        client.post(f"/admin/accounts/new/{people[name]}", {"login": login})
    assert done() == [True] * 5 and way() == "" and "都准备好了" in client.get("/").text
    assert "开始协商以前" not in client.as_(people["周志远"]).get("/").text, "the steps are the administrator's"
    opening = {"kind": "wage", "level": "enterprise", "organisation": str(bodies["enterprise"]), "title": "工资专项集体合同", "step": "3"}
    client.post("/negotiations/new", opening)
    administrators = client.house.read(lambda db: db.exec(select(Person.id).where(Person.name == "管理员")).one())
    assert "开始协商以前" not in client.as_(administrators).get("/").text
