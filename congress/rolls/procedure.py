"""A term (届) of the congress, act by act (企业民主管理规定 Arts. 8–10, 23–29; local regulations on the employee congress)."""

from dataclasses import replace
from datetime import date

from congress.rolls import forms
from congress.rolls.facts import Facts
from congress.terms import TERM_STAGES, TERM_STATE_LABELS, TermState
from workflow.procedure import Act, Clock, Procedure, Unmet, requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@requirement("DEL-ELECT", otherwise=N_("名册上还没有人。"), remedy=N_("先从Excel导入，或者逐个登记。"), who=Seat.UNION)
def has_a_roll(facts: Facts, on: date) -> Unmet | None:
    return None if facts.elected() else Unmet()


@requirement(
    "DEL-ELECT", otherwise=N_("“{name}”有{seats}个名额，登记了{count}名代表。"), remedy=N_("改正名额，或者去掉多登记的人。"), who=Seat.UNION
)
def no_constituency_holds_more_than_its_seats(facts: Facts, on: date) -> Unmet | None:
    over = next((c for c in facts.constituencies if not facts.is_assembly and facts.free(c) < 0), None)
    return Unmet(name=over.name, seats=over.seats, count=over.seats - facts.free(over)) if over else None


@requirement("CONG-TERM", otherwise=N_("“{title}”还在任期内，两届不能同时在任。"), remedy=N_("先在那一届登记换届。"), who=Seat.UNION)
def the_term_before_has_ended(facts: Facts, on: date) -> Unmet | None:
    return Unmet(title=facts.serving.title) if facts.serving else None


@requirement("CONG-TERM", otherwise=N_("任期从{since}起算，还没有到。"))
def the_term_has_begun(facts: Facts, on: date) -> Unmet | None:
    return Unmet(facts.term.since, since=facts.term.since) if on < facts.term.since else None


