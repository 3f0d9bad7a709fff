"""`gongyue attest`: from an audit to an attestation, a challenge, an answer; and every way of cheating."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.cli.audit import ENGINES
from gongyue.conduct.attesting import sampling
from gongyue.conduct.attesting.file_formats import Answer, Answered, Engine, Sibling, Signed, read, sign, to_bytes
from gongyue.conduct.attesting.merkle_root import hash_verdicts
from gongyue.conduct.attesting.numerals import folded, odd_sign
from gongyue.conduct.attesting.sumtree import counts_by_name
from gongyue.conduct.auditing.verdict_writer import META
from gongyue.transparency import canonical
from tests.conduct.attesting.verdicts import ROWS, write
from tests.conduct.running import full_at, gongyue

SEED = "checkpoint 812 root 9f2c"
COVERS = "订单库 2026 年 9 月全部访问日志；不含离线备份"
PROMISE = b'schema = "gongyue/promise/1"\n'


class Case:
    """A member's files, attested, challenged and answered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "promise.toml").write_bytes(PROMISE)
        self.verdicts = write(folder / "v.parquet", ROWS * 5, promise=canonical.digest(PROMISE))
        self.key = json.loads(gongyue("key", "new", folder / "unit.key", "--json").stdout)["key"]
        self.did("make", self.verdicts, "--unit", "星台数据", "--covers", COVERS, "--out", self["draft"])
        self.did("sign", self["draft"], "--verdicts", self.verdicts, "--key", folder / "unit.key", "--out", self["att"])
        self.did("challenge", self["att"], "--seed", SEED, "--rows", 8, "--out", self["ch"])
        self.did("answer", self["ch"], "--attestation", self["att"], "--verdicts", self.verdicts, "--out", self["ans"])

    def __getitem__(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def did(self, *args: object) -> dict[str, Any]:
        """A command that succeeds, and what it says."""
        result = gongyue("attest", *args, "--json")
        assert result.exit_code == 0, result.output
        return dict(json.loads(result.stdout))

    def check(self, *more: object) -> Result:
        """The inspector's check of everything."""
        return gongyue(
            "attest", "check", self["att"], "--challenge", self["ch"], "--answer", self["ans"], "--json", *more
        )

    def failed(self, *more: object) -> set[str]:
        """What does not hold."""
        result = self.check(*more)
        said = json.loads(result.stdout)
        assert result.exit_code == (0 if said["good"] else 1)
        return {one["name"] for one in said["checks"] if not one["holds"]}

    def sign_again(self, **changed: Any) -> None:
        """Another attestation over the same root, signed, drawn from and answered for as if it were true."""
        signed, _ = read(self["att"], Signed)
        self["att"].write_bytes(to_bytes(sign(msgspec.structs.replace(signed.attestation, **changed), bytes(32))))
        asked = sampling.challenge(canonical.digest(self["att"].read_bytes()), 35, SEED, 20)
        self["ch"].write_bytes(to_bytes(asked))
        drawn = hash_verdicts(self.verdicts, asked.rows).drawn
        rows = [Answered(one.row, one.verdict, one.authorisation, [Sibling(node.hash.hex(), counts_by_name(node.counts)) for node in one.path])
                for one in drawn]  # fmt: skip
        answer = Answer("gongyue/answer@2", asked.attestation, canonical.digest(self["ch"].read_bytes()), rows)
        self["ans"].write_bytes(to_bytes(answer))

    def change(self, name: str, **changed: Any) -> None:
        """A file with other values, canonical again."""
        path = self[name]
        data = json.loads(path.read_bytes())
        inner = data["attestation"] if name == "att" else data
        inner.update(changed)
        path.write_bytes(canonical.encode(data))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_all_of_it_holds(case: Case) -> None:
    """With the key of the book, the seed, the promise file and, on the premises, the verdicts themselves."""
    more = [
        "--signer",
        case.key,
        "--seed",
        SEED,
        "--promise",
        case.folder / "promise.toml",
        "--verdicts",
        case.verdicts,
    ]
    assert case.failed(*more) == set()


def test_the_digest_to_cite_is_that_of_the_file(case: Case) -> None:
    """What sha256sum prints of the signed file, as signing and checking say."""
    mine = "sha256:" + hashlib.sha256(case["att"].read_bytes()).hexdigest()
    assert json.loads(case.check().stdout)["digest"] == mine


def test_an_attestation_holds_counts_and_digests_and_nothing_else(case: Case) -> None:
    """No row, no subject, no account: the keys are these."""
    attested = json.loads(case["att"].read_bytes())["attestation"]
    assert set(attested) == {
        "v", "unit", "covers", "tool", "engine", "packs", "promise", "inputs", "period", "rows", "counts", "compliant", "root",
    }  # fmt: skip
    assert attested["rows"] == 35 and attested["counts"]["OK"] == 15 and attested["compliant"] is False
    assert [pack["id"] for pack in attested["packs"]] == ["cross-border-2024-03-22"]  # the calendar of holidays is none


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_screen_says_what_it_does_not_prove(case: Case, lang: str, tmp_path: Path) -> None:
    """That the log is complete is not proven: all five verbs say so, in both languages, and in JSON."""
    words = {"zh": "不证明：记录完整", "en": "does not prove that the log is complete"}[lang]
    screens = [
        ("make", case.verdicts, "--unit", "星台数据", "--covers", "c", "--out", tmp_path / "1"),
        ("sign", case["draft"], "--unseen", "--key", tmp_path / "unit.key", "--out", tmp_path / "2"),
        ("challenge", case["att"], "--seed", SEED, "--rows", 8, "--out", tmp_path / "3"),
        ("answer", case["ch"], "--attestation", case["att"], "--verdicts", case.verdicts, "--out", tmp_path / "4"),
        ("check", case["att"]),
    ]
    for screen in screens:
        assert words in gongyue("attest", *screen, "--lang", lang).stdout, screen
    assert "does not prove" in case.check().stdout


def test_a_changed_count_breaks_the_signature(case: Case) -> None:
    """And the counts no longer add up."""
    case.change("att", counts={"OK": 36})
    assert {"signature", "counts"} <= case.failed()


def test_what_fails_is_told_with_its_numbers_and_asks_for_no_visit(case: Case) -> None:
    """Rows of another log: all three numbers are shown, and no next step, for nothing is proven."""
    inputs = json.loads(case["att"].read_bytes())["attestation"]["inputs"]
    more = ("--challenge", case["ch"], "--answer", case["ans"])
    assert "下一步" in gongyue("attest", "check", case["att"], *more).stdout
    case.change("att", inputs=inputs | {"uses": inputs["uses"] | {"rows": 34}})
    said = gongyue("attest", "check", case["att"], *more).stdout
    assert "各项合计 35 行，所载 35 行，记录 34 行" in said and "下一步" not in said


def test_wrong_counts_signed_again_are_found_by_every_proof(case: Case) -> None:
    """A member who signs "all OK" over the same root is refuted by the first row drawn, whatever its verdict is."""
    case.sign_again(counts={"OK": 35}, compliant=True)
    assert case.failed() == {"bound"}
    assert case.failed("--verdicts", case.verdicts) == {"bound", "recount"}


FALSE = {"OK": 20, "STATUTORY": 5, "WITHDRAWN": 5, "UNPARSED": 5}
"""Counts that add up to the rows, with five NO_AUTH made OK."""


def test_changed_counts_that_add_up_are_refused_at_every_step(case: Case) -> None:
    """Signing, answering and checking each say what is stated and what was found."""
    case.change("draft", counts=FALSE)
    out = ("--key", case.folder / "unit.key", "--out", case.folder / "x", "--lang", "en")
    told = gongyue("attest", "sign", case["draft"], "--verdicts", case.verdicts, *out)
    assert told.exit_code == 4 and "counts.OK: 20 stated, 15 found; counts.NO_AUTH: 0 stated, 5 found" in _plain(told)
    assert not (case.folder / "x").exists()
    case.sign_again(counts=FALSE)
    asked = [case["ch"], "--attestation", case["att"], "--verdicts", case.verdicts, "--out", case.folder / "x"]
    told = gongyue("attest", "answer", *asked)
    assert told.exit_code == 4 and "counts.OK 所载 20，实为 15；counts.NO_AUTH 所载 0，实为 5" in _plain(told)
    assert not (case.folder / "x").exists()
    assert case.failed() == {"bound"}
    for beside in ((), ("--verdicts", case.verdicts)):
        said = [one for one in json.loads(case.check(*beside).stdout)["checks"] if not one["holds"]]
        assert all("OK 所载 20，实为 15" in one["zh"] and "OK: 20 stated, 15 found" in one["en"] for one in said)


def _plain(result: Result) -> str:
    """What was told, in one line."""
    return " ".join(result.stderr.split())


def test_counts_that_no_proof_bears_out_are_not_called_bound(case: Case) -> None:
    """Where no proof reaches the root there is nothing that the counts could be compared with."""
    rows = json.loads(case["ans"].read_bytes())["rows"]
    case.change("ans", rows=[row | {"authorisation": 12345} for row in rows])
    assert case.failed() == {"proofs", "bound"}


RUN = [
    ({"engine": "duckdb"}, "engine: duckdb stated, kernel found"),
    ({"tool": "gongyue 0.2"}, "tool: gongyue 0.2 stated, gongyue 0.1.0 found"),
    ({"promise": "sha256:" + "e" * 64}, "promise: sha256:eeee"),
    (
        {"period": {"first": "2026-09-01T00:00:00Z", "last": None}},
        "period.last: none stated, 2026-09-30T12:00:00Z found",
    ),
    ({"root": "sha256:" + "e" * 64}, "root: sha256:eeee"),
]


@pytest.mark.parametrize(("changed", "says"), RUN, ids=[next(iter(changed)) for changed, _ in RUN])
def test_nothing_is_signed_that_the_file_of_verdicts_has_otherwise(
    case: Case, changed: dict[str, Any], says: str
) -> None:
    """Each value that the file has is compared, and both are told."""
    case.change("draft", **changed)
    out = ("--key", case.folder / "unit.key", "--out", case.folder / "x", "--lang", "en")
    told = gongyue("attest", "sign", case["draft"], "--verdicts", case.verdicts, *out)
    assert told.exit_code == 4 and says in _plain(told) and not (case.folder / "x").exists()


def test_figures_of_the_run_are_compared_on_the_premises(case: Case) -> None:
    """Unread authorisations follow from no row: the file of verdicts says how many there were."""
    signed, _ = read(case["att"], Signed)
    ledger = msgspec.structs.replace(signed.attestation.inputs.authorisations, unread=3)
    case.sign_again(inputs=msgspec.structs.replace(signed.attestation.inputs, authorisations=ledger))
    assert case.failed("--verdicts", case.verdicts) == {"run"}
    (run,) = [
        one for one in json.loads(case.check("--verdicts", case.verdicts).stdout)["checks"] if one["name"] == "run"
    ]
    assert "inputs.authorisations.unread: 3 stated, 0 found" in run["en"]


def test_signing_without_the_verdicts_has_to_be_said(case: Case) -> None:
    """Neither or both is a wrong usage; --unseen signs, and says that nothing was compared."""
    out = ("--key", case.folder / "unit.key", "--out", case.folder / "x")
    for neither_or_both in ((), ("--unseen", "--verdicts", case.verdicts)):
        told = gongyue("attest", "sign", case["draft"], *neither_or_both, *out)
        assert told.exit_code == 2 and "--unseen" in told.stderr and not (case.folder / "x").exists()
    told = gongyue("attest", "sign", case["draft"], "--unseen", *out)
    assert told.exit_code == 0 and "未与裁断文件比较" in told.stdout
    seen = case.did("sign", case["draft"], "--verdicts", case.verdicts, *out[:2], "--out", case.folder / "y")
    unseen = case.did("sign", case["draft"], "--unseen", *out[:2], "--out", case.folder / "z")
    assert (seen["compared"], unseen["compared"]) == (True, False)


@pytest.mark.parametrize(("name", "verb"), [("draft", "sign"), ("att", "check"), ("ans", "check")])
def test_files_of_the_version_before_are_refused(case: Case, name: str, verb: str) -> None:
    """Their root does not commit to the counts: told, with what writes them again."""
    data = json.loads(case[name].read_bytes())
    data["v"] = data["v"].replace("@2", "@1")
    case[name].write_bytes(canonical.encode(data))
    out = ("--unseen", "--key", case.folder / "unit.key", "--out", case.folder / "x", "--lang", "en")
    result = gongyue("attest", "sign", case["draft"], *out) if verb == "sign" else case.check("--lang", "en")
    again = "answer" if name == "ans" else "make"
    assert result.exit_code == 4 and "does not commit to the counts" in result.output
    assert f"gongyue attest {again}" in result.output


def test_full_compliance_cannot_be_claimed_over_unparsed_rows(case: Case) -> None:
    """GY-08-03, also where it was signed."""
    case.sign_again(compliant=True)
    said = json.loads(gongyue("attest", "check", case["att"], "--json").stdout)
    assert [one["code"] for one in said["checks"] if not one["holds"]] == ["GY-08-03"]


FORMS = [
    ({"tool": "13812345678"}, "tool"),
    ({"tool": "zhangwei 1.0"}, "tool"),
    ({"engine": "zhangwei@example.com"}, "engine"),
    ({"packs": [{"id": "13812345678", "digest": "sha256:" + "0" * 64}]}, "packs"),
    ({"period": {"first": "13812345678", "last": None}}, "first"),
    ({"period": {"first": None, "last": "2026-13-01T00:00:00Z"}}, "last"),
    ({"counts": {"OK": 35, "13812345678": 0}}, "counts"),
    ({"counts": {"OK": 35, "NO_AUTH": 0}}, "counts"),
    ({"covers": " \u3000 "}, "covers"),
    ({"unit": "  "}, "unit"),
]


@pytest.mark.parametrize(("changed", "field"), FORMS, ids=[field for _, field in FORMS])
def test_no_field_is_free_enough_to_carry_anything(case: Case, changed: dict[str, Any], field: str) -> None:
    """Neither signed nor checked; the field is named, in Chinese without the reader's English, and no value repeated."""
    case.change("draft", **changed)
    out = ("--unseen", "--key", case.folder / "unit.key", "--out", case.folder / "x")
    case.change("att", **changed)
    for command in (("sign", case["draft"], *out), ("check", case["att"])):
        result = gongyue("attest", *command)
        assert result.exit_code == 4 and field in result.stderr
        assert "13812345678" not in result.output and "Expected" not in result.output


def test_what_an_audit_did_not_write_is_not_attested(tmp_path: Path) -> None:
    """A file of verdicts that says something else in the place of an instant."""
    path = write(tmp_path / "v.parquet", ROWS, period={"first": "13812345678", "last": "2026-01-01T00:00:00Z"})
    result = gongyue("attest", "make", path, "--unit", "u", "--covers", "c", "--out", tmp_path / "a")
    assert result.exit_code == 4 and "period.first" in result.stderr and "138" not in result.output


def test_a_flipped_bit_in_the_verdicts_is_noticed(tmp_path: Path) -> None:
    """Anywhere among the rows: no attestation is made of verdicts that no audit wrote."""
    verdicts = write(tmp_path / "v.parquet", [("OK", n * n) for n in range(3000)], group=3000)
    data = verdicts.read_bytes()
    column = pq.read_metadata(verdicts).row_group(0).column(2)
    first, size = column.dictionary_page_offset or column.data_page_offset, column.total_compressed_size
    for place in range(first + size // 2, first + size, size // 16):
        verdicts.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        more = ("--unit", "星台数据", "--covers", COVERS, "--out", tmp_path / "draft.json")
        told = gongyue("attest", "make", verdicts, *more)
        assert told.exit_code == 4 and "不是完整的 Parquet" in told.stderr


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "auto"])
def test_what_any_engine_found_can_be_attested(tmp_path: Path, engine: str) -> None:
    """Every engine that an audit has is one that an attestation may name."""
    verdicts = write(tmp_path / "v.parquet", ROWS, engine=engine)
    more = ("--unit", "星台数据", "--covers", COVERS, "--out", tmp_path / "draft.json", "--json")
    made = gongyue("attest", "make", verdicts, *more)
    assert made.exit_code == 0 and json.loads(made.stdout)["attestation"]["engine"] == engine


