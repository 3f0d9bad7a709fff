from __future__ import annotations

import hashlib
import inspect
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.consistency import dpv_purposes
from gongyue.conduct.findings import BadInput
from gongyue.conduct.forms import Fault
from gongyue.conduct.promise import Promise
from gongyue.conduct.promise_loader import BadPromise, open_promise, parse_promise
from tests.conduct.running import full_at, gongyue
from tests.conduct.world import EXAMPLE, example, world

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "conduct" / "promise.schema.json"


def faults(*changes: tuple[str, str]) -> list[Fault]:
    """What is wrong with the example once these texts are replaced."""
    text = EXAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(BadPromise) as caught:
        parse_promise(text)
    return caught.value.faults


def test_the_published_schema_is_that_of_the_types() -> None:
    """docs/conduct/promise.schema.json is what the msgspec types give."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gongyue/promise/1"}
    schema = cleaned(json.loads(json.dumps(msgspec.json.schema(Promise))))
    assert cleaned(json.loads(SCHEMA.read_text("utf-8"))) == made | schema


def cleaned(value: Any) -> Any:
    """Docstrings without their indentation: Python 3.13 takes it away, earlier ones keep it."""
    if isinstance(value, dict):
        return {k: inspect.cleandoc(v) if k == "description" else cleaned(v) for k, v in value.items()}
    return [cleaned(v) for v in value] if isinstance(value, list) else value


def test_the_example_is_good_and_speaks_chinese_first(tmp_path: Path) -> None:
    """`init` writes it, `check` passes it; a second `init` leaves it alone."""
    assert gongyue("promise", "init", tmp_path).exit_code == 0
    file = tmp_path / "promise.toml"
    assert file.read_text("utf-8") == EXAMPLE and EXAMPLE.startswith("# 承诺文件")
    assert "合格" in gongyue("promise", "check", file).stdout
    again = gongyue("promise", "init", file)
    assert again.exit_code == 4 and "已存在" in again.stderr and file.read_text("utf-8") == EXAMPLE


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ('schema = "gongyue/promise/1"', 'schema = "2"', 8, "schema", "不在可用的取值之内"),
        ('id = "xingtai"', 'id = "xing tai"', 12, "controller.id", "不合格式"),
        ('digest = "sha256:bc', 'digest = "md5:bc', 21, "policy[1].digest", "不合格式"),
        ("from = 2026-01-01T00:00:00+08:00", "from = 2026-01-01T00:00:00", 22, "policy[1].from", "没有时区"),
        ("from = 2026-01-01T00:00:00+08:00", 'from = "soon"', 22, "policy[1].from", "日期时间"),
        ("# to = 2027", "to = 2025", 23, "policy[1].to", "终点不晚于起点"),
        ('parent = "service"', 'parent = "servise"', 34, "purpose[2].parent", "没有定义"),
        ('parent = "service"', 'parent = "delivery"', 34, "purpose[2].parent", "成环"),
        ("sensitive = true", "sensitive = 1", 65, "category[3].sensitive", "应为true 或 false"),
        ('class = "courier"', 'class = "couriers"', 74, "recipient[1].class", "没有定义"),
        ('"view", "transfer"', '"view", "sell"', 86, "terms[1].actions[2]", "不在可用的取值之内"),
        ('recipients = ["courier"]', 'recipients = ["corier"]', 87, "terms[1].recipients", "没有定义"),
        ('recipients = ["courier"]', "recipients = []", 87, "terms[1].recipients", "未列接收方"),
        ('"shop.tracks" = ["location"]', '"shop.tracks" = []', 115, "map.dataset.shop.tracks", "没有列出类别"),
        ('"shop.orders.amount" = ["order"]', '"shop.orders.amount" = []', 119, "map.column.shop.orders.amount", "没有列出类别"),
        ('time_zone = "+08:00"', 'time_zone = "+25:00"', 125, "columns.uses.time_zone", "偏移"),
        ('time_zone = "+08:00"', 'time_zone = "+08:60"', 125, "columns.uses.time_zone", "偏移"),
        ('retention = "P3Y"', 'retention = "三年"', 88, "terms[1].retention", "不合格式"),
        ("separate_consent = [23]", "separate_consent = []", 90, "terms[1].separate_consent", "第23条"),
        ('["contact", "order"]', '["contact", "location"]', 90, "terms[1].separate_consent", "第29条"),
        ('basis = "statutory_duty"', 'basis = "consent"', 100, "terms[2].everyone", "第十三、十四条"),
        ('crm_campaign = "marketing"', 'crm_campaign = "spam"', 105, "map.account.crm_campaign", "没有定义"),
        ('"shop.tracks" = ["location"]', '"shop.tracks" = ["loc"]', 115, "map.dataset.shop.tracks", "没有定义"),
        ('# subject = "user_hash"', 'sbject = "h"', 128, "columns.uses.name.sbject", "没有定义"),
        ('time_zone = "+08:00"', 'time_zone = "CST"', 125, "columns.uses.time_zone", "不合格式"),
        ('home_region = "CN"', 'home_region = "XX"', 9, "home_region", "ISO 3166"),
        ('region = "CN"\ncontact', 'region = "XX"\ncontact', 77, "recipient[1].region", "ISO 3166"),
        ('"view", "transfer"]', '"view", "transfer", "export"]', 81, "terms[1].regions", "未列境外地区"),
        ('from = 2026-01-01T00:00:00+08:00', 'from = 2026-01-01', 22, "policy[1].from", "应为日期时间，实为没有时刻的日期"),
        ('"shop.orders" = ["order", "contact"]', '"shop.orders" = "order"', 114, "map.dataset.shop.orders", "应为列表，实为文字"),
        ('crm_campaign = "marketing"', "crm_campaign = 3", 105, "map.account.crm_campaign", "应为文字，实为整数"),
        ('SELECT = "view"', 'SELECT = "read"', 122, "map.action.SELECT", "不在可用的取值之内"),
        ('crm_campaign = "marketing"', '" crm_campaign " = "marketing"', 105, "map.account. crm_campaign ", "前后有空白"),
        ('dispatch-api = "delivery"', '"dispatch-api " = "delivery"', 111, "map.service.dispatch-api ", "前后有空白"),
        ('"shop.tracks" = ["location"]', '"shop.tracks " = ["location"]', 115, "map.dataset.shop.tracks ", "前后有空白"),
        ('SELECT = "view"', '" SELECT" = "view"', 122, "map.action. SELECT", "前后有空白"),
        ("[[recipient_class]]", "[[recipient_classes]]", 67, "recipient_classes", "没有“recipient_classes”"),
    ],
)  # fmt: skip
def test_a_fault_names_line_key_and_what(old: str, new: str, line: int, key: str, says: str) -> None:
    """One change to the example, and the fault it gives."""
    found = faults((old, new))
    assert any((f.line, f.key) == (line, key) and says in f.zh and f.en for f in found), [f.told("zh") for f in found]


@pytest.mark.parametrize("basis", ["consent", "contract", "statutory_duty"])
@pytest.mark.parametrize("regions", ["", 'regions = ["CN"]\n'])
def test_an_export_names_its_regions_on_any_basis(basis: str, regions: str) -> None:
    """None, or only the place where the data is, is none."""
    changed = ('basis = "consent"', f'{regions}basis = "{basis}"')
    found = faults(('"view", "transfer"]', '"view", "transfer", "export"]'), changed)
    assert any(f.key == "terms[1].regions" and f.mend_zh for f in found)


def test_a_value_of_a_wrong_kind_is_told_with_its_mend() -> None:
    """In both languages, at its own key."""
    (fault,) = faults(('"shop.orders" = ["order", "contact"]', '"shop.orders" = "order"'))
    assert "列表" in fault.mend_zh and "list" in fault.mend_en and "dict" not in fault.en


@pytest.mark.parametrize(
    ("old", "new", "line", "wide"),
    [
        ('id = "xingtai"', "id = “xingtai”", 12, "“"),
        ('id = "xingtai"', 'id = "xingtai”', 12, "”"),
        ('id = "xingtai"', 'id＝"xingtai"', 12, "＝"),
        ('"view", "transfer"', '"view"，"transfer"', 86, "，"),
        ("[map.job]", "【map.job】", 107, "【"),
    ],
)
def test_a_full_width_sign_is_told(old: str, new: str, line: int, wide: str) -> None:
    """As a Chinese keyboard writes it; within texts and comments any may stand."""
    (fault,) = faults((old, new))
    assert (fault.line, fault.zh) == (line, f"不是合格的 TOML：有全角的 {wide}") and "半角" in fault.mend_zh


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-13-01", "2026-13-01"),
        ("2026-02-30", "2026-02-30"),
        ("2026-01-01T25:00:00+08:00", "2026-01-01T25:00:00+08:00"),
        ("2026/01/01", "2026/01/01"),
        ("2026-1-1 # 起", "2026-1-1"),
    ],
)
def test_a_day_that_is_none_is_told(said: str, day: str) -> None:
    """The month, the day, the hour, the way it is written: what stands there is no date, at its line, with a form that is one."""
    (fault,) = faults(("from = 2026-01-01T00:00:00+08:00", f"from = {said}"))
    assert fault.line == 22 and fault.zh.startswith(f"{day} 不是日期") and fault.en.startswith(f"{day} is no date")
    assert "2026-01-31T00:00:00+08:00" in fault.mend_zh and "2026-01-31T00:00:00+08:00" in fault.mend_en
    (fault,) = faults(("from = 2026-01-01T00:00:00+08:00", "from = 2026-01-01 起"))
    assert "多余的内容" in fault.zh


def test_a_name_with_dots_wants_quotes() -> None:
    """It is told by its whole name, at its line."""
    (fault,) = faults(('"shop.tracks" = ', "shop.tracks = "))
    assert (fault.line, fault.zh, fault.mend_zh) == (115, "带点的名称没有加引号", '写作 "shop.tracks" = …')


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('zh = "营销"', 'zh = "营销"\nzh = "推广"', 42, "zh"),
        ("[map.job]", "[map.account]", 107, "map.account"),
    ],
)
def test_what_stands_twice_is_told_by_its_name(old: str, new: str, line: int, key: str) -> None:
    """A key or a section, in Chinese."""
    (fault,) = faults((old, new))
    assert (fault.line, fault.key, fault.zh, fault.mend_zh) == (line, key, "写了两次", "删去一处，或合并")


def test_the_version_that_was_held_to_its_text_is_named(tmp_path: Path) -> None:
    """Of several versions one is checked at a time: which, and that the others were not; as data `policy`."""
    texts = {name: tmp_path / f"{name}.txt" for name in ("2026-01", "2027-01")}
    versions = []
    for name, text in texts.items():
        text.write_text(name, "utf-8")
        versions.append(hashlib.sha256(name.encode()).hexdigest())
    old = EXAMPLE.replace("bc72a4c9fe2bffe68cc2bb2d05f4f17cbbfbcf9bb02c94e7ef0ee6e05af92b58", versions[0])
    to = "# to = 2027-01-01T00:00:00+08:00"
    new = (
        f'[[policy]]\nid = "2027-01"\ntitle = "v2"\ndigest = "sha256:{versions[1]}"\nfrom = 2027-01-01T00:00:00+08:00\n'
    )
    file = tmp_path / "promise.toml"
    file.write_text(old.replace(to, to[2:]).replace("[[purpose]]", new + "\n[[purpose]]", 1), "utf-8")
    told = gongyue("promise", "check", file, "--policy", texts["2027-01"])
    assert told.exit_code == 0 and "2027-01 的摘要与公布的政策相符" in told.stdout
    assert "其余各版没有核对：2026-01" in told.stdout
    data = json.loads(gongyue("promise", "check", file, "--policy", texts["2026-01"], "--json").stdout)
    assert (data["policy"], data["policy_checked"]) == ("2026-01", True)


def test_a_full_disk_leaves_no_promise_file_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is named, nothing is left there, and `init` does it once there is room."""
    with monkeypatch.context() as patch:
        full_at(patch, tmp_path / "promise.toml")
        told = gongyue("promise", "init", tmp_path)
    assert told.exit_code == 4 and "promise.toml：磁盘已满" in told.stderr and not list(tmp_path.iterdir())
    assert gongyue("promise", "init", tmp_path).exit_code == 0


