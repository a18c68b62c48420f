"""What a claim comes to: reckoned on the page for whoever is signed in, and forgotten with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from mediation.calculator.forms import Reckoning
from mediation.calculator.sums import HEAD_LABELS, Estimate, reckon, text_of
from mediation.models import MediationCase
from web.dispatch import in_read
from web.pages.mediation import CASEWORK, load
from web.posted import Posted, posted
from web.practice import today
from web.render import AnyRequest, page
from web.sessions import is_signed_in
from workflow.calendar import load_calendar
from workflow.forms import Invalid
from workflow.law.overrides import load_overrides
from workflow.law.regions import NATION
from workflow.law.rules import rulebook
from workflow.words import N_, Sentence

ADDRESS = "/mediation/calculator"
GROUPS = {
    N_("工资和用工"): ("monthly", "hired", "ended"),
    N_("拖欠的工资"): ("arrears",),
    N_("加班工资"): ("overtime", "workday_hours", "rest_hours", "holiday_hours"),
    N_("经济补偿、赔偿金"): ("ending", "average", "minimum", "local_average"),
    N_("二倍工资"): ("unwritten", "written_on"),
}


@get(ADDRESS, guards=[is_signed_in])
async def show(case: FromQuery[int] = 0) -> Response[str]:
    """From the talk of a case, what the case knows is filled in."""
    return await in_read(_begun, case)


@post(ADDRESS, guards=[is_signed_in], status_code=200)
async def work_out(request: AnyRequest, case: FromQuery[int] = 0) -> Response[str]:
    return await in_read(_work_out, case, await posted(request))


@post(f"{ADDRESS}/talk/{{case_id:int}}", guards=[is_signed_in], status_code=200)
async def take_over(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    """The form of a talk with the working in its record. By post: what a claim comes to stands in no address."""
    return await in_read(CASEWORK.opened, case_id, "hold_talk", {"record": (await posted(request)).text("record")})


def _begun(db: Session, case_id: int) -> Response[str]:
    case = _mediated(db, case_id)
    return _page(case, {"ended": case.employment_ended_on} if case else {}, {}, None)


def _work_out(db: Session, case_id: int, sent: Posted) -> Response[str]:
    case = _mediated(db, case_id)
    try:
        asked = Reckoning.read(sent.values)
    except Invalid as error:
        return _page(case, sent.values, error.errors, None)
    rules = rulebook(case.region if case else NATION, "mediation", load_overrides(db))
    return _page(case, sent.values, {}, reckon(rules, asked, today(db), load_calendar(db)))


def _mediated(db: Session, case_id: int) -> MediationCase | None:
    """The case in whose talk this is asked; 404 for whoever may not see it."""
    return load(db, CASEWORK.person(), case_id, False) if case_id else None


def _page(
    case: MediationCase | None, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]], estimate: Estimate | None
) -> Response[str]:
    return page(
        "pages/mediation/calculator.html",
        status=422 if errors else 200,
        case=case,
        action=f"{ADDRESS}?case={case.id}" if case else ADDRESS,
        form=Reckoning,
        groups=GROUPS,
        values=values,
        errors=errors,
        estimate=estimate,
        heads=HEAD_LABELS,
        text=text_of(estimate.lines) if estimate else "",
    )


routes = (show, work_out, take_over)
