"""A procedure drawn from its table: as Mermaid text, and as our own SVG for pages and paper.

The main line runs down the left, as one reads a list and as a telephone shows it; what leads on is written beside its arrow
with the first article it stands on. Beside each state stands what else leads away from it; lines gather in a track for each
state they lead to, dashed where they lead back. States aside of the line are cards at the right, endings close the line.
Colours come from classes alone: a page with a strict content security policy can show it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from workflow.law import regions
from workflow.law.rules import FAMILIES, Rule, rules
from workflow.procedure import Procedure
from workflow.words import N_, Word, Words, say

Translate = Callable[[str], str]
Cite = Callable[[str], str]


def as_written(msgid: str) -> str:
    return msgid


@cache
def article_of(rule_id: str) -> str:
    """The first article of a rule as the nation has it; of a local rule, the first place's. “” where there is none."""
    rows = [rule for rule in rules() if rule.id == rule_id] or [rule for rule in rules() if rule.family == FAMILIES.get(rule_id, rule_id)]
    national = [rule for rule in rows if rule.jurisdiction == regions.NATION]
    return _article((national or rows)[0]) if rows else ""


def _article(rule: Rule) -> str:
    return str(rule.citations[0]) if rule.citations else ""


@dataclass(frozen=True)
class Move:
    """One act from one state to another."""

    act: str
    label: str
    source: str
    to: str
    rule: str
    back: bool
    """To where the case came from."""


def moves(procedure: Procedure[Any]) -> list[Move]:
    """Every change of state that the table knows, once."""
    found: dict[tuple[str, str, str], Move] = {}
    for row in procedure.rows:
        for source in row.source:
            if row.to is not None and row.to != source:
                found.setdefault((row.name, source, row.to), Move(row.name, row.label, source, row.to, row.under[0], row.back))
    return list(found.values())


def staying(procedure: Procedure[Any]) -> dict[str, list[str]]:
    """State → acts that may be done in it and leave it alone."""
    rows = [row for row in procedure.rows if row.to is None]
    return {state: list(dict.fromkeys(row.name for row in rows if state in row.source)) for state in procedure.states}


def main_line(procedure: Procedure[Any]) -> list[str]:
    """From the first state by the acts that carry a case on, to an end."""
    order = list(procedure.states)
    line = [procedure.initial]
    while line[-1] not in procedure.final:
        rows = [row for row in procedure.rows if row.main and line[-1] in row.source and row.to]
        later = [order.index(row.to) for row in rows if row.to and row.to not in line and order.index(row.to) > order.index(line[-1])]
        unended = [place for place in later if order[place] not in procedure.final or len(later) == 1]
        if not unended:
            ends = [row.to for row in procedure.rows if line[-1] in row.source and row.to in procedure.final and row.to]
            line += ends[:1]
            break
        line.append(order[min(unended)])
    return line


# ---- Mermaid


def mermaid(procedure: Procedure[Any], translate: Translate = as_written, cite: Cite = article_of) -> str:
    """A state diagram. Acts that stay in a state are a note beside it."""
    lines = ["stateDiagram-v2", f"    %% {translate(procedure.label)}"]
    lines += [f"    {state} : {translate(label)}" for state, label in procedure.states.items()]
    lines.append(f"    [*] --> {procedure.initial}")
    for move in moves(procedure):
        article = cite(move.rule)
        lines.append(f"    {move.source} --> {move.to} : {translate(move.label)}{f'（{article}）' if article else ''}")
    lines += [f"    {state} --> [*]" for state in procedure.states if state in procedure.final]
    for state, acts in staying(procedure).items():
        if acts:
            lines += [f"    note left of {state}", *(f"        {translate(procedure.acts[act].label)}" for act in acts), "    end note"]
    return "\n".join(lines) + "\n"


# ---- SVG

LEFT, BOX, CARD = 4, 176, 384
"""Where the line begins; how wide a state is at least, and a card."""
BESIDE = 14
"""Between a state and the words beside it."""
TRACKS, STEP = 484, 16
"""Where the tracks begin at the earliest, and from one to the next."""
WHENCE = 132
"""Beside the name of an act that ends a case, at least: from which stages."""
EM = 16
"""The picture grows with the reader's letters: its size is told in theirs."""
LEADING, PAD = 19, 12
GAP = 22
"""Above and below the words beside an arrow."""


@dataclass
class _Group:
    """Acts from one state to another: so many lines of words above one connecting line."""

    source: str
    to: str
    acts: list[Move]
    lines: list[tuple[str, str]]
    y: float = 0