def test_without_the_policy_its_digest_is_said_to_be_unchecked(tmp_path: Path) -> None:
    """And that it is still the example's; as data `policy_checked`."""
    file = tmp_path / "promise.toml"
    file.write_text(EXAMPLE, "utf-8")
    told = gongyue("promise", "check", file).stdout
    assert "没有与公布的文本核对" in told and "2026-01 的摘要还是样例里的" in told
    file.write_text(EXAMPLE.replace(example().policy[0].digest, "sha256:" + "0" * 64), "utf-8")
    told = gongyue("promise", "check", file, "--lang", "en").stdout
    assert "no digest was held" in told and "example" not in told
    assert json.loads(gongyue("promise", "check", file, "--json").stdout)["policy_checked"] is False


def test_all_faults_are_told_at_once() -> None:
    """Of form and of consistency alike, each in one run."""
    found = {f.key for f in faults(
        ('dpv = "https://w3id.org/dpv#Marketing"', 'dvp = "x"'), ('"statutory_duty"', '"dpv:LegitimateInterest"'),
        ('parent = "service"', 'parent = "servise"'), ('nightly_tax = "tax"', 'nightly_tax = "tex"'),
    )}  # fmt: skip
    assert {"purpose[3].dvp", "purpose[3].dpv", "terms[2].basis", "purpose[2].parent", "map.job.nightly_tax"} <= found


