"""The procedure of mediation, act by act: who, from where, to where, under which rule, on what conditions."""

from collections.abc import Callable

from mediation import forms
from mediation import requirements as r
from mediation.facts import Facts
from mediation.terms import STAGES, STATE_LABELS
from mediation.terms import State as S
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.forms import FormModel
from workflow.procedure import Act, Clock, Procedure, Requirement
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

APPLICANT = frozenset({Seat.APPLICANT})
RESPONDENT = frozenset({Seat.RESPONDENT})
PARTIES = APPLICANT | RESPONDENT
CHAIR = frozenset({Seat.COMMITTEE_CHAIR})
CLERK = frozenset({Seat.COMMITTEE_CLERK, Seat.COMMITTEE_CHAIR})
"""The chair does a clerk's work where there is none."""
MEDIATOR = frozenset({Seat.MEDIATOR})
CLOCK = frozenset({Seat.CLOCK})

BEFORE_ACCEPTANCE = (S.REGISTERED, S.CONSENT_ASKED)
UNDER_WAY = (*BEFORE_ACCEPTANCE, S.ACCEPTED, S.MEDIATING, S.AGREED)
LIVE = (*UNDER_WAY, S.PERFORMING)


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
        name, label, sources, to.value if to else None, by, tuple(under.split()), requires, form, joint, when, main, gist, paper,
        silent=_silent if joint else None, back=back,
    )  # fmt: skip


def _silent(facts: Facts) -> frozenset[Seat]:
    """What both sides agree on, whoever of one acts here does for it; only what each has to sign himself is entered beside him."""
    return facts.silent


def _completes(facts: Facts) -> bool:
    """One signature or the seal is missing; this is it."""
    return len(facts.missing_marks) == 1


