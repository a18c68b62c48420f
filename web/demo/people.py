"""Who there is in the demonstration: federations, authorities, enterprises with their unions, and their people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from web.accounts.invitations import open_account
from web.accounts.passwords import hashed
from workflow.calendar import Calendar, load_calendar
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person

PASSWORD = "heyi-demo-2026"
"""Of every demonstration account."""


@dataclass(frozen=True)
class Someone:
    name: str
    post: str
    login: str = ""
    female: bool = False
    frontline: bool = False


@dataclass(frozen=True)
class Firm:
    """An enterprise with its union, as the demonstration needs it. `workers` and `managers` sit at the table beside the chiefs."""

    key: str
    name: str
    region: str
    federation: str
    authority: str
    industry: str
    address: str
    workforce: int
    female: int
    code: str
    roll: int
    """Delegates of the employee congress."""
    chair: Someone
    officer: Someone
    workers: tuple[Someone, ...]
    legal: Someone
    personnel: Someone
    managers: tuple[Someone, ...]
    recorder: Someone
    presiding: Someone
    teller: Someone
    counter: Someone
    above_scale: bool = False
    dispatched: int = 0

    @property
    def workers_team(self) -> tuple[Someone, ...]:
        return (self.chair, *self.workers)

    @property
    def employers_team(self) -> tuple[Someone, ...]:
        return (self.legal, self.personnel, *self.managers)


@dataclass
class World:
    """What has been founded, by its short name, and the day from which the demonstration is seen."""

    db: Session
    on: date
    at: datetime
    calendar: Calendar
    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    """Firm or body, and name."""
    meetings: dict[int, int] = field(default_factory=dict)
    """How many congress meetings a body has held in the demonstration."""
    known: list[Organisation | Person] = field(default_factory=list)
    """Held here, so that the session need not read them again for every act."""
    password_hash: str = ""

    def ago(self, days: int) -> date:
        """The working day so many days before, or the last one before that."""
        return self.workday(self.on - timedelta(days=days))

    def workday(self, day: date) -> date:
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        return day


NATIONAL, LINJIANG, XIXI, JIANHU, STREET = (
    "沪浙示范总工会",
    "上海市临江区总工会",
    "杭州市西溪区总工会",
    "绍兴市鉴湖区总工会",
    "西溪区临溪街道总工会",
)
FEDERATIONS = (
    (NATIONAL, "000000", "", "沪浙示范工"),
    (LINJIANG, "310000", NATIONAL, "临江工"),
    (XIXI, "330100", NATIONAL, "西溪工"),
    (JIANHU, "330600", NATIONAL, "鉴湖工"),
    (STREET, "330100", XIXI, "临溪工"),
)
LABOUR_LINJIANG, LABOUR_XIXI, LABOUR_JIANHU = (
    "上海市临江区人力资源和社会保障局",
    "杭州市西溪区人力资源和社会保障局",
    "绍兴市鉴湖区人力资源和社会保障局",
)
AUTHORITIES = ((LABOUR_LINJIANG, "310000"), (LABOUR_XIXI, "330100"), (LABOUR_JIANHU, "330600"))
EMPLOYERS = "西溪区临溪街道企业联合会"

OFFICIALS = (
    (NATIONAL, Office.ADMINISTRATOR, Someone("何永清", "系统管理员", "admin")),
    (NATIONAL, Office.SUPERIOR_OFFICER, Someone("方志远", "权益保障部部长", "fang.zhiyuan")),
    (LINJIANG, Office.SUPERIOR_OFFICER, Someone("吴晓岚", "集体协商指导员", "wu.xiaolan", female=True)),
    (XIXI, Office.SUPERIOR_OFFICER, Someone("金国良", "权益保障部副部长", "jin.guoliang")),
    (JIANHU, Office.SUPERIOR_OFFICER, Someone("章慧", "权益保障部干事", "zhang.hui", female=True)),
    (LABOUR_LINJIANG, Office.AUTHORITY_REVIEWER, Someone("郑楠", "劳动关系科科员", "zheng.nan", female=True)),
    (LABOUR_XIXI, Office.AUTHORITY_REVIEWER, Someone("沈立峰", "劳动关系科副科长", "shen.lifeng")),
    (LABOUR_JIANHU, Office.AUTHORITY_REVIEWER, Someone("陶静怡", "劳动关系科科员", "tao.jingyi", female=True)),
)

PUMPS = Firm(
    "江城泵业", "上海江城泵业有限公司", "310000", LINJIANG, LABOUR_LINJIANG, "通用设备制造业", "上海市临江区滨江工业园泵阀路18号", 1260, 312, "江泵工", 128,
    chair=Someone("李敏", "工会主席", "li.min", female=True),
    officer=Someone("王强", "工会副主席、铸造车间电焊工", "wang.qiang", frontline=True),
    workers=(
        Someone("王强", "工会副主席、铸造车间电焊工", "wang.qiang", frontline=True),
        Someone("赵丽萍", "装配车间质检员", "zhao.liping", female=True, frontline=True),
    ),
    legal=Someone("韩文博", "董事长", "han.wenbo"),
    personnel=Someone("陈静", "人力资源部经理", "chen.jing", female=True),
    managers=(Someone("周刚", "生产部经理", "zhou.gang"),),
    recorder=Someone("孙洁", "档案室管理员", "sun.jie", female=True),
    presiding=Someone("赵建国", "机加工车间主任技师", "zhao.jianguo", frontline=True),
    teller=Someone("陈芳", "财务部会计", "chen.fang", female=True),
    counter=Someone("孙丽", "仓储部统计员", "sun.li", female=True),
)  # fmt: skip
LOGISTICS = Firm(
    "浦联冷链", "上海浦联冷链物流有限公司", "310000", LINJIANG, LABOUR_LINJIANG, "道路运输业", "上海市临江区港城路566号", 480, 96, "浦联工", 48,
    chair=Someone("顾海燕", "工会主席", "gu.haiyan", female=True),
    officer=Someone("朱伟明", "工会委员、冷库班长", "zhu.weiming", frontline=True),
    workers=(
        Someone("朱伟明", "工会委员、冷库班长", "zhu.weiming", frontline=True),
        Someone("徐秀珍", "分拣员", female=True, frontline=True),
    ),
    legal=Someone("陆振华", "总经理", "lu.zhenhua"),
    personnel=Someone("高倩", "综合管理部经理", "gao.qian", female=True),
    managers=(Someone("许建平", "运输部经理"),),
    recorder=Someone("汪蓉", "行政专员", female=True),
    presiding=Someone("倪大勇", "驾驶员", frontline=True),
    teller=Someone("邵敏", "财务出纳", female=True),
    counter=Someone("庄小军", "调度员"),
)  # fmt: skip
SOFTWARE = Firm(
    "云栈软件", "上海云栈软件技术有限公司", "310000", LINJIANG, LABOUR_LINJIANG, "软件和信息技术服务业", "上海市临江区科创大道99号2号楼", 210, 84, "云栈工", 38,
    chair=Someone("林巧云", "工会主席", "lin.qiaoyun", female=True),
    officer=Someone("江涛", "工会委员、测试工程师", "jiang.tao"),
    workers=(Someone("江涛", "工会委员、测试工程师", "jiang.tao", frontline=True), Someone("傅一鸣", "运维工程师", frontline=True)),
    legal=Someone("戴思源", "总经理", "dai.siyuan"),
    personnel=Someone("苏曼", "人力行政总监", "su.man", female=True),
    managers=(Someone("魏东", "研发总监"),),
    recorder=Someone("贺婷", "行政专员", female=True),
    presiding=Someone("曹磊", "开发工程师"),
    teller=Someone("钟晓", "产品经理", female=True),
    counter=Someone("马骏", "开发工程师"),
)  # fmt: skip
TEXTILES = Firm(
    "钱江纺织", "杭州钱江纺织有限公司", "330100", XIXI, LABOUR_XIXI, "纺织业", "杭州市西溪区临溪街道织造路6号", 2150, 1430, "钱纺工", 150,
    chair=Someone("俞美华", "工会主席", "yu.meihua", female=True),
    officer=Someone("胡建民", "工会副主席", "hu.jianmin"),
    workers=(
        Someone("胡建民", "工会副主席", "hu.jianmin"),
        Someone("蒋秋红", "细纱车间挡车工", female=True, frontline=True),
        Someone("何春燕", "织布车间挡车工", female=True, frontline=True),
        Someone("楼志刚", "染整车间保全工", frontline=True),
    ),
    legal=Someone("钱伯钧", "董事长", "qian.bojun"),
    personnel=Someone("罗雪", "人力资源部部长", "luo.xue", female=True),
    managers=(Someone("毛国平", "生产总监"), Someone("童晓东", "财务总监"), Someone("叶文静", "法务主管", female=True)),
    recorder=Someone("盛丹", "厂办秘书", "sheng.dan", female=True),
    presiding=Someone("骆金花", "织布车间班长", "luo.jinhua", female=True, frontline=True),
    teller=Someone("宋月娥", "质检科检验员", "song.yuee", female=True),
    counter=Someone("丁伟", "设备科技术员", "ding.wei"),
    above_scale=True,
)  # fmt: skip
PRECISION = Firm(
    "西溪精机", "杭州西溪精密机电有限公司", "330100", XIXI, LABOUR_XIXI, "电气机械和器材制造业", "杭州市西溪区创新路208号", 860, 215, "西机工", 72,
    chair=Someone("裘建国", "工会主席", "qiu.jianguo"),
    officer=Someone("范晓琴", "工会副主席", "fan.xiaoqin", female=True),
    workers=(
        Someone("范晓琴", "工会副主席", "fan.xiaoqin", female=True),
        Someone("祝永根", "数控车工", frontline=True),
        Someone("来新宇", "钳工", frontline=True),
        Someone("韦小妹", "装配工", female=True, frontline=True),
    ),
    legal=Someone("施明远", "总经理", "shi.mingyuan"),
    personnel=Someone("凌云", "人力资源部经理", "ling.yun", female=True),
    managers=(Someone("项东升", "制造部经理"), Someone("支海波", "财务部经理"), Someone("褚亚芳", "行政部经理", female=True)),
    recorder=Someone("卢珊", "综合办文员", female=True),
    presiding=Someone("娄大海", "维修电工", frontline=True),
    teller=Someone("应丽君", "质量部检验员", female=True),
    counter=Someone("柴俊", "工艺员"),
    above_scale=True,
)  # fmt: skip
DYEING = Firm(
    "鉴湖印染", "绍兴鉴湖印染有限公司", "330600", JIANHU, LABOUR_JIANHU, "纺织业", "绍兴市鉴湖区滨湖工业区3号", 640, 268, "鉴印工", 60,
    chair=Someone("孟阿根", "工会主席", "meng.agen"),
    officer=Someone("祁红霞", "工会委员", "qi.hongxia", female=True),
    workers=(Someone("祁红霞", "工会委员", "qi.hongxia", female=True), Someone("鲁建华", "印花车间操作工", frontline=True)),
    legal=Someone("祝百川", "总经理", "zhu.baichuan"),
    personnel=Someone("冯燕", "人事科科长", "feng.yan", female=True),
    managers=(Someone("屠立新", "生产科科长"),),
    recorder=Someone("劳晓莉", "资料员", female=True),
    presiding=Someone("寿长根", "染色车间班长", frontline=True),
    teller=Someone("茹芬", "统计员", female=True),
    counter=Someone("酆伟", "仓库管理员"),
)  # fmt: skip
FIRMS = (PUMPS, LOGISTICS, SOFTWARE, TEXTILES, PRECISION, DYEING)

REGION = Firm(
    "临溪街道", EMPLOYERS, "330100", STREET, LABOUR_XIXI, "区域企业代表组织", "杭州市西溪区临溪街道文体路1号", 0, 0, "临溪联", 46,
    chair=Someone("应国庆", "街道总工会主席", "ying.guoqing"),
    officer=Someone("楼晓芸", "街道总工会干事", "lou.xiaoyun", female=True),
    workers=(
        Someone("楼晓芸", "街道总工会干事", "lou.xiaoyun", female=True),
        Someone("邱小平", "区域职工代表、厨师", frontline=True),
        Someone("马兰花", "区域职工代表、包装工", female=True, frontline=True),
    ),
    legal=Someone("董志强", "企业联合会会长", "dong.zhiqiang"),
    personnel=Someone("舒婷", "企业联合会秘书长", "shu.ting", female=True),
    managers=(Someone("阮立群", "四季食品总经理"), Someone("卞海峰", "顺捷汽配总经理")),
    recorder=Someone("闻佳", "街道社会治理办工作人员", female=True),
    presiding=Someone("郎金根", "区域职工代表、机修工", frontline=True),
    teller=Someone("虞芳", "区域职工代表、收银员", female=True),
    counter=Someone("麻建军", "区域职工代表、库管员"),
)  # fmt: skip
"""The employers' body of a street, opposite the union of that street."""

