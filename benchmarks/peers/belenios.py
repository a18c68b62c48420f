"""Belenios by its own tool (Debian: `apt install belenios-tool`), on its group BELENIOS-2048: an election in a folder."""

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

GROUP = "BELENIOS-2048"


def tool() -> str | None:
    return shutil.which("belenios-tool")


def version() -> str:
    return _run(Path.cwd(), "--version").split()[0]


class Election:
    """One with as many voters as ballots are to be made, and one trustee."""

    def __init__(self, folder: Path, questions: int, answers: int, voters: int) -> None:
        self.folder = folder
        uuid = _run(folder, "setup", "generate-token").strip()
        (folder / "voters.txt").write_text("".join(f"{i}@example.org,{i}\n" for i in range(voters)))
        _run(folder, "setup", "generate-credentials", "--uuid", uuid, "--group", GROUP, "--file", "voters.txt")
        next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
        self.credentials = [line.split()[1] for line in next(folder.glob("*.privcreds")).read_text().splitlines()]
        _run(folder, "setup", "generate-trustee-key", "--group", GROUP)
        (folder / "public_keys.jsons").write_text(next(folder.glob("*.pubkey")).read_text())
        _run(folder, "setup", "make-trustees")
        asked = [{"answers": [str(n) for n in range(answers)], "min": 1, "max": 1, "question": str(i)} for i in range(questions)]
        words = {"description": "x", "name": "x", "questions": asked, "administrator": "x", "credential_authority": "x"}
        (folder / "template.json").write_text(json.dumps(words))
        _run(folder, "setup", "make-election", "--uuid", uuid, "--group", GROUP, "--template", "template.json")
        _run(folder, "archive", "init")
        for name in ("election.json", "trustees.json", "public_creds.json"):
            (folder / name).unlink()

    def make(self, voter: int, votes: Sequence[Sequence[int]]) -> str:
        (self.folder / "credential").write_text(self.credentials[voter])
        (self.folder / "votes.json").write_text(json.dumps(votes))
        return _run(self.folder, "election", "generate-ballot", "--privcred", "credential", "--ballot", "votes.json")

    def cast(self, ballot: str) -> None:
        _run(self.folder, "archive", "add-event", "--type=Ballot", said=ballot)

    def verify(self) -> None:
        _run(self.folder, "election", "verify")


def processor() -> float:
    """Seconds of the processor that the tool has taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(folder: Path, *command: str, said: str = "") -> str:
    environment = {**os.environ, "BELENIOS_USE_URANDOM": "1"}
    return subprocess.run(
        ["belenios-tool", *command], cwd=folder, input=said, env=environment, capture_output=True, text=True, check=True
    ).stdout
