"""Sentences that a person reads, written where they arise and translated only in `web/`.

Below `web/` a sentence is a Chinese literal inside `N_()`, with `{named}` placeholders; it travels with its values as a
`Sentence` and meets gettext when a page, a message or a reply is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


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


class Words(tuple[str | Sentence, ...]):
    """Several msgids or sentences, read as a list: 甲、乙、丙."""


def _read(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Sentence):
        return value.read(translate)
    if isinstance(value, Word):
        return translate(value)
    if isinstance(value, Words):
        return translate(N_("、")).join(w.read(translate) if isinstance(w, Sentence) else translate(w) for w in value)
    return value.isoformat() if isinstance(value, date) else value


def say(msgid: str, **values: object) -> Sentence:
    return Sentence(msgid, values)


def pack(sentence: Sentence) -> list[Any]:
    """A sentence as JSON: msgid and values, which may be words and sentences themselves."""
    return [sentence.msgid, {name: _pack(value) for name, value in sentence.values.items()}]


def unpack(packed: Sequence[Any]) -> Sentence:
    msgid, values = packed
    return Sentence(msgid, {name: _unpack(value) for name, value in values.items()})


def _pack(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": pack(value)}
    if isinstance(value, Word):
        return {"word": str(value)}
    if isinstance(value, Words):
        return {"words": [{"sentence": pack(w)} if isinstance(w, Sentence) else w for w in value]}
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, int | float) else str(value)


def _unpack(value: object) -> object:
    if isinstance(value, dict):
        ((shape, inner),) = value.items()
        return (
            unpack(inner)
            if shape == "sentence"
            else Word(inner)
            if shape == "word"
            else Words(unpack(w["sentence"]) if isinstance(w, dict) else w for w in inner)
        )
    return value
