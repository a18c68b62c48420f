"""What the journal vouches for beside itself: issued documents, files handed in, events and deadlines.

Whoever may write in the database can change these rows without touching an entry. Each function reads a table once and names
what no longer agrees, by case; `web/house.py` puts them together with the procedures' own.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from workflow.deadlines import Deadline, Event
from workflow.documents.issue import Document, DocumentFile
from workflow.evidence import Blob, Evidence
from workflow.journal import Addendum, Entry, Fault
from workflow.words import N_, say

FEW = {"yield_per": 4}
"""Rows that carry whole files are not read together."""


def documents(db: Session) -> Iterator[Fault]:
    """Every document against its own hash and the entry it was issued with, which names that hash, and the bytes made from it against theirs."""
    issued = {found.get("id"): found.get("sha256") for found in db.exec(select(Addendum.particulars)) if "document" in found}
    for one in db.exec(select(Document).order_by(col(Document.id)).execution_options(yield_per=100)):
        if hashlib.sha256(one.html.encode()).hexdigest() != one.sha256:
            yield Fault(_name(one), one.entry_seq, say(N_("文书“{title}”的正文被改动过，与签发时的校验值不符。"), title=one.title))
        elif issued.get(one.id, one.sha256) != one.sha256:
            yield Fault(_name(one), one.entry_seq, say(N_("文书“{title}”和签发时记入办理记录的校验值不符。"), title=one.title))
    rows = select(Document, DocumentFile).join(DocumentFile, col(DocumentFile.document_id) == col(Document.id)).order_by(col(Document.id))
    for one, made in db.exec(rows.execution_options(**FEW)):
        if hashlib.sha256(made.data).hexdigest() != made.sha256:
            yield Fault(_name(one), one.entry_seq, say(N_("文书“{title}”保存的文件被改动过。"), title=one.title))
    for one in db.exec(select(Document).where(~_has_entry(Document, Document.entry_seq)).order_by(col(Document.id))):
        yield Fault(_name(one), one.entry_seq, say(N_("文书“{title}”所依据的第{seq}条记录不存在。"), title=one.title, seq=one.entry_seq))


def files(db: Session) -> Iterator[Fault]:
    """Every file against its hash, and every hash that a case or an entry names against the files kept."""
    for sha256, data in db.exec(select(Blob.sha256, Blob.data).order_by(Blob.sha256).execution_options(**FEW)):
        if hashlib.sha256(data).hexdigest() != sha256:
            handed_in = list(db.exec(select(Evidence).where(Evidence.sha256 == sha256).order_by(col(Evidence.id))))
            for one in handed_in:
                yield Fault(_name(one), 0, say(N_("文件“{name}”的内容被改动过。"), name=one.name))
            if not handed_in:
                yield Fault("blob", 0, say(N_("没有交到任何案件的文件{sha256}的内容被改动过。"), sha256=sha256))
    kept = set(db.exec(select(Blob.sha256)))
    for one in db.exec(select(Evidence).order_by(col(Evidence.id))):
        if one.sha256 not in kept:
            yield Fault(_name(one), 0, say(N_("文件“{name}”不见了。"), name=one.name))
    entries = select(Entry.case_kind, Entry.case_id, Entry.seq, Entry.particulars).order_by(col(Entry.id)).execution_options(yield_per=500)
    for kind, case_id, seq, particulars in db.exec(entries):
        named = particulars.get("evidence", [])
        for sha256 in named if isinstance(named, list) else []:
            if sha256 not in kept:
                yield Fault(f"{kind}/{case_id}", seq, say(N_("第{seq}条记录所附的文件{sha256}不见了。"), seq=seq, sha256=sha256))


def periods(db: Session) -> Iterator[Fault]:
    """Events that no entry brought, and deadlines that count from, or end with, no event of their case."""
    for event in db.exec(select(Event).where(~_has_entry(Event, Event.seq)).order_by(col(Event.id))):
        sentence = say(N_("{day}的事件{name}所依据的第{seq}条记录不存在。"), day=event.on, name=event.name, seq=event.seq)
        yield Fault(_name(event), event.seq, sentence)
    start, end = aliased(Event), aliased(Event)
    query = (
        select(Deadline)
        .outerjoin(start, and_(col(start.id) == col(Deadline.start_id), *_same_case(start)))
        .outerjoin(end, and_(col(end.id) == col(Deadline.end_id), *_same_case(end)))
        .where(or_(col(start.id).is_(None), and_(col(Deadline.end_id).is_not(None), col(end.id).is_(None))))
        .order_by(col(Deadline.id))
    )
    for deadline in db.exec(query):
        sentence = say(N_("期限{rule}（{due}）所依据的事件不存在，或者属于别的案件。"), rule=deadline.rule, due=deadline.due)
        yield Fault(_name(deadline), 0, sentence)


def _same_case(event: type[Event]) -> tuple[Any, Any]:
    return col(event.case_kind) == col(Deadline.case_kind), col(event.case_id) == col(Deadline.case_id)


def _has_entry(table: type[Document] | type[Event], seq: Any) -> Any:
    return (
        select(Entry.id)
        .where(Entry.case_kind == table.case_kind, Entry.case_id == table.case_id, Entry.seq == seq)
        .correlate(table)
        .exists()
    )


def _name(row: Document | Event | Deadline | Evidence) -> str:
    return f"{row.case_kind}/{row.case_id}"
