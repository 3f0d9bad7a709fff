"""`gongyue petition`, `gongyue dossier` and the disclosures of a dossier, told from the first act to verify."""

from __future__ import annotations

import json

from .desk import Desk


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
