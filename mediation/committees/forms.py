"""What is typed about a committee and its roll."""

from typing import Annotated, Self

from pydantic import model_validator

from mediation.committees.terms import MAY_BE, OFFICES, PRODUCED_LABELS, TIE_LABELS
from mediation.terms import MATTER_LABELS
from workflow.forms import Day, FormModel, field, one_of, wrong
from workflow.people import OFFICE_LABELS
from workflow.words import N_

OFFICE_CHOICES = {office.value: OFFICE_LABELS[office] for office in OFFICES}
Matters = list[Annotated[str, one_of(MATTER_LABELS)]]


class Enrol(FormModel):
    """Somebody takes an office in the committee."""

    name: str = field(N_("姓名"), max_length=60)
    phone: str = field(N_("电话"), hint=N_("单位里有同名的人时，用电话区分"), default="", max_length=30)
    office: Annotated[str, one_of(OFFICE_CHOICES)] = field(N_("职务"), widget="radios", choices=OFFICE_CHOICES)
    produced: Annotated[str, one_of(PRODUCED_LABELS)] | None = field(
        N_("产生方式"), widget="choice", choices=PRODUCED_LABELS, hint=N_("主任和委员要填写"), default=None
    )
    since: Day = field(N_("从哪一天起"), widget="date")
    until: Day | None = field(N_("聘期、任期的最后一天"), widget="date", hint=N_("调解员的聘期至少1年；没有约定的留空"), default=None)
    matters: Matters = field(N_("擅长调解的争议"), widget="checks", choices=MATTER_LABELS, default_factory=list)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        allowed = MAY_BE.get(self.office)
        if allowed is not None and self.produced is None:
            raise wrong(N_("主任和委员要填写“产生方式”。"), at="produced")
        if allowed is not None and self.produced not in allowed:
            raise wrong(
                N_("主任由工会委员会成员或者双方推举的人员担任；委员由工会委员会成员担任、职工推举或者企业负责人指定。"), at="produced"
            )
        if self.until is not None and self.until < self.since:
            raise wrong(N_("最后一天早于开始的一天，请检查。"), at="until")
        return self


class HowProduced(FormModel):
    produced: Annotated[str, one_of(PRODUCED_LABELS)] = field(N_("产生方式"), widget="radios", choices=PRODUCED_LABELS)


class Leave(FormModel):
    until: Day = field(N_("到哪一天为止"), hint=N_("这一天是任职的最后一天"), widget="date")


class Skills(FormModel):
    matters: Matters = field(N_("擅长调解的争议"), widget="checks", choices=MATTER_LABELS, default_factory=list)


class Absence(FormModel):
    since: Day = field(N_("从哪一天起"), widget="date")
    until: Day = field(N_("到哪一天为止"), hint=N_("这一天仍不接案"), widget="date")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise wrong(N_("最后一天早于开始的一天，请检查。"), at="until")
        return self


class Declare(FormModel):
    name: str = field(N_("对方姓名或者单位名称"), hint=N_("写全称；以后有这个人或者单位的案件，指定调解员时会提示"), max_length=200)
    tie: Annotated[str, one_of(TIE_LABELS)] = field(N_("是什么关系"), widget="radios", choices=TIE_LABELS)
