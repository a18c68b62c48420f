"""What congresses do between their meetings in the demonstration: proposals, disclosure, and a joint meeting."""

from datetime import time, timedelta
from typing import Any

from congress import forms as meetings
from congress.acts import PROCEEDINGS as MEETINGS
from congress.acts import plan
from congress.disclosure import acts as disclosure
from congress.disclosure.forms import NewDisclosure
from congress.joint import acts as joint
from congress.joint.forms import NewJointMeeting
from congress.proposals import acts as proposals
from congress.proposals.forms import NewProposal
from congress.rolls.models import CongressTerm
from web.demo.people import LOGISTICS, PUMPS, Firm, Someone, World
from web.demo.rolls import term_of
from web.demo.tale import noon, scan
from workflow import evidence
from workflow.proceedings import Proceedings, do


def pumps_proposals(world: World) -> None:
    """One answered and not yet rated, one with a day to be answered by, one that waits to be filed."""
    term = term_of(world, PUMPS)
    answered = _proposal(
        world, term, PUMPS.teller, 60, title="关于改善铸造车间夏季通风降温的提案", subject="safety",
        account="铸造车间七、八月份炉前温度超过四十度，现有轴流风机老化，岗位送风不足，去年夏天有两名职工中暑。",
        wish="更换炉前岗位送风装置，增设两处空调休息点，高温时段每小时安排十分钟轮换休息。",
    )  # fmt: skip
    _act(world, proposals.PROCEEDINGS, answered, "second", PUMPS.counter, 59)
    _act(world, proposals.PROCEEDINGS, answered, "file_proposal", PUMPS.officer, 55)
    due = world.ago(25)
    _act(world, proposals.PROCEEDINGS, answered, "assign", PUMPS.officer, 54, handler="生产部、安全环保科", answer_by=due)
    _act(
        world, proposals.PROCEEDINGS, answered, "answer_proposal", PUMPS.personnel, 27,
        answer="炉前六个岗位的送风装置已经列入本年度技改，十二月底前安装完毕；两处空调休息点已经启用；高温时段轮换休息写入车间作业安排。",
    )  # fmt: skip
    waiting = _proposal(
        world, term, PUMPS.presiding, 40, title="关于提高高技能人才带徒津贴的提案", subject="pay",
        account="带徒津贴每月一百元，多年没有调整，骨干技师带徒的积极性不高，青年职工成长慢。",
        wish="把带徒津贴提高到每月三百元，出师考核合格的另给一次性奖励。",
    )  # fmt: skip
    _act(world, proposals.PROCEEDINGS, waiting, "file_proposal", PUMPS.officer, 33)
    by = world.on + timedelta(days=12)
    _act(world, proposals.PROCEEDINGS, waiting, "assign", PUMPS.officer, 32, handler="人力资源部", answer_by=by)
    _proposal(
        world, term, PUMPS.counter, 3, title="关于仓储部增设充电叉车停放棚的提案", subject="management",
        account="充电叉车露天停放，雨天充电有触电和起火的隐患。", wish="在三号库东侧搭建带雨棚的停放和充电区。",
    )  # fmt: skip


def pumps_disclosures(world: World) -> None:
    """The social insurance of a quarter, with an opinion that was answered and one that was not yet."""
    term, day = term_of(world, PUMPS), world.ago(18)
    made = disclosure.disclose_affair(
        world.db,
        NewDisclosure.read(
            {
                "term": term.id,
                "title": "第三季度社会保险费和企业年金缴纳情况",
                "affair": "insurance",
                "means": "notice_board",
                "place": "各车间厂务公开栏",
                "account": "本季度应缴职工1260人，实缴1260人，缴费基数按上年度月平均工资核定，无欠缴；企业年金参加962人，缴费按方案执行。",
                "on": day,
                "evidence": _paper(world, "第三季度社会保险费缴纳情况表"),
            }
        ),
        by=world.people[PUMPS.key, PUMPS.personnel.name],
        today=day,
        at=noon(day),
    )
    _act(world, disclosure.PROCEEDINGS, made, "raise_remark", PUMPS.presiding, 15, words="请公开新进厂职工从哪个月开始参加企业年金。")
    first = disclosure.PROCEEDINGS.facts(world.db, made, day).remarks[0]
    _act(
        world, disclosure.PROCEEDINGS, made, "answer_remark", PUMPS.personnel, 12, remark=first.id,
        answer="试用期满的次月起可以参加，人力资源部每月二十五日前办理；已在公开栏补充说明。",
    )  # fmt: skip
    _act(world, disclosure.PROCEEDINGS, made, "raise_remark", PUMPS.counter, 2, words="派遣到公司的人员由谁缴费，也请一并公开。")


