"""What the acts on keys, slips and rounds require of the meeting. Without a round in hand a requirement asks whether any round will do."""

from collections.abc import Callable
from datetime import date

from congress.ballots.models import BallotRound
from congress.ballots.terms import BOX_LABELS, ELECTRONIC, ROUND_LABELS, Box, KeysState, RoundState, SlipState
from congress.facts import Facts
from congress.models import Item
from congress.terms import ItemState
from workflow.procedure import Requirement, Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

SECRET = "CONG-SECRET"

# ---- keys


@requirement(SECRET, otherwise=N_("本次会议已经有一副钥匙。"), remedy=N_("要重新生成的，先放弃原来的。"), who=Seat.UNION)
def has_no_keys(facts: Facts, on: date) -> Unmet | None:
    return Unmet() if facts.ballots.keys else None


@requirement(SECRET, otherwise=N_("现在没有正在生成的钥匙。"), remedy=N_("先由工会开始生成钥匙。"), who=Seat.UNION)
def keys_are_being_made(facts: Facts, on: date) -> Unmet | None:
    making = (KeysState.GATHERING, KeysState.COMMITTED, KeysState.REVEALED)
    return None if facts.ballots.keys and facts.ballots.keys.state in making else Unmet()


@requirement(SECRET, otherwise=N_("监票人全部分发密钥份额以后才试开箱，试开成功的不用再试。"), who=Seat.TELLER)
def rehearsal_is_due(facts: Facts, on: date) -> Unmet | None:
    return None if facts.ballots.keys and facts.ballots.keys.state == KeysState.SHARED else Unmet()


@requirement(SECRET, otherwise=N_("本次会议没有钥匙。"))
def has_keys(facts: Facts, on: date) -> Unmet | None:
    return None if facts.ballots.keys else Unmet()


@requirement(
    SECRET, otherwise=N_("第{number}轮的票箱要用这副钥匙开。"), remedy=N_("先开箱计票，或者宣布这一轮作废。"), who=Seat.MEETING_CHAIR
)
def no_box_waits_for_the_keys(facts: Facts, on: date) -> Unmet | None:
    waiting = [r for r in facts.ballots.in_state(RoundState.OPEN, RoundState.CLOSED) if r.box == Box.E2E]
    return Unmet(number=waiting[0].number) if waiting else None


# ---- slips


@requirement(SECRET, otherwise=N_("还没有登记选票条。"), remedy=N_("先印制并登记选票条。"), who=Seat.UNION)
def has_slips(facts: Facts, on: date) -> Unmet | None:
    return None if facts.ballots.slips else Unmet()


# ---- rounds


def round_in(*states: RoundState, otherwise: str, who: Seat | None = None) -> Requirement[Facts]:
    def check(facts: Facts, on: date) -> Unmet | None:
        one = facts.ballots.round
        if one is None:
            return None if facts.ballots.in_state(*states) else Unmet(where=say(N_("没有这样的一轮")))
        return None if one.state in states else Unmet(where=where(one))

    check.__name__ = f"round_is_{'_or_'.join(states)}"
    return Requirement(SECRET, otherwise, "", who, check)


def where(one: BallotRound) -> Sentence:
    return say(N_("第{number}轮现在是“{state}”"), number=one.number, state=Word(ROUND_LABELS[one.state]))


def of_rounds(*states: RoundState) -> Callable[[Callable[[Facts, BallotRound, date], Unmet | None]], Callable[[Facts, date], Unmet | None]]:
    """A check of the round in hand; without one it fails only if it fails for every round in one of `states`."""

    def made(check: Callable[[Facts, BallotRound, date], Unmet | None]) -> Callable[[Facts, date], Unmet | None]:
        def either(facts: Facts, on: date) -> Unmet | None:
            one = facts.ballots.round
            if one is not None:
                return check(facts, one, on) if one.state in states else None
            found = [check(facts, each, on) for each in facts.ballots.in_state(*states)]
            return found[0] if found and None not in found else None

        either.__name__ = check.__name__
        return either

    return made


