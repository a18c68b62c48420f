"""The statutes: which laws are cited, and the full text, by chapter and article, of those that are held."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from workflow.law.numerals import article_anchor, from_chinese, to_chinese

_FOLDER = resources.files("workflow.law") / "texts"
_HEADING = re.compile(r"#{2,3}\s*(第[零一二三四五六七八九十百]+[编章节])\s*(.*)")
_ARTICLE = re.compile(r"(第[零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?)[\s　]+(.*)")
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
_PART = re.compile(r"[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class Law:
    """`title` as citations give it; `slug` is empty where the text is not held; `status` says what is known of its currency."""

    title: str
    full: str
    english: str
    slug: str
    region: str
    date: dt.date
    since: dt.date
    number: str
    status: str

    @property
    def is_held(self) -> bool:
        return bool(self.slug)


@dataclass(frozen=True)
class Paragraph:
    """One 款, with the items (一)… that belong to it; `number` counts from 1."""

    number: int
    text: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """`title` 第三十二条, `anchor` art-32; an annex has the title 附录 and the anchor annex."""

    title: str
    anchor: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n".join("\n".join((each.text, *each.items)) for each in self.paragraphs)


@dataclass(frozen=True)
class Chapter:
    """`title` 第二章 集体协商; empty before the first chapter or where there are none. `depth` 2 for a chapter, 3 for a section."""

    title: str
    depth: int
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Text:
    law: Law
    adopted: tuple[str, ...]
    preamble: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(article for chapter in self.chapters for article in chapter.articles)


@cache
def laws() -> tuple[Law, ...]:
    """Every law that rules may cite, national first."""
    rows = tomllib.loads((_FOLDER / "index.toml").read_text(encoding="utf-8"))["law"]
    return tuple(Law(**{"slug": "", "number": "", "status": "", **row}) for row in rows)


@cache
def _by_title() -> Mapping[str, Law]:
    return {name: law for law in laws() for name in (law.title, law.full)}


def law_named(title: str) -> Law | None:
    """By the short or the full title, without the brackets 《》."""
    return _by_title().get(title.removeprefix("《").removesuffix("》"))


@cache
def text_of(slug: str) -> Text:
    """The text held under `slug`. Raises KeyError where there is none."""
    law = next((law for law in laws() if law.is_held and law.slug == slug), None)
    if law is None:
        raise KeyError(slug)
    head, _, body = (_FOLDER / f"{slug}.md").read_text(encoding="utf-8").partition("<!-- INFO END -->")
    adopted = tuple(line.strip() for line in head.splitlines()[1:] if line.strip())
    preamble, chapters = _chapters([line.strip() for line in body.splitlines() if line.strip()])
    return Text(law, adopted, preamble, chapters)


def article(slug: str, number: int | str) -> Article:
    """Article 32 (or the anchor art-32) of a text held. Raises KeyError."""
    anchor = number if isinstance(number, str) else f"art-{number}"
    for each in text_of(slug).articles:
        if each.anchor == anchor:
            return each
    raise KeyError((slug, anchor))


def article_title(number: int) -> str:
    return f"第{to_chinese(number)}条"


def _chapters(lines: list[str]) -> tuple[tuple[str, ...], tuple[Chapter, ...]]:
    preamble: list[str] = []
    chapters: list[tuple[str, int, list[tuple[str, list[str]]]]] = []
    for line in lines:
        heading, opening = _HEADING.fullmatch(line), _ARTICLE.fullmatch(line)
        if heading:
            chapters.append((f"{heading[1]} {''.join(heading[2].split())}", line.count("#"), []))
        elif opening:
            chapters = chapters or [("", 2, [])]
            chapters[-1][2].append((opening[1], [opening[2]]))
        elif line.startswith("附录") and len(line) < 4:
            chapters.append(("附录", 2, [("附录", [])]))
        elif chapters and chapters[-1][2]:
            chapters[-1][2][-1][1].append(line)
        else:
            preamble.append(line)
    return tuple(preamble), tuple(
        Chapter(title, depth, tuple(_article(name, body) for name, body in articles)) for title, depth, articles in chapters
    )


def _article(title: str, lines: list[str]) -> Article:
    paragraphs: list[tuple[str, list[str]]] = []
    for line in _joined(lines):
        if _ITEM.match(line) and paragraphs:
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((line, []))
    numbered = tuple(Paragraph(n, text, tuple(items)) for n, (text, items) in enumerate(paragraphs, start=1))
    return Article(title, article_anchor(title) or "annex", numbered)


def _joined(lines: list[str]) -> list[str]:
    """Lines that a page break cut in the middle of a sentence are put together again."""
    whole: list[str] = []
    for line in lines:
        if whole and whole[-1][-1] not in "。：:；;！？”）)" and not (_ITEM.match(line) or _PART.match(line)):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def number_of(article: Article) -> int:
    found = re.match(r"第([零一二三四五六七八九十百]+)条", article.title)
    return from_chinese(found[1]) if found else 0