# fmt: off
ACTS: tuple[Act[Facts], ...] = (
    # ---- 申请前协商
    _act("request_consultation", N_("要求协商"), S.CONSULTING, None, PARTIES | CLERK, "CONS-RESPONSE CONS-HELP", r.no_demand_is_open, gist=N_("一方要求与对方协商，职工可以请工会帮助")),
    _act("respond", N_("回应协商要求"), S.CONSULTING, None, RESPONDENT, "CONS-RESPONSE CONS-PERIOD", r.may_still_be_answered, form=forms.Respond, main=True, gist=N_("同意的，约定协商期限；不同意的，对方可以申请调解")),
    _act("no_response", N_("逾期未回应"), S.CONSULTING, None, CLOCK, "CONS-RESPONSE", r.is_not_answered_yet, r.response_period_is_over, paper=False, gist=N_("五日内不回应，视为不愿协商")),
    _act("extend_consultation", N_("延长协商期限"), S.CONSULTING, None, PARTIES, "CONS-PERIOD", r.is_in_consultation, form=forms.Extend, joint=True, gist=N_("双方书面约定新的期限")),
    _act("stop_consultation", N_("不再协商"), S.CONSULTING, None, PARTIES, "CONS-PERIOD", r.is_in_consultation, gist=N_("一方不愿继续协商")),
    _act("consultation_lapses", N_("协商期满未成"), S.CONSULTING, None, CLOCK, "CONS-PERIOD", r.is_in_consultation, paper=False, gist=N_("约定的期限内没有达成一致")),
    _act("settle_consultation", N_("协商和解"), S.CONSULTING, S.CLOSED, PARTIES, "CONS-AGREEMENT", form=forms.Settle, joint=True, gist=N_("双方签订和解协议")),
    _act("register", N_("登记申请"), S.CONSULTING, S.REGISTERED, APPLICANT | CLERK, "MED-APPLY MED-APP-FIELDS", form=forms.Apply, main=True, gist=N_("申请调解；口头申请的当场记录")),

    # ---- 征询和受理
    _act("ask_consent", N_("征询意见"), S.REGISTERED, S.CONSENT_ASKED, CLERK, "MED-ACCEPT", r.somebody_is_to_be_asked, r.can_be_reached, form=forms.AskConsent, main=True, gist=N_("问对方是否同意调解")),
    _act("consent", N_("同意调解"), S.CONSENT_ASKED, None, RESPONDENT, "MED-ACCEPT", r.somebody_has_to_answer, r.nobody_said_no, form=forms.OfParty, main=True, gist=N_("双方都同意，委员会才能受理")),
    _act("refuse_consent", N_("不同意调解"), S.CONSENT_ASKED, None, RESPONDENT, "MED-REJECT", r.somebody_has_to_answer, r.nobody_has_refused, form=forms.Refuse, gist=N_("不同意的，申请人可以申请仲裁")),
    _act("no_answer", N_("逾期未答复"), S.CONSENT_ASKED, None, CLOCK, "MED-REJECT", r.somebody_has_to_answer, r.nobody_has_refused, r.answer_period_is_over, paper=False, gist=N_("到期没有答复，视为不同意调解")),
    _act("accept", N_("受理"), BEFORE_ACCEPTANCE, S.ACCEPTED, CHAIR, "MED-ACCEPT DISP-SCOPE", r.nobody_has_refused, r.everybody_consents, r.oral_record_is_signed, r.period_runs, main=True, gist=N_("属于劳动争议，双方都同意调解")),
    _act("decline", N_("不予受理"), BEFORE_ACCEPTANCE, S.CLOSED, CHAIR, "MED-REJECT", form=forms.Decline, gist=N_("书面通知申请人，告知可以申请仲裁")),

    # ---- 调解
    _act("assign", N_("指定调解员"), S.ACCEPTED, S.MEDIATING, CHAIR, "MED-ASSIGN MEDR-DUTIES", r.no_challenge_is_open, r.group_has_representatives, form=forms.Assign, main=True, gist=N_("先看有没有利害关系")),
    _act("assign", N_("指定调解员"), S.MEDIATING, None, CHAIR, "MED-ASSIGN MEDR-DUTIES", r.no_challenge_is_open, r.group_has_representatives, form=forms.Assign),
    _act("challenge", N_("申请回避"), S.MEDIATING, None, PARTIES, "MED-ASSIGN", r.has_mediator, r.no_challenge_is_open, form=forms.ChallengeMediator, gist=N_("认为调解员与案件有利害关系的")),
    _act("decide_challenge", N_("决定是否回避"), S.MEDIATING, None, CHAIR, "MED-ASSIGN", r.has_open_challenge, r.chair_may_decide, form=forms.DecideChallenge, gist=N_("由主任决定；主任本人被申请的，由其他委员决定")),
    _act("vote_on_challenge", N_("表决是否回避"), S.MEDIATING, None, frozenset({Seat.COMMITTEE_MEMBER}), "MED-ASSIGN", r.has_open_challenge, r.members_decide, form=forms.DecideChallenge, gist=N_("其他委员过半数决定"), paper=False),
    _act("recuse", N_("自行回避"), S.MEDIATING, None, MEDIATOR, "MED-ASSIGN", form=forms.WithReason, gist=N_("调解员自己退出本案"), paper=False),
    _act("hold_talk", N_("记录调解会谈"), S.MEDIATING, None, MEDIATOR, "MED-CLOSED", r.no_challenge_is_open, form=forms.HoldTalk, main=True, gist=N_("写双方都能看的调解笔录"), paper=False),
    _act("keep_note", N_("记录单独谈话"), (S.MEDIATING, S.AGREED, S.PERFORMING), None, MEDIATOR, "MED-CLOSED", form=forms.KeepNote, gist=N_("只有这一方和调解员能看"), paper=False),
    _act("make_proposal", N_("提出调解方案"), S.MEDIATING, None, PARTIES | MEDIATOR, "MED-ASSIGN", form=forms.MakeProposal, gist=N_("调解员或者一方提出，请对方答复")),
    _act("answer_proposal", N_("答复调解方案"), S.MEDIATING, None, PARTIES, "MED-ASSIGN", r.has_open_proposal, form=forms.AnswerProposal, gist=N_("同意或者不同意方案")),
    _act("open_talks", N_("公开调解"), (S.ACCEPTED, S.MEDIATING), None, PARTIES, "MED-CLOSED", joint=True, gist=N_("一般不公开；双方都要求公开的除外")),
    _act("extend", N_("同意延期"), (S.ACCEPTED, S.MEDIATING, S.AGREED), None, PARTIES, "MED-END", r.period_can_be_extended, r.period_runs, form=forms.Extend, joint=True, gist=N_("双方同意，可以延长调解期限")),
    _act("agree", N_("达成协议"), S.MEDIATING, S.AGREED, MEDIATOR, "MED-AGREE MED-DOC", r.no_challenge_is_open, r.period_runs, form=forms.Agree, main=True, gist=N_("写明结果、履行期限和方式，由双方签字"), paper=False),
    _act("agree", N_("达成协议"), S.AGREED, None, MEDIATOR, "MED-AGREE MED-DOC", r.no_challenge_is_open, r.period_runs, form=forms.Agree, paper=False),
    _act("sign", N_("签署协议"), S.AGREED, S.PERFORMING, PARTIES | MEDIATOR | CLERK, "MED-AGREE", r.period_runs, form=forms.Sign, when=_completes, main=True, gist=N_("双方、调解员签字，委员会盖章，协议生效")),
    _act("sign", N_("签署协议"), S.AGREED, None, PARTIES | MEDIATOR | CLERK, "MED-AGREE", r.period_runs, form=forms.Sign, when=lambda facts: not _completes(facts)),
    _act("fail", N_("调解不成"), (S.MEDIATING, S.AGREED), S.CLOSED, MEDIATOR, "MED-FAIL-NOTICE", form=forms.Fail, gist=N_("做好记录，告知可以申请仲裁"), paper=False),
    _act("lapse", N_("期满未成"), UNDER_WAY, S.CLOSED, CLOCK, "MED-END", r.period_has_begun, r.period_is_over, paper=False, gist=N_("调解期限届满，视为调解不成")),

    _act("sign_belatedly", N_("补录签署"), (S.AGREED, S.CLOSED), S.AGREED, PARTIES | MEDIATOR | CLERK, "MED-AGREE MED-END", r.ran_out_unsigned, form=forms.SignBelatedly, gist=N_("期限以内签了名、期满以后才送到的，期满未成的结案撤销"), back=True),

    # ---- 审查、确认和履行
    _act("apply_review", N_("申请仲裁审查"), S.PERFORMING, None, PARTIES, "REV-APPLY REV-REFUSE", r.is_in_time_for_review, r.is_not_about_the_relation, r.is_not_reviewed, form=forms.ApplyReview, joint=True, gist=N_("双方共同申请，取得可以强制执行的调解书")),
    _act("apply_confirmation", N_("申请司法确认"), S.PERFORMING, None, PARTIES, "JC-DAYS JC-LABOUR-LIMIT", r.is_in_time_for_confirmation, r.court_confirms_such_committees, r.is_about_payment, r.is_not_reviewed, form=forms.ApplyReview, joint=True, gist=N_("双方共同向人民法院申请确认协议效力")),
    _act("record_review_result", N_("登记审查结果"), S.PERFORMING, None, PARTIES | CLERK, "REV-DECIDE JC-RESULT", r.has_pending_review, form=forms.RecordReview, gist=N_("审查通过、不予受理或者撤回")),
    _act("record_performance", N_("记录履行"), S.PERFORMING, None, PARTIES | MEDIATOR | CLERK, "MED-FOLLOWUP", form=forms.RecordPerformance, main=True, gist=N_("收到、付出或者没有履行，逐项登记")),
    _act("follow_up", N_("回访"), S.PERFORMING, None, MEDIATOR | CLERK, "MED-FOLLOWUP", form=forms.FollowUp, gist=N_("督促履行，记下情况"), paper=False),
    _act("miss", N_("到期未履行"), S.PERFORMING, None, CLOCK, "MED-NONPERF", r.something_is_overdue, paper=False, gist=N_("约定的期限过了，没有履行的记录")),
    _act("perform", N_("履行完毕"), S.PERFORMING, S.CLOSED, PARTIES | MEDIATOR | CLERK, "MED-FOLLOWUP", r.everything_is_performed, main=True, gist=N_("各项都已履行，结案")),
    _act("hand_on", N_("移交后续程序"), S.PERFORMING, S.CLOSED, APPLICANT | MEDIATOR, "MED-NONPERF MED-PAYORDER SUE-WAGE", r.something_is_missed, form=forms.HandOn, gist=N_("支付令、仲裁、起诉或者申请执行")),

    _act("rate", N_("评价调解"), (S.PERFORMING, S.CLOSED), None, PARTIES, "MED-FOLLOWUP", form=forms.Rate, gist=N_("对调解工作满意不满意"), paper=False),

    # ---- 其他结案
    _act("withdraw", N_("撤回申请"), (S.CONSULTING, *UNDER_WAY), S.CLOSED, APPLICANT, "MED-APPLY", form=forms.WithReason, gist=N_("申请人不再要求调解")),
    _act("settle_between", N_("自行和解"), UNDER_WAY, S.CLOSED, PARTIES, "CONS-AGREEMENT", form=forms.Settle, joint=True, gist=N_("双方自己谈成，签订和解协议")),
    _act("transfer", N_("移送"), (*BEFORE_ACCEPTANCE, S.ACCEPTED, S.MEDIATING), S.CLOSED, CHAIR, "MED-ORGS", form=forms.Transfer, gist=N_("应当由其他组织处理的")),
    _act("record_default", N_("登记不履行和解协议"), S.CLOSED, None, PARTIES | CLERK, "CONS-AGREEMENT MED-INTERRUPT", r.is_settled_by_a_day, r.settlement_is_overdue, r.default_is_not_recorded, gist=N_("约定的期限过了没有履行，仲裁时效重新计算")),
    _act("archive", N_("归档"), S.CLOSED, None, CLERK, "MED-SYSTEMS", r.is_not_archived, form=forms.Archive, main=True, gist=N_("编卷宗号，装订成卷")),

    # ---- 案卷
    _act("hand_in", N_("提交证据材料"), (S.CONSULTING, *LIVE), None, PARTIES | MEDIATOR | CLERK, "DISP-EVIDENCE", form=forms.HandIn, gist=N_("可以选择给谁看"), paper=False),
    _act("correct_application", N_("补正申请"), LIVE, None, APPLICANT | CLERK, "MED-APP-FIELDS", form=forms.CorrectApplication, gist=N_("补上联系方式、知道权利受侵害的日期，增加当事人"), paper=False),
    _act("correct_date", N_("更正日期"), tuple(S), None, CLERK | MEDIATOR, "TIME-PROOF", form=forms.CorrectDate, gist=N_("新旧日期都保留，期限重新计算"), paper=False),
    _act("give_code", N_("发给查询码"), tuple(S), None, CLERK, "MED-APPLY", form=forms.GiveCode, gist=N_("给没有账户的申请人；原来的查询码作废"), paper=False),
    _act("name_agent", N_("委托代理人"), LIVE, None, PARTIES | CLERK, "MED-APP-FIELDS", form=forms.NameAgent, gist=N_("凭授权委托书代为办理"), paper=False),
    _act("name_representatives", N_("推举代表"), (*BEFORE_ACCEPTANCE, S.ACCEPTED, S.MEDIATING), None, PARTIES | CLERK, "DISP-GROUP ARB-GROUP-REPS", form=forms.NameRepresentatives, gist=N_("十人以上有共同请求的，推举代表参加调解"), paper=False),
    _act("record_interruption", N_("登记时效中断"), tuple(S), None, PARTIES | CLERK, "ARB-INTERRUPT", form=forms.RecordInterruption, gist=N_("主张权利、请求救济或者对方同意履行的，仲裁时效重新计算"), paper=False),
    _act("record_service", N_("登记送达"), (*LIVE, S.CLOSED), None, CLERK | MEDIATOR, "TIME-PROOF", form=forms.RecordService, gist=N_("文书怎样、什么时候送到当事人"), paper=False),
    _act("issue_document", N_("出具文书"), tuple(S), None, PARTIES | MEDIATOR | CLERK, "TIME-PROOF", form=IssueDocument, paper=False, gist=N_("按案卷生成文书，编号留存")),
    _act("keep_scan", N_("存入签字盖章的扫描件"), tuple(S), None, PARTIES | MEDIATOR | CLERK, "TIME-PROOF", form=KeepScan, paper=False, gist=N_("与出具的文书放在一起")),
    _act("decline_motion", N_("不同意提议"), (S.CONSULTING, *LIVE), None, PARTIES, "MED-AGREE", r.has_open_motion, form=forms.AnswerMotion, gist=N_("不同意对方的提议")),
    _act("withdraw_motion", N_("撤回提议事项"), (S.CONSULTING, *LIVE), None, PARTIES, "MED-AGREE", r.has_open_motion, form=forms.AnswerMotion, gist=N_("撤回等待对方答复的提议")),
)

