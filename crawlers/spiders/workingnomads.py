"""Working Nomads. https://www.workingnomads.com: the JSON that its pages point to."""

from crawlers.boards import BoardSpider, Record


class WorkingNomads(BoardSpider):
    """Recent remote jobs in one answer, by their address, as they have no other name.

    Unverified against an answer: the fields are as several readers of it name them.
    """

    name = "workingnomads"
    url = "https://www.workingnomads.com/api/exposed_jobs/"
    newest_only = True
    always = (("workplace", "remote"),)
    record = Record(
        ref="url", url="url", title="title", company="company_name", description="description",
        locations="location", department="category_name", posted="pub_date",
    )  # fmt: skip
