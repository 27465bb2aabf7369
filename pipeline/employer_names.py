"""One key for the spellings of an employer's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Legal forms of companies, by law and not by taste: https://en.wikipedia.org/wiki/List_of_legal_entity_types_by_country
LEGAL_FORMS = frozenset(
    {
        "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "cv", "dba",
        "eg", "ek", "ev", "gbr", "ggmbh", "gmbh", "inc", "incorporated", "kft", "kg", "kgaa", "kk", "lda",
        "limited", "llc", "llp", "lp", "lllp", "ltd", "ltda", "mbh", "nv", "ohg", "oy", "oyj", "pbc",
        "pc", "plc", "pllc", "pt", "pte", "pty", "pvt", "sa", "sarl", "sas", "sasu", "sdn", "se", "spa",
        "srl", "sro", "ug", "zrt",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def employer_key(name: str | None) -> str:
    """The name without case, accents, punctuation, brackets, legal form and web ending; "" for no name."""
    text = unicodedata.normalize("NFKD", (name or "").replace("ß", "ss")).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[(\[{（【].*?[)\]}）】]", " ", text) if not text.startswith(("(", "[")) else text
    text = re.sub(r"^(https?://)?(www\.)?|(?<=\w)\.(com|org|net|io|de|co\.uk)\b/?", "", text.strip())
    text = re.sub(r"['’`´]|(?<=\b\w)\.(?=\w\b)", "", text)  # Moody's, S.A.
    words = re.sub(r"&|\+(?=\W|$)", " and ", text)
    tokens = re.findall(r"[^\W_]+", words)
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[-1] in LEGAL_FORMS or tokens[-1] == "and"):
        tokens.pop()
    return " ".join(tokens)


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words of keys; matches nothing when there are none."""
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if joined else r"(?!)")


def ideograph(letter: str) -> bool:
    """Whether it is one of the letters of Chinese and Japanese, which stand without spaces."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