def items_of(facts: Facts, one: BallotRound) -> tuple[Item, ...]:
    return tuple(i for i in facts.items if i.ballot_round_id == one.id and i.state != ItemState.WITHDRAWN)


is_prepared_round = round_in(RoundState.PREPARED, otherwise=N_("还没有开始的一轮才能这样办，{where}。"))
is_open_round = round_in(RoundState.OPEN, otherwise=N_("正在投票的一轮才能这样办，{where}。"), who=Seat.MEETING_CHAIR)
is_closed_round = round_in(RoundState.CLOSED, otherwise=N_("封箱以后才能开箱计票，{where}。"), who=Seat.MEETING_CHAIR)
is_unread_round = round_in(RoundState.OPEN, RoundState.CLOSED, otherwise=N_("已经开始、还没有计票的一轮才能改用纸票，{where}。"))
is_round_under_way = round_in(
    RoundState.OPEN, RoundState.CLOSED, RoundState.COUNTED, otherwise=N_("已经开始、结果还没有确认的一轮才能宣布作废，{where}。")
)


@requirement(
    SECRET, otherwise=N_("议程上没有可以编入一轮的待表决事项。"), remedy=N_("先把事项加入议程，或者拆开已经编好的一轮。"), who=Seat.UNION
)
def has_items_for_a_round(facts: Facts, on: date) -> Unmet | None:
    return None if any(facts.ballots.round_of(i.ballot_round_id) is None for i in facts.in_state(ItemState.PREPARED)) else Unmet()


@requirement(SECRET, otherwise=N_("第{number}轮还在投票。"), remedy=N_("先结束这一轮。"), who=Seat.MEETING_CHAIR)
def no_other_round_is_open(facts: Facts, on: date) -> Unmet | None:
    other = facts.ballots.open_round
    return None if other is None or other is facts.ballots.round else Unmet(number=other.number)