def test_a_full_disk_leaves_no_file_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is named, nothing is left there, and the very same command does it once there is room."""
    verdicts, out = write(tmp_path / "v.parquet", ROWS), tmp_path / "draft.json"
    asked = ("attest", "make", verdicts, "--unit", "星台数据", "--covers", COVERS, "--out", out)
    with monkeypatch.context() as patch:
        full_at(patch, out)
        told = gongyue(*asked)
    assert told.exit_code == 4 and f"写不了 {out}：磁盘已满" in told.stderr and not out.exists()
    assert gongyue(*asked).exit_code == 0


def test_what_contradicts_itself_is_not_signed(case: Case) -> None:
    """Full compliance over rows that are not, GY-08-03; counts that do not add up; less claimed than there is."""
    whole = case["draft"].read_bytes()
    for changed, code, says in (
        ({"compliant": True}, 1, "GY-08-03"),
        ({"counts": {"OK": 36}, "compliant": True}, 4, "add up to 36"),
        ({"counts": {"OK": 35}}, 4, "compliant is false"),
    ):
        case["draft"].write_bytes(whole)
        case.change("draft", **changed)
        out = ("--unseen", "--key", case.folder / "unit.key", "--out", case.folder / "x", "--lang", "en")
        result = gongyue("attest", "sign", case["draft"], *out)
        assert (result.exit_code, (case.folder / "x").exists()) == (code, False) and says in result.stderr


def test_a_log_without_a_use_proves_nothing_and_says_so(tmp_path: Path) -> None:
    """Making, signing and checking: nothing can be claimed, and it is not; no row can be drawn."""
    path, key = write(tmp_path / "v.parquet", [], period={"first": None, "last": None}), tmp_path / "unit.key"
    gongyue("key", "new", key)
    draft, signed = tmp_path / "draft.json", tmp_path / "att.json"
    made = gongyue("attest", "make", path, "--unit", "u", "--covers", "c", "--out", draft)
    assert made.exit_code == 0 and "什么也不能声明" in made.stdout
    assert json.loads(draft.read_bytes())["compliant"] is False
    assert (
        "什么也不能声明" in gongyue("attest", "sign", draft, "--verdicts", path, "--key", key, "--out", signed).stdout
    )
    checked = gongyue("attest", "check", signed, "--lang", "en")
    assert checked.exit_code == 0 and "nothing can be claimed" in checked.stdout
    drawn = gongyue("attest", "challenge", signed, "--seed", SEED, "--out", tmp_path / "c")
    assert drawn.exit_code == 4 and "0 行" in drawn.stderr


def test_a_check_claims_no_more_than_it_looked_at(case: Case) -> None:
    """The draw is claimed where rows were answered for and their seed was given; what was not checked is listed."""
    alone = json.loads(gongyue("attest", "check", case["att"], "--json").stdout)
    assert {one["name"] for one in alone["unchecked"]} == {"signer", "promise", "draw", "root", "bound", "stated"}
    assert "抽" not in alone["proves"]["zh"] and "drawn" not in alone["proves"]["en"]
    unseeded = json.loads(case.check().stdout)
    assert "seed" in {one["name"] for one in unseeded["unchecked"]}
    assert "种子未核对" in unseeded["proves"]["zh"]
    whole = json.loads(case.check("--seed", SEED, "--signer", case.key).stdout)
    assert "由给定种子抽出的 8 行确在其中；根所约束的正是所载合计" in whole["proves"]["zh"]
    assert {one["name"] for one in whole["unchecked"]} == {"promise", "root", "stated"}
    failing = json.loads(case.check("--seed", "mine").stdout)
    assert "什么也没有证明" in failing["proves"]["zh"]
    assert "未查" in gongyue("attest", "check", case["att"]).stdout


def test_each_file_in_the_place_of_another_is_told(case: Case) -> None:
    """Signing what is signed, checking a draft, answering an attestation: what it is and what is wanted."""
    out = ("--out", case.folder / "x")
    again = gongyue("attest", "sign", case["att"], "--unseen", "--key", case.folder / "unit.key", *out)
    assert again.exit_code == 4 and "已经签署" in again.stderr
    assert "先用 gongyue attest sign 签署" in gongyue("attest", "check", case["draft"]).stderr
    odd = gongyue("attest", "check", case["att"], "--challenge", case["ans"], "--lang", "en")
    assert odd.exit_code == 4 and "the challenge is wanted" in odd.stderr


def test_drawing_every_row_looks_at_every_row(case: Case, tmp_path: Path) -> None:
    """No share and no confidence is told then."""
    drawn = gongyue("attest", "challenge", case["att"], "--seed", SEED, "--rows", 99, "--out", tmp_path / "c")
    assert "全部行都要看" in drawn.stdout and "95%" not in drawn.stdout


def test_a_signer_of_no_form_is_told_the_forms(case: Case) -> None:
    """It is not taken for the name of a file."""
    result = gongyue("attest", "check", case["att"], "--signer", "k:0000")
    assert result.exit_code == 4 and "64 位" in result.stderr and "No such file" not in result.stderr


def test_another_promise_is_told_with_both_digests(case: Case, tmp_path: Path) -> None:
    """The digest of the file given, and the one attested."""
    (tmp_path / "other.toml").write_bytes(PROMISE + b"#\n")
    said = gongyue("attest", "check", case["att"], "--promise", tmp_path / "other.toml").stdout
    assert canonical.digest(PROMISE) in said and canonical.digest(PROMISE + b"#\n") in said


def test_a_changed_row_in_the_answer_has_no_proof(case: Case) -> None:
    """Whether the verdict or the authorisation is another."""
    rows = json.loads(case["ans"].read_bytes())["rows"]
    case.change("ans", rows=[rows[0] | {"authorisation": 12345}, *rows[1:]])
    assert case.failed() == {"proofs"}


def test_a_swapped_proof_is_found(case: Case) -> None:
    """Two rows with each other's proofs."""
    rows = json.loads(case["ans"].read_bytes())["rows"]
    rows[0]["proof"], rows[1]["proof"] = rows[1]["proof"], rows[0]["proof"]
    case.change("ans", rows=rows)
    assert case.failed() == {"proofs"}


