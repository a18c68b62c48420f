"""The law texts that every article link opens. They are public, and open without login."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from web.dispatch import in_read
from web.render import page
from workflow.law import regions, texts
from workflow.law.rules import Rule, rules


@get("/laws")
async def index() -> Response[str]:
    return await in_read(lambda _db: _index())


@get("/laws/{slug:str}")
async def show(slug: FromPath[str]) -> Response[str]:
    return await in_read(lambda _db: _text(slug))


def _index() -> Response[str]:
    places = dict.fromkeys(law.region for law in texts.laws())
    return page(
        "pages/law/laws.html",
        places=[(regions.full_name(region), [law for law in texts.laws() if law.region == region]) for region in sorted(places)],
        held=sum(law.is_held for law in texts.laws()),
    )


def _text(slug: str) -> Response[str]:
    try:
        text = texts.text_of(slug)
    except KeyError:
        raise NotFoundException from None
    return page("pages/law/text.html", text=text, law=text.law, region=regions.full_name(text.law.region), cited=_cited(slug))


def _cited(slug: str) -> dict[str, list[Rule]]:
    """Anchor of an article → the rules that rest on it, each id once."""
    found: dict[str, dict[str, Rule]] = {}
    for rule in rules():
        for citation in (*rule.citations, *rule.effect_citations):
            if citation.anchor and citation.anchor[0] == slug:
                found.setdefault(citation.anchor[1], {}).setdefault(rule.id, rule)
    return {anchor: list(each.values()) for anchor, each in found.items()}


routes = (index, show)
