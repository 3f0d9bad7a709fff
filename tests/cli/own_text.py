"""A text of one's own, bound as somebody would who takes what is proposed, founded and in force by the command line."""

from __future__ import annotations

import json
from pathlib import Path

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.parties import fictional_code
from tests.covenant.answering import Wanted, settle

from .desk import TWO, Desk, paper


def brought_into_force(desk: Desk, text: str, adopting: tuple[str, str], wanted: Wanted | None = None) -> None:
    """Two units found it; `adopting`: the keys that adopt its procedure and publish it, the second of a publisher."""
    d, _ = settle(binding_draft.begin(text.encode(), "章程.txt"), wanted or [])
    Path("章程.txt").write_text(text, "utf-8")
    Path("章程.txt.binding.json").write_bytes(draft_file.dump(d.draft))
    desk.run("founding", "bind", "章程.txt", "--edition", "made.json")
    desk.run("founding", "import", "made.json", *TWO)
    rows = "\n".join(["id,name,code", *(f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2))])
    desk.run("founding", "freeze", "--initiators", desk.write("first.csv", rows), *TWO)
    for i in (1, 2):
        desk.run("key", "new", f"u{i}.key")
        desk.run("key", "register", "--holder", f"u:000{i}", "--public-key", f"u{i}.key", *paper(f"k{i}"), *TWO)
        signing = ("--capacity", "legal_representative", "--signatory", "text:张三", "--key", f"u{i}.key")
        desk.run("founding", "sign", *signing)
    desk.run("founding", "submit", *TWO)
    first, publisher = adopting
    desk.run("interpretation", "adopt", "--key", "qin.key", "--key", first)
    places = json.dumps([{"url": "https://alliance.example/x", "evidence": "basis.txt"}])
    desk.run("founding", "publish", "--places", places, "--key", publisher, "--key", "qin.key")


def voted(desk: Desk, proposal: str, *choices: str) -> str:
    """What the vote on a proposal says once the first units have voted so."""
    desk.run("vote", "open", proposal)
    for i, choice in enumerate(choices, 1):
        desk.run("vote", "ballot", "--vote", proposal, "--choice", choice, "--key", f"u{i}.key")
    desk.run("tick")
    return desk.run("vote", "show", proposal)