def logistics_joint(world: World) -> None:
    """What leaders decided between two meetings waits for the next one, which has been called and takes it first."""
    term = term_of(world, LOGISTICS)
    called, held = world.ago(16), world.ago(13)
    made = joint.call_together(
        world.db,
        NewJointMeeting.read(
            {
                "term": term.id,
                "title": "关于寒潮期间调整冷库装卸班次的方案",
                "matter": "other",
                "urgency": "气象部门预报下周起有强寒潮，冷库外月台夜间作业温度低于零下十度，须在大会召开以前调整班次。",
                "authority": "第五届职工代表大会第一次会议关于授权联席会议的决议",
                "held_on": held,
                "place": "港城路基地二楼会议室",
                "on": called,
            }
        ),
        by=world.people[LOGISTICS.key, LOGISTICS.chair.name],
        today=called,
        at=noon(called),
    )
    _act(
        world, joint.PROCEEDINGS, made, "decide", LOGISTICS.officer, 13, firm=LOGISTICS, invited=4, attended=4,
        decision="寒潮期间夜间月台作业每四十分钟轮换一次，每班增加一名机动人员，津贴按原标准的一倍半发给；执行到气象部门解除寒潮预警为止。",
        evidence=_paper(world, "联席会议签到和记录"),
    )  # fmt: skip
    planned = world.ago(11)
    body = world.bodies[LOGISTICS.key]
    world.meetings[body] = number = world.meetings.get(body, 3) + 1
    meeting = plan(
        world.db,
        meetings.NewMeeting.read(
            {
                "organisation": body, "form": "congress", "term": 5, "number": number, "held_on": world.on + timedelta(days=5),
                "held_time": time(14, 0), "place": "港城路基地食堂", "mode": "onsite", "on": planned,
            }
        ),
        by=world.people[LOGISTICS.key, LOGISTICS.chair.name],
        today=planned,
        at=noon(planned),
    )  # fmt: skip
    _act(
        world, MEETINGS, meeting, "add_item", LOGISTICS.chair, 10, firm=LOGISTICS, title="冷库作业劳动防护用品发放办法（草案）", matter="rules",
        secret=True, document=_paper(world, "冷库作业劳动防护用品发放办法（草案）"),
    )  # fmt: skip
    counting = [
        {"seat": seat, "name": one.name, "in_system": False} for seat, one in (("teller", LOGISTICS.teller), ("counter", LOGISTICS.counter))
    ]
    chair = {"chair": LOGISTICS.presiding.name, "chair_in_system": False}
    _act(world, MEETINGS, meeting, "name_officers", LOGISTICS.chair, 10, firm=LOGISTICS, officers=counting, **chair)
    _act(world, MEETINGS, meeting, "convene", LOGISTICS.chair, 6, firm=LOGISTICS, means="书面通知连同草案全文送达，代表签收")


def _proposal(world: World, term: CongressTerm, one: Someone, ago: int, /, **words: str) -> Any:
    day = world.ago(ago)
    form = NewProposal.read({"term": term.id, "on": day, **words})
    return proposals.propose(world.db, form, by=world.people[PUMPS.key, one.name], today=day, at=noon(day))


def _act(
    world: World, proceedings: Proceedings[Any, Any], case: Any, name: str, one: Someone, ago: int, /, firm: Firm = PUMPS, **sent: Any
) -> None:
    day = world.ago(ago)
    by = proceedings.actor(world.db, case, world.people[firm.key, one.name], day)
    do(world.db, proceedings, case, name, {"on": day, **sent}, by=by, today=day, at=noon(day))


def _paper(world: World, name: str) -> list[dict[str, str]]:
    return [{"name": f"{name}.pdf", "sha256": evidence.keep(world.db, f"{name}.pdf", scan(name))}]
