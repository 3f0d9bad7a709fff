from __future__ import annotations

import re
from typing import Any

import pytest

from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import KINDS, Kind
from gongyue.office import bodies
from tests.web.acting.answers import posted, scan, seat_for
from tests.web.conftest import House

TYPES = sorted(KINDS)


def opened(house: House, kind: Kind) -> tuple[Any, str]:
    email, actor = seat_for(kind)
    return house.client(email), f"/acts/new/{kind.type}/?as={actor}"


@pytest.mark.parametrize("lang", ["", "/en"])
def test_every_act_type_has_a_form_with_all_its_fields(house: House, lang: str) -> None:
    """Each field of each act type is asked under its label, in both languages."""
    from django.utils.translation import override

    from gongyue.web.acting.labels import label_of

    for kind in KINDS.values():
        client, address = opened(house, kind)
        answer = client.get(lang + address)
        assert answer.status_code == 200, kind.type
        text = answer.content.decode()
        for field in bodies.fields(kind):
            if field.name == "alg" and any(f.name == "key" for f in bodies.fields(kind)):
                continue  # told by the key itself
            if (kind.type, field.name) in {("amendment.initiate/1", "change"), ("amendment.initiate/1", "edition")}:
                continue  # made of the words replaced
            with override("en" if lang else "zh-hans"):
                label = label_of(kind, field.name).text
            assert label.replace("'", "&#x27;") in text, (kind.type, field.name)


@pytest.mark.parametrize("type", TYPES)
def test_the_example_of_every_act_type_becomes_a_draft(house: House, type: str) -> None:
    """Posting the example makes a draft, whose page says what would be signed and what recording it would find."""
    kind = KINDS[type]
    client, address = opened(house, kind)
    form = client.get(address).content.decode()
    sealed = re.search(r'<option value="(sealed:\d+)"', form)
    data = posted(kind, sealed[1] if sealed else "", paper=kind.by.who == "authority")
    answer = client.post(address, data)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    text = page.content.decode()
    assert "核对词" in text
    assert "现在递交会被记录" in text or 'class="refusal"' in text


def test_no_label_is_missing_or_left_over() -> None:
    """Every field of every act type has a label, and no label stands for a field that does not exist."""
    from gongyue.web.acting.labels import DO, FIELDS, label_of

    used: set[object] = set()

    def visit(kind: Kind, fields: Any, prefix: str) -> None:
        from msgspec import inspect as shape

        for field in fields:
            path, inner = prefix + field.name, bodies.bare(field.type)
            label = label_of(kind, path)
            assert label.zh and label.en and bool(label.hint_zh) == bool(label.hint_en), path
            used.add((kind.type, path) if (kind.type, path) in FIELDS else path)
            one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
            if isinstance(one, shape.StructType):
                visit(kind, one.fields, path + ".")

    for kind in KINDS.values():
        visit(kind, bodies.fields(kind), "")
    assert set(DO) == set(KINDS)
    assert set(FIELDS) == used


