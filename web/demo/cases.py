"""The cases of the demonstration, each at another stage."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from negotiation.models import Negotiation
from negotiation.terms import Side
from web.demo.people import (
    COVERED,
    DYEING,
    JIANHU,
    LABOUR_LINJIANG,
    LABOUR_XIXI,
    LINJIANG,
    LOGISTICS,
    PRECISION,
    PUMPS,
    REGION,
    SOFTWARE,
    TEXTILES,
    Someone,
    World,
)
from web.demo.tale import Tale
from workflow.clock import add_months

WORKERS, EMPLOYER = Side.WORKERS, Side.EMPLOYER

WAGE_WORDS = {"lowest": 3200, "raise": "六", "front": "六点五", "night": 35, "skill": 300, "payday": 10}
FULL_WORDS = {"lowest": 3200, "payday": 10, "care": 7, "welfare": "十四", "meal": 15, "fund": 30, "training": "二点五", "skill": 300}


def year_of(first: date) -> tuple[date, date]:
    """A term of one year."""
    return first, add_months(first, 12) - timedelta(days=1)


def years_until(last: date, years: int) -> tuple[date, date]:
    return add_months(last, -12 * years) + timedelta(days=1), last


def next_year(world: World) -> tuple[date, date]:
    return date(world.on.year + 1, 1, 1), date(world.on.year + 1, 12, 31)


def wages(*rows: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    return [{"post": post, "persons": persons, "before": str(before), "after": str(after)} for post, persons, before, after in rows]


PUMP_WAGES = wages(
    ("铸造、锻造一线工", 286, 6350, 6780),
    ("机加工操作工", 402, 6880, 7320),
    ("装配、调试技工", 318, 7240, 7700),
    ("质检、仓储人员", 112, 5960, 6310),
    ("工程技术人员", 96, 9850, 10400),
    ("职能管理人员", 46, 8600, 9030),
)
LOGISTICS_WAGES = wages(
    ("冷链驾驶员", 168, 8200, 8600), ("分拣、装卸工", 214, 5900, 6250), ("调度、客服", 62, 6100, 6400), ("管理人员", 36, 8900, 9250)
)
SOFTWARE_WAGES = wages(("研发工程师", 128, 15800, 16600), ("测试、运维工程师", 44, 12200, 12850), ("职能人员", 38, 8900, 9300))
TEXTILE_WAGES = wages(
    ("细纱挡车工", 620, 5650, 6020),
    ("织布挡车工", 540, 5720, 6090),
    ("染整操作工", 380, 5980, 6360),
    ("保全、机修工", 210, 6850, 7260),
    ("检验、包装工", 290, 5200, 5520),
    ("技术和管理人员", 110, 8400, 8800),
)
PRECISION_WAGES = wages(
    ("数控操作工", 260, 7350, 7800),
    ("钳工、装配工", 310, 6900, 7320),
    ("检验、仓储", 130, 5950, 6280),
    ("技术和管理人员", 160, 9600, 10080),
)
REGION_WAGES = wages(
    ("餐饮服务人员", 98, 4300, 4560),
    ("食品加工操作工", 74, 4650, 4930),
    ("机械加工操作工", 102, 5900, 6260),
    ("木工、辅助工", 51, 5100, 5400),
)


# ---- 江城泵业, Shanghai


def pumps_comprehensive(world: World) -> None:
    """In force for three years, published, one fulfilment round closed and its corrections made; renewal has just been offered."""
    term = years_until(world.on + timedelta(days=46), 3)
    tale = Tale(
        world, PUMPS, 1075, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="行政楼三楼第一会议室", term=term,
        subject="劳动报酬、工作时间、休息休假、劳动安全卫生、保险福利、女职工特殊保护、职业技能培训等事项",
        data="职工人数和构成、工资总额、工时和加班情况、安全生产和职业健康情况", words=FULL_WORDS | {"lowest": 2900, "meal": 12, "fund": 20},
    )  # fmt: skip
    tale.to_effect(
        lowest_wage="2900", local_minimum="2690", local_minimum_source="上海市人社局公布的月最低工资标准", daily_hours=8, weekly_hours=40
    )
    tale.publish()
    tale.act("report_upper", PUMPS.officer, 82)
    tale.list_obligations(
        88,
        [
            ("工资支付", "每月10日足额支付上月工资，并提供工资清单", EMPLOYER, 1),
            ("职业健康检查", "组织接害岗位职工进行在岗期间职业健康检查", EMPLOYER, 12),
            ("劳动防护用品和防暑降温", "按标准发放劳动防护用品和高温津贴", EMPLOYER, 12),
            ("食堂、宿舍和困难帮扶", "向困难职工帮扶资金投入不少于20万元", EMPLOYER, 12),
            ("职业技能培训", "按工资总额的2.5%提取职工教育经费，一线职工不低于70%", EMPLOYER, 12),
            ("女职工健康和未成年工", "组织女职工妇科和乳腺检查", EMPLOYER, 12),
            ("违约责任和监督检查", "每半年开展一次履约检查并向职代会报告", WORKERS, 6),
        ],
    )
    tale.start_round(396, 394)
    tale.find(0, 401, "fulfilled", "抽查十二个月的工资发放凭证，均按期足额发放。")
    tale.find(1, 401, "fulfilled", "接害岗位职工体检率100%，结果已书面告知本人。")
    tale.find(2, 402, "partly", "铸造车间防尘口罩有两个月发放不足。", correct_by=tale.at(440))
    tale.find(3, 402, "fulfilled", "当年投入22.4万元，帮扶困难职工31人次。")
    tale.find(4, 403, "partly", "教育经费足额提取，一线职工使用比例为64%。", correct_by=tale.at(470))
    tale.find(5, 403, "fulfilled", "298名女职工参加检查。")
    tale.find(6, 403, "fulfilled", "上、下半年各检查一次。")
    tale.act(
        "close_round",
        PUMPS.officer,
        406,
        conclusion="七项履行事项中五项全部履行，两项部分履行，已定出整改期限。总体履行情况良好，未发现拖欠工资和欠缴保险的情形。",
    )
    for finding in [f for f in tale.facts.findings if f.correct_by]:
        tale.act(
            "record_correction",
            PUMPS.personnel,
            436,
            finding=finding.id,
            correction="已补发到位并调整采购周期；一线职工培训已补办四期，使用比例提高到72%。",
        )
    tale.act("report_round", PUMPS.chair, 438, round=tale.facts.rounds[-1].id)
    tale.start_round(766, 764)
    for number in range(7):
        tale.find(number, 772, "fulfilled", "凭证齐全，已按约定履行。")
    tale.act("close_round", PUMPS.officer, 776, conclusion="七项履行事项全部履行，上一轮整改事项没有反复。")
    tale.act("report_round", PUMPS.chair, 790, round=tale.facts.rounds[-1].id)
    tale.official("issue_document", LINJIANG, "吴晓岚", 1060, document="superior_renewal_reminder")
    tale.issue("renewal_reminder", PUMPS.chair, 1062)
    tale.act("renew", PUMPS.officer, 1068)
    linked = world.db.exec(select(Negotiation).where(Negotiation.predecessor_id == tale.case.id).order_by(col(Negotiation.id).desc())).one()
    follow = Tale(
        world, PUMPS, 7, kind="comprehensive", title=linked.title, subject="", place=tale.place, term=tale.term, case=linked
    )  # fmt: skip
    follow.day = max(follow.day, linked.opened_on)
    follow.act(
        "edit_offer",
        PUMPS.officer,
        4,
        subject="续订集体合同：原条款逐条重新确认\n提高最低月工资和工作餐补贴\n增加带薪陪护假天数\n完善女职工特殊保护",
        proposed_on=world.on + timedelta(days=20),
        proposed_time="14:00",
        proposed_place="行政楼三楼第一会议室",
        data_requested="三年来工资总额和人工成本、职工流失率、加班工时、职业健康检查结果",
    )


def pumps_wage(world: World) -> None:
    """At the table: clauses agreed, open and deferred, with wording and counter-wording of both sides."""
    term = next_year(world)
    tale = Tale(
        world, PUMPS, 44, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="行政楼三楼第一会议室", term=term,
        subject=f"{term[0].year}年度工资调整幅度\n夜班津贴和技能津贴标准\n加班工资计算基数\n年终奖金分配办法",
        data="上年度和本年度前三季度工资总额、各岗位平均工资、营业收入、利润、人工成本", words=WAGE_WORDS,
    )  # fmt: skip
    tale.to_consulting()
    tale.issue("confidentiality", PUMPS.legal, 15, WORKERS)
    tale.meet(
        15,
        26,
        "一、宣布议程和会议纪律；二、职工方提出工资调整方案；三、企业方介绍经营情况并回应。",
        "双方首席代表共同宣布议程和会议纪律。李敏代表职工方提出平均工资增长6%、一线职工增长6.5%的方案，并说明当地工资指导线和物价情况。韩文博介绍前三季度订单和利润情况，"
        "认为增长幅度宜控制在4%以内。双方就加班工资计算基数、工资支付办法等条款充分讨论。",
        agreed="协议期限、工资支付、变更解除、终止条件、履行检查等条款。",
        open_points="年度增长幅度、夜班津贴标准、年终奖金的下限。",
    )
    tale.lay_out(26)
    tale.set_terms(27, lowest_wage="3200", local_minimum="2740", local_minimum_source="上海市人社局公布的月最低工资标准", wages=PUMP_WAGES)
    tale.counter(
        PUMPS.personnel, "年度工资调整幅度", 28,
        "{year}年度在岗职工平均工资在上年基础上增长百分之四，其中一线职工平均工资增长不低于百分之四点五。各岗位的调整标准见本合同所附工资表。",
        "前三季度原材料成本上涨11%，利润同比下降7%，增幅超过4%将影响次年设备改造投入。",
    )  # fmt: skip
    tale.counter(
        PUMPS.officer, "年度工资调整幅度", 30,
        "{year}年度在岗职工平均工资在上年基础上增长百分之五点五，其中一线职工平均工资增长不低于百分之六。各岗位的调整标准见本合同所附工资表。"
        "企业实现利润较上年下降百分之二十以上的，双方应当在三十日内重新协商调整幅度。",
        "本市工资指导线基准线为5%，同行业一线岗位平均增长5.8%；职工方愿意把利润大幅下降时重新协商写入条款。",
    )  # fmt: skip
    tale.counter(
        PUMPS.personnel, "津贴和补贴", 31,
        "夜班津贴每班不低于三十元；高温作业、有毒有害作业的岗位津贴按照国家和当地规定的标准执行；从事技能岗位并取得高级工以上等级的职工，每月发给二百五十元技能津贴。",
        "夜班每月约5200班次，每班增加5元全年增加支出约31万元，建议分两年到位。",
    )  # fmt: skip
    tale.counter(
        PUMPS.managers[0], "年终奖金", 32,
        "企业按照年度经营目标完成情况提取年终奖金，于次年春节前十五日发放完毕。分配办法由双方协商确定后公布。",
        "奖金与经营目标挂钩，不宜约定固定下限。",
    )  # fmt: skip
    tale.agree(["协议期限", "工资分配制度", "工资支付", "变更和解除", "终止条件", "履行情况的检查", "加班工资的计算基数"], 34)
    tale.consent(PUMPS.legal, ["违约责任"], 36)
    tale.consent(PUMPS.chair, ["最低工资"], 36)
    tale.act("defer_clause", PUMPS.chair, 36, clause=tale.clause("一线职工与管理人员的比例"), reason="待企业方提供管理人员薪酬数据后再议。")
    tale.act("request_information", PUMPS.officer, 37, what="中层以上管理人员近三年的平均工资及增长幅度。")
    tale.call(38, world.on + timedelta(days=3), "集中讨论年度工资调整幅度、津贴补贴和年终奖金；确认一线职工与管理人员的比例条款。")


def pumps_women(world: World) -> None:
    """With the authority; its period of review runs out in a few days."""
    term = year_of(date(world.on.year + 1, 1, 1))
    tale = Tale(
        world, PUMPS, 76, kind="women", title=f"女职工权益保护专项集体合同（{term[0].year}年度）", place="行政楼三楼第一会议室", term=term,
        subject="女职工四期保护、健康检查、教育培训、预防性骚扰", data="女职工人数、岗位分布、生育情况", words={"hours": 24},
    )  # fmt: skip
    tale.to_filed()


# ---- 浦联冷链, Shanghai


def logistics_wage(world: World) -> None:
    """Offered and received; the reply is due within days."""
    term = next_year(world)
    tale = Tale(
        world, LOGISTICS, 14, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="港城路基地二楼会议室", term=term,
        subject=f"{term[0].year}年度工资增长幅度\n驾驶员里程补贴标准\n冷库作业津贴", data="前三季度工资总额、各岗位平均工资、运输里程", words=WAGE_WORDS,
    )  # fmt: skip
    tale.offer()
    tale.receive(1)


def logistics_comprehensive(world: World) -> None:
    """Refused; the union has reminded the employer of its duty."""
    term = date(world.on.year + 1, 1, 1), date(world.on.year + 3, 12, 31)
    tale = Tale(
        world, LOGISTICS, 33, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="港城路基地二楼会议室", term=term,
        subject="劳动报酬、工作时间和休息休假、冷库作业劳动保护、保险福利", words=FULL_WORDS,
    )  # fmt: skip
    tale.offer()
    tale.receive()
    tale.act("decline_offer", LOGISTICS.personnel, 12, reasons="公司正在进行股权调整，管理层年内可能变动，建议推迟到明年下半年再议。")
    tale.act(
        "press",
        LOGISTICS.chair,
        15,
        kind="reminder",
        ground="refusal",
        addressee=LOGISTICS.name,
        facts="本会于要约书中提出就签订集体合同进行协商，贵公司以股权调整为由拒绝。股权调整不影响企业依法履行集体协商的义务。",
        demand="请于收到本函之日起十五日内书面同意协商，并确定协商代表。",
    )
    tale.official(
        "press", LINJIANG, "吴晓岚", 24, kind="opinion", ground="refusal", addressee=LOGISTICS.name,
        facts="经了解，你公司工会依法提出集体协商要求，你公司没有正当理由拒绝。",
        demand="请依照《上海市集体合同条例》第十五条的规定与工会开展集体协商，并在规定期限内书面答复改正情况。",
    )  # fmt: skip
    tale.official(
        "press", LINJIANG, "吴晓岚", 32, kind="proposal", ground="refusal", addressee=LABOUR_LINJIANG,
        facts="浦联冷链物流（上海）有限公司拒绝工会集体协商要求，经本会发出意见书后仍未改正。",
        demand="建议依法责令该公司改正，并将处理结果函告本会。",
    )  # fmt: skip


# ---- 云栈软件, Shanghai


def software_wage(world: World) -> None:
    """Adopted; the workers' chief has signed, the employer's has not."""
    term = next_year(world)
    tale = Tale(
        world, SOFTWARE, 57, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="2号楼501会议室", term=term,
        subject=f"{term[0].year}年度调薪幅度\n项目奖金分配办法\n值班补贴", data="前三季度工资总额、岗位薪酬区间、离职率",
        words=WAGE_WORDS | {"raise": "五", "front": "五", "night": 80, "skill": 500, "payday": 8},
    )  # fmt: skip
    tale.to_adopted(lowest_wage="3200", local_minimum="2740", local_minimum_source="上海市人社局公布的月最低工资标准", wages=SOFTWARE_WAGES)
    tale.notify_passage()
    tale.sign(SOFTWARE.chair, 55)


def software_comprehensive(world: World) -> None:
    """Deadlocked over overtime; the labour authority is coordinating."""
    term = date(world.on.year + 1, 1, 1), date(world.on.year + 2, 12, 31)
    tale = Tale(
        world, SOFTWARE, 74, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="2号楼501会议室", term=term,
        subject="工作时间和加班管理、补充商业保险、弹性工作和远程办公", data="加班工时统计、补充保险投保情况", words=FULL_WORDS | {"payday": 8, "meal": 25},
    )  # fmt: skip
    tale.to_consulting()
    tale.meet(
        14, 26, "一、宣布议程和会议纪律；二、讨论工作时间、加班管理和补充保险。",
        "双方对延长工作时间的审批程序和加班工资基数分歧较大：职工方要求加班须经本人书面同意并逐月公示工时，企业方认为项目交付期无法做到。",
        agreed="劳动合同管理、社会保险、培训等十九条。", open_points="延长工作时间、加班工资、休息日安排。",
    )  # fmt: skip
    tale.lay_out(27)
    tale.act(
        "suspend_for_force_majeure",
        SOFTWARE.legal,
        27,
        reason="台风登陆，全市停工停业，办公楼停水停电。",
        evidence=tale.paper("台风红色预警和停工通知"),
    )
    tale.act("resume", SOFTWARE.chair, 29)
    tale.counter(
        SOFTWARE.personnel, "延长工作时间", 29,
        "企业因项目交付需要延长工作时间的，由项目负责人安排，每月累计不超过三十六小时，并在次月调休。",
        "客户交付节点不由公司单方决定，逐次书面同意难以执行。",
    )  # fmt: skip
    tale.counter(
        SOFTWARE.officer, "延长工作时间", 33,
        "企业因项目交付需要延长工作时间的，应当提前一日与工会和职工本人协商，每日不超过三小时，每月累计不超过三十六小时；每月五日前公布上月各部门加班工时。",
        "同意由部门统一安排，但须事先协商并公布工时。",
    )  # fmt: skip
    tale.agree([heading for _, heading in _headings(tale)[8:24]], 35)
    tale.meet(
        36,
        43,
        "继续讨论延长工作时间、加班工资和休息日安排。",
        "双方未能就加班工资基数和工时公示达成一致，职工方首席代表提出申请人社部门协调处理。",
        open_points="延长工作时间、加班工资。",
    )
    tale.act(
        "refer",
        SOFTWARE.chair,
        47,
        open_items="一、延长工作时间是否须经职工本人同意并公布工时；二、加班工资的计算基数。",
        evidence=tale.paper("协调处理申请书"),
    )
    tale.official("accept_coordination", LABOUR_LINJIANG, "郑楠", 50)
    tale.official(
        "issue_document", LABOUR_LINJIANG, "郑楠", 66, document="coordination_agreement",
        words={
            "agreed": "加班工资以劳动合同约定的工资为计算基数\n每月五日前公布上月各部门加班工时",
            "left_open": "延长工作时间须经职工本人书面同意的情形",
            "coordinators": f"郑楠　{LABOUR_LINJIANG}\n吴晓岚　{LINJIANG}",
        },
    )  # fmt: skip


def software_leave(world: World) -> None:
    """Given up by both sides: what it was to say went into the comprehensive contract."""
    term = next_year(world)
    tale = Tale(
        world, SOFTWARE, 120, kind="special", title="休息休假专项集体合同", place="2号楼501会议室", term=term, special_subject="休息休假",
        subject="弹性休假、育儿假、远程办公", text="women", words={"hours": 8}, by_employer=True,
    )  # fmt: skip
    tale.offer()
    tale.receive()
    tale.accept()
    tale.appoint_workers()
    tale.appoint_employers()
    for chief in (SOFTWARE.chair, SOFTWARE.legal):
        tale.act("give_up_jointly", chief, 30, reason="双方同意把休息休假事项并入综合集体合同一并协商。")


# ---- 钱江纺织, Hangzhou


def textiles_comprehensive(world: World) -> None:
    """In force and published; a fulfilment round is under way."""
    term = year_of(date(world.on.year, 1, 1))[0], date(world.on.year + 2, 12, 31)
    began = (world.on - date(world.on.year - 1, 12, 1)).days + 60
    tale = Tale(
        world, TEXTILES, began, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="办公楼四楼会议厅", term=term,
        subject="劳动报酬、工时和轮班、劳动安全卫生、女职工保护、食宿福利", data="职工花名册、工资总额、轮班工时、职业病危害因素检测报告",
        words=FULL_WORDS | {"lowest": 2800, "payday": 15, "meal": 12, "fund": 50, "training": "二", "skill": 260},
    )  # fmt: skip
    tale.to_effect(
        lowest_wage="2800",
        local_minimum="2490",
        local_minimum_source="浙江省人民政府公布的最低月工资标准第一档",
        daily_hours=8,
        weekly_hours=40,
    )
    tale.publish()
    tale.act("report_upper", TEXTILES.officer, 80)
    tale.list_obligations(
        85,
        [
            ("工资支付", "每月15日足额支付上月工资，并提供工资清单", EMPLOYER, 1),
            ("劳动防护用品和防暑降温", "6月至9月按月发放高温津贴，供应防暑饮料", EMPLOYER, 12),
            ("职业健康检查", "组织接触噪声、粉尘岗位职工的职业健康检查", EMPLOYER, 12),
            ("女职工健康和未成年工", "组织女职工妇科和乳腺检查", EMPLOYER, 12),
            ("食堂、宿舍和困难帮扶", "工作餐补贴每餐不低于12元；帮扶资金投入不少于50万元", EMPLOYER, 12),
            ("职业技能培训", "职工教育经费按工资总额2%提取并公布培训计划", EMPLOYER, 12),
        ],
    )
    last = (world.on - tale.start).days
    tale.start_round(last - 9, last - 10)
    tale.find(0, last - 6, "fulfilled", "抽查八个月的发放凭证，均按期足额发放。")
    tale.find(1, last - 5, "partly", "9月高温津贴漏发染整车间夜班一组17人。", correct_by=world.on + timedelta(days=5))
    tale.find(2, last - 3, "fulfilled", "应检612人，实检612人。")
    tale.find(3, last - 2, "disputed", "企业方认为外包食堂的女职工不在检查范围内，职工方认为应当纳入。")
    tale.act("amend", TEXTILES.officer, last - 1, reason="当地最低工资标准已经调整，合同约定的最低工资需要相应提高。")


def textiles_wage(world: World) -> None:
    """Before the congress, which meets within days."""
    term = next_year(world)
    tale = Tale(
        world, TEXTILES, 50, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="办公楼四楼会议厅", term=term,
        subject=f"{term[0].year}年度工资调整幅度\n计件单价和劳动定额\n夜班津贴", data="工资总额、计件定额完成率、各工种平均工资",
        words=WAGE_WORDS | {"lowest": 2900, "raise": "六点三", "front": "六点五", "night": 30, "skill": 260, "payday": 15},
    )  # fmt: skip
    tale.to_settled(
        lowest_wage="2900", local_minimum="2490", local_minimum_source="浙江省人民政府公布的最低月工资标准第一档", wages=TEXTILE_WAGES
    )
    tale.submit(world.on + timedelta(days=4), submitted=39)


def textiles_women(world: World) -> None:
    """Signed; the filing is due within days."""
    term = year_of(date(world.on.year + 1, 1, 1))
    tale = Tale(
        world, TEXTILES, 62, kind="women", title=f"女职工权益保护专项集体合同（{term[0].year}年度）", place="办公楼四楼会议厅", term=term,
        subject="女职工四期保护、健康检查、母婴室、预防性骚扰", data="女职工人数、孕期哺乳期人数、岗位分布", words={"hours": 32},
    )  # fmt: skip
    tale.to_signed(recount=True)
    tale.hand_in(56)
    tale.issue(
        "filing_account",
        TEXTILES.personnel,
        57,
        situation="设母婴室3间，孕期、哺乳期女职工安排在常日班\n每年组织一次女职工妇科和乳腺检查，费用由企业承担",
    )
    tale.issue("filing_letter", TEXTILES.personnel, 57, contact="罗雪，0571-87650132")


# ---- 西溪精机, Hangzhou


def precision_wage_last(world: World) -> None:
    """Last year's, run out at its term."""
    term = date(world.on.year - 1, 10, 1), date(world.on.year, 9, 30)
    began = (world.on - date(world.on.year - 1, 9, 5)).days + 60
    tale = Tale(
        world, PRECISION, began, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="二号楼培训室", term=term,
        subject=f"{term[0].year}年度工资调整幅度", data="工资总额、各岗位平均工资",
        words=WAGE_WORDS | {"lowest": 2800, "raise": "五", "front": "五点五", "night": 28, "payday": 12},
    )  # fmt: skip
    tale.to_filed(
        lowest_wage="2800", local_minimum="2490", local_minimum_source="浙江省人民政府公布的最低月工资标准第一档", wages=PRECISION_WAGES
    )
    tale.official("ask_supplement", LABOUR_XIXI, "沈立峰", 63, what="职代会决议没有写明应到、实到人数，请补正后重新报送。", by=tale.at(70))
    tale.act("supplement", PRECISION.personnel, 65, evidence=tale.paper("补正后的职代会决议"))
    tale.opinion("approve", 68, "经审查，协商主体、程序和内容符合规定，无异议。")
    tale.publish(71)
    tale.act("report_upper", PRECISION.officer, 72)
    tale.wait(world.on)


