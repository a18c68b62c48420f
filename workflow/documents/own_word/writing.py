"""How placeholders are written: the language that they are in, and what is misspelt."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workflow.documents.numerals import amount, amount_in_capitals, article, chapter, date_in_figures, date_in_han, han_numeral
from workflow.documents.own_word.file import Fault, Line
from workflow.documents.render import item, lines, listed
from workflow.words import N_, Sentence, say

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
