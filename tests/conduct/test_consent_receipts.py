from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongyue.cli.material import write_over
from gongyue.conduct.authorisations import Authorisations
from gongyue.conduct.consent_receipts import imported
from gongyue.conduct.promise_loader import parse_promise
from tests.conduct.running import full_at, gongyue
from tests.conduct.world import EXAMPLE, TEN, UNDONE, example

ISO: dict[str, Any] = {
    "schema_version": "ISO/IEC TS 27560:2023",
    "record_id": "11111111-2222-4333-8444-555555555555",
    "pii_principal_id": "u-jia",
    "pii_processing": {
        "privacy_notice": "https://xingtai.example/privacy",
        "language": "zh",
        "purposes": [
            {"purpose": "https://w3id.org/dpv#DeliveryOfGoods", "lawful_basis": "dpv:Consent",
             "pii_information": [{"pii_type": "联系方式"}], "pii_controllers": ["xingtai"],
             "storage_locations": ["CN"], "retention_period": "P1Y", "jurisdiction": "CN",
             "recipient_third_parties": ["suda"], "withdrawal_method": "App"},
        ],
    },
    "events": [{"event_type": "explicit", "state": "ConsentGiven", "time": "2026-05-01T10:00:00+08:00"}],
}  # fmt: skip
KANTARA: dict[str, Any] = {
    "version": "KI-CR-v1.1.0", "jurisdiction": "CN", "consentTimestamp": TEN // 1_000_000, "collectionMethod": "web",
    "consentReceiptID": "r-1", "piiPrincipalId": "u-yi", "policyUrl": "https://xingtai.example/privacy",
    "piiControllers": [{"piiController": "星台数据（演示·虚构）", "contact": "c", "address": {}, "email": "e", "phone": "p"}],
    "services": [{"service": "shop", "purposes": [
        {"purpose": "delivery", "consentType": "EXPLICIT", "purposeCategory": ["delivery"], "piiCategory": ["order"],
         "termination": "x", "thirdPartyDisclosure": False}]}],
    "sensitive": False, "spiCat": [],
}  # fmt: skip


@pytest.mark.parametrize("record", [ISO, KANTARA])
def test_a_complete_record_gives_a_readable_authorisation(record: dict[str, Any]) -> None:
    """Nothing missing, nothing unknown; the line it gives is read back at that very instant."""
    found = imported(record, example() if record is ISO else parse_promise(UNDONE))
    assert (found.missing, found.unknown, len(found.authorisations)) == ((), (), 1)
    read = Authorisations(example()).read(found.authorisations[0], 1)
    assert (read.controller, read.valid_from, set(read.scope.purposes)) == ("xingtai", TEN, {"delivery"})


@pytest.mark.parametrize("name", ["schema_version", "record_id", "pii_principal_id", "events"])
def test_a_missing_field_of_27560_is_listed(name: str) -> None:
    """By its name; without principal or event there is no authorisation."""
    found = imported({k: v for k, v in ISO.items() if k != name})
    assert any(name[:5] in missing for missing in found.missing)
    assert bool(found.authorisations) == (name in {"schema_version", "record_id"})


@pytest.mark.parametrize("name", [k for k in KANTARA if k != "consentReceiptID"])
def test_a_missing_field_of_kantara_is_listed(name: str) -> None:
    """By its name."""
    assert name in imported({k: v for k, v in KANTARA.items() if k != name}).missing


def test_withdrawal_is_an_instant_of_its_own() -> None:
    """A later event Withdrawn, in whatever order, becomes revoked_at."""
    gone = {"state": "dpv:ConsentWithdrawn", "time": "2026-06-01T00:00:00Z"}
    found = imported(ISO | {"events": [gone, *ISO["events"]]})
    assert found.authorisations[0]["revoked_at"] == "2026-06-01T00:00:00Z"


@pytest.mark.parametrize("time", [253_402_300_800, -62_135_596_801, "9" * 5000, [[]]])
def test_a_time_beyond_the_calendar_is_told_and_never_guessed(time: object) -> None:
    """Of the consent, of its end, of its withdrawal: no authorisation stands on what is not known."""
    given = ISO["events"][0]
    for events in (
        [given | {"time": time}],
        [given | {"valid_until": time}],
        [given, {"state": "Withdrawn", "time": time}],
    ):
        found = imported(ISO | {"events": events}, example())
        assert found.authorisations == () and (found.aside or found.unknown)
    assert imported(KANTARA | {"consentTimestamp": time}, example()).authorisations == ()