def precision_wage(world: World) -> None:
    """The draft is settled and waits for the congress."""
    term = year_of(date(world.on.year, 10, 1))
    tale = Tale(
        world, PRECISION, 45, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="二号楼培训室", term=term,
        subject=f"{term[0].year}年度工资调整幅度\n夜班津贴\n技能津贴", data="工资总额、各岗位平均工资、利润",
        words=WAGE_WORDS | {"lowest": 2900, "raise": "六", "front": "六点二", "night": 30, "payday": 12},
    )  # fmt: skip
    tale.to_settled(
        lowest_wage="2900", local_minimum="2490", local_minimum_source="浙江省人民政府公布的最低月工资标准第一档", wages=PRECISION_WAGES
    )


def precision_comprehensive(world: World) -> None:
    """The authority has objected to one clause."""
    term = date(world.on.year + 1, 1, 1), date(world.on.year + 2, 12, 31)
    tale = Tale(
        world, PRECISION, 73, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="二号楼培训室", term=term,
        subject="劳动报酬、工作时间、劳动安全卫生、保险福利、培训", data="工时和加班统计、职业健康检查情况",
        words=FULL_WORDS | {"lowest": 2900, "payday": 12, "meal": 14, "fund": 25},
    )  # fmt: skip
    tale.to_filed(
        lowest_wage="2900",
        local_minimum="2490",
        local_minimum_source="浙江省人民政府公布的最低月工资标准第一档",
        daily_hours=8,
        weekly_hours=40,
    )
    tale.opinion(
        "object",
        69,
        "第六条关于延长工作时间的约定没有写明须与职工本人协商的程序，第十九条试用期的表述与《劳动合同法》第十九条不完全一致，请修改后重新报送。",
    )


