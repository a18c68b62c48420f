"""What the law asks of each form, as fields of its record: an organisation's own template must say these. Of the rest it is only told.

《集体合同规定》 Arts. 8, 19 to 24, 32 to 35, 40 to 49; 《工资集体协商试行办法》 Arts. 17, 20 to 22; 《企业民主管理规定》 Arts. 17, 18, 20; 《企业劳动争议协商调解规定》
Arts. 11, 21 to 32; 《劳动争议调解仲裁法》 Arts. 12, 16, 28; 《劳动人事争议仲裁办案规则》 Arts. 20, 29, 69, 74; 《民事诉讼法》 Arts. 87 to 89, 205, 225. A contract and its
publication must say all that was agreed, the wage table and the term among it.
"""

from collections.abc import Mapping

AGREED = "chapters wage_table term_from term_until"
LETTER = "number addressee facts provisions demand contact issuer issued_on"
JOINT = "sides agreement effective_on enclosures"
CLAIM = "sides requests facts evidence witnesses"

DEMANDED: Mapping[str, tuple[str, ...]] = {
    name: tuple(fields.split())
    for name, fields in {
        "offer": "addressee basis matters time place representatives issuer issued_on",
        "reply": "addressee received_on agrees reasons time place content representatives issuer issued_on",
        "representatives": "own_side rows issued_on",
        "mandate": "principal delegate powers term",
        "outsider_mandate": "delegate delegate_post qualification powers",
        "confidentiality": "scope people liability",
        "meeting_notice": "addressee time place agenda",
        "minutes": "held place chair recorder present agenda record agreed left_open",
        "summary": "agreed left_open next_steps",
        "suspension": "reason resume_on place content",
        "force_majeure": "addressee reason since",
        "draft": f"employer workers {AGREED}",
        "contract": f"employer workers {AGREED}",
        "notice": "meeting time place mode matters bills",
        "bill": "subject mover",
        "sign_in": "names",
        "credentials": "roll present quorum_needed",
        "ballot": "item subject issuer",
        "count_report": "due present issued returned valid invalid yes no abstain passed tellers counters",
        "resolution": "unit held_on place chair subject due present yes no abstain basis passed issuer",
        "passage": "addressee votes issuer issued_on",
        "filing_letter": "addressee contract votes copies enclosures issuer",
        "filing_letter_of_union": "addressee contract votes copies enclosures issuer",
        "filing_account": "members course matters previous situation",
        "filing_receipt": "contract received_on pieces",
        "supplement_notice": "what by",
        "review_opinion": "employer workers received_on opinion issued_on",
        "publication": f"effective_on receipt_number contact {AGREED}",
        "fulfilment_report": "period_from period_until method checked corrections measures responsible satisfaction",
        "reminder": f"{LETTER} reply_period",
        "opinion": f"{LETTER} reply_period",
        "superior_opinion": f"{LETTER} reply_period",
        "proposal": LETTER,
        "coordination_application": "applicant course open_items",
        "coordination_agreement": "open_items agreed left_open coordinators",
        "change_proposal": "grounds evidence clauses",
        "renewal_reminder": "contract_number until opens",
        "superior_renewal_reminder": "contract_number until opens",
        "application": "sides requests facts issued_on",
        "oral_application": "sides matters facts time",
        "suggestion": "applicant respondent reply_by",
        "consent_enquiry": "case requests reply_by",
        "acceptance": "case mediators ends_on",
        "declining": "case ground arbitration",
        "register_sheet": "case sides heads amount mediators outcome closed_on performance",
        "talk_record": "time place mediators present record outcome",
        "agreement": "sides mediators requests results duties copies",
        "extension": "ended_on until",
        "failure": "case ground ended_on arbitration",
        "service_record": "case document addressee manner place received_on refusal witness server",
        "archive_list": "case lines",
        "review_application": JOINT,
        "confirmation_application": JOINT,
        "settlement": "sides facts duties",
        "follow_up": "visited_on way duties remainder satisfaction action",
        "performance_reminder": "case addressee overdue perform_by",
        "payment_order": "sides amount facts evidence",
        "payment_order_of_respondent": "sides amount facts evidence",
        "arbitration_application": CLAIM,
        "arbitration_application_of_respondent": CLAIM,
        "group_report": "happened_on place persons cause demands actions trend contact",
    }.items()
}
