"""The database's shape: made and brought up to date by Alembic, whoever starts first."""

from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.script import Script
from sqlalchemy import text

from workflow.database import Database

HERE = Path(__file__).parent
LOCK = 7_305_812
"""PostgreSQL advisory lock: processes that start together migrate one after the other."""


def migrate(database: Database) -> None:
    """Bring an empty or older database to the present shape, all or nothing."""
    with database.writer.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revise(message: str) -> Path:
    """Write a migration from what the migrations make so far to what the models say, for a person to read through.

    Triggers (append-only tables) are not seen by Alembic: a migration that makes such a table also runs its module's DDL.
    """
    config = configuration()
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/present.sqlite3")
        with database.writer.connect() as connection, connection.begin():
            config.attributes["connection"] = connection
            if any((HERE / "versions").glob("*.py")):
                command.upgrade(config, "head")
            number = len(list((HERE / "versions").glob("*.py"))) + 1
            script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        database.close()
    assert isinstance(script, Script)
    return Path(script.path)


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config
