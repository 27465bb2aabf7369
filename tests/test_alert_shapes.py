"""Alerts in the shapes that their senders use, plain and HTML: title, employer and place of each job, nothing else.

The shapes are those of real mails, the words are ours.
"""

from __future__ import annotations

import base64
import gzip
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawlers.importers import read

AT = "2026-11-21T08:00:00+00:00"
LINKEDIN = "https://www.linkedin.com/comm/jobs/view"
VIEW = "https://www.linkedin.com/jobs/view"


def packed(address: str) -> str:
    """A link of Indeed's mails, as they pack the address within it."""
    token = base64.urlsafe_b64encode(gzip.compress(json.dumps({"u": address, "m": "x"}).encode())).decode().rstrip("=")
    return f"https://cts.indeed.com/v3/{token}/signature"


INTERN = ("ML Intern", "Marsh Robotics", "Bern, Switzerland")
ANALYST = ("Data Analyst", "Fen Bank", "Remote")

PLAIN = {
    "linkedin with a heading right above": (
        "LinkedIn <jobalerts-noreply@linkedin.com>",
        f"""Your job alert for machine learning in Bern
30+ new jobs match your preferences.

ML Intern
Marsh Robotics
Bern, Switzerland
This company is actively hiring
Apply with resume & profile
View job: {LINKEDIN}/4100000001/?trackingId=0123

---------------------------------------------------------


Data Analyst
Fen Bank
Remote

2 school alumni
View job: {LINKEDIN}/4100000002/?trackingId=0123

---------------------------------------------------------

See all jobs on LinkedIn:  https://www.linkedin.com/comm/jobs/search?geoId=1
This email was intended for you
""",
        [INTERN, ANALYST],
    ),
    "linkedin with employer and place in one line": (
        "LinkedIn <jobs-noreply@linkedin.com>",
        f"""Your job alert for data engineer
ML Intern
Marsh Robotics · Bern, Switzerland
View job <{LINKEDIN}/4100000001?trk=abc>

Data Analyst
Fen Bank · Remote
View job <{LINKEDIN}/4100000002?trk=def>

Unsubscribe <https://www.linkedin.com/e/unsub>
""",
        [INTERN, ANALYST],
    ),
    "linkedin with the link beside the title": (
        "LinkedIn <jobalerts-noreply@linkedin.com>",
        f"""Your job alert for "data analyst" in Bern

ML Intern ({VIEW}/4100000001?trackingId=abc&refId=xyz)
Marsh Robotics
Bern, Switzerland
1 day ago · 25 applicants

Data Analyst ({VIEW}/4100000002?trackingId=def)
Fen Bank
Remote
""",
        [INTERN, ANALYST],
    ),
    "indeed with pay and a sentence of the text": (
        "Indeed <donotreply@match.indeed.com>",
        """Hi Sam, your background could be a good match.
Jobs are based on your preferences, profile, and activity on Indeed

ML Intern
Marsh Robotics - Bern, Switzerland
$40 - $50 an hour
Easily apply
You will build models of the sea...

https://www.indeed.com/pagead/clk/dl?from=multijob&jrtk=5-cmh1-1-aaaa-bbbb&mo=r&ad=abc123

Data Analyst
Fen Bank - Remote
$90,000 - $95,000 a year
Responsive employer
The ideal candidate counts...

https://www.indeed.com/rc/clk/dl?jk=00ff00ff00ff00ff&from=email

Salaries estimated if unavailable.
""",
        [INTERN, ANALYST],
    ),
    "indeed in a sentence, its link packed": (
        "Indeed <donotreply@match.indeed.com>",
        "We thought this job for a ML Intern at Marsh Robotics in Bern, Switzerland paying $40 an hour would be a good"
        f" fit. Check out the job at {packed('https://ch.indeed.com/viewjob?jk=00ff00ff00ff00aa')}\n"
        "Unsubscribe: https://cts.indeed.com/v3/H4sIxxxx",
        [INTERN],
    ),
}

