"""The words of a committee: how a member is produced, for which side, and what ties a mediator to somebody."""

from enum import StrEnum

from workflow.people import Office
from workflow.words import N_


class CommitteeSide(StrEnum):
    WORKERS = "workers"
    ENTERPRISE = "enterprise"


SIDE_LABELS: dict[str, str] = {CommitteeSide.WORKERS: N_("职工代表"), CommitteeSide.ENTERPRISE: N_("企业代表")}


class Produced(StrEnum):
    """企业劳动争议协商调解规定 Art. 15."""

    UNION_COMMITTEE = "union_committee"
    ELECTED = "elected"
    NAMED = "named"
    JOINTLY = "jointly"


PRODUCED_LABELS: dict[str, str] = {
    Produced.UNION_COMMITTEE: N_("工会委员会成员"),
    Produced.ELECTED: N_("全体职工推举"),
    Produced.NAMED: N_("企业负责人指定"),
    Produced.JOINTLY: N_("双方推举"),
}
SIDE_OF: dict[str, CommitteeSide] = {
    Produced.UNION_COMMITTEE: CommitteeSide.WORKERS,
    Produced.ELECTED: CommitteeSide.WORKERS,
    Produced.NAMED: CommitteeSide.ENTERPRISE,
}
MAY_BE: dict[str, frozenset[Produced]] = {
    Office.COMMITTEE_CHAIR: frozenset({Produced.UNION_COMMITTEE, Produced.JOINTLY}),
    Office.COMMITTEE_MEMBER: frozenset({Produced.UNION_COMMITTEE, Produced.ELECTED, Produced.NAMED}),
}
"""How the holder of an office may be produced; of a clerk or a mediator nothing is asked."""

OFFICES = (Office.COMMITTEE_CHAIR, Office.COMMITTEE_MEMBER, Office.COMMITTEE_CLERK, Office.MEDIATOR)
MEDIATE = frozenset({Office.COMMITTEE_CHAIR, Office.COMMITTEE_MEMBER, Office.MEDIATOR})
"""All members are mediators (Art. 18)."""
KEEP = frozenset({Office.COMMITTEE_CHAIR, Office.COMMITTEE_CLERK})
"""Who keeps the roll, registers applications and sees every case of the committee."""


class Tie(StrEnum):
    """What a mediator declares, so that no case with this person or body is assigned to him."""

    KIN = "kin"
    INTEREST = "interest"
    EMPLOYED = "employed"
    DISPUTE = "dispute"
    OTHER_TIE = "other_tie"


TIE_LABELS: dict[str, str] = {
    Tie.KIN: N_("近亲属"),
    Tie.INTEREST: N_("有投资、债权债务等利害关系"),
    Tie.EMPLOYED: N_("曾经或者正在其处工作"),
    Tie.DISPUTE: N_("与其有过纠纷"),
    Tie.OTHER_TIE: N_("其他可能影响公正调解的关系"),
}