def precision_safety(world: World) -> None:
    """Suspended by agreement, with a day to go on; somebody who knows about dust sits with the workers."""
    term = year_of(date(world.on.year + 1, 1, 1))
    tale = Tale(
        world, PRECISION, 41, kind="safety", title="劳动安全卫生专项集体合同", place="二号楼培训室", term=term,
        subject="焊接烟尘治理、噪声防护、设备本质安全改造", words={"project": "焊接车间集中除尘系统改造", "hours": 24, "fund": 60},
    )  # fmt: skip
    tale.to_consulting()
    tale.appoint_workers(15, Someone("唐明哲", "杭州安评职业卫生技术有限公司评价师"))
    expert = tale.facts.workers.members[-1]
    tale.issue("outsider_mandate", PRECISION.chair, 15, expert.id, qualification="职业卫生评价师", phone="0571-87650455")
    tale.meet(
        15,
        27,
        "讨论焊接烟尘治理方案和安全投入。",
        "双方对除尘系统改造的工期和投入有不同意见，商定委托第三方检测后再议。",
        agreed="责任制、操作规程、培训等条款。",
        open_points="安全投入和改造工期。",
    )
    tale.lay_out(28)
    tale.agree(["安全生产责任制", "工会的监督", "安全操作规程", "安全卫生培训"], 30)
    suspension = {
        "reason": "等待第三方机构出具焊接车间烟尘浓度检测报告。",
        "resume_on": world.on + timedelta(days=6),
        "place": tale.place,
        "content": "根据检测报告确定改造方案、工期和投入。",
    }
    tale.act("suspend", PRECISION.chair, 33, **suspension)
    tale.act("suspend", PRECISION.legal, 34, **suspension)


