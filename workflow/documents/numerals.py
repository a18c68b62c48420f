"""Numbers, sums and dates as official papers write them. Integers only: money is in fen, shares are counts."""

from datetime import date

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_PLACES = ("", "拾", "佰", "仟")
HAN = "零一二三四五六七八九"
HAN_PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")
CIRCLE_ZERO = "〇一二三四五六七八九"

LARGEST_SUM = 10**14
"""Fen; 1 万亿元. A sum must be smaller."""


def amount_in_capitals(fen: int) -> str:
    """大写金额 without the word 人民币, by 《支付结算办法》 annex 1.

    One 零 stands for any run of zeros within the figure; none is written for zeros that end a group of four or the figure, so
    107000.53 is 壹拾万柒仟元伍角叁分. A sum without fen ends in 整. Raises `ValueError` at 1 万亿元 and above.
    """
    if abs(fen) >= LARGEST_SUM:
        raise ValueError(f"a sum of {fen} fen is too large to be written in capitals")
    yuan, rest = divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    words = "" if yuan == 0 and rest else _digits(yuan, CAPITALS, CAPITAL_PLACES) + "元"
    if jiao:
        words += CAPITALS[jiao] + "角"
    elif last and yuan:
        words += CAPITALS[0]
    words += CAPITALS[last] + "分" if last else "整"
    return ("负" if fen < 0 else "") + words


def amount(fen: int) -> str:
    """1234567 → 12,345.67."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def han_numeral(number: int) -> str:
    """105 → 一百零五, 10 → 十. From 0 to below 1 万亿."""
    if not 0 <= number < 10**12:
        raise ValueError(f"{number} cannot be written as a Han numeral")
    words = _digits(number, HAN, HAN_PLACES)
    return words.removeprefix("一") if words.startswith("一十") else words


def article(number: int) -> str:
    return f"第{han_numeral(number)}条"


def chapter(number: int) -> str:
    return f"第{han_numeral(number)}章"


def date_in_han(day: date) -> str:
    """二〇二六年十一月二十二日."""
    year = "".join(CIRCLE_ZERO[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{han_numeral(day.month)}月{han_numeral(day.day)}日"


def date_in_figures(day: date) -> str:
    """2026年11月22日: no zero before a month or a day (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def percentage(part: int, whole: int) -> str:
    """Share of `part` in `whole` with two decimals, half rounded up: (2, 3) → 66.67%. Raises `ZeroDivisionError`.

    A share that is not whole is never rounded to 50.00% or to 100.00%, where a reader would take it for the boundary.
    """
    hundredths, rest = divmod(part * 10000, whole)
    if rest:
        hundredths += 2 * rest >= whole
        if hundredths in (5000, 10000):
            hundredths += 1 if part * 10000 > hundredths * whole else -1
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _digits(number: int, digits: str, places: tuple[str, str, str, str]) -> str:
    """Groups of four from the left; a group below 1000 that follows another is introduced by one zero."""
    if number == 0:
        return digits[0]
    words = ""
    for power in range(len(GROUPS) - 1, -1, -1):
        group = number // 10000**power % 10000
        if group == 0:
            continue
        if words and (group < 1000 or number // 10000 ** (power + 1) % 10000 == 0):
            words += digits[0]
        words += _group(group, digits, places) + GROUPS[power]
    return words


def _group(group: int, digits: str, places: tuple[str, str, str, str]) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            words += digits[digit] + places[place]
        elif words and group % 10**place:
            words = words.removesuffix(digits[0]) + digits[0]
    return words
