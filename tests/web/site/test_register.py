"""The register: search, facets, files, and the index it is answered from."""

from __future__ import annotations

import csv
import io
import json
from functools import partial

import pytest

from web.conftest import House
from web.going import NORTHLAKE, YIWEI, Going
from web.site.walking import text_of


def test_the_register_is_searched_by_part_of_a_name_or_code(house: House) -> None:
    """A part is enough, in any case; what matches nothing says so."""
    client = house.client()
    assert "2 家" in text_of(client.get("/register/?q=研究院"))
    found = text_of(client.get("/register/?q=115r"))
    assert "1 家" in found
    assert "夜航数据" in found
    assert "没有符合的单位" in text_of(client.get("/register/?q=不存在"))
    assert "夜航数据" in text_of(client.get("/register/?q=U:0011"))


def test_facets_choose_by_activity_and_status(house: House) -> None:
    """Sector and status narrow the roll; the status never says more than member, left, ended."""
    client = house.client()
    healthy = text_of(client.get("/register/?sector=vertical&status=member"))
    assert "7 家" in healthy
    assert "青禾健康" in healthy
    ended = text_of(client.get("/register/?status=ended"))
    assert "1 家" in ended
    assert "取消资格" not in ended


def test_who_was_only_invited_is_on_no_roll(house: House) -> None:
    """An invited unit that never joined is neither listed nor has a page (art. 4)."""
    from gongyue.web import installation

    invited = [u for u in installation.now().inst.units.values() if not u.since]
    client = house.client()
    for unit in invited:
        assert client.get(f"/register/{unit.id}/").status_code == 404
        assert unit.name not in text_of(client.get(f"/register/?q={unit.code}"))


def test_why_a_key_does_not_sign_is_told(house: House) -> None:
    """One that waits to be compared has not ended; one that was replaced has."""
    going = Going(house).at("2027-02-04 10:00")
    application = going.applies()
    going.at("2027-02-05 09:00").ticks().grants(application)
    client = house.client()
    assert "待与盖章的申请表核对" in text_of(client.get(f"/register/{NORTHLAKE.id}/"))
    going.compares(NORTHLAKE.id)
    assert "待与盖章的申请表核对" not in text_of(client.get(f"/register/{NORTHLAKE.id}/"))
    told = text_of(client.get(f"/register/{YIWEI}/"))
    assert "已停用" in told and "有效" in told
    assert "有效（单位已不是成员）" in text_of(client.get("/register/u:0011/"))


def test_the_roll_as_csv_opens_in_a_spreadsheet(house: House) -> None:
    """UTF-8 with its mark, one line a unit, the same as the JSON, and no cell is a formula."""
    client = house.client()
    data = client.get("/register/register.csv").content
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    register = json.loads(client.get("/register/register.json").content)
    assert rows == register["units"]
    assert (len(rows), register["size"]) == (38, 297)
    assert {row["status"] for row in rows} == {"member", "left", "ended"}


@pytest.mark.usefixtures("prepared")  # the models need their settings
def test_a_name_that_looks_like_a_formula_is_harmless_in_the_csv() -> None:
    """A spreadsheet takes no cell of ours for a formula."""
    from gongyue.web.pages.register import _harmless

    assert [_harmless(text) for text in ("=1+1", "@x", "云岭")] == ["'=1+1", "'@x", "云岭"]


def test_a_unit_admitted_now_is_on_the_roll_at_once(house: House) -> None:
    """The live roll is updated by the act itself, the index with it."""
    client = house.client()
    assert client.get(f"/register/{NORTHLAKE.id}/").status_code == 404
    going = Going(house).at("2027-02-01 10:00")
    application = going.applies(NORTHLAKE)
    going.at("2027-02-09 10:00").ticks().grants(application)
    assert "加入2027年2月9日" in text_of(client.get(f"/register/{NORTHLAKE.id}/")).replace(" ", "")
    assert "39 家" in text_of(client.get("/register/"))


def test_the_index_grows_by_new_leaves_alone(house: House) -> None:
    """What was indexed before is not read again, and an earlier size never sees later acts."""
    from gongyue.office.index import Index
    from gongyue.office.store import OPEN
    from gongyue.web import installation

    going = Going(house)
    before = installation.now()
    index = before.index
    earlier = list(index.of("actor", "sys", before.size))
    going.at("2027-02-08 10:00").ticks()
    after = installation.now()
    assert after.index is index
    assert list(index.of("actor", "sys", before.size)) == earlier
    assert len(index.of("actor", "sys", after.size)) > len(earlier)
    anew = Index().catch_up(partial(going.office.store.leaves, OPEN), after.size)
    for what, name in (("actor", "exec"), ("article", "at:22"), ("type", "vote.open/1"), ("matter", "p:2026-01")):
        assert list(anew.of(what, name, after.size)) == list(index.of(what, name, after.size))
