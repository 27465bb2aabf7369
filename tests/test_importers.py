"""What the user already holds becomes postings with their provenance; hostile material is refused with a line."""

from __future__ import annotations

import base64
import gzip
import json
import mailbox
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.fields import Unreadable
from crawlers.importers import READERS, Imported, read
from crawlers.importers.links import link
from pipeline.cli import main
from pipeline.models import Posting, Verdict
from pipeline.store import Store
from tests.conftest import ROOT

SAMPLES = ROOT / "tests/importers"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in READERS and ".expected" not in path.name)
AT = "2026-11-21T08:00:00+00:00"


def shown(imported: Imported) -> list[dict[str, object]]:
    """The postings as JSON, fields without a value left out."""
    postings = [asdict(one) for snapshot in imported.snapshots for one in snapshot.postings]
    return json.loads(json.dumps([{k: v for k, v in one.items() if v} for one in postings]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_sample_reads_as_expected(path: Path) -> None:
    expected = path.with_name(path.name + ".expected.json")
    found = shown(read([path], AT))
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is written: review it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_kind_of_material_has_a_sample() -> None:
    twins = {".htm": ".html", ".mht": ".mhtml", ".jsonl": ".json", ".mbox": ".eml"}
    assert {twins.get(kind, kind) for kind in READERS} == {path.suffix for path in FILES}


def test_an_import_proves_nothing_missing() -> None:
    assert {snapshot.verdict for snapshot in read(FILES, AT).snapshots} == {Verdict.PARTIAL}


def test_mbox_and_maildir_hold_what_their_mails_hold(tmp_path: Path) -> None:
    mails = [path for path in FILES if path.suffix == ".eml"]
    mbox, maildir = mailbox.mbox(tmp_path / "all.mbox"), mailbox.Maildir(tmp_path / "all")
    for path in mails:
        mbox.add(path.read_bytes())
        maildir.add(path.read_bytes())
    mbox.close()
    maildir.close()
    singly = {str(one) for one in shown(read(mails, AT))}
    assert {str(one) for one in shown(read([tmp_path / "all.mbox"], AT))} == singly
    assert {str(one) for one in shown(read([tmp_path / "all"], AT))} == singly


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("https://www.linkedin.com/comm/jobs/view/4100000001/?trk=x", "https://www.linkedin.com/jobs/view/4100000001/"),
        ("https://uk.indeed.com/rc/clk?jk=00ff00ff00ff00ff&tk=1", "https://uk.indeed.com/viewjob?jk=00ff00ff00ff00ff"),
        ("https://a.example/j?id=7&utm_source=x&fbclid=y#top", "https://a.example/j?id=7"),
        ("https://www.google.com/url?q=https://a.example/j%3Fgclid%3D1&sa=t", "https://a.example/j"),
        ("https://a.example/apply?position=AB12&source=mail", "https://a.example/apply?position=AB12"),
        ("https://user:secret@a.example/j", "https://a.example/j"),
    ],
)
def test_links_lose_their_tracking(said: str, cleaned: str) -> None:
    assert link(said).url == cleaned


@pytest.mark.parametrize("said", ["javascript:alert(1)", "data:text/html,x", "", "https://", "https://[::1", "no link"])
def test_what_is_no_web_address_is_no_link(said: str) -> None:
    with pytest.raises(Unreadable):
        link(said)


def nested(depth: int) -> bytes:
    """A mail of multiparts within multiparts."""
    heads = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\n" + b"".join(heads) + b"Content-Type: text/plain\n\nx\n"


