"""How an organisation's documents look: letterhead, dates, seal, paragraphs of its own, Word templates of its own. Kept by its officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, ClassVar

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from markupsafe import Markup
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from templates.documents.demanded import DEMANDED
from web.dispatch import in_read, in_write
from web.downloads import MEDIA_TYPES, attachment
from web.issuing import inset
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import current_person, is_signed_in
from web.standards import STANDARDS
from workflow.documents import own_word
from workflow.documents.catalogue import Standard
from workflow.documents.issue import DOCX, compose
from workflow.documents.style import SEAL_LABELS, DocumentStyle, OwnTemplate, Seal, Style, own_template
from workflow.evidence import Blob
from workflow.forms import Files, FormModel, Invalid, field, invalid, one_of
from workflow.organisations import Organisation
from workflow.people import KEEPERS, appointments
from workflow.words import N_, Sentence, say

DATES = {"figures": N_("2026年11月24日（公文格式）"), "han": N_("二〇二六年十一月二十四日")}


class ParagraphRow(FormModel):
    document: Annotated[str, one_of({name: one.title for name, one in STANDARDS.items()})] = field(
        N_("文书"), widget="choice", choices={name: one.title for name, one in STANDARDS.items()}
    )
    text: str = field(N_("段落"), widget="textarea", hint=N_("印在落款以前，一行一段。"))


class CodeRow(FormModel):
    document: Annotated[str, one_of({name: one.title for name, one in STANDARDS.items()})] = field(
        N_("文书"), widget="choice", choices={name: one.title for name, one in STANDARDS.items() if one.numbered}
    )
    code: Annotated[str, StringConstraints(max_length=30)] = field(N_("代字"))


class StyleForm(FormModel):
    is_printed: ClassVar[bool] = True

    masthead: Annotated[str, StringConstraints(max_length=60)] = field(
        N_("发文机关标志"),
        default="",
        hint=N_("印在文书上端的红色大字，下面有红线；不填的不印。比如：上海红星机械有限公司工会委员会文件。"),
    )
    dates: Annotated[str, one_of(DATES)] = field(N_("成文日期的写法"), widget="radios", choices=DATES, default="figures")
    seal: Annotated[str, one_of(SEAL_LABELS)] = field(N_("盖章的地方"), widget="radios", choices=SEAL_LABELS, default=Seal.MARKED)
    codes: list[CodeRow] = field(
        N_("某种文书专用的发文代字"),
        widget="rows",
        default_factory=list,
        hint=N_("单独编号的文书才填，比如“江泵工协”；其余用单位登记的代字。"),
    )
    paragraphs: list[ParagraphRow] = field(
        N_("另加的段落"), widget="rows", default_factory=list, hint=N_("本单位在某种文书里固定要写的话。")
    )


class TemplateForm(FormModel):
    template: Files = field(
        N_("Word模板"), widget="files", default_factory=list, hint=N_("一个.docx文件，里面用{{占位符}}标明要填的地方。")
    )


@dataclass(frozen=True)
class Specimen:
    """A letter that shows a style."""

    issuer: str
    number: str
    issued_on: date
    title: str = "文书样张"


@get("/organisations/{organisation_id:int}/papers", guards=[is_signed_in])
async def show(organisation_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, organisation_id)


@post("/organisations/{organisation_id:int}/papers", guards=[is_signed_in], status_code=200)
async def change(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    return await in_write(_change, organisation_id, await posted(request))


@get("/organisations/{organisation_id:int}/papers/{paper:str}", guards=[is_signed_in])
async def show_template(organisation_id: FromPath[int], paper: FromPath[str]) -> Response[str]:
    return await in_read(_template, organisation_id, paper)


@post("/organisations/{organisation_id:int}/papers/{paper:str}", guards=[is_signed_in], status_code=200)
async def keep_template(request: AnyRequest, organisation_id: FromPath[int], paper: FromPath[str]) -> Response[str]:
    return await in_write(_keep_template, organisation_id, paper, await posted(request))


@post("/organisations/{organisation_id:int}/papers/{paper:str}/withdrawal", guards=[is_signed_in], status_code=200)
async def withdraw_template(organisation_id: FromPath[int], paper: FromPath[str]) -> Response[str]:
    return await in_write(_withdraw, organisation_id, paper)


@get("/organisations/{organisation_id:int}/papers/{paper:str}/file", guards=[is_signed_in])
async def template_file(organisation_id: FromPath[int], paper: FromPath[str]) -> Response[bytes]:
    return await in_read(_file, organisation_id, paper)


# ---- the style


def _show(db: Session, organisation_id: int) -> Response[str]:
    organisation = _own(db, organisation_id)
    kept = db.get(DocumentStyle, organisation_id) or DocumentStyle(organisation_id=organisation_id)
    values = {
        "masthead": kept.masthead,
        "dates": "han" if kept.han_dates else "figures",
        "seal": kept.seal,
        "codes": [{"document": name, "code": code} for name, code in kept.codes.items()],
        "paragraphs": [{"document": name, "text": text} for name, text in kept.paragraphs.items()],
    }
    return _page(db, organisation, values, {})


def _page(db: Session, organisation: Organisation, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    kept = db.exec(select(OwnTemplate).where(OwnTemplate.organisation_id == organisation.id, col(OwnTemplate.current))).all()
    return page(
        "pages/papers/style.html",
        status=422 if errors else 200,
        organisation=organisation,
        form=StyleForm,
        values=values,
        errors=errors,
        standards=STANDARDS,
        templates={one.kind: one for one in kept},
        sample=_sample(db, organisation),
    )


def _sample(db: Session, organisation: Organisation) -> Markup:
    """A letter in the style as it is kept."""
    kept = db.get(DocumentStyle, organisation.id)
    style = Style(kept.masthead, kept.han_dates, Seal(kept.seal)) if kept else Style()
    number = f"{organisation.document_code}〔{today(db).year}〕1号" if organisation.document_code else ""
    return inset(compose("specimen.html", Specimen(organisation.name, number, today(db)), style))


def _change(db: Session, organisation_id: int, sent: Posted) -> Response[str]:
    organisation = _own(db, organisation_id)
    try:
        form = StyleForm.read(sent.values)
    except Invalid as error:
        db.rollback()
        return _page(db, organisation, sent.values, error.errors)
    kept = db.get(DocumentStyle, organisation_id) or DocumentStyle(organisation_id=organisation_id)
    kept.masthead, kept.han_dates, kept.seal = form.masthead, form.dates == "han", form.seal
    kept.codes = {row.document: row.code for row in form.codes}
    texts: dict[str, str] = {}
    for row in form.paragraphs:
        texts[row.document] = f"{texts[row.document]}\n{row.text}" if row.document in texts else row.text
    kept.paragraphs = texts
    db.add(kept)
    return redirect(f"/organisations/{organisation_id}/papers", say(N_("已经保存，以后出具的文书照此印制；已出具的不变。")))


# ---- a Word template of one's own


def _template(db: Session, organisation_id: int, paper: str) -> Response[str]:
    return _template_page(db, _own(db, organisation_id), _standard(paper), {}, ())


def _template_page(
    db: Session,
    organisation: Organisation,
    standard: Standard[Any, Any],
    errors: Mapping[str, Sequence[Sentence]],
    faults: Sequence[own_word.Fault],
) -> Response[str]:
    kept = own_template(db, organisation.id or 0, standard.name)
    return page(
        "pages/papers/template.html",
        status=422 if errors or faults else 200,
        organisation=organisation,
        standard=standard,
        form=TemplateForm,
        errors=errors,
        faults=[fault.sentence for fault in faults],
        kept=kept,
        left_out=own_word.unused(db.get_one(Blob, kept.sha256).data, standard.record) if kept else [],
        names=[one.name for one in fields(standard.record)],
        required=DEMANDED[standard.name],
    )


def _keep_template(db: Session, organisation_id: int, paper: str, sent: Posted) -> Response[str]:
    organisation, standard = _own(db, organisation_id), _standard(paper)
    try:
        sent.check()
        form = TemplateForm.read(sent.values)
        if len(form.template) != 1:
            raise invalid("template", N_("请选择一个.docx文件。"))
    except Invalid as error:
        db.rollback()
        return _template_page(db, organisation, standard, error.errors, ())
    file = form.template[0]
    data = db.get_one(Blob, file.sha256).data
    faults = own_word.check(data, standard.record, DEMANDED[standard.name])
    if faults:
        return _template_page(db, organisation, standard, {}, faults)
    _end(db, organisation_id, paper)
    db.add(
        OwnTemplate(
            organisation_id=organisation_id,
            kind=paper,
            sha256=file.sha256,
            name=file.name,
            uploaded_by=current_person(db).id or 0,
            uploaded_at=now(),
        )
    )
    return redirect(f"/organisations/{organisation_id}/papers/{paper}", say(N_("模板合用，已经保存。")))


def _withdraw(db: Session, organisation_id: int, paper: str) -> Response[str]:
    _own(db, organisation_id)
    _standard(paper)
    _end(db, organisation_id, paper)
    return redirect(f"/organisations/{organisation_id}/papers", say(N_("已停用本单位的模板。")))


def _end(db: Session, organisation_id: int, paper: str) -> None:
    before = own_template(db, organisation_id, paper)
    if before is not None:
        before.current = False
        db.flush()


def _file(db: Session, organisation_id: int, paper: str) -> Response[bytes]:
    _own(db, organisation_id)
    kept = own_template(db, organisation_id, _standard(paper).name)
    if kept is None:
        raise NotFoundException
    return attachment(db.get_one(Blob, kept.sha256).data, MEDIA_TYPES[DOCX], kept.name, inline=False)


# ---- whose it is


def _own(db: Session, organisation_id: int) -> Organisation:
    """An organisation of which this reader is an officer, or 404; administrators may look after those that have none."""
    offices = appointments(db, current_person(db).id or 0, today(db))
    mine = any(one.organisation_id == organisation_id and one.office in KEEPERS for one in offices)
    organisation = db.get(Organisation, organisation_id) if mine or READER.get().is_administrator else None
    if organisation is None:
        raise NotFoundException
    return organisation


def _standard(name: str) -> Standard[Any, Any]:
    if name not in STANDARDS:
        raise NotFoundException
    return STANDARDS[name]


routes: tuple[HTTPRouteHandler, ...] = (show, change, show_template, keep_template, withdraw_template, template_file)
