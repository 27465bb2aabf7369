"""Made-up postings of many employers, one in five a twin of another, with the pairs that are one job.

Employers have from one to a hundred postings, a text about themselves that stands in all of them, and siblings made
to be mistaken: one title in two cities, one for each season, level and team. Twins are changed as lists, mails,
feeds and the employers themselves change them. Sentences are of this file; nothing of pipeline/ is used to make them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.models import Listing, Posting, State

SYLLABLES = ("ba", "lor", "ven", "ti", "quo", "mar", "sel", "dun", "ka", "rho", "pel", "ix", "nor", "gal", "zu", "wen")
ENDINGS = ("", " Robotics", " Health", " Labs", " Analytics", " Energy", " Systems", " Bank", " Software", " Foods")
FORMS = (" Inc.", " GmbH", ", LLC", " Ltd", " AG", " Corp.", " S.A.")
FIELDS = (
    "Machine Learning",
    "Computer Vision",
    "Data Science",
    "Speech",
    "Forecasting",
    "Robotics",
    "Search",
    "Pricing",
)
JOBS = ("Intern", "Research Intern", "Engineer Intern", "Analyst Intern", "Internship")
TEAMS = ("Maps", "Payments", "Trust", "Growth", "Imaging", "Logistics", "Catalogue", "Support", "Firmware", "Routing")
LEVELS = (("Undergraduate", "PhD"), ("BS/MS", "PhD"), ("Bachelor", "Master"))
CITIES = (
    ("Boston", "MA", "Massachusetts", "United States"), ("Austin", "TX", "Texas", "USA"),
    ("Chicago", "IL", "Illinois", "United States"), ("Seattle", "WA", "Washington", "US"),
    ("Toronto", "ON", "Ontario", "Canada"), ("Denver", "CO", "Colorado", "USA"), ("Atlanta", "GA", "Georgia", "USA"),
    ("Lisbon", "", "", "Portugal"), ("Ghent", "", "", "Belgium"), ("Leeds", "", "", "United Kingdom"),
    ("Lyon", "", "", "France"), ("Graz", "", "", "Austria"), ("Turin", "", "", "Italy"), ("Oslo", "", "", "Norway"),
)  # fmt: skip
THINGS = (
    "buoys", "bridges", "greenhouses", "bakeries", "ferries", "orchards", "turbines", "libraries", "kilns", "clinics",
    "tunnels", "dams", "looms", "mills", "harbours", "quarries", "vineyards", "trams", "lighthouses", "foundries",
    "satellites", "warehouses", "hearing aids", "elevators", "glaciers", "printers", "reefs", "theatres", "depots",
)  # fmt: skip
TASKS = (
    "measure how {a} age and write down what surprised you", "train a model on {n} years of records of {a}",
    "find out why the numbers of {a} and {b} disagree", "build a small tool that the people at the {a} will use",
    "compare {n} ways to forecast what {a} need next week", "clean the archive of {a} until a stranger could use it",
    "explain a result about {b} to somebody who runs {a}", "replay last winter at the {a} and look for what was missed",
    "label a few hundred pictures of {a} and measure your doubts", "make the detector for {b} run without a fan",
    "cut the cost of our nightly job for {a} by a factor of {n}", "write the tests that our code for {b} never had",
)  # fmt: skip
ABOUT = (
    "{who} has looked after {a} and {b} since {y}.", "Some {n} people work here, most of them within sight of {a}.",
    "We sell to those who run {a}, and answer the telephone ourselves.", "{who} belongs to the people who work in it.",
    "Our office stands between {a} and {b}, and smells of coffee.", "In {y} we opened a second workshop for {b}.",
)  # fmt: skip
NOTICE = (
    "We hire without regard to age, origin, faith or whom you love, and we mean it. If you need something "
    "to be able to apply, tell us and we will arrange it. We answer every letter within three weeks, and we say why. "
    "You will have a desk, a machine that is yours for the time, and two people who read what you write. Travel is "
    "paid, as are the days on which you sit an examination. Bring a project of your own: we will ask what was "
    "hard about it, what you left out and why, and what you would do with a month more. We look for curiosity, care "
    "with numbers and the courage to say that something does not work. Some Python, some statistics and the will to "
    "learn the rest are enough to begin with; nobody here knew all of it on the first day, and most of us still ask."
)


@dataclass(frozen=True)
class World:
    """Listings in the order of their ids, as the store gives them, and the pairs of posting ids that are one job."""

    listings: list[Listing]
    pairs: set[frozenset[str]]


def world(size: int, seed: int = 7) -> World:
    """`size` listings, the same for the same seed."""
    chance = random.Random(seed)
    listings: list[Listing] = []
    pairs: set[frozenset[str]] = set()
    for jobs in _employers(chance):
        for job in jobs:
            copies = [job]
            while chance.random() < 0.2:
                copies.append(_twin(job, f"{len(listings)}-{len(copies)}", chance))
            listings += copies
            pairs |= {frozenset((a.posting.id, b.posting.id)) for a, b in combinations(copies, 2)}
            if len(listings) >= size:
                return World(sorted(listings, key=lambda listing: listing.posting.id), pairs)
    raise AssertionError("employers do not end")


def _employers(chance: random.Random) -> Iterator[list[Listing]]:
    """The jobs of one employer after another."""
    number = 0
    while True:
        number += 1
        name = "".join(chance.choice(SYLLABLES) for _ in range(3)).title() + f"{chance.choice(ENDINGS)}"
        company = f"{name} {number}"  # no two employers share a name
        about = " ".join(_sentence(template, chance, company) for template in chance.sample(ABOUT, 4))
        count = min(100, int(chance.paretovariate(1.1) * 2))
        yield [job for at in range(count) for job in _family(company, f"e{number}", at, about, chance)]


def _family(company: str, slug: str, at: int, about: str, chance: random.Random) -> list[Listing]:
    """One job, or siblings that differ in one thing only, each with an id of its own."""
    title = f"{chance.choice(FIELDS)} {chance.choice(JOBS)}"
    if chance.random() < 0.6:
        title += f", {chance.choice(TEAMS)}"
    body = " ".join(_sentence(task, chance, company) for task in chance.sample(TASKS, 12))
    city, other_city = chance.sample(CITIES, 2)
    low, high = chance.choice(LEVELS)
    siblings = chance.choice(
        (
            [(title, city)], [(title, city)], [(title, city)], [(title, city)],
            [(title, city), (title, other_city)],
            [(f"{title} - {low}", city), (f"{title} - {high}", city)],
            [(f"{title} (Summer 2027)", city), (f"{title} (Fall 2027)", city)],
            [(f"{title} {team}", city) for team in ("East", "West")],
        )
    )  # fmt: skip
    jobs = []
    for step, (name, where) in enumerate(siblings):
        ref = str(4_000_000 + int(slug[1:]) * 1000 + at * 4 + step)
        posting = Posting(
            board=f"greenhouse/{slug}",
            ref=ref,
            url=f"https://boards.greenhouse.io/{slug}/jobs/{ref}",
            title=name,
            company=company,
            description=f"{about}\n\nAs our intern you will {body}\n\n{NOTICE}",
            locations=(_place(where, chance),),
        )
        jobs.append(Listing(posting, State.OPEN, "2026-09-01", "2026-11-01"))
    return jobs


def _sentence(template: str, chance: random.Random, who: str) -> str:
    a, b = chance.sample(THINGS, 2)
    text = template.format(a=a, b=b, n=chance.randint(2, 40), y=chance.randint(1950, 2020), who=who)
    return (
        text if text.endswith(".") else f"{text}, with someone who has done it before in week {chance.randint(1, 12)};"
    )


def _place(city: tuple[str, str, str, str], chance: random.Random) -> str:
    name, code, state, country = city
    if not code:
        return chance.choice((name, f"{name}, {country}"))
    return chance.choice((f"{name}, {code}", f"{name}, {state}, {country}", f"{country}, {code}, {name}"))


def _twin(job: Listing, number: str, chance: random.Random) -> Listing:
    """The same job as somebody else tells it."""
    posting = job.posting
    kind = chance.choice((_listed, _mailed, _fed, _retold, _embedded, _reposted))
    city = next(city for city in CITIES if city[0] in posting.location)
    changed = replace(
        kind(posting, chance),
        board=f"{kind.__name__.strip('_')}/{number}",
        ref=number,
        locations=(_place(city, chance),),
    )
    if kind is _reposted:
        return Listing(changed, State.CLOSED, "2026-06-01", "2026-08-15")
    return Listing(changed, State.OPEN, "2026-09-03", "2026-11-01")


def _listed(posting: Posting, chance: random.Random) -> Posting:
    """A community list: the employer's link, no text."""
    return replace(posting, url=f"{posting.url}?utm_source=list&ref={chance.randint(1, 99)}", description="")


