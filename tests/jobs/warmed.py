"""Imported once, by the process from which the others are forked: rules, calendars and statements are read here, not in each of them."""

from itertools import chain
from tempfile import TemporaryDirectory

from tests.jobs.processes import dispute, talks
from tests.mediation.cast import street
from web.migrations import migrate
from workflow.database import Database

with TemporaryDirectory() as folder:
    database = Database(f"sqlite:///{folder}/warm.sqlite3")
    migrate(database)
    with database.write() as db:
        committee = street(db)
        house = committee.house
        for step in chain(talks(house.people, house.enterprise.id or 0), dispute(house.people, committee.body.id or 0)):
            step(db)
    database.close()