def test_an_end_at_the_epoch_is_an_end() -> None:
    """And not none."""
    found = imported(
        ISO | {"events": [ISO["events"][0] | {"time": "1969-12-31T23:59:59Z", "valid_until": "1970-01-01T00:00:00Z"}]}
    )
    assert found.authorisations[0]["valid_to"] == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "name", ["purpose", "pii_type", "recipient_third_parties", "lawful_basis", "record_id", "pii_principal_id"]
)
def test_what_is_nested_without_end_is_told(name: str) -> None:
    """Nothing is read out of it, and no basis is guessed."""
    deep: Any = {"id": "x"}
    for _ in range(900):
        deep = [deep]
    found = imported(ISO | {name: deep, "pii_processing": {}}, example())
    assert found.missing and found.unknown and all(row["subject"] == "u-jia" for row in found.authorisations)
    assert all(row["basis"] == ("list" if name == "lawful_basis" else "consent") for row in found.authorisations)
    assert imported(KANTARA | {"consentReceiptID": deep}).record == "list"


GONE = {"event_type": "revoked", "state": "ConsentWithdrawn", "time": "2026-06-01T00:00:00Z"}


@pytest.mark.parametrize("later", [[GONE], [*ISO["events"], GONE], [GONE, *ISO["events"]]])
@pytest.mark.parametrize("first", [0, 1])
def test_a_record_that_is_told_anew_at_its_withdrawal_is_withdrawn(
    tmp_path: Path, later: list[Any], first: int
) -> None:
    """One line when the consent was given, another when it was withdrawn, in either order: one authorisation, and it ends."""
    told = [ISO, ISO | {"events": later}]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(told[n]) + "\n" for n in (first, 1 - first)), "utf-8")
    result = gongyue("promise", "import", log)
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row["revoked_at"] == "2026-06-01T00:00:00Z" and result.exit_code == 0


@pytest.mark.parametrize(
    "other",
    [
        ISO | {"pii_principal_id": "u-yi"},
        ISO | {"schema_version": "2", "events": [GONE]},
        KANTARA | {"piiPrincipalId": "u-jia"},
    ],
)
def test_records_of_one_id_that_say_different_things_are_set_aside(tmp_path: Path, other: dict[str, Any]) -> None:
    """Nobody knows which holds: no authorisation of any, exit 1, whoever stands first and third; the others are imported."""
    one = KANTARA if "services" in other else ISO
    log, good = tmp_path / "log.json", KANTARA | {"consentReceiptID": "r-2"}
    log.write_text(json.dumps([one, good, other, one]), "utf-8")
    result = gongyue("promise", "import", log)
    assert [json.loads(line)["record"] for line in result.stdout.splitlines()] == ["r-2"]
    assert result.exit_code == 1 and "同一编号" in result.stderr and "搁置" in result.stderr


def test_records_without_an_id_and_the_very_same_twice_contradict_nothing(tmp_path: Path) -> None:
    """What has no id is no other telling of anything; what is repeated word by word says nothing new."""
    log, bare = tmp_path / "log.json", {k: v for k, v in ISO.items() if k != "record_id"}
    log.write_text(json.dumps([bare, bare | {"pii_principal_id": "u-yi"}, KANTARA, KANTARA]), "utf-8")
    result = gongyue("promise", "import", log)
    assert [json.loads(line)["subject"] for line in result.stdout.splitlines()] == ["u-jia", "u-yi", "u-yi"]


def test_names_not_in_the_promise_are_listed_and_left_out() -> None:
    """A purpose nobody promised is told, not taken."""
    record = json.loads(json.dumps(KANTARA).replace('["delivery"]', '["horoscopes"]'))
    found = imported(record, example())
    assert found.authorisations[0]["purposes"] == [] and any("horoscopes" in u.zh for u in found.unknown)


def test_legitimate_interest_is_not_taken_for_a_basis() -> None:
    """PIPL 13 knows none."""
    record = json.loads(json.dumps(ISO).replace("dpv:Consent", "dpv:LegitimateInterest"))
    assert any("PIPL 13" in u.en for u in imported(record, example()).unknown)


@pytest.mark.parametrize("form", ["array", "lines", "object"])
def test_import_reads_an_object_an_array_or_lines(tmp_path: Path, form: str) -> None:
    """And writes one line each; exit 0 where all is complete: under a promise without withdrawals, for receipts state none."""
    file, promise, out = tmp_path / "r.json", tmp_path / "p.toml", tmp_path / "a.jsonl"
    promise.write_text(UNDONE, "utf-8")
    texts = {
        "array": json.dumps([ISO, KANTARA]),
        "lines": f"{json.dumps(ISO)}\n{json.dumps(KANTARA)}\n",
        "object": json.dumps(ISO),
    }
    file.write_text(texts[form], "utf-8")
    result = gongyue("promise", "import", file, "--promise", promise, "--out", out)
    assert result.exit_code == 0, result.output
    assert len(out.read_text("utf-8").splitlines()) == (1 if form == "object" else 2)


