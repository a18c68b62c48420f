"""The rules: those in force for a place, a kind and a day; one rule in all places; and what an administrator corrects."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from pydantic import BeforeValidator
from sqlmodel import Session, col, select

from web.dispatch import in_read, in_write
from web.pages.organisations import region_choices
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import is_administrator, is_signed_in
from workflow import clock
from workflow.calendar import load_calendar
from workflow.forms import Day, FormModel, Invalid, field, invalid, one_of, wrong
from workflow.law import overrides, regions, texts
from workflow.law.due import Unanswerable, compute, day, kind_of
from workflow.law.overrides import Override, load_overrides
from workflow.law.rules import (
    CONFIDENCE_LABELS,
    EVENTS,
    FAMILIES,
    KIND_LABELS,
    KINDS,
    PARTS,
    PERIODS,
    VALUE_LABELS,
    Rule,
    Rulebook,
    Unit,
    ids,
    rulebook,
    rules,
)
from workflow.organisations import Organisation
from workflow.people import Person, appointments
from workflow.words import N_, Sentence, Word, say

Errors = Mapping[str, Sequence[Sentence]]

SHOWN = {"": N_("全部规则"), "local": N_("只看地方规定"), "unverified": N_("只看待核的规则"), "corrected": N_("只看本系统调整的规则")}
POWERS = {"HEAR": N_("听取报告、审议建议"), "ADOPT": N_("审议通过"), "ELECT": N_("选举和罢免"), "SUPERVISE": N_("审查监督和评议")}
UNITS = {Unit.CD.value: N_("日"), Unit.WD.value: N_("个工作日"), Unit.MONTH.value: N_("个月"), Unit.YEAR.value: N_("年")}


@dataclass(frozen=True)
class Question:
    """Which rules are asked for. A place or kind that nobody knows falls back to the reader's own."""

    region: str
    kind: str
    on: date

    @property
    def as_query(self) -> str:
        return f"region={self.region}&kind={self.kind}&on={self.on.isoformat()}"


@get("/rules", guards=[is_signed_in])
async def index(
    region: FromQuery[str] = "", kind: FromQuery[str] = "", on: FromQuery[str] = "", q: FromQuery[str] = "", only: FromQuery[str] = ""
) -> Response[str]:
    return await in_read(_index, region, kind, on, q.strip(), only)


@get("/rules/{rule_id:str}", guards=[is_signed_in])
async def show(
    request: AnyRequest, rule_id: FromPath[str], region: FromQuery[str] = "", kind: FromQuery[str] = "", on: FromQuery[str] = ""
) -> Response[str]:
    return await in_read(_rule_page, rule_id, region, kind, on, request.query_params.get("from", ""))


@get("/rules/{rule_id:str}/corrections/new", guards=[is_administrator])
async def show_correct(rule_id: FromPath[str], region: FromQuery[str] = "", kind: FromQuery[str] = "") -> Response[str]:
    return await in_read(_correct_page, rule_id, {"region": region, "kind": kind}, {})


@post("/rules/{rule_id:str}/corrections/new", guards=[is_administrator])
async def correct(request: AnyRequest, rule_id: FromPath[str]) -> Response[str]:
    return await in_write(_correct, rule_id, await posted(request))


@get("/rules/{rule_id:str}/corrections/{correction_id:int}/end", guards=[is_administrator])
async def show_end(rule_id: FromPath[str], correction_id: FromPath[int]) -> Response[str]:
    return await in_read(_end_page, rule_id, correction_id, {}, {})


@post("/rules/{rule_id:str}/corrections/{correction_id:int}/end", guards=[is_administrator])
async def end(request: AnyRequest, rule_id: FromPath[str], correction_id: FromPath[int]) -> Response[str]:
    return await in_write(_end, rule_id, correction_id, await posted(request))


# Forms


def _written_region(value: object) -> object:
    try:
        return regions.named(str(value))
    except regions.UnknownRegion:
        raise wrong(N_("“{title}”请写省、市的名称，或者六位行政区划代码。")) from None


