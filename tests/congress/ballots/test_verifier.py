"""The verifier as people run it: one file, somewhere else, with nothing of ours; and as a command of ours."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congress import verify
from tests.congress.ballots import script
from tests.congress.ballots.cast import Hall, voted
from web.cli import main


@pytest.fixture(scope="module")
def election(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("election") / "election.txt"
    file.write_bytes(voted().exported())
    return file


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(Path(verify.__file__).read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [[], ["--python"]])
def test_it_runs_alone_and_says_what_it_found(election: Path, tmp_path: Path, arguments: list[str]) -> None:
    alone = shutil.copy(verify.__file__, tmp_path / "verify.py")
    run = subprocess.run([sys.executable, "-I", alone, str(election), *arguments], cwd=tmp_path, capture_output=True, text=True)
    lines = run.stdout.splitlines()
    assert run.returncode == 0, run.stdout + run.stderr
    assert [line.split()[:2] for line in lines[:15]] == [[f"V{n}", "ok"] for n in range(1, 16)]
    assert "2026年工资集体合同（草案）: 6 0 1" in lines[12] and "rejected" in lines[13]
    assert lines[15].replace(" ", "") == f"HE{voted().election.fingerprint}"
    assert lines[17] == "slips   12, cast 7, spoiled 1, void 1"


def test_it_ends_with_1_at_the_first_fault(election: Path, tmp_path: Path) -> None:
    lines = election.read_text().splitlines(keepends=True)
    changed = tmp_path / "changed.txt"
    changed.write_text("".join([*lines[:14], *lines[15:]]))
    run = subprocess.run([sys.executable, "-I", verify.__file__, str(changed)], capture_output=True, text=True)
    assert run.returncode == 1 and len(run.stdout.splitlines()) == 1
    assert run.stdout.startswith("V1   FAULT") and not run.stderr


def test_a_file_that_is_no_election_is_a_fault(tmp_path: Path) -> None:
    for content in (b"", b"\xff\xfe", b"congress-ballot/1\n", b"congress-ballot/1\nceremony \nhead 0 AA AA\n"):
        file = tmp_path / "file"
        file.write_bytes(content)
        assert verify.main([str(file)]) == 1


def test_a_closed_box_is_verified_before_anybody_opens_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hall, file = Hall(), tmp_path / "closed.txt"
    for slip in range(3):
        hall.vote(slip, (0, 0))
    hall.close()
    file.write_bytes(hall.exported())
    assert verify.main([str(file)]) == 1
    assert verify.main([str(file), "--before-opening", "--script", str(script.BUNDLES / "vote.js")]) == 0
    said = capsys.readouterr().out
    assert "V11  ok" in said and "V12  ok" not in said and "vote.js\n" in said


def test_the_command_of_ours_says_the_same(election: Path) -> None:
    answer = CliRunner().invoke(main, ["election", "verify", str(election), "--receipt", "AAAA-AAAA-AAAA-AAAA-AAAA"])
    assert answer.exit_code == 1 and "V15  FAULT" in answer.output
    answer = CliRunner().invoke(main, ["election", "verify", str(election), "--python"])
    assert answer.exit_code == 0 and answer.output.splitlines()[0].startswith("V1   ok")