def test_import_says_which_line_is_not_json(tmp_path: Path) -> None:
    """Exit 4 and its number; what is no object is told, exit 1."""
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps(ISO) + "\n{broken\n", "utf-8")
    result = gongyue("promise", "import", file)
    assert result.exit_code == 4 and "第 2 行" in result.stderr
    file.write_text("[3]", "utf-8")
    told = gongyue("promise", "import", file, "--lang", "en")
    assert told.exit_code == 1 and "no JSON object" in told.stderr and told.stderr.isascii()


GIVEN = {"state": "ConsentGiven", "time": "2026-01-01T00:00:00+08:00"}
FEBRUARY = "2026-02-01T00:00:00+08:00"


def ended(*events: Any) -> list[tuple[str, str | None, str | None]]:
    """(from, to, revoked) of what a record with these events gives."""
    return [
        (a["valid_from"], a["valid_to"], a["revoked_at"])
        for a in imported(ISO | {"events": list(events)}, example()).authorisations
    ]


@pytest.mark.parametrize(
    ("duration", "end"),
    [
        ("P1M", "2026-01-31T16:00:00Z"),
        ("P1Y2M3D", "2027-03-03T16:00:00Z"),
        ("P2W", "2026-01-14T16:00:00Z"),
        ("PT36H", "2026-01-02T04:00:00Z"),
        ("P1DT1H2M3S", "2026-01-01T17:02:03Z"),
    ],
)
def test_a_duration_is_the_end(duration: str, end: str) -> None:
    """ISO 8601, months of the calendar in Beijing; with valid_until the earlier of both."""
    assert ended(GIVEN | {"duration": duration}) == [("2025-12-31T16:00:00Z", end, None)]
    assert ended(GIVEN | {"duration": "", "valid_until": ""})[0][1] is None
    early = GIVEN | {"duration": duration, "valid_until": "2026-01-01T12:00:00+08:00"}
    assert ended(early)[0][1] == "2026-01-01T04:00:00Z"


def test_a_month_that_has_no_such_day_ends_on_its_last() -> None:
    """31 January and a month: 28 February."""
    assert ended({"state": "ConsentGiven", "time": "2026-01-31T09:00:00+08:00", "duration": "P1M"})[0][1] == (
        "2026-02-28T01:00:00Z"
    )


@pytest.mark.parametrize("state", ["ConsentExpired", "ConsentRefused", "ConsentUnknown", "RequestDeferred", "elapsed"])
def test_any_state_that_is_not_valid_ends_what_was_given(state: str) -> None:
    """At its instant; a state that nobody knows as well, and that is told."""
    assert ended(GIVEN, {"state": state, "time": FEBRUARY}) == [("2025-12-31T16:00:00Z", "2026-01-31T16:00:00Z", None)]
    assert ended({"state": state, "time": FEBRUARY}) == []