def test_a_row_left_out_or_another_given_is_found(case: Case) -> None:
    """The answer has to be to the rows that were drawn, all of them."""
    rows = json.loads(case["ans"].read_bytes())["rows"]
    case.change("ans", rows=rows[1:])
    assert case.failed() == {"asked"}


def test_another_seed_is_found(case: Case) -> None:
    """Another seed than the inspector's; rows that its own seed does not draw."""
    assert case.failed("--seed", "mine") == {"seed"}
    case.change("ch", seed="other")
    assert {"draw", "answer"} <= case.failed()


def test_another_promise_is_found(case: Case, tmp_path: Path) -> None:
    """The promise file has to be the one the audit went by."""
    (tmp_path / "other.toml").write_bytes(PROMISE + b"#\n")
    assert case.failed("--promise", tmp_path / "other.toml") == {"promise"}


def test_another_unit_signing_is_found(case: Case) -> None:
    """The key of the book decides whose attestation it is."""
    assert case.failed("--signer", "k:" + "0" * 64) == {"signer"}


def test_verdicts_changed_since_are_not_answered_from(case: Case, tmp_path: Path) -> None:
    """An answer that would not hold is not given; the inspector's own recount sees it too."""
    other = write(tmp_path / "other.parquet", [*ROWS * 4, *ROWS[:-1], ("OK", 1)])
    result = gongyue(
        "attest",
        "answer",
        case["ch"],
        "--attestation",
        case["att"],
        "--verdicts",
        other,
        "--out",
        tmp_path / "x",
        "--json",
    )
    assert result.exit_code == 4 and "not the file that was attested" in result.stdout
    assert not (tmp_path / "x").exists()
    assert case.failed("--verdicts", other) == {"root", "recount", "run"}
    stated = json.loads(case["att"].read_text("utf-8"))["attestation"]["root"]
    (root,) = [one for one in json.loads(case.check("--verdicts", other).stdout)["checks"] if one["name"] == "root"]
    for told in (root["zh"], root["en"]):
        found = re.findall(r"sha256:[0-9a-f]{64}", told)
        assert len(set(found)) == 2 and found[1] == stated