HOSTILE = {
    "deep.eml": (nested(3000), "parts within parts"),
    "bomb.html": (b"<div>" * 700_000, "not read"),
    "bomb.eml": (b"Content-Type: text/html\n\n" + b"<b>" * 700_000, "not read"),
    "deep.mhtml": (nested(3000), "parts within parts"),
    "noise.eml": (bytes(range(256)) * 200, "no posting"),
    "half.json": (b'[{"title": "ML Intern", "url": "https://a.exam', "breaks off"),
    "deep.json": (b"[" * 100_000, "nested deeper"),
    "nolinks.csv": (b"title,company\nML Intern,Mottle\n", "no column of links"),
    "photo.png": (b"\x89PNG", "files end in"),
    "empty.txt": (b"", "no posting"),
    "nolink.txt": (b"https://[::1/jobs/ml-intern", "not an address"),
    "noaddress.html": (b"<h1>ML Intern</h1>", "cannot be told"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_material_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    content, reason = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    imported = read([tmp_path / name], AT)
    assert not imported.snapshots
    assert len(imported.complaints) == 1 and reason in imported.complaints[0] and name in imported.complaints[0]


def test_a_huge_attachment_is_not_read(tmp_path: Path) -> None:
    """The alert in front of it is; and a line says that the rest was left."""
    head, body = (SAMPLES / "indeed.eml").read_bytes().split(b"MIME-Version: 1.0\n")
    attached = b"--b\nContent-Type: image/png\nContent-Disposition: attachment\n\n" + b"A" * 50_000_000 + b"\n--b--\n"
    wrapped = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    (tmp_path / "huge.eml").write_bytes(head + wrapped + body + b"\n" + attached)
    imported = read([tmp_path / "huge.eml"], AT)
    assert [one["title"] for one in shown(imported)] == ["NLP Intern"]
    assert "only its beginning" in imported.complaints[0]


def test_a_page_of_very_many_links_is_read(tmp_path: Path) -> None:
    """Each link is looked at once: the work does not grow with its square."""
    rows = (f'<a href="https://www.linkedin.com/jobs/view/{4100000000 + n}">Intern {n}</a>' for n in range(20_000))
    (tmp_path / "many.html").write_text(f"<div>{''.join(rows)}</div>")
    assert len(shown(read([tmp_path / "many.html"], AT))) == 20_000


def test_a_page_is_read_in_the_charset_it_declares(tmp_path: Path) -> None:
    page = '<meta charset="iso-8859-1"><link rel="canonical" href="https://a.example/j"><h1>Stagiaire données</h1>'
    (tmp_path / "latin.html").write_bytes(page.encode("latin-1"))
    assert [one["title"] for one in shown(read([tmp_path / "latin.html"], AT))] == ["Stagiaire données"]


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Vision Intern at Wee Ltd", "Wee Ltd"),
        ("Job Application for Vision Intern at Wee Ltd | Careers", "Wee Ltd"),
        ("Vision Intern @ Wee Ltd - Jobs", "Wee Ltd"),
        ("Vision Intern | Careers", ""),
        ("Vision Intern - Bern", ""),
        ("Careers at Wee Ltd", ""),
    ],
)
def test_the_title_of_a_page_names_the_employer_where_it_says_at_whom(tmp_path: Path, title: str, company: str) -> None:
    page = f'<title>{title}</title><link rel="canonical" href="https://wee.example/jobs/3"><h1>Vision Intern</h1>'
    (tmp_path / "page.html").write_text(page)
    assert [one.get("company", "") for one in shown(read([tmp_path / "page.html"], AT))] == [company]


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "data")]
    assert main(["import", str(SAMPLES / "shown.html"), "nosuch.eml", *data]) == 2
    said = capsys.readouterr()
    assert "nosuch.eml: no such file" in said.err and said.out == "" and not (tmp_path / "data").exists()


def test_what_holds_no_posting_says_nothing_of_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.html").write_text("<p>nothing</p>")
    assert main(["import", str(tmp_path / "empty.html"), "--data", str(tmp_path / "data")]) == 1
    assert "reachlist rank" not in capsys.readouterr().out


@settings(max_examples=60, deadline=None)
@given(sample=st.sampled_from(FILES), at=st.floats(0, 1), length=st.integers(0, 60), junk=st.binary(max_size=40))
def test_a_bent_file_is_read_or_refused(sample: Path, at: float, length: int, junk: bytes) -> None:
    """Whatever stands in a file, it ends in postings, links and complaints, never in an error."""
    content = sample.read_bytes()
    start = int(at * len(content))
    with TemporaryDirectory() as folder:
        bent = Path(folder) / sample.name
        bent.write_bytes(content[:start] + junk + content[start + length :])
        imported = read([bent], AT)
    assert imported.snapshots or imported.complaints or imported.alone


