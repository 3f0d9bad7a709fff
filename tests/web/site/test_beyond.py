"""What the text says and the rules do not carry out, or carry out otherwise, stands on the covenant's page."""

from __future__ import annotations

from support.editions import edition_of
from tests.cli.test_own_words import TEXT
from tests.demo.test_other_covenants import SMALL
from web.conftest import House
from web.site.walking import text_of


def test_a_clause_that_is_carried_out_otherwise_is_told(house: House) -> None:
    """Each with its words and with what is done instead; a text that asks for no more than is done has none."""
    from gongyue.web.pages.covenant import beyond

    told = beyond(edition_of(TEXT))
    assert [one.label for one in told] == ["第5条"]
    assert told[0].words in TEXT
    assert "不待任何机关通过、批准或同意" in told[0].said
    assert beyond(edition_of(SMALL)) == []


def test_ours_has_none_on_its_page(house: House) -> None:
    """The demonstration's covenant is carried out as it says."""
    assert "不能代为执行" not in text_of(house.client().get("/covenant/"))


def test_what_the_text_lacks_is_listed_without_saying_so_in_every_line(house: House) -> None:
    """The heading says it."""
    told = text_of(house.client().get("/en/covenant/"))
    assert "Not in this text" in told and "not provided for" not in told.lower()


def test_the_sentences_that_nothing_carries_out_stand_on_the_covenants_page(house: House) -> None:
    """As `gongyue article` lists them, in both languages; of one article on its own page, and on no other."""
    from gongyue.governance.absences import left_of

    found = left_of(house.office.inst.meaning.edition)
    elsewhere = next(n for n in range(1, 26) if str(n) not in {e.at for e in found})
    for address, title, zh in (
        ("/covenant/", "本公约有而软件不执行的句子", True),
        ("/en/covenant/", "Sentences that the software does not carry out", False),
    ):
        told = text_of(house.client().get(address))
        assert title in told and all(e.words in told and (e.zh if zh else e.en) in told for e in found)
        for e in found:
            here = text_of(house.client().get(f"{address}{e.at}/"))
            assert title in here and (e.zh if zh else e.en) in here
        assert title not in text_of(house.client().get(f"{address}{elsewhere}/"))


def test_of_a_text_that_is_left_to_its_readers_all_of_it_is_listed(house: House) -> None:
    """What a heading says, what was called other matter, what a bound sentence says besides; of one article its own alone."""
    from gongyue.governance.absences import left_of
    from gongyue.web.pages.covenant import left

    text = edition_of(TEXT)
    listed = left(text)
    assert [one.words for one in listed] == [e.words for e in left_of(text)] and listed
    for number in range(1, len(text.parts) + 1):
        assert left(text, number) == [one for one in listed if one.number == number]
    assert [one.words for one in left(edition_of(SMALL))] == ["各单位应当明码标价，诚实守信。"]
