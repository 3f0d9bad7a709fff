"""A whole session through the command line alone: from init to a verified book."""

from __future__ import annotations

import json
from pathlib import Path

from .desk import TWO, Desk, paper


def _public(desk: Desk) -> tuple[str, ...]:
    desk.run("export", "public")
    return ("--public", "public", "--vkey", "office/log.vkey")


def test_a_covenant_is_founded_amended_and_verified_through_the_command_line(in_force: Desk) -> None:
    """Import, signatures, approval, publication, first batch, proposal, vote, close: verify finds it lawful."""
    desk = in_force
    desk.run("membership", "enrol", "--accepts", "--activities", "analysis", "--key", "u3.key")
    change = (
        "--replace",
        22,
        "三分之二",
        "四分之三",
    )
    desk.run("amendment", "initiate", "--proposal", "p:2026-01", *change, "--key", "u1.key")
    desk.run("amendment", "file", "--proposal", "p:2026-01", "--key", "u1.key")
    desk.run("vote", "open", "p:2026-01")
    for i in (1, 2, 3):
        desk.run("vote", "ballot", "--vote", "p:2026-01", "--choice", "consent", "--key", f"u{i}.key")
    assert "24:00 止" in desk.run("vote", "show", "p:2026-01")
    done = desk.json("tick")
    assert [d["type"] for d in done] == ["book.anchor/1", "vote.turnout/1", "vote.close/1"]
    told = desk.json("vote", "show", "p:2026-01")
    assert (told["voted"], told["voted_on_paper"], told["outcome"]) == (3, 0, "adopted")
    shown = desk.run("vote", "show", "p:2026-01")
    assert "3 家：同意 3，不同意 0，弃权 0" in shown and f"都已投票，{told['closed_early']} 提前结束" in shown
    certificate = desk.json("amendment", "certificate", "p:2026-01")
    assert (certificate["outcome"], certificate["roll"], certificate["consents"], certificate["silent"]) == (
        "adopted",
        3,
        3,
        0,
    )
    assert [t["arithmetic"] for t in certificate["tests"]] == ["3×3=9≥2×3=6"] * 2
    desk.run("amendment", "notify", "--proposal", "p:2026-01", *paper("备案函"), *TWO)
    places = '[{"url":"https://alliance.example/a1","evidence":"basis.txt"}]'
    desk.run(
        "amendment", "publish", "--proposal", "p:2026-01", "--places", places, "--key", "lu.key", "--key", "qin.key"
    )
    desk.run("disclosures", "--as", "u:0002", "--out", "u2.jsonl")
    desk.run("export", "public.zip")
    promise = min(Path("office/receipts").glob("sealed-*.promise"))
    report = desk.json(
        "verify", "public.zip", "--vkey", "office/log.vkey", "--disclosures", "u2.jsonl",
        "--receipt", "office/receipts/3.tlog-proof", "--receipt", promise, "--state", "book.state",
    )  # fmt: skip
    assert (report["code"], report["failure"], report["disclosed"]) == (0, None, 1)
    again = desk.json("verify", "public.zip", "--vkey", "office/log.vkey", "--state", "book.state")
    assert (again["code"], again["acts"]) == (0, report["acts"])
    both = ("--state", "book.state", "--disclosures", "u2.jsonl")
    later = desk.json("verify", "public.zip", "--vkey", "office/log.vkey", *both)
    assert (later["code"], later["disclosed"]) == (0, 1)  # judged as things stood when the ballot arrived


def test_exporting_twice_to_zip_gives_the_same_bytes(in_force: Desk) -> None:
    """Names are sorted and dates fixed, so that a published file can be compared."""
    in_force.run("export", "a.zip")
    in_force.run("export", "b.zip")
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()


def test_an_altered_export_is_tampered_with(in_force: Desk) -> None:
    """One byte altered: exit 2, and the entry is named."""
    in_force.run("export", "public")
    bundle = next(Path("public/tile/entries").rglob("*.p/*"))
    bundle.write_bytes(bundle.read_bytes().replace(b"founding", b"f0unding", 1))
    report = in_force.json("verify", "public", "--vkey", "office/log.vkey", code=2)
    assert report["failure"]["index"] == 1


def test_a_book_is_not_exported_before_it_is_published(effective: Desk) -> None:
    """Out of turn: nobody outside sees drafts."""
    assert effective.json("export", "public", code=3)["code"] == "out-of-turn/not-in-force"
    assert not Path("public").exists()


