"""The description of the API is whole, says nothing that is not so, and its addresses are those that exist."""

import re
from collections.abc import Iterator
from typing import Any

from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.api.client import Program, program
from tests.web.client import Client
from web.api import congress, mediation, negotiation_case, registers
from workflow.seats import Seat


def described(client: Client) -> Any:
    return program(client, None).get("/openapi.json").json


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for below in value.values():
            yield from references(below)
    elif isinstance(value, list):
        for below in value:
            yield from references(below)


def test_every_act_has_an_address_with_its_own_form(client: Client) -> None:
    whole = described(client)
    for cases in (negotiation_case.CASES, mediation.CASES, congress.CASES, registers.DISCLOSURES.cases):
        for act in cases.work.proceedings.procedure.acts.values():
            address = f"/api/v1{cases.work.address}/{{case_id}}/acts/{act.name}"
            if act.by == {Seat.CLOCK}:
                assert address not in whole["paths"]
                continue
            operation = whole["paths"][address]["post"]
            name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            form = whole["components"]["schemas"][name]
            assert form["properties"].keys() == {*act.form.model_fields, "seat", "on_paper"}, act.name
            assert form["additionalProperties"] is False
            assert set(form.get("required", ())) == {n for n, info in act.form.model_fields.items() if info.is_required()}, act.name
            assert operation["summary"] == act.label and operation["x-rules"] == list(act.under)
            assert {"200", "401", "404", "409", "412", "422"} <= operation["responses"].keys()


def test_every_reference_leads_somewhere(client: Client) -> None:
    whole = described(client)
    for reference in set(references(whole)):
        found = whole
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found, reference


def test_every_operation_has_its_own_name(client: Client) -> None:
    names = [operation["operationId"] for path in described(client)["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_the_addresses_described_are_those_served(client: Client) -> None:
    """Each way, with the one address of an act standing for those of all acts."""
    app = client.http.app
    assert isinstance(app, Litestar)
    served = {
        (method.lower(), _unified(route.path_format))
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith("/api/v1") and route.path_format != "/api/v1/openapi.json"
        for method in route.route_handler_map
        if method != "OPTIONS"
    }
    paths = described(client)["paths"]
    told = {(method, _unified(re.sub(r"/acts/\w+$", "/acts/{act}", path))) for path, operations in paths.items() for method in operations}
    assert told == served


def test_forms_are_told_as_they_are_sent(client: Client) -> None:
    schemas = described(client)["components"]["schemas"]
    line = schemas["negotiation.WageLine"]["properties"]
    assert line["before"]["type"] == ["string", "number"]
    assert schemas["negotiation.Sign"]["properties"]["confirmed"]["format"] == "password"
    assert schemas["negotiation.RecordReceipt"]["properties"]["means"]["enum"] == ["return_slip", "courier", "in_app", "meeting"]
    assert schemas["negotiation.File"]["properties"]["pieces"]["items"]["enum"][0] == "contract"
    kept = [
        name
        for name, schema in schemas.items()
        for field in schema.get("properties", {}).values()
        if "widget" in field or "choices" in field
    ]
    assert kept == []


def test_reasons_and_problems_are_told_as_they_come(client: Client) -> None:
    schemas = described(client)["components"]["schemas"]
    assert schemas["Reason"]["properties"].keys() == {"rule", "article", "text", "remedy", "who", "from"}
    assert schemas["Refusal"]["properties"].keys() >= {"type", "title", "status", "reasons"}
    assert schemas["Faults"]["properties"]["errors"]["additionalProperties"] == {"items": {"type": "string"}, "type": "array"}


def test_only_the_law_is_open_to_all(client: Client) -> None:
    open_to_all = {path for path, operations in described(client)["paths"].items() if operations.get("get", {}).get("security") == []}
    assert open_to_all == {"/api/v1/rules", "/api/v1/rules/{rule_id}", "/api/v1/due"}


def test_it_is_written_once_for_each_language(client: Client) -> None:
    chinese, english = program(client, None).get("/openapi.json"), Program(client.http, language="en").get("/openapi.json")
    assert english.json["paths"].keys() == chinese.json["paths"].keys()


def _unified(path: str) -> str:
    """The names of what varies are nobody's matter; `7` and `7.pdf` are one address to the router."""
    return re.sub(r"\{\w+\}", "{}", path.removesuffix(".pdf").removesuffix(".docx"))
