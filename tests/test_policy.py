"""The policy, as a test over all spiders and all of config/platforms.yaml."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from scrapy import Request

from crawlers import settings
from crawlers.boards import BoardSpider
from crawlers.github_lists import ListSpider
from crawlers.middlewares.scope import check
from crawlers.run import spider, spider_names, unsaid, why_not
from pipeline.checked_yaml import SCHEMAS
from pipeline.config import Platform, load_platforms
from pipeline.models import Board, Posting

PLATFORMS = load_platforms(Path(__file__).parent.parent / "config" / "platforms.yaml")
SPIDERS = sorted(spider_names())
BOARDS = json.loads((SCHEMAS / "boards.json").read_text(encoding="utf-8"))
DENIED = {
    "linkedin", "indeed", "glassdoor", "handshake", "ziprecruiter", "wellfound", "google", "meta", "consider",
    "ventureloop", "foorilla",
}  # fmt: skip
OFF = {
    "smartrecruiters": "robots.txt of its API host disallows everything",
    "pinpoint": "most tenants' robots.txt disallow it",
    "eightfold": "most tenants' robots.txt disallow it",
    "microsoft": "an Eightfold host that nobody has checked",
    "getro": "guarded for its own pages",
    "gem": "undocumented",
    "apple": "undocumented",
    "eures": "undocumented",
}

NOT_ITS_OWN_USER_AGENT = {"usajobs": "wants the e-mail address that the key was given to"}


LINKS_ONLY = {"getro": "its texts stand on the employers' own boards"}


def example(platform: Platform, kind: BoardSpider) -> Board:
    """A board of the platform, at a host of the kind that its boards name themselves."""
    host = "careers.example.com" if "{host}" in platform.hosts else platform.hosts[0].replace("*", "example")
    options = {name: f"example-{name}" for name in kind.options} | {"host": host}
    slug = (
        "/".join([*platform.paths[0].strip("/").split("/"), "list"][:2]) if isinstance(kind, ListSpider) else "example"
    )
    return Board(platform.name, slug, "Example", tuple(options.items()))


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for every platform that needs one: the policy holds with keys, too."""
    for platform in PLATFORMS.values():
        for name in platform.environment:
            monkeypatch.setenv(name, "example-key")


def detail(platform: Platform, kind: BoardSpider) -> Request | None:
    """The request for the text of a posting of its board, whose page is where the platform's pages are."""
    board = example(platform, kind)
    url = f"https://{board.option('host')}{platform.paths[0].rstrip('/')}/7"
    return kind.detail_request(Posting(board.id, "7", url, "Intern", "Example", ""), board)


@pytest.mark.parametrize("name", SPIDERS)
def test_every_spider_has_a_platform_that_is_not_denied(name: str) -> None:
    assert PLATFORMS[name].policy != "denied"


@pytest.mark.parametrize("name", SPIDERS)
def test_every_spider_asks_only_what_its_platform_lists(name: str) -> None:
    platform, kind = PLATFORMS[name], spider(name)
    board, text = example(platform, kind), detail(platform, kind)
    check(kind.request(board, 0).url, platform, board)
    if text is not None:
        check(text.url, platform, board)


@pytest.mark.parametrize("name", SPIDERS)
def test_every_spider_pages_as_its_platform_says(name: str) -> None:
    assert spider(name).page_size == PLATFORMS[name].page_size


@pytest.mark.parametrize("name", SPIDERS)
def test_every_spider_fetches_texts_where_its_platform_says_the_listing_lacks_them(name: str) -> None:
    fetches = detail(PLATFORMS[name], spider(name)) is not None
    assert fetches is (not PLATFORMS[name].full_text and name not in LINKS_ONLY)


@pytest.mark.parametrize("name", SPIDERS)
def test_a_board_may_say_in_boards_yaml_what_its_spider_understands(name: str) -> None:
    kind = spider(name)
    own = BOARDS["properties"].get(name, BOARDS["additionalProperties"])["additionalProperties"]
    words = [*kind.options, *kind.optional, *dict(kind.defaults), *(["feed"] if kind.feeds else [])]
    assert sorted(own["propertyNames"]["enum"]) == sorted(["company", *words])
    assert tuple(own.get("properties", {}).get("feed", {}).get("enum", ())) == kind.feeds


def test_no_platform_without_a_spider_has_words_of_its_own() -> None:
    assert BOARDS["properties"].keys() <= set(SPIDERS)


