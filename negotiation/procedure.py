"""The procedure of collective negotiation, act by act: who, from where, to where, under which rule, on what conditions.

Pages, the API, the tests, the diagram and the help are all derived from this table.
"""

from collections.abc import Callable

from negotiation import forms
from negotiation.facts import Facts
from negotiation.requirements import conclusion, draft, offering, performance, representatives, talks
from negotiation.terms import STAGES, STATE_LABELS, Side
from negotiation.terms import State as S
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.forms import FormModel
from workflow.procedure import Act, Clock, Procedure, Requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

CHIEFS = frozenset({Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF})
WORKER_SIDE = frozenset({Seat.UNION, Seat.WORKER_CHIEF})
EMPLOYER_SIDE = frozenset({Seat.EMPLOYER, Seat.EMPLOYER_CHIEF})
EITHER_SIDE = WORKER_SIDE | EMPLOYER_SIDE
AT_THE_TABLE = EITHER_SIDE | {Seat.WORKER_REPRESENTATIVE, Seat.EMPLOYER_REPRESENTATIVE}
AUTHORITY = frozenset({Seat.AUTHORITY})
CONGRESS = frozenset({Seat.CONGRESS})
CLOCK = frozenset({Seat.CLOCK})
INITIATOR = frozenset({Seat.INITIATOR})
OTHER_SIDE = frozenset({Seat.OTHER_SIDE})

TALKING = (S.PREPARING, S.CONSULTING)
LIVE = tuple(s for s in S if s is not S.ENDED)
BEFORE_SIGNATURE = (S.OFFERED, S.DECLINED, S.PREPARING, S.CONSULTING, S.SUSPENDED, S.COORDINATING, S.SETTLED, S.BEFORE_CONGRESS, S.ADOPTED)
UNDER_WAY = tuple(s for s in S if s not in (S.DRAFTED, S.ENDED))


def _origin(state: S) -> Callable[[Facts], bool]:
    return lambda facts: facts.case.origin == state


def _coordination_ends_it(facts: Facts) -> bool:
    rule = facts.rules.find("COORD-DAYS", facts.case.opened_on)
    return bool(rule and rule.parameters.get("ends_negotiation"))


def _returns_to(state: S) -> Callable[[Facts], bool]:
    """A failed coordination goes back to where it came from, unless the local rule ends the negotiation."""
    return lambda facts: facts.case.origin == state and not _coordination_ends_it(facts)


def _is_first_meeting(facts: Facts) -> bool:
    return facts.case.state == S.PREPARING


def _completes_the_signatures(facts: Facts) -> bool:
    """One side has signed this text; the other is signing it now."""
    return facts.signed_by(Side.WORKERS) != facts.signed_by(Side.EMPLOYER)


def _approval_is_effect(facts: Facts) -> bool:
    """Wage agreements take effect when an opinion without objection is served (工资集体协商试行办法 Art. 22)."""
    return facts.case.kind == "wage"


def _terminates(facts: Facts) -> bool:
    """An agreement to end a contract does so and is itself done with."""
    return facts.case.purpose == "terminate"


def _act(
    name: str,
    label: str,
    source: S | tuple[S, ...],
    to: S | None,
    by: frozenset[Seat],
    under: str,
    *requires: Requirement[Facts],
    form: type[FormModel] = ActForm,
    gist: str = "",
    joint: bool = False,
    when: Callable[[Facts], bool] | None = None,
    main: bool = False,
    paper: bool = True,
    back: bool = False,
) -> Act[Facts]:
    sources = tuple(s.value for s in (source if isinstance(source, tuple) else (source,)))
    return Act(
        name, label, sources, to.value if to else None, by, tuple(under.split()), requires, form, joint, when, main, gist, paper, back
    )


ORIGINS = (S.PREPARING, S.CONSULTING, S.SUSPENDED, S.ADOPTED)