@pytest.mark.parametrize(
    "said",
    [
        "dpv:LegitimateInterest",
        "https://w3id.org/dpv#LegitimateInterestOfController",
        "legitimate_interest",
        "正当利益",
    ],
)
def test_there_is_no_legitimate_interest(said: str) -> None:
    """However it is written, with the article."""
    found = faults(('basis = "consent"', f'basis = "{said}"'))
    assert any("第十三条" in f.zh and "PIPL article 13" in f.en for f in found)


def test_one_mistake_is_told_once_and_faults_stand_in_order_of_lines() -> None:
    """A basis that is refused brings no fault about what stands beside it."""
    assert len(faults(('"statutory_duty"', '"dpv:LegitimateInterest"'))) == 1
    lines = [f.line for f in faults(('"statutory_duty"', '"x"'), ('parent = "service"', 'parent = "servise"'))]
    assert lines == sorted(lines)


@pytest.mark.parametrize(("term", "mend"), [("Marketting", "dpv#Marketing"), ("LegitimateInterest", "dpv/2.3")])
def test_a_purpose_has_to_be_one_of_dpv(term: str, mend: str) -> None:
    """A slip is told with the nearest term; a term of DPV that is no purpose is refused; each at its line."""
    with pytest.raises(BadPromise) as bad:
        parse_promise(EXAMPLE.replace("dpv#Marketing", f"dpv#{term}"))
    (fault,) = bad.value.faults
    assert fault.key == "purpose[3].dpv" and "DPV 2.3" in fault.zh and mend in fault.mend_en
    assert EXAMPLE.splitlines()[fault.line - 1].startswith("dpv = ")


