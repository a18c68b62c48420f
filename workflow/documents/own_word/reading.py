"""What placeholders ask for, followed through the types of the record."""

import difflib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes

from workflow.documents.own_word.file import Fault, Line
from workflow.documents.own_word.writing import environment, template_of
from workflow.words import N_, Sentence, say

NESTED = 3
"""Loops in one another."""
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