def _embedded(posting: Posting, chance: random.Random) -> Posting:
    """The employer's own site around the board's form."""
    host = posting.board.split("/")[1]
    return replace(
        posting, url=f"https://www.{host}.example/careers?lang=en&gh_jid={posting.ref}", title=_said(posting, chance)
    )


def _mailed(posting: Posting, chance: random.Random) -> Posting:
    """An alert: the first words of the text, no link."""
    words = posting.description.split()
    start = " ".join(words[: chance.randint(60, 110)])
    return replace(
        posting, url="", title=_said(posting, chance), description=f"{start} ...", company=_legal(posting, chance)
    )


def _fed(posting: Posting, chance: random.Random) -> Posting:
    """An aggregator: its own link, HTML, words of its own before and after."""
    paragraphs = "".join(f"<p>{part}</p>" for part in posting.description.split("\n\n"))
    text = f"<b>This job was found for you.</b>{paragraphs}<p>Apply before everybody else does &amp; good luck.</p>"
    url = f"https://www.themuse.com/jobs/{chance.getrandbits(40):x}"
    return replace(posting, url=url, title=_said(posting, chance), description=text, company=_legal(posting, chance))


def _retold(posting: Posting, chance: random.Random) -> Posting:
    """Copied by hand: paragraphs moved, one word in forty left out, one in sixty misspelt."""
    parts = posting.description.split("\n\n")
    chance.shuffle(parts)
    words = [word for word in " ".join(parts).split() if chance.random() > 1 / 40]
    for at, word in enumerate(words):
        if len(word) > 4 and chance.random() < 1 / 60:
            words[at] = word[:2] + word[3:]
    return replace(posting, url="", title=_said(posting, chance), description=" ".join(words))


def _reposted(posting: Posting, chance: random.Random) -> Posting:
    """What the employer had up before under another id, which no other job has: closed now."""
    slug, ref = posting.board.split("/")[1], f"{posting.ref}{chance.randint(10, 99)}"
    return replace(posting, url=f"https://boards.greenhouse.io/{slug}/jobs/{ref}")


def _said(posting: Posting, chance: random.Random) -> str:
    """The title as others write it."""
    forms: tuple[Callable[[str], str], ...] = (
        str, str.upper, "{} (m/w/d)".format, "{} [Paid]".format, lambda t: t.replace("Machine Learning", "ML"),
        lambda t: f"{t} - {posting.location.split(',')[0]}", lambda t: t.replace("Intern", "Internship", 1)
        if "Internship" not in t else t,
    )  # fmt: skip
    return chance.choice(forms)(posting.title)


def _legal(posting: Posting, chance: random.Random) -> str:
    """The employer's name with a legal form, or without its case."""
    return chance.choice((posting.company, posting.company + chance.choice(FORMS), posting.company.upper()))