def test_verdicts_whose_rows_are_not_what_the_audit_counted_are_not_attested(tmp_path: Path) -> None:
    """Rows were changed or dropped between audit and attestation."""
    path = write(tmp_path / "v.parquet", ROWS, counts={"OK": 7})
    result = gongyue("attest", "make", path, "--unit", "u", "--covers", "c", "--out", tmp_path / "a", "--lang", "en")
    assert result.exit_code == 4 and "differ from what the audit counted" in result.stderr


@pytest.mark.parametrize(
    "said",
    [{"counts": 7}, {"counts": None}, {"counts": {"OK": "3"}}, {"uses": "all"}, {"uses": None}, {"authorisations": []}, {"period": 1}],
)  # fmt: skip
def test_what_a_file_says_of_its_run_in_another_form_is_told(tmp_path: Path, said: dict[str, Any]) -> None:
    """Exit 4 and which value it is."""
    path = write(tmp_path / "v.parquet", ROWS, **said)
    result = gongyue("attest", "make", path, "--unit", "u", "--covers", "c", "--out", tmp_path / "a", "--lang", "en")
    assert result.exit_code == 4 and "the attestation cannot be written" in result.stderr
    assert next(iter(said)) in result.stderr and not (tmp_path / "a").exists()


def test_what_a_file_says_of_its_run_nested_without_end_is_told(tmp_path: Path) -> None:
    """It is no file of verdicts."""
    table = pq.read_table(write(tmp_path / "v.parquet", ROWS))
    pq.write_table(table.replace_schema_metadata({META: b"[" * 100_000}), tmp_path / "v.parquet")
    made = gongyue("attest", "make", tmp_path / "v.parquet", "--unit", "u", "--covers", "c", "--out", tmp_path / "a")
    assert made.exit_code == 4 and "不是核对写出的裁断文件" in made.stderr


