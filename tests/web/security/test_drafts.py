"""A draft is seen by its author and those who must sign it: for everybody else, on every route, it is as if it were not there."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongyue.covenant.periods import iso
from gongyue.demo.simulated_office import text_object
from gongyue.governance.office import earliest
from web.acting.test_drafts import demo_signs, draft_of
from web.api.program import Program
from web.cases import NOTICE, Casework
from web.conftest import House
from web.going import QINGHE, Going
from web.rooms import assigns
from web.security.people import prepare
from web.security.routes import NO_DRAFT, routes
from web.security.test_permissions import _operations

BAI, QIN, LU, MO, GE, NET = (f"{name}@demo.invalid" for name in ("bai", "qin", "lu", "mo", "ge", "net"))
OFFICER, SIGNATORY = "yunling-officer@demo.invalid", "yunling@demo.invalid"
BLIND = {
    "outsider": "",
    "member": "beichen@demo.invalid",
    "authority": "authority@demo.invalid",
    "secretary": QIN,  # who could sign the interpretation by her office, and is not asked
    "publisher": LU,
    "sysop": NET,
    "former": GE,  # asked, and its term has ended
    "engineer": "yunling-engineer@demo.invalid",
    "colleague": "colleague@demo.invalid",  # drafts for the same unit
    "lapsed": "lapsed@demo.invalid",  # signed for the same unit
}
"""Who sees neither draft."""
MARK = "甲乙丙丁草稿"
"""Words that stand in the drafts alone."""


class Drafts:
    """Two drafts: the clerk's, which one panellist and one whose term then ends are asked to sign, and a unit's officer's."""

    def __init__(self, house: House) -> None:
        from gongyue.web.accounts.models import Person, Seat

        self.house, going = house, Going(house).at("2027-02-01 10:00")
        begins = earliest(going.inst, going.now)
        term = {"begins": iso(begins), "ends": "2028-12-31", "interests": text_object("无")[0]}
        going.executive("office.appoint/1", {"officer": "o:net", "offices": ["sysop"], **term}, ["o:qin", "o:bai"])
        for name, party, role in (("net", "o:net", ""), ("colleague", "u:0001", "officer")):
            person = Person.objects.create_user(f"{name}@demo.invalid", "a-long-one-of-2027", name=name)
            Seat.objects.create(person=person, party=party, role=role, begins=date(2026, 1, 1))
        issue = {"number": "99", "kind": "prose", "article": "8", "text.text": MARK, "effective": "2027-03-31"}
        issue |= {"signers": ["o:mo", "o:ge"]}
        self.of_office = draft_of(house.client(BAI), "interpretation.issue/1", "exec", issue)
        ask = {"article": "8", "question.text": MARK}
        self.of_unit = draft_of(house.client(OFFICER), "interpretation.ask/1", "u:0001", ask)
        prepare(house)
        Going(house).at(f"{iso(begins)} 10:00")

    @property
    def addresses(self) -> tuple[str, str]:
        return self.of_office, self.of_unit

    @property
    def ids(self) -> list[str]:
        return [one.split("/")[2] for one in self.addresses]

    def shows(self, answer: Any, *names: str) -> bool:
        """Whether an answer has their words, or one of those names."""
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return any(said.encode() in body for said in (*names, MARK))


@pytest.fixture
def drafts(house: House) -> Drafts:
    """Two drafts nobody has signed."""
    return Drafts(house)


@pytest.mark.parametrize("who", BLIND)
def test_nobody_else_sees_it_on_any_route(drafts: Drafts, who: str) -> None:
    """Pages, lists, search, counts: neither its address nor its words; its own addresses are not there."""
    client, seen = drafts.house.client(BLIND[who]), []
    for route in routes():
        for id in drafts.ids if NO_DRAFT in route.address else drafts.ids[:1]:
            address = route.address.replace(NO_DRAFT, id)
            for answer in (
                (client.get(address), client.post(address)) if NO_DRAFT in route.address else (client.get(address),)
            ):
                if drafts.shows(answer, *(() if NO_DRAFT in route.address else drafts.ids)):
                    seen.append(f"{address}: {answer.status_code}")
                if NO_DRAFT in route.address:
                    assert answer.status_code in ({302} if who == "outsider" else {404, 405}), address
    assert not seen, f"{who} sees {seen}"
    for words in (MARK, *drafts.ids):
        found = client.get("/desk/go/", {"q": words})
        assert found.status_code in {302, 403} or "没有" in found.content.decode()