class Correction(FormModel):
    region: Annotated[str, BeforeValidator(_written_region)] = field(N_("适用地区"), hint=N_("只在这个地区及其下级生效"), widget="choice")
    kind: Annotated[str, one_of(KIND_LABELS)] | None = field(
        N_("适用类别"), hint=N_("不选则适用于所有类别"), widget="choice", choices=KIND_LABELS, default=None
    )
    value: str = field(N_("新的规定"), hint=N_("天数、人数写数字，比例写成1/3，年限写成1-3"), max_length=40)
    unit: Annotated[str, one_of(UNITS)] | None = field(
        N_("期限单位"), hint=N_("期限规则填写；不选则不变"), widget="choice", choices=UNITS, default=None
    )
    citation: str = field(N_("依据"), hint=N_("写明法规名称和条号，比如《江苏省集体协商条例》第十五条"), max_length=200)
    reason: str = field(N_("理由"), widget="textarea", max_length=500)
    from_: Day = field(N_("从哪一天起适用"), hint=N_("只影响这一天及以后起算的期限"), widget="date")
    until: Day | None = field(N_("到哪一天为止"), hint=N_("不填则一直适用"), widget="date", default=None)


class EndCorrection(FormModel):
    until: Day = field(N_("适用到哪一天"), hint=N_("含当天"), widget="date")


# The rules in force


def _question(db: Session, region: str, kind: str, on: str) -> Question:
    return Question(
        region if regions.is_code(region) else _own_region(db), kind if kind in KINDS else "comprehensive", _day_or(on, READER.get().today)
    )


def _own_region(db: Session) -> str:
    person = READER.get().person
    held = appointments(db, person.id, READER.get().today) if person and person.id else []
    own = db.get(Organisation, held[0].organisation_id) if held else None
    return own.region if own else regions.NATION


def _day_or(written: str, otherwise: date) -> date:
    try:
        return day(written)
    except Unanswerable:
        return otherwise


def _index(db: Session, region: str, kind: str, on: str, q: str, only: str) -> Response[str]:
    asked = _question(db, region, kind, on)
    book = rulebook(asked.region, asked.kind, load_overrides(db))
    found = [rule for rule in book.in_force(asked.on) if _is_wanted(rule, q, only)]
    return page(
        "pages/law/rules.html",
        asked=asked,
        q=q,
        only=only,
        shown=SHOWN,
        kinds=KIND_LABELS,
        places=region_choices(asked.region),
        parts=[(label, [rule for rule in found if rule.part == part]) for part, label in PARTS.items()],
        count=len(found),
        unverified=sum(rule.is_unverified for rule in found),
        value_of=value_of,
    )


def _is_wanted(rule: Rule, q: str, only: str) -> bool:
    if (only == "local" and not rule.is_local) or (only == "unverified" and not rule.is_unverified):
        return False
    if only == "corrected" and rule.override is None:
        return False
    words = (rule.id, rule.family, rule.text, *(citation.in_full for citation in rule.citations))
    return not q or any(q.upper() in each.upper() for each in words)


# One rule


def _family(rule_id: str) -> list[Rule]:
    asked = rule_id.strip().upper()
    if asked not in ids():
        raise NotFoundException
    family = FAMILIES.get(asked, asked)
    return [rule for rule in rules() if rule.family == family]


def _rule_page(db: Session, rule_id: str, region: str, kind: str, on: str, start: str) -> Response[str]:
    family = _family(rule_id)
    rows = load_overrides(db)
    asked = _question(db, region, kind if kind in KINDS else kind_of(rule_id), on)
    found = _in_force(rulebook(asked.region, asked.kind, rows), rule_id, asked)
    answer, trouble = None, None
    if start:
        try:
            answer = compute(rule_id, day(start), asked.region, asked.kind, load_calendar(db), rows)
        except Unanswerable as fault:
            trouble = fault.sentence
    return page(
        "pages/law/rule.html",
        rule=found or family[0],
        is_in_force=found is not None,
        asked=asked,
        family=family,
        start=start,
        answer=answer,
        trouble=trouble,
        kinds=KIND_LABELS,
        places=region_choices(asked.region),
        confidence=CONFIDENCE_LABELS,
        sources=_sources(found or family[0]),
        corrections=_corrections(db, family[0].family, rows),
        value_of=value_of,
        items=items_of(found or family[0]),
        may_correct=READER.get().is_administrator,
        event_of=lambda rule: EVENTS[rule.start] if rule.start else None,
        kind_labels=KIND_LABELS,
        parts=PARTS,
    )


