"""Setting up and starting: a fresh clone with empty caches, `./run` until the first page answers, then the same command again.

    .venv/bin/python -m benchmarks.start [--again 3]

What is cloned is the last commit. Packages come over the network from where pip and npm are told to look: how long a cold set-up takes is
as much the network's doing as the program's.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import ROOT, machine, say, table

PATIENCE = 900


@dataclass
class Start:
    label: str
    set_up: float = 0.0
    """Seconds until `.ci/prepare` was done."""
    answered: float = 0.0
    """Seconds until the first page came."""
    said: list[str] = field(default_factory=list)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--again", type=int, default=3, help="starts after the first")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="heyi-start-") as name:
        clone, home = Path(name) / "heyi", Path(name) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        environment = cold(home)
        starts = [start("first start, nothing there", clone, environment)]
        starts += [start(f"start {n + 2}", clone, environment) for n in range(asked.again)]
        shutil.rmtree(clone / "data")
        starts.append(start("start with a new database", clone, environment))
        size = sum(f.lstat().st_size for f in clone.rglob("*") if not f.is_dir()) / 1e6
    tool = "uv" if shutil.which("uv") else "pip"
    print(f"\n{machine()}\ninstalled with {tool}; the clone took {size:.0f} MB in the end\n")
    print(
        table(
            ("./run", "set up s", "first page s", "of it the program s"),
            [(s.label, f"{s.set_up:.1f}", f"{s.answered:.1f}", f"{s.answered - s.set_up:.1f}") for s in starts],
        )
    )


def cold(home: Path) -> dict[str, str]:
    """The environment of somebody who has just come to the machine: told where packages are, and having none of them yet."""
    kept = {
        n: v for n, v in os.environ.items() if not n.startswith(("HEYI_", "VIRTUAL_ENV", "PYTHON", "XDG_")) and n not in ("LC_ALL", "LANG")
    }
    told = {"npm_config_userconfig": ".npmrc", "PIP_CONFIG_FILE": ".config/pip/pip.conf", "UV_CONFIG_FILE": ".config/uv/uv.toml"}
    sources = {name: str(file) for name, path in told.items() if (file := Path.home() / path).exists() and name not in kept}
    caches = {name: str(home / name.lower()) for name in ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache", "XDG_CACHE_HOME")}
    return {**kept, **sources, **caches, "HOME": str(home), "LANG": "C.UTF-8"}


def start(label: str, clone: Path, environment: Mapping[str, str]) -> Start:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Start(label)
    began = time.monotonic()
    process = subprocess.Popen(
        ["./run", "--port", str(port)],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    reader = threading.Thread(target=listen, args=(process, made, began), daemon=True)
    reader.start()
    try:
        while process.poll() is None and time.monotonic() - began < PATIENCE and not made.answered:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    assert page.status == 200
                    made.answered = time.monotonic() - began
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        if not made.answered:
            raise SystemExit("\n".join([f"{label}: no page came.", *made.said]))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
        reader.join(5)
    return made


def listen(process: "subprocess.Popen[str]", made: Start, began: float) -> None:
    assert process.stdout
    for line in process.stdout:
        made.said.append(line.rstrip())
        say(f"{made.label}: {line.rstrip()}")
        if line.startswith("Set up in"):
            made.set_up = time.monotonic() - began


if __name__ == "__main__":
    main()
