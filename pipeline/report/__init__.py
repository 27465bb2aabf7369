"""The HTML report: the shortlist as one file a person opens, with no network, no tracking and no server.

What comes in is rows and plain values; what goes out is one page. Nothing here judges, merges or fetches:
other stages may not be imported, only the nouns. `payload` turns rows into JSON, `document` puts JSON,
style and script into one page under a strict Content-Security-Policy, and `page/` holds what the browser runs.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline import whole_file
from pipeline.models import Profile
from pipeline.report.document import document
from pipeline.report.payload import Change, Lead, Row, Visit, payload

__all__ = ["Change", "Lead", "Row", "Visit", "write"]


def write(
    path: Path,
    rows: Sequence[Row],
    *,
    generated: datetime,
    profile: Profile | None = None,
    since: str | None = None,
    visits: Sequence[Visit] = (),
    changes: Sequence[Change] = (),
    outreach: Sequence[Lead] = (),
) -> None:
    """Write the page for `rows`, best first as `score.order` put them, by replace: never a torn file.

    `generated` is the run's clock. `since` is when the run before this one ended (ISO 8601): openings first
    seen after it are new; without it none is. `profile` gives the weights of criteria that no row has.
    `visits` are the latest visit to each board, `changes` what is different since the last list, `outreach`
    the employers to write to. Raises ValueError where one criterion carries two weights, because the page
    ranks all rows by one weight per criterion.
    """
    data = payload(
        rows,
        generated=generated,
        profile=profile,
        since=since,
        visits=visits,
        changes=changes,
        outreach=outreach,
    )
    whole_file.write(path, document(data))
