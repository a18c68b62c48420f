"""Chinese, which is what the program is written in, and English from the catalogue `locale/en/LC_MESSAGES/heyi.po`."""

import gettext
import re
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
LANGUAGES = {"zh": "中文", "en": "English"}
LOCALES = {"zh": "zh-CN", "en": "en"}
"""As documents and replies name their language."""
CATALOGUES = Path(__file__).parent / "locale"


@cache
def translation(language: str) -> gettext.NullTranslations:
    """Read from the `.po` file itself at first use, so that no compiled catalogue can be out of date."""
    path = CATALOGUES / language / "LC_MESSAGES" / "heyi.po"
    if language == "zh" or not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="heyi")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def accepted(header: str) -> str:
    """The language liked best of those there are, by Accept-Language (RFC 9110 section 12.5.4); without one, Chinese."""
    wished: dict[str, float] = {}
    for part in header.lower().split(","):
        tag, _, weight = part.partition(";")
        language = tag.strip().partition("-")[0]
        found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        liking = float(found[1]) if found else 1
        if language in LANGUAGES and liking > wished.get(language, 0):
            wished[language] = liking
    return max(wished, key=lambda language: wished[language], default="zh")


def longday(day: date, language: str) -> str:
    """2026年11月22日, or 22 November 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
