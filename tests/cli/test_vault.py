"""`gongyue vault`: documents in and out at a terminal, in both languages, with the exit codes that help promises."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gongyue.office.vault import custody
from gongyue.office.vault.errors import Withheld

from .desk import Desk

PDF = b"%PDF-1.7 evidence (fictional)"
TWO = ("--as", "o:qin", "--as", "o:ren")


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """An office with a secretary (qin), a clerk (bai) and a sysop (ren), and a document to put in."""
    for name in ("qin", "bai", "ren"):
        empty.run("key", "new", f"{name}.key")
    officers = [word for one in ("qin:qin.key", "bai:bai.key", "ren:sysop:ren.key") for word in ("--officer", one)]
    empty.run("init", "office", "--origin", "gongyue.example/test", "--executive", "测试联盟", *officers)
    Path("证据.pdf").write_bytes(PDF)
    return empty


def put(desk: Desk, *more: str) -> str:
    """The document put in by the secretary; its commitment."""
    (made,) = desk.json("vault", "put", "证据.pdf", "--dossier", "d:members", "--as", "o:qin", *more)
    assert made["new"] and made["file"] == "证据.pdf"
    return str(made["commitment"])


def test_a_document_is_put_in_read_and_on_the_log(desk: Desk) -> None:
    """By whom it was put and whom it names; to a new file that only its owner reads; the same again is there already."""
    c = put(desk, "--reader", "o:bai")
    assert "已在库" in desk.run("vault", "put", "证据.pdf", "--dossier", "d:members", "--as", "o:qin")
    told = desk.run("vault", "get", c, "--as", "o:bai", "--out", "copy.pdf")
    assert "“证据.pdf”写到 copy.pdf" in told
    assert Path("copy.pdf").read_bytes() == PDF and Path("copy.pdf").stat().st_mode & 0o077 == 0
    desk.run("vault", "get", c, "--as", "o:bai", "--out", "copy.pdf", code=4)
    assert [(d["who"], d["what"]) for d in desk.json("vault", "log", c)] == [("o:qin", "put"), ("o:bai", "read")]
    (one,) = desk.json("vault", "list")
    assert (
        one["commitment"],
        one["kind"],
        one["size"],
    ) == (c, "pdf", len(PDF))
    for lang, words in (("zh", "在库"), ("en", "here")):
        assert words in desk.run("vault", "list", "--dossier", "d:members", "--lang", lang)
        assert ("查阅" if lang == "zh" else "read") in desk.run("vault", "log", "--lang", lang)


@pytest.mark.parametrize("who", ["o:ren", "o:nobody", "u:0001", "qin", "o:qin o:bai"])
def test_whoever_may_not_read_gets_nothing_and_exit_1(who: str, desk: Desk) -> None:
    """Another officer, nobody, a unit that is not there: no file; the attempt is on the log where it has a name."""
    c = put(desk, "--reader", "o:bai")
    refusal = desk.json("vault", "get", c, "--as", who, "--out", "copy.pdf", code=1)
    assert refusal["code"] == "not-entitled" and not Path("copy.pdf").exists()
    assert "may not read" in desk.run("vault", "get", c, "--as", "o:ren", "--out", "copy.pdf", "--lang", "en", code=1)


def test_a_reader_whose_term_is_over_reads_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named when it was put, in office then; today no longer."""
    c = put(desk, "--reader", "o:bai")
    from gongyue.governance.registry import Officer

    held = Officer.held
    monkeypatch.setattr(Officer, "held", lambda self, day: set() if self.id == "o:bai" else held(self, day))
    desk.run("vault", "get", c, "--as", "o:bai", "--out", "copy.pdf", code=1)
    desk.run("vault", "get", c, "--as", "o:qin", "--out", "copy.pdf")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("put", "empty", "--dossier", "d:members", "--as", "o:qin"), 4),
        (("put", "nowhere", "--dossier", "d:members", "--as", "o:qin"), 4),
        (("put", "office", "--dossier", "d:members", "--as", "o:qin"), 4),
        (("put", "large", "--dossier", "d:members", "--as", "o:qin"), 4),
        (("put", "program", "--dossier", "d:members", "--as", "o:qin"), 4),
        (("put", "证据.pdf", "--dossier", "d:x", "--as", "o:qin"), 4),
        (("put", "证据.pdf", "--dossier", "d:members", "--as", "o:nobody"), 4),
        (("put", "证据.pdf", "--as", "o:qin"), 2),
        (("get", "sha256:" + "0" * 64, "--as", "o:qin", "--out", "x"), 4),
        (("erase", "sha256:" + "0" * 64, "--ground", "request", *TWO, "--yes"), 4),
        (("erase", "sha256:" + "0" * 64, "--ground", "request", "--as", "o:qin", "--yes"), 4),
        (("erase", "sha256:" + "0" * 64, "--ground", "request", "--as", "o:qin", "--as", "o:bai", "--yes"), 4),
        (("erase", "sha256:" + "0" * 64, "--ground", "whim", *TWO), 2),
        (("hold", "sha256:" + "0" * 64, "--ground", "x", "--as", "o:bai"), 4),
        (("release", "7", "--as", "o:qin"), 4),
        (("close", "d:members", "--on", "2999-01-01", "--as", "o:qin"), 2),
        (("answer", "1", "--outcome", "granted", "--as", "o:qin"), 4),
        (("backup", "--out", "b", "--keys-out", "b", "--as", "o:qin"), 4),
    ],
)
def test_what_cannot_be_done_is_told_in_both_languages(words: tuple[str, ...], code: int, desk: Desk) -> None:
    """Empty, missing, a folder, 70 MB, a program; unknown dossiers, parties, documents, holds, requests; one person where two are needed."""
    put(desk)
    Path("empty").write_bytes(b"")
    Path("program").write_bytes(b"\x7fELF\xff\x00")
    with Path("large").open("wb") as file:
        file.truncate(70_000_000)
    before = desk.json("vault", "list")
    zh = desk.run("vault", *words, code=code)
    en = desk.run("vault", *words, "--lang", "en", code=code)
    assert "Traceback" not in zh + en and "程序内部错误" not in zh
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in en.replace("证据.pdf", "").replace("测试联盟", ""))
    assert desk.json("vault", "list") == before