def _in_force(book: Rulebook, rule_id: str, asked: Question) -> Rule | None:
    wanted = rule_id.strip().upper()
    return book.find(wanted, asked.on) or book.find(FAMILIES.get(wanted, wanted), asked.on)


def _sources(rule: Rule) -> list[tuple[str, texts.Article | None, str]]:
    """Each article cited, with its text where it is held, and the address of the text."""
    found: dict[str, tuple[str, texts.Article | None, str]] = {}
    for citation in rule.citations:
        article = texts.article(*citation.anchor) if citation.anchor and citation.anchor[1] else None
        address = f"/laws/{citation.anchor[0]}#{citation.anchor[1]}" if citation.anchor else ""
        found.setdefault(str(citation), (str(citation), article, address))
    return list(found.values())


def _corrections(db: Session, family: str, rows: Sequence[Override]) -> list[tuple[Override, str]]:
    """What was corrected in a family of rules, the latest first, and by whom."""
    of_family = [row for row in rows if FAMILIES.get(row.rule, row.rule) == family]
    names = dict(db.exec(select(Person.id, Person.name).where(col(Person.id).in_({row.entered_by for row in of_family}))).all())
    return [(row, names.get(row.entered_by, "")) for row in reversed(of_family)]


def value_of(rule: Rule | Override) -> Sentence | Word | None:
    """What a rule asks, short: 收到要约次日起20日内, 过半数, 1/3. None where its sentence says all."""
    value, unit = rule.value, Unit(rule.unit) if rule.unit else None
    if isinstance(rule, Rule) and rule.parameters.get("operator") in VALUE_LABELS and rule.id.startswith(("CONG-", "TERMINATION")):
        return Word(VALUE_LABELS[rule.parameters["operator"]])
    if isinstance(value, bool):
        return Word(N_("是") if value else N_("否"))
    if isinstance(value, str):
        return Word(VALUE_LABELS[value]) if value in VALUE_LABELS else Word(value) if "/" in value else None
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value):
        least, most = value
        if unit is Unit.YEAR:
            return say(N_("{n}年"), n=least) if least == most else say(N_("{least}至{most}年"), least=least, most=most)
        return say(N_("{least}至{most}"), least=least, most=most)
    if not isinstance(value, int):
        return None
    if unit not in PERIODS:
        return say(N_("{n}"), n=value)
    count = say(clock.COUNTS[unit], n=value)
    if not isinstance(rule, Rule) or not rule.start:
        return count
    event = Word(EVENTS[rule.start])
    if rule.opens:
        return say(N_("{event}前{count}内"), event=event, count=count)
    return say(N_("{event}{count}前") if rule.backward else N_("{event}次日起{count}内"), event=event, count=count)


def items_of(rule: Rule) -> list[tuple[str, list[str]]]:
    """What a rule lists, in the words of the statute: (heading, items); without headings one group under an empty one."""
    if isinstance(rule.value, dict):
        return [(POWERS.get(str(name), str(name)), items) for name, items in rule.value.items()]
    if isinstance(rule.value, list) and all(isinstance(each, str) and not each.isascii() for each in rule.value):
        return [("", rule.value)]
    return []


# Corrections


