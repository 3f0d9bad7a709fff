from __future__ import annotations

import re
from typing import Any

import pytest

from gongyue.book.digest_words import digest_words
from gongyue.covenant.periods import DAY, day_of
from gongyue.demo.simulated_office import commitment_to
from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.clock import RECOVER
from gongyue.governance.oversight import REPORT
from gongyue.office import bodies, next_id
from tests.web.acting.answers import posted, scan, seat_for
from tests.web.conftest import House
from web.cases import Casework
from web.going import BEICHEN, NORTHLAKE, PROPOSAL, Going
from web.markup import flat
from web.serving.test_far_clock import set_clock

FORMS = {type: kind for type, kind in ACT_TYPES.items() if not kind.asks_dossier}
"""The act types that have a form of their own; the others are done within a dossier."""
TYPES = sorted(FORMS)
BY_ITSELF = {"book.anchor/1", "inspection.seed/1"}
"""What the office key does at once when it is due: padded and anchored, or drawn; there is no draft of it."""
NOTHING_NOW = {
    "key.disavow/1": ("现在没有可以否认的行为。", "There is nothing now that could be disavowed."),
    "key.notify/1": ("据纸面记录的都已告知", "All recorded from paper was told of"),
}
"""Where the demonstration has nothing to choose: a sentence in place of the form."""


def opened(house: House, kind: ActType) -> tuple[Any, str]:
    if kind.type == RECOVER:  # there is nothing to recover, and no form, unless the clock is behind the book
        set_clock(house, -DAY)
    if kind.type == REPORT:  # the demonstration's year is stated; the next one is over
        Going(house).at("2028-01-05 10:00")
    if kind.type in {"membership.grant/1", "membership.refuse/1"}:  # every application of the demonstration is decided
        Going(house).at("2027-02-01 10:00").applies()
    email, actor = seat_for(kind)
    return house.client(email), f"/acts/new/{kind.type}/?as={actor}"


def made_ready(house: House, type: str) -> None:
    """What the example of an act type names, and the demonstration does not have."""
    if type in {"vote.notify/1", "vote.receive/1"}:  # they name a ballot on paper of a vote that is open
        Going(house).is_under_vote().on_paper("vote.ballot/1", BEICHEN, vote=PROPOSAL, choice="consent")
    if type == "interpretation.explain/1":  # a question that waits
        Going(house).of("interpretation.ask/1", BEICHEN, article=8, question=commitment_to("问题"))
    if type == "petition.publish/1":
        Going(house).consents()
    if type == "bulletin.result/1":  # a conclusion whose result was not told
        Casework(house).at("2027-03-11 10:00").concludes()


@pytest.mark.parametrize("lang", ["", "/en"])
def test_every_act_type_has_a_form_with_all_its_fields(house: House, lang: str) -> None:
    """Each field of each act type is asked under its label, in both languages."""
    from django.utils.translation import override

    from gongyue.web.acting.labels import label_of

    for kind in FORMS.values():
        client, address = opened(house, kind)
        answer = client.get(lang + address)
        assert answer.status_code == 200, kind.type
        text = answer.content.decode()
        if kind.type in BY_ITSELF:
            assert ("gongyue tick" in text) and "<button" in text
            continue
        if kind.type in NOTHING_NOW:
            assert NOTHING_NOW[kind.type][bool(lang)] in text and "act-form" not in text
            continue
        for field in bodies.fields(kind):
            if field.name == "alg" and any(f.name == "key" for f in bodies.fields(kind)):
                continue  # told by the key itself
            if (kind.type, field.name) == ("report.file/1", "shown"):
                continue  # made on the next page, beside what was written
            if kind.type == "amendment.initiate/1" or next_id.is_numbered(kind, field.name):
                continue  # made of the text that is edited; numbered
            with override("en" if lang else "zh-hans"):
                label = label_of(kind, field.name).text
            assert label.replace("'", "&#x27;") in text, (kind.type, field.name)


