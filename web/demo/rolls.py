"""The fifth term of the pump works' congress: a hundred and twenty-eight delegates, elected by constituency, and what changed since."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from openpyxl import Workbook

from congress.rolls import acts, forms, queries
from congress.rolls.models import CongressTerm, Delegate
from congress.rolls.sheet import COLUMNS
from web.demo.people import PUMPS, World
from workflow import evidence
from workflow.proceedings import do

CONSTITUENCIES = (
    ("铸造车间", 24, ("造型工", "熔炼工", "电焊工", "清理工")),
    ("机加工一车间", 26, ("车工", "镗工", "数控操作工", "磨工")),
    ("机加工二车间", 20, ("铣工", "钻工", "数控操作工")),
    ("装配车间", 26, ("装配钳工", "调试工", "行车工", "油漆工")),
    ("质检仓储部", 12, ("检验员", "库管员", "叉车司机")),
    ("技术中心", 10, ("设计工程师", "工艺工程师", "实验员")),
    ("机关科室", 10, ("生产调度员", "财务会计", "安全员")),
)
TECHNICAL = frozenset({"设计工程师", "工艺工程师", "实验员", "财务会计", "安全员"})
FROM_THE_CAST = {
    "铸造车间": (("王强", "男", "电焊工"),),
    "机加工一车间": (("赵建国", "男", "主任技师"),),
    "装配车间": (("赵丽萍", "女", "质检员"),),
    "质检仓储部": (("孙丽", "女", "统计员"),),
    "机关科室": (("陈芳", "女", "财务会计"), ("李敏", "女", "工会主席")),
}
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
    """Registered before the first meeting that the cases hold; one seat ended and was filled, one delegate was replaced."""
    began = date(world.on.year - 4, 4, 1)
    chair = world.people[PUMPS.key, PUMPS.chair.name]
    term = acts.set_up(
        world.db,
        forms.NewTerm.read(
            {
                "organisation": world.bodies[PUMPS.key],
                "form": "congress",
                "number": 5,
                "since": began,
                "years": 5,
                "constituencies": [{"name": name, "seats": seats} for name, seats, _ in CONSTITUENCIES],
            }
        ),
        by=chair,
        today=began - timedelta(days=5),
        at=_noon(began - timedelta(days=5)),
    )
    kept = evidence.keep(world.db, "名册.xlsx", roll())
    _do(world, term, "import_roll", began - timedelta(days=4), document=[{"name": "第五届职工代表名册.xlsx", "sha256": kept}])
    _do(world, term, "confirm_roll", began)
    _do(world, term, "invite", began, name="高远", job="退休职工管理小组组长")
    _changed(world, term, began)


def _changed(world: World, term: CongressTerm, began: date) -> None:
    """One left the enterprise and one moved to another constituency; both seats were filled in the first year."""
    leaving, moving = (_last(world, term, name) for name in ("机加工二车间", "装配车间"))
    _do(world, term, "end_seat", began + timedelta(days=120), delegate=leaving.id, why="employment")
    votes = {"workers": 186, "attended": 171, "in_favour": 158}
    successor = {"female": False, "staff_number": "2041", "job": "铣工", "post": "frontline"}
    _do(
        world,
        term,
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
        world, term, "replace_delegate", began + timedelta(days=260), constituency=moving.constituency_id, replaces=moving.id, why="moved",
        name="牛广田", **successor, **votes,
    )  # fmt: skip


def roll() -> bytes:
    """The workbook that the union handed in."""
    book = Workbook()
    sheet = book.active
    sheet.append([column.heading for column in COLUMNS])
    names, numbers = _names(), count(1001)
    for at, (place, seats, jobs) in enumerate(CONSTITUENCIES):
        cast = FROM_THE_CAST.get(place, ())
        for seat in range(seats):
            if seat < len(cast):
                name, sex, job = cast[seat]
                post = "一线职工" if job not in ("工会主席", "财务会计") else "技术人员"
            else:
                name, sex = next(names)
                job = jobs[(seat + at) % len(jobs)]
                post = "技术人员" if job in TECHNICAL else "一线职工"
                if seat % 8 == 7:
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
    facts = queries.facts(world.db, term, world.on)
    constituency = next(c for c in facts.constituencies if c.name == place)
    return [d for d in facts.of(constituency, facts.elected()) if d.post == "frontline"][-1]


def _do(world: World, term: CongressTerm, name: str, day: date, /, **sent: object) -> None:
    actor = queries.actor(world.db, term, world.people[PUMPS.key, PUMPS.chair.name], day)
    do(world.db, acts.PROCEEDINGS, term, name, {"on": day, **sent}, by=actor, today=day, at=_noon(day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4, 0), UTC)