@pytest.mark.parametrize("rows", [[2, 1], [1, 1], [36], [], [1, 2, 3, 4, 5], list(range(1, 31))])
def test_a_challenge_whose_rows_no_draw_gives_is_not_answered(case: Case, tmp_path: Path, rows: list[int]) -> None:
    """Not ascending, twice the same, beyond the last row, none, or picked by hand: told, and nothing is written."""
    case.change("ch", rows=rows)
    asked = [case["ch"], "--attestation", case["att"], "--verdicts", case.verdicts, "--out", tmp_path / "x"]
    result = gongyue("attest", "answer", *asked, "--lang", "en")
    assert result.exit_code == 4 and "its seed draws" in result.stderr and not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("text", "type"),
    [("日志含 a.b@mail.example.com 的记录", "EMAIL"), ("来电 13800138000 的客户", "CN_MOBILE")],
)
def test_personal_data_is_refused_and_not_repeated(case: Case, text: str, type: str, tmp_path: Path) -> None:
    """GY-08-02 at making, at signing what another program wrote, and at the inspector's check; the value is not shown."""
    made = gongyue("attest", "make", case.verdicts, "--unit", "u", "--covers", text, "--out", tmp_path / "a", "--json")
    said = json.loads(made.stdout)
    assert (made.exit_code, said["code"], said["figures"]) == (1, "GY-08-02", {"covers": type})
    assert "13800138000" not in made.output and "a.b@" not in made.output
    case.change("draft", covers=text)
    signed = gongyue(
        "attest", "sign", case["draft"], "--unseen", "--key", tmp_path / "unit.key", "--out", tmp_path / "b", "--json"
    )
    assert (signed.exit_code, json.loads(signed.stdout)["code"]) == (1, "GY-08-02")
    case.sign_again(covers=text)
    assert "personal" in case.failed()


