"""Acts written unsigned: one drafts, others read it in words and sign with their own keys, anyone hands it in."""

from __future__ import annotations

import json
from pathlib import Path

from gongyue.covenant.parties import fictional_code

from .desk import COVENANT, TWO, Desk, paper

DESIGNATE = ("founding", "designate", "--approver", '{"name":"示范主管部门","basis":"basis.txt"}')
SIGN = ("founding", "sign", "--capacity", "legal_representative", "--signatory", "text:张三")


def test_officers_sign_what_nobody_has_signed_yet(founded: Desk) -> None:
    """No key is at hand where it is written: no number, no signature; two officers sign, it is recorded."""
    told = founded.run(*DESIGNATE, "--out", "act.json")
    assert "0 个签名" in told and "gongyue sign act.json" in told
    act = json.loads(Path("act.json").read_text("utf-8"))
    assert (act["sigs"], "seq" in act["act"], act["act"]["actor"]) == ([], False, "exec")
    founded.run("sign", "act.json", "--key", "qin.key")
    assert founded.json("submit", "act.json", code=1)["code"] == "GY-05-02"
    founded.run("sign", "act.json", "--key", "bai.key")
    assert founded.json("submit", "act.json")["type"] == "founding.designate/1"


def test_an_act_that_nobody_signed_is_not_recorded(founded: Desk) -> None:
    """Handed in as it was written: out of turn, nothing is recorded."""
    founded.run(*DESIGNATE, "--out", "act.json")
    assert founded.json("submit", "act.json", code=3)["code"] == "out-of-turn/malformed"
    assert founded.json("status")["size"] == 1


def test_a_unit_signs_what_was_drafted_for_it(frozen: Desk) -> None:
    """The number is of the unit's only valid key, which signs."""
    frozen.run(*SIGN, "--as", "u:0001", "--out", "act.json")
    assert json.loads(Path("act.json").read_text("utf-8"))["act"]["seq"] == 1
    frozen.run("sign", "act.json", "--key", "u1.key")
    assert frozen.json("submit", "act.json")["actor"] == "u:0001"


def test_of_several_keys_the_one_that_will_sign_is_named(frozen: Desk) -> None:
    """Without --signer both are listed; a key of somebody else is none of them; the one named is numbered."""
    frozen.run("key", "new", "spare.key")
    frozen.run("key", "add", "--public-key", "spare.key", "--key", "u2.key")
    one, other, foreign = (frozen.run("key", "show", f"{name}.key").strip() for name in ("u2", "spare", "u1"))
    for words in ((), ("--signer", foreign)):
        told = frozen.run(*SIGN, "--as", "u:0002", *words, "--out", "act.json", code=2)
        assert one in told and other in told and "--signer" in told
    frozen.run(*SIGN, "--as", "u:0002", "--signer", "u2.key", "--out", "act.json")
    assert (
        json.loads(Path("act.json").read_text("utf-8"))["act"]["seq"] == 2
    )  # the spare key's registration was its first
    frozen.run("sign", "act.json", "--key", "u2.key")
    assert frozen.json("submit", "act.json")["recorded"]


def test_a_unit_without_a_key_signs_nothing_itself(frozen: Desk) -> None:
    """Said before anything is written; from its paper the officers record it, without a number."""
    assert "没有有效的密钥" in frozen.run(*SIGN, "--as", "u:0009", "--out", "act.json", code=2)
    frozen.run(*SIGN, "--as", "u:0001", *paper("示签〔2026〕1号"), "--out", "paper.json")
    assert "seq" not in json.loads(Path("paper.json").read_text("utf-8"))["act"]
    for key in ("qin.key", "bai.key"):
        frozen.run("sign", "paper.json", "--key", key)
    assert frozen.json("submit", "paper.json")["actor"] == "u:0001"


def test_whose_name_it_is_in_must_be_said_where_no_key_says_it(frozen: Desk) -> None:
    """A unit's act without --as and without a key."""
    assert "--as" in frozen.run(*SIGN, "--out", "act.json", code=2)


def test_a_signer_is_named_only_for_what_is_numbered_and_unsigned(founded: Desk) -> None:
    """Officers' acts carry no number; with a key at hand it signs itself."""
    assert "不编号" in founded.run(*DESIGNATE, "--signer", "qin.key", "--out", "act.json", code=2)
    assert "--signer" in founded.run(*DESIGNATE, *TWO, "--signer", "qin.key", "--out", "act.json", code=2)


def test_trying_an_act_needs_the_key_that_signs_it(founded: Desk) -> None:
    """Whether it is lawful depends on who signs."""
    assert "gongyue key new" in founded.run(*DESIGNATE, "--out", "act.json", "--dry-run", code=2)


def test_an_application_is_written_for_the_key_it_brings(in_force: Desk) -> None:
    """A unit nobody knows yet: --signer is needed, and stands in the application."""
    who = ("--name", "拾贝科技", "--code", fictional_code(99), "--domestic", "--accepts", "--activities", "vertical")
    in_force.run("key", "new", "new.key")
    assert "--signer" in in_force.run("membership", "apply", *who, "--out", "apply.json", code=2)
    in_force.run("membership", "apply", *who, "--signer", "new.key", "--out", "apply.json")
    in_force.run("sign", "apply.json", "--key", "new.key")
    assert in_force.json("submit", "apply.json")["book"] == "sealed"


