"""Numbers and dates as one reads them in the language of the edition."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from fangzhi.site.languages import Language

_MYRIADS = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_THOUSANDS = ((Decimal(10**12), " trillion"), (Decimal(10**9), " billion"), (Decimal(10**6), " million"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def number(value: float | Decimal) -> str:
    """A number with commas between thousands and no needless zeros."""
    exact = Decimal(str(value))
    return f"{exact.normalize():,f}" if exact else "0"


def spoken(value: float | Decimal, language: Language) -> str:
    """A large number as one says it, 3.0万 or 1.2 million; nothing for one that is read as it stands."""
    exact = Decimal(str(value))
    for size, word in language.say(_MYRIADS, _THOUSANDS):
        if abs(exact) >= size:
            digits = Decimal("0.1") if abs(exact) < 1000 * size else Decimal(1)
            return f"{(exact / size).quantize(digits, ROUND_HALF_UP):,}{word}"
    return ""


def short(value: float | Decimal, language: Language) -> str:
    """A number where there is little room: as one says it if it is large."""
    return spoken(value, language) or number(round(Decimal(str(value)), 2))


def day(written: str, language: Language) -> str:
    """A day, month or year as ISO 8601 writes it; anything else as it stands."""
    parts = written.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return written
    year, *rest = (int(part) for part in parts)
    if language is Language.ZH:
        return "".join(f"{part}{unit}" for part, unit in zip((year, *rest), "年月日", strict=False))
    if not rest or not 1 <= rest[0] <= 12:
        return written
    return " ".join((*(str(day) for day in rest[1:]), _MONTHS[rest[0] - 1], str(year)))


def dates(start: str | None, end: str | None, language: Language) -> str:
    """A span of days: a single one, a whole month, quarter or year, or from one day to another."""
    if not start or not end:
        return day(start or end or "", language) or language.say("未定", "not known")
    if start == end:
        return day(start, language)
    return _whole(start, end, language) or language.say(" 至 ", " to ").join(
        (day(start, language), day(end, language))
    )


def _whole(start: str, end: str, language: Language) -> str:
    """The name of a span that is exactly a month, a quarter or a number of years."""
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)
    except (ValueError, OverflowError):
        return ""
    months = (after.year - first.year) * 12 + after.month - first.month
    if (first.day, after.day) != (1, 1) or months < 1:
        return ""
    if months == 1:
        return day(start[:7], language)
    if months == 3 and first.month % 3 == 1:
        quarter = first.month // 3 + 1
        return language.say(f"{first.year}年第{'一二三四'[quarter - 1]}季度", f"Q{quarter} {first.year}")
    if first.month == 1 and months % 12 == 0:
        years = [str(first.year), str(after.year - 1)]
        return language.say("至", "–").join(dict.fromkeys(years)) + language.say("年", "")
    return language.say("至", " to ").join((day(start[:7], language), day(end[:7], language)))
