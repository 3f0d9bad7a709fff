"""Who may see which page."""

from __future__ import annotations

from web.conftest import House


def test_the_first_page_is_shown_to_anybody_and_may_be_kept(house: House) -> None:
    """A public page sets no cookie and says that it may be kept while the book stands."""
    answer = house.client().get("/")
    assert answer.status_code == 200
    assert answer.headers["X-Public"] == "1"
    assert not answer.cookies


def test_the_desk_sends_a_stranger_to_the_sign_in_page(house: House) -> None:
    """Nobody sees the desk without signing in."""
    answer = house.client().get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/desk/")