@pytest.mark.parametrize("who", ["secretary", "publisher", "sysop"])
def test_no_count_betrays_it(drafts: Drafts, who: str) -> None:
    """The number beside the list of what waits, the list, the desk's own page."""
    text, seen = (drafts.house.client(one).get("/desk/confirmations/").content.decode() for one in (BLIND[who], BAI))
    assert text.count('<p class="empty">没有。</p>') == 3 and seen.count('<p class="empty">没有。</p>') == 2
    link = re.compile(r'href="/desk/confirmations/"[^>]*>(.*?)</a>')
    assert link.findall(text) == ["待签"]
    assert link.findall(seen) != ["待签"]


def test_a_units_list_shows_it_to_author_and_signatory(drafts: Drafts) -> None:
    """The colleague who drafts for the same unit finds an empty list."""
    for email, seen in ((OFFICER, True), (SIGNATORY, True), ("colleague@demo.invalid", False)):
        page = drafts.house.client(email).get("/workspace/u:0001/drafts/")
        assert (drafts.of_unit in page.content.decode()) == seen == ("没有草稿。" not in page.content.decode()), email


@pytest.mark.parametrize("party", ["", "u:0004", "o:qin", "o:net", "o:mo", "u:0001"])
def test_no_program_sees_it(drafts: Drafts, party: str) -> None:
    """Every operation of the API, with every kind of key, that of whoever must sign included: drafts are for people."""
    from gongyue.web.accounts.models import Person

    program = Program(drafts.house, party, "signatory" if party.startswith("u:") else "", "read draft submit")
    if party:  # made by one who sees a draft: what a program sees is its own affair
        program.key.made_by = Person.objects.get(email={"o:mo": MO, "u:0001": SIGNATORY}.get(party, BAI))
        program.key.save()
    for method, path, _ in _operations():
        if method == "get":
            assert not drafts.shows(program.get(path), *drafts.ids), path
    for id in drafts.ids:
        assert program.get(f"/api/drafts/{id}").status_code in {401, 404, 405}


def test_nobody_else_is_told_of_it(drafts: Drafts) -> None:
    """Notices and mails go to those who must sign; the mail says that something waits, no more, and the outbox has nothing of it."""
    from django.utils import timezone

    from gongyue.web.acting.models import Draft
    from gongyue.web.notices.models import Mail
    from gongyue.web.notices.outbox import collect

    demo_signs(
        drafts.house.client(MO), drafts.of_office
    )  # one signature of two: the author prepares, another is needed
    Draft.objects.update(
        created_at=timezone.now() + timedelta(minutes=1)
    )  # nothing older than the first collection is mailed
    collect()
    keys = {f"draft:{id}" for id in drafts.ids}
    told = [(m.key, m.person.email) for m in Mail.objects.select_related("person") if m.key in keys]
    assert told == [(f"draft:{drafts.ids[1]}", SIGNATORY)]
    assert "有一份待阅文书" in Mail.objects.get(key=f"draft:{drafts.ids[1]}").text
    for who in ("secretary", "sysop"):
        client = drafts.house.client(BLIND[who])
        pages = [client.get("/notices/outbox/"), *(client.get(f"/notices/outbox/{m.pk}/") for m in Mail.objects.all())]
        said = "".join(page.content.decode() for page in pages)
        assert "有一份待阅文书" not in said and "发件箱" in said
        for word in (*drafts.ids, MARK, "发布解释", "草稿"):
            assert word not in said, word


def test_author_and_those_asked_see_it_and_go_on_seeing_it(drafts: Drafts) -> None:
    """Also when another is asked in place of one who has signed."""
    house = drafts.house
    for email in (BAI, MO):
        assert MARK in house.client(email).get(drafts.of_office).content.decode()
    demo_signs(house.client(MO), drafts.of_office)
    house.client(BAI).post(drafts.of_office + "signers", {"signers": ["o:qin", "o:mo"]})
    assert house.client(QIN).get(drafts.of_office).status_code == 200
    assert house.client(MO).post(drafts.of_office + "signers", {"signers": ["o:lu"]}).status_code == 403


