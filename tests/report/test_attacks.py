"""Whatever a board writes, the page shows it as words: nothing runs, nothing is fetched, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from pipeline import report
from pipeline.models import (
    Bar,
    Claim,
    Employer,
    Finding,
    Listing,
    Opening,
    Pay,
    Posting,
    Profile,
    Quote,
    Reading,
    Score,
    SizeEvidence,
    Student,
)
from pipeline.outreach import Lead
from tests.report.naughty import ATTACKS, NAUGHTY
from tests.report.rows import Row

KNOWN_ELEMENTS = {
    "html", "head", "meta", "link", "title", "style", "body", "script", "header", "nav", "main", "aside", "footer",
    "section", "details", "summary", "figure", "figcaption", "h1", "h2", "h3", "p", "pre", "div", "span", "a", "button",
    "label", "input", "select", "optgroup", "option", "fieldset", "legend", "table", "caption", "thead", "tbody",
    "tfoot", "tr", "th", "td", "ul", "li", "dl", "dt", "dd", "bdi", "strong", "q", "code", "time",
    "svg", "rect", "circle", "line", "text", "tspan",
}  # fmt: skip
VIEWS = ("charts", "changes", "closed", "boards", "outreach", "openings")


@dataclass(frozen=True)
class Change:
    """A change whose every word comes from outside."""

    kind: str
    opening: str
    title: str
    company: str
    detail: str


def hostile(words: str, number: int, *, closed: str = "", verdict: str = "unsure") -> Row:
    """A row whose every text is `words`; `closed` fills the fields that only our own readers write, too."""
    quote = Claim("phd", words, Quote(0, len(words), words))
    posting = Posting(
        board=words, ref=str(number), url=words, title=words, company=words, description=words, locations=(words,) * 2,
        workplace=words, employment=words, department=words, pay=Pay(1, 2, words, words), posted=words, updated=words,
        deadline=words, apply_url=words, language=words, requisition=words,
    )  # fmt: skip
    reading = Reading(
        language=words, internship=True, ml_role=closed or "core", levels_open=(words,), phd=words, publications=words,
        skills_required=((words, words),), skills_preferred=(words,), skills_mentioned=(words,), sponsorship=words,
        workplace=words, term=words, deadline=words, claims=(quote,), note=words,
    )  # fmt: skip
    evidence = SizeEvidence(words, closed or "11-50", 1.0, words, words)
    return Row(
        opening=Opening(
            f"{number}{words}", (Listing(posting, first_seen=words), Listing(posting)), maybe_also=(words,)
        ),
        reading=reading,
        employer=Employer(words, words, closed or "11-50", 0.5, (evidence,), website=words),
        score=Score((Finding("reach", 0.5, 1.0, words, words),), (Bar(words, verdict, words, words),)),
        status=words,
        notes=words,
        missing_skills=(words,),
    )


def opened(open_report: Any, rows: list[Row], texts: tuple[str, ...]) -> Any:
    """The page of rows, with every other thing it can be given made of the same texts."""
    return open_report(
        rows,
        fragment="#eligible=yes,unsure,no",
        profile=Profile(Student("bachelor"), weights=dict.fromkeys(texts[:50], 1.0)),
        visits=[report.Visit(text, text, text, text, 1, text) for text in texts],
        changes=[Change("new", text, text, text, text) for text in texts],
        outreach=[
            Lead(Employer(text, text, text), 0.5, (text,), text, (text,), text, ((text, text),)) for text in texts
        ],
    )


def open_every_row(page: Any) -> None:
    """Draw the whole list and open each of its rows."""
    page.evaluate("() => { while (drawn < shown.length) drawMore(); }")
    page.evaluate("() => document.querySelectorAll('.open[aria-expanded=false]').forEach(one => one.click())")


def assert_peace(page: Any) -> None:
    """Nothing ran, nothing was fetched, and the page holds only what its own script makes."""
    assert page.watch.dialogs == []
    assert page.watch.errors == []
    assert [url for url in page.watch.requests if not url.startswith("file:") and url != "data:,"] == []
    assert page.title() == "Reachlist"
    found = page.evaluate("""() => {
        const all = [...document.querySelectorAll('*')];
        return {
            elements: [...new Set(all.map(one => one.localName))],
            handlers: all.flatMap(one => one.getAttributeNames()).filter(name => name.startsWith('on')),
            styles: all.filter(one => one.hasAttribute('style')).length,
            scripts: document.scripts.length,
            links: all.filter(one => one.localName === 'a').map(one => one.protocol + one.rel),
        };
    }""")
    assert set(found["elements"]) <= KNOWN_ELEMENTS
    assert (found["handlers"], found["styles"], found["scripts"]) == ([], 0, 2)
    assert set(found["links"]) <= {"http:noopener noreferrer", "https:noopener noreferrer", "file:"}


@pytest.mark.parametrize("verdict", ["unsure", "no"])
def test_no_words_of_a_posting_run_or_fetch_anything(open_report: Any, verdict: str) -> None:
    rows = [hostile(words, number, verdict=verdict) for number, words in enumerate(NAUGHTY)]
    page = opened(open_report, rows, NAUGHTY)
    open_every_row(page)
    assert page.locator(".details").count() == len([one for one in rows if one.status != "hidden"])
    assert_peace(page)
    for view in VIEWS:
        page.locator(f"[data-view={view}]").click()
        assert_peace(page)


def test_words_no_reader_of_ours_would_write_break_nothing_either(open_report: Any) -> None:
    rows = [hostile(words, number, closed=words) for number, words in enumerate(ATTACKS) if words]
    page = opened(open_report, rows, ATTACKS)
    for view in VIEWS:
        page.locator(f"[data-view={view}]").click()
        assert_peace(page)


def test_words_are_shown_as_they_were_written(open_report: Any) -> None:
    texts = [words for words in NAUGHTY if words.isprintable() and words.encode("utf-8", "ignore").decode() == words]
    rows = [hostile(words, number) for number, words in enumerate(texts)]
    page = opened(open_report, rows, ATTACKS)
    page.evaluate("() => { while (drawn < shown.length) drawMore(); }")
    shown = page.eval_on_selector_all(".open", "all => all.map(one => one.textContent)")
    assert sorted(shown) == sorted(texts)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.test/", "file:///x", "", "http://"]
)
def test_only_addresses_of_the_web_become_links(open_report: Any, address: str) -> None:
    page = opened(open_report, [hostile(address, 1)], (address,))
    open_every_row(page)
    assert page.locator(".links a").count() == 0


def test_a_script_put_into_the_page_by_whatever_way_does_not_run(open_report: Any) -> None:
    page = open_report([])
    page.evaluate("""() => {
        const script = document.createElement('script');
        try { script.textContent = "document.title = 'pwned'"; } catch { return; }
        document.body.append(script);
    }""")
    assert page.title() == "Reachlist"


def test_markup_put_into_the_page_is_refused_by_the_browser(open_report: Any) -> None:
    page = open_report([])
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; } }"
    )
    assert refused


def test_a_picture_from_elsewhere_is_never_asked_for(open_report: Any) -> None:
    page = open_report([])
    page.evaluate("""() => new Promise(done => {
        const image = new Image();
        image.onerror = done;
        image.src = 'http://attack.invalid/pixel.gif';
        document.body.append(image);
    })""")
    assert any("Content Security Policy" in error for error in page.watch.errors)


def test_a_row_of_every_kind_of_words_stays_inside_the_page(open_report: Any) -> None:
    rows = [replace(hostile(words, number), status="") for number, words in enumerate(NAUGHTY)]
    for width in (390, 1280):
        page = open_report(rows, width=width)
        open_every_row(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
