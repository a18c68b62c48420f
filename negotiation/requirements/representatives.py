"""Who may sit at the table: how many, who names them, who is barred."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from negotiation.facts import Facts, Team
from negotiation.requirements.rules import allows, value
from negotiation.terms import PRODUCED_LABELS, SIDE_LABELS, WRITTEN_MANDATE, ChiefAs, Produced, Side
from workflow.people import Office
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, Words, say


@requirement("REP-REPLACE", otherwise=N_("还没有确定协商代表。"), remedy=N_("先办“确定协商代表”。"))
def has_representatives(facts: Facts, on: date) -> Unmet | None:
    return None if facts.representatives else Unmet()


def _teams(facts: Facts) -> tuple[Team, Team]:
    return facts.workers, facts.employer


@requirement(
    "REP-EQUAL",
    otherwise=N_("双方协商代表的人数应当对等，现在职工方{workers}人，企业方{employer}人。"),
    remedy=N_("由人数少的一方补足代表，或者人数多的一方减少代表。"),
)
def are_equal_in_number(facts: Facts, on: date) -> Unmet | None:
    workers, employer = len(facts.workers), len(facts.employer)
    if value(facts, "REP-EQUAL", on) == "EMPLOYER_LE_WORKER" or workers == employer:
        return None
    return Unmet(workers=workers, employer=employer)


@requirement(
    "REP-EQUAL",
    otherwise=N_("企业方协商代表不得多于职工方，现在企业方{employer}人，职工方{workers}人。"),
    remedy=N_("企业方减少代表，或者职工方增加代表。"),
)
def employer_does_not_outnumber(facts: Facts, on: date) -> Unmet | None:
    workers, employer = len(facts.workers), len(facts.employer)
    if value(facts, "REP-EQUAL", on) == "EMPLOYER_LE_WORKER" and employer > workers:
        return Unmet(workers=workers, employer=employer)
    return None


@requirement("REP-MIN", otherwise=N_("每方协商代表至少{least}人，现在{short}。"), remedy=N_("用“确定协商代表”补足。"))
def has_enough_representatives(facts: Facts, on: date) -> Unmet | None:
    least = int(value(facts, "REP-MIN", on) or 0)
    if facts.organisation.above_scale:
        least = max(least, int(value(facts, "REP-MIN-LARGE", on) or 0))
    short = [team for team in _teams(facts) if len(team) < least]
    return Unmet(least=least, short=_counts(short)) if short else None


@requirement("REP-MAX", otherwise=N_("每方协商代表最多{most}人，现在{over}。"), remedy=N_("减少代表人数。"))
def has_not_too_many_representatives(facts: Facts, on: date) -> Unmet | None:
    most = value(facts, "REP-MAX", on)
    over = [team for team in _teams(facts) if most is not None and len(team) > int(most)]
    return Unmet(most=int(most), over=_counts(over)) if over else None


def _counts(teams: list[Team]) -> Sentence:
    if len(teams) == 2:
        return say(N_("职工方{workers}人、企业方{employer}人"), workers=len(teams[0]), employer=len(teams[1]))
    return say(N_("{side}{n}人"), side=Word(SIDE_LABELS[teams[0].side]), n=len(teams[0]))


@requirement("REP-CHIEF", otherwise=N_("每方应当确定一名首席代表，{sides}还没有确定。"), remedy=N_("在“确定协商代表”中指定首席代表。"))
def has_chiefs(facts: Facts, on: date) -> Unmet | None:
    missing = [SIDE_LABELS[t.side] for t in _teams(facts) if t.chief is None]
    return Unmet(sides=Words(missing)) if missing else None


@requirement(
    "REP-OUTSIDER-NOT-CHIEF",
    otherwise=N_("首席代表不得由非本单位人员代理，{name}不是本单位人员。"),
    remedy=N_("另选本单位的人担任首席代表。"),
)
def chief_is_no_outsider(facts: Facts, on: date) -> Unmet | None:
    wrong = [t.chief.name for t in _teams(facts) if t.chief and t.chief.outsider]
    return Unmet(name="、".join(wrong)) if wrong else None


@requirement(
    "REP-W-CHIEF",
    otherwise=N_("{name}受书面委托担任首席代表，还没有上传授权委托书。"),
    remedy=N_("用“确定协商代表”上传首席代表授权委托书。"),
    who=Seat.UNION,
)
def worker_chief_has_mandate(facts: Facts, on: date) -> Unmet | None:
    return _without_mandate(facts.workers)


@requirement(
    "REP-E-CHIEF",
    otherwise=N_("{name}受书面委托担任首席代表，还没有上传授权委托书。"),
    remedy=N_("用“确定协商代表”上传首席代表授权委托书。"),
    who=Seat.EMPLOYER,
)
def employer_chief_has_mandate(facts: Facts, on: date) -> Unmet | None:
    return _without_mandate(facts.employer)


def _without_mandate(team: Team) -> Unmet | None:
    chief = team.chief
    return Unmet(name=chief.name) if chief and chief.chief_as in WRITTEN_MANDATE and not chief.mandate_sha256 else None


@requirement(
    "REP-W-CHIEF",
    otherwise=N_("当地规定职工方首席代表由工会主席或者工会主要负责人担任，不能书面委托他人，{name}是受委托担任的。"),
    remedy=N_("由工会主席或者工会主要负责人担任首席代表。"),
    who=Seat.UNION,
)
def worker_chief_is_no_delegate(facts: Facts, on: date) -> Unmet | None:
    chief = facts.workers.chief
    if chief is None or chief.chief_as != ChiefAs.UNION_DELEGATE or allows(facts, "REP-W-CHIEF", "may_delegate", on):
        return None
    return Unmet(name=chief.name)


@requirement(
    "REP-E-CHIEF",
    otherwise=N_("当地规定企业方首席代表由法定代表人或者主要负责人担任，不能书面委托他人，{name}是受委托担任的。"),
    remedy=N_("由法定代表人或者主要负责人担任首席代表。"),
    who=Seat.EMPLOYER,
)
def employer_chief_is_no_delegate(facts: Facts, on: date) -> Unmet | None:
    chief = facts.employer.chief
    if chief is None or chief.chief_as != ChiefAs.MANAGER or allows(facts, "REP-E-CHIEF", "may_delegate", on):
        return None
    return Unmet(name=chief.name)


@requirement(
    "REP-OUTSIDER-MAX",
    otherwise=N_("外聘专业人员不得超过本方代表的{limit}，现在{side}{total}人中有{n}人是外聘。"),
    remedy=N_("减少外聘代表，或者增加本单位的代表。"),
)
def outsiders_are_few(facts: Facts, on: date) -> Unmet | None:
    rule = facts.rules.find("REP-OUTSIDER-MAX", on)
    if rule is None or rule.value == "ADVISER":
        return None
    limit = Fraction(str(rule.value))
    for team in _teams(facts):
        if team.outsiders > limit * len(team):
            return Unmet(limit=str(limit), side=Word(SIDE_LABELS[team.side]), total=len(team), n=team.outsiders)
    return None


@requirement(
    "REP-OUTSIDER-MAX", otherwise=N_("当地规定外聘专业人员只能担任顾问，不能担任协商代表：{names}。"), remedy=N_("更换为本单位的代表。")
)
def outsiders_only_advise(facts: Facts, on: date) -> Unmet | None:
    if value(facts, "REP-OUTSIDER-MAX", on) != "ADVISER":
        return None
    names = [r.name for r in facts.representatives if r.outsider]
    return Unmet(names="、".join(names)) if names else None


@requirement("REP-NO-DUAL", otherwise=N_("双方协商代表不得相互兼任：{names}同时是双方代表。"), remedy=N_("由一方更换代表。"))
def nobody_sits_on_both_sides(facts: Facts, on: date) -> Unmet | None:
    both = [
        w.name
        for w in facts.workers.members
        for e in facts.employer.members
        if (w.person_id is not None and w.person_id == e.person_id) or (w.person_id is None and w.name == e.name and w.post == e.post)
    ]
    return Unmet(names="、".join(both)) if both else None


SOURCES: Mapping[str, tuple[Produced, ...]] = {
    "UNION": (Produced.UNION_SELECTION, Produced.CONGRESS_ELECTION, Produced.NOMINATION_AND_VOTE),
    "CONGRESS_OR_UNION": (Produced.CONGRESS_ELECTION, Produced.UNION_SELECTION, Produced.NOMINATION_AND_VOTE),
    "CONGRESS": (Produced.CONGRESS_ELECTION,),
    "NOMINATION_AND_CONGRESS": (Produced.NOMINATION_AND_VOTE, Produced.CONGRESS_ELECTION),
    "NOMINATION_AND_VOTE": (Produced.NOMINATION_AND_VOTE, Produced.CONGRESS_ELECTION),
}
"""REP-W-SOURCE → how those other than the chief may come to their seats. What the workers decide themselves is never too much."""


@requirement(
    "REP-W-SOURCE",
    otherwise=N_("{names}担任职工方协商代表，产生方式不符合规定，应当是{how}。"),
    remedy=N_("按规定重新产生代表，再用“确定协商代表”登记。"),
    who=Seat.UNION,
)
def workers_are_duly_produced(facts: Facts, on: date) -> Unmet | None:
    """The chief sits by office. Several enterprises' representatives are sent by the union above them (SECT-REPS-W)."""
    if facts.is_of_several:
        return None
    allowed = SOURCES.get(value(facts, "REP-W-SOURCE", on), ()) if facts.case.union_id is not None else (Produced.RECOMMENDATION,)
    wrong = [r.name for r in facts.workers.members if allowed and not r.chief and r.produced not in allowed]
    return Unmet(names="、".join(wrong), how=_one_of(allowed)) if wrong else None


