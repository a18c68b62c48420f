"""Two acts that every procedure has: a standard document is issued when somebody asks for it, and its signed paper is kept with it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlmodel import select

from workflow import evidence
from workflow.documents.catalogue import Incomplete, Standard, issue_standard, latest, subjects
from workflow.documents.issue import Document, SignedScan
from workflow.forms import Files, Invalid, field, invalid, proof, unprintable
from workflow.procedure import F, Reason, Refused
from workflow.proceedings import ActForm, C, Doing
from workflow.words import N_, Sentence, Word, say

ISSUE, KEEP = "issue_document", "keep_scan"
UNDER = "TIME-PROOF"
"""What is issued and what comes back signed prove what was done, and when (民事诉讼法 Art. 90; 集体合同规定 Art. 32)."""


class IssueDocument(ActForm):
    """`words` holds what the document itself asks for, by the names of its own form."""

    document: Annotated[str, StringConstraints(max_length=40)] = field(N_("文书"), hint=N_("文书在目录中的名称"))
    subject: Annotated[str, StringConstraints(max_length=40)] = field(
        N_("针对"), default="", hint=N_("哪一次会议、哪一封函；不填的，取最近的一项")
    )
    words: dict[str, Any] = field(N_("补充内容"), widget="unasked", default_factory=dict)


class KeepScan(ActForm):
    document: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] = field(N_("文书"), widget="hidden")
    evidence: Files = proof(N_("签字盖章后的扫描件或照片，PDF、PNG或JPEG。"), always=True)


def issue_document(now: Doing[C, F], form: IssueDocument, catalogue: Mapping[str, Standard[C, F]]) -> Document:
    """Raises `Invalid` for a document that the procedure does not know, `Refused` for one that the case does not bear or this seat does
    not issue; both before anything is written."""
    standard = catalogue.get(form.document)
    if standard is None:
        raise invalid("document", N_("没有这种文书。"))
    _insist(now, standard)
    about = subjects(standard, now.db, now.case, now.facts, now.on)
    if form.subject and form.subject not in about:
        raise invalid("subject", N_("本案没有这一项，请从列出的选项中选。"))
    if standard.subjects is not None and not about:
        raise _refused(now, _reason(now, say(N_("本案还没有《{title}》要写的事项。"), title=Word(standard.title))))
    subject = form.subject or next(iter(about), "")
    stray = [name for name in form.words if name[:1] != "_" and name.partition(".")[0] not in standard.asks.model_fields]
    try:
        if stray:
            raise Invalid({name: [say(N_("没有“{name}”这一项。"), name=name)] for name in stray})
        words = standard.asks.read(form.words)
        if faults := unprintable(words):
            raise Invalid(faults)
    except Invalid as error:
        raise _of_words(error) from None
    before = latest(now.db, now.proceedings.procedure.name, now.case.id or 0, standard.name, subject)
    now.perform(document=standard.name, subject=subject)
    try:
        return issue_standard(now, standard, subject=subject, words=words, supersedes=before.id if before else None)
    except Invalid as error:
        raise _of_words(error) from None
    except Incomplete as error:
        known = now.proceedings.procedure.acts
        acts = [known[name].label for name in dict.fromkeys(lack.act for lack in error.lacks) if name]
        remedies: list[Sentence | None] = [say(N_("先办理“{act}”。"), act=Word(label)) for label in acts] or [None]
        raise _refused(now, *(_reason(now, error.sentence, remedy=remedy) for remedy in remedies)) from None


def _of_words(error: Invalid) -> Invalid:
    return Invalid({f"words.{name}" if name else "": said for name, said in error.errors.items()})


def _refused(now: Doing[C, F], *reasons: Reason) -> Refused:
    return Refused(now.act.name, now.act.label, reasons)


def _reason(now: Doing[C, F], sentence: Sentence, **more: Any) -> Reason:
    rule = now.proceedings.rules(now.db, now.case).find(UNDER, now.on)
    return Reason(sentence, UNDER, rule.citations if rule else (), **more)


def _insist(now: Doing[C, F], standard: Standard[C, F]) -> None:
    if not standard.by & now.by.seats:
        sentence = say(N_("《{title}》不由您这一方出具。"), title=Word(standard.title))
        raise _refused(now, _reason(now, sentence, who=standard.by, about="seat"))
    if standard.with_act:
        act = now.proceedings.procedure.acts[standard.with_act].label
        sentence = say(N_("《{title}》在办理“{act}”时出具。"), title=Word(standard.title), act=Word(act))
        raise _refused(now, _reason(now, sentence, about="state"))
    if not standard.ready(now.facts):
        sentence = say(N_("案卷还没有到出具《{title}》的时候。"), title=Word(standard.title))
        raise _refused(now, _reason(now, sentence, about="state"))


def keep_scan(now: Doing[C, F], form: KeepScan, readable: set[int | None]) -> None:
    """Tie the scanned paper to the document, one of `readable`. Raises `Invalid` where it is another case's, or where nothing was handed in."""
    if not now.evidence:
        raise invalid("evidence", N_("请上传签字盖章后的扫描件。"))
    document = now.db.exec(select(Document).where(Document.token == form.document)).first()
    if document is None or document.id is None or document.id not in readable:
        raise invalid("document", N_("没有这份文书。"))
    assert now.by.person_id is not None
    seen: set[str] = set()
    for file in now.evidence:
        kept = select(SignedScan).where(SignedScan.document_id == document.id, SignedScan.sha256 == file.sha256)
        if file.sha256 in seen or now.db.exec(kept).first() is not None:
            raise invalid("evidence", N_("“{name}”已经和这份文书存在一起了。"), name=file.name)
        if not evidence.is_kept(now.db, file.sha256):
            raise invalid("evidence", N_("文件“{name}”没有上传成功，请重新选择。"), name=file.name)
        seen.add(file.sha256)
    now.perform(document=document.kind, of=document.sha256)
    now.db.add_all(
        SignedScan(document_id=document.id, sha256=file.sha256, name=file.name, entered_by=now.by.person_id, entered_at=now.at)
        for file in now.evidence
    )
