"""What holds of the whole house: arrows, clocks, words, styles, locks. Each of these is a promise that nothing else would break loudly."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "workflow": {"workflow"},
    "templates": {"templates"},
    "congress": {"workflow", "templates", "congress"},
    "negotiation": {"workflow", "templates", "congress", "negotiation"},
    "mediation": {"workflow", "templates", "congress", "mediation"},
    "web": {"workflow", "templates", "congress", "negotiation", "mediation", "web"},
}
CHINESE = re.compile(r"[\u3400-\u9fff]")


class Source(NamedTuple):
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        return self.path.relative_to(ROOT).parts[0]


def sources(*folders: str) -> list[Source]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Source(path, text := path.read_text(), ast.parse(text)) for path in found]


def texts(pattern: str, *folders: str) -> list[tuple[str, str]]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob(pattern))]
    return [(path.relative_to(ROOT).as_posix(), path.read_text()) for path in found]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.lineno, node.module


PACKAGES = sources(*MAY_IMPORT)
BELOW_WEB = [source for source in PACKAGES if source.package != "web"]


# Arrows


def test_layers_import_only_downward() -> None:
    house = MAY_IMPORT.keys() | {"tests", "benchmarks"}
    upward = [
        f"{source.name}:{line} imports {module}"
        for source in PACKAGES
        for line, module in imports(source.tree)
        if module.split(".")[0] in house - MAY_IMPORT[source.package]
    ]
    assert not upward, "\n".join(upward)


def test_one_file_knows_the_state_machine_library() -> None:
    knowing = {source.name for source in PACKAGES for _, module in imports(source.tree) if module.split(".")[0] == "transitions"}
    assert knowing == {"workflow/procedure.py"}


def test_nobody_below_the_web_reads_a_clock() -> None:
    clocks = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
    readers = [
        f"{source.name}:{node.lineno}"
        for source in BELOW_WEB
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and (getattr(node.value, "attr", "") or getattr(node.value, "id", ""), node.attr) in clocks
    ]
    assert not readers, "\n".join(readers)


def test_nobody_below_the_web_translates() -> None:
    translators = [
        f"{source.name}:{line}"
        for source in BELOW_WEB
        for line, module in imports(source.tree)
        if module.split(".")[0] in {"gettext", "babel"}
    ]
    assert not translators, "\n".join(translators)


def test_every_package_imported_is_declared() -> None:
    installed = packages_distributions()
    declared = {canonicalize_name(requirement.name) for requirement in declarations("project")}
    undeclared = {
        f"{source.name}:{line} {module}"
        for source in PACKAGES
        for line, module in imports(source.tree)
        if (top := module.split(".")[0]) not in {*sys.stdlib_module_names, *MAY_IMPORT, "_typeshed"}
        and not declared & {canonicalize_name(name) for name in installed.get(top, [])}
    }
    assert not undeclared, "\n".join(sorted(undeclared))


def test_table_models_keep_their_annotations() -> None:
    """SQLModel cannot map relationships whose annotations are strings."""
    broken = [source.name for source in PACKAGES if "from __future__ import annotations" in source.text and "table=True" in source.text]
    assert not broken, "\n".join(broken)


# Names and manners


def test_nothing_is_named_for_being_handy() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers"}
    found = [
        source.name for source in sources(*MAY_IMPORT, "tests", "benchmarks") if vague & set(source.name.removesuffix(".py").split("/"))
    ]
    assert not found, "\n".join(found)


def test_identifiers_are_english() -> None:
    """Pinyin of the words that the statutes use most; a word in Chinese belongs into a string."""
    pinyin = re.compile(
        r"(?:^|_)(yaoyue|yingyue|xieshang|tanpan|hetong|jiti|gongzi|zhidaihui|zhigong|daibiao|gonghui|qiye|tiaojie|zhongcai|laodong|zhengyi|"
        r"caoan|biaojue|qianding|baosong|shencha|shengxiao|gongbu|lvyue|luyue|xuding|biangeng|jiechu|huiyi|jilu|tiaokuan|danwei|renyuan|shenfen|"
        r"qixian|riqi|shixiang|wenshu|piaoshu|zancheng|fandui|qiquan|toupiao|jipiao|shouxi|jianpiao)(?=_|$)"
    )
    found = [
        f"{source.name} {name}"
        for source in sources(*MAY_IMPORT, "tests")
        for node in ast.walk(source.tree)
        for name in [getattr(node, field, None) for field in ("id", "name", "arg", "attr")]
        if isinstance(name, str) and pinyin.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    ]
    assert not found, "\n".join(found)


def test_nothing_is_put_off() -> None:
    put_off = re.compile(r"\b(TODO|FIXME|XXX)\b")
    folders = (*MAY_IMPORT, "tests", "benchmarks", "docs")
    found = [
        f"{name}:{number}"
        for pattern in ("*.py", "*.html", "*.css", "*.js", "*.toml", "*.md", "*.typ")
        for name, text in texts(pattern, *folders)
        for number, line in enumerate(text.splitlines(), 1)
        if put_off.search(line) and name != "tests/test_house.py"
    ]
    assert not found, "\n".join(found)


def test_no_test_is_skipped() -> None:
    ways = {"skip", "skipif", "skipIf", "skipUnless", "skipTest", "xfail", "importorskip"}
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in ways
    ]
    assert not found, "\n".join(found)


def test_a_skipped_test_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_left_out.py").write_text("import pytest\n\n@pytest.mark.skip\ndef test_left_out(): pass\n\ndef test_kept(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.no_skips", "--rootdir", str(tmp_path), str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 passed, 1 skipped" in run.stdout and "::test_left_out" in run.stdout


def test_every_silenced_warning_is_named() -> None:
    bare = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)")
    found = [
        f"{source.name}:{number}"
        for source in sources(*MAY_IMPORT, "tests", "benchmarks")
        for number, line in enumerate(source.text.splitlines(), 1)
        if bare.search(line) and source.name != "tests/test_house.py"
    ]
    assert not found, "\n".join(found)


def test_conftest_stays_small() -> None:
    assert len((ROOT / "tests" / "conftest.py").read_text().splitlines()) <= 85


# Pages


def test_templates_pass_the_content_security_policy() -> None:
    forbidden = {
        "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*="),
        "inline style": re.compile(r"<style\b"),
        "inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
        "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*="),
        "htmx script": re.compile(r"hx-on\b|hx-(?:vals|headers)=['\"]js:"),
        "foreign source": re.compile(r"(?:\bsrc=|<link[^>]*\bhref=)[\"']?(?:https?:)?//"),
    }
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} {what}"
        for name, text in texts("*.html", "templates")
        for what, pattern in forbidden.items()
        for match in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_templates_compare_no_dates_and_know_no_roles() -> None:
    knowing = re.compile(r"\{%-?\s*(?:el)?if\b[^%]*\b(?:today|seats?\s+in|has_role|is_admin|\.due\s*[<>]|[<>]=?\s*on\b)")
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in texts("*.html", "templates/pages", "templates/partials")
        for match in knowing.finditer(text)
    ]
    assert not found, "\n".join(found)


def stylesheets() -> list[tuple[str, str]]:
    return [(name, re.sub(r"/\*.*?\*/", "", text, flags=re.S)) for name, text in texts("*.css", "web", "templates")]


def test_stylesheets_stay_above_the_browser_floor() -> None:
    """Chrome 86 and Safari 14.1: what old telephones in a meeting hall still run."""
    beyond = re.compile(
        r"light-dark\(|oklch\(|oklab\(|color-mix\(|:has\(|@container\b|@layer\b|@import\b|@scope\b|url\(\s*['\"]?(?:https?:)?//"
    )
    found = [f"{name} {match[0]}" for name, text in stylesheets() for match in beyond.finditer(text)]
    assert not found, "\n".join(found)


def test_stylesheets_do_not_nest() -> None:
    nested = []
    for name, text in stylesheets():
        blocks: list[str] = []
        for piece in re.finditer(r"([^{};]*)([{};])", text):
            if piece[2] == "{":
                if blocks and not blocks[-1].startswith("@"):
                    nested.append(f"{name}: {piece[1].strip()} inside {blocks[-1]}")
                blocks.append(piece[1].strip())
            elif piece[2] == "}":
                blocks.pop()
    assert not nested, "\n".join(nested)


# Words


KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "say": None}


def sentences() -> dict[tuple[str | None, str], tuple[str, str | tuple[str, ...]]]:
    """(context, msgid) → where it stands, and the msgid with its plural."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: mapping for mapping in mappings}
    found: dict[tuple[str | None, str], tuple[str, str | tuple[str, ...]]] = {}
    for folder in MAY_IMPORT:
        for name, line, message, _, context in extract_from_dir(ROOT / folder, methods, options, KEYWORDS):
            found[context, message if isinstance(message, str) else message[0]] = (f"{folder}/{name}:{line}", message)
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", text)) | {f"%({name})" for name in re.findall(r"%\((\w+)\)", text)}


