"""The description of the API (OpenAPI 3.1) in the caller's language, derived from the procedure tables, the forms and the records given."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from litestar import Response, get

from mediation.forms import Application, Consultation
from negotiation import forms
from web.api import (
    congress,
    congress_terms,
    files,
    law,
    mediation,
    mediation_shapes,
    negotiation_case,
    negotiations,
    register_shapes,
    registers,
    shapes,
)
from web.api.acts import Cases
from web.api.answers import ADDRESS
from web.api.reading import LONGEST_KEY
from web.api.records import Records
from web.api.schemas import REFERENCE, Json, laid_out, records, schema_of
from web.downloads import MEDIA_TYPES
from web.render import READER, translate, word
from workflow.documents.issue import DOCX, PDF
from workflow.forms import FormModel
from workflow.procedure import Act
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Words, say

PROBLEMS: Mapping[int, tuple[str, type[shapes.Problem]]] = {
    400: (N_("请求读不懂"), shapes.Problem),
    401: (N_("没有令牌，或者令牌无效"), shapes.Problem),
    404: (N_("没有，或者不对您开放"), shapes.Problem),
    409: (N_("现在不能办，附全部理由"), shapes.Refusal),
    412: (N_("案件已经改变，与If-Match不符"), shapes.Stale),
    413: (N_("内容太大"), shapes.Problem),
    415: (N_("内容不是JSON"), shapes.Problem),
    422: (N_("填写的内容有错，逐项说明"), shapes.Faults),
}
READING = (401, 404)
ANYBODY = (404, 422)
WRITING = (400, 401, 404, 413, 415, 422)
ACTING = (400, 401, 404, 409, 412, 413, 415, 422)


@get("/openapi.json")
async def show() -> Response[Json]:
    return Response(described(READER.get().language), media_type="application/json")


@cache
def described(language: str) -> Json:
    """Once for each language; `language` is that of the reader in hand."""
    schemas = records()
    paths: dict[str, Json] = {}
    _plain(paths, schemas)
    _acts(paths, schemas, negotiation_case.CASES, shapes.Case)
    _acts(paths, schemas, mediation.CASES, mediation_shapes.Mediation)
    _acts(paths, schemas, congress.CASES, shapes.Meeting)
    _acts(paths, schemas, congress_terms.CASES, shapes.Term)
    for one in (registers.PROPOSALS, registers.JOINT_MEETINGS, registers.DISCLOSURES):
        _acts(paths, schemas, one.cases, one.shape)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": translate(N_("合意的接口")),
            "version": "1",
            "description": translate(
                N_(
                    "令牌代表一个人：能看到什么、能办什么，与他在页面上一样。每件事的表单从办理程序导出；错误按RFC 9457说明，"
                    "语言随Accept-Language（zh或者en）。"
                )
            ),
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "parameters": {"key": _key(), "version": _version(), "language": _language()},
        },
    }


# ---- addresses


def _plain(paths: dict[str, Json], schemas: Json) -> None:
    _add(paths, "get", "/me", N_("令牌代表谁"), shapes.Me, (401,))
    _add(paths, "get", "/negotiations", N_("协商案件列表"), shapes.Found, (401, 422), _asked(negotiations.Filters, schemas))
    opening = laid_out(schemas, forms.Opening, "negotiation", beside=False)
    _opening(paths, "/negotiations", N_("立案"), shapes.Case, opening)
    _add(paths, "get", "/negotiations/{case_id}", N_("一件协商案件"), shapes.Case, READING, [_number("case_id")])
    _mediation(paths, schemas)
    _records(paths, negotiation_case.RECORDS)
    _records(paths, mediation.RECORDS)
    _add(paths, "get", "/congress/{case_id}", N_("一次职代会会议"), shapes.Meeting, READING, [_number("case_id")])
    _add(paths, "get", "/congress/terms", N_("职代会届次列表"), shapes.Terms, (401,))
    _add(paths, "get", "/congress/terms/{case_id}", N_("一届职代会的名册"), shapes.Term, READING, [_number("case_id")])
    for listed, many, single, opening in (
        (registers.PROPOSALS, N_("职工代表提案列表"), N_("一件职工代表提案"), N_("提出提案")),
        (registers.JOINT_MEETINGS, N_("联席会议列表"), N_("一次联席会议"), N_("召集联席会议")),
        (registers.DISCLOSURES, N_("厂务公开列表"), N_("一项厂务公开"), N_("登记公开")),
    ):
        address = listed.register.address
        _add(paths, "get", address, many, register_shapes.RegisterLines, (401,))
        asked = laid_out(schemas, listed.register.new.form, listed.register.proceedings.procedure.name, beside=False)
        _opening(paths, address, opening, listed.shape, asked)
        _add(paths, "get", f"{address}/{{case_id}}", single, listed.shape, READING, [_number("case_id")])
    upload = {
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
            },
        }
    }
    _add(
        paths,
        "post",
        "/evidence",
        N_("上传一个文件：不超过20MB的PDF、图片、DOCX或XLSX"),
        shapes.File,
        (401, 413, 422),
        _asked(files.Named, schemas),
        upload,
        status=201,
    )
    where = _asked(law.Where, schemas, place="in")
    _add(paths, "get", "/rules", N_("现行规则"), shapes.Rules, (422,), where, public=True)
    named = {"name": "rule_id", "in": "path", "required": True, "schema": {"type": "string"}}
    _add(paths, "get", "/rules/{rule_id}", N_("一条规则"), shapes.Rule, ANYBODY, [named, *where], public=True)
    question = _asked(law.Question, schemas, place="in", start="from")
    _add(paths, "get", "/due", N_("推算期限"), shapes.Due, (422,), question, public=True)


def _mediation(paths: dict[str, Json], schemas: Json) -> None:
    _add(paths, "get", "/mediation", N_("调解案件列表"), mediation_shapes.Mediations, (401, 422), _asked(mediation.Filters, schemas))
    for address, form, summary in (
        ("/mediation", Application, N_("登记调解申请")),
        ("/mediation/consultation", Consultation, N_("登记协商要求")),
    ):
        asked = laid_out(schemas, form, "mediation", beside=False)
        _opening(paths, address, summary, mediation_shapes.Mediation, asked)
    _add(paths, "get", "/mediation/{case_id}", N_("一件调解案件"), mediation_shapes.Mediation, READING, [_number("case_id")])


def _opening(paths: dict[str, Json], address: str, summary: str, shape: type[shapes.Shape], form: str) -> None:
    created = _add(paths, "post", address, summary, shape, WRITING, [_parameter("key")], _json(form), status=201)
    created["responses"]["201"]["headers"] = {"Location": {"schema": {"type": "string"}}, "ETag": {"schema": {"type": "string"}}}


def _records(paths: dict[str, Json], records: Records[Any, Any]) -> None:
    case = f"{records.cases.work.address}/{{case_id}}"
    document, numbers = f"{case}/documents/{{document_id}}", _numbers("case_id", "document_id")
    _add(paths, "get", f"{case}/journal", N_("办理记录"), shapes.Journal, READING, [_number("case_id")])
    _add(paths, "get", document, N_("一份文书的正文"), shapes.DocumentText, READING, numbers)
    for format, summary in ((PDF, N_("一份文书的PDF")), (DOCX, N_("一份文书的Word文件"))):
        printed = _add(paths, "get", f"{document}.{format}", summary, None, READING, numbers)
        printed["responses"]["200"]["content"] = {MEDIA_TYPES[format]: {}}
    kept = _add(paths, "get", f"{case}/files/{{file_id}}", N_("案卷里的一个文件"), None, READING, _numbers("case_id", "file_id"))
    kept["responses"]["200"]["content"] = {"*/*": {}}


def _acts(paths: dict[str, Json], schemas: Json, cases: Cases[Any, Any], shape: type[shapes.Shape]) -> None:
    """One address for each act that somebody does, with its own form."""
    procedure = cases.work.proceedings.procedure
    for act in procedure.acts.values():
        if act.by == {Seat.CLOCK}:
            continue
        address = f"{cases.work.address}/{{case_id}}/acts/{act.name}"
        form = laid_out(schemas, act.form, procedure.name, beside=True)
        _add(
            paths,
            "get",
            address,
            say(N_("{act}：现在能不能办，怎样填"), act=translate(act.label)),
            shapes.ActForm,
            READING,
            [_number("case_id")],
        )
        parameters = [_number("case_id"), _parameter("key"), _parameter("version")]
        operation = _add(paths, "post", address, act.label, shape, ACTING, parameters, _json(form))
        operation |= _about(act)


def _about(act: Act[Any]) -> Json:
    seats = Words(SEAT_LABELS[seat] for seat in Seat if seat in act.by)
    said = [translate(act.gist)] if act.gist else []
    said.append(word(say(N_("由{seats}办理。"), seats=seats)))
    if act.joint:
        said.append(translate(N_("一方首席代表提出，另一方首席代表同样办一次，才算办成。")))
    return {"description": "\n\n".join(said), "x-rules": list(act.under), "x-seats": [str(seat) for seat in Seat if seat in act.by]}


def _add(
    paths: dict[str, Json],
    method: str,
    address: str,
    summary: object,
    shape: type[shapes.Shape] | None,
    problems: Sequence[int],
    parameters: Sequence[Json] = (),
    body: Json | None = None,
    *,
    status: int = 200,
    public: bool = False,
) -> Json:
    answer: Json = {"description": word(summary)}
    if shape is not None:
        answer["content"] = {"application/json": {"schema": {"$ref": REFERENCE + shape.__name__}}}
    operation: Json = {
        "operationId": f"{method}_{address.strip('/')}".replace("/", "_").replace("{", "").replace("}", "").replace(".", "_"),
        "summary": word(summary),
        "parameters": [*parameters, _parameter("language")],
        "responses": {str(status): answer, **{str(code): _problem(code) for code in problems}},
    }
    if body is not None:
        operation["requestBody"] = body
    if public:
        operation["security"] = []
    paths.setdefault(ADDRESS + address, {})[method] = operation
    return operation


def _problem(code: int) -> Json:
    said, shape = PROBLEMS[code]
    return {"description": translate(said), "content": {"application/problem+json": {"schema": {"$ref": REFERENCE + shape.__name__}}}}


# ---- parameters


def _parameter(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _number(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}


def _numbers(*names: str) -> list[Json]:
    return [_number(name) for name in names]


def _key() -> Json:
    said = N_("再次发送同一请求时用同一个，得到第一次的答复，不会办两次；保留7天。")
    schema = {"type": "string", "maxLength": LONGEST_KEY}
    return {"name": "Idempotency-Key", "in": "header", "description": translate(said), "schema": schema}


def _version() -> Json:
    said = N_("您看到的版本（答复中的ETag），带引号；案件已经改变的，不办，答复412。")
    return {"name": "If-Match", "in": "header", "description": translate(said), "schema": {"type": "string"}, "example": '"7"'}


def _language() -> Json:
    return {"name": "Accept-Language", "in": "header", "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"}}


def _asked(form: type[FormModel], schemas: Json, **names: str) -> list[Json]:
    """The fields of a form as words after the question mark."""
    schema = schema_of(form, "query")
    return [
        {
            "name": names.get(name, name),
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": field.pop("title", ""),
            "schema": field,
        }
        for name, field in schema["properties"].items()
    ]


def _json(name: str) -> Json:
    return {"content": {"application/json": {"schema": {"$ref": REFERENCE + name}}}}