def test_what_is_signed_is_shown_in_words(frozen: Desk) -> None:
    """Names, labels, the text's title, the paper, the article, the words of the digest; no digest of a file."""
    frozen.run(*SIGN, "--as", "u:0001", *paper("示签〔2026〕1号"), "--out", "act.json")
    zh = frozen.run("sign", "act.json", "--key", "qin.key")
    for said in (
        "签署公约（founding.sign/1）",
        "单位1（u:0001）",
        "第21条",
        "文本：《",
        "签署人身份：法定代表人",
        "张三（不公开",
        "发文字号：示签〔2026〕1号",
        "核对词：",
        "由第二人",
    ):
        assert said in zh, said
    assert "sha256:" not in zh
    en = frozen.run("sign", "act.json", "--key", "bai.key", "--lang", "en")
    for said in (
        "covenant signed",
        "In the name of: 单位1 (u:0001)",
        "Capacity of the signatory: legal representative",
        "Check words:",
    ):
        assert said in en, said
    data = frozen.json("sign", "act.json", "--key", "bai.key")
    assert len(data["signatures"]) == 2 and "张三" in "\n".join(data["lines"])


def test_what_is_not_at_hand_is_said_and_no_hash_shown_instead(frozen: Desk, tmp_path: Path) -> None:
    """On a computer without the office: ids, and that the text and the private name are not here."""
    frozen.run(*SIGN, "--as", "u:0001", "--out", "act.json")
    Path("office").rename("elsewhere")
    Path("private").rename("away")
    told = frozen.run("sign", "act.json", "--key", "u1.key")
    assert "名义：u:0001" in told and "无从显示" in told and "内容不在此处" in told and "sha256:" not in told


def test_files_that_an_act_brings_are_shown_by_what_they_say(founded: Desk) -> None:
    """A text by its lines, the authority by its fields, a covenant by its title."""
    founded.run(*DESIGNATE, "--out", "act.json")
    told = founded.run("sign", "act.json", "--key", "qin.key")
    assert "部门名称：示范主管部门" in told and "依据文件：依据（演示）" in told
    founded.run("founding", "import", COVENANT, "--out", "import.json")
    assert "《" in founded.run("sign", "import.json", "--key", "qin.key") and "26 条" in founded.run(
        "sign", "import.json", "--key", "bai.key"
    )


def test_a_key_of_nobody_who_must_sign_signs_nothing(frozen: Desk) -> None:
    """Whose signature the act waits for and whose key it is are told by name, or that it is registered for nobody; the file stays."""
    frozen.run(*SIGN, "--as", "u:0001", "--out", "unit.json")
    frozen.run(
        "office", "end", "--officer", "o:mo", "--offices", "panellist", "--ends", "2099-01-31", "--out", "two.json"
    )
    frozen.run("key", "new", "stray.key")
    before = {name: Path(name).read_bytes() for name in ("unit.json", "two.json")}
    told = frozen.run("sign", "unit.json", "--key", "u2.key", code=4)
    assert "unit.json：没有加签。“签署公约”等待签署的是：单位1（u:0001）；u2.key 是 单位2（u:0002） 的密钥" in told
    told = frozen.run("sign", "unit.json", "--key", "qin.key", "--lang", "en", code=4)
    assert "waits for 单位1 (u:0001); qin.key is the key of o:qin" in told
    told = frozen.run("sign", "two.json", "--key", "u1.key", code=4)
    assert "等待签署的是：执行机构的秘书长或经办（两人）：o:bai、o:qin；u1.key 是 单位1（u:0001） 的密钥" in told
    told = frozen.run("sign", "two.json", "--key", "qin.key", "--key", "stray.key", code=4)
    stray, size = frozen.run("key", "show", "stray.key").strip(), frozen.json("status")["size"]
    assert f"stray.key 的密钥在这里的公开簿（前 {size} 条）里没有登记（{stray}）" in told  # a copy may be an old one
    assert {name: Path(name).read_bytes() for name in before} == before


def test_who_brings_a_key_or_records_a_paper_is_no_outsider(frozen: Desk) -> None:
    """An applicant signs with a key that nobody registered; a unit's paper is recorded by officers; without a book nobody is turned away."""
    frozen.run(*SIGN, "--as", "u:0001", *paper("示签〔2026〕1号"), "--out", "paper.json")
    told = frozen.run("sign", "paper.json", "--key", "u2.key", code=4)
    assert "等待签署的是：单位1（u:0001），或凭其纸面的秘书长或经办（两人）：o:bai、o:qin；" in told
    frozen.run("sign", "paper.json", "--key", "qin.key")
    frozen.run(*DESIGNATE, "--out", "elsewhere.json")
    Path("office").rename("away")
    frozen.run("sign", "elsewhere.json", "--key", "u2.key")


def test_an_invited_unit_goes_on_with_the_key_that_its_application_brought(in_force: Desk) -> None:
    """The book knows the unit and no key of it: within the dossier of its application the key counts that it brought."""
    who = ("--name", "拾贝科技", "--code", fictional_code(4), "--domestic", "--accepts", "--activities", "vertical")
    in_force.run("key", "new", "new.key")
    applied = in_force.json("membership", "apply", *who, "--as", "u:0004", "--key", "new.key")
    dossier = applied["act"].replace("sha256", "d")
    note = ("dossier", "note", "--docs", "basis.txt", "--dossier", dossier, "--no-withdrawn", "--as", "u:0004")
    in_force.run(*note, "--out", "note.json")
    in_force.run("sign", "note.json", "--key", "new.key")
    assert in_force.json("submit", "note.json")["book"] == "sealed"
