"""The executive body's yearly figures as everybody sees them: page, CSV, interface, and the address that cites a checkpoint."""

from __future__ import annotations

import csv
import io

import msgspec

from gongyue.governance.yearly_figures import FIGURES
from gongyue.web.pages import proofs
from web.conftest import House
from web.site.walking import text_of


def test_a_years_figures_on_the_page_as_csv_and_in_the_interface(house: House) -> None:
    """The same everywhere: what is under seal as entry oversight.report states it, which the page names."""
    stated = house.office.inst.yearly[2026]
    page, file = house.client().get("/executive/2026/"), house.client().get("/executive/years.csv")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    (row,) = [one for one in rows if one["year"] == "2026"]
    told = msgspec.json.decode(house.client().get("/api/years").content)
    (year,) = [one for one in told["years"] if one["year"] == 2026]
    assert {one["name"]: one["count"] for one in year["sealed"]} == stated.figures
    assert {n: row[n] for n in FIGURES} == {n: "not told" if c is None else str(c) for n, c in stated.figures.items()}
    assert int(row["report"]) == year["report"] == stated.index
    assert (int(row["size"]), row["root"]) == (told["size"], told["root"])
    assert f"#{stated.index}" in text_of(page) and f"公开行为{year['acts']}" in text_of(page)
    (running,) = [one for one in told["years"] if one["year"] == 2027]
    assert running["report"] is None and running["sealed"] == []
    assert "年终后记入公开簿" in text_of(house.client().get("/executive/2027/"))


def test_the_address_to_cite_carries_the_checkpoint(house: House) -> None:
    """It is this book's, or somebody's who has another; a year that was not is nowhere."""
    from gongyue.web import installation

    size = house.office.inst.size
    root = proofs.root(installation.now(), size - 1).hex()
    assert "引用以来簿册没有改写，只有增加" in text_of(house.client().get(f"/executive/2026/{size - 1}-{root}/"))
    for bad in (f"{size}-{root}", f"{size - 1}-{'00' * 32}", f"{size + 1}-{root}"):
        answer = house.client().get(f"/executive/2026/{bad}/")
        assert answer.status_code == 200 and "所引的不是本簿" in text_of(answer), bad
    assert house.client().get(f"/executive/2026/0-{root}/").status_code == 404  # no checkpoint is of nothing
    assert house.client().get("/executive/2025/").status_code == 404
    assert house.client().get("/executive/").content.count(b"/executive/2026/") == 1
