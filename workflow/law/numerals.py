"""Chinese numerals as statutes print them: 第三十二条 ⇄ 32."""

import re

DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千两\d]+)条(?:之([一二三四五六七八九十]+))?")


def to_chinese(number: int) -> str:
    """1 to 9999: 10 → 十, 12 → 十二, 203 → 二百零三, 310 → 三百一十."""
    if not 0 < number < 10_000:
        raise ValueError(number)
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
        zero = digit == 0
    return text.removeprefix("一") if text.startswith("一十") else text


def from_chinese(text: str) -> int:
    """三十二 → 32, 二百零三 → 203; Arabic digits are taken as they are. Raises ValueError for anything else."""
    if text.isdigit() and text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text.replace("〇", "零").replace("两", "二"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            raise ValueError(text)
    return total + digit


def article_anchor(article: str) -> str | None:
    """第三十二条第二款 → art-32, 第三条之一 → art-3-1; None where no article is named."""
    found = _ARTICLE.search(article)
    if not found:
        return None
    anchor = f"art-{from_chinese(found[1])}"
    return f"{anchor}-{from_chinese(found[2])}" if found[2] else anchor
