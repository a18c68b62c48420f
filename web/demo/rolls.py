"""The terms of two congresses: of the pump works with what changed since, and of the cold chain with who leads its delegations."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from openpyxl import Workbook
from sqlmodel import select

from congress.rolls import acts, forms, queries
from congress.rolls.models import CongressTerm, Delegate
from congress.rolls.sheet import COLUMNS
from web.demo.people import LOGISTICS, PUMPS, Firm, World
from web.demo.tale import noon
from workflow import evidence
from workflow.proceedings import do

TECHNICAL = frozenset({"设计工程师", "工艺工程师", "实验员", "财务会计", "财务出纳", "安全员", "工会主席"})


@dataclass(frozen=True)
class Roll:
    """Constituencies with their seats and jobs, and which of the seats go to people of the cast: name, sex, job."""

    firm: Firm
    places: Sequence[tuple[str, int, tuple[str, ...]]]
    cast: Mapping[str, Sequence[tuple[str, str, str]]]
    first: int
    """Staff number of the first delegate."""


OF_THE_PUMPS = Roll(
    PUMPS,
    (
        ("铸造车间", 24, ("造型工", "熔炼工", "电焊工", "清理工")),
        ("机加工一车间", 26, ("车工", "镗工", "数控操作工", "磨工")),
        ("机加工二车间", 20, ("铣工", "钻工", "数控操作工")),
        ("装配车间", 26, ("装配钳工", "调试工", "行车工", "油漆工")),
        ("质检仓储部", 12, ("检验员", "库管员", "叉车司机")),
        ("技术中心", 10, ("设计工程师", "工艺工程师", "实验员")),
        ("机关科室", 10, ("生产调度员", "财务会计", "安全员")),
    ),
    {
        "铸造车间": (("王强", "男", "电焊工"),),
        "机加工一车间": (("赵建国", "男", "主任技师"),),
        "装配车间": (("赵丽萍", "女", "质检员"),),
        "质检仓储部": (("孙丽", "女", "统计员"),),
        "机关科室": (("陈芳", "女", "财务会计"), ("李敏", "女", "工会主席")),
    },
    1001,
)
OF_THE_LOGISTICS = Roll(
    LOGISTICS,
    (
        ("运输车队", 20, ("冷链驾驶员", "押运员", "修理工")),
        ("冷库装卸部", 18, ("分拣员", "装卸工", "叉车司机", "制冷工")),
        ("调度客服部", 10, ("调度员", "客服专员", "信息录入员")),
    ),
    {
        "运输车队": (("倪大勇", "男", "驾驶员"),),
        "冷库装卸部": (("朱伟明", "男", "冷库班长"), ("徐秀珍", "女", "分拣员")),
        "调度客服部": (("庄小军", "男", "调度员"), ("邵敏", "女", "财务出纳"), ("顾海燕", "女", "工会主席")),
    },
    301,
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
MALE = (
    "志强",
    "建军",
    "国庆",
    "永贵",
    "长江",
    "海波",
    "文斌",
    "立新",
    "宏伟",
    "晓峰",
    "德胜",
    "金龙",
    "少华",
    "春生",
    "振宇",
    "大伟",
    "家明",
)
FEMALE = ("玉梅", "秀兰", "春燕", "丽娟", "小红", "雅琴", "凤英", "晓燕", "桂芳", "雪梅", "巧云")


def elected(world: World) -> None:
    """Registered before the first meetings that the cases hold."""
    began = date(world.on.year - 4, 4, 1)
    for roll in (OF_THE_PUMPS, OF_THE_LOGISTICS):
        _elect(world, roll, began)
    _changed(world, began)
    term = term_of(world, LOGISTICS)
    for place, *_ in OF_THE_LOGISTICS.places:
        _do(world, LOGISTICS, "name_leader", began + timedelta(days=12), delegate=_of(world, term, place)[0].id)


def term_of(world: World, firm: Firm) -> CongressTerm:
    return world.db.exec(select(CongressTerm).where(CongressTerm.organisation_id == world.bodies[firm.key])).one()


def _elect(world: World, roll: Roll, began: date) -> None:
    firm, day = roll.firm, began - timedelta(days=5)
    acts.set_up(
        world.db,
        forms.NewTerm.read(
            {
                "organisation": world.bodies[firm.key],
                "form": "congress",
                "number": 5,
                "since": began,
                "years": 5,
                "constituencies": [{"name": name, "seats": seats} for name, seats, _ in roll.places],
            }
        ),
        by=world.people[firm.key, firm.chair.name],
        today=day,
        at=noon(day),
    )
    kept = evidence.keep(world.db, "名册.xlsx", workbook(roll))
    _do(world, firm, "import_roll", began - timedelta(days=4), document=[{"name": "第五届职工代表名册.xlsx", "sha256": kept}])
    _do(world, firm, "confirm_roll", began)


def _changed(world: World, began: date) -> None:
    """One left the enterprise and one moved to another constituency; both seats were filled in the first year."""
    _do(world, PUMPS, "invite", began, name="高远", job="退休职工管理小组组长")
    term = term_of(world, PUMPS)
    leaving, moving = (_last(world, term, name) for name in ("机加工二车间", "装配车间"))
    _do(world, PUMPS, "end_seat", began + timedelta(days=120), delegate=leaving.id, why="employment")
    votes = {"workers": 186, "attended": 171, "in_favour": 158}
    successor = {"female": False, "staff_number": "2041", "job": "铣工", "post": "frontline"}
    _do(
        world,
        PUMPS,
        "by_elect",
        began + timedelta(days=150),
        constituency=leaving.constituency_id,
        replaces=leaving.id,
        name="柳成林",
        **successor,
        **votes,
    )
    votes = {"workers": 318, "attended": 289, "in_favour": 263}
    successor = {"female": False, "staff_number": "2057", "job": "调试工", "post": "frontline"}
    _do(
        world, PUMPS, "replace_delegate", began + timedelta(days=260), constituency=moving.constituency_id, replaces=moving.id, why="moved",
        name="牛广田", **successor, **votes,
    )  # fmt: skip


def workbook(roll: Roll) -> bytes:
    """As the union handed it in."""
    book = Workbook()
    sheet = book.active
    sheet.append([column.heading for column in COLUMNS])
    names, numbers = _names(), count(roll.first)
    for at, (place, seats, jobs) in enumerate(roll.places):
        cast = roll.cast.get(place, ())
        for seat in range(seats):
            if seat < len(cast):
                name, sex, job = cast[seat]
            else:
                name, sex = next(names)
                job = jobs[(seat + at) % len(jobs)]
            post = "技术人员" if job in TECHNICAL else "一线职工"
            if seat >= len(cast) and seat % 8 == 7:
                job, post = ("车间主任", "管理人员") if place.endswith("车间") else ("部门经理", "管理人员")
            sheet.append(
                [place, name, sex, str(next(numbers)), job, post, "否", "是" if (seat + at) % 5 == 2 else "否", "", "选区职工直接选举"]
            )
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _names() -> Iterator[tuple[str, str]]:
    """One woman in four, as in the workforce; no name comes twice."""
    for at in count():
        if at % 4 == 1:
            yield SURNAMES[at * 7 % len(SURNAMES)] + FEMALE[at % len(FEMALE)], "女"
        else:
            yield SURNAMES[at * 7 % len(SURNAMES)] + MALE[at % len(MALE)], "男"


def _last(world: World, term: CongressTerm, place: str) -> Delegate:
    return [d for d in _of(world, term, place) if d.post == "frontline"][-1]


def _of(world: World, term: CongressTerm, place: str) -> list[Delegate]:
    facts = queries.facts(world.db, term, world.on)
    constituency = next(c for c in facts.constituencies if c.name == place)
    return list(facts.of(constituency, facts.elected()))


def _do(world: World, firm: Firm, name: str, day: date, /, **sent: object) -> None:
    term = term_of(world, firm)
    actor = queries.actor(world.db, term, world.people[firm.key, firm.chair.name], day)
    do(world.db, acts.PROCEEDINGS, term, name, {"on": day, **sent}, by=actor, today=day, at=noon(day))
