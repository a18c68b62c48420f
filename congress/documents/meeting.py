"""H14 and H15: the notice with its bills, the bill on a contract draft, the sign-in sheet, the report on credentials."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from congress.documents.writing import CONDUCT, UNION, Work, is_assembly, item_of, labelled, manner, members, rules_of, union, unit
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.rolls import queries as rolls
from congress.terms import MODE_LABELS, ItemState, Matter, State
from templates.documents.congress import Bill, BillLine, CredentialsReport, MeetingNotice, SignInSheet
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import articles, first_article, in_words, length, share_in_words
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.words import N_

MOST_LINES = 1000
"""Of one sign-in sheet, some forty pages; a larger roll signs by constituency."""
BEFORE = frozenset({State.PLANNED, State.CONVENED})
SITTING = frozenset({State.OPEN, State.ADJOURNED})
BEGUN = SITTING | {State.CLOSED, State.CERTIFIED, State.PUBLISHED}
COMING = (ItemState.PREPARED, ItemState.OPEN)
DRAFTS = {
    "comprehensive": "集体合同草案",
    "wage": "工资专项集体合同草案",
    "safety": "劳动安全卫生专项集体合同草案",
    "women": "女职工权益保护专项集体合同草案",
    "special": "专项集体合同草案",
}


class NoticeWords(FormModel):
    further: str = field(
        N_("其他议程"), widget="textarea", default="", hint=N_("议程上要表决的事项会自动列出；听取工作报告等其他议程，每行写一项。")
    )
    contact: str = field(N_("联系人"), default="", hint=N_("姓名和电话，可以不填。"))


class CredentialsWords(FormModel):
    account: str = field(
        N_("需要说明的情况"),
        widget="textarea",
        default="",
        hint=N_("例如代表构成、补选和资格终止的情况，每段一行；没有的不填。"),
    )


class SignInWords(FormModel):
    constituency: str = field(N_("选区、部门"), default="", hint=N_("按选区、部门分开签到的，写明是哪一个；全体用一份签到表的不填。"))
    lines: int | None = field(
        N_("签到表行数"), widget="number", default=None, ge=1, le=MOST_LINES, hint=N_("不填的，与应到人数相同；一份最多1000行。")
    )
    first: int = field(N_("起始序号"), widget="number", default=1, ge=1, le=1_000_000)


class BillWords(FormModel):
    account: str = field(
        N_("协商经过和草案的主要内容"), widget="textarea", default="", hint=N_("供代表审议时参考，每段一行；不填的，议案里不写这一部分。")
    )


def notice(w: Work) -> MeetingNotice:
    """By the union (企业民主管理规定 Arts. 18, 22): the agenda and every bill, in writing."""
    assert isinstance(w.words, NoticeWords)
    meeting, day, facts = w.case, w.case.held_on, w.facts
    items = facts.agenda
    w.need(items, N_("表决事项"), act="add_item")
    period = facts.rules.get("CONG-NOTICE-DAYS", day)
    sent = meeting.notice_sent_on
    new = {i.id for i in items if sent is not None and i.noticed_on is not None and i.noticed_on > sent}
    issuer = union(w).name
    return MeetingNotice(
        title=_title(issuer, meeting.title, is_further=bool(new)),
        addressee="全体职工" if is_assembly(w) else "各位职工代表",
        unit=unit(w),
        meeting=meeting.title,
        members=members(w),
        time=in_words(day, meeting.held_time, weekday=True),
        place=w.need(meeting.place, N_("地点"), act="arrange"),
        mode=MODE_LABELS[meeting.mode],
        roll=meeting.roll,
        matters=_agenda(w, items, lines(w.words.further)),
        bills=tuple(BillLine(i.number, i.title, i.text_hash, manner(i), i.id in new) for i in items),
        is_secret=any(i.secret for i in items),
        notice_period=length(period),
        notice_basis=first_article(w, "CONG-NOTICE-DAYS", day),
        quorum=share_in_words(facts.quorum_share(day)) + "以上",
        quorum_basis=first_article(w, "CONG-QUORUM-DM", day),
        pay_basis="" if is_assembly(w) else first_article(w, "DEL-PAY", day),
        issuer=issuer,
        issued_on=w.on,
        number=w.number,
        convening_basis=first_article(w, "CONG-FREQ", day),
        replaces=sent if new else None,
        contact=w.words.contact,
    )


def is_notice_of(told: Mapping[str, Any], meeting: CongressMeeting, facts: Facts) -> bool:
    """Whether a notice that was told this names the day, the place and the texts of the meeting as they stand."""
    texts = [(m["number"], m["text_hash"]) for m in told["bills"]]
    where = (told["time"], told["place"])
    return where == (in_words(meeting.held_on, meeting.held_time, weekday=True), meeting.place) and texts == [
        (i.number, i.text_hash) for i in facts.agenda
    ]


def _title(issuer: str, meeting: str, *, is_further: bool) -> tuple[str, ...]:
    """A long title breaks before 第N次会议."""
    end = "的补充通知" if is_further else "的通知"
    head, congress, number = meeting.partition("职工代表大会")
    if number:
        return (issuer, f"关于召开{head}{congress}", number + end)
    return (issuer, f"关于召开{meeting}{end}")


def _agenda(w: Work, items: tuple[Item, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    opening = "报告应到和实到人数" if is_assembly(w) else "报告代表资格审查情况和应到、实到人数"
    voted = (f"审议《{i.title}》，并以{manner(i)}方式表决" for i in items)
    return (opening, *further, *voted, "宣布表决结果和会议决议")


def bill(w: Work) -> Bill:
    """By the workers' side: the draft is put before all (集体合同规定 Art. 36 ¶1)."""
    assert isinstance(w.words, BillWords)
    item = item_of(w, *COMING)
    mover = union(w).name
    return Bill(
        title=(mover, f"关于提请审议{DRAFTS.get(item.rule_kind, DRAFTS['comprehensive'])}的议案"),
        unit=unit(w),
        addressee=w.case.title,
        item=item.number,
        subject=item.title,
        text_hash=item.text_hash,
        basis=articles(rules_of(w, item, "CONG-SUBMIT")),
        mover=mover,
        is_assembly=is_assembly(w),
        issued_on=w.on,
        number=w.number,
        account=lines(w.words.account),
    )