def test_the_vocabulary_is_dpv_2_3() -> None:
    """Purpose and the 121 below it, all seventeen at the top among them."""
    names = {iri.removeprefix("https://w3id.org/dpv#") for iri in dpv_purposes()}
    assert len(names) == 122
    assert names >= {
        "AccountManagement", "CommercialPurpose", "CommunicationManagement", "CustomerManagement", "EnforceSecurity",
        "EstablishContractualAgreement", "FulfilmentOfObligation", "HumanResourceManagement", "Marketing",
        "NonCommercialPurpose", "OrganisationGovernance", "Personalisation", "PublicBenefit", "RecordManagement",
        "ResearchAndDevelopment", "ServiceManagement", "VendorManagement",
    }  # fmt: skip


def test_a_basis_may_be_written_as_its_dpv_term() -> None:
    """dpv:LegalObligation is statutory_duty."""
    assert (
        parse_promise(EXAMPLE.replace('"statutory_duty"', '"dpv:LegalObligation"')).terms[1].basis == "statutory_duty"
    )


def test_names_stand_once_and_policies_in_order() -> None:
    """A second purpose of the same name, an overlapping second policy."""
    (twice,) = faults(('id = "marketing"', 'id = "delivery"'), ('"marketing"', '"delivery"'))
    assert "重名" in twice.zh
    policy = EXAMPLE[EXAMPLE.index("[[policy]]") : EXAMPLE.index("# 目的是一棵树")]
    overlapping = faults((policy, policy + policy.replace('id = "2026-01"', 'id = "2026-02"')))
    assert any("重叠" in f.zh for f in overlapping)


def test_a_purpose_that_stands_twice_makes_no_circle() -> None:
    """Only that it stands twice is told, whatever its second parent; a circle elsewhere is told as ever."""
    below = ('id = "marketing"', 'id = "service"\nparent = "delivery"')
    (twice,) = faults(below, ('"marketing"', '"delivery"'))
    assert (twice.key, twice.mend_en) == ("purpose[3].id", "choose another id")
    both = faults(below, ('"marketing"', '"delivery"'), ('id = "tax"', 'id = "tax"\nparent = "tax"'))
    assert [f.key for f in both] == ["purpose[3].id", "purpose[4].parent"]


def test_an_end_before_its_beginning_is_told_with_its_mend() -> None:
    """In both languages."""
    (fault,) = faults(("# to = 2027", "to = 2025"))
    assert "更正 from 或 to" in fault.mend_zh and "leave to out" in fault.mend_en


