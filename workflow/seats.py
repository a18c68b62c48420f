"""Seats: what a person is in one case on a day."""

from enum import StrEnum

from workflow.words import N_


class Seat(StrEnum):
    INITIATOR = "initiator"
    OTHER_SIDE = "other_side"
    UNION = "union"
    WORKER_CHIEF = "worker_chief"
    WORKER_REPRESENTATIVE = "worker_representative"
    EMPLOYER = "employer"
    EMPLOYER_CHIEF = "employer_chief"
    EMPLOYER_REPRESENTATIVE = "employer_representative"
    RECORDER = "recorder"
    SUPERIOR_UNION = "superior_union"
    AUTHORITY = "authority"
    CONGRESS = "congress"
    MEETING_CHAIR = "meeting_chair"
    TELLER = "teller"
    CHECK_IN_OFFICER = "check_in_officer"
    DELEGATE = "delegate"
    PROPOSER = "proposer"
    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_CLERK = "committee_clerk"
    WORKER = "worker"
    WATCH = "watch"
    CLOCK = "clock"
    ADMINISTRATOR = "administrator"


SEAT_LABELS = {
    Seat.INITIATOR: N_("要约方"),
    Seat.OTHER_SIDE: N_("受约方"),
    Seat.UNION: N_("工会方"),
    Seat.WORKER_CHIEF: N_("职工方首席代表"),
    Seat.WORKER_REPRESENTATIVE: N_("职工方协商代表"),
    Seat.EMPLOYER: N_("企业方"),
    Seat.EMPLOYER_CHIEF: N_("企业方首席代表"),
    Seat.EMPLOYER_REPRESENTATIVE: N_("企业方协商代表"),
    Seat.RECORDER: N_("记录员"),
    Seat.SUPERIOR_UNION: N_("上级工会"),
    Seat.AUTHORITY: N_("人社部门"),
    Seat.CONGRESS: N_("职代会"),
    Seat.MEETING_CHAIR: N_("会议执行主席"),
    Seat.TELLER: N_("监票人、计票人"),
    Seat.CHECK_IN_OFFICER: N_("签到员"),
    Seat.DELEGATE: N_("职工代表"),
    Seat.PROPOSER: N_("提案人"),
    Seat.APPLICANT: N_("申请人"),
    Seat.RESPONDENT: N_("被申请人"),
    Seat.MEDIATOR: N_("调解员"),
    Seat.COMMITTEE_CHAIR: N_("调解委员会主任"),
    Seat.COMMITTEE_MEMBER: N_("调解委员会委员"),
    Seat.COMMITTEE_CLERK: N_("调解委员会工作人员"),
    Seat.WORKER: N_("职工"),
    Seat.WATCH: N_("预警监测"),
    Seat.CLOCK: N_("期限届满"),
    Seat.ADMINISTRATOR: N_("系统管理员"),
}
