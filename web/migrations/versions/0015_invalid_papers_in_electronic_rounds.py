"""Invalid papers in electronic rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COUNTED = "in_favour >= 0 AND against >= 0 AND abstained >= 0"
NONE = f"{COUNTED} AND invalid = 0 AND valid = in_favour + against + abstained AND returned = valid AND returned <= issued"
SOME = f"{COUNTED} AND invalid >= 0 AND valid = in_favour + against + abstained AND returned = valid + invalid AND returned <= issued"
NUMBERS = ("issued", "returned", "valid", "invalid", "in_favour", "against", "abstained")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE cast_mark ADD COLUMN is_invalid BOOLEAN DEFAULT false NOT NULL "
        "CONSTRAINT ck_cast_mark_invalid CHECK (NOT is_invalid OR on_paper)"
    )
    _balance(SOME)


def downgrade() -> None:
    _balance(NONE)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("cast_mark", "is_invalid")
        return
    op.execute(
        "CREATE TABLE cast_mark_before (round_id INTEGER NOT NULL, slip BLOB NOT NULL, counter INTEGER NOT NULL, on_paper BOOLEAN NOT NULL, "
        "CONSTRAINT pk_cast_mark PRIMARY KEY (round_id, slip), CONSTRAINT ck_cast_mark_counter CHECK (counter >= 0), "
        "CONSTRAINT fk_cast_mark_round_id FOREIGN KEY(round_id) REFERENCES ballot_round (id)) WITHOUT ROWID"
    )
    op.execute("INSERT INTO cast_mark_before SELECT round_id, slip, counter, on_paper FROM cast_mark")
    op.drop_table("cast_mark")
    op.rename_table("cast_mark_before", "cast_mark")


def _balance(check: str) -> None:
    """What SQLite cannot change in a table it gets with a new one."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_item_tally_balance"), "item_tally", type_="check")
        op.create_check_constraint(op.f("ck_item_tally_balance"), "item_tally", check)
        return
    op.rename_table("item_tally", "item_tally_before")
    op.create_table(
        "item_tally",
        sa.Column("item_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.CheckConstraint(check, name=op.f("ck_item_tally_balance")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_item_tally_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_tally")),
    )
    columns = ", ".join(("item_id", *NUMBERS))
    op.execute(f"INSERT INTO item_tally ({columns}) SELECT {columns} FROM item_tally_before")
    op.drop_table("item_tally_before")
