"""What the text says and the rules carry out otherwise stands on the covenant's page, with what is done instead."""

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