def test_an_erasure_takes_two_and_leaves_the_commitment(desk: Desk) -> None:
    """A hold refuses it with GY-20-02 and exit 1; then it is gone for everybody, and the page's words say so."""
    c = put(desk)
    assert "保全 1 号" in desk.run("vault", "hold", c, "--ground", "示函7号", "--as", "o:qin")
    refusal = desk.json("vault", "erase", c, "--ground", "unlawful", *TWO, "--yes", code=1)
    assert refusal["code"] == "GY-20-02" and "GY-20-02" in refusal["zh"]
    desk.run("vault", "release", "1", "--as", "o:qin")
    told = desk.run("vault", "erase", c, "--ground", "request", *TWO, "--yes")
    assert "已删除 1 件" in told and "现有 1 行" in told
    assert "内容已依法删除" in desk.run("vault", "get", c, "--as", "o:qin", "--out", "copy.pdf", code=1)
    (one,) = desk.json("vault", "list")
    assert (one["state"], one["ground"], one["size"]) == ("erased", "request", None)
    assert desk.try_("vault", "erase", c, "--ground", "request", *TWO, typed="n\n").exit_code == 1


def test_p17_keeps_what_was_served_and_due_lists_what_is_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Served: exit 1 with the day; three years and a day after the closing it is due, and erased by the clock."""
    c = put(desk)
    desk.run("vault", "use", c, "--as", "o:qin")
    closed = desk.json("vault", "close", "d:members", "--as", "o:qin")
    assert closed["years"] == 3
    refusal = desk.json("vault", "erase", c, "--ground", "request", *TWO, "--yes", code=1)
    assert refusal["code"] == "P17" and closed["until"] in refusal["zh"]
    assert desk.json("vault", "due")["documents"] == []
    from gongyue.covenant.periods import from_iso

    monkeypatch.setattr("gongyue.cli.vault_keep.day_of", lambda now: from_iso(closed["until"]) + 1)
    monkeypatch.setattr(custody, "day_of", lambda now: from_iso(closed["until"]) + 1)
    assert [d["commitment"] for d in desk.json("vault", "due")["documents"]] == [c]
    assert desk.json("vault", "due", "--erase")["erased"] == [c]
    assert desk.json("vault", "due") == {"documents": [], "erased": [], "requests": []}


def test_a_request_is_recorded_and_answered(desk: Desk) -> None:
    """Due in 15 days and listed until it is answered; its letter is a document."""
    c = put(desk)
    desk.write("来信.txt", "请删除。")
    asked = desk.json("vault", "ask", "erasure", "--letter", "来信.txt", "--document", c, "--as", "o:qin")
    assert (asked["number"], asked["overdue"]) == (1, False)
    assert [d["restricted"] for d in desk.json("vault", "list", "--dossier", "d:members")] == [True]
    assert "须在" in desk.run("vault", "due") and "to be answered by" in desk.run("vault", "due", "--lang", "en")
    answered = desk.json("vault", "answer", "1", "--outcome", "refused", "--as", "o:qin")
    assert answered["outcome"] == "refused" and desk.json("vault", "due")["requests"] == []
    assert "不予办理" in desk.run("vault", "requests") and "refused" in desk.run("vault", "requests", "--lang", "en")
    assert [d["restricted"] for d in desk.json("vault", "list", "--dossier", "d:members")] == [False]


def test_the_older_backup_after_an_erasure(desk: Desk) -> None:
    """Restored without the newest list: refused, exit 4, nothing left; with it: the erased stays gone, the other reads."""
    c = put(desk)
    desk.write("b.txt", "其他")
    (other,) = desk.json("vault", "put", "b.txt", "--dossier", "d:members", "--as", "o:qin")
    made = desk.json("vault", "backup", "--out", "backups", "--keys-out", "safe", "--as", "o:qin")
    shutil.copy("office/vault-keys/erased.jsonl", "older.jsonl")
    desk.run("vault", "erase", c, "--ground", "request", *TWO, "--yes")
    shutil.copy("office/vault-keys/erased.jsonl", "newest.jsonl")
    for name in ("vault", "vault-keys"):
        shutil.rmtree(Path("office") / name)
    words: tuple[Any, ...] = ("vault", "restore", made["documents"], made["keys"], "--as", "o:qin")
    assert "--erased" in desk.run(*words, code=4)
    assert "newest" in desk.run(*words, "--erased", "older.jsonl", "--lang", "en", code=4)
    assert not Path("office/vault").exists()
    assert desk.json(*words, "--erased", "newest.jsonl") | {"made": 0} == {"documents": 1, "erased": 1, "made": 0}
    assert "内容已依法删除" in desk.run("vault", "get", c, "--as", "o:qin", "--out", "copy.pdf", code=1)
    desk.run("vault", "get", other["commitment"], "--as", "o:qin", "--out", "b2.txt")
    assert Path("b2.txt").read_text("utf-8") == "其他"


def test_what_an_act_commits_to_lies_in_the_vault(desk: Desk) -> None:
    """Recorded with a scan: the scan is in the vault under the act's commitment; an earlier version's files are moved in."""
    desk.write("交接.txt", "交接记录（演示）")
    done = desk.run("office", "appoint", "--officer", "o:lu", "--offices", "publisher", "--begins", "2099-01-01", "--ends",
                    "2099-12-31", "--interests", "text:无", "--key", "qin.key", "--key", "bai.key")  # fmt: skip
    assert "存入保管库" in done and not Path("office/private").exists()
    (kept,) = desk.json("vault", "list", "--dossier", "papers")
    folder = Path("office/private")
    folder.mkdir()
    assert desk.json("vault", "move-in", "--as", "o:qin") == {"moved": 0}
    assert kept["by"] == "exec"


def test_the_commands_of_the_page_do_what_it_says(desk: Desk) -> None:
    """docs/vault.md, line by line: the document is erased, and stays so after its backup is restored."""
    page = (Path(__file__).parents[2] / "docs" / "vault.md").read_text("utf-8")
    commands = page.partition("```sh\n")[2].partition("```")[0]
    desk.write("来信.txt", "请删除。")
    gongyue = f'gongyue() {{ "{sys.executable}" -m gongyue "$@"; }}\n'
    ran = subprocess.run(["bash", "-euc", gongyue + commands], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert Path("取出.pdf").read_bytes() == PDF
    assert "已恢复 1 件" in ran.stdout.splitlines()[-4] and "已依法删除" in ran.stdout.splitlines()[-2]


def test_every_code_that_withholds_is_tried_here() -> None:
    """Not entitled, erased, held, kept: each has a test above that provokes it."""
    codes = {kind.code for kind in Withheld.__subclasses__()}
    text = Path(__file__).read_text("utf-8")
    assert codes == {"not-entitled", "erased", "GY-20-02", "P17"}
    assert all(f'"{code}"' in text for code in codes)
