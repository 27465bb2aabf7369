"""A file of whatever encoding becomes its text; what is none stays recognisable as that."""

from __future__ import annotations

import pytest

from pipeline.encoded import text_of

TEXT = "Praktikum in Zürich, maschinelles Lernen: “Python” ist nötig, 1.500 € im Monat"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_comes_back_from_what_programs_save(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_the_mark_tells_the_order_of_bytes(mark: bytes, encoding: str) -> None:
    assert text_of(mark + TEXT.encode(encoding)) == TEXT


def test_two_encodings_in_one_file_are_each_read() -> None:
    assert (
        text_of("Für Könner. ".encode() + "Un résumé est exigé.".encode("cp1252")) == "Für Könner. Un résumé est exigé."
    )


def test_what_is_no_text_is_marked_as_that() -> None:
    assert text_of("机器学习实习生，要求熟悉".encode("gbk")).count("\ufffd") > 5
    assert text_of(b"") == ""