HTML = {
    "linkedin with a logo, and a button in German": (
        "jobalerts-noreply@linkedin.com",
        f"""<table><tr><td><a href="{LINKEDIN}/4100000001/?trackingId=a"><img src="logo.png"></a></td>
<td><a href="{LINKEDIN}/4100000001/?trackingId=b">ML Intern</a><br>Marsh Robotics<br>Bern, Switzerland</td></tr>
<tr><td><a href="{LINKEDIN}/4100000002/">Ansehen</a><div>Data Analyst<br>Fen Bank<br>Remote</div></td></tr>
<tr><td><a href="https://www.linkedin.com/comm/mynetwork/">Dein Netzwerk</a></td></tr></table>""",
        [INTERN, ANALYST],
    ),
    "glassdoor with a rating of its own": (
        "noreply@glassdoor.com",
        """<a href="https://www.glassdoor.com/partner/jobListing.htm?pos=101&amp;jl=10001"><table><tr>
<td>Marsh Robotics</td>
<td>3.7 ★</td><td>ML Intern</td><td>Bern, Switzerland</td><td>$40 - $50</td><td>(</td><td>Employer est.</td><td>)</td>
<td>21h</td></tr></table></a>
<a href="https://www.glassdoor.com/partner/jobListing.htm?pos=102&amp;jobListingId=10002">
<div>Fen Bank</div><div>Data Analyst</div><div>Remote</div><div>Easy Apply</div><div>7d</div></a>
<a href="https://www.glassdoor.com/Job/bern-ml">See more jobs</a>""",
        [INTERN, ANALYST],
    ),
    "glassdoor with the title first": (
        "noreply@glassdoor.com",
        """<div><a href="https://www.glassdoor.com/partner/jobListing.htm?jobListingId=10001"><img alt="logo"></a>
<a href="https://www.glassdoor.com/partner/jobListing.htm?jobListingId=10001"><table><tr><td>ML Intern</td></tr>
</table>
<span>Marsh Robotics · -</span><span> Bern, Switzerland</span><table><tr><td>$40K - $50K</td></tr></table></a>
</div>""",
        [INTERN],
    ),
    "ziprecruiter without an element of its own": (
        "alerts@ziprecruiter.com",
        """<p>Here are today's jobs recommended for you:</p>
<a href="https://www.ziprecruiter.com/ekm/AAAAAAAA1">ML Intern</a>
<p>Marsh Robotics • Bern, Switzerland • On-site</p><p>$40 - $50/hr</p>
<a href="https://www.ziprecruiter.com/ekm/AAAAAAAA1">View Details</a>
<a href="https://www.ziprecruiter.com/km/BBBBBBBB1">Data Analyst</a><p>Fen Bank • Remote</p><p>Estimated Pay</p>
<a href="https://www.ziprecruiter.com/km/CCCCCCCC1">1-Click Apply</a>""",
        [INTERN, ANALYST],
    ),
    "handshake with links that say nothing": (
        "handshake@notifications.joinhandshake.com",
        """<a href="https://email.notifications.joinhandshake.com/c/AAAA"><img alt="Marsh logo"></a>
<a href="https://email.notifications.joinhandshake.com/c/BBBB"><span>Marsh Robotics</span><span>ML Intern</span>
<span>$98&#8211;131K/yr &#8226; Internship &#8226; Bern, Switzerland</span></a>
<a href="https://email.notifications.joinhandshake.com/c/DDDD">Privacy policy</a>
<a href="https://email.notifications.joinhandshake.com/u/unsubscribe">unsubscribe</a>""",
        [INTERN],
    ),
    "indeed with three links to one job": (
        "donotreply@match.indeed.com",
        """<div><a href="https://cts.indeed.com/v3/TOKEN1">Job anzeigen</a>
<a href="https://cts.indeed.com/v3/TOKEN1">ML Intern
</a><a href="https://cts.indeed.com/v3/TOKEN1">Mehr erfahren</a><span>Marsh Robotics</span>
<span>Bern, Switzerland</span>
<span>Anstellungsart</span><span>Vollzeit</span></div><p>
<a href="https://cts.indeed.com/v3/FOOT">Datenschutzerklärung</a>
<a href="https://cts.indeed.com/v3/BYE">Abmelden</a></p>""",
        [INTERN],
    ),
}


def jobs(folder: Path, sender: str, text: str, kind: str) -> list[tuple[str, str, str]]:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "Jobs for you"
    mail.set_content(text, subtype=kind)
    (folder / "alert.eml").write_bytes(mail.as_bytes())
    imported = read([folder / "alert.eml"], AT)
    assert not imported.complaints
    return [(one.title, one.company, one.location) for snapshot in imported.snapshots for one in snapshot.postings]


@pytest.mark.parametrize("shape", PLAIN)
def test_a_plain_alert_is_read(tmp_path: Path, shape: str) -> None:
    sender, text, expected = PLAIN[shape]
    assert jobs(tmp_path, sender, text, "plain") == expected


@pytest.mark.parametrize("shape", HTML)
def test_an_alert_in_html_is_read(tmp_path: Path, shape: str) -> None:
    sender, text, expected = HTML[shape]
    assert jobs(tmp_path, sender, f"<html><body>{text}</body></html>", "html") == expected


def test_a_packed_link_is_opened_without_a_request(tmp_path: Path) -> None:
    sender, text, _ = PLAIN["indeed in a sentence, its link packed"]
    jobs(tmp_path, sender, text, "plain")
    (snapshot,) = read([tmp_path / "alert.eml"], AT).snapshots
    assert [one.url for one in snapshot.postings] == ["https://ch.indeed.com/viewjob?jk=00ff00ff00ff00aa"]
