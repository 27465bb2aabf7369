"""What a visit proves: nothing is closed on less than proof, and nothing that is gone stays for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.lifecycle import HISTORY, MASS, Judgement, Past, Visit, fell, judge, next_visit, same_listing
from pipeline.models import NEWEST_ONLY, Board, Posting, Rejected, Snapshot, State, Verdict

BOARD = Board("greenhouse", "mottle", "Mottle")
AT = "2026-11-20T08:00:00+00:00"


def posting(ref: str) -> Posting:
    return Posting(BOARD.id, ref, f"https://jobs.example/{ref}", f"Intern {ref}", "Mottle", "<p>Work with us</p>")


def listing(*refs: str, verdict: Verdict = Verdict.COMPLETE, **fields: object) -> Snapshot:
    return Snapshot(BOARD, AT, verdict, tuple(map(posting, refs)), **fields)  # type: ignore[arg-type]


def past(*refs: str, sizes: tuple[int, ...] = (), doubted: frozenset[str] | None = None, **states: State) -> Past:
    return Past(dict.fromkeys(refs, State.OPEN) | states, sizes, doubted)


def many(count: int, start: int = 0) -> tuple[str, ...]:
    return tuple(f"p{number:03}" for number in range(start, start + count))


# --- missing, closed, reopened ------------------------------------------------------------------------


def test_absent_from_one_complete_listing_is_missing() -> None:
    judged = judge(listing("a", "b"), past("a", "b", "c"))
    assert judged == Judgement(Verdict.COMPLETE, missing=frozenset("c"), seen=frozenset("ab"))


def test_absent_from_two_complete_listings_is_closed() -> None:
    judged = judge(listing("a", "b"), past("a", "b", c=State.MISSING))
    assert judged.closed == {"c"} and not judged.missing


def test_a_missing_posting_that_is_listed_again_is_neither_new_nor_reopened() -> None:
    judged = judge(listing("a"), past(a=State.MISSING))
    assert judged.seen == {"a"} and not judged.new and not judged.reopened


def test_a_closed_posting_that_is_listed_again_is_reopened_not_new() -> None:
    judged = judge(listing("a", "b"), past("b", a=State.CLOSED))
    assert judged.reopened == {"a"} and not judged.new


@pytest.mark.parametrize("verdict", [Verdict.PARTIAL, Verdict.FAILED, Verdict.UNCHANGED, Verdict.SUSPECT])
def test_only_a_complete_listing_makes_a_posting_missing(verdict: Verdict) -> None:
    judged = judge(listing(verdict=verdict), past("a", b=State.MISSING))
    assert not judged.missing and not judged.closed


@pytest.mark.parametrize("verdict", [Verdict.COMPLETE, Verdict.PARTIAL, Verdict.FAILED])
def test_a_posting_whose_own_page_is_gone_is_closed_at_once(verdict: Verdict) -> None:
    judged = judge(listing("b", "c", verdict=verdict, gone=("a",)), past("a", "b", "c"))
    assert judged.closed == {"a"}


def test_a_posting_that_is_listed_is_not_gone_whatever_its_page_answered() -> None:
    assert not judge(listing("a", gone=("a",)), past("a")).closed


def test_a_closed_posting_is_not_closed_again() -> None:
    assert not judge(listing("b", gone=("a",)), past("b", a=State.CLOSED)).closed


def test_a_record_that_cannot_be_read_but_named_is_still_listed() -> None:
    snapshot = listing("a", rejected=(Rejected("no title", "{}", ref="b"),))
    assert not judge(snapshot, past("a", "b")).missing


def test_a_record_that_cannot_be_named_could_be_any_posting() -> None:
    judged = judge(listing("a", rejected=(Rejected("no id", "{}"),)), past("a", "b"))
    assert judged.verdict is Verdict.PARTIAL and not judged.missing and judged.reason


# --- the drop guard -----------------------------------------------------------------------------------


def test_an_empty_listing_of_a_board_that_had_postings_is_suspect() -> None:
    judged = judge(listing(), past("a"))
    assert judged.verdict is Verdict.SUSPECT and not judged.missing
    assert judged.reason == "the listing is empty, and 1 posting stood here before"


def test_an_empty_listing_of_a_board_that_never_had_any_is_believed() -> None:
    assert judge(listing(), Past()).verdict is Verdict.COMPLETE


def test_a_feed_of_the_newest_that_has_none_is_suspect_however_often_it_says_so() -> None:
    for doubted in (None, frozenset[str]()):
        judged = judge(listing(verdict=Verdict.PARTIAL, reason=NEWEST_ONLY), past("a", doubted=doubted))
        assert judged.verdict is Verdict.SUSPECT and not judged.missing
        assert judged.reason == "the listing is empty, and 1 posting stood here before"


def test_a_feed_of_the_newest_that_has_others_is_as_it_should_be() -> None:
    judged = judge(listing("z", verdict=Verdict.PARTIAL, reason=NEWEST_ONLY), past(*many(40), sizes=(40,) * 5))
    assert (judged.verdict, judged.reason, judged.new) == (Verdict.PARTIAL, NEWEST_ONLY, {"z"})


def test_why_an_empty_listing_is_partial_is_not_forgotten() -> None:
    judged = judge(listing(verdict=Verdict.PARTIAL, reason="the board says 9 postings, 0 came"), past("a"))
    assert (judged.verdict, judged.reason) == (Verdict.PARTIAL, "the board says 9 postings, 0 came")


@pytest.mark.parametrize(("rows", "verdict"), [(7, Verdict.COMPLETE), (6, Verdict.SUSPECT)])
def test_a_listing_more_than_30_percent_below_the_median_of_the_last_five_is_suspect(
    rows: int, verdict: Verdict
) -> None:
    sizes = (10, 10, 40, 10, 2)
    known = many(rows) + many(2, start=rows)
    assert judge(listing(*many(rows), listed=rows), past(*known, sizes=sizes)).verdict is verdict


def test_rows_left_out_on_purpose_are_rows_of_the_listing() -> None:
    assert judge(listing(*many(6), listed=10), past(*many(10), sizes=(10,) * 5)).verdict is Verdict.COMPLETE


def test_listings_older_than_the_last_five_do_not_count() -> None:
    sizes = (10,) * HISTORY + (100,) * 20
    assert judge(listing(*many(10)), past(*many(11), sizes=sizes)).verdict is Verdict.COMPLETE


def test_two_listings_are_no_history_and_three_are() -> None:
    assert judge(listing(*many(6)), past(*many(10), sizes=(10, 10))).verdict is Verdict.COMPLETE
    assert judge(listing(*many(6)), past(*many(10), sizes=(10, 10, 10))).verdict is Verdict.SUSPECT


@pytest.mark.parametrize(("lost", "verdict"), [(5, Verdict.COMPLETE), (6, Verdict.SUSPECT)])
def test_losing_more_than_half_at_once_is_suspect(lost: int, verdict: Verdict) -> None:
    replaced = many(10 - lost, start=lost) + many(lost, start=50)  # as many rows as before
    assert judge(listing(*replaced), past(*many(10))).verdict is verdict


@pytest.mark.parametrize(("lost", "verdict"), [(MASS - 1, Verdict.COMPLETE), (MASS, Verdict.SUSPECT)])
def test_losing_25_at_once_is_suspect_on_a_board_of_any_size(lost: int, verdict: Verdict) -> None:
    judged = judge(listing(*many(500 - lost, start=lost)), past(*many(500), sizes=(500,) * 5))
    assert judged.verdict is verdict


def test_25_pages_gone_at_once_are_a_broken_server() -> None:
    assert not judge(listing(verdict=Verdict.PARTIAL, gone=many(MASS)), past(*many(200))).closed
    assert len(judge(listing(verdict=Verdict.PARTIAL, gone=many(MASS - 1)), past(*many(200))).closed) == MASS - 1


def test_a_suspect_listing_still_brings_what_is_new() -> None:
    judged = judge(listing("z"), past(*many(10)))
    assert judged.verdict is Verdict.SUSPECT and judged.new == {"z"} and judged.doubted == {"z"}


def test_a_suspect_listing_that_repeats_is_believed() -> None:
    first = judge(listing("a"), past(*many(9), "a", sizes=(10,) * 5))
    second = judge(listing("a"), past(*many(9), "a", sizes=(10,) * 5, doubted=first.doubted))
    assert first.verdict is Verdict.SUSPECT
    assert second.verdict is Verdict.COMPLETE and second.missing == set(many(9)) and second.doubted is None


def test_another_suspect_listing_is_no_repetition() -> None:
    judged = judge(listing("b"), past(*many(8), "a", "b", sizes=(10,) * 5, doubted=frozenset("a")))
    assert judged.verdict is Verdict.SUSPECT and judged.doubted == {"b"}


def test_a_failed_visit_between_them_does_not_lift_a_doubt() -> None:
    assert judge(listing(verdict=Verdict.FAILED), past("a", doubted=frozenset())).doubted == frozenset()


def test_the_old_listing_again_lifts_a_doubt() -> None:
    assert judge(listing(verdict=Verdict.UNCHANGED), past("a", doubted=frozenset())).doubted is None
    assert judge(listing("a"), past("a", doubted=frozenset())).doubted is None


def test_a_listing_once_believed_needs_no_second_repetition() -> None:
    states = dict.fromkeys(many(9), State.MISSING)
    judged = judge(listing("a"), Past({"a": State.OPEN, **states}, (1, 10, 10, 10, 10)))
    assert judged.verdict is Verdict.COMPLETE and judged.closed == set(many(9))


def test_listings_agree_where_a_tenth_differs() -> None:
    assert same_listing(many(10), many(9)) and not same_listing(many(10), many(8))
    assert not same_listing("a", "")


# --- when to visit ------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def visits(*verdicts: Verdict, status: int | None = 200, moved: int = 0) -> list[Visit]:
    return [
        Visit((NOW - timedelta(days=age)).isoformat(), verdict, status=status, moved=moved)
        for age, verdict in enumerate(verdicts)
    ]


def days_until(seen: list[Visit], *, wanted: bool = False) -> float | None:
    due = next_visit(seen, wanted=wanted)
    return None if due is None else (due - NOW).total_seconds() / 86400


def test_a_board_never_visited_is_due_at_once() -> None:
    assert next_visit([], wanted=False) is None


def test_a_board_with_ml_internships_is_due_every_day() -> None:
    assert 0.5 < (days_until(visits(*[Verdict.UNCHANGED] * 9), wanted=True) or 0) < 1


def test_a_board_on_which_nothing_moves_is_visited_ever_less_but_every_week() -> None:
    waits = [days_until(visits(*[Verdict.UNCHANGED] * count)) or 0 for count in range(1, 20)]
    assert waits == sorted(waits) and waits[0] < 2 and 6 < waits[-1] < 7


def test_a_board_on_which_something_moved_is_due_the_next_day() -> None:
    assert (days_until(visits(Verdict.COMPLETE, moved=1)) or 9) < 1


def test_a_dead_board_is_visited_weekly_then_monthly() -> None:
    assert 6 < (days_until(visits(*[Verdict.FAILED] * 4, status=404)) or 0) < 7
    assert 6 < (days_until(visits(*[Verdict.FAILED] * 4, status=302)) or 0) < 7
    assert 0 < (days_until(visits(Verdict.PARTIAL, status=404)) or 0) < 1  # one of its pages is dead, not the board
    assert 29 < (days_until(visits(*[Verdict.FAILED] * 5, status=410)) or 0) < 30


def test_a_board_that_failed_is_due_at_the_next_run() -> None:
    assert next_visit(visits(Verdict.FAILED, Verdict.COMPLETE, status=500), wanted=True) is None


@pytest.mark.parametrize("verdict", [Verdict.SUSPECT, Verdict.PARTIAL])
def test_what_is_not_believed_is_looked_at_the_next_day(verdict: Verdict) -> None:
    assert (days_until(visits(verdict, *[Verdict.UNCHANGED] * 9)) or 9) < 1


# --- drift --------------------------------------------------------------------------------------------


def test_a_field_that_vanishes_from_a_platform_is_noticed() -> None:
    assert fell(0.0, [1.0, 0.98, 1.0]) and fell(0.7, [0.95] * 5)


def test_a_field_that_varies_as_it_always_did_is_not() -> None:
    assert not fell(0.85, [0.95, 0.8, 1.0]) and not fell(0.0, [0.1, 0.0]) and not fell(0.1, [])
