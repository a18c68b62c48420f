"""Runs a command with HEYI_TEST_DATABASE naming a database on a PostgreSQL of its own, in a folder that goes when the command ends.

The tests make and drop a database each, which a server that cares for power cuts writes to the disk every time; this one does not care.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off", "listen_addresses": "''"}
HEIR = "postgres"
"""Who runs the server where root starts the tests: PostgreSQL refuses to run as root."""


def main(command: list[str]) -> int:
    programs = programs_of_server()
    if programs is None:
        print("Only SQLite will be tested: there is no PostgreSQL server here (Debian, Ubuntu: apt install postgresql).", file=sys.stderr)
        return 0
    with server(programs) as address:
        return subprocess.run(command, env={**os.environ, "HEYI_TEST_DATABASE": address}).returncode


def programs_of_server() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version here: Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    return max(versions, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def server(programs: Path) -> Iterator[str]:
    user = HEIR if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="heyi-postgresql-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)

        def run(program: str, *options: str) -> None:
            done = subprocess.run(
                [programs / program, "-D", folder / "data", *options], user=user, cwd=folder, capture_output=True, text=True
            )
            if done.returncode:
                sys.exit(f"{program}: {done.stdout}{done.stderr}")

        run("initdb", "-A", "trust", "-U", HEIR, "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        settings = " ".join(f"-c {name}={value}" for name, value in CARELESS.items())
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-k {folder} {settings}", "start")
        try:
            yield f"postgresql+psycopg://{HEIR}@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