@pytest.mark.parametrize(
    ("table", "names", "key", "says"),
    [
        ("uses", 'subject = "actor"\nactor = "actor"', "actor", "既作 subject，又作 actor"),
        ("uses", 'subject = "user"\nactor = "user"', "actor", "既作 subject，又作 actor"),
        ("uses", 'subject = "actor"', "subject", "既作 subject，又作 actor"),
        ("authorisations", 'subject = "id"', "subject", "既作 id，又作 subject"),
        ("authorisations", 'valid_to = "end"\nrevoked_at = "end"', "revoked_at", "既作 valid_to，又作 revoked_at"),
    ],
)
def test_one_column_of_theirs_is_not_two_of_ours(table: str, names: str, key: str, says: str) -> None:
    """Named so or left at our name; told with its mend."""
    here = {"uses": "[columns.uses.name] ", "authorisations": "[columns.authorisations]"}[table]
    rest = {"uses": "#", "authorisations": here}[table]
    (fault,) = faults((here, f"[columns.{table}.name]\n{names}\n{rest}"))
    assert fault.key == f"columns.{table}.name.{key}" and says in fault.zh
    none = ('写 withdrawals = "none"', 'and withdrawals = "none"') if key == "revoked_at" else ('= "无"', '= "none"')
    assert fault.mend_zh.endswith(none[0]) and fault.mend_en.endswith(none[1])


@pytest.mark.parametrize(
    ("ours", "theirs", "mend"),
    [
        ("regions", "revoked_at", "revoked_at"), ("regions", "valid_to", "valid_to"), ("basis", "撤回时间", "revoked_at"),
        ("record", "Ｗｉｔｈｄｒａｗｎ", "revoked_at"), ("purposes", "到期日", "valid_to"), ("valid_from", "valid_until", "valid_to"),
    ],
)  # fmt: skip
def test_a_column_of_withdrawals_or_ends_is_read_as_nothing_else(ours: str, theirs: str, mend: str) -> None:
    """Another column in its place is no excuse: what it states would be lost."""
    names = f'revoked_at = "note"\nvalid_to = "stop"\n{ours} = "{theirs}"'
    (fault,) = faults(("[columns.authorisations]", f"[columns.authorisations.name]\n{names}\n[columns.authorisations]"))
    assert fault.key == f"columns.authorisations.name.{ours}" and f'写 {mend} = "{theirs}"' in fault.mend_zh
    assert f"and not {ours}" in fault.en and f'write {mend} = "{theirs}"' in fault.mend_en


@pytest.mark.parametrize(
    "names",
    [
        'revoked_at = "撤回时间"\nvalid_to = "到期日"', 'valid_to = "cancelled_at"\nrevoked_at = "note"', 'valid_from = "valid_since"',
        'valid_from = "有效期起"', 'regions = "country"', 'subject = "object_id"',
    ],
)  # fmt: skip
def test_columns_of_authorisations_may_be_called_otherwise(names: str) -> None:
    """A withdrawal as a withdrawal or an end, a start as a start."""
    here = "[columns.authorisations]"
    assert parse_promise(EXAMPLE.replace(here, f"[columns.authorisations.name]\n{names}\n{here}", 1))


@pytest.mark.parametrize(
    "names", ['subject = "actor"\nactor = "subject"', 'subject = "actor"\nactor = "none"', 'subject = "id"']
)
def test_columns_may_change_their_names(names: str) -> None:
    """Each with one of its own; the id of a use is carried back and states nothing."""
    assert parse_promise(EXAMPLE.replace("[columns.uses.name] ", f"[columns.uses.name]\n{names}\n#"))


def test_a_parent_covers_its_descendants_however_deep() -> None:
    """Forty generations."""
    assert world().and_above("d39")[-1] == "d0" and len(world().and_above("d39")) == 40
    assert world().and_above("nowhere") == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (EXAMPLE.encode("gb18030"), "GB18030"),
        (EXAMPLE.encode("utf-16"), "UTF-16"),
        (b"\xff\x80\x81", "不是文字"),
        (EXAMPLE.encode() + b"\n[broken", "TOML"),
        (EXAMPLE.encode()[:2000] + b'"""', "TOML"),
        (b"", "缺少这一项"),
        (b"a = " + b"[" * 5000, "TOML"),
    ],
)
def test_what_is_no_promise_file_is_told_clearly(tmp_path: Path, data: bytes, says: str) -> None:
    """Wrong encodings, truncated and empty files: a sentence, never a traceback."""
    file = tmp_path / "promise.toml"
    file.write_bytes(data)
    result = gongyue("promise", "check", file)
    assert result.exit_code in {1, 4} and says in result.output


