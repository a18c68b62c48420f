"""H46: the report of a major dispute, to the union above and to whoever must know. Facts alone: no name of a worker, no word of a case."""

from mediation.documents.writing import DISPUTES, cited
from mediation.warnings.facts import Facts
from mediation.warnings.models import EarlyWarning
from mediation.warnings.queries import superior
from templates.documents.settlements import GroupReport
from workflow.documents.catalogue import Catalogue, Standard, Writing
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.people import Office, holders
from workflow.seats import Seat
from workflow.words import N_

NO_NAMES = N_("一行写一项，不写职工的姓名。")


class ReportWords(FormModel):
    addressee: str = field(N_("报告给谁"), default="", hint=N_("不填的，报告上级工会。"))
    place: str = field(N_("发生地点"))
    cause: str = field(N_("起因"), widget="textarea", hint=NO_NAMES)
    demands: str = field(N_("职工的诉求"), widget="textarea", hint=NO_NAMES)
    actions: str = field(N_("现状"), widget="textarea", hint=N_("有没有停工、聚集、上访等，生产秩序怎样。不写职工的姓名。"))
    measures: str = field(N_("已采取的措施"), widget="textarea", default="", hint=N_("不填的，用登记的处置。"))
    trend: str = field(N_("趋势和建议"), widget="textarea", hint=NO_NAMES)
    contact: str = field(N_("报告人和电话"), default="", hint=N_("不填的，用工会登记的电话。"))


def union(w: Writing[EarlyWarning, Facts]) -> Organisation:
    return w.db.get_one(Organisation, w.case.organisation_id)


def group_report(w: Writing[EarlyWarning, Facts]) -> GroupReport:
    asked = w.words
    assert isinstance(asked, ReportWords)
    own = union(w)
    above = superior(w.db, own)
    officers = holders(w.db, own.id or 0, {Office.UNION_CHAIR, Office.UNION_OFFICER, Office.SUPERIOR_OFFICER}, w.on)
    done = [line for one in w.facts.steps for line in lines(one.words)]
    return GroupReport(
        unit=w.case.unit,
        happened_on=w.case.first_on,
        place=w.need(asked.place, N_("发生地点")),
        persons=w.case.persons,
        matters=(DISPUTES[w.case.matter],),
        cause=w.need(lines(asked.cause), N_("起因")),
        demands=w.need(lines(asked.demands), N_("职工的诉求")),
        actions=w.need(lines(asked.actions), N_("现状")),
        measures=w.need(lines(asked.measures) or tuple(done), N_("已采取的措施"), act="record_step"),
        trend=w.need(lines(asked.trend), N_("趋势和建议")),
        addressee=w.need(asked.addressee or (above.name if above else ""), N_("报告给谁")),
        basis=cited(w, "TU-28", "COMM-DUTIES"),
        issuer=own.name,
        issued_on=w.on,
        number=w.number,
        contact=asked.contact or next((f"{one.name}，电话{one.phone}" for one in officers if one.phone), ""),
    )


CATALOGUE: Catalogue[EarlyWarning, Facts] = Catalogue(
    (
        Standard(
            "group_report", "H46", N_("重大集体劳动争议报告表"), "mediation/group-report.html", frozenset({Seat.UNION}), group_report, union,
            asks=ReportWords,
        ),
    )
)  # fmt: skip
