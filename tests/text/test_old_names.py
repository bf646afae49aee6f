"""Words of a story that may be names."""

from archive.text.old_stories.names import MOST, names_in


def test_names_of_up_to_three_words_are_collected():
    text = "Ines Calder came. Ines Calder’s lamp! Old Tom O'Hara  Reed saw Ines."

    assert set(names_in(text)) == {
        "ines", "calder", "ines calder", "old", "tom", "o'hara", "reed", "old tom", "tom o'hara", "old tom o'hara",
    }  # fmt: skip


def test_the_most_frequent_come_first_and_there_are_not_too_many():
    text = "Reed. " * 3 + " ".join(f"Keeper{chr(65 + number % 26)}{number}," for number in range(2 * MOST))

    names = names_in(text)

    assert (names[0], len(names)) == ("reed", MOST)