def test_the_second_of_two_officers_signs_a_file(founded: Desk) -> None:
    """One writes the act with --out, the other adds a signature, anyone hands it in."""
    designate = ("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}')
    founded.run(*designate, "--key", "qin.key", "--out", "act.json")
    assert founded.json("submit", "act.json", code=1)["code"] == "GY-05-02"
    shown = founded.run("sign", "act.json", "--key", "bai.key")
    assert "founding.designate/1" in shown and "部门" in shown
    assert len(json.loads(Path("act.json").read_text("utf-8"))["sigs"]) == 2
    assert founded.json("submit", "act.json")["type"] == "founding.designate/1"


def test_signing_a_file_twice_with_one_key_adds_nothing(founded: Desk) -> None:
    """Two signatures are two persons'."""
    founded.run("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}', *TWO, "--out", "act.json")
    founded.run("sign", "act.json", "--key", "bai.key")
    assert len(json.loads(Path("act.json").read_text("utf-8"))["sigs"]) == 2


def test_handing_an_act_in_again_gives_the_same_receipt(founded: Desk) -> None:
    """Retry is idempotent: nothing is recorded twice, the receipt's bytes are the same."""
    founded.run("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}', *TWO, "--out", "act.json")
    first = founded.json("submit", "act.json")
    receipt = Path("act.tlog-proof").read_bytes()
    second = founded.json("submit", "act.json")
    assert (first["already"], second["already"]) == (False, True)
    assert first | {"already": True} == second
    assert Path("act.tlog-proof").read_bytes() == receipt
    assert "先前已记录" in founded.run("submit", "act.json")
    assert founded.json("submit", "act.json", "--dry-run")["would"] == "nothing"
    assert founded.json("status")["size"] == 2


def test_a_remote_member_signs_against_the_published_book(in_force: Desk) -> None:
    """No office at hand: the context comes from a verified export, the signed file is handed in by anyone."""
    public = _public(in_force)
    public = (*public[:-1], in_force.write("log.vkey", Path("office/log.vkey").read_text("ascii")))
    Path("office").rename("elsewhere")
    enrol = ("membership", "enrol", "--accepts", "--activities", "analysis", "--key", "u3.key", *public)
    assert in_force.json(*enrol, "--dry-run")["would"] == "record"
    assert "--out" in in_force.run(*enrol, code=2)
    in_force.run(*enrol, "--out", "enrol.json")
    assert in_force.json("submit", "enrol.json", "--office", "elsewhere")["actor"] == "u:0003"


def test_a_remote_ballot_is_sealed_and_counts_its_own_sequence(in_force: Desk) -> None:
    """A second ballot from afar needs --seq 2: nobody else knows how many were cast."""
    in_force.run(
        "amendment",
        "initiate",
        "--proposal",
        "p:1",
        "--replace",
        22,
        "可以对本公约进行修改",
        "可以修改本公约",
        "--key",
        "u1.key",
    )
    in_force.run("amendment", "file", "--proposal", "p:1", "--key", "u1.key")
    in_force.run("vote", "open", "p:1")
    ballot = ("vote", "ballot", "--vote", "p:1", "--key", "u1.key", *_public(in_force), "--choice")
    in_force.run(*ballot, "consent", "--out", "one.json")
    in_force.run(*ballot, "against", "--out", "two.json")
    in_force.run(*ballot, "against", "--seq", 2, "--out", "three.json")
    assert in_force.json("submit", "one.json")["book"] == "sealed"
    assert in_force.json("submit", "two.json", code=3)["code"] == "out-of-turn/sequence"
    recorded = in_force.json("submit", "three.json")
    assert (recorded["index"], recorded["already"]) == (None, False)
    assert recorded["commitment"] in Path("three.promise").read_text("utf-8")
    assert Path("one.promise").exists() and Path("one.opening.jsonl").stat().st_mode & 0o077 == 0


def test_an_application_is_sealed_and_granted_by_the_applicants_name(in_force: Desk) -> None:
    """The applicant's own key comes with the application; the secretary grants it without touching files."""
    from gongyue.covenant.parties import fictional_code

    in_force.run("key", "new", "new.key")
    who = ("--name", "拾贝科技", "--code", fictional_code(99), "--domestic", "--accepts", "--activities", "vertical")
    in_force.run("membership", "apply", *who, "--key", "new.key")
    (pending,) = in_force.json("membership", "applications")
    assert pending["unit"] == f"u:{fictional_code(99).lower()}"
    (due,) = (d for d in in_force.json("due")["due"] if d["act"] == "membership.grant/1")
    assert (pending["decide_by"], pending["overdue"]) == (due["last"], due["late"])
    grant = ("membership", "grant", "--application", pending["unit"], "--key", "qin.key")
    assert in_force.json(*grant, code=3)["code"] == "out-of-turn/not-anchored"
    in_force.run("tick")
    in_force.run(*grant)
    assert in_force.json("membership", "applications") == []
    assert in_force.json("membership", "show", fictional_code(99))["status"] == "member"


def test_an_application_is_refused_with_a_ground(in_force: Desk) -> None:
    """The refusal is sealed too, and the applicant may open it."""
    from gongyue.covenant.parties import fictional_code

    in_force.run("key", "new", "new.key")
    who = ("--name", "拾贝科技", "--code", fictional_code(99), "--domestic", "--accepts", "--activities", "vertical")
    applied = in_force.json("membership", "apply", *who, "--key", "new.key")["commitment"]
    unit = f"u:{fictional_code(99).lower()}"
    refuse = (
        "membership",
        "refuse",
        "--unit",
        unit,
        "--of",
        f"sealed:{applied.removeprefix('sha256:')[:16]}",
        "--reasons",
        "basis.txt",
        "--key",
        "qin.key",
        "--ground",
    )
    assert in_force.json(*refuse, "discretion", code=1)["code"] == "GY-23-03"
    in_force.run(*refuse, "practitioner")
    assert in_force.json("disclosures", "--as", unit, "--out", "lines.jsonl")["lines"] == 2
