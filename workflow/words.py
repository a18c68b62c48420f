"""Sentences that a person reads, written where they arise and translated only in `web/`.

Below `web/` a sentence is a Chinese literal inside `N_()`, with `{named}` placeholders; it travels with its values as a
`Sentence` and meets gettext when a page, a message or a reply is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


def N_(msgid: str) -> str:
    """Mark `msgid` for extraction and give it back unchanged."""
    return msgid


@dataclass(frozen=True)
class Sentence:
    """A msgid and the values of its placeholders. `str()` is the Chinese reading."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def read(self, translate: Callable[[str], str]) -> str:
        values = {name: _read(value, translate) for name, value in self.values.items()}
        return translate(self.msgid).format_map(values) if values else translate(self.msgid)

    def __str__(self) -> str:
        return self.read(lambda msgid: msgid)


class Word(str):
    """A value of a sentence that is itself a msgid: a seat, a state, an act's label."""


class Words(tuple[str, ...]):
    """Several msgids, read as a list: 甲、乙、丙."""


def _read(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Sentence):
        return value.read(translate)
    if isinstance(value, Word):
        return translate(value)
    if isinstance(value, Words):
        return translate(N_("、")).join(map(translate, value))
    return value.isoformat() if isinstance(value, date) else value


def say(msgid: str, **values: object) -> Sentence:
    return Sentence(msgid, values)
