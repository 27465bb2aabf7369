"""Spidermon monitors of a `scrapy crawl`: optional, for those who run Scrapy's way and have Spidermon.

    EXTENSIONS = {"spidermon.contrib.scrapy.extensions.Spidermon": 500}
    SPIDERMON_ENABLED = True
    SPIDERMON_SPIDER_CLOSE_MONITORS = ("crawlers.monitors.BoardMonitors",)

They read the stats that BoardSpider counts. `reachlist run` needs none of it: it judges its own visits.
"""

from __future__ import annotations

from spidermon import Monitor, MonitorSuite, monitors

MOST_FAILED = 0.2  # share of the boards
MOST_REJECTED = 0.05  # share of the records


@monitors.name("boards")
class Boards(Monitor):
    """Did the visits come to something?"""

    @monitors.name("at most a fifth of the boards failed")
    def test_boards_failed(self) -> None:
        """A platform that changed its answers fails everywhere at once."""
        stats = self.data.stats
        visited = stats.get("boards/visited", 0)
        self.assertLessEqual(stats.get("boards/failed", 0), MOST_FAILED * visited, "too many boards failed")

    @monitors.name("at most one record in twenty could not be read")
    def test_records_rejected(self) -> None:
        """A field that was renamed leaves every record unreadable."""
        stats = self.data.stats
        seen = stats.get("postings/read", 0) + stats.get("postings/rejected", 0)
        self.assertLessEqual(stats.get("postings/rejected", 0), MOST_REJECTED * seen, "too many records were rejected")


class BoardMonitors(MonitorSuite):
    """What SPIDERMON_SPIDER_CLOSE_MONITORS names."""

    monitors = (Boards,)