@dataclass
class _Place:
    """A state on the sheet."""

    state: str
    x: float
    y: float = 0
    width: float = BOX
    height: float = 46
    groups: list[_Group] = field(default_factory=list)
    returns: list[tuple[str, str]] = field(default_factory=list)
    entry: float | None = None
    """Where lines come in from the right (of the line) or the left (of a card)."""


def svg(
    procedure: Procedure[Any],
    here: str | None = None,
    translate: Translate = as_written,
    *,
    been: Collection[str] = (),
    cite: Cite = article_of,
    standalone: bool = False,
) -> str:
    """The whole picture, with the state `here` marked and those that the case has `been` in. `standalone` carries its colours."""
    return _Sheet(procedure, here, translate, frozenset(been), cite).draw(standalone)


class _Sheet:
    def __init__(self, procedure: Procedure[Any], here: str | None, translate: Translate, been: frozenset[str], cite: Cite) -> None:
        self.procedure, self.here, self.say, self.been, self.cite = procedure, here, translate, been, cite
        self.line = main_line(procedure)
        self.ends = [s for s in procedure.states if s in procedure.final and s not in self.line]
        self.aside = [s for s in procedure.states if s not in self.line and s not in self.ends]
        every = moves(procedure)
        follows = dict(zip(self.line, self.line[1:], strict=False))
        places = {m.act: len([o for o in every if o.act == m.act]) for m in every}
        self.onward = [m for m in every if follows.get(m.source) == m.to and (m.to not in procedure.final or places[m.act] == 1)]
        closing = {*self.ends, *(s for s in self.line if s in procedure.final)}
        self.closing = {s: [m for m in every if m.to == s and m not in self.onward] for s in closing}
        self.returning = [m for m in every if m.back and m.to not in closing and m.source in self.aside]
        drawn = [*self.onward, *self.returning, *(m for moved in self.closing.values() for m in moved)]
        self.branching = [m for m in every if m not in drawn]
        self.places: dict[str, _Place] = {}
        self.parts: list[str] = []
        self._fit()
        self.width: float = self.text
        self.y: float = LEFT

    def _fit(self) -> None:
        """As wide as the words are, in whatever language."""
        told = measure(self.say(HERE), 14, bold=True) + 20
        on_line = (*self.line, *self.ends)
        widths = {state: max(measure(line, 15, bold=True) for line in self._label(state)) for state in on_line}
        self.box = max(BOX, *(width + 32 + (told if state == self.here else 0) for state, width in widths.items()))
        self.text = LEFT + self.box + BESIDE
        beside = [self._length(*self._words_of(m)) for m in self.branching if m.source in self.line]
        onward = [self._length(*self._words_of(m), bold=True) + 44 - self.box for m in self.onward]
        self.tracks = max(TRACKS, *(self.text + length + 12 for length in [*beside, *onward, 0]))
        in_cards = [self._length(*self._told_in_card(m)) for m in [*self.branching, *self.returning] if m.source in self.aside]
        titles = [measure(self.say(self.procedure.states[state]), 15, bold=True) for state in self.aside]
        self.card = max(CARD, *(length + 32 for length in [*in_cards, *titles, 0]))
        ending = [measure(self.say(m.label), 14) for moved in self.closing.values() for m in moved]
        self.whence = max(WHENCE, *(length + 24 for length in [*ending, 0]))

    def draw(self, standalone: bool) -> str:
        into = {m.to for m in self.branching}
        for state in self.line:
            self._place_on_line(state, into)
        cards = self._place_aside()
        height = max([self.y, *(c.y + c.height for c in cards)])
        self.y = height + GAP
        for end in self.ends:
            self._place_end(end)
        tracks = self._tracks()
        for place in self.places.values():
            self._draw_state(place)
        self.width = max([self.width, *(c.x + c.width for c in cards), self.tracks + STEP * len(tracks)]) + LEFT
        return self._wrapped(standalone)

    # ---- where things stand

    def _place_on_line(self, state: str, into: set[str]) -> None:
        place = _Place(state, LEFT, self.y, self.box)
        depth = PAD
        if state in into:
            place.entry = self.y + depth + 4
            depth += 10
        place.groups = self._groups(state)
        for group in place.groups:
            depth += LEADING * len(group.lines) + 5
            group.y = self.y + depth - 3
        place.height = max(place.height, depth + (PAD - 6 if place.groups else 0), 18 * len(self._label(state)) + 2 * PAD)
        self.places[state] = place
        self.y += place.height
        self.y += self._draw_endings(state, self.y + 6)
        onward = [m for m in self.onward if m.source == state]
        if onward:
            self._draw_onward(place, onward)

    def _draw_endings(self, state: str, y: float) -> float:
        """What ends a case here, from where, under which article; gives the height it took."""
        top, room = y, self.tracks + self.card - self.text - self.whence
        for move in {m.act: m for m in self.closing.get(state, [])}.values():
            moved = [m for m in self.closing[state] if m.act == move.act]
            whence = self._whence([m.source for m in moved])
            article = self.cite(move.rule)
            lines = wrapped(f"{whence}　{article}" if article else whence, 12, room)
            self.parts.append(f'<text class="aside" x="{LEFT + 16:g}" y="{y + LEADING - 5:g}">{escape(self.say(move.label))}</text>')
            for line in lines:
                y += LEADING
                self.parts.append(f'<text class="cited" x="{LEFT + 16 + self.whence:g}" y="{y - 5:g}">{escape(line)}</text>')
                self.width = max(self.width, LEFT + 16 + self.whence + measure(line, 12))
            self.parts.append(self._marks(moved))
        return y - top + 6 if y > top else 0

    def _whence(self, states: Sequence[str]) -> str:
        """The stages, or that it may be any."""
        unended = {s for s in self.procedure.states if s not in self.procedure.final}
        if unended <= set(states):
            return self.say(N_("从任何一个阶段"))
        return say(N_("从{states}"), states=Words(self.procedure.states[s] for s in states)).read(self.say)

    def _draw_onward(self, place: _Place, onward: Sequence[Move]) -> None:
        lines = [self._words_of(m) for m in onward]
        length = LEADING * len(lines) + GAP
        x, top, bottom = LEFT + 30, place.y + place.height, self.y + length
        self.parts.append(f'<path class="way" d="M{x} {top:g}V{bottom - 1:g}" marker-end="url(#{self._id("on")})"/>')
        self._words(lines, x + 14, top + GAP / 2 - 2, "on", onward)
        self.y = bottom

    def _place_aside(self) -> list[_Place]:
        """Cards stand level with the first line that leads to them, or below the card before."""
        free = LEFT * 1.0
        cards = []
        waiting = list(self.aside)
        left = self.tracks + STEP * (len({m.to for m in self.branching}) + 1)
        while waiting:
            entries = {s: [g.y for p in self.places.values() for g in p.groups if g.to == s] for s in waiting}
            known = [s for s in waiting if entries[s]] or waiting
            state = min(known, key=lambda s: min(entries[s], default=free))
            waiting.remove(state)
            card = _Place(state, left, width=self.card)
            level = min(entries[state], default=free + 20)
            card.y = max(level - 20, free)
            card.entry = level if card.y + 6 <= level else card.y + 20
            card.groups = self._groups(state)
            returning = [m for m in self.returning if m.source == state]
            depth = 40.0
            for group in card.groups:
                depth += LEADING * len(group.lines) + 5
                group.y = card.y + depth - 3
            card.returns = [self._words_of(m) for m in {m.act: m for m in returning}.values()]
            if returning:
                depth += LEADING * (len(card.returns) + 1) + 8
            card.height = depth + PAD
            free = card.y + card.height + 18
            self.places[state] = card
            cards.append(card)
        return cards

    def _place_end(self, state: str) -> None:
        place = self.places[state] = _Place(state, LEFT, self.y, self.box)
        place.height = max(place.height, 18 * len(self._label(state)) + 2 * PAD)
        self.y += place.height
        self.y += self._draw_endings(state, self.y + 6) + 14

    def _groups(self, state: str) -> list[_Group]:
        found: dict[str, list[Move]] = {}
        for move in self.branching:
            if move.source == state:
                found.setdefault(move.to, []).append(move)
        return [_Group(state, to, acts, [self._words_of(m) for m in acts]) for to, acts in found.items()]

    # ---- lines

    def _tracks(self) -> dict[str, float]:
        """One track for each state that is led to from aside: from its farthest sources to its entry."""
        spans: dict[str, tuple[float, float]] = {}
        for place in self.places.values():
            for group in place.groups:
                entry = self.places[group.to].entry
                assert entry is not None
                low, high = spans.get(group.to, (entry, entry))
                spans[group.to] = (min(low, group.y), max(high, group.y))
        tracks: dict[str, float] = {}
        taken: list[list[tuple[float, float]]] = []
        for state in sorted(spans, key=lambda s: spans[s][1] - spans[s][0]):
            low, high = spans[state]
            level = next((n for n, used in enumerate(taken) if all(high + 6 < a or low - 6 > b for a, b in used)), len(taken))
            if level == len(taken):
                taken.append([])
            taken[level].append((low, high))
            tracks[state] = self.tracks + STEP * level
        for state, x in tracks.items():
            self._draw_track(state, x)
        return tracks

    def _draw_track(self, state: str, x: float) -> None:
        """A trunk with its arrow, and a stub with a dot for each line that comes in."""
        target = self.places[state]
        entry = target.entry or 0
        joining = [(place, group) for place in self.places.values() for group in place.groups if group.to == state]
        backward = all(self._leads_back(place, state) for place, _ in joining)
        kind, marker = ("backward", "back") if backward else ("branch", "side")
        levels = [group.y for _, group in joining]
        tip = target.x - 1 if target.x > LEFT else target.x + target.width + 1
        if len(joining) == 1 and abs(levels[0] - entry) <= 1:
            x = joining[0][0].x + joining[0][0].width
        for bound in (min(*levels, entry), max(*levels, entry)):
            if abs(bound - entry) > 1:
                self.parts.append(f'<path class="way {kind}" d="M{x:g} {entry:g}V{bound:g}"/>')
        self.parts.append(f'<path class="way {kind}" d="M{x:g} {entry:g}H{tip:g}" marker-end="url(#{self._id(marker)})"/>')
        for place, group in joining:
            is_card = place.x > LEFT
            start = place.x if is_card else place.x + place.width
            self.parts.append(f'<path class="way {kind}" d="M{start:g} {group.y:g}H{x:g}"/>{self._marks(group.acts)}')
            if min(*levels, entry) < group.y < max(*levels, entry):
                self.parts.append(f'<circle class="joint" cx="{x:g}" cy="{group.y:g}" r="3"/>')
            if not is_card:
                self._words(group.lines, self.text, group.y - LEADING * len(group.lines) - 3, "aside")

    def _leads_back(self, place: _Place, state: str) -> bool:
        """To where the case was before, on the line."""
        if state not in self.line:
            return False
        since = [self.line.index(m.source) for m in self.branching if m.to == place.state and m.source in self.line]
        stands = self.line.index(place.state) if place.state in self.line else max(since, default=0)
        return self.line.index(state) <= stands

    # ---- words

    def _words_of(self, move: Move) -> tuple[str, str]:
        return self.say(move.label), self.cite(move.rule)

    def _label(self, state: str) -> list[str]:
        """Of a state on the line: two lines where one would be too wide."""
        return [line.strip() for line in wrapped(self.say(self.procedure.states[state]), 15, BOX - 32, bold=True)]

    def _told_in_card(self, move: Move) -> tuple[str, str]:
        """Where no line leads along, the words say where to."""
        label, article = self._words_of(move)
        if move.back:
            return label, article
        whither = say(N_("到“{state}”"), state=_w(self, move.to)).read(self.say)
        return f"{label}　{whither}", article

    def _length(self, label: str, article: str, *, bold: bool = False) -> float:
        return measure(label, 14, bold=bold) + (measure(article, 12) + 10 if article else 0)

    def _words(self, lines: Sequence[tuple[str, str]], x: float, y: float, kind: str, acts: Sequence[Move] = ()) -> None:
        """Label and article of each act, one line each."""
        for label, article in lines:
            y += LEADING
            cited = f'<tspan class="cited" dx="10">{escape(article)}</tspan>' if article else ""
            self.parts.append(f'<text class="{kind}" x="{x:g}" y="{y - 5:g}">{escape(label)}{cited}</text>')
            self.width = max(self.width, x + self._length(label, article))
        self.parts.append(self._marks(acts))

    def _draw_state(self, place: _Place) -> None:
        state = place.state
        here = state == self.here
        kinds = ["state", "end" if state in self.procedure.final else "", "here" if here else "been" if state in self.been else ""]
        current = ' aria-current="step"' if here else ""
        card = place.x > LEFT
        middle = place.y + (22 if card else place.height / 2)
        lines = [self.say(self.procedure.states[state])] if card else self._label(state)
        first = middle + 5 - 9 * (len(lines) - 1)
        text = "".join(f'<text x="{place.x + 16:g}" y="{first + 18 * n:g}">{escape(line)}</text>' for n, line in enumerate(lines))
        if here:
            told = self.say(HERE)
            text += f'<text class="mark-here" x="{place.x + place.width - 10:g}" y="{middle + 5:g}" text-anchor="end">{escape(told)}</text>'
        box = f'<rect x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" height="{place.height:g}" rx="4"/>'
        self.parts.append(f'<g class="{" ".join(filter(None, kinds))}" data-state="{state}"{current}>{box}{text}</g>')
        if card:
            self._draw_card(place)

    def _draw_card(self, place: _Place) -> None:
        for group in place.groups:
            lines = [self._told_in_card(move) for move in group.acts]
            self._words(lines, place.x + 16, group.y - LEADING * len(group.lines) - 3, "aside")
        if place.returns:
            returning = [m for m in self.returning if m.source == place.state]
            top = place.y + place.height - PAD - LEADING * (len(place.returns) + 1) - 4
            title = self.say(N_("下列各项退回申请以前的阶段："))
            self.parts.append(f'<text class="cited" x="{place.x + 16:g}" y="{top + LEADING - 5:g}">{escape(title)}</text>')
            self._words(place.returns, place.x + 16, top + LEADING, "aside", returning)

    def _marks(self, acts: Iterable[Move]) -> str:
        """What the picture says, for whoever reads its source: one empty group for each change of state."""
        return "".join(f'<g data-act="{m.act}" data-from="{m.source}" data-to="{m.to}"/>' for m in acts)

    # ---- the sheet

    def _id(self, name: str) -> str:
        return f"{self.procedure.name}-{name}"

    def _wrapped(self, standalone: bool) -> str:
        name = self.say(self.procedure.label)
        title = say(N_("{procedure}流程图"), procedure=Word(self.procedure.label)).read(self.say)
        told = say(
            N_("从“{first}”到“{last}”，共{n}个状态。"), first=_w(self, self.line[0]), last=_w(self, self.line[-1]), n=len(self.places)
        ).read(self.say)
        if self.here is not None:
            told += say(N_("现在处于“{state}”。"), state=_w(self, self.here)).read(self.say)
        markers = "".join(
            f'<marker id="{self._id(kind)}" class="tip {kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path d="M0 .5 8 4 0 7.5z"/></marker>'
            for kind in ("on", "side", "back")
        )
        height = max(self.y, *(p.y + p.height for p in self.places.values())) + LEFT
        ids = f"{self._id('title')} {self._id('told')}"
        unit = 1 if standalone else EM
        size = f'viewBox="0 0 {self.width:g} {height:g}" width="{self.width / unit:g}{"em" if unit > 1 else ""}" height="{height / unit:g}{"em" if unit > 1 else ""}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-labelledby="{ids}" {size} lang="zh-CN">'
        style = f"<style>{STYLE}</style>" if standalone else ""
        titled = f'<title id="{self._id("title")}">{escape(title or name)}</title><desc id="{self._id("told")}">{escape(told)}</desc>'
        return f"{head}{titled}{style}<defs>{markers}</defs>{''.join(self.parts)}</svg>\n"


