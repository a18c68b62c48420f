"""The process on django-fsm-2: a row with an FSMField, one decorated method a move, and an audit row, by Django's own ORM.

It keeps no deadlines, gives no reasons for what is not allowed beyond the state, and its audit rows are not chained.
"""

import sys
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

import django
from course import PRAGMAS, Course, Move
from django.conf import settings

COURSE = Course(sys.argv[2])
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sys.argv[1],
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": ";".join(f"PRAGMA {one}" for one in PRAGMAS)},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django_fsm import FSMField, transition  # noqa: E402


def name_of(move: Move) -> str:
    return f"{move.act}_to_{move.to}" if move.to != move.source else f"{move.act}_in_place"


def moving(name: str) -> Any:
    def method(self: models.Model) -> None:
        return None

    method.__name__ = name
    return method


def methods(state: Any) -> dict[str, Any]:
    found = defaultdict(list)
    for move in COURSE.moves:
        found[name_of(move)].append(move)
    return {
        name: transition(field=state, source=[m.source for m in moves], target=moves[0].to if moves[0].to != moves[0].source else None)(
            moving(name)
        )
        for name, moves in found.items()
    }


state = FSMField(default=COURSE.initial, protected=True)
Case: Any = type(
    "Case",
    (models.Model,),
    {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "peer"}), "state": state, "version": models.IntegerField(default=0)}
    | methods(state),
)


class Audit(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    seq = models.IntegerField()
    act = models.CharField(max_length=60)
    actor = models.BigIntegerField()
    done_on = models.DateField()
    entered_at = models.DateTimeField()
    state_from = models.CharField(max_length=40)
    state_to = models.CharField(max_length=40)
    particulars = models.JSONField()

    class Meta:
        app_label = "peer"
        unique_together = (("case", "seq"),)


def begin() -> int:
    with transaction.atomic():
        number: int = Case.objects.create().pk
    return number


def do(number: int, move: Move) -> None:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=number)
        getattr(case, name_of(move))()
        assert case.state == move.to
        case.version += 1
        case.save()
        Audit.objects.create(
            case=case,
            seq=case.version,
            act=move.act,
            actor=1,
            done_on=date(2026, 3, 2),
            entered_at=datetime.now(UTC),
            state_from=move.source,
            state_to=move.to,
            particulars={},
        )


with connection.schema_editor() as editor:
    editor.create_model(Case)
    editor.create_model(Audit)

COURSE.serve(begin, do, lambda number: len(Case.objects.get(pk=number).state))