# ---- 鉴湖印染, Shaoxing


def dyeing_safety(world: World) -> None:
    """In force by silence and not yet published: that is overdue."""
    term = year_of(date(world.on.year, world.on.month, 1))
    tale = Tale(
        world, DYEING, 90, kind="safety", title="劳动安全卫生专项集体合同", place="厂部会议室", term=term,
        subject="染色车间高温防护、化学品使用和储存、应急处置", words={"project": "染色车间通风降温和化学品仓库的改造", "hours": 24, "fund": 45},
    )  # fmt: skip
    tale.to_effect()


def dyeing_wage(world: World) -> None:
    """The employer let the reply period pass."""
    term = next_year(world)
    tale = Tale(
        world, DYEING, 34, kind="wage", title=f"工资专项集体合同（{term[0].year}年度）", place="厂部会议室", term=term,
        subject=f"{term[0].year}年度工资调整幅度\n高温岗位津贴", data="工资总额、各工种平均工资", words=WAGE_WORDS,
    )  # fmt: skip
    tale.offer()
    tale.receive()
    tale.wait(world.on)
    tale.act(
        "press", DYEING.chair, 24, kind="reminder", ground="no_reply", addressee=DYEING.name,
        facts="要约书已由贵公司人事科签收，答复期限已满，贵公司没有书面答复。", demand="请在七日内书面答复并商定协商时间。",
    )  # fmt: skip
    tale.act(
        "press", DYEING.chair, 27, kind="opinion", ground="no_reply", addressee=DYEING.name,
        facts="本会发出提示函后，贵公司仍没有书面答复，也没有与本会商定协商时间。", demand="请立即改正，书面答复协商要约，并把改正情况书面告知本会。",
    )  # fmt: skip
    tale.official(
        "press", JIANHU, "章慧", 30, kind="opinion", ground="no_reply", addressee=DYEING.name,
        facts="经核实，你公司收到工会要约后逾期没有书面答复。", demand="请依照《浙江省集体合同条例》第七条的规定改正，并书面答复。",
    )  # fmt: skip


