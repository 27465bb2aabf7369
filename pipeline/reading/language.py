"""Topic: the language of the body, from its script and its words of grammar."""

from __future__ import annotations

import re

from pipeline.reading.scan import View
from pipeline.reading.topic import Topic
from pipeline.text.characters import beyond_ascii

SAMPLE = 1_500  # characters from the start of the body, and as many from its middle
GLANCE = 60  # words that are mostly enough to tell English
ENOUGH = 9  # of the English words: no other language shares so many

_SCRIPTS = {  # language of a script, and the characters that only it has
    "ja": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),  # “・” stands before the items of Chinese too
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_WORD = re.compile(r"\w++")
_SHARE = {"ja": 30, "uk": 60}  # one in so many characters is enough; a dense script needs one in eight


def read(view: View) -> Topic:
    """`language`: ISO 639-1, or None where the body is too short to tell."""
    return Topic({"language": _language(view)})


def _language(view: View) -> str | None:
    first = next((b.start for b in view.document.blocks if b.kind in ("heading", "bullet", "paragraph")), None)
    if first is None:
        return None
    sample = view.folded[first : first + SAMPLE]
    if len(view.folded) - first > 4 * SAMPLE:
        middle = (first + len(view.folded)) // 2
        sample += view.folded[middle : middle + SAMPLE]
    if not sample.isascii():
        signs = beyond_ascii(sample)
        for language, script in _SCRIPTS.items():
            if len(script.findall(signs)) * _SHARE.get(language, 8) > len(sample):
                return language
    english = view.function_words.get("en", frozenset())
    if len(english.intersection(sample.split(None, GLANCE)[:GLANCE])) >= ENOUGH:
        return "en"
    if len(english.intersection(sample.split())) >= ENOUGH:
        return "en"
    words = set(_WORD.findall(sample))
    counts = {language: len(known.intersection(words)) for language, known in view.function_words.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"), default=None)
    return best if best and counts[best] >= 2 else None
