"""What is said when an act is refused, out of turn, or cannot be read: in words or JSON, with the exit code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from .desk import TWO, Desk, paper

DESIGNATE = ("founding", "designate", "--approver", '{"name":"部门","basis":"basis.txt"}')


def test_a_refusal_exits_1_with_its_article_words_figures_and_what_is_enough(founded: Desk) -> None:
    """The refusal's own data on standard output, nothing else."""
    refusal = founded.json(*DESIGNATE, "--key", "qin.key", code=1)
    assert set(refusal) == {"code", "layer", "provision", "article", "at", "words", "figures", "enough", "zh", "en"}
    assert (refusal["code"], refusal["article"], refusal["at"], refusal["enough"]) == ("GY-05-02", 0, "", 2)


def test_a_refusal_in_words_quotes_what_it_rests_on_and_says_how_to_mend_it(founded: Desk) -> None:
    """In Chinese by default, in English on request; before there is a text no article is cited."""
    zh = founded.run(*DESIGNATE, "--key", "qin.key", code=1)
    assert "须两名经办人员共同确认" in zh and "条" not in zh.splitlines()[1] and "须：2" in zh and "gongyue sign" in zh
    en = founded.run(*DESIGNATE, "--key", "qin.key", "--lang", "en", code=1)
    assert (
        "Two officers must confirm" in en
        and "rticle" not in en
        and "enough: 2" in en
        and "须" not in en.splitlines()[0]
    )


def test_a_refusal_records_nothing(founded: Desk) -> None:
    """The book, the receipts and the private folder are as before."""
    before = founded.files()
    founded.run(*DESIGNATE, "--key", "qin.key", code=1)
    assert founded.files() == before
    assert founded.json("status")["size"] == 1


def test_out_of_turn_exits_3_with_the_step_and_what_can_be_done(founded: Desk) -> None:
    """Not a step that can be taken now."""
    refusal = founded.json("founding", "submit", "--edition", "sha256:" + "0" * 64, *TWO, code=3)
    assert refusal["code"].startswith("out-of-turn/")
    assert set(refusal) == {"code", "step", "stands", "can", "figures", "zh", "en"}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(founded: Desk) -> None:
    """Every ruling with its article; no act, no receipt, no salt."""
    before = founded.files()
    trial = founded.json(*DESIGNATE, *TWO, "--dry-run")
    assert (trial["would"], trial["at"], trial["index"]) == ("record", "", 1)  # no text yet
    assert {"gongyue.rules.office:two_officers_confirm"} <= {r["rule"] for r in trial["rulings"]}
    assert "试办" in founded.run(*DESIGNATE, *TWO, "--dry-run")
    assert "Dry run" in founded.run(*DESIGNATE, *TWO, "--dry-run", "--lang", "en")
    founded.run("office", "appoint", "--officer", "o:lu", "--offices", "publisher", "--begins", "2099-01-01",
                "--ends", "2099-12-31", "--interests", "text:无", *TWO, "--dry-run", "--out", "act.json")  # fmt: skip
    assert founded.files() == before
    assert founded.json("status")["size"] == 1


def test_a_dry_run_is_refused_exactly_as_the_act_would_be(founded: Desk) -> None:
    """The same data, the same exit code."""
    assert founded.json(*DESIGNATE, "--key", "qin.key", "--dry-run", code=1) == founded.json(
        *DESIGNATE, "--key", "qin.key", code=1
    )


def test_a_missing_key_is_a_usage_error(founded: Desk) -> None:
    """Exit 2, and how a key is made."""
    assert "gongyue key new" in founded.run(*DESIGNATE, code=2)


def test_a_file_that_is_not_there_is_named(founded: Desk) -> None:
    """Exit 4 with the path."""
    missing = ("founding", "designate", "--approver", '{"name":"部门","basis":"nowhere.pdf"}', *TWO)
    assert "nowhere.pdf" in founded.run(*missing, code=4)
    assert "nowhere.key" in founded.run(*DESIGNATE, "--key", "nowhere.key", code=4)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-3-1", "yesterday", "20260301"])