COVERED = (
    ("杭州四季香食品加工有限公司", "农副食品加工业", 86, 52),
    ("杭州青禾小馆餐饮管理有限公司", "餐饮业", 64, 38),
    ("杭州顺捷汽车配件有限公司", "汽车零部件制造业", 118, 31),
    ("杭州临溪木器制造有限公司", "家具制造业", 57, 12),
)


def found_everybody(db: Session, on: date, at: datetime) -> World:
    world = World(db, on, at, load_calendar(db), password_hash=hashed(PASSWORD))
    for name, region, parent, code in FEDERATIONS:
        found(world, name, OrganisationKind.FEDERATION, region, parent_id=world.bodies.get(parent), document_code=code)
    for name, region in AUTHORITIES:
        found(world, name, OrganisationKind.AUTHORITY, region)
    for place, office, one in OFFICIALS:
        seat(world, place, place, office, one)
    for firm in FIRMS:
        _found_firm(world, firm)
    _found_region(world)
    return world


def _found_firm(world: World, firm: Firm) -> None:
    above = world.bodies[firm.federation]
    enterprise = found(
        world,
        firm.key,
        OrganisationKind.ENTERPRISE,
        firm.region,
        name=firm.name,
        short_name=firm.key,
        parent_id=above,
        authority_id=world.bodies[firm.authority],
        industry=firm.industry,
        address=firm.address,
        workforce=firm.workforce,
        female=firm.female,
        dispatched=firm.dispatched,
        above_scale=firm.above_scale,
    )
    union = f"{firm.key}工会"
    found(
        world,
        union,
        OrganisationKind.UNION,
        firm.region,
        name=f"{firm.name}工会委员会",
        short_name=union,
        parent_id=above,
        of_id=enterprise,
        address=firm.address,
        document_code=firm.code,
    )
    seat(world, firm.key, union, Office.UNION_CHAIR, firm.chair)
    seat(world, firm.key, union, Office.UNION_OFFICER, firm.officer)
    seat(world, firm.key, firm.key, Office.LEGAL_REPRESENTATIVE, firm.legal)
    seat(world, firm.key, firm.key, Office.EMPLOYER_OFFICER, firm.personnel)
    for one in firm.managers:
        seat(world, firm.key, firm.key, Office.MANAGER, one)
    for one in (*firm.workers, firm.recorder, firm.presiding, firm.teller, firm.counter):
        if one.name != firm.officer.name:
            seat(world, firm.key, firm.key, Office.WORKER, one)