@pytest.mark.parametrize("name", SPIDERS)
def test_no_spider_changes_the_settings_or_the_user_agent(name: str) -> None:
    kind = type(spider(name))
    source = inspect.getsource(inspect.getmodule(kind))  # type: ignore[arg-type]
    assert kind.custom_settings is None
    assert ("user-agent" in source.lower()) is (name in NOT_ITS_OWN_USER_AGENT)
    assert not {"dont_retry", "cookie", "proxy", "bindaddress"} & set(source.lower().split('"'))


@pytest.mark.parametrize("name", SPIDERS)
def test_every_spider_is_documented(name: str) -> None:
    kind = type(spider(name))
    assert kind.__doc__
    assert kind.__doc__ != BoardSpider.__doc__


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_every_platform_that_may_be_visited_waits_at_least_two_seconds(name: str) -> None:
    assert PLATFORMS[name].delay >= 2


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_every_platform_that_may_be_visited_lists_hosts_and_paths(name: str) -> None:
    platform = PLATFORMS[name]
    assert bool(platform.hosts and platform.paths) is (platform.policy != "denied")


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_every_platform_says_why_in_one_line(name: str) -> None:
    reason = PLATFORMS[name].reason
    assert len(reason) > 10
    assert "\n" not in reason


def test_denied_for_good_are_the_boards_that_forbid_programs() -> None:
    assert {name for name, platform in PLATFORMS.items() if platform.policy == "denied"} == DENIED


@pytest.mark.parametrize("name", sorted(DENIED))
def test_a_denied_platform_says_which_domains_are_never_asked(name: str) -> None:
    assert PLATFORMS[name].domains
    assert not PLATFORMS[name].pages


@pytest.mark.parametrize("name", [name for name in SPIDERS if "{host}" in PLATFORMS[name].hosts])
@pytest.mark.parametrize(
    "host",
    [
        "www.linkedin.com", "uk.linkedin.com", "LinkedIn.com.", "www.indeed.com", "de.indeed.com", "www.glassdoor.com",
        "glassdoor.com.au", "app.joinhandshake.com", "www.ziprecruiter.com", "wellfound.com", "www.google.com",
        "google.com", "www.metacareers.com", "jobs.consider.com", "ai-jobs.net",
    ],
)  # fmt: skip
def test_no_board_of_the_employers_own_host_is_at_a_denied_domain(name: str, host: str) -> None:
    assert "is never asked" in (why_not(Board(name, "x", "X", (("host", host),)), PLATFORMS) or "")


@pytest.mark.parametrize("name", sorted(DENIED))
def test_a_denied_platform_names_the_lawful_way(name: str) -> None:
    reason = why_not(Board(name, "x", "X"), PLATFORMS)
    assert reason is not None
    assert "reachlist import" in reason or "reachlist boards add" in reason


def test_off_by_default_are_these_and_each_has_its_reason() -> None:
    assert {name for name, platform in PLATFORMS.items() if platform.policy == "off"} == set(OFF)


def test_platforms_with_a_key_name_the_environment_variables() -> None:
    assert all(bool(platform.environment) is (platform.policy == "key") for platform in PLATFORMS.values())


def test_a_platform_without_its_key_is_not_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    keyed = Platform("greenhouse", "key", "a free key", environment=("EXAMPLE_KEY",))
    board = Board("greenhouse", "x", "X")
    monkeypatch.delenv("EXAMPLE_KEY", raising=False)
    assert "EXAMPLE_KEY" in (why_not(board, {"greenhouse": keyed}) or "")
    monkeypatch.setenv("EXAMPLE_KEY", "1")
    assert why_not(board, {"greenhouse": keyed}) is None


def test_what_a_board_must_say_depends_on_no_key_or_policy() -> None:
    assert unsaid(Board("workday", "kestrel", "Kestrel")) == ("host", "site")
    assert unsaid(Board("workday", "kestrel", "Kestrel", (("host", "x.example"), ("site", "y")))) == ()
    assert unsaid(Board("greenhouse", "x", "X")) == unsaid(Board("nosuch", "x", "X")) == ()


def test_the_crawler_names_itself_and_nobody_else() -> None:
    assert settings.USER_AGENT.startswith("reachlist/")
    assert "+https://" in settings.USER_AGENT
    assert "Mozilla" not in settings.USER_AGENT


def test_no_console_no_reactor_and_no_other_scheme_stand_open() -> None:
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.REMOTE_CONTROL_ENABLED is False
    assert settings.TWISTED_REACTOR_ENABLED is False
    assert {scheme for scheme, handler in settings.DOWNLOAD_HANDLERS.items() if handler} == {"http", "https"}
