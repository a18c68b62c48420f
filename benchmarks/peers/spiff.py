"""The process on SpiffWorkflow: a user task and an exclusive gateway a state; the serialised workflow is kept in SQLite, with an audit row.

As any server must that may be restarted, it reads the workflow, takes the step and writes it back, in one transaction. It
keeps no deadlines, gives no reasons for what is not allowed, and its audit rows are not chained.
"""

import sys
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3

from course import PRAGMAS, Course, Move
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

COURSE = Course(sys.argv[2])


def drawn(course: Course) -> str:
    """BPMN: what is asked for at a state's task, `to`, chooses the way out of its gateway; any act that stays goes back to the task."""
    nodes = [
        '<startEvent id="start"/>',
        f'<sequenceFlow id="begin" sourceRef="start" targetRef="{course.initial}"/>',
        '<endEvent id="end"/>',
    ]
    for state in course.states:
        ways = sorted({move.to for move in course.moves if move.source == state and move.to != state})
        nodes += [
            f'<userTask id="{state}"/>',
            f'<sequenceFlow id="{state}_decided" sourceRef="{state}" targetRef="{state}_way"/>',
            f'<exclusiveGateway id="{state}_way" default="{state}_stays"/>',
            f'<sequenceFlow id="{state}_stays" sourceRef="{state}_way" targetRef="{state}"/>',
        ]
        for to in [*ways, *(["end"] if state == course.states[-1] else [])]:
            test = quoteattr(f"to == '{to}'")[1:-1]
            nodes.append(
                f'<sequenceFlow id="{state}_{to}" sourceRef="{state}_way" targetRef="{to}">'
                f"<conditionExpression>{test}</conditionExpression></sequenceFlow>"
            )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="peer">'
        f'<process id="negotiation" isExecutable="true">{"".join(nodes)}</process></definitions>'
    )


parser = BpmnParser()
parser.add_bpmn_str(drawn(COURSE).encode())
SPEC, PARTS = parser.get_spec("negotiation"), parser.get_subprocess_specs("negotiation")
SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

db = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in PRAGMAS:
    db.execute(f"PRAGMA {pragma}")
db.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)")
db.execute(
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, workflow_id INTEGER NOT NULL REFERENCES workflow, seq INTEGER NOT NULL, act TEXT NOT NULL,"
    " actor INTEGER NOT NULL, done_on TEXT NOT NULL, entered_at TEXT NOT NULL, state_from TEXT NOT NULL, state_to TEXT NOT NULL,"
    " particulars TEXT NOT NULL, UNIQUE (workflow_id, seq))"
)


def state_of(workflow: BpmnWorkflow) -> str:
    found: str = workflow.get_next_task(state=TaskState.READY, manual=True).task_spec.name
    return found


def begin() -> int:
    workflow = BpmnWorkflow(SPEC, PARTS)
    workflow.do_engine_steps()
    body = SERIALIZER.serialize_json(workflow)
    return int(db.execute("INSERT INTO workflow (state, version, body) VALUES (?, 0, ?)", (state_of(workflow), body)).lastrowid)


def do(number: int, move: Move) -> None:
    db.execute("BEGIN IMMEDIATE")
    version, body = db.execute("SELECT version, body FROM workflow WHERE id = ?", (number,)).fetchone()
    workflow = SERIALIZER.deserialize_json(body)
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    assert task.task_spec.name == move.source
    task.data["to"] = move.to
    task.run()
    workflow.do_engine_steps()
    assert state_of(workflow) == move.to
    db.execute(
        "UPDATE workflow SET state = ?, version = ?, body = ? WHERE id = ?",
        (move.to, version + 1, SERIALIZER.serialize_json(workflow), number),
    )
    db.execute(
        "INSERT INTO audit (workflow_id, seq, act, actor, done_on, entered_at, state_from, state_to, particulars)"
        " VALUES (?, ?, ?, 1, '2026-03-02', ?, ?, ?, '{}')",
        (number, version + 1, move.act, datetime.now(UTC).isoformat(), move.source, move.to),
    )
    db.execute("COMMIT")


COURSE.serve(begin, do, lambda number: int(db.execute("SELECT length(body) FROM workflow WHERE id = ?", (number,)).fetchone()[0]))
