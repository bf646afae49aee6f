"""Journeys wait for what they read: behind a click the next page may have come in part."""

from tests.house.sources import ROOT, lines_with

# What these answer is what is there by then; `expect(...).to_have_text([...])` waits for it.
AT_ONCE = r"\.all_(inner_texts|text_contents)\("


def test_no_journey_reads_a_list_of_texts_without_waiting_for_it():
    assert lines_with(AT_ONCE, sorted((ROOT / "tests/browser").rglob("*.py"))) == []
