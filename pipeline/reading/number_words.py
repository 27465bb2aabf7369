"""Number words of the languages that are read, folded: one list for times, years, sums and people."""

from __future__ import annotations

_FROM_ONE = (
    "one ein eine einem einen un une uno una 一", "two zwei deux dos 两 兩 俩 二", "three drei trois tres 三",
    "four vier quatre cuatro 四",
    "five funf cinq cinco 五", "six sechs seis 六", "seven sieben sept siete 七", "eight acht huit ocho 八",
    "nine neun neuf nueve 九", "ten zehn dix diez 十", "eleven elf onze once", "twelve zwolf douze doce",
    "thirteen dreizehn treize trece", "fourteen vierzehn quatorze catorce", "fifteen funfzehn quinze quince",
    "sixteen sechzehn seize", "seventeen", "eighteen achtzehn", "nineteen", "twenty zwanzig vingt veinte",
)  # fmt: skip
_TENS = ("thirty dreissig trente treinta", "forty vierzig quarante cuarenta", "fifty funfzig cinquante cincuenta")

NUMBERS = {word: number for number, words in enumerate(_FROM_ONE, 1) for word in words.split()} | {
    word: number for number, words in zip((30, 40, 50), _TENS, strict=True) for word in words.split()
}
SEVERAL = tuple(word for word, number in NUMBERS.items() if number > 1 and word.isascii())  # two and more, in letters

_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


def chinese(text: str) -> float:
    """The number of Chinese numerals: “二十多” 20, “一万二” 12,000, “上百” 100; “几十” is at least 10."""
    whole, digit, power = 0, 0, 1
    for sign in text:
        if sign in _POWERS:
            power = _POWERS[sign]
            whole, digit = whole + (digit or 1) * power, 0
        elif sign == "零":
            power = 1
        else:
            digit = NUMBERS.get(sign, digit)
    return float(whole + digit * (power // 10 if power > 10 else 1))