@requirement("CONG-OR-ASSEMBLY", otherwise=N_("职工大会由全体职工参加，不选举代表，也没有罢免和补选。"))
def has_delegates(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.is_assembly else None


@requirement("CONG-OR-ASSEMBLY", otherwise=N_("职工代表由选区选举产生，新增的用“补选代表”登记。"))
def is_an_assembly(facts: Facts, on: date) -> Unmet | None:
    return None if facts.is_assembly else Unmet()


@requirement("CONG-OBSERVERS", otherwise=N_("现在没有列席人员。"))
def somebody_attends(facts: Facts, on: date) -> Unmet | None:
    return None if any(a.until is None for a in facts.attendees) else Unmet()


@requirement("CONG-COMMITTEES", otherwise=N_("本届还没有专门委员会、小组。"), remedy=N_("先登记设立。"), who=Seat.UNION)
def has_a_committee(facts: Facts, on: date) -> Unmet | None:
    return None if any(c.until is None for c in facts.committees) else Unmet()


UNION = frozenset({Seat.UNION})
ELECTING, SERVING = (TermState.ELECTING,), (TermState.SERVING,)

# fmt: off
TABLE: tuple[Act[Facts], ...] = (
    Act("arrange", N_("修改任期和选区"), ELECTING, None, UNION, ("CONG-TERM", "DEL-ELECT"), form=forms.Arrange, gist=N_("起算日期、年限、各选区的名额")),
    Act("import_roll", N_("从Excel导入名册"), ELECTING, None, UNION, ("DEL-ELECT", "DEL-MIN-N"), form=forms.ImportRoll, main=True,
        gist=N_("先核对预览，确认以后才存；有一处不对就一个也不存")),
    Act("register_delegate", N_("逐个登记名册"), ELECTING, None, UNION, ("DEL-ELECT",), form=forms.Register, gist=N_("一次登记一人")),
    Act("strike_delegate", N_("从名册去掉"), ELECTING, None, UNION, ("DEL-ELECT",), (has_a_roll,), forms.Strike, gist=N_("登记错的人；任期开始以后不能去掉")),
    Act("confirm_roll", N_("确认名册，任期开始"), ELECTING, TermState.SERVING, UNION, ("CONG-TERM", "DEL-MIN-RATIO", "DEL-MIN-N"),
        (has_a_roll, no_constituency_holds_more_than_its_seats, the_term_has_begun, the_term_before_has_ended), ActForm, main=True,
        gist=N_("从此每次变动都留下记录；会议的应到人数按名册计算")),
    Act("by_elect", N_("补选代表"), SERVING, None, UNION, ("DEL-STANDING", "DEL-ELECT-QUORUM"), (has_delegates,), forms.ByElect,
        gist=N_("选区补选缺额的代表，写明参加人数和赞成票")),
    Act("replace_delegate", N_("更换代表"), SERVING, None, UNION, ("DEL-STANDING", "DEL-ELECT-QUORUM", "DEL-ELIGIBLE"), (has_delegates, has_a_roll), forms.Replace,
        gist=N_("原代表资格终止，同一天选出继任的代表")),
    Act("recall", N_("罢免代表"), SERVING, None, UNION, ("DEL-RECALL",), (has_delegates, has_a_roll), forms.Recall, gist=N_("由原选区的职工决定")),
    Act("end_seat", N_("登记资格终止"), SERVING, None, UNION, ("DEL-ELIGIBLE",), (has_a_roll,), forms.EndSeat, gist=N_("离职、调离选区、本人辞去")),
    Act("enrol", N_("登记新职工"), SERVING, None, UNION, ("CONG-OR-ASSEMBLY",), (is_an_assembly,), forms.Enrol, gist=N_("职工大会的名册：新入职的职工")),
    Act("correct_delegate", N_("更正名册上的错字"), SERVING, None, UNION, ("DEL-ELECT",), (has_a_roll,), forms.CorrectDelegate,
        gist=N_("姓名、工号等写错的；原来的写法留在记录里")),
    Act("name_leader", N_("登记代表团（组）长"), SERVING, None, UNION, ("CONG-DELEGATIONS",), (has_delegates, has_a_roll), forms.NameLeader,
        gist=N_("由代表团（组）推选，可以代表全团提出意见")),
    Act("form_committee", N_("设立专门委员会、小组"), SERVING, None, UNION, ("CONG-COMMITTEES",), form=forms.FormCommittee,
        gist=N_("成员由职工代表大会审议通过，任期与本届相同")),
    Act("change_committee", N_("更换专门委员会成员"), SERVING, None, UNION, ("CONG-COMMITTEES",), (has_a_committee,), forms.ChangeCommittee,
        gist=N_("写明新的全部成员；原来的成员留在记录里")),
    Act("dissolve_committee", N_("撤销专门委员会、小组"), SERVING, None, UNION, ("CONG-COMMITTEES",), (has_a_committee,), forms.DissolveCommittee,
        gist=N_("不再设立的")),
    Act("invite", N_("登记列席人员"), (*ELECTING, *SERVING), None, UNION, ("CONG-OBSERVERS",), form=forms.Invite, gist=N_("可以到会发言，没有表决权")),
    Act("uninvite", N_("不再列席"), (*ELECTING, *SERVING), None, UNION, ("CONG-OBSERVERS",), (somebody_attends,), forms.Uninvite, gist=N_("登记列席到哪一天为止")),
    Act("extend", N_("延期换届"), SERVING, None, UNION, ("CONG-TERM",), form=forms.Extend, gist=N_("由职工代表大会或者其授权的机构决定")),
    Act("end_term", N_("换届，本届结束"), SERVING, TermState.ENDED, UNION, ("CONG-TERM",), form=ActForm, gist=N_("新一届选举产生以后登记；名册留存不变")),
)
# fmt: on

CLOCKS = (Clock("CONG-TERM", N_("换届选举"), Seat.UNION, ("TERM_ENDED",), "end_term"),)
"""Runs to the last day of the term, which the congress itself sets within the years of the rule."""


def _plain(row: Act[Facts]) -> Act[Facts]:
    """The machine takes a member of an enum by its name; the column holds its value."""
    return replace(row, source=tuple(map(str, row.source)), to=str(row.to) if row.to else None)


TERM: Procedure[Facts] = Procedure(
    "congress_term",
    N_("职工代表大会届次"),
    {str(state): label for state, label in TERM_STATE_LABELS.items()},
    map(_plain, TABLE),
    CLOCKS,
    initial=TermState.ELECTING.value,
    final=frozenset({TermState.ENDED.value}),
    stages=TERM_STAGES,
)