def test_what_is_done_within_a_dossier_has_no_form_of_its_own(house: House) -> None:
    """It is begun from that dossier: 404 for each of the fourteen, and where the dossier named is none of one's own."""
    within = [kind for kind in ACT_TYPES.values() if kind.asks_dossier]
    assert len(within) == 14
    for kind in within:
        alone = kind.by.offices == {
            "caseworker"
        }  # an office that nobody holds there: the clerk prepares what others sign
        email, actor = ("bai@demo.invalid", "exec") if alone else seat_for(kind)
        client, address = house.client(email), f"/acts/new/{kind.type}/?as={actor}"
        assert client.get(address).status_code == 404, kind.type
        assert client.get(f"{address}&dossier=d:{'0' * 64}").status_code == 404, kind.type


@pytest.mark.parametrize("type", [type for type in TYPES if type not in BY_ITSELF])
def test_the_example_of_every_act_type_becomes_a_draft(house: House, type: str) -> None:
    """Posting the example makes a draft, whose page says what would be signed and what recording it would find."""
    kind = ACT_TYPES[type]
    made_ready(house, type)
    client, address = opened(house, kind)
    form = client.get(address).content.decode()
    sealed = re.search(r'<option value="(sealed:[0-9a-f]{16}|d:[0-9a-f]{64})"', form)
    data = posted(kind, sealed[1] if sealed else "", paper=kind.by.who == "authority")
    answer = client.post(address, data)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    page = client.get(answer.headers["Location"].removesuffix("shown/"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "核对词" in text
    assert "现在递交会被记录" in text or 'class="refusal"' in text


ORDINALS = {"article", "number", "entry", "quantum", "recovery_days", "count", "seed", "padding", "real"}
"""Numbers that people write as numbers."""


@pytest.mark.parametrize("lang", ["", "/en"])
def test_no_form_asks_for_what_only_a_machine_writes(house: House, lang: str) -> None:
    """Of every act type: no time in seconds, no digest to type, no list of types; whatever is asked has help.

    A date is asked as a date, a length of time by its unit, a file as a file or a text, an act under seal by a choice.
    """
    from gongyue.web.acting import choices, form_fields
    from gongyue.web.installation import now

    widgets: dict[str, str] = {}
    for kind in FORMS.values():
        client, address = opened(house, kind)
        text = client.get(lang + address).content.decode()
        assert not re.search(r"Unix|placeholder=\"sha256|value=\"1[5-9]\d{8}\"", text.partition("<form method")[2])
        picks = choices.FieldChoices(kind, now(), house.office, address.partition("as=")[2], True)
        for top in form_fields.form_fields(form_fields.FormContext(kind, picks)):
            for q in top.everything():
                assert q.label.hint_zh, (kind.type, q.path)
                widgets[f"{kind.type} {q.path}"] = q.widget
    numbers = {name.rpartition(".")[2].rpartition(" ")[2] for name, widget in widgets.items() if widget == "number"}
    assert numbers <= ORDINALS
    lines = {name for name, widget in widgets.items() if widget == "lines"}
    named = {name for name in lines if name.endswith(".interests")}  # units, each by its name
    assert lines - named == {"book.genesis/1 origins"}
    assert {widgets[f"{type} articles"] for type in ("case.open/1", "report.file/1")} == {"checks"}
    assert widgets["book.genesis/1 slot_seconds"] == "span"
    assert widgets["law.order/1 forbids"] == "checks"
    assert widgets["law.order/1 begins"] == widgets["membership.withdraw/1 effective"] == "date"
    assert widgets["membership.grant/1 application"] == "select"
    assert widgets["bulletin.issue/1 replaces"] == widgets["bulletin.publish/1 replaces"] == "select"
    assert {w for name, w in widgets.items() if name.startswith("vote.close/1") and "matter" not in name} == {"stated"}


def test_a_length_of_time_is_given_by_its_unit_and_comes_back_as_it_was(house: House) -> None:
    """12 hours are 43,200 seconds in the body and 12 hours in the form again; below a minute it is refused in words."""
    from gongyue.web.acting.models import Draft
    from web.acting.answers import posted

    client, kind = house.client("qin@demo.invalid"), ACT_TYPES["book.genesis/1"]
    data = posted(kind) | {"slot_seconds": "12", "slot_seconds.unit": "3600"}
    answer = client.post("/acts/new/book.genesis/1/", data)
    assert answer.status_code == 302
    assert Draft.objects.get().body["slot_seconds"] == 43_200
    form = client.get(answer.headers["Location"] + "edit/").content.decode()
    assert re.search(r'name="slot_seconds"[^>]*value="12"', form)
    assert '<option value="3600" selected>' in form
    assert "12 小时" in client.get(answer.headers["Location"]).content.decode()
    refused = client.post("/acts/new/book.genesis/1/", data | {"slot_seconds": "40", "slot_seconds.unit": "1"})
    assert "须在 1 分钟 与 31 天 之间" in refused.content.decode()


def test_a_vote_is_opened_without_typing_anything(house: House) -> None:
    """The window and the roll are shown in words before, and stand in the act as `step` computes them."""
    from gongyue.governance.vote import opening_statement
    from gongyue.web import installation
    from gongyue.web.acting.models import Draft
    from gongyue.web.templatetags.deadlines import until
    from web.going import PROPOSAL, Going

    Going(house).at("2027-02-01 10:00").proposes().is_supported().is_filed()
    client, now = house.client("qin@demo.invalid"), installation.now()
    stated = opening_statement(now.inst, PROPOSAL, now.day)
    closes = int(stated["closes"])
    link = re.search(r'href="(/acts/new/vote.open/1/[^"]*)"', client.get("/desk/votes/").content.decode())
    assert link is not None
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert until(closes) == "2027年3月3日 24:00" and until(closes) in form
    assert 'name="closes"' not in form and 'name="roll"' not in form and str(closes) not in form
    answer = client.post("/acts/new/vote.open/1/", {"matter": PROPOSAL, "closes": "1", "roll": "99", "base": "voting"})
    assert Draft.objects.get().body == {"matter": PROPOSAL, **stated}
    page = client.get(answer.headers["Location"]).content.decode()
    assert until(closes) in page and "现在递交会被记录" in page


def test_the_form_that_closes_a_vote_does_not_show_its_split_before_the_end(house: House) -> None:
    """While it is open the secretary sees when it can be closed, and no count; a turnout can be stated (art. 22)."""
    from gongyue.web.acting.models import Draft
    from web.going import BEICHEN, PROPOSAL, TASHA, Going

    going = Going(house).is_under_vote()
    going.votes(BEICHEN, "consent")
    going.votes(TASHA, "against")
    going.at("2027-02-08 10:00").ticks()
    client, address = house.client("qin@demo.invalid"), f"/acts/new/vote.close/1/?matter={PROPOSAL}"
    form = flat(client.get(address).content.decode())
    assert "在此之前不显示票数分布" in form
    assert re.findall(r'class="kept">([^<]*)<', form) == ["按其他各项算出，下一页显示"] * 13
    answer = client.post(address, {"matter": PROPOSAL})
    assert answer.status_code == 422 and "在此之前不显示票数分布" in answer.content.decode()
    assert not Draft.objects.exists()
    turnout = flat(client.get(f"/acts/new/vote.turnout/1/?matter={PROPOSAL}").content.decode())
    assert re.search(r'id="f-voted">.*?class="kept">2<', turnout, re.DOTALL)
    assert "时段，2027年2月8日 08:00 起" in turnout


def test_no_anchor_is_drafted(house: House) -> None:
    """It says what the sealed book is once it is padded, in the commit that records it: the form says who does it, and takes nothing."""
    client = house.client("qin@demo.invalid")
    shown = client.get("/acts/new/book.anchor/1/").content.decode()
    assert "锚定与补足在同一次记录里完成" in shown and "gongyue tick" in shown
    before = house.office.store.head("sealed")
    answer = client.post("/acts/new/book.anchor/1/", {})
    assert answer.status_code == 422 and "gongyue tick" in answer.content.decode()
    assert house.office.store.head("sealed") == before


def test_a_correction_asks_for_the_places_by_name(house: House) -> None:
    """What can be corrected is asked as it was asked the first time; nobody writes JSON."""
    from gongyue.governance.fields import Clerical
    from gongyue.web.acting.models import Draft

    assert {name for kind in ACT_TYPES.values() for name in kind.clerical} == set(Clerical.__struct_fields__)
    given = {"entry": "54", "reasons.text": "网址有误", "fields.places.0.url": "https://a.example/2"}
    client = house.client("qin@demo.invalid")
    answer = client.post("/acts/new/correction.correct/1/", given)
    assert 'id="f-fields-places-0-evidence-error"' in answer.content.decode()
    answer = client.post(
        "/acts/new/correction.correct/1/", given | {"fields.places.0.evidence.text": "快照", "signers": ["o:lu"]}
    )
    assert [p["url"] for p in Draft.objects.get().body["fields"]["places"]] == ["https://a.example/2"]
    assert "现在递交会被记录" in client.get(answer.headers["Location"]).content.decode()


def test_the_package_is_adopted_with_what_differs_alone(house: House) -> None:
    """A rule or reading answered as proposed stands nowhere in the act; what differs does, and comes back in the form."""
    from gongyue.web.acting.models import Draft

    client = house.client("qin@demo.invalid")
    given = {"other.P2": "20", "other.P1": "15", "other.annex.binds": "scope", "other.vote.ballots": "public"}
    answer = client.post("/acts/new/interpretation.adopt/1/", given | {"signers": ["o:mo"]})
    assert Draft.objects.get().body["other"] == {"P2": 20, "annex.binds": "scope"}
    form = client.get(answer.headers["Location"] + "edit/").content.decode()
    assert re.search(r'name="other.P2"[^>]*value="20"', form)
    assert '<option value="scope" selected>' in form
    assert "建议 15 日，5 至 90 日" in form
    wrong = client.post("/acts/new/interpretation.adopt/1/", {"other.P2": "二十"})
    assert wrong.status_code == 422 and 'id="f-other-P2-error"' in wrong.content.decode()


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
    text = flat(client.get("/acts/new/vote.ballot/1/?as=u:0004&choice=consent").content.decode())
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
    assert f"{house.office.inst.units['u:0019'].name} · 演示设备" in text


def test_drafting_is_limited(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever posts too many drafts in an hour is asked to wait (429)."""
    from gongyue.web.accounts import rate_limit

    counted = rate_limit.wait_for
    monkeypatch.setattr(rate_limit, "wait_for", lambda limit, who: counted(limit._replace(most=3), who))
    client = house.client("beichen@demo.invalid")
    posted_ = {"activities": ["research"]}
    seen = [client.post("/acts/new/membership.declare/1/?as=u:0004", posted_).status_code for _ in range(5)]
    assert seen == [302, 302, 302, 429, 429]


def test_a_map_may_be_left_empty_only_where_that_means_something(house: House) -> None:
    """Adopting the package as proposed says nothing else; a correction that corrects nothing is asked again."""
    assert (
        house.client("qin@demo.invalid")
        .post("/acts/new/interpretation.adopt/1/", {"other": "", "signers": ["o:mo"]})
        .status_code
        == 302
    )
    given = {"entry": "12", "fields": "", "reasons.text": "笔误"}
    answer = house.client("qin@demo.invalid").post("/acts/new/correction.correct/1/", given)
    assert answer.status_code == 422 and 'id="f-fields-error"' in answer.content.decode()


def test_acts_to_choose_from_stand_under_their_matters(house: House) -> None:
    """What an order forbids: folded by matter, with how many; open where something of it was chosen."""
    client = house.client("bai@demo.invalid")
    for prefix, keys, annexes in (("", "密钥", "附件"), ("/en", "keys", "annexes")):
        address = f"{prefix}/acts/new/law.order/1/?as=exec"
        text = flat(client.get(address).content.decode())
        assert f"<details><summary>{keys} " in text and f"<details><summary>{annexes} " in text
        wrong = client.post(address, {"order": "l:court-2027-1", "forbids": "annex.publish/1"})
        assert wrong.status_code == 422
        text = flat(wrong.content.decode())
        assert f"<details><summary>{keys} " in text and f"<details open><summary>{annexes} " in text
        assert re.search(r'value="annex.publish/1" checked', text)


def test_an_article_is_named_as_one_says_it(house: House) -> None:
    """第八条 and article 8 are article 8 to a question (article 25); what no article is called is refused, and says how to write it."""
    client, address = house.client("qinghe@demo.invalid"), "/acts/new/interpretation.ask/1/?as=u:0008"
    for said in ("8", "第八条", "article 8"):
        answer = client.post(address, {"article": said, "question.text": "授权可否默示？"}, follow=True)
        assert ">第八条</a>" in answer.content.decode(), said
    answer = client.post(address, {"article": "第八十条", "question.text": "授权可否默示？"})
    assert answer.status_code == 422 and "请填数字" in answer.content.decode()


def test_a_draft_says_values_in_words(house: House) -> None:
    """What was chosen from a list is told by its words before it is signed, not by the value that is stored."""
    asked = {"kind": "demand", "text.text": "请明确期限"}
    answer = house.client("qinghe@demo.invalid").post("/acts/new/petition.submit/1/?as=u:0008", asked, follow=True)
    page = answer.content.decode()
    assert "<dd>要求</dd>" in page and ">demand<" not in page


def test_whom_and_which_key_a_form_is_about_is_said_in_words(house: House) -> None:
    """A unit by its name, an officer chosen by name, an uncompared key by the words on the stamped form; never to be copied as an id."""
    going = Going(house).at("2027-02-04 10:00")
    application = going.applies()
    going.at("2027-02-05 09:00").ticks().grants(application)
    from gongyue.web.acting.models import Draft

    client, unit = house.client("qin@demo.invalid"), NORTHLAKE.id
    (key,) = going.inst.keys_of(unit)
    page = client.get(f"/acts/new/membership.compare/1/?unit={unit}&key={key}").content.decode()
    assert f'value="{NORTHLAKE.zh}"' in page and f'value="{unit}"' not in page.partition("<datalist")[0]
    words = " ".join(digest_words(f"sha256:{key[-64:]}", "zh"))
    assert re.search(rf'<input type="radio" name="key"\s+value="{key}" checked><span>[^<]*{words}</span>', page)
    given = {"unit": NORTHLAKE.zh, "key": key, "form.text": "盖章的申请表"}
    draft = client.post(f"/acts/new/membership.compare/1/?unit={unit}&key={key}", given)["Location"]
    assert Draft.objects.get(pk=draft.split("/")[2]).body["unit"] == unit
    for type in ("office.end/1", "office.declare/1"):
        page = client.get(f"/acts/new/{type}/").content.decode()
        assert re.search(r'<select name="officer"[^>]*>.*<option value="o:bai"[^>]*>经办白', page, re.DOTALL), type
    assert '<select name="officer"' not in client.get("/acts/new/office.appoint/1/").content.decode(), "who may be new"


def test_orders_and_law_packs_are_numbered_by_the_office(house: House) -> None:
    """Nobody thinks of a code: the next free one of the year is taken, past those there are."""
    from gongyue.governance.acts import act_type_of

    client = house.client("bai@demo.invalid")
    for type, field in (("law.order/1", "order"), ("law.pack/1", "pack")):
        assert f'name="{field}"' not in client.get(f"/acts/new/{type}/?as=exec").content.decode(), type
    inst, kind = house.office.inst, act_type_of("law.order/1")
    assert next_id.id_for(inst, kind, day_of(house.office.now)) == "l:2027-01"
    assert "l:court-2027-1" in inst.orders
    assert next_id.id_for(inst, kind, day_of(house.office.now), "l:court-2027-1") == "l:2027-01", "it is taken"
    assert next_id.id_for(inst, kind, day_of(house.office.now), "l:court-2027-2") == "l:court-2027-2", "it is free"


@pytest.mark.parametrize(
    ("prefix", "said", "not_said"),
    [("", "公布公约", "任命职务"), ("/en", "covenant published", "appointment to office")],
)
def test_what_is_corrected_is_chosen_by_its_name(house: House, prefix: str, said: str, not_said: str) -> None:
    """Of the open book what can be corrected, by its name and day; of what can be voided what the office itself did."""
    client = house.client("qin@demo.invalid")
    corrected = client.get(f"{prefix}/acts/new/correction.correct/1/?as=exec").content.decode()
    assert '<select name="entry"' in corrected and f"#54 {said}" in corrected and not_said not in corrected
    voided = client.get(f"{prefix}/acts/new/correction.void/1/?as=exec").content.decode()
    assert '<select name="entry"' in voided and not_said in voided
    assert f'value="{house.office.inst.corrections[54].by}"' not in voided, "a correction is voided by none"
    chosen = client.get(f"{prefix}/acts/new/correction.correct/1/?as=exec&entry=54").content.decode()
    assert '<option value="54" selected' in chosen


def test_the_question_stands_above_its_answer(house: House) -> None:
    """Whoever issues an interpretation chooses which question it answers before it writes."""
    form = house.client("qin@demo.invalid").get("/acts/new/interpretation.issue/1/?as=exec").content.decode()
    assert form.index('name="answers"') < form.index('name="text.text"')
