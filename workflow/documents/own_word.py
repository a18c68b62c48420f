"""An organisation's own Word template: checked when it is handed in, filled with what a document is told.

Placeholders are those of docxtpl: `{{ employer.name }}`, `{% if … %}`, `{%tr for one in representatives %}` for a row of a table, `{%p for … %}`
for a paragraph. They read the fields of the record and a few formats; they cannot call anything, and the file may hold nothing that runs or
is fetched from elsewhere.
"""

import difflib
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from io import BytesIO
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints
from zipfile import BadZipFile, ZipFile
from zlib import error as NotDeflated

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from workflow.documents.docx_parts import MAIN, PACKAGE
from workflow.documents.issue import facts_of
from workflow.documents.numerals import amount, amount_in_capitals, article, chapter, date_in_figures, date_in_han, han_numeral
from workflow.documents.render import item, lines, listed
from workflow.words import N_, Sentence, pack, say, unpack

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

W = f"{{{MAIN}}}"
UNPACKED = 50 * 1024 * 1024
"""Bytes of all parts together."""
PARTS = 500
SECONDS, MEMORY = 30, 2 * 1024**3
"""What filling a template may take."""
UNFIT = 3
"""How the process that fills ends where the template is at fault."""
TOO_MUCH = say(N_("填写这个模板要的时间或者内存太多，请减少模板里的循环和重复。"))
NESTED = 3
"""Loops in one another."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MACROS = re.compile("macro|vba", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Word files begin, and new ones behind a password."""
FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
"""Fields that read what is not in the file."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
PREFIX = re.compile(r"^(\{[{%#]-?)(?:tr|tc|p|r)(?=\s)")
MERGING = re.compile(r"\{%\s*[vh]m\s*%\}")
QUOTES = str.maketrans("“”‘’", "\"\"''")
FILTERS: dict[str, Callable[..., Any]] = {
    "amount": amount,
    "article": article,
    "capitals": amount_in_capitals,
    "chapter": chapter,
    "day": date_in_figures,
    "han": han_numeral,
    "handay": date_in_han,
    "item": item,
    "lines": lines,
    "listed": listed,
}
PLAIN_FILTERS = ("count", "default", "first", "join", "last", "length", "list", "replace", "selectattr", "trim")
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.For,
    nodes.If,
    nodes.Assign,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.List,
    nodes.Tuple,
)
LOOP = frozenset({"index", "index0", "first", "last", "length"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template, and where; nowhere in particular, if `place` is none."""

    what: Sentence
    place: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        return say(N_("{place}：{what}"), place=self.place, what=self.what) if self.place else self.what


class Unfit(ValueError):
    """A template that cannot be filled."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(str(fault.sentence) for fault in self.faults))


@dataclass(frozen=True)
class Line:
    """A paragraph of a part and where it stands."""

    text: str
    place: Sentence


def check(data: bytes, record_type: type, required: Iterable[str] | None = None) -> list[Fault]:
    """Everything that keeps a template from being used for records of this type. `required` are the fields that it must print or ask
    for; by default all those without which no record is made."""
    found = unsafe(data)
    if found:
        return found
    used = set[str]()
    for part in parts_of(data):
        found += misspelt(part) or unknown(part, record_type, used)
    names = required_of(record_type) if required is None else required
    found += [Fault(say(N_("缺少必须有的占位符“{name}”。"), name=braced(name))) for name in names if name not in used]
    return list({str(fault.sentence): fault for fault in found}.values())


def fill(data: bytes, record: "Mapping[str, Any] | DataclassInstance") -> bytes:
    """The template with the record's words, which are never read as markup. Raises `Unfit`."""
    found = unsafe(data)
    if found:
        raise Unfit(found)
    facts = record if isinstance(record, Mapping) else facts_of(record)
    template = DocxTemplate(BytesIO(data))
    try:
        template.render({name: with_dates(value) for name, value in facts.items()}, environment(), autoescape=True)
    except (TemplateError, ValueError, TypeError) as error:
        raise Unfit([Fault(say(N_("模板无法填写：{error}"), error=str(error)))]) from error
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def fill_apart(data: bytes, facts: Mapping[str, Any]) -> bytes:
    """As `fill`, in a process of its own that may take so long and so much memory: a few loops in one another can ask for more than
    the server has."""
    sent = json.dumps(facts).encode() + b"\n" + data
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run([sys.executable, "-m", __name__], input=sent, capture_output=True, timeout=SECONDS, env=paths, check=False)
    except subprocess.TimeoutExpired:
        raise Unfit([Fault(TOO_MUCH)]) from None
    if done.returncode == UNFIT:
        raise Unfit([Fault(unpack(one)) for one in json.loads(done.stdout)])
    if done.returncode:
        raise Unfit([Fault(TOO_MUCH)])
    return done.stdout