def dyeing_comprehensive(world: World) -> None:
    """Preparing: the employer has not yet named its side, and owes the workers' side information."""
    term = date(world.on.year + 1, 1, 1), date(world.on.year + 3, 12, 31)
    tale = Tale(
        world, DYEING, 20, kind="comprehensive", title=f"集体合同（{term[0].year}—{term[1].year}年）", place="厂部会议室", term=term,
        subject="劳动报酬、轮班工时、高温作业保护、食宿福利", data="工资总额、轮班工时、高温岗位名录", words=FULL_WORDS, by_employer=True,
    )  # fmt: skip
    tale.offer()
    tale.receive()
    tale.accept(8)
    tale.appoint_workers(12)
    tale.issue("mandate", DYEING.legal, 12, EMPLOYER, delegate=DYEING.personnel.name, delegate_post=DYEING.personnel.post)
    tale.act("name_recorder", DYEING.officer, 13, name=DYEING.recorder.name)
    tale.act("request_information", DYEING.officer, 14, what="各车间轮班工时、近三年工资总额和高温岗位人数。")


def dyeing_women(world: World) -> None:
    """A draft of an offer; what it is about is still to be written."""
    term = year_of(date(world.on.year + 1, 1, 1))
    Tale(
        world,
        DYEING,
        2,
        kind="women",
        title=f"女职工权益保护专项集体合同（{term[0].year}年度）",
        place="",
        term=term,
        subject="",
        words={"hours": 16},
    )


