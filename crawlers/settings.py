"""Scrapy's settings: polite and hardened. Delays, hosts, paths and budgets stand in config/platforms.yaml."""

import os
from importlib.metadata import version

BOT_NAME = "reachlist"
CONTACT = os.environ.get("REACHLIST_CONTACT") or "https://github.com/reachlist/reachlist"  # who answers for a crawl
USER_AGENT = f"reachlist/{version('reachlist')} (+{CONTACT})"
SPIDER_MODULES = ["crawlers.spiders"]

# asyncio alone, no Twisted reactor: a crawl can be run again in the same process
TWISTED_REACTOR_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by Scrapy's default: a port that runs what it is sent

# every socket is opened by crawlers.connection: other schemes have no handler at all
DOWNLOAD_HANDLERS = {
    "http": "crawlers.connection.Connection",
    "https": "crawlers.connection.Connection",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # bytes, compressed or not
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60  # seconds for the whole answer; some boards need 10 to begin

# turns with hosts are taken in crawlers.middlewares.pacing, across spiders
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 64

DOWNLOADER_MIDDLEWARES = {
    "crawlers.middlewares.scope.ScopeMiddleware": 50,
    "crawlers.middlewares.robots.RobotsMiddleware": 100,
    "crawlers.middlewares.refusals.RefusalMiddleware": 575,  # before a 503 that is a refusal is tried again
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
}
REDIRECT_MAX_TIMES = 5
REFERER_ENABLED = False
RETRY_TIMES = 2
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 520, 521, 522, 523, 524]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.DownloadTimeoutError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

DEFAULT_REQUEST_HEADERS = {"Accept": "application/json, application/xml, text/html;q=0.9, */*;q=0.5"}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
