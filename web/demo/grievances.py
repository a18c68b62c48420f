"""What workers raise in the demonstration: by the hotline, at the counter and online; answered, on the way, and one that is a dispute."""

from datetime import date, timedelta
from typing import Any

from mediation.grievances import forms
from mediation.grievances.acts import PROCEEDINGS, register
from mediation.grievances.models import Grievance
from web.demo.people import LINJIANG, LOGISTICS, PUMPS, SOFTWARE, Someone, World
from web.demo.tale import noon
from workflow.organisations import Organisation
from workflow.proceedings import do

OFFICER = Someone("吴晓岚", "集体协商指导员")


def grievances(world: World) -> None:
    _answered(world)
    _on_the_way(world)
    _for_the_union(world)
    _of_three(world)
    _own(world)


def _answered(world: World) -> None:
    told = {
        "channel": "counter",
        "subject": "hardship",
        "account": "孩子住院手术，自费部分三万多元，家里一时拿不出来。",
        "wish": "希望申请困难职工帮扶。",
        "name": "徐秀珍",
        "phone": "13900002201",
    }
    one = _raised(world, LINJIANG, OFFICER, 40, LOGISTICS.key, **told)
    handler = {"route": "hardship", "handler": "临江区总工会困难职工帮扶中心"}
    _act(world, one, "route", OFFICER, LINJIANG, 39, **handler, answer_by=world.ago(39) + timedelta(days=14))
    _act(world, one, "answer_grievance", OFFICER, LINJIANG, 30, answer="已经核实，发放临时救助金八千元，并协助申请大病医疗互助。")
    _act(world, one, "rate_answer", OFFICER, LINJIANG, 28, satisfaction="satisfied", remark="谢谢工会。")


def _on_the_way(world: World) -> None:
    told = {"channel": "hotline", "subject": "contract", "account": "入职五个月没有签劳动合同，想知道怎么办。", "phone": "13900002202"}
    one = _raised(world, LINJIANG, OFFICER, 8, SOFTWARE.key, **told)
    handler = {"route": "legal_aid", "handler": "临江区法律援助中心工会工作站"}
    _act(world, one, "route", OFFICER, LINJIANG, 7, **handler, answer_by=world.on + timedelta(days=2))


def _for_the_union(world: World) -> None:
    told: dict[str, Any] = {
        "channel": "hotline",
        "subject": "talks",
        "account": "车间大伙都说两年没有调工资了，想让工会和公司谈一谈明年的工资。",
        "wish": "开展工资集体协商。",
        "persons": 30,
    }
    one = _raised(world, LINJIANG, OFFICER, 5, SOFTWARE.key, **told)
    _act(world, one, "route", OFFICER, LINJIANG, 4, route="union", answer_by=world.on + timedelta(days=10))


def _of_three(world: World) -> None:
    """Three about one thing from one house: an early warning to both unions."""
    for ago, words in (
        (12, "连续三个周末被安排到冷库加班，没有补休。"),
        (9, "上个月加班七十多个小时，主管说算自愿。"),
        (3, "夜班改成十二小时一班，没有征求过意见。"),
    ):
        _raised(world, LINJIANG, OFFICER, ago, LOGISTICS.key, channel="hotline", subject="hours", account=words)


def _own(world: World) -> None:
    """A worker with an account writes to the union of the house himself."""
    told = {"subject": "safety", "account": "机加工车间的切削液味道很大，通风机坏了半个月。", "wish": "尽快修好通风机。"}
    one = _raised(world, f"{PUMPS.key}工会", PUMPS.presiding, 6, PUMPS.key, among=PUMPS.key, **told)
    handler = {"route": "proposal", "handler": "提案审查委员会"}
    _act(world, one, "route", PUMPS.chair, PUMPS.key, 5, **handler, answer_by=world.on + timedelta(days=9))


def _raised(world: World, at: str, one: Someone, ago: int, firm: str, among: str = "", **told: Any) -> Grievance:
    day = world.ago(ago)
    unit = world.db.get_one(Organisation, world.bodies[firm]).name
    form = forms.NewGrievance.read({"body": world.bodies[at], "unit": unit, "persons": 1, "on": day, **told})
    return register(world.db, form, by=world.people[among or at, one.name], today=day, at=noon(day))


def _act(world: World, one: Grievance, name: str, by: Someone, among: str, ago: int, **sent: Any) -> None:
    day: date = world.ago(ago)
    actor = PROCEEDINGS.actor(world.db, one, world.people[among, by.name], day)
    do(world.db, PROCEEDINGS, one, name, {"on": day, **sent}, by=actor, today=day, at=noon(day))
