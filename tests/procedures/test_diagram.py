"""The pictures say all that the table says, and nothing else."""

import re
from typing import Any

import pytest
from lxml import etree

from negotiation.procedure import NEGOTIATION
from web.house import PROCEEDINGS
from workflow import diagram
from workflow.procedure import Procedure

PROCEDURES = [pytest.param(p.procedure, id=p.procedure.name) for p in PROCEEDINGS]
SVG = "{http://www.w3.org/2000/svg}"


def changes(procedure: Procedure[Any]) -> set[tuple[str, str, str]]:
    """Every change of state that the table knows: act, from, to."""
    return {(row.name, source, row.to) for row in procedure.rows for source in row.source if row.to not in (None, source)}


def drawn(picture: str) -> etree._Element:
    return etree.fromstring(picture.encode())


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_change_of_state_is_in_the_picture(procedure: Procedure[Any]) -> None:
    marks = [
        (g.get("data-act"), g.get("data-from"), g.get("data-to"))
        for g in drawn(diagram.svg(procedure)).iter(f"{SVG}g")
        if g.get("data-act")
    ]
    assert set(marks) == changes(procedure)
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_act_that_moves_a_case_is_named_in_the_picture_with_its_article(procedure: Procedure[Any]) -> None:
    words = " ".join("".join(text.itertext()) for text in drawn(diagram.svg(procedure)).iter(f"{SVG}text"))
    for move in diagram.moves(procedure):
        assert move.label in words
        assert diagram.article_of(move.rule) in words


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_state_is_one_box(procedure: Procedure[Any]) -> None:
    boxes = {g.get("data-state"): g for g in drawn(diagram.svg(procedure)).iter(f"{SVG}g") if g.get("data-state")}
    assert set(boxes) == set(procedure.states)
    for state, box in boxes.items():
        assert box.findtext(f"{SVG}text") == procedure.states[state]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_boxes_do_not_lie_on_each_other_and_words_stay_on_the_sheet(procedure: Procedure[Any]) -> None:
    picture = drawn(diagram.svg(procedure, standalone=True))
    width, height = (float(n) for n in picture.get("viewBox", "").split()[2:])
    boxes = [[float(r.get(k, "")) for k in ("x", "y", "width", "height")] for g in picture.iter(f"{SVG}g") for r in g.findall(f"{SVG}rect")]
    for n, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        for other in boxes[n + 1 :]:
            assert x + w <= other[0] or other[0] + other[2] <= x or y + h <= other[1] or other[1] + other[3] <= y
    for text in picture.iter(f"{SVG}text"):
        said = text.text or ""
        start = float(text.get("x", "")) - (diagram.measure(said, 14) if text.get("text-anchor") else 0)
        assert start >= 0 and start + diagram.measure(said, 12) <= width and float(text.get("y", "")) <= height


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_row_of_the_table_is_in_the_mermaid_text(procedure: Procedure[Any]) -> None:
    text = diagram.mermaid(procedure)
    arrows = {(m[1], m[2], m[3]) for m in re.finditer(r"^    (\w+) --> (\w+) : ([^（\n]+)", text, re.MULTILINE)}
    assert arrows == {(source, to, procedure.acts[act].label) for act, source, to in changes(procedure)}
    notes = {m[1]: set(m[2].split()) for m in re.finditer(r"^    note left of (\w+)\n(.*?)    end note$", text, re.MULTILINE | re.DOTALL)}
    staying = {s: {row.label for row in procedure.rows if row.to is None and s in row.source} for s in procedure.states}
    assert notes == {state: labels for state, labels in staying.items() if labels}


def test_the_main_line_is_the_way_from_the_offer_to_the_end() -> None:
    assert diagram.main_line(NEGOTIATION) == (
        ["drafted", "offered", "preparing", "consulting", "settled", "before_congress", "adopted", "signed", "filed", "in_force", "ended"]
    )


def test_the_state_of_the_case_is_marked_once() -> None:
    picture = drawn(diagram.svg(NEGOTIATION, "consulting", been={"drafted", "offered"}))
    here = [g for g in picture.iter(f"{SVG}g") if g.get("aria-current")]
    assert [g.get("data-state") for g in here] == ["consulting"]
    assert "现在在这里" in "".join(here[0].itertext())
    assert {g.get("data-state") for g in picture.iter(f"{SVG}g") if "been" in (g.get("class") or "")} == {"drafted", "offered"}
    assert "现在处于“协商”。" in (picture.findtext(f"{SVG}desc") or "")


def test_the_picture_is_named_for_whoever_cannot_see_it() -> None:
    picture = drawn(diagram.svg(NEGOTIATION))
    named = (picture.get("aria-labelledby") or "").split()
    assert picture.get("role") == "img"
    assert [e.get("id") for e in (picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")) if e is not None] == named
    assert picture.findtext(f"{SVG}title") == "集体协商流程图"


def test_a_page_with_a_strict_policy_can_show_it() -> None:
    picture = diagram.svg(NEGOTIATION, "consulting")
    assert "style" not in picture
    assert "<style>" in diagram.svg(NEGOTIATION, standalone=True)


def test_it_is_drawn_in_the_readers_language() -> None:
    picture = diagram.svg(NEGOTIATION, translate=lambda msgid: {"发出要约": "Send the offer <now> & here"}.get(msgid, msgid))
    assert "Send the offer &lt;now&gt; &amp; here" in picture
    assert drawn(picture) is not None


def test_articles_are_those_of_the_place_when_a_case_is_in_hand() -> None:
    picture = diagram.svg(NEGOTIATION, cite=lambda rule: f"《某地条例》{rule}")
    assert "《某地条例》NEG-RESPONSE-DAYS" in picture
    assert "《集体合同规定》" not in picture
