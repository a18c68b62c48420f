"""Imported once, by the process from which the others are forked: rules, calendars and statements are read here, not in each of them."""

from tempfile import TemporaryDirectory

from tests.cast import hongxing
from tests.jobs.processes import acts
from web.migrations import migrate
from workflow.database import Database

with TemporaryDirectory() as folder:
    database = Database(f"sqlite:///{folder}/warm.sqlite3")
    migrate(database)
    with database.write() as db:
        people = hongxing(db)
        for step in acts(people.people, people.enterprise.id or 0):
            step(db)
    database.close()
