"""One key for the spellings of an employer's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

BRACKETS = re.compile(r"[(\[{（【].*?[)\]}）】]")
MARKS_INSIDE = re.compile(r"['’`´]|(?<=\b\w)\.(?=\w\b)")  # Moody's, S.A.
OWNED = re.compile(r"(?<=\w)\W*[,:|–-] an? [\w&.’' -]{1,60} company$")  # Kelpwater, an Algae Holdings company
AND = re.compile(r"&|\+(?=\W|$)")
WORD = re.compile(r"[^\W_]+")


class EmployerNames:
    """Names an employer by one key. The words come from config/vocabulary/employers.yaml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        """`words`: the legal forms, web endings and articles that tell no employer from another."""
        self._legal_forms = frozenset(words.get("legal_forms", ()))
        self._articles = frozenset(words.get("articles", ()))
        endings = "|".join(map(re.escape, words.get("web_endings", ())))
        self._address = re.compile(rf"^(https?://)?(www\.)?|(?<=\w)\.(?:{endings or '(?!)'})\b/?")
        self._keys: dict[str, str] = {}

    def __call__(self, name: str | None) -> str:
        """The name without case, accents, punctuation, brackets, owner, legal form and web ending; "" for no name."""
        key = self._keys.get(name or "")
        if key is None:
            key = self._keys[name or ""] = self._key(name or "")
        return key

    def _key(self, name: str) -> str:
        text = name.casefold() if name.isascii() else _unaccented(name)
        tokens = text.split() if text.replace(" ", "").isalnum() else self._words(text)
        if len(tokens) > 1 and tokens[0] in self._articles:
            tokens = tokens[1:]
        while len(tokens) > 1 and (tokens[-1] in self._legal_forms or tokens[-1] == "and"):
            tokens.pop()
        return " ".join(tokens)

    def _words(self, text: str) -> list[str]:
        """The words of a name that holds more than words."""
        text = BRACKETS.sub(" ", text) if not text.startswith(("(", "[")) else text
        text = OWNED.sub("", text.rstrip(" .,"))
        text = MARKS_INSIDE.sub("", self._address.sub("", text.strip()))
        return WORD.findall(AND.sub(" and ", text))


def _unaccented(name: str) -> str:
    """Without case and accents."""
    text = unicodedata.normalize("NFKD", name.replace("ß", "ss")).casefold()
    return unicodedata.normalize("NFC", "".join(letter for letter in text if not unicodedata.combining(letter)))


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words of keys; matches nothing when there are none."""
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if joined else r"(?!)")


def ideograph(letter: str) -> bool:
    """Whether it is one of the letters of Chinese and Japanese, which stand without spaces."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