def test_every_sentence_is_marked() -> None:
    """What has the punctuation of a Chinese sentence is read by a person, and goes through gettext.

    Documentation and quoted law apart, what the people of the demonstration have written into their cases, and the words of the papers,
    which are Chinese for every reader.
    """
    unmarked = []
    for source in PACKAGES:
        papers = source.name.startswith(("negotiation/documents/", "congress/documents/", "mediation/documents/"))
        if papers or source.package == "templates" or source.name.startswith("web/demo/"):
            continue
        known: set[ast.AST] = set()
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                known.add(node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS:
                known.update(below for argument in node.args for below in ast.walk(argument))
        unmarked += [
            f"{source.name}:{node.lineno} {node.value}"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search(r"[\u3400-\u9fff].*[，。；？！]", node.value)
            and node not in known
        ]
    assert not unmarked, "\n".join(unmarked)


def test_every_sentence_is_translated() -> None:
    with (ROOT / "web" / "locale" / "en" / "LC_MESSAGES" / "heyi.po").open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    faults = []
    for (context, msgid), (where, message) in sorted(sentences().items(), key=lambda found: found[1][0]):
        if not CHINESE.search(msgid) and re.fullmatch(r"\W*", msgid):
            continue
        entry = catalogue.get(msgid, context)
        readings = [] if entry is None else [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
        if entry is None:
            faults.append(f"{where} “{msgid}” is missing")
        elif entry.fuzzy:
            faults.append(f"{where} “{msgid}” is fuzzy")
        elif not readings or not all(readings):
            faults.append(f"{where} “{msgid}” is not translated")
        elif CHINESE.search(msgid) and msgid in readings:
            faults.append(f"{where} “{msgid}” is repeated instead of translated")
        elif any(placeholders(reading) - placeholders("".join(message)) for reading in readings):
            faults.append(f"{where} “{msgid}” has a placeholder that is not given")
        elif placeholders(msgid) - placeholders(readings[-1]):
            faults.append(f"{where} “{msgid}” loses a placeholder")
    assert not faults, "\n".join(faults)


# Locks


class Pin(NamedTuple):
    version: str
    applies: bool
    hashes: frozenset[str]


def pins(lock: str) -> dict[str, Pin]:
    found: dict[str, Pin] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        head, *hashes = (line.strip() for line in entry.replace("\\\n", "\n").splitlines())
        requirement = Requirement(head)
        (pinned,) = requirement.specifier
        assert pinned.operator == "==", head
        found[str(canonicalize_name(requirement.name))] = Pin(
            pinned.version, requirement.marker is None or requirement.marker.evaluate(), frozenset(hashes)
        )
    return found


def declarations(*groups: str) -> list[Requirement]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = {"project": declared["project"]["dependencies"]} | declared["dependency-groups"]
    return [Requirement(line) for group in groups for line in lists[group]]


def needed(requirements: list[Requirement]) -> set[str]:
    """All that these stand on, on this platform, as the installed packages themselves say."""
    found: set[str] = set()
    waiting = [
        (requirement, frozenset(requirement.extras))
        for requirement in requirements
        if not requirement.marker or requirement.marker.evaluate()
    ]
    seen = set()
    while waiting:
        requirement, extras = waiting.pop()
        name = str(canonicalize_name(requirement.name))
        found.add(name)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for line in distribution(name).requires or []:
            below = Requirement(line)
            if below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in extras | {""}):
                waiting.append((below, frozenset(below.extras)))
    return found


LOCKS = {
    "requirements.lock": ("project", "build"),
    "requirements-test.lock": ("project", "build", "test"),
    "requirements-frontend.lock": ("frontend",),
}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_in_step_with_what_is_declared(lock: str) -> None:
    locked = pins(lock)
    for requirement in declarations(*LOCKS[lock]):
        name = canonicalize_name(requirement.name)
        assert name in locked and requirement.specifier.contains(locked[name].version), f"{requirement}: run .ci/lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_holds_all_that_is_needed_and_nothing_else(lock: str) -> None:
    assert needed(declarations(*LOCKS[lock])) == {name for name, pin in pins(lock).items() if pin.applies}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    assert [name for name, pin in pins(lock).items() if not any("--hash=sha256:" in line for line in pin.hashes)] == []


def test_the_tests_run_on_what_is_served() -> None:
    tested = pins("requirements-test.lock")
    assert {name: tested.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_what_is_installed_is_what_is_locked() -> None:
    assert {name: distribution(name).version for name, pin in pins("requirements-test.lock").items() if pin.applies} == {
        name: pin.version for name, pin in pins("requirements-test.lock").items() if pin.applies
    }


def test_the_browser_packages_are_locked() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == wanted
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in package for path, package in locked.items() if path)


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json", ".npmrc", "pyproject.toml"])
def test_no_lock_names_where_its_packages_come_from(lock: str) -> None:
    assert re.findall(r"https?:|//[\w.-]+\.\w|index-url|registry=|find-links", (ROOT / lock).read_text()) == []