# fmt: off
ACTS: tuple[Act[Facts], ...] = (
    # ---- 要约
    _act("edit_offer", N_("修改要约内容"), S.DRAFTED, None, INITIATOR, "NEG-REQUEST WAGE-LETTER", form=forms.EditOffer, gist=N_("写明协商事项、时间、地点")),
    _act("offer", N_("发出要约"), S.DRAFTED, S.OFFERED, INITIATOR, "NEG-REQUEST WAGE-LETTER", offering.is_in_writing, offering.has_time_and_place, main=True, gist=N_("生成要约书并通知对方")),
    _act("record_receipt", N_("登记送达"), S.OFFERED, None, EITHER_SIDE, "NEG-REQUEST NEG-RESPONSE-DAYS", offering.is_not_received, form=forms.RecordReceipt, main=True, gist=N_("从收到之日的第二天起计算答复期限")),
    _act("accept_offer", N_("同意协商"), (S.OFFERED, S.DECLINED), S.PREPARING, OTHER_SIDE, "NEG-RESPONSE-DAYS", offering.is_received, form=forms.AcceptOffer, main=True, gist=N_("书面答复同意协商")),
    _act("decline_offer", N_("拒绝协商"), (S.OFFERED, S.DECLINED), S.DECLINED, OTHER_SIDE, "NEG-NO-REFUSE NEG-RESPONSE-DAYS", offering.has_not_refused, form=forms.DeclineOffer, gist=N_("必须写明理由；无正当理由不得拒绝")),
    _act("lapse", N_("逾期未应约"), S.OFFERED, S.DECLINED, CLOCK, "NEG-RESPONSE-DAYS", offering.is_received, offering.reply_period_is_over, paper=False, gist=N_("答复期限届满没有书面答复")),
    _act("press", N_("发出提示函、意见书、建议书"), UNDER_WAY, None, WORKER_SIDE | {Seat.SUPERIOR_UNION}, "TU-54 TU-20", form=forms.Press, paper=False, gist=N_("督促对方依法履行义务")),
    _act("record_reply", N_("登记答复"), UNDER_WAY, None, EITHER_SIDE | {Seat.SUPERIOR_UNION, Seat.AUTHORITY}, "UNION-OPINION-REPLY", offering.has_letter_to_answer, form=forms.RecordReply, gist=N_("登记对提示函、意见书、建议书的答复")),

    # ---- 协商准备
    _act("appoint", N_("确定协商代表"), (S.DRAFTED, S.OFFERED, S.DECLINED, S.PREPARING, S.CONSULTING, S.SUSPENDED, S.COORDINATING, S.SETTLED, S.BEFORE_CONGRESS, S.ADOPTED, S.SIGNED, S.FILED, S.OBJECTED, S.IN_FORCE), None, EITHER_SIDE, "REP-EQUAL REP-MIN REP-CHIEF", form=forms.Appoint, gist=N_("每方至少三人，各有一名首席代表")),
    _act("replace", N_("更换协商代表"), LIVE, None, EITHER_SIDE, "REP-REPLACE", representatives.has_representatives, form=forms.Replace, gist=N_("原代表留在记录里")),
    _act("vacate", N_("登记代表空缺"), LIVE, None, EITHER_SIDE, "REP-VACANCY-DAYS", representatives.has_representatives, form=forms.Vacate, gist=N_("空缺之日起15日内产生新的代表")),
    _act("publish_representatives", N_("公布协商代表"), (*TALKING, S.SUSPENDED), None, EITHER_SIDE, "REP-PUBLISH", representatives.has_chiefs, gist=N_("当地要求公布的")),
    _act("name_recorder", N_("确定记录员"), TALKING, None, EITHER_SIDE, "NEG-PREP", form=forms.NameRecorder, gist=N_("双方共同确定，不能是协商代表")),
    _act("notify_upper", N_("告知上级工会"), TALKING, None, WORKER_SIDE, "UPPER-NOTICE", form=forms.NotifyUpper, gist=N_("当地要求开始协商前告知的")),
    _act("request_information", N_("要求提供资料"), TALKING, None, AT_THE_TABLE, "INFO-DAYS NEG-PREP", form=forms.RequestInformation, gist=N_("对方应当按期真实提供")),
    _act("disclose", N_("提供资料"), TALKING, None, AT_THE_TABLE, "INFO-DAYS NEG-PREP", talks.has_open_request, form=forms.Disclose, gist=N_("答复对方的资料要求")),

    # ---- 协商
    _act("convene", N_("召开协商会议"), S.PREPARING, S.CONSULTING, CHIEFS, "NEG-PREP NEG-MEETING", *representatives.LAWFUL_TEAMS, talks.has_recorder, talks.superior_union_is_told, form=forms.Convene, when=_is_first_meeting, main=True, gist=N_("写明时间、地点、议程")),
    _act("convene", N_("召开协商会议"), S.CONSULTING, None, CHIEFS, "NEG-PREP NEG-MEETING", *representatives.LAWFUL_TEAMS, talks.has_recorder, talks.superior_union_is_told, form=forms.Convene, when=lambda facts: not _is_first_meeting(facts)),
    _act("minute", N_("记入会议记录"), S.CONSULTING, None, frozenset({Seat.RECORDER}), "NEG-MEETING", talks.has_meeting_to_minute, form=forms.Minute, gist=N_("由记录员记入，按当地规定签字")),
    _act("lay_out", N_("提出合同草案"), S.CONSULTING, None, AT_THE_TABLE, "NEG-MEETING", form=forms.LayOut, gist=N_("一次写入多个条款")),
    _act("propose", N_("提出条款"), S.CONSULTING, None, AT_THE_TABLE, "NEG-MEETING", form=forms.Propose, gist=N_("增加一个条款")),
    _act("counter", N_("修改条款"), S.CONSULTING, None, AT_THE_TABLE, "NEG-MEETING", draft.has_clauses, form=forms.Counter, gist=N_("对一个条款提出不同的文本")),
    _act("withdraw_proposal", N_("撤回提议"), S.CONSULTING, None, AT_THE_TABLE, "NEG-MEETING", draft.has_clauses, form=forms.OneClause, gist=N_("撤回本方最近提出的文本")),
    _act("agree_clause", N_("同意条款"), S.CONSULTING, None, CHIEFS, "NEG-MEETING", draft.has_clauses, draft.has_undecided_clause, form=forms.AgreeClause, gist=N_("双方首席代表都同意，条款才算达成一致")),
    _act("defer_clause", N_("暂缓条款"), S.CONSULTING, None, CHIEFS, "NEG-MEETING", draft.has_clauses, draft.has_undecided_clause, form=forms.DeferClause, gist=N_("留到以后再谈")),
    _act("set_terms", N_("填写期限和工资数据"), S.CONSULTING, None, AT_THE_TABLE, "CC-TERM CC-FLOOR LABOUR-HOURS", form=forms.SetTerms, gist=N_("合同期限、工资表、最低工资、工时")),
    _act("suspend", N_("中止协商"), S.CONSULTING, S.SUSPENDED, CHIEFS, "NEG-SUSPEND", talks.may_suspend_by_agreement, form=forms.Suspend, joint=True, gist=N_("双方商定中止期限和下次协商的时间、地点、内容")),
    _act("suspend_for_force_majeure", N_("因不可抗力中止"), S.CONSULTING, S.SUSPENDED, CHIEFS, "NEG-SUSPEND", form=forms.ForceMajeure, gist=N_("期间不计入协商期限")),
    _act("resume", N_("恢复协商"), S.SUSPENDED, S.CONSULTING, CHIEFS, "NEG-SUSPEND", form=forms.Resume, main=True, gist=N_("回到协商")),

    # ---- 协调处理
    _act("refer", N_("申请协调"), ORIGINS, S.COORDINATING, EITHER_SIDE | AUTHORITY, "COORD-APPLY COORD-APPLY-WITHIN", talks.is_in_time_to_refer, talks.is_deadlocked, form=forms.Refer, gist=N_("协商争议不能解决的，书面申请人社部门协调")),
    _act("accept_coordination", N_("受理协调"), S.COORDINATING, None, AUTHORITY, "COORD-STEPS", talks.coordination_is_not_accepted, gist=N_("从受理的第二天起计算协调期限")),
    *(_act("decline_coordination", N_("不受理协调"), S.COORDINATING, origin, AUTHORITY, "COORD-STEPS", talks.coordination_is_not_accepted, form=forms.Reasoned, when=_origin(origin), gist=N_("退回原来的阶段"), back=True) for origin in ORIGINS),
    _act("extend_coordination", N_("延长协调"), S.COORDINATING, None, AUTHORITY, "COORD-DAYS", talks.coordination_is_accepted, talks.is_not_extended, form=forms.Reasoned, gist=N_("只能延长一次")),
    _act("coordinate", N_("达成协调"), S.COORDINATING, S.CONSULTING, AUTHORITY, "COORD-DOC", talks.coordination_is_accepted, form=forms.Coordinate, main=True, gist=N_("由协调人员和双方首席代表签署协调处理协议书")),
    *(_act("coordination_fails", N_("协调未成"), S.COORDINATING, origin, AUTHORITY, "COORD-DAYS", talks.coordination_is_accepted, form=forms.Reasoned, when=_returns_to(origin), gist=N_("退回原来的阶段"), back=True) for origin in ORIGINS),
    _act("coordination_fails", N_("协调未成"), S.COORDINATING, S.ENDED, AUTHORITY, "COORD-DAYS", talks.coordination_is_accepted, form=forms.Reasoned, when=_coordination_ends_it),
    *(_act("coordination_lapses", N_("协调期满未成"), S.COORDINATING, origin, CLOCK, "COORD-DAYS", talks.coordination_is_accepted, talks.coordination_period_is_over, when=_returns_to(origin), paper=False, back=True) for origin in ORIGINS),
    _act("coordination_lapses", N_("协调期满未成"), S.COORDINATING, S.ENDED, CLOCK, "COORD-DAYS", talks.coordination_is_accepted, talks.coordination_period_is_over, when=_coordination_ends_it, paper=False),
    *(_act("withdraw_referral", N_("撤回协调申请"), S.COORDINATING, origin, EITHER_SIDE, "COORD-APPLY", form=forms.Reasoned, when=_origin(origin), gist=N_("由申请的一方撤回"), back=True) for origin in ORIGINS),

    # ---- 草案
    _act("settle", N_("议定草案"), S.CONSULTING, S.SETTLED, CHIEFS, "NEG-MEETING CC-HEADS LAW-WOMEN-44", draft.has_met, draft.has_clauses, draft.is_agreed_throughout, draft.has_a_head, draft.has_compulsory_heads, draft.has_compulsory_safety_heads, draft.has_compulsory_womens_heads, draft.has_gender_equality, draft.has_term, draft.has_lawful_term, draft.is_above_minimum_wage, draft.has_lawful_hours, joint=True, main=True, gist=N_("双方首席代表签字，文本从此固定")),
    _act("reopen", N_("重新协商草案"), S.SETTLED, S.CONSULTING, CHIEFS, "NEG-MEETING", form=forms.Reasoned, joint=True, gist=N_("原来的文本作废")),
    _act("submit_to_congress", N_("提交职代会"), S.SETTLED, S.BEFORE_CONGRESS, WORKER_SIDE, "CONG-SUBMIT", conclusion.is_settled, form=forms.SubmitToCongress, main=True, gist=N_("列入一次职代会会议的议程")),
    _act("withdraw_from_congress", N_("撤回提交"), S.BEFORE_CONGRESS, S.SETTLED, WORKER_SIDE, "CONG-SUBMIT", form=forms.Reasoned, gist=N_("从职代会议程上撤下")),
    _act("meeting_failed", N_("会议未成"), S.BEFORE_CONGRESS, S.SETTLED, CONGRESS, "CONG-QUORUM", form=forms.Reasoned, gist=N_("会议取消、延期、不足法定人数或表决作废")),
    _act("record_enterprise_result", N_("登记企业审议结果"), S.BEFORE_CONGRESS, None, WORKER_SIDE, "SECT-ADOPT", conclusion.is_adopted_one_by_one, form=forms.EnterpriseResult, gist=N_("区域性、行业性合同逐家审议的")),
    _act("adopt", N_("审议通过"), S.BEFORE_CONGRESS, S.ADOPTED, CONGRESS, "CONG-QUORUM CONG-APPROVE", conclusion.has_certified_result, conclusion.result_is_passed, conclusion.every_enterprise_has_answered, conclusion.every_bound_enterprise_has_passed, main=True, gist=N_("职代会表决结果确认后登记")),
    _act("reject", N_("审议未通过"), S.BEFORE_CONGRESS, S.CONSULTING, CONGRESS, "CONG-QUORUM CONG-APPROVE", conclusion.has_certified_result, conclusion.result_is_not_passed, conclusion.enterprises_have_not_passed, gist=N_("回到协商，修改后再提交")),
    _act("void_adoption", N_("撤销通过"), S.ADOPTED, S.SETTLED, CONGRESS, "CONG-APPROVE", form=forms.Reasoned, gist=N_("表决结果被撤销的")),
    _act("notify_passage", N_("书面告知通过"), (S.ADOPTED, S.SIGNED), None, frozenset({Seat.WORKER_CHIEF, Seat.UNION}), "FILE-DAYS", conclusion.passage_is_not_told, form=forms.NotifyPassage, gist=N_("把审议通过的情况书面告知企业")),

    # ---- 签订与报审
    _act("sign", N_("首席代表签字"), S.ADOPTED, S.SIGNED, CHIEFS, "CC-SIGN", conclusion.is_adopted, form=forms.Sign, when=_completes_the_signatures, main=True, gist=N_("在职代会通过的文本上签字盖章")),
    _act("sign", N_("首席代表签字"), S.ADOPTED, None, CHIEFS, "CC-SIGN", conclusion.is_adopted, form=forms.Sign, when=lambda facts: not _completes_the_signatures(facts)),
    _act("hand_in", N_("存入材料"), LIVE, None, EITHER_SIDE, "FILE-DOSSIER", form=forms.HandIn, paper=False, gist=N_("营业执照、身份证明、委托书原件等报审、归档要用的材料")),
    _act("file", N_("报送审查"), S.SIGNED, None, frozenset({Seat.EMPLOYER}), "FILE-DAYS FILE-COPIES", conclusion.is_signed, conclusion.is_not_sent, form=forms.File, main=True, gist=N_("由企业报送人社部门")),
    _act("file_by_union", N_("由工会报送审查"), S.SIGNED, None, frozenset({Seat.UNION}), "SECT-FILE FILE-DAYS", conclusion.union_may_file, conclusion.is_signed, conclusion.is_not_sent, form=forms.File, gist=N_("当地规定区域性、行业性合同可以由工会报送的")),
    _act("record_filing_receipt", N_("登记收件"), S.SIGNED, S.FILED, AUTHORITY | EITHER_SIDE, "REVIEW-DAYS FILE-REGISTER", conclusion.is_sent, form=forms.RecordFilingReceipt, main=True, gist=N_("从收到文本的第二天起计算审查期限")),
    _act("ask_supplement", N_("要求补正"), S.FILED, None, AUTHORITY | EITHER_SIDE, "FILE-SUPPLEMENT", form=forms.AskSupplement, gist=N_("材料不齐的")),
    _act("supplement", N_("完成补正"), S.FILED, None, frozenset({Seat.EMPLOYER}), "FILE-SUPPLEMENT", conclusion.is_asked_to_supplement, gist=N_("交齐补正的材料")),
    _act("object", N_("审查异议"), (S.FILED, S.IN_FORCE, S.ENDED), S.OBJECTED, AUTHORITY | EITHER_SIDE, "REVIEW-DAYS REVIEW-SCOPE", conclusion.took_effect_by_silence, form=forms.Opinion, gist=N_("审查意见书在期限内送达双方")),
    _act("approve", N_("审查无异议"), S.FILED, S.IN_FORCE, AUTHORITY | EITHER_SIDE, "REVIEW-DAYS", form=forms.Opinion, when=lambda facts: _approval_is_effect(facts) and not _terminates(facts), main=True, gist=N_("送达没有异议的审查意见书")),
    _act("approve", N_("审查无异议"), S.FILED, S.ENDED, AUTHORITY | EITHER_SIDE, "REVIEW-DAYS", form=forms.Opinion, when=lambda facts: _approval_is_effect(facts) and _terminates(facts)),
    _act("approve", N_("审查无异议"), S.FILED, None, AUTHORITY | EITHER_SIDE, "REVIEW-DAYS", form=forms.Opinion, when=lambda facts: not _approval_is_effect(facts)),
    _act("take_effect", N_("生效"), S.FILED, S.IN_FORCE, CLOCK, "REVIEW-DAYS", conclusion.review_period_runs, conclusion.review_period_is_over, when=lambda facts: not _terminates(facts), paper=False, gist=N_("审查期限届满没有异议")),
    _act("take_effect", N_("生效"), S.FILED, S.ENDED, CLOCK, "REVIEW-DAYS", conclusion.review_period_runs, conclusion.review_period_is_over, when=_terminates, paper=False),
    _act("renegotiate", N_("就异议重新协商"), S.OBJECTED, S.CONSULTING, CHIEFS, "REFILE", joint=True, main=True, gist=N_("协商修改后重新审议、签字、报送")),
    _act("withdraw_filing", N_("撤回报送"), (S.SIGNED, S.FILED), S.OBJECTED, CHIEFS, "FILE-DAYS", conclusion.is_sent, form=forms.Reasoned, joint=True, gist=N_("双方同意撤回修改")),

    # ---- 生效以后
    _act("publish", N_("公布"), S.IN_FORCE, None, EITHER_SIDE, "PUBLISH", performance.is_effective, form=forms.Publish, main=True, gist=N_("以适当形式向全体人员公布")),
    _act("report_upper", N_("报送上级工会"), (S.SIGNED, S.FILED, S.IN_FORCE), None, WORKER_SIDE, "COPY-UPPER", gist=N_("把合同文本送上级工会")),
    _act("list_obligations", N_("列出履行事项"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", form=forms.ListObligations, main=True, gist=N_("从条款里列出要做的事")),
    _act("start_round", N_("开始履约检查"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", performance.has_obligations, performance.has_no_open_round, form=forms.StartRound, main=True, gist=N_("由双方派人组成检查组")),
    _act("record_finding", N_("记录检查结果"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", performance.has_open_round, form=forms.RecordFinding, gist=N_("逐项：履行、部分履行、未履行、有争议")),
    _act("record_correction", N_("登记整改"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", performance.has_correction_to_record, form=forms.RecordCorrection, gist=N_("整改完成的情况")),
    _act("close_round", N_("结束履约检查"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", performance.has_open_round, performance.every_obligation_is_found, form=forms.CloseRound, main=True, gist=N_("计算履约率，形成检查报告")),
    _act("report_round", N_("向职代会报告履约情况"), S.IN_FORCE, None, EITHER_SIDE, "PERF-REPORT", performance.has_round_to_report, form=forms.ReportRound, gist=N_("每年至少一次")),
    _act("publish_performance", N_("公布工资事项履行情况"), S.IN_FORCE, None, EMPLOYER_SIDE, "PERF-WAGE-PUBLISH", performance.pay_is_published_here, form=forms.Publish, gist=N_("当地要求定期公布的")),
    _act("amend", N_("提出变更"), S.IN_FORCE, None, EITHER_SIDE, "CC-CHANGE-CONSENT CC-CHANGE-GROUNDS CC-CHANGE-PROC", form=forms.Reasoned, gist=N_("立案协商变更；新文本生效前本合同继续有效")),
    _act("terminate", N_("提出解除"), S.IN_FORCE, None, EITHER_SIDE, "CC-CHANGE-CONSENT CC-CHANGE-GROUNDS CC-CHANGE-PROC", form=forms.Reasoned, gist=N_("立案协商解除")),
    _act("renew", N_("提出续订"), S.IN_FORCE, None, EITHER_SIDE, "CC-RENEW-WINDOW", performance.is_inside_renewal_window, performance.term_still_runs, gist=N_("立案续订，原条款带入新案")),
    _act("succeed", N_("主体变更"), LIVE, None, EITHER_SIDE, "CC-CHANGE-GROUNDS", form=forms.Succeed, gist=N_("企业合并、分立、更名")),
    _act("expire", N_("期满"), S.IN_FORCE, S.ENDED, CLOCK, "CC-TERM", performance.term_is_over, paper=False, gist=N_("合同期限届满")),

    # ---- 结束
    _act("discard", N_("撤销立案"), S.DRAFTED, S.ENDED, INITIATOR, "NEG-PRINCIPLES", form=forms.Reasoned, gist=N_("还没有发出要约，不再提出")),
    _act("give_up", N_("撤回要约"), (S.OFFERED, S.DECLINED), S.ENDED, INITIATOR, "NEG-PRINCIPLES", form=forms.Reasoned, gist=N_("由要约方终止")),
    _act("give_up_jointly", N_("终止协商"), (S.PREPARING, S.CONSULTING, S.SUSPENDED, S.COORDINATING, S.SETTLED, S.BEFORE_CONGRESS, S.ADOPTED, S.OBJECTED), S.ENDED, CHIEFS, "NEG-PRINCIPLES", form=forms.Reasoned, joint=True, gist=N_("双方同意不再协商")),
    _act("period_ends", N_("协商期满"), BEFORE_SIGNATURE, None, CLOCK, "NEG-PERIOD-MAX", talks.has_a_negotiation_period, talks.negotiation_period_is_over, paper=False, gist=N_("当地规定的协商期限届满")),
    _act("close_without_agreement", N_("期满未成"), (S.PREPARING, S.CONSULTING, S.SUSPENDED), S.ENDED, CLOCK, "COORD-APPLY-WITHIN NEG-PERIOD-MAX", talks.silence_ends_the_negotiation, talks.time_to_refer_is_over, paper=False, gist=N_("当地规定协商期满不申请协调即终止的")),
    _act("end_by_law", N_("法定终止"), LIVE, S.ENDED, EITHER_SIDE, "CC-CHANGE-GROUNDS CC-TERM", form=forms.EndByLaw, gist=N_("解散、破产等，须有证明")),

    # ---- 关于记录本身
    _act("correct_date", N_("更正日期"), tuple(S), None, EITHER_SIDE | AUTHORITY | {Seat.RECORDER, Seat.SUPERIOR_UNION}, "TIME-PROOF", form=forms.CorrectDate, gist=N_("新旧日期都保留，期限重新计算")),
    _act("dispute_entry", N_("对登记提出异议"), tuple(S), None, EITHER_SIDE, "TIME-PROOF", form=forms.DisputeEntry, gist=N_("对方据书面材料登记的事项")),
    _act("issue_document", N_("出具文书"), tuple(S), None, EITHER_SIDE | AUTHORITY | {Seat.RECORDER, Seat.SUPERIOR_UNION}, "TIME-PROOF", form=IssueDocument, paper=False, gist=N_("按案卷生成文书，编号留存")),
    _act("keep_scan", N_("存入签字盖章的扫描件"), tuple(S), None, EITHER_SIDE | AUTHORITY | {Seat.RECORDER, Seat.SUPERIOR_UNION}, "TIME-PROOF", form=KeepScan, paper=False, gist=N_("与出具的文书放在一起")),
    _act("decline_motion", N_("不同意提议"), LIVE, None, CHIEFS, "NEG-PRINCIPLES", talks.has_open_motion, form=forms.AnswerMotion, gist=N_("不同意对方首席代表的提议")),
    _act("withdraw_motion", N_("撤回提议事项"), LIVE, None, CHIEFS, "NEG-PRINCIPLES", talks.has_open_motion, form=forms.AnswerMotion, gist=N_("撤回等待对方答复的提议")),
)

CLOCKS: tuple[Clock, ...] = (
    Clock("NEG-RESPONSE-DAYS", N_("书面答复要约"), Seat.OTHER_SIDE, ("REPLY_AGREED", "REPLY_REFUSED"), "accept_offer", lapse="lapse"),
    Clock("NEG-START", N_("开始协商"), Seat.WORKER_CHIEF, ("FIRST_MEETING",), "convene"),
    Clock("NEG-PERIOD-MAX", N_("协商期限"), Seat.WORKER_CHIEF, ("COMPLETED", "CHIEFS_SIGNED", "ENDED"), "sign", lapse="period_ends", pauses=True),
    Clock("NEG-DEADLOCK", N_("满此日可以申请协调"), Seat.WORKER_CHIEF, ("SETTLED", "REFERRED", "ENDED"), "settle", permits=True),
    Clock("REP-NOTICE", N_("把协商代表书面告知对方"), Seat.UNION, ("BOTH_NAMED",), "appoint"),
    Clock("REP-TERM-FAIL", N_("协商代表履职期限"), Seat.UNION, ("CHIEFS_SIGNED", "ENDED"), "appoint", keeps=False),
    Clock("REP-PUBLISH", N_("公布协商代表"), Seat.UNION, ("REPRESENTATIVES_PUBLISHED",), "publish_representatives"),
    Clock("REP-VACANCY-DAYS", N_("补足空缺的代表"), Seat.UNION, ("VACANCY_FILLED",), "replace"),
    Clock("UPPER-NOTICE", N_("告知上级工会"), Seat.UNION, ("SUPERIOR_TOLD",), "notify_upper", starts="START"),
    Clock("INFO-DAYS", N_("提供协商资料"), Seat.EMPLOYER, ("DISCLOSED",), "disclose", starts="START"),
    Clock("NEG-SUSPEND", N_("恢复协商"), Seat.WORKER_CHIEF, ("RESUMED", "REFERRED", "ENDED"), "resume"),
    Clock("CC-TERM", N_("合同期满"), Seat.UNION, ("ENDED",), "renew", lapse="expire"),
    Clock("COORD-APPLY-WITHIN", N_("申请协调"), Seat.WORKER_CHIEF, ("REFERRED", "SETTLED", "ENDED"), "refer", lapse="close_without_agreement"),
    Clock("COORD-START", N_("开始协调处理"), Seat.AUTHORITY, ("COORDINATION_ACCEPTED", "COORDINATED"), "accept_coordination"),
    Clock("COORD-DAYS", N_("协调处理"), Seat.AUTHORITY, ("COORDINATED",), "coordinate", lapse="coordination_lapses"),
    Clock("TO-CONGRESS", N_("草案提交职代会"), Seat.UNION, ("SUBMITTED",), "submit_to_congress"),
    Clock("REVOTE", N_("重新表决"), Seat.UNION, ("SUBMITTED",), "submit_to_congress"),
    Clock("FILE-DAYS", N_("报送审查"), Seat.EMPLOYER, ("SENT",), "file"),
    Clock("FILE-SUPPLEMENT", N_("补正报送材料"), Seat.EMPLOYER, ("SUPPLEMENTED",), "supplement"),
    Clock("REVIEW-DAYS", N_("审查期限"), Seat.AUTHORITY, ("OBJECTED", "APPROVED", "WITHDRAWN"), "object", lapse="take_effect"),
    Clock("PUBLISH", N_("公布合同"), Seat.UNION, ("PUBLISHED",), "publish"),
    Clock("COPY-UPPER", N_("报送上级工会"), Seat.UNION, ("COPIED",), "report_upper", starts="EFFECTIVE"),
    Clock("PERF-REPORT", N_("向职代会报告履约情况"), Seat.UNION, ("REPORTED",), "report_round", starts="EFFECTIVE"),
    Clock("PERF-WAGE-PUBLISH", N_("公布工资事项履行情况"), Seat.EMPLOYER, ("PERFORMANCE_PUBLISHED",), "publish_performance"),
    Clock("UNION-OPINION-REPLY", N_("答复工会意见书"), Seat.EMPLOYER, ("OPINION_REPLIED",), "record_reply"),
    Clock("TERMINATION-FILE", N_("报送解除"), Seat.EMPLOYER, ("SENT",), "file"),
)
# fmt: on

STAGE_OF_STATE = {state: name for name, _label, states in STAGES for state in states}

NEGOTIATION: Procedure[Facts] = Procedure(
    "negotiation",
    N_("集体协商"),
    {S(state).value: label for state, label in STATE_LABELS.items()},
    ACTS,
    CLOCKS,
    initial=S.DRAFTED,
    final=frozenset({S.ENDED}),
    stages=[(name, label, frozenset(str(s) for s in states)) for name, label, states in STAGES],
    never_without=[(S.SIGNED, S.ADOPTED), (S.ADOPTED, S.BEFORE_CONGRESS), (S.FILED, S.SIGNED), (S.IN_FORCE, S.FILED)],
)

PROCEDURES = {1: NEGOTIATION}
"""A case stays on the version it started with until a named step migrates it."""