def _one_of(ways: Sequence[Produced]) -> Sentence:
    said = say(N_("“{way}”"), way=Word(PRODUCED_LABELS[ways[0]]))
    for way in ways[1:]:
        said = say(N_("{ways}或者“{way}”"), ways=said, way=Word(PRODUCED_LABELS[way]))
    return said


BARRED = {
    "HEADS": N_("企业负责人"),
    "INVESTORS": N_("投资人"),
    "HR_HEAD": N_("人力资源负责人"),
    "NEAR_RELATIVES": N_("他们的近亲属"),
    "RELATIVES": N_("他们的亲属"),
}


@requirement(
    "REP-NOT-KIN",
    otherwise=N_("当地规定{who}不得担任职工方协商代表：{names}。"),
    remedy=N_("由职工方更换代表。"),
    who=Seat.UNION,
)
def workers_are_not_kin(facts: Facts, on: date) -> Unmet | None:
    barred = value(facts, "REP-NOT-KIN", on)
    names = [r.name for r in facts.workers.members if r.kin]
    return Unmet(who=Words(BARRED[b] for b in barred), names="、".join(names)) if barred and names else None


@requirement(
    "REP-EXCLUDED",
    otherwise=N_("当地规定工会工作人员不得担任企业方协商代表：{names}。"),
    remedy=N_("由企业方更换代表。"),
    who=Seat.EMPLOYER,
)
def employer_seats_no_union_staff(facts: Facts, on: date) -> Unmet | None:
    return _excluded(facts, facts.employer, "UNION_STAFF_FOR_EMPLOYER", {Office.UNION_CHAIR, Office.UNION_OFFICER}, on)