CLOCKS: tuple[Clock, ...] = (
    Clock("CONS-RESPONSE", N_("回应协商要求"), Seat.RESPONDENT, ("CONSULTATION_ANSWERED", "APPLICATION_RECEIVED", "CLOSED"), "respond", lapse="no_response"),
    Clock("CONS-PERIOD", N_("约定的协商期限"), Seat.APPLICANT, ("CONSULTATION_OVER", "APPLICATION_RECEIVED", "CLOSED"), "settle_consultation", lapse="consultation_lapses"),
    Clock("CONS-AGREEMENT", N_("履行和解协议"), Seat.RESPONDENT, ("SETTLEMENT_UNPERFORMED",), "record_default", permits=True, keeps=False),
    Clock("MED-ACCEPT", N_("决定是否受理"), Seat.COMMITTEE_CHAIR, ("MEDIATION_ACCEPTED", "CLOSED"), "accept"),
    Clock("MED-REJECT", N_("答复是否同意调解"), Seat.RESPONDENT, ("CONSENTED", "CONSENT_FAILED", "CLOSED"), "consent", lapse="no_answer"),
    Clock("MED-15", N_("满此日可以申请仲裁"), Seat.APPLICANT, (), "agree", permits=True, keeps=False),
    Clock("MED-END", N_("调解期限"), Seat.MEDIATOR, ("AGREEMENT_EFFECTIVE", "CLOSED"), "agree", lapse="lapse"),
    Clock("ARB-ENTRUST", N_("委托调解的期限"), Seat.MEDIATOR, ("AGREEMENT_EFFECTIVE", "CLOSED"), "agree", lapse="lapse"),
    Clock("REV-APPLY", N_("共同申请仲裁审查"), Seat.APPLICANT, ("REVIEW_APPLIED",), "apply_review", permits=True, keeps=False),
    Clock("JC-DAYS", N_("共同申请司法确认"), Seat.APPLICANT, ("CONFIRMATION_APPLIED",), "apply_confirmation", permits=True, keeps=False),
    Clock("MED-NONPERF", N_("履行协议"), Seat.RESPONDENT, ("TERM_PERFORMED", "CLOSED"), "record_performance", lapse="miss"),
)
# fmt: on

MEDIATION: Procedure[Facts] = Procedure(
    "mediation",
    N_("劳动争议调解"),
    {S(state).value: label for state, label in STATE_LABELS.items()},
    ACTS,
    CLOCKS,
    initial=S.CONSULTING.value,
    final=frozenset({S.CLOSED.value}),
    stages=[(name, label, frozenset(str(s) for s in states)) for name, label, states in STAGES],
    never_without=[(S.MEDIATING, S.ACCEPTED), (S.AGREED, S.MEDIATING), (S.PERFORMING, S.AGREED)],
)
