"""One wage contract in Shanghai from its offer to its publication, act by act, each in a transaction of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any, TypeVar

from sqlalchemy import text

from congress.models import CongressMeeting
from negotiation.forms import PIECES
from negotiation.models import Negotiation
from negotiation.queries import journal_of
from negotiation.requirements.talks import may_chair
from tests.cast import EMPLOYER, WORKERS, House, Story, hongxing, paper, wage_talks
from tests.procedures.walk import (
    ACCEPTED,
    CLAUSES,
    CONVENED,
    FILED,
    FILED_IN,
    MET,
    NAMED,
    OFFERED,
    RECEIVED,
    SETTLED,
    SIGNED,
    VOTED,
    a_meeting,
    vote,
)
from workflow.database import Database
from workflow.journal import Entry
from workflow.proceedings import locked

T = TypeVar("T")
Step = tuple[str, str, Any, Mapping[str, Any]]
"""Act, by whom, on which day, and what is sent."""


@dataclass
class Line:
    """The case of one house, led through its acts. What an act needs to know beforehand is read outside of it."""

    database: Database
    house: House
    case_id: int

    @classmethod
    def begun(cls, database: Database, number: int) -> "Line":
        with database.write() as db:
            house = hongxing(db)
            # The cast has one login a region: make room for the next house.
            db.connection().execute(text("UPDATE account SET login = login || :mark WHERE login LIKE '%@310000'"), {"mark": f".{number}"})
            story = wage_talks(db, house, OFFERED)
            paper(db)
        assert story.case.id is not None
        return cls(database, house, story.case.id)

    def acts(self) -> Iterator[tuple[str, float, float]]:
        """Every act with the seconds it took, from the locked case to the commit, and the processor's seconds in this process."""
        for name, by, on, sent in self._steps():
            began, worked = perf_counter(), process_time()
            with self.database.write() as db:
                Story(db, self.house, locked(db, Negotiation, self.case_id)).act(name, by, on, **sent)
            yield name, perf_counter() - began, process_time() - worked

    def journal(self) -> list[Entry]:
        with self.database.read() as db:
            return journal_of(db, db.get_one(Negotiation, self.case_id))

    def _steps(self) -> Iterator[Step]:
        scan = self._now(lambda story: story.paper())
        yield "offer", "李敏", OFFERED, {}
        yield "record_receipt", "陈静", RECEIVED, {"received": RECEIVED, "means": "return_slip"}
        yield "accept_offer", "陈静", ACCEPTED, {}
        yield "appoint", "李敏", NAMED, {"side": "workers", "representatives": WORKERS, "evidence": scan}
        yield "appoint", "陈静", NAMED, {"side": "employer", "representatives": EMPLOYER, "evidence": scan}
        yield "name_recorder", "王强", NAMED, {"name": "孙洁"}
        yield "notify_upper", "李敏", NAMED, {"told": "协商的时间、地点和内容"}
        chair = self._now(lambda story: may_chair(story.facts(CONVENED), CONVENED)[0])
        yield "convene", "李敏", CONVENED, {"held_on": MET, "place": "二楼会议室", "agenda": "工资调整", "chair": chair}
        meeting = self._now(lambda story: story.facts(MET).meetings[-1].id)
        yield "minute", "孙洁", MET, {"meeting": meeting, "present": "双方代表", "record": "逐条讨论。", "signed": "all"}
        yield "lay_out", "王强", MET, {"clauses": CLAUSES["wage"]}
        yield "set_terms", "王强", MET, {"term_from": SIGNED.replace(day=1, month=5), "term_until": SIGNED.replace(2027, 4, 30)}
        for clause in self._now(lambda story: [c.id for c in story.facts(MET).clauses]):
            yield "agree_clause", "李敏", MET, {"clause": clause}
            yield "agree_clause", "韩文博", MET, {"clause": clause}
        yield "settle", "李敏", SETTLED, {}
        yield "settle", "韩文博", SETTLED, {}
        congress = self._now(lambda story: a_meeting(story.db, story.house, VOTED, SETTLED))
        yield "submit_to_congress", "李敏", SETTLED, {"meetings": [congress.id]}
        self._now(lambda story: vote(story, story.db.get_one(CongressMeeting, congress.id), 28, VOTED))
        yield "sign", "李敏", SIGNED, {"sealed": True, "evidence": scan}
        yield "sign", "韩文博", SIGNED, {"sealed": True, "evidence": scan}
        yield "file", "陈静", FILED, {"authority": "人力资源和社会保障局", "copies": 5, "pieces": list(PIECES)}
        yield "record_filing_receipt", "郑楠", FILED_IN, {"received": FILED_IN}
        yield "approve", "郑楠", FILED_IN, {"served": FILED_IN, "number": "沪人社审〔2026〕41号", "opinion": "没有异议。"}
        yield "publish", "李敏", FILED_IN, {"form": "board", "place": "厂区公告栏", "evidence": scan}

    def _now(self, work: Callable[[Story], T]) -> T:
        with self.database.write() as db:
            return work(Story(db, self.house, locked(db, Negotiation, self.case_id)))
