"""The law over the API, for anybody: rules in force, and when a period ends."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath
from sqlmodel import Session

from web.api import answers, shapes
from web.api.reading import Problem, query
from web.dispatch import in_read
from web.practice import today
from web.render import AnyRequest, translate, word
from workflow.calendar import load_calendar
from workflow.clock import Due, NoPeriod
from workflow.forms import Day, FormModel, Invalid, field, one_of
from workflow.law import due as dues
from workflow.law import regions
from workflow.law.due import WrongDate
from workflow.law.overrides import load_overrides
from workflow.law.regions import UnknownRegion
from workflow.law.rules import KIND_LABELS, KINDS, Citation, Rule, UnknownKind, UnknownRule, rulebook
from workflow.words import N_, Sentence


class Where(FormModel):
    place: str = field(N_("地区：行政区划代码或者名称，默认全国"), default=regions.NATION)
    kind: Annotated[str, one_of(KIND_LABELS)] | None = field(N_("种类"), choices=KIND_LABELS, default=None)
    on: Day | None = field(N_("哪一天的规定，默认今天"), widget="date", default=None)


class Question(FormModel):
    rule: str = field(N_("规则编号"))
    start: Day = field(N_("起算日"), widget="date")
    place: str = field(N_("地区：行政区划代码或者名称，默认全国"), default=regions.NATION)
    kind: Annotated[str, one_of(KIND_LABELS)] | None = field(N_("种类"), choices=KIND_LABELS, default=None)


@get("/rules")
async def index(request: AnyRequest) -> Response[bytes]:
    return await in_read(_index, query(request, Where, place="in"))


@get("/rules/{rule_id:str}")
async def show(request: AnyRequest, rule_id: FromPath[str]) -> Response[bytes]:
    return await in_read(_show, rule_id, query(request, Where, place="in"))


@get("/due")
async def due(request: AnyRequest) -> Response[bytes]:
    return await in_read(_due, query(request, Question, place="in", start="from"))


def _index(db: Session, where: Where) -> Response[bytes]:
    place, on = _place(where), where.on or today(db)
    kind = where.kind or "comprehensive"
    book = rulebook(place, kind, load_overrides(db))
    return answers.answer(shapes.Rules(items=[_rule(rule, rule.id, place, kind, on) for rule in book.in_force(on)]))


def _show(db: Session, rule_id: str, where: Where) -> Response[bytes]:
    place, on, overrides = _place(where), where.on or today(db), load_overrides(db)
    kinds = [where.kind] if where.kind else [dues.kind_of(rule_id), *KINDS]
    kind = next((k for k in kinds if rulebook(place, k, overrides).find(rule_id, on)), kinds[0])
    try:
        rule = rulebook(place, kind, overrides).get(rule_id, on)
    except UnknownRule as error:
        raise Problem(404, N_("没有这条规则"), error.sentence) from None
    return answers.answer(_rule(rule, rule_id.strip().upper(), place, kind, on))


def _due(db: Session, question: Question) -> Response[bytes]:
    try:
        found = dues.compute(question.rule, question.start, question.place, question.kind, load_calendar(db), load_overrides(db))
    except (UnknownRule, NoPeriod) as error:
        raise _wrong("rule", error.sentence) from None
    except UnknownRegion as error:
        raise _wrong("in", error.sentence) from None
    except UnknownKind as error:
        raise _wrong("kind", error.sentence) from None
    except WrongDate as error:
        raise _wrong("from", error.sentence) from None
    said: dict[str, Any] = found.to_json()
    said["derivation"] = Due(found.due, found.provisional, found.derivation).read(translate)
    return answers.answer(shapes.Due(**{name: said[info.serialization_alias or name] for name, info in shapes.Due.model_fields.items()}))


def _place(where: Where) -> str:
    try:
        return regions.named(where.place)
    except UnknownRegion as error:
        raise _wrong("in", error.sentence) from None


def _wrong(name: str, sentence: Sentence) -> Invalid:
    return Invalid({name: [sentence]})


def _rule(rule: Rule, asked: str, place: str, kind: str, on: date) -> shapes.Rule:
    return shapes.Rule(
        id=rule.id,
        asked=asked,
        in_=place,
        region=regions.full_name(place),
        jurisdiction=rule.jurisdiction,
        kind=kind,
        on=on,
        text=word(rule.text),
        value=rule.value,
        unit=rule.unit.value if rule.unit else None,
        start=rule.start,
        until=rule.until,
        backward=rule.backward,
        bound=rule.bound,
        effect=rule.effect,
        citations=[_citation(citation) for citation in rule.citations],
        confidence=rule.confidence,
        verified=not rule.is_unverified,
        note=rule.note,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        overridden=rule.override is not None,
    )


def _citation(citation: Citation) -> shapes.Article:
    anchor = citation.anchor
    return shapes.Article(
        law=citation.law,
        article=citation.article,
        text=citation.in_full,
        url=f"/laws/{anchor[0]}" + (f"#{anchor[1]}" if anchor[1] else "") if anchor else None,
    )


routes = (index, show, due)