@pytest.mark.parametrize(
    "text", ["①③⑧⓪⓪①③⑧⓪⓪⓪", "⒈", "系统Ⅷ", "每 m²", "١٣٨", "𝟏𝟑𝟖", "¼", "第㏠", "号\U00010a40", "号\u0378"]
)
@pytest.mark.parametrize("field", ["unit", "covers"])
def test_digits_in_circles_and_their_kin_are_refused(case: Case, field: str, text: str, tmp_path: Path) -> None:
    """At making, signing and checking, exit 4: the sign is named by its code and its field, and no text repeated."""
    said = {"unit": "u", "covers": "c"} | {field: text}
    made = gongyue(
        "attest", "make", case.verdicts, "--unit", said["unit"], "--covers", said["covers"], "--out", tmp_path / "a"
    )
    case.change("draft", **{field: text})
    case.change("att", **{field: text})
    out = ("--key", tmp_path / "unit.key", "--out", tmp_path / "b")
    signed = gongyue("attest", "sign", case["draft"], "--unseen", *out)
    for told in (made, signed, gongyue("attest", "check", case["att"])):
        assert told.exit_code == 4 and f"{field} 里有数字符号 U+" in told.stderr and text not in told.output


def test_no_numeric_sign_of_unicode_spells_a_number_past_the_scan() -> None:
    """Each sign that has a number's value, or turns into one, is refused, or stands for its digit when the text is scanned."""
    digits = set[str]()
    for one in map(chr, range(0x110000)):
        values = [unicodedata.numeric(part, None) for part in (one, *unicodedata.normalize("NFKC", one))]
        if all(value is None for value in values) or odd_sign(one):
            continue
        value = next(value for value in values if value is not None)  # of 洞, and of its twin for compatibility too
        assert one in "0123456789" or one == "〇" or unicodedata.east_asian_width(one) in "FW", f"U+{ord(one):04X}"
        if value in range(10):
            assert folded(one) == str(int(value)), f"U+{ord(one):04X}"
            digits.add(one)
    assert len(digits) > 60 and set("0123456789〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖") <= digits


@pytest.mark.parametrize(
    "number",
    ["壹叁捌零零壹叁捌零零零", "一三八○○一三八○○○", "１３８00１３８000", "1⃝3⃝8⃝0⃝0⃝1⃝3⃝8⃝0⃝0⃝0⃝", "1\u20e33̲8̲0̲0̲1̲3̲8̲0̲0̲0̲"],
)
def test_numbers_in_usual_digits_are_found_in_any_dress(case: Case, number: str, tmp_path: Path) -> None:
    """Full width, capital numerals, a circle for zero, marks around and below: GY-08-02."""
    text = f"来电 {number} 的客户"
    made = gongyue("attest", "make", case.verdicts, "--unit", "u", "--covers", text, "--out", tmp_path / "a", "--json")
    said = json.loads(made.stdout)
    assert (made.exit_code, said["code"], said["figures"]) == (1, "GY-08-02", {"covers": "CN_MOBILE"})


@pytest.mark.parametrize("blank", ["\ufe0f", "\U000e0101", "\u115f", "\u3164", "\uffa0", "\u2800", "\u2009"])
@pytest.mark.parametrize("field", ["unit", "covers"])
def test_signs_that_nobody_sees_are_refused(case: Case, field: str, blank: str, tmp_path: Path) -> None:
    """Selectors, fillers, blanks of odd widths: exit 4 at making and at checking, with the code of the sign and the field."""
    text = f"日志{blank}"
    said = {"unit": "u", "covers": "c"} | {field: text}
    made = gongyue(
        "attest", "make", case.verdicts, "--unit", said["unit"], "--covers", said["covers"], "--out", tmp_path / "a"
    )
    case.change("att", **{field: text})
    for told in (made, gongyue("attest", "check", case["att"])):
        assert told.exit_code == 4 and f"{field} 里有看不见的字符 U+{ord(blank):04X}" in told.stderr


@pytest.mark.parametrize("sign", ["/", "·", "_", "，", "\n", "—", "、", " , ", "__/__"])
@pytest.mark.parametrize("number", ["139 0000 0000", "一三九 〇〇〇〇 〇〇〇〇"])
def test_a_number_parted_by_any_signs_is_found(case: Case, number: str, sign: str, tmp_path: Path) -> None:
    """GY-08-02: whatever parts the digits of a telephone number."""
    text = f"联系 {number.replace(' ', sign)}，九月日志"
    made = gongyue("attest", "make", case.verdicts, "--unit", "u", "--covers", text, "--out", tmp_path / "a", "--json")
    assert (made.exit_code, json.loads(made.stdout)["figures"]) == (1, {"covers": "CN_MOBILE"})


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-01/2026-06-30 的日志",
        "2026.05.01–2026.06.30，共 3,200,000 条、12 批",
        "第 1、2、3 批；2026-05-01 00:00:00 至 2026-06-30 23:59:59，1,234,567/89 条",
        "4,517,759 条；9,193,852/79,815；2024-01-30，2025-02-20 日志",
        "10.0.0.0/8 内网，v1.2.3，99.95%",
    ],
)
def test_dates_and_counts_side_by_side_may_stand(case: Case, text: str, tmp_path: Path) -> None:
    """Joined, their digits are no number of anybody."""
    case.did("make", case.verdicts, "--unit", "u", "--covers", text, "--out", tmp_path / "a")


def test_numbers_as_they_are_usually_written_may_stand(case: Case, tmp_path: Path) -> None:
    """Chinese numerals, years, amounts: nobody is kept from saying what the log covers."""
    text = "二〇二六年九月一日至三十日订单库全部访问日志，共三千二百万条、第一至第十二批；不含（２）离线备份、第两处"
    case.did("make", case.verdicts, "--unit", "三一七号数据", "--covers", text, "--out", tmp_path / "a")