def _w(sheet: _Sheet, state: str) -> Word:
    return Word(sheet.procedure.states[state])


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Broken after a comma or a space where it grows too long."""
    lines = [""]
    for piece in re.split(r"(?<=[、，, 　])", text):
        if lines[-1] and measure(lines[-1] + piece, size, bold=bold) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is: a Chinese character is as wide as it is high, a Latin letter a little more than half."""
    return sum(size if ord(letter) > 0x2E7F else size * (0.62 if bold else 0.55) for letter in text)


HERE = N_("现在在这里")

STYLE = (
    ".flow{background:#fff}.flow text{font:14px 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#1c2024}"
    ".flow .on{fill:#14508f;font-weight:600}.flow .aside{fill:#454c55}.flow .cited{font-size:12px;font-weight:400;fill:#656c75}"
    ".flow .state rect{fill:#fff;stroke:#8a8578}.flow .state text{font-size:15px;font-weight:600}.flow .end rect{fill:#eeece6}"
    ".flow .here rect{fill:#14508f;stroke:#14508f}.flow .here text{fill:#fff}.flow .been rect{fill:#e6f2ea;stroke:#1b6a3a}"
    ".flow .way{fill:none;stroke:#14508f;stroke-width:2}.flow .branch{stroke:#8a8578;stroke-width:1.5}"
    ".flow .backward{stroke:#8a8578;stroke-width:1.5;stroke-dasharray:5 4}.flow .tip path{fill:#14508f}"
    ".flow .tip.side path,.flow .tip.back path,.flow .joint{fill:#8a8578}"
)
"""The colours of the light page, for a picture that stands alone."""
