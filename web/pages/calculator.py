"""What a claim comes to: reckoned on the page for whoever is signed in, and forgotten with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from sqlmodel import Session

from mediation.calculator.forms import Reckoning
from mediation.calculator.sums import HEAD_LABELS, Estimate, reckon, text_of
from web.dispatch import in_read
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
async def show() -> Response[str]:
    return _page({}, {}, None)


@post(ADDRESS, guards=[is_signed_in], status_code=200)
async def work_out(request: AnyRequest) -> Response[str]:
    return await in_read(_work_out, await posted(request))


def _work_out(db: Session, sent: Posted) -> Response[str]:
    try:
        asked = Reckoning.read(sent.values)
    except Invalid as error:
        return _page(sent.values, error.errors, None)
    on = today(db)
    return _page(sent.values, {}, reckon(rulebook(NATION, "mediation", load_overrides(db)), asked, on, load_calendar(db)))


def _page(values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]], estimate: Estimate | None) -> Response[str]:
    return page(
        "pages/mediation/calculator.html",
        status=422 if errors else 200,
        form=Reckoning,
        groups=GROUPS,
        values=values,
        errors=errors,
        estimate=estimate,
        heads=HEAD_LABELS,
        text=text_of(estimate.lines) if estimate else "",
    )


routes = (show, work_out)
