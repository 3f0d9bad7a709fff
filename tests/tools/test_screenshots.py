"""Screenshots: what the pictures of a page are called."""

from __future__ import annotations

from tools.screenshots import title_of


def test_no_picture_takes_the_place_of_another() -> None:
    """Forms that differ only in what they are filled with have pictures of their own; a page seen again has the same."""
    titles: dict[str, str] = {}
    paths = ("/", "/acts/new/key.add/1/?as=u:0001", "/acts/new/key.add/1/?as=u:0002", "/acts/new/key.add/1/?as=u:0001")
    assert [title_of(path, titles) for path in paths] == [
        "home",
        "acts_new_key.add_1",
        "acts_new_key.add_1.2",
        "acts_new_key.add_1",
    ]