def test_a_consent_given_anew_is_another_span() -> None:
    """Requested, given, expired, given anew, withdrawn: two spans; renewed in time: one."""
    asked = {"state": "ConsentRequested", "time": "2025-12-01T00:00:00Z"}
    again = {"state": "dpv:RenewedConsentGiven", "time": "2026-03-01T00:00:00Z", "duration": "P1Y"}
    gone = {"state": "https://w3id.org/dpv#ConsentWithdrawn", "time": "2026-04-01T00:00:00Z"}
    assert ended(gone, again, GIVEN | {"duration": "P1M"}, asked) == [
        ("2025-12-31T16:00:00Z", "2026-01-31T16:00:00Z", None),
        ("2026-03-01T00:00:00Z", "2027-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    ]
    assert ended(GIVEN | {"duration": "P6M"}, again) == [("2025-12-31T16:00:00Z", "2027-03-01T00:00:00Z", None)]


@pytest.mark.parametrize(
    "event",
    [
        {"state": "ConsentWithdrawn"},
        {"state": "ConsentWithdrawn", "time": "2026/02/01"},
        {"state": "ConsentExpired", "time": "soon"},
        {"state": "ConsentRefused", "time": "2026-02-01T00:00:00"},
        {"state": 3},
        "ConsentWithdrawn",
        GIVEN | {"duration": "for ever"},
        GIVEN | {"duration": 30},
        GIVEN | {"duration": 0},
        GIVEN | {"duration": "P999999Y"},
        GIVEN | {"duration": "P"},
        GIVEN | {"valid_until": "summer"},
        GIVEN | {"valid_until": 10**12},
    ],
)
def test_a_record_whose_end_is_not_understood_is_set_aside(tmp_path: Path, event: Any) -> None:
    """No authorisation, the reason told, exit 1."""
    file = tmp_path / "r.json"
    file.write_text(json.dumps(ISO | {"events": [GIVEN, event]}), "utf-8")
    result = gongyue("promise", "import", file)
    assert (result.exit_code, result.stdout) == (1, "") and "已搁置" in result.stderr


def test_purposes_with_data_of_their_own() -> None:
    """An object's purpose is its purpose, and its data are its own."""
    both = [{"purpose": "delivery", "pii_type": ["order"]}, {"purpose": "marketing", "pii_type": ["contact"]}]
    record = {k: v for k, v in ISO.items() if k != "pii_processing"} | ISO["pii_processing"] | {"purpose": both}
    found = imported(record, example()).authorisations
    assert [(a["purposes"], a["categories"]) for a in found] == [
        (["delivery"], ["order"]),
        (["marketing"], ["contact"]),
    ]


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("P1M", "2026-06-01T02:00:00Z"),
        ("2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z"),
        ("on request", None),
        ("注销账号", None),
        ("https://xingtai.example/privacy/2026#end", None),
    ],
)
def test_the_termination_of_a_receipt_is_an_end_where_it_states_one(said: str, end: str | None) -> None:
    """A duration or a time; a condition in words, or a link to it, is none."""
    record = json.loads(json.dumps(KANTARA).replace('"termination": "x"', f'"termination": "{said}"'))
    assert imported(record, example()).authorisations[0]["valid_to"] == end