def main() -> int:
    """What `fill_apart` starts: facts and template on standard input, the filled file, or what is wrong, on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    facts, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        sys.stdout.buffer.write(fill(data, json.loads(facts)))
    except Unfit as error:
        sys.stdout.buffer.write(json.dumps([pack(fault.sentence) for fault in error.faults]).encode())
        return UNFIT
    return 0


class Sandbox(ImmutableSandboxedEnvironment):
    """Reads fields and applies formats; calls nothing, and neither multiplies nor formats words."""

    intercepted_binops = frozenset(["*", "**", "%", "/", "//"])

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"“{operator}”")


@cache
def environment() -> Sandbox:
    made = Sandbox(undefined=StrictUndefined, autoescape=True, finalize=shown, optimized=False)
    made.filters = {name: made.filters[name] for name in PLAIN_FILTERS} | FILTERS
    made.globals.clear()
    return made


@pass_eval_context
def shown(_context: nodes.EvalContext, value: Any) -> Any:
    """As `printed`. With the context, Jinja2 works out nothing while it only compiles: what a template asks for may be endless."""
    return printed(value)


def printed(value: Any) -> Any:
    """A value as it stands in a sentence: a day in figures, several in a row, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return date_in_figures(value)
    if isinstance(value, list | tuple):
        return "、".join(str(printed(one)) for one in value)
    return value


