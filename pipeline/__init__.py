"""From stored postings to a ranked shortlist: no network, no Scrapy."""

__version__ = "0.1.0"
