"""Try to cheat: each cheat of the demonstration is done on a throwaway copy and found out, by name and article."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from gongyue.demo.cheats import listed
from web.conftest import House
from web.site.walking import text_of


def test_every_cheat_is_found_out_within_seconds(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each is caught as the catalogue says, with code and article; the copy is gone, the book is untouched."""
    from gongyue.web import installation
    from gongyue.web.pages import cheat

    monkeypatch.setattr(cheat, "RUNS", cheat.RUNS._replace(most=1000))
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    client, before = house.client(), installation.now().inst
    for one in listed():
        said = text_of(client.post(f"/cheat/{one.name}/"))
        assert "被发现了" in said, one.name
        assert "与预期不同" not in said, one.name
        assert one.code in said, one.name
        assert f"退出码 {one.exit}" in said, one.name
        assert f"gongyue cheat {one.name} --dir demo --out demo/cheated" in said
    assert installation.now().inst == before
    assert not list(passing.iterdir())


def test_the_result_names_article_figures_and_the_command(house: House) -> None:
    """A forged tally: both numbers side by side, article 22 with its words, the command to do it oneself."""
    said = text_of(house.client().post("/en/cheat/forge-tally/"))
    for words in ("Detected", "GY-22-08", "Article 22", "28+4+2", "26+6+2", "Exit code 3", "The copy has been removed"):
        assert words in said, words
    assert "gongyue verify demo/cheated --vkey demo/log.vkey" in said


def test_a_ballot_left_out_is_told_in_words_and_days(house: House) -> None:
    """The turnout that was stated and the one counted, and the day of the anchor, in the reader's language alone."""
    said = text_of(house.client().post("/cheat/drop-ballot/"))
    assert (
        "已投票 33 家（其中纸面 1）（2026年11月16日锚定时）" in said and "turnout" not in said and "20773" not in said
    )
    told = text_of(house.client().post("/en/cheat/drop-ballot/"))
    assert "32 had voted (1 on paper) (at the anchor of 16 November 2026)" in told


def test_cheating_is_rate_limited(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve runs at once from one address, then 429, and one more every five seconds."""
    from gongyue.web import rate_limit
    from gongyue.web.pages import cheat

    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: 1_800_000_000))
    client = house.client()
    codes = [client.post("/cheat/one-officer/").status_code for _ in range(cheat.RUNS.most + 1)]
    assert codes == [200] * 12 + [429]
    assert client.post("/cheat/one-officer/").headers["Retry-After"] == "5"


def test_a_real_installation_has_no_such_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a demonstration, list and run are 404."""
    from gongyue.web.pages import cheat

    real = msgspec.structs.replace(cheat.WEB, office=msgspec.structs.replace(cheat.WEB.office, demo=False))
    monkeypatch.setattr(cheat, "WEB", real)
    client = house.client()
    assert client.get("/cheat/").status_code == 404
    assert client.post("/cheat/one-officer/").status_code == 404


def test_a_cheat_there_is_not_is_not_found_and_reading_one_leads_to_the_list(house: House) -> None:
    """An unknown name gives 404; a run's address opened without running it leads back."""
    client = house.client()
    assert client.post("/cheat/no-such/").status_code == 404
    assert client.get("/cheat/one-officer/").headers["Location"] == "/cheat/"
