"""`gongyue petition`, `gongyue dossier` and the disclosures of a dossier, told from the first act to verify."""

from __future__ import annotations

import json

import pytest

from gongyue.office import office_folder

from .desk import Desk

DAY = 86_400


def test_a_petition_from_its_submission_to_the_disclosure_that_verifies(in_force: Desk) -> None:
    """Submitted, assigned, answered, noted; listed and shown to its party; another unit sees none of it."""
    in_force.write("诉求.txt", "请反映（演示）")
    in_force.write("函.txt", "函（演示）")
    in_force.run("petition", "submit", "--kind", "demand", "--text", "诉求.txt", "--as", "u:0001", "--key", "u1.key")
    (row,) = json.loads(in_force.run("dossier", "list", "--as", "u:0001", "--json"))
    assert (row["kind"], row["parties"], len(row["entries"]), row["late"]) == ("petition", ["u:0001"], 1, 0)
    assert row["due"]
    dossier = row["id"]
    within = ("--dossier", dossier)
    in_force.run("petition", "answer", "--answer", "forwarded", "--docs", "函.txt", *within, "--key", "qin.key")
    note = ("dossier", "note", "--complete", *within, "--as", "u:0001", "--key", "u1.key")
    in_force.run(*note)
    assert "没有" in in_force.try_("dossier", "note", "--complete", *within, "--as", "u:0002", "--key", "u2.key").output
    shown = in_force.run("dossier", "show", dossier[:8], "--as", "u:0001")
    assert "诉求" in shown and "答复诉求" in shown and "答复第 1 位" in shown
    assert json.loads(in_force.run("dossier", "list", "--as", "u:0002", "--json")) == []
    refused = in_force.try_("dossier", "show", dossier, "--as", "u:0002")
    assert refused.exit_code == 4 and "u:0002" in refused.output
    in_force.run("disclosures", "--as", "u:0001", "--dossier", dossier, "--out", "mine.jsonl")
    lines = (in_force.folder / "mine.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["entry"]["rx"]["n"] for line in lines] == [1, 2, 3]
    in_force.run("disclosures", "--as", "u:0002", "--dossier", dossier, "--out", "theirs.jsonl")
    assert (in_force.folder / "theirs.jsonl").read_bytes() == b""
    listed = in_force.run("dossier", "list", "--as", "u:0001")
    assert dossier[:14] in listed and "诉求" in listed


def test_the_head_of_a_dossier_is_kept_and_held_against_what_is_disclosed(
    in_force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given with the receipt and on request, to its party alone; verify says how far the dossier is complete, or what is missing."""
    in_force.write("诉求.txt", "请反映（演示）")
    as_first = ("--as", "u:0001", "--key", "u1.key")
    receipt = in_force.json("petition", "submit", "--kind", "demand", "--text", "诉求.txt", *as_first)
    given = in_force.folder / receipt["head"]
    assert given.read_bytes().startswith(b"gongyue/head@1\n") and given.stat().st_mode & 0o077 == 0
    dossier = f"d:{receipt['act'].removeprefix('sha256:')}"
    said = in_force.run("dossier", "note", "--complete", "--dossier", dossier, *as_first)
    assert "存卷凭证：" in said and ".head" in said
    mine = ("dossier", "head", dossier[:8], "--as", "u:0001")
    assert "止于第 2 位" in in_force.run(*mine, "--out", "mine.head")
    told = in_force.json(*mine)
    assert (told["dossier"], told["n"], told["written"]) == (dossier, 2, None)
    assert told["note"].encode() == (in_force.folder / "mine.head").read_bytes()
    assert told["note"].rstrip("\n") == in_force.run(*mine).rstrip("\n")
    assert told["words"]["zh"] in in_force.run("dossier", "show", dossier, "--as", "u:0001")
    assert told["words"]["en"] in in_force.run("dossier", "show", dossier, "--as", "u:0001", "--lang", "en")
    again = in_force.try_(*mine, "--out", "mine.head")
    assert again.exit_code == 4 and "已经存在" in again.output
    foreign = in_force.try_("dossier", "head", dossier, "--as", "u:0002", "--out", "theirs.head")
    none = in_force.try_("dossier", "head", "d:" + "0" * 64, "--as", "u:0002", "--out", "theirs.head")
    assert foreign.exit_code == none.exit_code == 4 and not (in_force.folder / "theirs.head").exists()
    assert foreign.output.replace(dossier, "") == none.output.replace("d:" + "0" * 64, "")
    now = office_folder.wall_clock()
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now + DAY)
    in_force.run("tick")
    in_force.run("export", "public")
    in_force.run("disclosures", "--as", "u:0001", "--dossier", dossier, "--out", "mine.jsonl")
    check = ("verify", "public", "--vkey", "office/log.vkey", "--head", "mine.head", "--head", given)
    assert f"dossier {dossier} (petition): places 1–2, complete up to the head kept (2, " in in_force.run(
        *check, "--disclosures", "mine.jsonl", "--lang", "en"
    )
    assert "存卷凭证 mine.head" in in_force.run(*check) and "仅核验形式（没有启封该卷）" in in_force.run(*check)
    lines = (in_force.folder / "mine.jsonl").read_bytes().splitlines(keepends=True)
    (in_force.folder / "less.jsonl").write_bytes(lines[0])
    found = in_force.json(*check, "--disclosures", "less.jsonl", code=2)["failure"]
    assert (found["code"], found["figures"]["n"], found["figures"]["head"]) == ("tampered/gap", 2, 2)
