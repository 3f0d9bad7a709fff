"""A charter with two shares for one change is founded by its stricter one, and whoever verifies the book reads what was left."""

from __future__ import annotations

from pathlib import Path

from gongyue.covenant.binding import draft_file
from gongyue.covenant.parties import fictional_code
from tests.covenant.test_two_shares import TEMPLATE, drafted

from .desk import TWO, Desk

LEFT = "同是修改另写有“三分之二”，照较严的“出席會員四分之三以上之同意”执行"


def test_the_stricter_share_is_frozen_and_verify_says_what_was_left(founded: Desk) -> None:
    """From the sheet over import and freezing to the verified bundle that the initiators sign."""
    desk = founded
    Path("章程.txt").write_text(TEMPLATE, "utf-8")
    d = drafted(TEMPLATE, "出席會員四分之三以上之同意", "2")
    Path("章程.txt.binding.json").write_bytes(draft_file.dump(d.draft))
    assert LEFT in desk.run("founding", "bind", "章程.txt", "--sheet")
    desk.run("founding", "bind", "章程.txt", "--edition", "made.json")
    desk.run("founding", "import", "made.json", *TWO)
    desk.run("founding", "designate", "--approver", '{"name":"示范主管部门","basis":"basis.txt"}', *TWO)
    rows = [f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2)]
    desk.run("founding", "freeze", "--initiators", desk.write("first.csv", "\n".join(["id,name,code", *rows])), *TWO)
    desk.run("founding", "bundle", "bundle.zip")
    told = desk.run("verify", "bundle.zip", "--vkey", "office/log.vkey")
    assert LEFT in told and "“三分之二”是另一途径" in told
    english = desk.run("verify", "bundle.zip", "--vkey", "office/log.vkey", "--lang", "en")
    assert "the stricter “出席會員四分之三以上之同意” is carried out" in english
