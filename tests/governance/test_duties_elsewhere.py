"""Duties under another covenant: each names the article in which this text has its clause."""

from __future__ import annotations

from gongyue.covenant.changes import TextEdit
from gongyue.covenant.edition import Edition
from gongyue.governance import amendment, effect, publication, vote
from support.alliance import Alliance
from support.editions import change_of, edition_of
from tests.demo.test_other_covenants import SMALL


def small() -> Edition:
    """Seven articles: published under the fourth, listed under the fifth, amended under the sixth."""
    return edition_of(SMALL)


def test_duties_cite_the_articles_of_the_text_in_force() -> None:
    """The seed's are 21, 23 and 22."""
    world = Alliance(5, 2, text=small()).effective()
    assert [(d.act, d.article) for d in effect.duties(world.inst)] == [("founding.publish/1", 4)]
    world = Alliance(5, 2, text=small()).in_force().on("2026-07-05")
    assert [(d.act, d.article) for d in publication.duties(world.inst)] == [("publication.list/1", 5)]
    change = change_of(world.edition, TextEdit("2", "诚实守信", "童叟无欺"), text=world.inst.meaning.edition)
    world.vote_open(change)
    assert {(d.act, d.article) for d in vote.duties(world.inst)} == {("vote.close/1", 6)}
    assert {d.article for d in amendment.duties(world.inst)} <= {6}