def test_a_mark_at_the_start_is_no_fault(tmp_path: Path) -> None:
    """Windows writes one."""
    file = tmp_path / "promise.toml"
    file.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode())
    assert open_promise(file) == example()


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(EXAMPLE)),
    st.sampled_from(["", "=", "[[", "[x]", '"', "1", "\0", "true", "[[terms]]\n", "purpose = 3\n"]),
)
def test_any_damage_gives_faults_and_never_a_crash(at: int, damage: str) -> None:
    """Something put in, or the rest cut off, anywhere."""
    for text in (EXAMPLE[:at] + damage + EXAMPLE[at:], EXAMPLE[:at] + damage):
        assert all(row["line"] >= 1 for row in rows_of_faults(text))


def rows_of_faults(text: str) -> tuple[dict[str, Any], ...]:
    """The faults as rows; at least one unless the text is good."""
    try:
        parse_promise(text)
    except BadInput as bad:
        return bad.rows or ({"line": 0},)
    return ()


def test_the_policy_text_is_held_to_its_digest(tmp_path: Path) -> None:
    """The digest of the published text, or what it should be."""
    file, policy = tmp_path / "promise.toml", tmp_path / "隐私政策.txt"
    policy.write_text("我们承诺……", "utf-8")
    file.write_text(EXAMPLE, "utf-8")
    digest = "sha256:" + hashlib.sha256(policy.read_bytes()).hexdigest()
    wrong = gongyue("promise", "check", file, "--policy", policy)
    assert wrong.exit_code == 1 and digest in wrong.stdout and "promise.toml:21: policy[1].digest" in wrong.stdout
    file.write_text(EXAMPLE.replace(example().policy[0].digest, digest), "utf-8")
    right = gongyue("promise", "check", file, "--policy", policy, "--lang", "en")
    assert right.exit_code == 0 and "published policy" in right.stdout


def test_check_speaks_json_and_english(tmp_path: Path) -> None:
    """Faults as data with both languages; prose in the language asked for."""
    file = tmp_path / "promise.toml"
    file.write_text(EXAMPLE.replace('parent = "service"', 'parent = "servise"'), "utf-8")
    data = json.loads(gongyue("promise", "check", file, "--json").stdout)
    assert (data["good"], data["faults"][0]["line"], data["faults"][0]["key"]) == (False, 34, "purpose[2].parent")
    assert "mend: is it service?" in gongyue("promise", "check", file, "--lang", "en").stdout
    assert gongyue("promise", "check", tmp_path / "none.toml").exit_code == 4


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ((), "core-2026"),
        (("delivery",), "配送 < 提供服务"),
        (("etl_delivery",), "的目的是“配送”，记录里写在 actor 一列"),
        (("marketing",), "没有向用户承诺过"),
        (("shop.orders",), "联系方式、订单"),
        (("shop.orders.phone",), "联系方式"),
        (("location",), "敏感"),
    ],
)
def test_explain_tells_what_was_promised(tmp_path: Path, what: tuple[str, ...], says: str) -> None:
    """All of it, or by purpose, account, data set, column, category."""
    file = tmp_path / "promise.toml"
    file.write_text(EXAMPLE, "utf-8")
    assert says in gongyue("promise", "explain", file, *what).stdout
    assert gongyue("promise", "explain", file, *what, "--lang", "en").exit_code == 0


def test_a_fault_is_told_whole_whatever_its_file_is_called() -> None:
    """As a row of the error its place is left out, and nothing else, also where the file's name has a colon."""
    with pytest.raises(BadPromise) as bad:
        parse_promise('schema = "x"', "a: b.toml")
    assert {row["zh"].split(": ")[0] for row in bad.value.rows} >= {"schema", "controller"}


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("shop.order", "相近的有：shop.orders\n"),
        ("Marketing", "相近的有：marketing\n"),
        ("parking", "不写名称"),
        ("用户", "不写名称"),
    ],
)
def test_explain_offers_close_names_alone(tmp_path: Path, what: str, says: str) -> None:
    """For what the file does not know: those that are nearly it, or how to have everything told."""
    file = tmp_path / "promise.toml"
    file.write_text(EXAMPLE, "utf-8")
    result = gongyue("promise", "explain", file, what)
    assert result.exit_code == 4 and says in result.stderr
