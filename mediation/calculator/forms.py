"""What is asked for the reckoning. Every part may be left out; what is begun must be complete."""

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from workflow.forms import Day, Fen, FormModel, field, one_of, wrong
from workflow.words import N_

ENDINGS = {"compensation": N_("经济补偿（依法解除或者终止）"), "damages": N_("赔偿金（违法解除或者终止）")}


def _hours(value: object) -> object:
    if isinstance(value, str):
        text = value.strip().removesuffix("小时").strip()
        if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text) or Decimal(text) == 0:
            raise wrong(N_("“{title}”要写成小时数，比如3或2.5。"))
        return Decimal(text)
    return value


Hours = Annotated[Decimal, BeforeValidator(_hours)]


class Arrears(FormModel):
    """One period for which less was paid than is due."""

    period: str = field(N_("工资所属月份"), max_length=40)
    payable: Fen = field(N_("应付"), widget="money")
    paid: Fen = field(N_("已付"), widget="money", default=0)

    @model_validator(mode="after")
    def _less_was_paid(self) -> Self:
        if self.paid >= self.payable:
            raise wrong(N_("“已付”要少于“应付”；没有拖欠的期间不用填。"), at="paid")
        return self


class OvertimeDay(FormModel):
    day: Day = field(N_("加班日期"), widget="date")
    hours: Hours = field(N_("小时数"), widget="money", unit=N_("小时"))
    leave: bool = field(N_("已安排补休"), widget="tick", default=False)

    @model_validator(mode="after")
    def _fits_into_a_day(self) -> Self:
        if self.hours > 24:
            raise wrong(N_("一天最多24小时，请检查“小时数”。"), at="hours")
        return self


class Reckoning(FormModel):
    monthly: Fen | None = field(N_("月工资"), widget="money", hint=N_("正常工作时间的月工资，算加班工资和二倍工资用"), default=None, gt=0)
    arrears: list[Arrears] = field(N_("各期工资"), widget="rows", default_factory=list)
    overtime: list[OvertimeDay] = field(
        N_("逐日登记的加班"), widget="rows", default_factory=list, hint=N_("哪天是工作日、休息日、法定休假日，由系统按日历判断。")
    )
    workday_hours: Hours | None = field(N_("其他工作日加班合计"), widget="money", unit=N_("小时"), default=None)
    rest_hours: Hours | None = field(N_("其他休息日加班合计（未补休）"), widget="money", unit=N_("小时"), default=None)
    holiday_hours: Hours | None = field(N_("其他法定休假日加班合计"), widget="money", unit=N_("小时"), default=None)
    hired: Day | None = field(N_("用工之日"), widget="date", default=None)
    ended: Day | None = field(N_("劳动关系结束的最后一日"), widget="date", default=None)
    ending: Annotated[str, one_of(ENDINGS)] | None = field(N_("解除、终止劳动合同"), widget="radios", choices=ENDINGS, default=None)
    average: Fen | None = field(
        N_("解除前12个月的平均工资"),
        widget="money",
        hint=N_("应得工资，包括奖金、津贴；工作不满12个月的，按实际月数平均"),
        default=None,
        gt=0,
    )
    minimum: Fen | None = field(N_("当地月最低工资标准"), widget="money", hint=N_("平均工资低于它的，按它计算"), default=None, gt=0)
    local_average: Fen | None = field(
        N_("当地上年度职工月平均工资"), widget="money", hint=N_("直辖市、设区的市公布的数额，用来核对三倍封顶"), default=None, gt=0
    )
    unwritten: bool = field(N_("用工超过一个月没有订立书面劳动合同"), widget="tick", default=False)
    written_on: Day | None = field(N_("补订书面劳动合同的日期"), widget="date", hint=N_("一直没有补订的，留空"), default=None)

    @property
    def has_overtime(self) -> bool:
        return bool(self.overtime or self.workday_hours or self.rest_hours or self.holiday_hours)

    @model_validator(mode="after")
    def _what_is_begun_is_complete(self) -> Self:
        if not (self.arrears or self.has_overtime or self.ending or self.unwritten):
            raise wrong(N_("还没有要测算的内容：请填写拖欠的工资或者加班，或者选择解除、终止，或者勾选没有订立书面劳动合同。"))
        if (self.has_overtime or self.unwritten) and self.monthly is None:
            raise wrong(N_("算加班工资和二倍工资，要填写“月工资”。"), at="monthly")
        if (self.ending or self.unwritten) and self.hired is None:
            raise wrong(N_("请填写“用工之日”。"), at="hired")
        if self.ending and self.ended is None:
            raise wrong(N_("算经济补偿和赔偿金，要填写“劳动关系结束的最后一日”。"), at="ended")
        if self.ending and self.average is None:
            raise wrong(N_("算经济补偿和赔偿金，要填写“解除前12个月的平均工资”。"), at="average")
        for later, at in ((self.ended, "ended"), (self.written_on, "written_on")):
            if self.hired and later and later < self.hired:
                raise wrong(N_("这一天早于用工之日，请检查。"), at=at)
        return self