def sign_in(w: Work) -> SignInSheet:
    """The union hands it out at the door: with the names of the roll where one is kept, else with empty lines."""
    assert isinstance(w.words, SignInWords)
    words = w.words
    listed = _on_the_roll(w, words.constituency)[words.first - 1 :]
    whole = len(listed) or w.case.roll
    count = words.lines or (whole if whole <= MOST_LINES else 0)
    w.need(count, N_("签到表行数（应到人数超过1000人的，分选区、部门签到）"))
    return SignInSheet(
        unit=unit(w),
        meeting=w.case.title,
        members=members(w),
        held_on=w.case.held_on,
        place=w.case.place,
        roll=w.case.roll,
        first=words.first,
        names=(*(name for name, _ in listed), *("",) * count)[:count],
        constituency=words.constituency,
        places=tuple(place for _, place in listed)[:count],
    )


def _on_the_roll(w: Work, constituency: str) -> tuple[tuple[str, str], ...]:
    """Names with their constituencies, as they froze when the meeting opened; before that as they stand for its day."""
    frozen = [(entry.name, entry.constituency) for entry in rolls.frozen_roll(w.db, w.case)]
    members = frozen or [(d.name, c.name) for d, c in rolls.roll_of(w.db, w.case, w.case.held_on)]
    return tuple((name, where) for name, where in members if not constituency or where == constituency)


def credentials(w: Work) -> CredentialsReport:
    """By the union to the meeting (企业民主管理规定 Arts. 17, 23), with the arithmetic of the quorum."""
    assert isinstance(w.words, CredentialsWords)
    meeting, facts = w.case, w.facts
    day = meeting.began_on or meeting.held_on
    share = facts.quorum_share(day)
    drafts = any(i.matter == Matter.CONTRACT for i in facts.items)
    return CredentialsReport(
        title=(unit(w), meeting.title, "出席人数审查报告" if is_assembly(w) else "代表资格审查报告"),
        addressee="全体职工" if is_assembly(w) else "各位职工代表",
        unit=unit(w),
        meeting=meeting.title,
        members=members(w),
        is_assembly=is_assembly(w),
        held_on=day,
        roll=meeting.roll,
        present=w.need(meeting.present, N_("实到人数"), act="open"),
        quorum=share_in_words(share),
        quorum_needed=facts.quorum_needed(day),
        quorum_sum=f"{meeting.roll}×{share.numerator}÷{share.denominator}",
        quorum_exact=_to_two_places(meeting.roll, share),
        quorum_basis=articles(facts.rules.find(one, day) for one in ("CONG-QUORUM-DM", *(("CONG-QUORUM",) if drafts else ()))),
        eligibility_basis=first_article(w, "DEL-ELIGIBLE", day),
        issuer=union(w).name,
        issued_on=w.on,
        number=w.number,
        account=lines(w.words.account),
    )


def _to_two_places(roll: int, share: Fraction) -> str:
    """200.67; empty where a share of the roll is a whole number."""
    hundredths, rest = divmod(100 * roll * share.numerator, share.denominator)
    if not rest and hundredths % 100 == 0:
        return ""
    hundredths += 2 * rest >= share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _drafts(facts: Facts) -> tuple[Item, ...]:
    return tuple(i for i in facts.in_state(*COMING) if i.matter == Matter.CONTRACT)


MEETING: tuple[Standard[CongressMeeting, Facts], ...] = (
    Standard(
        "notice", "H14", N_("职工代表大会会议通知"), "congress/notice.html", UNION, notice, union, asks=NoticeWords,
        titled=lambda record: "".join(record.title), ready=lambda facts: facts.meeting.state in BEFORE and bool(facts.agenda),
    ),
    Standard(
        "bill", "H14", N_("提请审议集体合同草案的议案"), "congress/bill.html", UNION, bill, union, asks=BillWords, numbered=False,
        subjects=lambda w: labelled(_drafts(w.facts)), titled=lambda record: "".join(record.title),
        ready=lambda facts: facts.meeting.state in BEFORE | SITTING and bool(_drafts(facts)),
    ),
    Standard(
        "sign_in", "H15", N_("签到表"), "congress/sign_in.html", CONDUCT, sign_in, union, asks=SignInWords, numbered=False,
        titled=lambda record: record.meeting + record.members + "签到表" + (f"（{record.constituency}）" if record.constituency else ""),
        ready=lambda facts: facts.meeting.state in BEFORE | SITTING,
    ),
    Standard(
        "credentials", "H15", N_("代表资格审查报告"), "congress/credentials.html", CONDUCT, credentials, union, asks=CredentialsWords,
        numbered=False, titled=lambda record: "".join(record.title[1:]), ready=lambda facts: facts.meeting.state in BEGUN,
    ),
)  # fmt: skip