def test_a_link_within_a_link_is_a_job_of_its_own(tmp_path: Path) -> None:
    one, two = (f'<a href="https://www.linkedin.com/jobs/view/410000000{n}">Intern {n}' for n in (1, 2))
    mail = f"Content-Type: text/html\n\n<div>{one}<table><tr><td>{two}</a></td></tr></table></a></div>"
    (tmp_path / "links.eml").write_text(mail)
    assert {one["ref"] for one in shown(read([tmp_path / "links.eml"], AT))} == {"4100000001", "4100000002"}


def test_a_title_that_begins_like_a_button_is_a_title(tmp_path: Path) -> None:
    mail = (SAMPLES / "indeed.eml").read_text().replace("NLP Intern", "New Materials ML Intern")
    (tmp_path / "new.eml").write_text(mail)
    assert [one["title"] for one in shown(read([tmp_path / "new.eml"], AT))] == ["New Materials ML Intern"]


def test_the_command_stores_ranks_and_names_new_boards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path), "--now", "2026-11-21T08:00:00Z", "--plain"]
    alert, page, pasted = (str(SAMPLES / name) for name in ("linkedin.eml", "shown.html", "pasted.txt"))
    assert main(["import", page, *data]) == 0
    assert main(["import", alert, pasted, *data]) == 1  # a link alone, to no board that is known
    told = capsys.readouterr()
    assert "boards add https://jobs.lever.co/gull/" in told.out and "names no job" in told.err
    with Store(tmp_path / "reachlist.db") as store:
        stored = store.known("import/linkedin")
    assert set(stored) == {"4100000001", "4100000002"}
    assert "Forecast load" in stored["4100000002"].description  # the page said more than the alert after it
    assert main(["rank", "--format", "jsonl", *data]) == 0
    assert "Mottle Bioacoustics" in capsys.readouterr().out


# --- of one job, what says more ----------------------------------------------------------------------

ALERT = (
    b"From: LinkedIn <jobalerts-noreply@linkedin.com>\n\n"
    b"ML Intern\nMottle Energy\nBern, Switzerland\nView job: https://www.linkedin.com/comm/jobs/view/4100000001/?trk=x\n"
)
STATED = (
    '<link rel="canonical" href="https://www.linkedin.com/jobs/view/4100000001"><script type="application/ld+json">'
    '{"@type": "JobPosting", "title": "ML Intern", "description": "Python.", "datePosted": "2026-11-10"}</script>'
)


def imported_one(folder: Path, *calls: list[str]) -> Posting:
    """The one posting that is stored after these imports."""
    (folder / "alert.eml").write_bytes(ALERT)
    (folder / "page.html").write_text(STATED)
    for day, names in enumerate(calls, 20):
        options = ["--data", str(folder), "--now", f"2026-11-{day}T08:00:00Z", "--plain"]
        assert main(["import", *(str(folder / name) for name in names), *options]) == 0
    with Store(folder / "reachlist.db") as store:
        (posting,) = store.known("import/linkedin").values()
    return posting


@pytest.mark.parametrize(
    "calls",
    [
        [["alert.eml", "page.html"]],
        [["page.html", "alert.eml"]],
        [["alert.eml"], ["page.html"]],
        [["page.html"], ["alert.eml"]],
        [["alert.eml"], ["page.html"], ["alert.eml"]],
    ],
)
def test_a_short_page_says_more_than_the_alert_whichever_came_first(tmp_path: Path, calls: list[list[str]]) -> None:
    """And what the alert alone says, employer and place, stays."""
    posting = imported_one(tmp_path, *calls)
    assert (posting.description, posting.posted) == ("Python.", "2026-11-10")
    assert (posting.company, posting.location) == ("Mottle Energy", "Bern, Switzerland")


def test_of_two_alerts_the_fuller_one_counts(tmp_path: Path) -> None:
    (tmp_path / "more.eml").write_bytes(ALERT.replace(b"View job", b"$40 an hour\nView job"))
    assert "$40 an hour" in imported_one(tmp_path, ["more.eml"], ["alert.eml"]).description


def test_an_alert_of_one_line_that_names_the_employer_too_is_no_page(tmp_path: Path) -> None:
    line = b"ML Intern at Mottle Energy: https://www.linkedin.com/jobs/view/4100000001\n"
    (tmp_path / "short.eml").write_bytes(ALERT.partition(b"\n\n")[0] + b"\n\n" + line)
    posting = imported_one(tmp_path, ["page.html"], ["short.eml"])
    assert (posting.description, posting.company) == ("Python.", "Mottle Energy")


