"""The working calendar: each year's holidays and make-up days, and the import of a new notice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from sqlmodel import Session

from web.dispatch import in_read, in_write
from web.fields import shown
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import is_administrator, is_signed_in
from workflow import calendar
from workflow.calendar import FIRST_NOTICE, KIND_LABELS, Calendar, CalendarYear, Day, load_calendar
from workflow.forms import FormModel, Invalid, field
from workflow.words import N_, Sentence, say

Errors = Mapping[str, Sequence[Sentence]]

LAST = 2095


@get("/calendar", guards=[is_signed_in])
async def show(year: FromQuery[int] = 0) -> Response[str]:
    return await in_read(_page, year)


@get("/calendar/import", guards=[is_administrator])
async def show_import(year: FromQuery[int] = 0) -> Response[str]:
    return await in_read(_import_page, {"year": year or ""}, {})


@post("/calendar/import", guards=[is_administrator])
async def take_notice(request: AnyRequest) -> Response[str]:
    return await in_write(_import, await posted(request))


class ImportNotice(FormModel):
    year: int = field(N_("年份"), widget="number", unit=N_("年"), ge=FIRST_NOTICE, le=LAST)
    source: str = field(N_("文号"), hint=N_("比如国办发明电〔2025〕7号"), max_length=100)
    rows: str = shown(
        field(
            N_("放假安排"),
            hint=N_("每行一天：日期,类别,名称。类别写“放假”或“上班”；第一行是列名。可以从电子表格另存为CSV后粘贴"),
            widget="textarea",
        ),
        rows=16,
    )


def _page(db: Session, year: int) -> Response[str]:
    known = load_calendar(db)
    asked = year if FIRST_NOTICE <= year <= LAST else today(db).year
    imported = db.get(CalendarYear, asked)
    return page(
        "pages/law/calendar.html",
        year=asked,
        published=known.published(asked),
        imported=imported,
        spans=calendar.runs(calendar.notice_days(known, asked)),
        months=_months(known, asked),
        kinds=KIND_LABELS,
        may_import=READER.get().is_administrator,
        is_public=known.statutory,
        working=sum(known.is_working(day.date) for day in known.year(asked)),
        before=asked - 1 if asked > FIRST_NOTICE else None,
        after=asked + 1 if asked < LAST else None,
    )


def _months(known: Calendar, year: int) -> list[tuple[int, list[list[Day | None]]]]:
    """Each month as weeks from Monday, with gaps at both ends."""
    months = []
    for month in range(1, 13):
        days: list[Day | None] = [None for _ in range(date(year, month, 1).weekday())]
        days += [day for day in known.year(year) if day.date.month == month]
        days += [None for _ in range(-len(days) % 7)]
        months.append((month, [days[at : at + 7] for at in range(0, len(days), 7)]))
    return months


def _import_page(db: Session, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    filled = {"rows": "日期,类别,名称\n", **values}
    filled["year"] = filled.get("year") or today(db).year + 1
    return page("pages/law/import.html", status=422 if errors else 200, form=ImportNotice, values=filled, errors=errors)


def _import(db: Session, sent: Posted) -> Response[str]:
    try:
        form = ImportNotice.read(sent.values)
    except Invalid as error:
        return _import_page(db, sent.values, error.errors)
    notice = calendar.parse_notice_csv(form.rows, form.year, form.source)
    if notice.faults:
        said = [say(N_("第{line}行：{fault}"), line=fault.line, fault=fault.sentence) for fault in notice.faults]
        return _import_page(db, sent.values, {"rows": said})
    person = READER.get().person
    calendar.store_notice(db, notice, source=form.source, by=person.id if person else None, at=now())
    return redirect(f"/calendar?year={form.year}", say(N_("已导入{year}年的放假安排，以后按它计算期限。"), year=form.year))


routes = (show, show_import, take_notice)