@pytest.mark.parametrize(
    "said",
    ["2026-13-01", "2027-01-31T10:00:00", "2027-01-31", "1 year", "One year", "P999999Y", "一年", "year 2027",
     10**12, 0, True, ["P1Y"]],
)  # fmt: skip
def test_a_receipt_whose_end_is_not_understood_is_set_aside(tmp_path: Path, said: Any) -> None:
    """Whole, with its other purposes; the field and the mend are told, in one language each; exit 1."""
    service = KANTARA["services"][0]
    other = service["purposes"][0]
    record = KANTARA | {"services": [{**service, "purposes": [other, other | {"termination": said}]}]}
    file, promise = tmp_path / "r.json", tmp_path / "p.toml"
    file.write_text(json.dumps(record), "utf-8")
    promise.write_text(EXAMPLE, "utf-8")
    result = gongyue("promise", "import", file, "--promise", promise)
    assert (result.exit_code, result.stdout) == (1, "") and "已搁置" in result.stderr
    assert "purposes.termination" in result.stderr and "写作 P1Y" in result.stderr
    data = json.loads(gongyue("promise", "import", file, "--promise", promise, "--json").stdout)
    assert (data[0]["aside"], data[0]["authorisations"], set(data[0]["unknown"][0])) == (True, [], {"zh", "en"})


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (KANTARA | {"consentTimestamp": TEN // 1000}, "consentTimestamp"),
        (ISO | {"events": [{"state": "ConsentGiven", "time": TEN // 1000}]}, "time"),
        (ISO | {"events": [{"state": "ConsentGiven", "time": "2026-05-01T10:00:00"}]}, "time"),
        (ISO | {"events": [ISO["events"][0] | {"valid_until": TEN // 1000}]}, "valid_until"),
        (ISO | {"events": [{"state": "ConsentGiven"}]}, "time"),
        (ISO | {"events": [3, ISO["events"][0] | {"state": "elapsed"}]}, "event state"),
        (KANTARA | {"piiControllers": [{"piiController": "X"}]}, "controller"),
        (json.loads(json.dumps(ISO).replace("dpv:Consent", "dpv:LegitimateInterest")), "lawful_basis"),
    ],
)
def test_what_is_not_known_is_told_by_its_field_in_one_language(
    tmp_path: Path, record: dict[str, Any], field: str
) -> None:
    """No Chinese in English lines; milliseconds are told as such, and no setting is named that receipts do not have."""
    file, promise = tmp_path / "r.json", tmp_path / "p.toml"
    file.write_text(json.dumps(record), "utf-8")
    promise.write_text(EXAMPLE, "utf-8")
    chinese = gongyue("promise", "import", file, "--promise", promise).stderr
    english = gongyue("promise", "import", file, "--promise", promise, "--lang", "en").stderr
    assert english.isascii() and f" {field} " in f" {english.replace(chr(10), ' ')} " and field in chinese
    assert "time_unit" not in english + chinese and "time_zone" not in english + chinese
    assert "divide milliseconds by 1000" in english or str(TEN // 1000) not in json.dumps(record)


def test_an_import_never_writes_over_what_it_reads(tmp_path: Path) -> None:
    """Under its own name, another, or a link; the promise file neither."""
    file, promise = tmp_path / "r.json", tmp_path / "p.toml"
    file.write_text(json.dumps(ISO), "utf-8")
    promise.write_text(EXAMPLE, "utf-8")
    (tmp_path / "link.json").symlink_to(file)
    for out in (file, tmp_path / "." / "sub" / ".." / "r.json", tmp_path / "link.json", promise):
        (tmp_path / "sub").mkdir(exist_ok=True)
        result = gongyue("promise", "import", file, "--promise", promise, "--out", out)
        assert result.exit_code == 4 and "就是输入" in result.stderr
    assert (file.read_text("utf-8"), promise.read_text("utf-8")) == (json.dumps(ISO), EXAMPLE)


def test_a_full_disk_leaves_the_authorisations_that_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place is named, and what was written before is whole."""
    record, out = tmp_path / "r.json", tmp_path / "auth.jsonl"
    record.write_text(json.dumps([KANTARA]), "utf-8")
    assert gongyue("promise", "import", record, "--out", out).exit_code in {0, 1}
    before = out.read_bytes()
    full_at(monkeypatch, out)
    full_at(monkeypatch, tmp_path / "auth.jsonl.half")
    told = gongyue("promise", "import", record, "--out", out)
    assert told.exit_code == 4 and f"写不了 {out}：磁盘已满" in told.stderr
    monkeypatch.undo()
    assert before and out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["auth.jsonl", "r.json"]


@pytest.mark.parametrize("said", ["[]", "{}", "[3]"])
def test_where_nothing_can_be_imported_what_was_imported_before_stands(tmp_path: Path, said: str) -> None:
    """Exit 1, and it is said that nothing was written; where nothing stood nothing stands."""
    record, none, out = tmp_path / "r.json", tmp_path / "none.json", tmp_path / "auth.jsonl"
    record.write_text(json.dumps([KANTARA]), "utf-8")
    none.write_text(said, "utf-8")
    gongyue("promise", "import", record, "--out", out)
    before = out.read_bytes()
    for json_too in ((), ("--json",)):
        told = gongyue("promise", "import", none, "--out", out, *json_too)
        assert told.exit_code == 1 and f"没有写 {out}" in told.stderr
    assert before and out.read_bytes() == before
    assert gongyue("promise", "import", none, "--out", tmp_path / "new.jsonl").exit_code == 1
    assert not (tmp_path / "new.jsonl").exists()


def test_an_import_is_written_over_an_earlier_one_alone(tmp_path: Path) -> None:
    """Not over a promise file, a key or authorisations of others: exit 4, it stands; over an empty file it is."""
    record, out = tmp_path / "r.json", tmp_path / "auth.jsonl"
    record.write_text(json.dumps([KANTARA]), "utf-8")
    for other in (EXAMPLE, "00" * 32, '{"subject": "u1"}\n'):
        out.write_text(other, "utf-8")
        told = gongyue("promise", "import", record, "--out", out)
        assert told.exit_code == 4 and str(out) in told.stderr and "换一个文件名，或先移走它" in told.stderr
        assert out.read_text("utf-8") == other
    out.write_bytes(b"")
    for _ in range(2):
        assert gongyue("promise", "import", record, "--out", out).exit_code in {0, 1}
    assert json.loads(out.read_text("utf-8"))["record"] == KANTARA["consentReceiptID"]


def test_an_import_is_not_read_from_where_its_output_is_made(tmp_path: Path) -> None:
    """The half-written output is no input either: exit 4, and it stands."""
    half = tmp_path / "auth.jsonl.half"
    half.write_text(json.dumps([KANTARA]), "utf-8")
    told = gongyue("promise", "import", half, "--out", tmp_path / "auth.jsonl")
    assert told.exit_code == 4 and "就是输入" in told.stderr
    assert half.read_text("utf-8") == json.dumps([KANTARA])


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    """What it leads to is written over, as of /dev/stdout where a shell sends that to a file."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "auth.jsonl")
    for text in (b"one", b"two"):
        write_over(tmp_path / "link", text)
        assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "auth.jsonl").read_bytes() == text
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["auth.jsonl"]
