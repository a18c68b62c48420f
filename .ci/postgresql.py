"""Prints the address of a database for the tests on this machine's PostgreSQL, made if need be; nothing where there is none to be had."""

import sys

import psycopg

NAME = "heyi_test"
NOBODY_ANSWERS = ("refused", "No such file", "timeout", "timed out")


def main() -> None:
    refusals = []
    for host in ("", "127.0.0.1"):
        try:
            with psycopg.connect(host=host, dbname="postgres", connect_timeout=2, autocommit=True) as server:
                if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
                    server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
            print(f"postgresql+psycopg://{host}/{NAME}")
            return
        except psycopg.Error as error:
            if not any(words in str(error) for words in NOBODY_ANSWERS):
                refusals.append(str(error).strip())
    why = (
        f"PostgreSQL does not let us in ({refusals[0]}); HEYI_TEST_DATABASE can name a database"
        if refusals
        else "no PostgreSQL answers here"
    )
    print(f"Only SQLite will be tested: {why}.", file=sys.stderr)


main()
