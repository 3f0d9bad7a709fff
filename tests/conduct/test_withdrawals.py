"""Authorisations without a column of withdrawals are refused everywhere, or declared so and every report repeats it."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

from gongyue.cli.audit import ENGINES
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.auditing.verdict_writer import META
from gongyue.conduct.authorisations import Authorisations, read_authorisations
from gongyue.conduct.consent_receipts import imported
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate_service import Service
from gongyue.conduct.promise_loader import BadPromise, parse_promise
from gongyue.conduct.safe_text import short
from tests.conduct.attesting.verdicts import ROWS as VERDICTS
from tests.conduct.attesting.verdicts import about
from tests.conduct.attesting.verdicts import write as write_verdicts
from tests.conduct.running import gongyue
from tests.conduct.test_consent_receipts import ISO, KANTARA
from tests.conduct.world import EXAMPLE, UNDONE, example

START, GONE = "2026-01-02T00:00:00+08:00", "2026-03-01T00:00:00+08:00"
WITH = [
    {"id": str(n), "subject": f"u{n}", "terms": "core-2026", "valid_from": START, "revoked_at": GONE if n <= 5 else ""}
    for n in range(1, 9)
]
"""Eight authorisations, of which five were withdrawn."""
WITHOUT = [{name: value for name, value in row.items() if name != "revoked_at"} for row in WITH]
USES = [
    {"time": "2026-05-01T10:00:00+08:00", "action": "SELECT", "dataset": "shop.orders", "purpose": "delivery", "subject": f"u{n}"}
    for n in range(1, 9)
]  # fmt: skip
KINDS = ("csv", "tsv", "jsonl", "parquet")
SAID = ("声明没有（withdrawals", "declares that there are none")


def write(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """The rows as a file of its kind."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(rows)
    return path


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with the promise and eight uses."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    write(tmp_path / "uses.jsonl", USES)
    return tmp_path


def asked(folder: Path, grants: object, *more: object, command: str = "audit") -> Result:
    """The audit, or the gate's run, of the uses."""
    uses = "--uses" if command == "audit" else "--input"
    inputs = ("--promise", folder / "promise.toml", "--authorisations", grants, uses, folder / "uses.jsonl")
    return gongyue(*command.split(), *inputs, *more)


def refused(result: Result) -> None:
    """Exit 4, with where, what, and both mends."""
    assert result.exit_code == 4, result.output
    assert "缺少列：revoked_at" in result.output and 'withdrawals = "none"' in result.output
    assert "[columns.authorisations.name]" in result.output and "WITHDRAWN" not in result.output


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_a_column_of_withdrawals_is_refused_by_gate_and_audit(given: Path, kind: str) -> None:
    """Five WITHDRAWN would become OK; with the column, they are five."""
    grants = write(given / f"a.{kind}", WITHOUT)
    refused(asked(given, grants))
    refused(asked(given, grants, command="gate run"))
    write(given / f"a.{kind}", WITH)
    data = json.loads(asked(given, grants, "--json").stdout)
    assert data["verdicts"] == {"OK": 3, "WITHDRAWN": 5} and data["authorisations"]["withdrawals"] == "column"
    assert asked(given, grants, command="gate run").stdout.count('"verdict":"WITHDRAWN"') == 5


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_them(given: Path, engine: str) -> None:
    """Before it judges anything, wherever the log is."""
    grants = write(given / "a.csv", WITHOUT)
    with pytest.raises(BadInput, match="lacks columns: revoked_at"):
        audit(Request(str(given / "promise.toml"), str(grants), str(given / "uses.jsonl"), engine))