@requirement(
    "REP-EXCLUDED",
    otherwise=N_("当地规定企业负责人不得担任职工方协商代表：{names}。"),
    remedy=N_("由职工方更换代表。"),
    who=Seat.UNION,
)
def workers_seat_no_heads(facts: Facts, on: date) -> Unmet | None:
    return _excluded(facts, facts.workers, "HEADS_FOR_WORKERS", {Office.LEGAL_REPRESENTATIVE}, on)


def _excluded(facts: Facts, team: Team, what: str, offices: set[Office], on: date) -> Unmet | None:
    if what not in (value(facts, "REP-EXCLUDED", on) or ()):
        return None
    names = [r.name for r in team.members if r.person_id is not None and facts.offices.get(r.person_id, frozenset()) & offices]
    return Unmet(names="、".join(names)) if names else None


@requirement(
    "REP-VACANCY-MEETING",
    otherwise=N_("当地规定代表空缺的，应当在下一次协商会议前产生新的代表，{sides}还有空缺。"),
    remedy=N_("用“确定协商代表”补足空缺。"),
)
def no_seat_is_vacant(facts: Facts, on: date) -> Unmet | None:
    if facts.rules.find("REP-VACANCY-MEETING", on) is None:
        return None
    vacant = [SIDE_LABELS[side] for side in Side if facts.deadline("REP-VACANCY-DAYS", side, running=True)]
    return Unmet(sides=Words(vacant)) if vacant else None