def test_a_date_that_does_not_exist_is_refused_before_anything_else(date: str, founded: Desk) -> None:
    """Exit 2, with the option and the form."""
    appoint = (
        "office",
        "appoint",
        "--officer",
        "o:lu",
        "--offices",
        "publisher",
        "--ends",
        "2099-12-31",
        "--interests",
        "text:无",
    )
    told = founded.run(*appoint, "--begins", date, *TWO, code=2)
    assert "--begins" in told and "2026-03-20" in told


def test_broken_json_is_placed(founded: Desk) -> None:
    """Line and column, for what stands on the command line and in a file."""
    assert "第 1 行" in founded.run("founding", "designate", "--approver", "{", *TWO, code=4)
    founded.write("a.json", '{\n"name": }')
    assert "第 2 行" in founded.run("founding", "designate", "--approver", "@a.json", *TWO, code=4)


def test_a_malformed_field_is_out_of_turn_before_anything_is_signed(founded: Desk) -> None:
    """The whitelist of the act type speaks."""
    told = founded.json("key", "register", "--holder", "x:1", "--public-key", "lu.key", *TWO, code=3)
    assert told["code"] == "out-of-turn/malformed"


def test_half_of_a_papers_details_is_a_usage_error(founded: Desk) -> None:
    """Scan and date go together; a number is given where the paper has one."""
    told = founded.run("key", "register", "--holder", "u:0001", "--public-key", "lu.key", *paper("1")[:2], *TWO, code=2)
    assert "--paper-dated" in told


def test_an_altered_act_file_is_told(founded: Desk) -> None:
    """The signature no longer holds: sign again."""
    founded.run(*DESIGNATE, *TWO, "--out", "act.json")
    text = Path("act.json").read_text("utf-8").replace("部门", "别处")
    founded.write("act.json", text)
    assert "改动过" in founded.run("submit", "act.json", code=4)
    founded.write("other.json", '{"act": {}}')
    assert "--out" in founded.run("submit", "other.json", code=4)


def test_an_act_file_is_not_overwritten(founded: Desk) -> None:
    """The earlier act may already be on its way."""
    founded.run(*DESIGNATE, *TWO, "--out", "act.json")
    assert "已经存在" in founded.run(*DESIGNATE, *TWO, "--out", "act.json", code=4)


def test_private_contents_stay_beside_the_office(effective: Desk) -> None:
    """The signatory's name is in no leaf; its salt and content are readable by their owner alone."""
    kept = [p for room in ("vault", "vault-keys") for p in (Path("office") / room).rglob("*") if p.is_file()]
    assert kept and all(p.stat().st_mode & 0o077 == 0 for p in kept)
    assert not any("张三".encode() in p.read_bytes() for p in kept)
    assert effective.json("vault", "list", "--dossier", "papers")
    assert "张三" not in effective.run("log", "show", "--json")