def _correct_page(db: Session, rule_id: str, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    family = _family(rule_id)
    shown = dict(values)
    if not regions.is_code(str(shown.get("region") or "")):
        shown["region"] = _own_region(db)
    shown.setdefault("from_", today(db))
    asked = _question(db, str(shown["region"]), str(shown.get("kind") or kind_of(rule_id)), "")
    return page(
        "pages/law/correct.html",
        status=422 if errors else 200,
        rule=_in_force(rulebook(asked.region, asked.kind, load_overrides(db)), rule_id, asked) or family[0],
        rule_id=rule_id.strip().upper(),
        form=Correction,
        values=shown,
        errors=errors,
        choices={"region": region_choices(str(shown["region"]))},
        value_of=value_of,
    )


def _correct(db: Session, rule_id: str, sent: Posted) -> Response[str]:
    family = _family(rule_id)
    wanted = rule_id.strip().upper()
    person, on = READER.get().person, today(db)
    assert person is not None and person.id is not None
    try:
        form = Correction.read(sent.values)
        _check(form, wanted, family)
        row = Override(
            region=form.region,
            kind=form.kind,
            rule=wanted,
            value=read_value(form.value, family),
            unit=form.unit,
            reason=form.reason,
            citation=form.citation,
            from_=form.from_,
            until=form.until,
            entered_by=person.id,
            entered_at=now(),
        )
    except Invalid as error:
        return _correct_page(db, rule_id, sent.values, error.errors)
    overrides.enter(db, row, organisation_id=_keeper(db, person.id), on=on, at=row.entered_at)
    return redirect(
        f"/rules/{wanted}?region={form.region}&kind={form.kind or ''}", say(N_("已经调整，从{since}起适用。"), since=form.from_)
    )


def _check(form: Correction, wanted: str, family: Sequence[Rule]) -> None:
    if form.until is not None and form.until < form.from_:
        raise invalid("until", N_("“到哪一天为止”不能早于“从哪一天起适用”。"))
    if wanted in FAMILIES and form.kind not in (None, "wage"):
        raise invalid("kind", N_("{rule}只适用于工资专项集体合同。"), rule=wanted)
    if form.unit and not any(rule.unit in PERIODS for rule in family):
        raise invalid("unit", N_("这条规则不是期限，不填单位。"))


def read_value(written: str, family: Sequence[Rule]) -> Any:
    """What was typed, in the shape that the rule's value has. Raises `Invalid`."""
    text = written.replace("％", "%").replace("／", "/").strip()
    shapes = {type(rule.value) for rule in family if rule.value is not None}
    codes = {rule.value for rule in family if isinstance(rule.value, str)} | {
        rule.parameters["operator"] for rule in family if "operator" in rule.parameters
    }
    by_label = {label: code for code, label in VALUE_LABELS.items() if code in codes}
    if text in by_label or text.upper() in codes & VALUE_LABELS.keys():
        return by_label.get(text, text.upper())
    if bool in shapes and text in ("是", "否"):
        return text == "是"
    if int in shapes and bool not in shapes and re.fullmatch(r"[0-9]{1,4}", text):
        return int(text)
    if str in shapes and re.fullmatch(r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}", text) and Fraction(text) <= 1:
        return text
    span = re.fullmatch(r"([1-9][0-9]?)[-~至—]([1-9][0-9]?)", text)
    if list in shapes and span and int(span[1]) <= int(span[2]):
        return [int(span[1]), int(span[2])]
    offered = [N_("整数")] * (int in shapes and bool not in shapes) + [N_("是或否")] * (bool in shapes)
    offered += [N_("比例，如1/3")] * any("/" in str(code) for code in codes) + [N_("两个年数，如1-3")] * (list in shapes) + list(by_label)
    raise invalid("value", N_("这条规则的规定应当写成：{offered}。"), offered="、".join(offered) or "—")


def _correction(db: Session, rule_id: str, correction_id: int) -> Override:
    row = db.get(Override, correction_id)
    if row is None or row.rule != rule_id.strip().upper():
        raise NotFoundException
    return row


def _end_page(db: Session, rule_id: str, correction_id: int, values: Mapping[str, Any], errors: Errors) -> Response[str]:
    row = _correction(db, rule_id, correction_id)
    return page(
        "pages/law/end.html",
        status=422 if errors else 200,
        row=row,
        rule=_family(rule_id)[0],
        form=EndCorrection,
        values=values or {"until": today(db)},
        errors=errors,
        value_of=value_of,
    )


def _end(db: Session, rule_id: str, correction_id: int, sent: Posted) -> Response[str]:
    row = _correction(db, rule_id, correction_id)
    person = READER.get().person
    assert person is not None and person.id is not None
    try:
        form = EndCorrection.read(sent.values)
        if form.until < row.from_:
            raise invalid("until", N_("不能早于开始适用的{since}。"), since=row.from_)
    except Invalid as error:
        return _end_page(db, rule_id, correction_id, sent.values, error.errors)
    overrides.end(db, row, form.until, by=person.id, organisation_id=_keeper(db, person.id), on=today(db), at=now())
    return redirect(f"/rules/{row.rule}", say(N_("这项调整适用到{until}为止。"), until=form.until))


def _keeper(db: Session, person_id: int) -> int:
    """The body in whose name the register is kept: the administrator's own."""
    held = appointments(db, person_id, today(db))
    found = held[0].organisation_id if held else db.exec(select(Organisation.id).order_by(col(Organisation.id))).first()
    if found is None:
        raise NotFoundException
    return found


routes = (index, show, show_correct, correct, show_end, end)