def test_what_names_the_job_only_does_not_replace_its_text(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("title,url\nML intern (applied),https://www.linkedin.com/jobs/view/4100000001\n")
    posting = imported_one(tmp_path, ["page.html"], ["mine.csv"])
    assert (posting.title, posting.description) == ("ML Intern", "Python.")


def test_an_import_does_not_make_the_list_look_fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path), "--now", "2026-11-21T08:00:00Z", "--plain"]
    assert main(["import", str(SAMPLES / "linkedin.eml"), *data]) == 0
    capsys.readouterr()
    main(["status", *data])
    assert "last good run: 2026" not in capsys.readouterr().out


# --- mails as they come -------------------------------------------------------------------------------


def mail(body: bytes, *headers: bytes) -> bytes:
    return b"\n".join((b"From: LinkedIn <jobalerts-noreply@linkedin.com>", *headers)) + b"\n\n" + body


CARD = (
    "Stagiaire données\nMottle Énergie\nGenève\nView job: https://www.linkedin.com/comm/jobs/view/4100000001/?trk=x\n"
)


@pytest.mark.parametrize(
    ("charset", "encoded", "title"),
    [
        (b"utf-8", CARD.encode(), "Stagiaire données"),
        (b"iso-8859-1", CARD.encode("latin-1"), "Stagiaire données"),
        (b"windows-1252", CARD.encode("cp1252"), "Stagiaire données"),
        (b"utf-16", CARD.encode("utf-16"), "Stagiaire données"),
        (b"x-made-up", CARD.encode(), "Stagiaire données"),
        (b"unknown-8bit", CARD.encode(), "Stagiaire données"),
        (b"us-ascii", CARD.encode(), "Stagiaire donn\ufffd\ufffdes"),
        (b"utf-8", CARD.encode("latin-1"), "Stagiaire donn\ufffdes"),
        (b'"; \\', CARD.encode(), "Stagiaire données"),
    ],
)
def test_a_mail_of_a_broken_charset_is_read(tmp_path: Path, charset: bytes, encoded: bytes, title: str) -> None:
    kind = b"Content-Type: text/plain; charset=" + charset
    (tmp_path / "mail.eml").write_bytes(mail(encoded, kind, b"Content-Transfer-Encoding: 8bit"))
    (posting,) = shown(read([tmp_path / "mail.eml"], AT))
    assert (posting["title"], posting["ref"]) == (title, "4100000001")


@pytest.mark.parametrize(
    "headers",
    [
        [b"Content-Transfer-Encoding: base64"],
        [b"Content-Transfer-Encoding: made-up", b"Content-Type: text/plain; charset=utf-8"],
        [b"Subject: =?utf-8?b?!!!?=", b"From: =?nonsense?q?=ff?= <a@b>", b"Content-Type: text/plain; charset=utf-8"],
        [b"Content-Type: multipart/mixed; boundary=b"],
        [b"Content-Type: text/html; charset=utf-8; charset=latin-1"],
        [b"Content-Type: " + b"x/" * 50_000],
    ],
)
def test_a_mail_with_broken_headers_is_read_or_refused(tmp_path: Path, headers: list[bytes]) -> None:
    (tmp_path / "mail.eml").write_bytes(mail(CARD.encode(), *headers))
    imported = read([tmp_path / "mail.eml"], AT)
    assert imported.snapshots or imported.complaints