def test_an_internal_error_is_told_without_a_traceback(founded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 70, loud, and with GONGYUE_DEBUG=1 in full."""
    monkeypatch.setattr("gongyue.cli.due._status", lambda place: 1 // 0)
    told = founded.run("status", code=70)
    assert "GONGYUE_DEBUG" in told and "Traceback" not in told
    monkeypatch.setenv("GONGYUE_DEBUG", "1")
    assert isinstance(founded.try_("status").exception, ZeroDivisionError)


def test_verify_cannot_read_what_is_not_there(empty: Desk) -> None:
    """Exit 4 for a missing book and for a malformed key."""
    empty.run("verify", "nowhere", "--vkey", "a+b+c", code=4)
    assert empty.json("verify", "nowhere", "--vkey", "missing.vkey", code=4)["failure"]["kind"] == "unreadable"


def test_public_needs_its_key(empty: Desk) -> None:
    """A published book is verified before it is read."""
    assert "--vkey" in empty.run("membership", "roll", "--public", "public", code=2)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("", "JSON 没有写完，或是空的", "cut off, or empty"),
        ("not json", "第 4 个字节处不是 JSON", "no JSON at byte 4"),
        ("[]", "应为 object，实为 array", "should be object, is array"),
        ("{}", "缺少“act”", "“act” is missing"),
        ('{"act":{}}', "act 缺少“type”", "act “type” is missing"),
    ],
)
def test_a_file_that_is_no_act_is_told_in_words(founded: Desk, text: str, zh: str, en: str) -> None:
    """What is wrong and where, in either language, and how such files are made."""
    Path("odd.json").write_text(text, "utf-8")
    told = founded.run("submit", "odd.json", code=4)
    assert zh in told and "--out" in told
    assert en in founded.run("submit", "odd.json", "--lang", "en", code=4)


def test_an_act_that_two_must_sign_says_so_when_one_has(founded: Desk) -> None:
    """Written with one signature, the next step is the second officer's; with two it is to hand it in."""
    one = founded.run(*DESIGNATE, "--key", "qin.key", "--out", "one.json")
    assert "由第二人 gongyue sign one.json" in one
    assert "第二人" not in founded.run(*DESIGNATE, *TWO, "--out", "two.json")


def test_a_paper_without_a_number_is_recorded_without_one(frozen: Desk) -> None:
    """The option is left out; the act holds an empty number, and the notice says that there is none."""
    words = ("founding", "step-out", "--as", "u:0002", "--paper-scan", "basis.txt", "--paper-dated", "today")
    frozen.run(*words, *TWO)
    (*_, last) = frozen.json("log", "show")
    assert last["entry"]["act"]["paper"]["number"] == ""
    assert "（无文号）" in frozen.run("notices")
    assert "(no number)" in frozen.run("notices", "--lang", "en")


CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("words", "code", "zh", "en"),
    [
        ((*DESIGNATE, "--key", "qin.key"), 1, "职员数 1", "officers 1"),
        ((*DESIGNATE, "--key", "lu.key", "--key", "mo.key"), 1, "须：经办或秘书长", "enough: clerk or secretary"),
        (("founding", "reopen", "--reasons", "basis.txt", *TWO), 3, "现状：草案", "stands: draft"),
        (("key", "register", "--holder", "x:1", "--public-key", "lu.key", *TWO), 3, "格式不符", "is not well formed"),
        (("membership", "support", "x"), 2, "没有命令", "no command"),
    ],
)  # fmt: skip
def test_a_refusal_is_in_one_language_with_the_names_of_its_figures(
    words: tuple[str, ...], code: int, zh: str, en: str, founded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By --lang and by the environment alike; English ones have no Chinese but the covenant's own words in quotation marks."""
    assert zh in founded.run(*words, code=code)
    monkeypatch.setenv("GONGYUE_LANG", "en")
    told = founded.run(*words, code=code)
    assert en in told
    assert not CHINESE.search(re.sub("“[^”]*”", "", told)), told


def test_every_figure_of_a_refusal_has_a_name() -> None:
    """Whatever the rules and the matters compare or state, in both languages."""
    from gongyue.covenant.refusals import catalogue

    root = Path(__file__).parents[2] / "src" / "gongyue"
    named: set[str] = set()
    for path in (
        *root.glob("rules/*.py"),
        *root.glob("governance/*.py"),
        *root.glob("book/*.py"),
        *root.glob("covenant/*.py"),
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("fails", "either", "holds", "OutOfTurn"):
                named |= {k.arg for k in node.keywords if k.arg} - {"enough", "step", "stands", "can"}
    assert len(named) > 60
    assert not named - catalogue()["figures"].keys()


def test_what_would_be_enough_is_said_in_english_too() -> None:
    """Every rule that says it in Chinese has an English half; what a party waits for is given to its rule by name."""
    from gongyue.covenant.refusals import catalogue
    from gongyue.governance import hearing, reply
    from gongyue.rules.office import COMPARED

    rules = Path(__file__).parents[2] / "src" / "gongyue" / "rules"
    said = {str(one) for module in (hearing, reply) for name, one in vars(module).items() if name.isupper()}
    said -= {hearing.UNSERVED}  # out of turn before any rule is asked
    said.add(COMPARED)
    for path in rules.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "enough":
                said |= {str(one.value) for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
    assert {one for one in said if CHINESE.search(one)} == catalogue()["enough"].keys()
