"""One job, one row: what is the same job is joined, what only looks like it is not."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.gold_openings import own_pairs
from benchmarks.planted_twins import world
from pipeline import cli
from pipeline.config import load_vocabulary
from pipeline.employer_block import Judged, from_json, to_json
from pipeline.employer_names import EmployerNames
from pipeline.job_urls import JobKey, JobLinks
from pipeline.models import Listing, Opening, Posting, State
from pipeline.openings import merge
from pipeline.store import Store
from tests.conftest import ROOT

VOCABULARY = load_vocabulary(ROOT / "config" / "vocabulary")
LINKS = JobLinks(VOCABULARY["job_links"])
employer_key = EmployerNames(VOCABULARY["employers"])
WORDS = (
    "You train and compare models on the archive of our buoys, write the evaluation that decides which one "
    "ships, and find the storms on which it fails. You bring Python and statistics and the habit of asking "
    "before you guess. Two engineers read what you write every week and you present it at the end of the summer."
)


def job(ref: str, **changed: object) -> Listing:
    posting = Posting(
        board="greenhouse/kelpwater",
        ref=ref,
        url=f"https://boards.greenhouse.io/kelpwater/jobs/{ref}",
        title="Machine Learning Intern",
        company="Kelpwater",
        description=WORDS,
        locations=("Lisbon",),
    )
    return Listing(replace(posting, **changed))  # type: ignore[arg-type]


def copied(ref: str, **changed: object) -> Listing:
    """A copy on a feed that carries no link of the employer."""
    return job(ref, **({"board": "feed/sea", "url": ""} | changed))


def groups(openings: list[Opening]) -> set[frozenset[str]]:
    return {frozenset(one.posting.id for one in opening.listings) for opening in openings}


def joined(*listings: Listing) -> list[Opening]:
    return merge(listings, key=employer_key, vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://boards.greenhouse.io/embed/job_app?for=k&token=4012345", JobKey("greenhouse", "4012345")),
        ("https://kelpwater.example/jobs/?gh_jid=4012345&utm_source=x", JobKey("greenhouse", "4012345")),
        ("https://job-boards.eu.greenhouse.io/k/jobs/4012345?gh_src=1", JobKey("greenhouse", "4012345")),
        (
            "https://k.wd5.myworkdayjobs.com/en-US/Ext/job/Lisbon/ML-Intern_R123456-2",
            JobKey("workday:k", "R123456"),
        ),
        ("https://k.wd5.myworkdayjobs.com/Students/job/ML-Intern_R123456", JobKey("workday:k", "R123456")),
        ("https://careers.k.example/en/job/48213/ml-intern", JobKey("careers.k.example", "48213")),
        (
            "https://careers.k.example/us/en/job/KELUSR147746EXTERNALENUS/2027-Intern-Machine-Learning",
            JobKey("careers.k.example", "kelusr147746externalenus"),
        ),
        ("https://careers.k.example/jobs/software-engineering-intern-summer-2027", None),
        ("https://k.example/careers/ml-intern-summer-2027-6883068002", JobKey("k.example", "6883068002")),
        ("https://k.example/jobs/4467901007/2027-ml-internship", JobKey("k.example", "4467901007")),
        ("https://k.tal.net/candidate/opp/11482-Summer-Analyst-2027/en-GB", JobKey("k.tal.net", "11482")),
        (
            "https://recruiting2.ultipro.com/K1/JobBoard/96ee3e38-47f2-48cc-95d1-5eef02c27844/OpportunityDetail"
            "?opportunityId=947c1c49-546e-460f-bf50-342612345678",
            JobKey("ultipro", "947C1C49-546E-460F-BF50-342612345678"),
        ),
        (
            "https://wd5.myworkdaysite.com/en-US/recruiting/kelp/Careers/job/Lisbon/ML-Intern_R26264-1",
            JobKey("workday:kelp", "R26264"),
        ),
        (
            "https://click.mail.example/r?id=88421&url=https%3A%2F%2Fjobs.lever.co%2Fk%2F"
            + "0" * 8
            + "-0000-4000-a000-"
            + "0" * 12,
            JobKey("lever", "0" * 8 + "-0000-4000-A000-" + "0" * 12),
        ),
        ("https://kelpwater.example/careers", None),
        ("not a link", None),
        ("", None),
    ],
)
def test_a_link_names_its_job(url: str, key: JobKey | None) -> None:
    assert LINKS.key(url) == key


def test_two_ids_on_a_list_of_other_peoples_jobs_prove_nothing() -> None:
    assert not LINKS.proves_difference(JobKey("linkedin", "4012345678"))
    assert LINKS.proves_difference(JobKey("greenhouse", "4012345"))


def test_our_pairs_are_told_apart() -> None:
    for pair, one, why in own_pairs():
        assert (len(joined(*map(Listing, pair))) == 1) == one, why


def test_there_are_pairs_of_many_kinds() -> None:
    kinds = {(one, why) for _, one, why in own_pairs()}
    assert sum(1 for _ in own_pairs()) >= 300
    assert min(sum(1 for one, _ in kinds if one is verdict) for verdict in (True, False)) >= 30


def test_a_copy_without_a_link_is_the_same_job() -> None:
    assert len(joined(job("4012345"), copied("a", title="ML: Machine Learning Intern (m/f/d)"))) == 1
    assert len(joined(job("4012345"), copied("a", title="Machine Learning Intern (m/f/d), Summer 2027"))) == 1


def test_what_may_be_the_same_is_linked_and_not_joined() -> None:
    one, other = joined(job("4012345"), copied("a", title="Machine Learning Intern Oceans", description=WORDS[:200]))
    assert one.maybe_also == (other.id,)
    assert other.maybe_also == (one.id,)


def test_one_site_does_not_list_one_job_under_two_titles() -> None:
    copies = copied("a", title="Machine Learning Intern"), copied("b", title="Machine Learning Intern, Night Watch")
    assert len(joined(*copies)) == 2


def test_the_employers_own_number_proves_a_job() -> None:
    one, other = (
        job("4012345", requisition="KW-77", description=""),
        copied("a", requisition="KW-77", url="https://x.example/12345"),
    )
    assert len(joined(one, other)) == 1
    assert len(joined(one, replace(other, posting=replace(other.posting, requisition="KW-78")))) == 2


def test_title_and_place_do_not_choose_between_two_jobs() -> None:
    twins = [job("4012345", description="a"), job("4099999", description="b")]
    found = joined(*twins, copied("x", description=""))
    assert len(found) == 3
    assert next(o for o in found if o.id == "feed/sea/x").maybe_also == (twins[0].posting.id, twins[1].posting.id)


def test_a_repost_is_the_opening_it_follows() -> None:
    old = replace(job("4012345"), state=State.CLOSED, first_seen="2026-09-01", last_seen="2026-09-20")
    new = replace(job("4099999"), first_seen="2026-10-01", last_seen="2026-10-02")
    assert len(joined(old, new)) == 1
    assert len(joined(replace(old, state=State.OPEN), new)) == 2


@pytest.mark.parametrize("later", ["2026-09-01T08:00:00+00:00", "2026-09-01T08:00:09+00:00"])
def test_what_was_first_met_in_one_run_stood_side_by_side_whichever_closed_since(later: str) -> None:
    first = "2026-09-01T08:00:00+00:00"
    gone = replace(job("4012345"), state=State.CLOSED, first_seen=first, last_seen=first)
    stands = replace(job("4099999"), first_seen=later, last_seen="2026-09-20T08:00:00+00:00")
    assert len(joined(gone, stands)) == 2


def test_facts_come_from_the_employers_own_board_and_no_posting_is_lost() -> None:
    (opening,) = joined(copied("a"), job("4012345"))
    assert opening.posting.board == "greenhouse/kelpwater"
    assert opening.id == "feed/sea/a"  # the first in the order of the input
    assert len(opening.listings) == 2


def test_two_nameless_postings_are_two_jobs() -> None:
    assert len(joined(copied("a", company=""), copied("b", company=""))) == 2


def test_ids_survive_a_merge_and_a_split() -> None:
    known = {"feed/sea/a": "feed/sea/a", "greenhouse/kelpwater/4012345": "greenhouse/kelpwater/4012345"}
    (both,) = merge([job("4012345"), copied("a")], key=employer_key, vocabulary=VOCABULARY, known=known)
    assert both.id in known.values()
    after = dict.fromkeys(known, both.id)
    apart = merge(
        [job("4012345"), copied("a", locations=("Porto",))], key=employer_key, vocabulary=VOCABULARY, known=after
    )
    assert len({opening.id for opening in apart}) == 2
    assert both.id in {opening.id for opening in apart}


def test_an_id_survives_a_move_to_another_platform() -> None:
    known = {"greenhouse/kelpwater/4012345": "greenhouse/kelpwater/4012345"}
    moved = copied(
        "9b", board="lever/kelpwater", url="https://jobs.lever.co/kelpwater/" + "0" * 8 + "-0000-4000-a000-" + "0" * 12
    )
    gone = replace(job("4012345"), state=State.CLOSED, first_seen="2026-09-01", last_seen="2026-09-20")
    (opening,) = merge(
        [gone, replace(moved, first_seen="2026-09-21")], key=employer_key, vocabulary=VOCABULARY, known=known
    )
    assert opening.id == "greenhouse/kelpwater/4012345"


SOME = [
    job("4012345"), job("4099999", locations=("Porto",)), copied("a"), copied("b", locations=("Porto",)),
    copied("c", title="Machine Learning Intern, PhD"), copied("d", description=""), copied("e", company="Saltmarsh"),
    copied("f", board="import/mail", url="https://kelpwater.example/?gh_jid=4012345"),
    copied("g", description=WORDS[:150]),
    copied("h", board="import/mail", title="Senior Machine Learning Engineer"), job("4055555", title="Data Intern"),
]  # fmt: skip


@settings(deadline=None)
@given(st.permutations(SOME))
def test_the_order_of_the_input_does_not_change_what_is_one(listings: list[Listing]) -> None:
    assert groups(joined(*listings)) == groups(joined(*SOME))


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_boards_and_runs_does_not_change_what_is_one(chance: random.Random) -> None:
    listings = list(world(300, seed=3).listings)
    whole = groups(joined(*listings))
    by_board = sorted(listings, key=lambda one: (chance.random(), one.posting.board))
    assert groups(joined(*by_board)) == whole
    known: dict[str, str] = {}
    for end in sorted(chance.sample(range(1, len(listings)), 3)):  # runs that see more and more
        for opening in merge(by_board[:end], key=employer_key, vocabulary=VOCABULARY, known=known):
            known |= {one.posting.id: opening.id for one in opening.listings}
    assert groups(merge(by_board, key=employer_key, vocabulary=VOCABULARY, known=known)) == whole


@settings(deadline=None, max_examples=30)
@given(st.randoms())
def test_merging_again_changes_nothing(chance: random.Random) -> None:
    listings = chance.sample(SOME, chance.randint(1, len(SOME)))
    first = joined(*listings)
    known = {one.posting.id: opening.id for opening in first for one in opening.listings}
    again = merge(
        [one for opening in first for one in opening.listings], key=employer_key, vocabulary=VOCABULARY, known=known
    )
    assert groups(again) == groups(first)
    assert {o.id for o in again} == {o.id for o in first}


def test_no_two_openings_share_an_id() -> None:
    known = {one.posting.id: "greenhouse/kelpwater/4012345" for one in SOME}
    ids = [opening.id for opening in merge(SOME, key=employer_key, vocabulary=VOCABULARY, known=known)]
    assert all(one != other for one, other in combinations(ids, 2))


def test_no_two_jobs_of_the_made_up_world_share_an_id() -> None:
    made = world(5_000, seed=80)
    first: dict[JobKey, str] = {}
    for name, key in ((one.posting.id, LINKS.key(one.posting.url)) for one in made.listings):
        earlier = first.setdefault(key, name) if key else name
        assert earlier == name or frozenset((earlier, name)) in made.pairs


# --- runs after runs ----------------------------------------------------------------------------------


def blocks_judged(listings: list[Listing], judged: dict[str, Judged]) -> int:
    """How many blocks a merge judges anew, and brings `judged` up to date."""
    before = dict(judged)
    merge(listings, key=employer_key, vocabulary=VOCABULARY, judged=judged)
    return sum(found is not before.get(employer) for employer, found in judged.items())


MANY = [
    one
    for number in range(12)
    for one in (
        job(f"40{number:05}", company=f"Kelpwater {number}"),
        copied(f"c{number}", company=f"Kelpwater {number}"),
        copied(f"d{number}", company=f"Kelpwater {number}", title="Data Science Intern"),
    )
]


def test_a_run_judges_only_the_employers_that_changed() -> None:
    judged: dict[str, Judged] = {}
    assert blocks_judged(MANY, judged) == 12
    assert blocks_judged(MANY[::-1], judged) == 0
    later = [replace(one, last_seen="2026-11-21") for one in MANY]
    assert blocks_judged(later, judged) == 0, "a visit that finds the same posting changes nothing"
    changed = [*MANY[:-1], replace(MANY[-1], posting=replace(MANY[-1].posting, title="Data Engineering Intern"))]
    assert blocks_judged(changed, judged) == 1
    assert blocks_judged([*changed, copied("new", company="Kelpwater 3")], judged) == 1
    assert blocks_judged(changed[3:], judged) == 1, "an employer's only postings went, and another's came back to less"


def test_what_was_found_is_kept_from_run_to_run_and_only_what_changed_is_written(tmp_path: Path) -> None:
    judged: dict[str, Judged] = {}
    blocks_judged(MANY, judged)
    with Store(tmp_path / "reachlist.db") as store:
        assert store.save_employer_blocks({employer: to_json(found) for employer, found in judged.items()}) == 12
        kept = {employer: from_json(body) for employer, body in store.employer_blocks().items()}
        assert kept == judged
        assert blocks_judged(MANY[3:], kept) == 0
        assert store.save_employer_blocks({employer: to_json(found) for employer, found in kept.items()}) == 1
        assert store.employer_blocks().keys() == kept.keys()


def test_other_words_judge_everything_anew() -> None:
    judged: dict[str, Judged] = {}
    assert blocks_judged(MANY, judged) == 12
    words = VOCABULARY | {"same_job": VOCABULARY["same_job"] | {"nameless": ["nobody"]}}
    before = dict(judged)
    merge(MANY, key=employer_key, vocabulary=words, judged=judged)
    assert all(judged[employer] is not before[employer] for employer in judged)


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10),
        st.sampled_from(["add", "drop", "close", "retitle", "move", "empty", "rename", "link"]),
    ),
    max_size=12,
)


def changed_world(listings: dict[int, Listing], at: int, what: str) -> None:
    """One change to one of SOME."""
    if what == "drop":
        listings.pop(at, None)
        return
    listing = listings.setdefault(at, SOME[at])
    posting = listing.posting
    if what == "close":
        listings[at] = replace(listing, state=State.CLOSED, first_seen="2026-01-01", last_seen="2026-02-02")
    elif what != "add":
        changes: dict[str, dict[str, Any]] = {
            "retitle": {"title": f"{posting.title} Oceans"[:60]},
            "move": {"locations": ("Porto",)},
            "empty": {"description": ""},
            "rename": {"company": "Saltmarsh"},
            "link": {"url": "https://boards.greenhouse.io/kelpwater/jobs/4099999"},
        }
        listings[at] = replace(listing, posting=replace(posting, **changes[what]))


@settings(deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_run_after_run_finds_what_one_run_over_everything_finds(runs: list[list[tuple[int, str]]]) -> None:
    listings: dict[int, Listing] = {}
    judged: dict[str, Judged] = {}
    for changes in runs:
        for at, what in changes:
            changed_world(listings, at, what)
        now = list(listings.values())
        step = merge(now, key=employer_key, vocabulary=VOCABULARY, judged=judged)
        assert step == merge(now, key=employer_key, vocabulary=VOCABULARY)


# --- a file of postings -------------------------------------------------------------------------------


def opening_of(tmp_path: Path, capsys: pytest.CaptureFixture[str], *rows: dict[str, Any]) -> dict[str, str]:
    """What `reachlist openings --from` says of a file of these rows."""
    path = tmp_path / "postings.jsonl"
    path.write_text("\ufeff" + "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        sys.exit(cli.main(["openings", "--from", str(path)]))
    assert not done.value.code
    return {row["id"]: row["opening"] for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_whatever_a_row_leaves_out_it_has_its_opening(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "company": "Kelpwater",
        "title": "ML Intern",
        "location": "Lisbon",
        "url": "https://kelpwater.example/j/81234",
    }
    rows: list[dict[str, Any]] = [
        {"id": f"without {name}"} | {k: v for k, v in row.items() if k != name} for name in row
    ]
    rows += [{"id": "link alone", "url": row["url"]}, {"id": "cities", "title": "Data Intern", "location": ["A", "B"]}]
    found = opening_of(tmp_path, capsys, *rows, {"id": "nulls", "title": "Intern", "company": None, "location": None})
    assert list(found) == [*(one["id"] for one in rows), "nulls"]
    assert found["link alone"] == found["without title"] == found["without company"] == "without company"
    assert found["nulls"] == "nulls"


def test_the_employers_name_in_a_title_names_no_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"company": "Kelpwater", "location": "Lisbon", "description": WORDS}
    found = opening_of(
        tmp_path,
        capsys,
        row | {"id": "board", "title": "Machine Learning Intern"},
        row | {"id": "mail", "title": "Machine Learning Intern at Kelpwater"},
    )
    assert found["mail"] == "board"


def test_a_copy_that_does_not_name_the_employer_is_known_by_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"title": "Machine Learning Intern", "location": "Lisbon", "description": WORDS}
    found = opening_of(
        tmp_path,
        capsys,
        row | {"id": "board", "company": "Kelpwater"},
        row | {"id": "copy"},
        row | {"id": "elsewhere", "location": "Porto"},
        row | {"id": "confidential", "company": "Confidential", "description": WORDS.replace("buoys", "mills")[:150]},
    )
    assert found == {"board": "board", "copy": "board", "elsewhere": "elsewhere", "confidential": "confidential"}


def test_two_copies_that_name_no_employer_are_one_by_their_words_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"title": "Machine Learning Intern", "location": "Lisbon"}
    found = opening_of(
        tmp_path,
        capsys,
        row | {"id": "one", "description": WORDS},
        row | {"id": "other", "description": f"<p>{WORDS}</p>", "company": "N/A"},
        row | {"id": "bare", "company": "N/A"},
        row | {"id": "bare too", "company": "N/A"},
    )
    assert found == {"one": "one", "other": "one", "bare": "bare", "bare too": "bare too"}


def test_words_that_two_employers_use_tell_neither(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"title": "Machine Learning Intern", "location": "Lisbon", "description": WORDS}
    named = [row | {"id": name, "company": name} for name in ("Kelpwater", "Saltmarsh")]
    found = opening_of(tmp_path, capsys, *named, row | {"id": "copy"})
    assert len(set(found.values())) == 3