def test_a_signer_who_cannot_is_said_and_replaced(drafts: Drafts) -> None:
    """One term has ended and one key is lost: the author reads so, asks another, who finds it."""
    house, author = drafts.house, drafts.house.client(BAI)
    text = author.get(drafts.of_office).content.decode()
    assert re.search(r'审议人葛</b>\s*请其签署\s*<span class="tag bad">已不任可签署此件的职务', text)
    going = Going(house)
    (key,) = going.inst.valid_keys("o:mo", going.now)
    going.executive("key.retire/1", {"key": key}, ["o:qin", "o:bai"])
    text = author.get(drafts.of_office).content.decode()
    assert re.search(r'审议人莫</b>\s*请其签署\s*<span class="tag bad">现在没有有效的密钥', text)
    assert house.client(QIN).get(drafts.of_office).status_code == 404
    author.post(drafts.of_office + "signers", {"signers": ["o:qin", "o:mo"]})
    assert house.client(QIN).get(drafts.of_office).status_code == 200


def test_a_form_asks_who_is_to_sign_where_there_is_a_choice(house: House) -> None:
    """Where only one other could, that one is meant and said; where none is chosen of several, 422 and nothing is kept."""
    from gongyue.web.acting.models import Draft

    clerk = house.client(BAI)
    meant = clerk.get("/acts/new/key.register/1/?as=exec").content.decode()
    assert "秘书长秦（别无他人可签）" in meant
    assert 'name="signers"' not in meant
    issue = {"number": "99", "kind": "prose", "article": "8", "text.text": MARK, "effective": "2027-03-31"}
    for named in ([], ["o:lu"], ["o:mo"]):  # nobody; one who may not; one of the two who must
        answer = clerk.post("/acts/new/interpretation.issue/1/?as=exec", issue | {"signers": named})
        assert answer.status_code == 422
        assert "由谁签署：至少选 2 人" in answer.content.decode()
    assert not Draft.objects.exists()
    alone = house.client(QIN).get("/acts/new/membership.grant/1/?as=exec").content.decode()
    assert "由谁签署" not in alone


def test_ones_own_data_of_an_ended_seat_names_no_draft(drafts: Drafts) -> None:
    """They are counted, so that nothing is left out in silence."""
    from gongyue.web.accounts.models import Seat
    from tests.web.accounts.test_signing_in import confirms

    Seat.objects.filter(person__email=OFFICER).update(ends=date(2026, 12, 31))
    client = drafts.house.client(OFFICER)
    confirms(client)
    data = client.get("/account/data.json").json()
    assert (data["drafts"], data["drafts_of_ended_seats"]) == ([], 1)


def test_a_draft_goes_with_its_dossier(house: House) -> None:
    """Whoever is challenged, or replaced, sees no draft of that dossier any more, its own among them; once it is not recused, again."""
    from gongyue.web import installation
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting import signers
    from gongyue.web.acting.models import Draft

    prepare(house)
    going = Casework(house)
    going.folder = house.directory / "office"
    going.at("2027-02-04 10:00")
    case = going.opens(going.reports(), panel=("o:mo", "o:hu", "o:he"))
    going.serves(case, "notice", NOTICE)
    xu = house.client("xu@demo.invalid")
    serves = xu.post(f"/acts/new/dossier.serve/1/?dossier={case}", {"what": "evidence", "docs.text": MARK})
    people = {name: Person.objects.get(email=f"{name}@demo.invalid") for name in ("mo", "hu")}
    body = {"kind": None, "reasons": NOTICE.commitment}
    proposal = Draft(type="case.propose/1", party="exec", actor="exec", body=body, dossier=case, signers=["o:hu"])
    proposal.created_by = people["mo"]

    def seen() -> list[bool]:
        now = installation.now()
        mandates = [signers.mandate_on(people[name], proposal, now) for name in ("mo", "hu")]
        return [xu.get(serves.headers["Location"]).status_code == 200, *(one is not None for one in mandates)]

    assert serves.status_code == 302 and seen() == [True, True, True]
    for officer in ("o:xu", "o:mo"):
        going.do("dossier.note/1", QINGHE, {"asks": "recusal", "whom": officer}, [QINGHE], dossier=case)
    assert seen() == [False, False, True]
    assert MARK not in xu.get("/desk/confirmations/").content.decode()
    assigns(going, case, "o:xu")  # it is not recused
    assert seen() == [True, False, True]
    panel = [{"officer": one, "interests": []} for one in ("o:mo", "o:he", "o:liu")]
    going.do("dossier.assign/1", "exec", {"role": "panel", "officers": panel}, ["o:qin"], dossier=case)
    assert seen() == [True, True, False]  # one is not recused, another was replaced
