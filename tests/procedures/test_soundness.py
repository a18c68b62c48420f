"""The procedures of the house are sound, and each proof fails on a procedure that is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner
from sqlmodel import Session

from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from negotiation.procedure import ACTS, CLOCKS, NEGOTIATION
from negotiation.terms import STATE_LABELS, State
from tests.procedures import walk
from web.cli import main
from web.house import PROCEEDINGS
from workflow import soundness
from workflow.procedure import Act, Clock, Procedure
from workflow.proceedings import Proceedings
from workflow.seats import Seat

pytestmark = pytest.mark.once

ON = date(2026, 3, 20)


@pytest.mark.parametrize("proceedings", [pytest.param(p, id=p.procedure.name) for p in PROCEEDINGS])
def test_the_procedures_of_the_house_are_sound(proceedings: Proceedings[Any, Any]) -> None:
    assert [str(fault) for fault in soundness.faults(proceedings)] == []


def test_the_signature_is_held_to_the_adoption() -> None:
    assert ("signed", "adopted") in NEGOTIATION.never_without


def changed(
    *, acts: tuple[Act[Any], ...] = ACTS, clocks: tuple[Clock, ...] = CLOCKS, does: Any = None, **more: Any
) -> Proceedings[Any, Any]:
    """The negotiation with something else in its place."""
    procedure = Procedure(
        "negotiation",
        "集体协商",
        {state.value: label for state, label in STATE_LABELS.items()} | more.pop("states", {}),
        acts,
        clocks,
        initial=State.DRAFTED,
        final=frozenset({State.ENDED}),
        never_without=NEGOTIATION.never_without,
        **more,
    )
    return replace(NEGOTIATIONS, procedure=procedure, does=NEGOTIATIONS.does if does is None else does)


def said(proceedings: Proceedings[Any, Any]) -> list[str]:
    return [str(fault) for fault in soundness.faults(proceedings)]


def rows(name: str, **new: Any) -> tuple[Act[Any], ...]:
    """The table with each row of one act changed."""
    return tuple(replace(row, **new) if row.name == name else row for row in ACTS)


def without(*names: str) -> tuple[Act[Any], ...]:
    return tuple(row for row in ACTS if row.name not in names)


def does_without(*names: str) -> Any:
    return MappingProxyType({name: function for name, function in NEGOTIATIONS.does.items() if name not in names})


def test_a_state_that_nothing_leads_to_is_found() -> None:
    found = said(changed(states={"lost": "走失"}))
    assert found == ["从“拟定要约”走不到“走失”。", "“走失”走不到结束。"]


def test_a_state_that_nothing_leads_out_of_is_found() -> None:
    gone = ("resume", "refer", "give_up_jointly", "close_without_agreement", "end_by_law")
    dead = tuple(row for row in ACTS if not (row.name in gone and State.SUSPENDED in row.source))
    found = said(changed(acts=dead, does=does_without(*set(gone) - {row.name for row in dead})))
    assert "“中止协商”走不到结束。" in found


def test_a_way_round_the_congress_is_found_and_told() -> None:
    shortcut = replace(next(row for row in ACTS if row.name == "sign"), source=(State.SETTLED.value,), when=None)
    found = said(changed(acts=(*ACTS, shortcut)))
    assert "不经“审议通过”也能走到“已签订”：拟定要约、已要约、协商准备、协商、草案议定、已签订。" in found


def test_a_rule_that_does_not_exist_is_found() -> None:
    assert said(changed(acts=rows("publish", under=("PUBLISH-SOON",)))) == ["“公布”引用的规则PUBLISH-SOON不存在。"]


def test_an_act_that_cites_nothing_is_found() -> None:
    assert said(changed(acts=rows("publish", under=()))) == ["“公布”没有引用规则。"]


def test_a_requirement_of_a_rule_that_does_not_exist_is_found() -> None:
    need = replace(NEGOTIATION.acts["publish"].requires[0], rule="NO-SUCH")
    assert said(changed(acts=rows("publish", requires=(need,)))) == ["要求is_effective引用的规则NO-SUCH不存在。"]


def test_an_act_without_seats_or_function_is_found() -> None:
    found = said(changed(acts=rows("publish", by=frozenset()), does=does_without("publish")))
    assert found[:2] == ["“公布”没有人能办。", "“公布”没有办理的函数。"]


def test_a_function_without_an_act_is_found() -> None:
    assert "函数succeed不属于任何一件事。" in said(changed(acts=without("succeed")))


def test_two_ways_that_are_not_told_apart_are_found() -> None:
    acts = tuple(replace(row, when=None) if row.name == "sign" and row.to is None else row for row in ACTS)
    assert said(changed(acts=acts)) == ["从“审议通过”办“首席代表签字”有几种去向，却有一种没有写条件。"]


def test_rows_of_an_act_that_differ_are_found() -> None:
    acts = tuple(replace(row, requires=()) if row.name == "convene" and row.to is None else row for row in ACTS)
    assert said(changed(acts=acts)) == ["“召开协商会议”的各行写得不一样（办理人、要求、表单）。"]


def clocks(rule: str, /, **new: Any) -> tuple[Clock, ...]:
    return tuple(replace(clock, **new) if clock.rule == rule else clock for clock in CLOCKS)


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ({"act": "answer"}, "期限“书面答复要约”要办的answer不存在。"),
        ({"lapse": "decline_offer"}, "期限“书面答复要约”届满时的“拒绝协商”应当由期限自己办。"),
        ({"act": "offer"}, "“登记送达”以后期限“书面答复要约”在走，“发出要约”却再也办不了。"),
        ({"until": ("NEVER",)}, "期限“书面答复要约”没有一件事使它结束。"),
    ],
)
def test_a_period_without_an_end_is_found(new: dict[str, Any], fault: str) -> None:
    assert fault in said(changed(clocks=clocks("NEG-RESPONSE-DAYS", **new)))


def test_a_period_that_nothing_starts_is_found() -> None:
    found = said(changed(acts=without("record_receipt"), does=does_without("record_receipt")))
    assert "期限“书面答复要约”从REQUEST_RECEIVED起算，可是没有一件事记下它。" in found


def test_a_clock_of_no_rule_is_found() -> None:
    assert "期限“书面答复要约”的规则NEG-ANSWER不存在。" in said(changed(clocks=clocks("NEG-RESPONSE-DAYS", rule="NEG-ANSWER")))


def test_every_act_of_the_clock_is_how_some_period_ends() -> None:
    """What time brings it brings by a deadline: an act of the clock that no clock names would never be done."""
    for proceedings in PROCEEDINGS:
        by_clock = {act.name for act in proceedings.procedure.acts.values() if Seat.CLOCK in act.by}
        assert by_clock == {clock.lapse for clock in proceedings.procedure.clocks if clock.lapse}


# ---- rows told apart


def branches() -> Iterator[Any]:
    for name in NEGOTIATION.acts:
        found = [row for row in NEGOTIATION.rows if row.name == name]
        if any(row.when for row in found):
            yield pytest.param(name, id=name)


@pytest.mark.parametrize("name", list(branches()))
def test_exactly_one_row_of_an_act_applies_whatever_the_facts(db: Session, name: str) -> None:
    """On real facts, with everything that a branch looks at turned every way."""
    stories = [walk.consulting(db, region) for region in (walk.ANHUI, walk.HENAN)]
    found = [row for row in NEGOTIATION.rows if row.name == name]
    tried = 0
    for story in stories:
        facts = story.facts(ON)
        for state in sorted({s for row in found for s in row.source}):
            here = [row for row in found if state in row.source]
            for kind in ("wage", "comprehensive"):
                for purpose in ("conclude", "terminate"):
                    for origin in ("preparing", "consulting", "suspended", "adopted"):
                        for signed in ((), ("workers",), ("employer",)):
                            case = Negotiation(
                                **{**facts.case.model_dump(), "state": state, "kind": kind, "purpose": purpose, "origin": origin}
                            )
                            with_signatures = replace(facts, case=case, signatures=tuple(_signature(side) for side in signed))
                            applying = [row.to for row in here if row.when is None or row.when(with_signatures)]
                            assert len(applying) == 1, (state, kind, purpose, origin, signed, applying)
                            tried += 1
    assert tried >= 96


def _signature(side: str) -> Any:
    from negotiation.models import Signature

    return Signature(negotiation_id=1, side=side, representative_id=1, text_hash="a" * 64, on=ON, sealed=True, means="in_app")


# ---- open cases


def test_an_open_case_that_could_not_go_on_is_named(db: Session) -> None:
    story = walk.consulting(db, walk.ANHUI)
    assert soundness.open_cases(db, NEGOTIATIONS) == 1
    assert soundness.stuck(db, NEGOTIATIONS, ON) == []
    next_version = changed(
        acts=tuple(row for row in ACTS if State.CONSULTING not in row.source), clocks=tuple(c for c in CLOCKS if c.rule != "INFO-DAYS")
    ).procedure
    found = soundness.stuck(db, NEGOTIATIONS, ON, next_version)
    assert {(one.case_id, str(one.sentence)) for one in found} == {(story.case.id, "“协商”在这一版程序里走不到结束。")}


def test_a_case_in_a_state_that_the_new_version_lacks_is_named(db: Session) -> None:
    walk.offered(db, walk.ANHUI)
    states = {s.value: label for s, label in STATE_LABELS.items() if s is not State.OFFERED}
    kept = tuple(row for row in ACTS if State.OFFERED not in (*row.source, row.to))
    version = Procedure("negotiation", "集体协商", states, kept, CLOCKS, initial=State.DRAFTED, final=frozenset({State.ENDED}))
    assert [str(one.sentence) for one in soundness.stuck(db, NEGOTIATIONS, ON, version)] == ["所处的状态offered在这一版程序里没有。"]


def test_a_running_period_that_the_new_version_lacks_is_named(db: Session) -> None:
    walk.offered(db, walk.ANHUI)
    version = changed(clocks=tuple(c for c in CLOCKS if c.rule != "NEG-RESPONSE-DAYS")).procedure
    assert [str(one.sentence) for one in soundness.stuck(db, NEGOTIATIONS, ON, version)] == [
        "正在计算的期限NEG-RESPONSE-DAYS在这一版程序里没有。"
    ]


# ---- the command


@pytest.fixture
def heyi(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("HEYI_DATA", str(tmp_path))
    monkeypatch.delenv("HEYI_DATABASE", raising=False)
    return CliRunner()


def test_the_command_names_every_proof(heyi: CliRunner) -> None:
    done = heyi.invoke(main, ["procedures", "check"])
    assert done.exit_code == 0, done.output
    for label, _check in soundness.CHECKS:
        assert f"  ok  {label}" in done.output
    assert done.output.splitlines()[-1] == "程序检查无误。"


def test_the_command_fails_with_the_sentence_of_a_fault(heyi: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.house.PROCEEDINGS", (changed(acts=rows("publish", under=("PUBLISH-SOON",))),))
    done = heyi.invoke(main, ["procedures", "check"])
    assert done.exit_code == 1
    assert "“公布”引用的规则PUBLISH-SOON不存在。" in done.output
    assert "有1处不对。" in done.output


def test_the_command_draws_each_procedure(heyi: CliRunner, tmp_path: Any) -> None:
    done = heyi.invoke(main, ["procedures", "draw", str(tmp_path / "drawn")])
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "drawn").iterdir()} == {
        f"{p.procedure.name}.{kind}" for p in PROCEEDINGS for kind in ("svg", "mmd")
    }
