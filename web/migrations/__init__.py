"""The database's shape: made and brought up to date by Alembic, whoever starts first."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from web.tables import metadata
from workflow.database import Database

HERE = Path(__file__).parent
LOCK = 7_305_812
"""PostgreSQL advisory lock: processes that start together migrate one after the other."""


def migrate(database: Database) -> None:
    """Bring an empty or older database to the present shape, all or nothing."""
    with database.writer.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if not any((HERE / "versions").glob("*.py")):
            metadata.create_all(connection)
            return
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config