def _found_region(world: World) -> None:
    found(
        world,
        REGION.key,
        OrganisationKind.EMPLOYERS,
        REGION.region,
        name=REGION.name,
        parent_id=world.bodies[STREET],
        authority_id=world.bodies[REGION.authority],
        industry=REGION.industry,
        address=REGION.address,
    )
    seat(world, REGION.key, STREET, Office.SUPERIOR_OFFICER, REGION.chair)
    seat(world, REGION.key, STREET, Office.SUPERIOR_OFFICER, REGION.officer)
    seat(world, REGION.key, REGION.key, Office.LEGAL_REPRESENTATIVE, REGION.legal)
    seat(world, REGION.key, REGION.key, Office.EMPLOYER_OFFICER, REGION.personnel)
    for one in REGION.managers:
        seat(world, REGION.key, REGION.key, Office.MANAGER, one)
    for one in (*REGION.workers[1:], REGION.recorder, REGION.presiding, REGION.teller, REGION.counter):
        seat(world, REGION.key, STREET, Office.WORKER, one)
    for name, industry, workforce, female in COVERED:
        found(
            world,
            name,
            OrganisationKind.ENTERPRISE,
            REGION.region,
            parent_id=world.bodies[STREET],
            authority_id=world.bodies[REGION.authority],
            industry=industry,
            workforce=workforce,
            female=female,
        )


def found(world: World, key: str, kind: OrganisationKind, region: str, name: str = "", **columns: Any) -> int:
    body = Organisation(kind=kind, name=name or key, region=region, **columns)
    world.db.add(body)
    world.db.flush()
    assert body.id is not None
    world.known.append(body)
    world.bodies[key] = body.id
    return body.id


def seat(world: World, among: str, place: str, office: Office, one: Someone) -> None:
    person = Person(name=one.name, female=one.female, phone=f"内线{6001 + len(world.people)}")
    world.db.add(person)
    world.db.flush()
    assert person.id is not None
    world.known.append(person)
    world.people[among, one.name] = person.id
    since = date(world.on.year - 6, 1, 1)
    world.db.add(Appointment(person_id=person.id, organisation_id=world.bodies[place], office=office, since=since))
    if one.login:
        open_account(world.db, person, one.login, at=world.at).password_hash = world.password_hash