# ---- 临溪街道, Hangzhou: one contract over four enterprises


def region_wage(world: World) -> None:
    term = year_of(date(world.on.year, 3, 1))
    began = (world.on - date(world.on.year, 3, 1)).days + 75
    covered = [world.bodies[name] for name, *_ in COVERED]
    tale = Tale(
        world, REGION, began, kind="wage", title=f"临溪街道区域性工资专项集体合同（{term[0].year}年度）", place="街道便民服务中心二楼会议室", term=term,
        subject="区域最低工资\n一线职工工资增长幅度\n夜班津贴\n欠薪预警", data="区域内各企业岗位平均工资", text="regional", level="regional", covered=covered,
        words={"area": "临溪街道区域", "lowest": 2700, "catering": 2900, "machining": 3300, "raise": "六", "night": 25, "payday": 15},
    )  # fmt: skip
    tale.to_effect(
        lowest_wage="2700", local_minimum="2490", local_minimum_source="浙江省人民政府公布的最低月工资标准第一档", wages=REGION_WAGES
    )
    tale.publish(80)
    tale.list_obligations(
        86,
        [
            ("区域最低工资", "各企业月工资不低于区域最低工资", EMPLOYER, 6),
            ("工资增长幅度", "一线职工平均工资增长不低于6%", EMPLOYER, 12),
            ("工资支付", "每月15日前足额支付工资并提供工资清单", EMPLOYER, 1),
            ("监督检查", "对区域内企业逐家检查并向区域职代会报告", WORKERS, 6),
        ],
    )
    tale.start_round(255, 254)
    tale.find(0, 262, "fulfilled", "四家企业最低月工资均不低于约定标准。")
    tale.find(1, 262, "partly", "三家企业已落实，临溪木器增长4.1%。", correct_by=tale.at(292))
    tale.find(2, 263, "fulfilled", "抽查工资清单，按期发放。")
    tale.find(3, 263, "fulfilled", "逐家检查完毕。")
    tale.act("close_round", REGION.officer, 265, conclusion="区域内四家企业总体履行良好，一家企业的工资增长幅度限期整改。")
    tale.act("report_round", REGION.chair, 270, round=tale.facts.rounds[-1].id)


def _headings(tale: Tale) -> list[tuple[str, str]]:
    return [(clause.head, clause.heading) for clause in tale.clauses_in_order()]


TALES: tuple[Callable[[World], None], ...] = (
    pumps_comprehensive,
    precision_wage_last,
    textiles_comprehensive,
    region_wage,
    software_leave,
    dyeing_safety,
    pumps_women,
    software_comprehensive,
    precision_comprehensive,
    textiles_women,
    software_wage,
    textiles_wage,
    precision_wage,
    pumps_wage,
    precision_safety,
    dyeing_wage,
    logistics_comprehensive,
    dyeing_comprehensive,
    logistics_wage,
    dyeing_women,
)