@requirement(SECRET, otherwise=N_("第{number}轮里没有事项了。"), remedy=N_("把这一轮拆开，重新编排。"), who=Seat.UNION)
@of_rounds(RoundState.PREPARED)
def has_something_to_vote_on(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    return None if items_of(facts, one) else Unmet(number=one.number)


@requirement(
    "CONG-NOTICE-DAYS",
    otherwise=N_("第{number}项现在的文本没有在会前送达代表，不能付诸表决。"),
    remedy=N_("补发通知，送达满规定日数以后再表决；来不及的，提交下一次会议。"),
    who=Seat.UNION,
)
@of_rounds(RoundState.PREPARED)
def these_texts_were_notified(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    late = [i for i in items_of(facts, one) if i.noticed_on is None or i.noticed_on > facts.notice_due.date]
    return Unmet(number=late[0].number) if late else None


@requirement(
    SECRET, otherwise=N_("第{number}项应当无记名投票，不能举手表决。"), remedy=N_("拆开这一轮，换一种票箱重新编排。"), who=Seat.UNION
)
@of_rounds(RoundState.PREPARED)
def these_ballots_are_secret_where_they_must_be(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    shown = [i for i in items_of(facts, one) if facts.must_be_secret(i, on) and (one.box == Box.HANDS or not i.secret)]
    return Unmet(number=shown[0].number) if shown else None


@requirement(
    SECRET,
    otherwise=N_("监票人的钥匙还没有试开成功，加密票箱不能开始投票。"),
    remedy=N_("由监票人生成钥匙并试开箱；或者改用其他票箱。"),
    who=Seat.TELLER,
)
@of_rounds(RoundState.PREPARED)
def its_keys_are_ready(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    return None if one.box != Box.E2E or facts.ballots.are_ready else Unmet()


@requirement(
    SECRET,
    otherwise=N_("可用的选票条有{slips}张，实到{present}人，不够一人一张。"),
    remedy=N_("补印并登记选票条。"),
    who=Seat.UNION,
)
@of_rounds(RoundState.PREPARED)
def there_are_slips_for_all(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    slips = facts.ballots.slips_of(one.box, SlipState.PRINTED, SlipState.PAPER)
    if one.box not in ELECTRONIC or facts.present is None or slips >= facts.present:
        return None
    return Unmet(slips=slips, present=facts.present)


@requirement(SECRET, otherwise=N_("PIN码有{pins}个，实到{present}人，不够一人一个。"), remedy=N_("补足PIN码。"), who=Seat.UNION)
@of_rounds(RoundState.PREPARED)
def there_are_pins_for_all(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    if one.box not in ELECTRONIC or facts.present is None or facts.ballots.pins >= facts.present:
        return None
    return Unmet(pins=facts.ballots.pins, present=facts.present)


@requirement(
    SECRET,
    otherwise=N_("实到{present}人，少于电子票箱最少的{least}张票，开箱会看出谁投了什么。"),
    remedy=N_("改用纸质票箱。"),
    who=Seat.UNION,
)
@of_rounds(RoundState.PREPARED)
def enough_are_present(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    if one.box not in ELECTRONIC or facts.present is None or facts.present >= one.min_ballots:
        return None
    return Unmet(present=facts.present, least=one.min_ballots)


@requirement(
    SECRET,
    otherwise=N_("投票的有{cast}张，少于{least}张，开箱会看出谁投了什么。"),
    remedy=N_("宣布这一轮作废，改用纸质票箱。"),
    who=Seat.MEETING_CHAIR,
)
@of_rounds(RoundState.CLOSED)
def enough_have_voted(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    cast = facts.ballots.cast_in(one).in_box
    if one.box not in ELECTRONIC or cast >= one.min_ballots:
        return None
    return Unmet(cast=cast, least=one.min_ballots)


@requirement(SECRET, otherwise=N_("第{number}轮用的是{box}，不在系统里开箱。"), who=Seat.TELLER)
@of_rounds(RoundState.CLOSED)
def is_opened_by_keys(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    return None if one.box == Box.E2E else Unmet(number=one.number, box=Word(BOX_LABELS[one.box]))


@requirement(SECRET, otherwise=N_("第{number}轮用的是{box}，由监票人、计票人登记计票单。"), who=Seat.TELLER)
@of_rounds(RoundState.OPEN, RoundState.CLOSED)
def is_electronic(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    return None if one.box in ELECTRONIC else Unmet(number=one.number, box=Word(BOX_LABELS[one.box]))


@requirement(SECRET, otherwise=N_("有{count}张纸票只有一人录入。"), remedy=N_("请另一名监票人或计票人录入。"), who=Seat.TELLER)
def no_paper_waits_for_a_second_teller(facts: Facts, on: date) -> Unmet | None:
    return Unmet(count=facts.ballots.papers) if facts.ballots.papers else None


@requirement(SECRET, otherwise=N_("要{k}名监票人开箱，现在有{opened}名。"), remedy=N_("请其他监票人用自己的设备开箱。"), who=Seat.TELLER)
@of_rounds(RoundState.CLOSED)
def k_have_opened(facts: Facts, one: BallotRound, on: date) -> Unmet | None:
    keys, opened = facts.ballots.keys, len(facts.ballots.shares.get(one.id, ()))
    if one.box != Box.E2E or keys is None or opened >= keys.k:
        return None
    return Unmet(k=keys.k, opened=opened)


# ---- items whose round goes first


@requirement(SECRET, otherwise=N_("第{number}项编在第{round}轮里，与同一轮的事项一起办。"), remedy=N_("到这一轮里办理，或者先把它拆开。"))
def is_not_in_a_round(facts: Facts, on: date) -> Unmet | None:
    item = facts.item
    one = facts.ballots.round_of(item.ballot_round_id) if item else None
    return Unmet(number=item.number, round=one.number) if item and one else None


@requirement(SECRET, otherwise=N_("第{number}项用的是电子票箱，由监票人开箱，不登记计票单。"))
def is_counted_by_hand(facts: Facts, on: date) -> Unmet | None:
    item = facts.item
    one = facts.ballots.round_of(item.ballot_round_id) if item else None
    return Unmet(number=item.number) if item and one and one.box in ELECTRONIC else None