def test_a_file_with_anything_else_in_it_is_not_read(case: Case) -> None:
    """One more key, or one more space: neither is an attestation. Nothing raw can ride along."""
    whole = case["att"].read_bytes()
    case["att"].write_bytes(whole + b"\n")
    assert gongyue("attest", "check", case["att"]).exit_code == 4
    case["att"].write_bytes(whole)
    case.change("att", note="138")
    result = gongyue("attest", "check", case["att"], "--lang", "en")
    assert (
        result.exit_code == 4
        and "is no good signed attestation" in result.stderr
        and "note has no place" in result.stderr
    )


def test_nothing_is_overwritten_and_usage_is_told(case: Case, tmp_path: Path) -> None:
    """A signed attestation stays; a log of verdicts has to be one; an answer needs its challenge."""
    again = gongyue(
        "attest",
        "sign",
        case["draft"],
        "--unseen",
        "--key",
        tmp_path / "unit.key",
        "--out",
        case["att"],
        "--lang",
        "en",
    )
    assert again.exit_code == 4 and "exists already" in again.stderr
    (tmp_path / "x.parquet").write_bytes(b"no")
    odd = gongyue("attest", "make", tmp_path / "x.parquet", "--unit", "u", "--covers", "c", "--out", tmp_path / "y")
    assert odd.exit_code == 4 and "不是完整的 Parquet" in odd.stderr
    assert gongyue("attest", "check", case["att"], "--answer", case["ans"]).exit_code == 2
    gone = gongyue("attest", "make", tmp_path / "none.parquet", "--unit", "u", "--covers", "c", "--out", tmp_path / "y")
    assert gone.exit_code == 4 and "none.parquet" in gone.stderr


def test_a_challenge_to_another_attestation_is_not_answered(case: Case, tmp_path: Path) -> None:
    """It says to which it is."""
    case.change("ch", attestation="sha256:" + "0" * 64)
    asked = [case["ch"], "--attestation", case["att"], "--verdicts", case.verdicts, "--out", tmp_path / "x"]
    result = gongyue("attest", "answer", *asked, "--lang", "en")
    assert result.exit_code == 4 and "not to this attestation" in result.stderr


def test_nothing_is_drawn_from_what_was_changed_after_it_was_signed(case: Case, tmp_path: Path) -> None:
    """The inspector learns of it before asking."""
    case.change("att", counts={"OK": 36})
    told = gongyue("attest", "challenge", case["att"], "--seed", SEED, "--rows", 8, "--out", tmp_path / "x")
    assert told.exit_code == 4 and "签名不成立" in told.stderr and not (tmp_path / "x").exists()


HOSTILE = (None, True, -1, 0, 1 << 63, 1 << 4000, 0.5, "", "x" * 5000, "\x00", "k:" + "f" * 64, [], {}, [[]], {"v": 1})


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value within a JSON value."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from _places(part, (*at, name))


def _with(value: Any, at: tuple[Any, ...], other: Any) -> Any:
    if not at:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = _with(value[at[0]], at[1:], other)
    return copy


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """One case whose files are put back after every change."""
    return Case(tmp_path_factory.mktemp("attested"))


@settings(max_examples=150)
@given(st.data())
def test_whatever_stands_in_a_file_no_check_crashes_or_passes(kept: Case, data: st.DataObject) -> None:
    """Any value replaced by any other, or the file cut off or disturbed anywhere: does not hold (1) or unreadable (4)."""
    name = data.draw(st.sampled_from(["att", "ch", "ans"]))
    path, whole = kept[name], kept[name].read_bytes()
    spoilt = data.draw(
        st.one_of(st.integers(0, len(whole) - 1).map(lambda n: whole[:n]), _replaced(whole), _noise(whole))
    )
    if spoilt == whole:
        return
    path.write_bytes(spoilt)
    try:
        result = kept.check("--signer", kept.key)
    finally:
        path.write_bytes(whole)
    assert result.exit_code in (1, 4), (spoilt[:300], result.output)
    assert "Traceback" not in result.output


def _replaced(whole: bytes) -> st.SearchStrategy[bytes]:
    value = json.loads(whole)
    return st.builds(
        lambda at, other: json.dumps(_with(value, at, other), separators=(",", ":"), ensure_ascii=False).encode(),
        st.sampled_from(list(_places(value))),
        st.sampled_from(HOSTILE),
    )


def _noise(whole: bytes) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda at, noise: whole[:at] + noise + whole[at + len(noise) :],
        st.integers(0, len(whole) - 1),
        st.binary(min_size=1, max_size=6),
    )


def test_what_every_engine_of_the_audit_found_can_be_attested() -> None:
    """The engine is named in the verdicts' file, and an attestation takes each that the audit has."""
    assert set(get_args(Engine)) == set(ENGINES) - {"auto"}
