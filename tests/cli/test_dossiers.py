"""`gongyue petition`, `gongyue dossier` and the disclosures of a dossier, told from the first act to verify."""

from __future__ import annotations

import json

import pytest

from gongyue.office import office_folder

from .desk import TWO, Desk

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
    (framed,) = in_force.json("dossier", "list", "--as", "o:qin")  # the secretary: how it stands, whose it is not
    assert (framed["id"], framed["kind"], framed["whole"], framed["parties"]) == (dossier, "petition", False, [])
    assert in_force.json("dossier", "list", "--as", "o:lu") == []
    refused = in_force.try_("dossier", "show", dossier, "--as", "u:0002")
    assert refused.exit_code == 4 and "u:0002" in refused.output
    in_force.run("disclosures", "--as", "u:0001", "--dossier", dossier, "--out", "mine.jsonl")
    lines = (in_force.folder / "mine.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["entry"]["rx"]["n"] for line in lines] == [1, 2, 3]
    in_force.run("disclosures", "--as", "u:0002", "--dossier", dossier, "--out", "theirs.jsonl")
    assert (in_force.folder / "theirs.jsonl").read_bytes() == b""
    listed = in_force.run("dossier", "list", "--as", "u:0001")
    assert dossier[:14] in listed and "诉求" in listed
    kept = in_force.json("dossier", "documents", dossier, "--as", "u:0001")
    assert [(one["kind"], one["state"]) for one in kept] == [("text", "here")] * 2
    in_force.run("dossier", "open", kept[1]["commitment"], "--as", "u:0001", "--out", "收到的函.txt")
    assert (in_force.folder / "收到的函.txt").read_text("utf-8") == "函（演示）"
    for who in ("u:0002", "o:qin", "o:bai"):
        refusal = in_force.json("dossier", "open", kept[0]["commitment"], "--as", who, "--out", "x.txt", code=1)
        assert refusal["code"] == "not-entitled" and not (in_force.folder / "x.txt").exists()
        said = in_force.run("dossier", "documents", dossier, "--as", who, code=4)
        none = in_force.run("dossier", "documents", "d:" + "0" * 64, "--as", who, code=4)
        assert said.replace(dossier, "") == none.replace("d:" + "0" * 64, "")


def test_documents_of_a_dossier_from_a_file_that_others_hand_in(in_force: Desk) -> None:
    """Written and signed by the unit with its text beside it; handed in, the text lies in the vault under the dossier."""
    in_force.write("诉求.txt", "请反映（演示）")
    (in_force.folder / "out").mkdir()
    in_force.run("petition", "submit", "--kind", "wish", "--text", "诉求.txt", "--as", "u:0001", "--key", "u1.key",
                 "--out", "out/act.json")  # fmt: skip
    receipt = in_force.json("submit", "out/act.json")
    dossier = f"d:{receipt['act'].removeprefix('sha256:')}"
    (one,) = in_force.json("dossier", "documents", dossier, "--as", "u:0001")
    assert one["dossier"] == dossier and one["state"] == "here"
    in_force.run("petition", "submit", "--kind", "wish", "--text", "诉求.txt", "--as", "u:0001", "--key", "u1.key",
                 "--out", "bare.json")  # fmt: skip
    for path in (in_force.folder / "private").iterdir():
        path.unlink()
    assert "没有随附" in in_force.run("submit", "bare.json", code=4)


def test_an_erasure_of_a_dossier_s_document_and_a_person_s_request_at_the_terminal(in_force: Desk) -> None:
    """The vault sends whoever would erase it there to the dossier; held: exit 1; what a person asked is in `gongyue due`."""
    in_force.write("诉求.txt", "请反映（演示）")
    receipt = in_force.json(
        "petition", "submit", "--kind", "wish", "--text", "诉求.txt", "--as", "u:0001", "--key", "u1.key"
    )
    dossier = f"d:{receipt['act'].removeprefix('sha256:')}"
    (one,) = in_force.json("dossier", "documents", dossier, "--as", "u:0001")
    c = one["commitment"]
    assert "gongyue dossier erase" in in_force.run("vault", "hold", c, "--ground", "x", "--as", "o:qin", code=4)
    in_force.write("来信.txt", "请删除（演示）")
    in_force.run("vault", "ask", "erasure", "--letter", "来信.txt", "--document", c, "--as", "o:qin")
    assert "1 号" in in_force.run("due") and "no. 1" in in_force.run("due", "--lang", "en")
    (asked,) = (d for d in in_force.json("due")["due"] if d["matter"] == "request:1")
    assert (asked["left"], asked["whose"]) == (15, "exec")
    hold = ("dossier", "hold", "--docs", c, "--ground", "court", "--dossier", dossier, *TWO)
    in_force.run(*hold)
    held = in_force.json("vault", "list", "--dossier", dossier)
    assert held[0]["holds"]
    in_force.run(*hold, "--lifted")
    assert not in_force.json("vault", "list", "--dossier", dossier)[0]["holds"]


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


def test_an_evidence_pack_at_the_office_and_of_the_unit_s_own_files(
    in_force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command makes it, one checks it, without key and office; away from the office it is made of what the unit kept itself."""
    in_force.write("诉求.txt", "请反映（演示）")
    (in_force.folder / "out").mkdir()
    as_first = ("--as", "u:0001", "--key", "u1.key")
    in_force.run("petition", "submit", "--kind", "demand", "--text", "诉求.txt", *as_first, "--out", "out/act.json")
    receipt = in_force.json("submit", "out/act.json")
    dossier = f"d:{receipt['act'].removeprefix('sha256:')}"
    now = office_folder.wall_clock()
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now + DAY)
    in_force.run("tick")
    made = in_force.json("dossier", "pack", dossier[:10], "--as", "u:0001", "--out", "pack.zip")
    assert (made["dossier"], made["party"], made["documents"], made["without_content"]) == (dossier, "u:0001", 1, 0)
    assert len(made["words"]["zh"].split()) == 12
    again = in_force.try_("dossier", "pack", dossier, "--as", "u:0001", "--out", "pack.zip")
    assert again.exit_code == 4 and "已经存在" in again.output
    refused = in_force.try_("dossier", "pack", dossier, "--as", "u:0002", "--out", "theirs.zip")
    none = in_force.try_("dossier", "pack", "d:" + "0" * 64, "--as", "u:0002", "--out", "theirs.zip")
    assert refused.output.replace(dossier, "") == none.output.replace("d:" + "0" * 64, "") and refused.exit_code == 4
    said = in_force.run("verify", "pack.zip", "--lang", "en")
    assert (
        "documents/001-1-petition-submit.txt “诉求.txt”: the very document that was named" in said
        and "sound and lawful" in said
    )
    in_force.run("export", "public")
    in_force.run("disclosures", "--as", "u:0001", "--out", "mine.jsonl")
    in_force.run("dossier", "head", dossier, "--as", "u:0001", "--out", "mine.head")
    (in_force.folder / "office").rename(in_force.folder / "elsewhere")
    (in_force.folder / "log.vkey").write_bytes((in_force.folder / "elsewhere" / "log.vkey").read_bytes())
    own = (
        "dossier", "pack", dossier, "--as", "u:0001", "--public", "public", "--vkey", "log.vkey", "--disclosures", "mine.jsonl",
        "--documents", "out/private", "--head", "mine.head",
    )  # fmt: skip
    made = in_force.json(*own, "--out", "own.zip")
    assert (made["documents"], made["without_content"]) == (1, 0)
    found = in_force.json("verify", "own.zip", "--vkey", "log.vkey")
    assert found["code"] == 0 and found["pack"]["documents"][0]["state"] == "here" and not found["pack"]["own_key"]
    assert "complete up to the head kept (1, " in in_force.run("verify", "own.zip", "--lang", "en")
    less = ("--public", "public", "--vkey", "log.vkey")
    assert in_force.try_("dossier", "pack", dossier, "--as", "u:0001", *less, "--out", "x.zip").exit_code == 2
    wrong = in_force.try_(*own[:2], "d:" + "0" * 64, *own[3:], "--out", "x.zip")
    another = in_force.try_(*own[:4], "u:0002", *own[5:], "--out", "x.zip")
    assert (wrong.exit_code, another.exit_code) == (4, 3) and not (in_force.folder / "x.zip").exists()