def test_mails_that_are_forwarded_within_one_are_all_read(tmp_path: Path) -> None:
    inner = b"\n".join(
        b"--b\nContent-Type: message/rfc822\n\n" + mail(CARD.encode().replace(b"4100000001", number), b"Subject: x")
        for number in (b"4100000001", b"4100000002")
    )
    head = mail(inner + b"\n--b--\n", b"MIME-Version: 1.0", b"Content-Type: multipart/digest; boundary=b")
    (tmp_path / "both.eml").write_bytes(head)
    assert {one["ref"] for one in shown(read([tmp_path / "both.eml"], AT))} == {"4100000001", "4100000002"}


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_mails_in_which_no_posting_is_found_are_counted(tmp_path: Path, kind: type[mailbox.Mailbox]) -> None:
    box = kind(tmp_path / "all.mbox")
    box.add(mail(CARD.encode(), b"Content-Type: text/plain; charset=utf-8"))
    for link_unknown in (
        b"https://www.ziprecruiter.com/job-redirect?match_token=a",
        b"https://app.joinhandshake.com/jobs/77",
    ):
        box.add(mail(b"NLP Intern\nKelp\nBern\nView job: " + link_unknown + b"\n"))
    box.close()
    imported = read([tmp_path / "all.mbox"], AT)
    assert len(shown(imported)) == 1
    assert imported.notes == (f"{tmp_path / 'all.mbox'}: 2 left out: a mail in which no posting was found",)


def test_a_bomb_in_a_packed_link_is_no_link(tmp_path: Path) -> None:
    token = base64.urlsafe_b64encode(gzip.compress(b'{"u": "https://a.example/' + b"a" * 50_000_000)).decode()
    (tmp_path / "bomb.eml").write_bytes(mail(f"ML Intern\nMottle\nBern\nhttps://cts.indeed.com/v3/{token}\n".encode()))
    imported = read([tmp_path / "bomb.eml"], AT)
    assert not imported.snapshots or "a.example" not in str(shown(imported))


# --- exports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "Saved Date,Job Url,Job Title,Company Name\n10/12/26,https://a.example/1,ML Intern,Mottle\n"),
        ("b.csv", "Stellenbezeichnung;Unternehmen;Ort;Link\nML Intern;Mottle;Bern;https://a.example/1\n"),
        ("c.csv", "Intitulé du poste,Société,Lieu,Lien\nML Intern,Mottle,Berne,https://a.example/1\n"),
        ("d.csv", "职位,公司,地点,链接\nML Intern,Mottle,Bern,https://a.example/1\n"),
        ("e.json", '[{"jobTitle": "ML Intern", "company": {"name": "Mottle"}, "applyUrl": "https://a.example/1"}]'),
        (
            "f.jsonl",
            '{"title": "ML Intern", "companyName": "Mottle", "url": "https://a.example/1", "posted": "soon"}\n',
        ),
    ],
)
def test_an_export_is_read_by_the_names_of_its_columns(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (posting,) = shown(read([tmp_path / name], AT))
    assert (posting["title"], posting["company"], posting["url"]) == ("ML Intern", "Mottle", "https://a.example/1")


@pytest.mark.parametrize("stated", ['"2026-11-10"', "1794268800", '"1794268800"', "1794268800000", "20261110"])
def test_the_day_of_an_export_is_read_in_every_form_that_programs_write(tmp_path: Path, stated: str) -> None:
    one = f'{{"title": "ML Intern", "company": "Mottle", "url": "https://a.example/1", "date_posted": {stated}}}'
    (tmp_path / "a.jsonl").write_text(one)
    imported = read([tmp_path / "a.jsonl"], AT)
    assert [posting["posted"] for posting in shown(imported)] == ["2026-11-10"]
    assert imported.notes == imported.complaints == ()


def test_what_an_import_leaves_out_is_counted_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,url,active,posted\nML Intern,https://a.example/1,true,soon\nNLP Intern,https://a.example/2,False,\n"
    )
    (tmp_path / "b.txt").write_text("Mine:\n\nVision Intern https://a.example/3\n")
    imported = read([tmp_path / "a.csv", tmp_path / "b.txt"], AT)
    assert {posting["title"] for posting in shown(imported)} == {"ML Intern", "Vision Intern"}
    assert [note.partition(": ")[2] for note in imported.notes] == [
        "1 of the column posted not understood",
        "1 left out: no longer open",
        "1 left out: a line without a link",
    ]
    assert imported.complaints == ()


def names_of(folder: Path, name: str, content: bytes) -> tuple[list[object], Imported]:
    (folder / name).write_bytes(content)
    imported = read([folder / name], AT)
    return [one.get("company") or one["title"] for one in shown(imported)], imported


