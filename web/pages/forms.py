"""What is typed about organisations, people and offices."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, model_validator

from workflow.forms import Day, FormModel, field, one_of, wrong
from workflow.law import regions
from workflow.organisations import KIND_LABELS, OrganisationKind
from workflow.people import OFFICE_LABELS
from workflow.words import N_


def _region(value: object) -> object:
    try:
        return regions.named(str(value))
    except regions.UnknownRegion:
        raise wrong(N_("“{title}”请写省、市的名称，或者六位行政区划代码。")) from None


Region = Annotated[str, BeforeValidator(_region)]
Kind = Annotated[str, one_of(KIND_LABELS)]
Office = Annotated[str, one_of(OFFICE_LABELS)]

SEXES = {"no": N_("男"), "yes": N_("女")}
OFFICES: Mapping[str, str] = {office.value: label for office, label in OFFICE_LABELS.items()}
PARENT = N_("上级")


class OrganisationForm(FormModel):
    is_printed: ClassVar[bool] = True
    LINKS: ClassVar[Mapping[str, frozenset[str]]] = {
        "parent_id": frozenset({OrganisationKind.FEDERATION, OrganisationKind.AUTHORITY, OrganisationKind.EMPLOYERS})
    }
    """Fields that name another organisation, and of which kinds."""

    name: str = field(N_("名称"), hint=N_("公章上的全称"), max_length=200)
    short_name: str = field(N_("简称"), default="", max_length=60)
    region: Region = field(N_("所在地区"), hint=N_("决定适用哪里的地方规定"), widget="choice")
    parent_id: int | None = field(PARENT, widget="choice", default=None)
    address: str = field(N_("地址"), default="", max_length=200)


class UnionForm(OrganisationForm):
    LINKS: ClassVar[Mapping[str, frozenset[str]]] = {
        "of_id": frozenset({OrganisationKind.ENTERPRISE}),
        "parent_id": frozenset({OrganisationKind.FEDERATION, OrganisationKind.UNION}),
    }

    of_id: int = field(N_("所在企业"), widget="choice")
    parent_id: int | None = field(N_("上级工会"), widget="choice", default=None)
    document_code: str = field(N_("发文代字"), hint=N_("文号里年份前面的字，比如“江泵工”"), default="", max_length=30)


class FederationForm(OrganisationForm):
    LINKS: ClassVar[Mapping[str, frozenset[str]]] = {"parent_id": frozenset({OrganisationKind.FEDERATION})}

    parent_id: int | None = field(N_("上级工会"), widget="choice", default=None)
    document_code: str = field(N_("发文代字"), hint=N_("文号里年份前面的字，比如“江总工”"), default="", max_length=30)


class EnterpriseForm(OrganisationForm):
    LINKS: ClassVar[Mapping[str, frozenset[str]]] = {
        "parent_id": frozenset({OrganisationKind.EMPLOYERS, OrganisationKind.ENTERPRISE}),
        "authority_id": frozenset({OrganisationKind.AUTHORITY}),
    }

    parent_id: int | None = field(N_("上级公司或者行业组织"), widget="choice", default=None)
    authority_id: int | None = field(N_("审查集体合同的人社部门"), hint=N_("集体合同签订后报送给它"), widget="choice", default=None)
    credit_code: str = field(N_("统一社会信用代码"), hint=N_("18位"), default="", max_length=18, pattern=r"^([0-9A-HJ-NPQRTUWXY]{18})?$")
    industry: str = field(N_("行业"), default="", max_length=60)
    workforce: int = field(N_("职工人数"), widget="number", unit=N_("人"), default=0, ge=0, le=10_000_000)
    female: int = field(N_("其中女职工"), widget="number", unit=N_("人"), default=0, ge=0)
    dispatched: int = field(N_("其中劳务派遣人员"), widget="number", unit=N_("人"), default=0, ge=0)
    above_scale: bool = field(N_("规模以上企业"), hint=N_("有的地方对规模以上企业的协商代表人数另有规定"), widget="yesno", default=False)
    document_code: str = field(N_("发文代字"), hint=N_("文号里年份前面的字，比如“江泵”"), default="", max_length=30)

    @model_validator(mode="after")
    def _parts_within_the_whole(self) -> Self:
        if self.female > self.workforce or self.dispatched > self.workforce:
            raise wrong(N_("女职工、劳务派遣人员都不能多于职工人数。"))
        return self


ORGANISATION_FORMS: Mapping[str, type[OrganisationForm]] = {
    OrganisationKind.ENTERPRISE: EnterpriseForm,
    OrganisationKind.UNION: UnionForm,
    OrganisationKind.FEDERATION: FederationForm,
    OrganisationKind.AUTHORITY: OrganisationForm,
    OrganisationKind.EMPLOYERS: OrganisationForm,
    OrganisationKind.COMMITTEE: OrganisationForm,
}


class PersonForm(FormModel):
    is_printed: ClassVar[bool] = True

    name: str = field(N_("姓名"), max_length=60)
    female: bool = field(N_("性别"), widget="radios", choices=SEXES)
    phone: str = field(N_("电话"), default="", max_length=30, pattern=r"^[0-9+()（） \-]*$")
    email: str = field(N_("电子邮箱"), hint=N_("用来接收提醒"), default="", max_length=120, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")


class NewPerson(PersonForm):
    office: Office = field(N_("职务"), widget="choice", choices=OFFICES)
    since: Day = field(N_("从哪一天起"), widget="date")


class Appoint(FormModel):
    person_id: int = field(N_("人员"), widget="choice")
    office: Office = field(N_("职务"), widget="choice", choices=OFFICES)
    since: Day = field(N_("从哪一天起"), widget="date")


class EndAppointment(FormModel):
    until: Day = field(N_("到哪一天为止"), hint=N_("这一天是任职的最后一天"), widget="date")


class OpenAccount(FormModel):
    login: str = field(N_("用户名"), hint=N_("比如姓名的拼音或者工号，不分大小写"), max_length=60)


class SetUp(FormModel):
    organisation: str = field(N_("单位名称"), hint=N_("本系统由哪个工会使用，写公章上的全称"), max_length=200)
    kind: Kind = field(
        N_("单位种类"),
        widget="radios",
        choices={k: KIND_LABELS[k] for k in (OrganisationKind.FEDERATION, OrganisationKind.UNION, OrganisationKind.ENTERPRISE)},
    )
    region: Region = field(N_("所在地区"), hint=N_("决定适用哪里的地方规定"), widget="choice")
    name: str = field(N_("管理员姓名"), max_length=60)
    login: str = field(N_("管理员用户名"), max_length=60)
    password: str = field(N_("密码"), hint=N_("至少10个字符，不能是用户名"), widget="password", min_length=1, max_length=500)