def with_dates(value: Any) -> Any:
    """JSON with its dates as dates again."""
    if isinstance(value, Mapping):
        return {name: with_dates(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [with_dates(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


# The file


def unsafe(data: bytes) -> list[Fault]:
    """What makes a file one that is not opened at all, in any program."""
    if data.startswith(OLE):
        return [Fault(say(N_("这是旧版Word文档（.doc），或者设有密码。请另存为不带密码的.docx后再上传。")))]
    try:
        with ZipFile(BytesIO(data)) as archive:
            return [Fault(what) for what in dangers(archive)]
    except (BadZipFile, NotDeflated, EOFError, KeyError, OSError, RuntimeError, ValueError, etree.XMLSyntaxError):
        return [Fault(say(N_("这不是完好的Word文档（.docx）。请用Word或WPS打开，另存为.docx后再上传。")))]


def dangers(archive: ZipFile) -> list[Sentence]:
    entries = archive.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        return [say(N_("文件展开后超过{megabytes}MB或者部件过多，不能使用。"), megabytes=UNPACKED // 1024**2)]
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise BadZipFile("a part stored twice")
    xml = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels", ".vml"))}
    if any(b"<!DOCTYPE" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")) for content in xml.values()):
        raise BadZipFile("a document type")
    kinds = [str(one.get("ContentType")) for one in parsed(xml["[Content_Types].xml"])]
    if any(MACROS.search(one) for one in (*kinds, *names)):
        return [say(N_("文件带有宏，不能使用。请另存为不带宏的.docx。"))]
    if f"{WORD}document.main+xml" not in kinds:
        return [say(N_("这不是Word文档（.docx）。如果是Word模板（.dotx），请另存为.docx后再上传。"))]
    parsed(xml["word/document.xml"])
    found = [
        say(N_("文件中嵌有其他文件（{name}），请删除后再上传。"), name=name)
        for name in names
        if re.search("/(embeddings|activeX|afchunk)", name, re.IGNORECASE)
    ]
    for name, content in xml.items():
        found += links(content) if name.endswith(".rels") else fetching(content)
    return found


def links(relationships: bytes) -> Iterator[Sentence]:
    """Whatever is fetched from elsewhere. A hyperlink is only followed by who clicks on it."""
    for one in parsed(relationships).iter(f"{{{PACKAGE}/relationships}}Relationship"):
        target = str(one.get("Target", ""))
        is_link = str(one.get("Type", "")).endswith("/hyperlink") and target.startswith(("http://", "https://", "mailto:"))
        if one.get("TargetMode") == "External" and not is_link:
            yield say(N_("文件引用了外部内容（{target}），请删除，或者把内容放进文件。"), target=target)


def fetching(content: bytes) -> Iterator[Sentence]:
    if b"instr" not in content:
        return
    for one in parsed(content).iter(f"{W}p"):
        code = "".join(part.text or "" for part in one.iter(f"{W}instrText")) + " ".join(
            str(part.get(f"{W}instr", "")) for part in one.iter(f"{W}fldSimple")
        )
        if named := FETCHING.search(code):
            yield say(N_("文件中的域“{name}”会读取外部内容，请删除。"), name=named[0])


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


# Its words


def parts_of(data: bytes) -> Iterator[list[Line]]:
    """The paragraphs of each part that is filled."""
    with ZipFile(BytesIO(data)) as archive:
        kinds = parsed(archive.read("[Content_Types].xml"))
        for one in kinds:
            kind = str(one.get("ContentType", ""))
            name = str(one.get("PartName", "")).removeprefix("/")
            if kind == f"{WORD}document.main+xml":
                yield list(lines_of(parsed(archive.read(name))))
            for ending, where in (("header+xml", N_("页眉")), ("footer+xml", N_("页脚")), ("footnotes+xml", N_("脚注"))):
                if kind == f"{WORD}{ending}":
                    root = parsed(archive.read(name))
                    yield [Line(words_of(paragraph), say(where)) for paragraph in root.iter(f"{W}p")]
            if kind.endswith("core-properties+xml"):
                yield [Line(one.text or "", say(N_("文件属性"))) for one in parsed(archive.read(name))]


def lines_of(document: etree._Element) -> Iterator[Line]:
    """Of the main part. Rows are counted in their own table, tables in the order in which they begin."""
    number = table = 0
    rows = dict[etree._Element, Sentence]()
    for element in document.iter(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            table += 1
            rows |= {
                row: say(N_("第{table}个表格第{row}行"), table=table, row=place)
                for place, row in enumerate(element.iterchildren(f"{W}tr"), 1)
            }
        elif element.tag == f"{W}p":
            row = next(element.iterancestors(f"{W}tr"), None)
            number += row is None and next(element.iterancestors(f"{W}p"), None) is None
            yield Line(words_of(element), rows[row] if row in rows else say(N_("正文第{number}段"), number=number))


def words_of(paragraph: etree._Element) -> str:
    """Its own words, without those of text boxes in it."""
    own = (one for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if next(one.iterancestors(f"{W}p")) is paragraph)
    return "".join((one.text or "") if one.tag == f"{W}t" else " " for one in own).replace("\n", " ")


def template_of(part: Iterable[Line]) -> str:
    """What is read as a template: the placeholders alone, a line each paragraph."""
    return "\n".join("".join(plain(tag) for tag in TAG.findall(line.text)) for line in part)


def plain(tag: str) -> str:
    return PREFIX.sub(r"\1", MERGING.sub("", tag)).translate(QUOTES)


def misspelt(part: list[Line]) -> list[Fault]:
    """Faults of writing, each at its place; what is wrong between paragraphs shows once each of them is right."""
    found = [Fault(what, line.place) for line in part for what in unclosed(line.text)]
    for line in part:
        for tag in TAG.findall(line.text):
            if re.match(r"\{\{-?[pr]\s", tag):
                found.append(Fault(say(N_("“{tag}”这种写法不能使用，请写成“{plain}”。"), tag=tag, plain=plain(tag)), line.place))
            elif tag.startswith("{{") and (why := error_of(plain(tag))):
                found.append(Fault(reworded(why, tag), line.place))
    found = found or unended(part)
    error = None if found else error_of(template_of(part))
    return [Fault(reworded(error, part[error.lineno - 1].text.strip()), part[error.lineno - 1].place)] if error else found


def unended(part: list[Line]) -> list[Fault]:
    """Statements that lack their other half."""
    found, open_ones = list[Fault](), list[tuple[str, Line]]()
    for line in part:
        for tag in TAG.findall(line.text):
            named = re.match(r"\{%[-+]?\s*(for|if|endfor|endif)\b", plain(tag))
            if named is None:
                continue
            name = named[1].removeprefix("end")
            if not named[1].startswith("end"):
                open_ones.append((name, line))
            elif open_ones and open_ones[-1][0] == name:
                open_ones.pop()
            else:
                found.append(Fault(say(N_("“{one}”前面没有与它对应的“{other}”。"), one=named[1], other=name), line.place))
    return found + [Fault(say(N_("“{one}”没有对应的“{other}”。"), one=name, other=f"end{name}"), line.place) for name, line in open_ones]


def unclosed(text: str) -> Iterator[Sentence]:
    rest = TAG.sub("", text)
    for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
        if opening in rest:
            yield say(N_("“{one}”没有对应的“{other}”，两者要写在同一段里。"), one=opening, other=closing)
        elif closing in rest:
            yield say(N_("“{one}”没有对应的“{other}”，两者要写在同一段里。"), one=closing, other=opening)


def error_of(template: str) -> TemplateSyntaxError | None:
    try:
        environment().compile(template, raw=True)
    except TemplateSyntaxError as error:
        return error
    return None


def reworded(error: TemplateSyntaxError, text: str) -> Sentence:
    message = error.message or ""
    if named := re.match("No (?:filter|test) named '(.*?)'", message):
        return say(N_("没有名为“{name}”的格式。可用的有：{names}。"), name=named[1], names="、".join(sorted([*FILTERS, *PLAIN_FILTERS])))
    if named := re.match(r"Encountered unknown tag '(\w+)'", message):
        return say(N_("没有名为“{name}”的语句，或者它不能用在这里。"), name=named[1])
    return say(N_("“{text}”的写法不对。"), text=text)


def unknown(part: list[Line], record_type: type, used: set[str]) -> list[Fault]:
    """Names that the record lacks. Fields of the record that the part mentions are added to `used`."""
    found = list[Fault]()
    tree = environment().parse(template_of(part))
    Reader(part, record_type, used, found).read(tree, {})
    return found


class Reader:
    """Follows the types of the record through the placeholders of a part."""

    def __init__(self, part: list[Line], record_type: type, used: set[str], found: list[Fault]) -> None:
        self.part, self.used, self.found = part, used, found
        self.fields = get_type_hints(record_type)
        self.depth = 0

    def fault(self, node: nodes.Node, what: Sentence) -> None:
        self.found.append(Fault(what, self.part[node.lineno - 1].place))

    def read(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        """`scope` has the types of the names that the template itself gives; of an unknown type it has `Any`."""
        match node:
            case nodes.For() if self.depth == NESTED:
                self.fault(node, say(N_("for语句最多套{depth}层。"), depth=NESTED))
            case nodes.For():
                held = item_of(self.type_of(node.iter, scope))
                inner = {**scope, "loop": LOOP, **{name.name: held if node.target is name else Any for name in names_in(node.target)}}
                self.depth += 1
                for one in (*([node.test] if node.test else ()), *node.body):
                    self.read(one, inner)
                self.depth -= 1
                for one in node.else_:
                    self.read(one, scope)
            case nodes.Assign():
                held = self.type_of(node.node, scope)
                scope.update({name.name: held if node.target is name else Any for name in names_in(node.target)})
            case nodes.Output():
                for one in node.nodes:
                    self.shown(one, self.type_of(one, scope))
            case nodes.Name() | nodes.Getattr():
                self.type_of(node, scope)
            case _ if not isinstance(node, ALLOWED):
                self.fault(node, say(N_("占位符里不能调用函数、做乘除，也不能引用其他文件。")))
            case _:
                for one in node.iter_child_nodes():
                    self.read(one, scope)

    def type_of(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        match node:
            case nodes.Name(name=name):
                if name in scope:
                    return scope[name]
                if name in self.fields:
                    self.used.add(name)
                    return bare_type(self.fields[name])
                self.missing(node, name, self.fields)
                return Any
            case nodes.Getattr(node=owner, attr=attr):
                held = self.type_of(owner, scope)
                if held is LOOP:
                    inner: dict[str, Any] = dict.fromkeys(LOOP, int)
                elif isinstance(held, type) and is_dataclass(held):
                    inner = get_type_hints(held)
                else:
                    if held is not Any or attr.startswith("_"):
                        self.missing(node, attr, {})
                    return Any
                if attr in inner:
                    return bare_type(inner[attr])
                self.missing(node, attr, inner)
                return Any
            case nodes.Filter(name="selectattr" | "list", node=owner) if owner is not None:
                for argument in node.args:
                    self.read(argument, scope)
                return self.type_of(owner, scope)
            case nodes.Filter(name="first" | "last", node=owner) if owner is not None:
                return item_of(self.type_of(owner, scope))
            case _:
                self.read(node, scope)
                return Any

    def missing(self, node: nodes.Node, name: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(name, known, 1)
        if near:
            self.fault(node, say(N_("没有“{name}”这一项，是不是“{near}”？"), name=name, near=near[0]))
        else:
            self.fault(node, say(N_("没有“{name}”这一项。"), name=name))

    def shown(self, node: nodes.Node, held: Any) -> None:
        if isinstance(held, type) and is_dataclass(held):
            names = "、".join(one.name for one in fields(held))
            self.fault(node, say(N_("“{name}”要写明其中的哪一项：{names}。"), name=written(node), names=names))
        elif isinstance(item_of(held), type) and is_dataclass(item_of(held)):
            self.fault(node, say(N_("“{name}”有多项，要用for语句逐项写出。"), name=written(node)))


def written(node: nodes.Node) -> str:
    return f"{written(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else getattr(node, "name", "")


def names_in(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def bare_type(held: Any) -> Any:
    """Without `| None`."""
    if get_origin(held) in (Union, UnionType):
        rest = [one for one in get_args(held) if one is not NoneType]
        return rest[0] if len(rest) == 1 else Any
    return held


def item_of(held: Any) -> Any:
    """What a tuple or list holds."""
    return bare_type(get_args(held)[0]) if get_origin(held) in (tuple, list) and get_args(held) else Any


def required_of(record_type: type) -> list[str]:
    """Fields that every record has words for; whether something is so may be left unsaid."""
    hints = get_type_hints(record_type)
    return [
        one.name for one in fields(record_type) if one.default is MISSING and one.default_factory is MISSING and hints[one.name] is not bool
    ]


def braced(name: str) -> str:
    return f"{{{{ {name} }}}}"


if __name__ == "__main__":
    sys.exit(main())