EXPORT = "title,company,url\nStagiaire ML,Société – 3 €,https://a.example/1\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_export_is_read_in_the_charset_that_a_spreadsheet_wrote(tmp_path: Path, charset: str) -> None:
    names, imported = names_of(tmp_path, "a.csv", EXPORT.encode(charset))
    assert names == ["Société – 3 €"] and imported.complaints == ()
    assumed = "1 read as Windows-1252, as the file is not UTF-8"
    assert [note.partition(": ")[2] for note in imported.notes] == ([assumed] if charset == "cp1252" else [])


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_pasted_list_is_read_in_the_charset_of_its_editor(tmp_path: Path, charset: str) -> None:
    names, imported = names_of(tmp_path, "a.txt", "Stagiaire données https://a.example/1\n".encode(charset))
    assert names == ["Stagiaire données"] and imported.complaints == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("title,company,url\nML Intern,深圳市公司,https://a.example/1\n".encode("gb18030"), "line 2: not UTF-8"),
        ("title,company,url\nML Intern,Общество,https://a.example/1\n".encode("cp1251"), "line 2: not UTF-8"),
        (EXPORT.encode() + b"NLP Intern,Kr\xe4henb\xfchl,https://a.example/2\n", "line 3: not UTF-8"),
        (EXPORT.encode("latin-1", "ignore") + b"NLP Intern,\x81,https://a.example/2\n", "line 2: not UTF-8"),
        (EXPORT.encode("utf-16")[:-1], "line 2: not UTF-16-LE"),
    ],
    ids=["Chinese", "Cyrillic", "two charsets", "none", "broken off"],
)
def test_an_export_whose_charset_cannot_be_told_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    names, imported = names_of(tmp_path, "a.csv", content)
    assert names == [] and len(imported.complaints) == 1 and why in imported.complaints[0]


@pytest.mark.parametrize("name", ["links.txt", "links.csv"])
def test_a_link_alone_is_no_posting_and_its_board_is_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The slug of a board is no title. A file of such links was understood: nothing in it failed."""
    links = ("https://jobs.ashbyhq.com/prior-labs/00000000-0000-4000-8000-000000000002",
             "https://job-boards.greenhouse.io/goodfire/jobs/4000001")  # fmt: skip
    (tmp_path / name).write_text("url\n" * name.endswith("csv") + "\n".join(links) + "\n")
    (tmp_path / "config").mkdir()
    (tmp_path / "config/boards.yaml").write_text("greenhouse: {goodfire: Goodfire}\n")
    options = ["--data", str(tmp_path), "--config", str(tmp_path / "config"), "--plain"]
    assert main(["import", str(tmp_path / name), *options]) == 0
    told = capsys.readouterr()
    assert told.out == f"an employer's own board, which can be visited: `reachlist boards add {links[0]}`\n"
    assert told.err == f"{tmp_path / name}: 2 left out: a link alone, to an employer's own board\n"
    with Store(tmp_path / "reachlist.db") as store:
        assert [one.board for one in store.candidates()] == ["ashby/prior-labs"] and store.count() == 0


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/jobs/view/4100000001/",  # never visited
        "https://boards.example.net/careers/computer-vision-intern",  # the words of an address are no title
        "https://mottle.example/jobs?gh_jid=4000001",  # its board would be a guess
    ],
)
def test_a_link_alone_to_no_known_board_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], link: str) -> None:
    (tmp_path / "links.txt").write_text(link)
    assert main(["import", str(tmp_path / "links.txt"), "--data", str(tmp_path), "--plain"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{tmp_path / 'links.txt'}: {link}: a link alone names no job; save its page")


def test_a_text_without_a_title_is_refused_as_that(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url,description\nhttps://a.example/1,Python and patience\n")
    imported = read([tmp_path / "a.csv"], AT)
    assert imported.complaints == (f"{tmp_path / 'a.csv'}: https://a.example/1: no title",)


def test_a_title_may_name_the_employer(tmp_path: Path) -> None:
    (tmp_path / "links.txt").write_text(
        "ML Intern at Mottle Energy https://a.example/jobs/1\nNLP Intern https://a.example/2\n"
    )
    named, unnamed = sorted(shown(read([tmp_path / "links.txt"], AT)), key=lambda one: str(one["url"]), reverse=True)
    assert (named["title"], named["company"]) == ("ML Intern", "Mottle Energy")
    assert unnamed["title"] == "NLP Intern" and "company" not in unnamed