def test_a_wrong_answer_is_said_at_its_field_and_in_the_summary(house: House) -> None:
    """422, the title says it, the summary links to the field, the words stand beside it too."""
    client = house.client("beichen@demo.invalid")
    answer = client.post("/acts/new/membership.withdraw/1/?as=u:0004", {"effective": "2027-02-31"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>有误：退出公约" in text
    assert '<a href="#f-effective">退出日：没有这一天' in text
    assert 'id="f-effective-error">没有这一天' in text
    assert 'aria-describedby="f-effective-hint f-effective-error"' in text
    assert 'value="2027-02-31"' in text


def test_what_is_missing_is_asked_for(house: House) -> None:
    """A question without an answer names itself; nothing is kept."""
    from gongyue.web.acting.models import Draft

    client = house.client("beichen@demo.invalid")
    answer = client.post("/acts/new/interpretation.ask/1/?as=u:0004", {})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "问哪一条：请填写" in text
    assert "问题：请填写" in text
    assert not Draft.objects.exists()


def test_a_link_fills_the_form_in(house: House) -> None:
    """The answers in the address stand in the form."""
    client = house.client("beichen@demo.invalid")
    assert (
        'value="2027-03-01"'
        in client.get("/acts/new/membership.withdraw/1/?as=u:0004&effective=2027-03-01").content.decode()
    )


def test_no_choice_is_ever_made_beforehand(house: House) -> None:
    """A ballot offers three equal choices; not even a link can tick one."""
    client = house.client("beichen@demo.invalid")
    text = client.get("/acts/new/vote.ballot/1/?as=u:0004&choice=consent").content.decode()
    assert re.findall(r'name="choice" value="(\w+)"', text) == ["consent", "against", "abstain"]
    assert not re.search(r'name="choice"[^>]*checked', text)


def test_another_row_can_be_asked_for_without_script(house: House) -> None:
    """The button adds a row and keeps what was typed; nothing is saved or judged."""
    client = house.client("lu@demo.invalid")
    address = "/acts/new/founding.publish/1/?as=exec"
    answer = client.post(address, {"places.0.url": "https://a.example/1", "more": "places"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="https://a.example/1"' in text
    assert 'name="places.1.url"' in text
    assert "有误" not in text


def test_a_scan_must_be_one(house: House) -> None:
    """A file that is no scan is refused at its field; so is an empty one."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = house.client("bai@demo.invalid")
    address = "/acts/new/membership.withdraw/1/?as=u:0004"
    paper = {"paper.number": "函1", "paper.dated": "2027-01-30", "paper.arrived": "2027-01-31"}
    answer = client.post(address, paper | {"paper.scan": SimpleUploadedFile("scan.exe", b"MZ\x90")})
    assert answer.status_code == 422
    assert "扫描件须是 PDF" in answer.content.decode()
    assert client.post(address, paper | {"paper.scan": scan()}).status_code == 302


def test_an_application_starts_from_what_is_known(house: House) -> None:
    """A unit that is not in the book finds its code filled in; a known one its name, code and activities."""
    text = (
        house.client("northlake@demo.invalid")
        .get("/acts/new/membership.apply/1/?as=u:910000000000003937")
        .content.decode()
    )
    assert 'value="910000000000003937"' in text
    known = house.client("yiwei@demo.invalid").get("/acts/new/membership.apply/1/?as=u:0009").content.decode()
    assert 'value="一苇计算"' in known
    assert 'value="computing" checked' in known


def test_a_passkey_that_waits_is_offered_where_officers_register_keys(house: House) -> None:
    """The desk's form lists passkeys that no act has registered, with whose they are."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Passkey

    key = "k:02" + "ab" * 32
    person = Person.objects.get(email="northlake@demo.invalid")
    Passkey.objects.create(person=person, holder="u:0019", key=key, credential="c", name="演示设备")
    text = house.client("bai@demo.invalid").get("/acts/new/key.register/1/?as=exec").content.decode()
    assert f'<option value="{key}">' in text
    assert "u:0019 · 演示设备" in text


def test_drafting_is_limited(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever posts too many drafts in an hour is asked to wait (429)."""
    from gongyue.web.accounts import limiting

    counted = limiting.wait_for
    monkeypatch.setattr(limiting, "wait_for", lambda limit, who: counted(limit._replace(most=3), who))
    client = house.client("beichen@demo.invalid")
    posted_ = {"activities": ["research"]}
    seen = [client.post("/acts/new/membership.declare/1/?as=u:0004", posted_).status_code for _ in range(5)]
    assert seen == [302, 302, 302, 429, 429]


def test_a_map_may_be_left_empty_only_where_that_means_something(house: House) -> None:
    """Adopting the package as proposed says nothing else; a correction that corrects nothing is asked again."""
    assert house.client("qin@demo.invalid").post("/acts/new/interpretation.adopt/1/", {"other": ""}).status_code == 302
    given = {"entry": "12", "fields": "", "reasons.text": "笔误"}
    answer = house.client("qin@demo.invalid").post("/acts/new/correction.correct/1/", given)
    assert answer.status_code == 422 and 'id="f-fields-error"' in answer.content.decode()