def test_an_index_kept_before_the_column_was_required_is_not_taken(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier tool indexed the same bytes under the same promise: they are read anew, and refused."""
    grants = write(given / "a.csv", WITHOUT)
    with monkeypatch.context() as earlier:
        earlier.setattr("gongyue.conduct.auditing.run_inputs.FORM", "gongyue-audit-7")
        earlier.setattr(Authorisations, "require", lambda *_: None)
        assert asked(given, grants).exit_code == 0
    refused(asked(given, grants))


def test_a_table_and_one_file_of_a_folder_are_refused_alike(given: Path) -> None:
    """A table of a database has its columns; of a folder each file has to have them."""
    with closing(sqlite3.connect(given / "a.sqlite")) as link, link:
        link.execute("CREATE TABLE auth (id, subject, terms, valid_from)")
    refused(asked(given, f"sqlite:///{given / 'a.sqlite'}#auth"))
    (given / "grants").mkdir()
    write(given / "grants" / "1.csv", WITH[:4])
    write(given / "grants" / "2.jsonl", WITHOUT[4:])
    result = asked(given, given / "grants")
    refused(result)
    assert "2.jsonl" in result.output and "1.csv" not in result.output


def test_json_lines_have_the_column_where_some_row_has_the_key(given: Path) -> None:
    """A row without it was not withdrawn; a file where no row has it has no such column, and one of no row at all states nothing."""
    grants = write(given / "a.jsonl", [*WITHOUT[5:], *WITH[:5]])
    assert json.loads(asked(given, grants, "--json").stdout)["verdicts"] == {"OK": 3, "WITHDRAWN": 5}
    assert asked(given, grants, command="gate run").stdout.count('"verdict":"WITHDRAWN"') == 5
    grants.write_text("", "utf-8")
    assert list(read_authorisations(grants, example())) == []


def test_a_column_of_withdrawals_may_be_empty(given: Path) -> None:
    """Nobody withdrew: of each kind all are OK."""
    for kind in KINDS:
        grants = write(given / f"a.{kind}", [row | {"revoked_at": ""} for row in WITH])
        assert json.loads(asked(given, grants, "--json").stdout)["verdicts"] == {"OK": 8}
        assert asked(given, grants, command="gate run").exit_code == 0


def test_a_column_that_is_mapped_has_to_be_there(given: Path) -> None:
    """By the name that the promise file gives it; the column that seems to be meant is offered."""
    names = '[columns.authorisations.name]\nrevoked_at = "gone"\n'
    (given / "promise.toml").write_text(f"{EXAMPLE}\n{names}", "utf-8")
    result = asked(given, write(given / "a.csv", WITH), command="gate run")
    assert result.exit_code == 4 and "缺少列：gone" in result.output and 'revoked_at = "revoked_at"' in result.output


@pytest.mark.parametrize("kind", KINDS)
def test_declared_as_none_they_are_read_and_every_report_repeats_it(given: Path, kind: str) -> None:
    """The audit and the gate, in words of both languages and in JSON."""
    (given / "promise.toml").write_text(UNDONE, "utf-8")
    grants = write(given / f"a.{kind}", WITHOUT)
    for command in ("audit", "gate run"):
        for lang, said in zip(("zh", "en"), SAID, strict=True):
            result = asked(given, grants, "--lang", lang, command=command)
            assert result.exit_code == 0 and said in result.output
    data = json.loads(asked(given, grants, "--json").stdout)
    assert data["authorisations"]["withdrawals"] == "none" and data["verdicts"] == {"OK": 8}
    told, counts = map(json.loads, asked(given, grants, "--json", command="gate run").stderr.splitlines())
    assert told["withdrawals"] == counts["withdrawals"] == "none" and SAID[0] in told["zh"] and SAID[1] in told["en"]
    service = Service(given / "promise.toml", grants)
    assert service.health()["withdrawals"] == "none"
    assert "gongyue_gate_withdrawals_none 1\n" in service.metrics()


@pytest.mark.parametrize(
    "name",
    [
        "revoked_at",
        "withdrawn_on",
        "撤回时间",
        "取消授权时间",
        "退订日期",
        "opt_out_at",
        "unsubscribed",
        "收回日期",
        "objected_at",
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_declared_as_none_and_yet_there_is_refused(given: Path, kind: str, name: str) -> None:
    """Also where the column is empty, and under a name of theirs: somebody is wrong."""
    (given / "promise.toml").write_text(UNDONE, "utf-8")
    grants = write(given / f"a.{kind}", [row | {name: ""} for row in WITHOUT])
    for command in ("audit", "gate run"):
        result = asked(given, grants, command=command)
        assert result.exit_code == 4 and "承诺文件声明没有撤回" in result.output and name in result.output
        assert f'revoked_at = "{name}"' in result.output


@pytest.mark.parametrize(
    "name",
    [
        "收回", "作废时间", "停用", "拒绝", "解約日", "解约日", "rescinded", "retracted_on", "objected_at", "objection", "Objection Date", "opt-out",
        "Opt Out", "unsubscribe", "撤 回", "with\u200bdrawn", "ｒｅｖｏｋｅｄ", "\ufeff撤回", "deleted at",
    ],
)  # fmt: skip
def test_where_there_is_no_column_of_withdrawals_whatever_may_be_one_is_asked_about(name: str) -> None:
    """Refused beside the declaration that there are none; named as what may be meant where nothing is declared."""
    with pytest.raises(BadInput, match="declares that there are no withdrawals"):
        Authorisations(parse_promise(UNDONE)).unused.look([*WITHOUT[0], name])
    with pytest.raises(BadInput) as told:
        Authorisations(example()).require("a.csv", [[*WITHOUT[0], name]])
    assert f'revoked_at = "{short(name)}"' in told.value.zh and f'revoked_at = "{short(name)}"' in told.value.en


def test_ordinary_names_are_not_taken_for_withdrawals() -> None:
    """With the declaration or with a column of withdrawals; what may be one perhaps is harmless beside that."""
    plain = ["object_id", "objective", "object", "status", "contract", "备注", "渠道", "channel", "停车场", "约定"]
    for promise, more in ((parse_promise(UNDONE), []), (example(), ["拒绝原因", "objection", "retracted"])):
        reader = Authorisations(promise)
        reader.unused.look([*(WITH if more else WITHOUT)[0], *plain, *more])
        assert list(reader.unused.names) == plain + more


def test_the_promise_check_refuses_a_declaration_that_contradicts_itself(given: Path) -> None:
    """None declared, and a column named; or the name given to another: at its key, with its mend. Another value is none."""
    file = given / "promise.toml"
    for name in ('revoked_at = "gone"', 'valid_to = "revoked_at"'):
        file.write_text(f"{UNDONE}\n[columns.authorisations.name]\n{name}\n", "utf-8")
        result = gongyue("promise", "check", file, "--json")
        (fault,) = json.loads(result.stdout)["faults"]
        assert (result.exit_code, fault["key"]) == (1, "columns.authorisations.withdrawals")
        assert name in fault["zh"] and name in fault["en"] and "删去 withdrawals" in fault["mend_zh"]
    with pytest.raises(BadPromise) as caught:
        parse_promise(UNDONE.replace('withdrawals = "none"', 'withdrawals = "no"'))
    (fault,) = caught.value.faults
    assert fault.mend_zh == "可用：column、none"


def test_the_promise_check_and_explanation_repeat_the_declaration(given: Path) -> None:
    """And say nothing of it where there is a column."""
    file = given / "promise.toml"
    assert json.loads(gongyue("promise", "check", file, "--json").stdout)["withdrawals"] == "column"
    assert SAID[0] not in gongyue("promise", "check", file).stdout + gongyue("promise", "explain", file).stdout
    file.write_text(UNDONE, "utf-8")
    assert json.loads(gongyue("promise", "check", file, "--json").stdout)["withdrawals"] == "none"
    for verb in ("check", "explain"):
        for lang, said in zip(("zh", "en"), SAID, strict=True):
            assert said in gongyue("promise", verb, file, "--lang", lang).stdout


def test_the_attestation_repeats_the_declaration(given: Path) -> None:
    """From the audit's file to what is signed and what the inspector reads."""
    (given / "promise.toml").write_text(UNDONE, "utf-8")
    out, draft, signed = given / "v.parquet", given / "draft.json", given / "att.json"
    assert asked(given, write(given / "a.csv", WITHOUT), "--out", out).exit_code == 0
    said = json.loads(pq.read_schema(out).metadata[META])
    assert (said["form"], said["authorisations"]["withdrawals"]) == ("gongyue/verdicts/2", "none")
    assert gongyue("key", "new", given / "unit.key").exit_code == 0
    made = gongyue("attest", "make", out, "--unit", "星台数据", "--covers", "五月的记录", "--out", draft)
    signing = gongyue(
        "attest", "sign", draft, "--key", given / "unit.key", "--verdicts", out, "--out", signed, "--lang", "en"
    )
    assert SAID[0] in made.stdout and SAID[1] in signing.stdout
    attested = json.loads(signed.read_bytes())["attestation"]
    assert (attested["v"], attested["inputs"]["authorisations"]["withdrawals"]) == ("gongyue/attestation@2", "none")
    assert SAID[0] in gongyue("attest", "check", signed).stdout
    assert json.loads(gongyue("attest", "check", signed, "--json").stdout)["withdrawals"] == "none"


def test_files_of_the_earlier_forms_are_told_what_to_do(given: Path) -> None:
    """They do not say whether uses were held to withdrawals: nothing is attested, signed or found to hold on them."""
    old = write_verdicts(given / "old.parquet", VERDICTS, form="gongyue/verdicts/1")
    made = gongyue("attest", "make", old, "--unit", "星台数据", "--covers", "五月的记录", "--out", given / "draft.json")
    assert made.exit_code == 4 and "gongyue/verdicts/1" in made.stderr and "gongyue audit --out 重新核对" in made.stderr
    for form, verb in (("attestation", "sign"), ("signed-attestation", "check")):
        file = given / f"{form}.json"
        file.write_bytes(f'{{"v":"gongyue/{form}@1"}}'.encode())
        more = ("--key", given / "unit.key", "--unseen", "--out", given / "x.json") if verb == "sign" else ()
        told = gongyue("attest", verb, file, *more, "--lang", "en")
        assert told.exit_code == 4 and f"gongyue/{form}@1" in told.stderr and "held to withdrawals" in told.stderr


def test_verdicts_that_do_not_say_where_withdrawals_stood_are_not_attested(given: Path) -> None:
    """A file of the form of now, without it: written by nobody here."""
    ledger = {k: v for k, v in about(VERDICTS)["authorisations"].items() if k != "withdrawals"}
    odd = write_verdicts(given / "odd.parquet", VERDICTS, authorisations=ledger)
    made = gongyue("attest", "make", odd, "--unit", "星台数据", "--covers", "五月的记录", "--out", given / "draft.json")
    assert made.exit_code == 4 and "缺 withdrawals 一项" in made.stderr


def test_a_reload_without_the_column_keeps_what_it_held(given: Path) -> None:
    """Five stay WITHDRAWN, and it says why; a forced one changes nothing about it."""
    grants = write(given / "a.csv", WITH)
    service = Service(given / "promise.toml", grants)
    write(grants, WITHOUT)
    for force in (False, True):
        assert not service.reload(force)
        answers: list[dict[str, Any]] = service.decide(list(USES), [None] * len(USES))
        assert [answer["verdict"] for answer in answers] == ["WITHDRAWN"] * 5 + ["OK"] * 3
        error = service.health()["reload_error"]
        assert "缺少列：revoked_at" in error["zh"] and "lacks columns: revoked_at" in error["en"]


def test_receipts_that_have_no_word_for_a_withdrawal_are_no_column_of_them(given: Path) -> None:
    """Kantara's: told as missing, and refused by the gate; ISO/IEC TS 27560 states withdrawals, whether there is one or not."""
    (iso,), receipt = imported(ISO, example()).authorisations, imported(KANTARA, example())
    assert (
        "revoked_at" in iso
        and receipt.missing == ("withdrawal (not in Kantara 1.1)",)
        and len(receipt.authorisations) == 1
    )
    with pytest.raises(BadInput, match="lacks columns: revoked_at"):
        Authorisations(example()).require("receipts", [row.keys() for row in receipt.authorisations])
    declared = parse_promise(UNDONE)
    (line,) = imported(KANTARA, declared).authorisations
    Authorisations(declared).require("receipts", [line.keys()])
    assert msgspec.json.encode(line)