@requirement(
    "REP-TERM-FAIL",
    otherwise=N_("{sides}协商代表的履职期限已经届满（{due}）。"),
    remedy=N_("用“确定协商代表”重新产生代表。"),
)
def mandates_run(facts: Facts, on: date) -> Unmet | None:
    over = [(side, d.due) for side in Side if (d := facts.deadline("REP-TERM-FAIL", side, running=True)) and on > d.due]
    return Unmet(sides=Words(SIDE_LABELS[side] for side, _ in over), due=max(due for _, due in over)) if over else None


def _share(facts: Facts, rule: str, on: date, have: int, of_staff: int, who: str) -> Unmet | None:
    """Local rules that seat a group: from a share of the staff on, at least one, or in proportion, or a third."""
    found = facts.rules.find(rule, on)
    if found is None or not facts.organisation.workforce and found.parameters.get("from_share"):
        return None
    staff = Fraction(of_staff, max(facts.organisation.workforce, 1))
    from_share = found.parameters.get("from_share")
    if from_share is not None:
        bound = Fraction(str(from_share))
        if staff < bound or (staff == bound and found.parameters.get("from_share_operator") == "GT"):
            return None
    total = len(facts.workers)
    share = found.parameters.get("seats_share")
    needed = -(-total * Fraction(str(share)).numerator // Fraction(str(share)).denominator) if share else 1
    if found.parameters.get("proportional"):
        needed = max(1, int(total * staff))
    return Unmet(needed=needed, have=have, who=Word(who)) if have < needed else None


@requirement(
    "REP-FEMALE", otherwise=N_("职工方代表中应当有女性代表，至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。")
)
def has_women(facts: Facts, on: date) -> Unmet | None:
    return _share(facts, "REP-FEMALE", on, sum(r.female for r in facts.workers.members), facts.organisation.female, N_("女性"))


@requirement("REP-FRONTLINE", otherwise=N_("职工方代表中一线职工至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。"))
def has_frontline(facts: Facts, on: date) -> Unmet | None:
    return _share(facts, "REP-FRONTLINE", on, sum(r.frontline for r in facts.workers.members), 0, N_("一线职工"))


@requirement(
    "REP-DISPATCHED", otherwise=N_("职工方代表中应当有被派遣劳动者，至少{needed}人，现在{have}人。"), remedy=N_("由职工方增补或更换代表。")
)
def has_dispatched(facts: Facts, on: date) -> Unmet | None:
    return _share(
        facts, "REP-DISPATCHED", on, sum(r.dispatched for r in facts.workers.members), facts.organisation.dispatched, N_("被派遣劳动者")
    )


LAWFUL_TEAMS = (
    has_chiefs,
    has_enough_representatives,
    has_not_too_many_representatives,
    are_equal_in_number,
    employer_does_not_outnumber,
    chief_is_no_outsider,
    worker_chief_has_mandate,
    employer_chief_has_mandate,
    worker_chief_is_no_delegate,
    employer_chief_is_no_delegate,
    workers_are_duly_produced,
    outsiders_are_few,
    outsiders_only_advise,
    nobody_sits_on_both_sides,
    workers_are_not_kin,
    employer_seats_no_union_staff,
    workers_seat_no_heads,
    has_women,
    has_frontline,
    has_dispatched,
    no_seat_is_vacant,
    mandates_run,
)
