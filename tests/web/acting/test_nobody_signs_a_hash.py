"""Nobody signs a hash: what is signed is said in a sentence, with names and the document; digests are folded away."""

from __future__ import annotations

import re

import pytest

from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import ACT_TYPES
from tests.web.acting.answers import posted
from tests.web.acting.test_forms import BY_ITSELF, TYPES, made_ready, opened
from tests.web.conftest import House
from tests.web.going import NORTHLAKE, PROPOSAL, Going
from web.markup import flat
from web.rooms import dossier_of, signs

HEX = re.compile(r"[0-9a-f]{64}|\b[0-9a-f]{4} [0-9a-f]{4} … [0-9a-f]{4}\b")
FOLDED = re.compile(r"<details(?![^>]* open)[^>]*>(?:(?!<details).)*?</details>", re.DOTALL)


def unfolded(page: str) -> str:
    """What a page shows at once: without what is folded, its marks and its addresses, and without the list of keys there are to choose from."""
    main = page[page.index("<main") : page.index("</main>")]
    while (less := FOLDED.sub("", main)) != main:
        main = less
    return re.sub(r"<[^>]+>", " ", main)


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("type", [type for type in TYPES if type not in BY_ITSELF])
def test_every_signing_page_says_what_it_does_and_shows_no_digest(house: House, type: str, lang: str) -> None:
    """Of every act type: one sentence, what follows from it, no digest outside a fold, no id of a unit that has a name."""
    kind = ACT_TYPES[type]
    made_ready(house, type)
    client, address = opened(house, kind)
    sealed = re.search(r'<option value="(sealed:[0-9a-f]{16}|d:[0-9a-f]{64})"', client.get(address).content.decode())
    answer = client.post(lang + address, posted(kind, sealed[1] if sealed else "", paper=kind.by.who == "authority"))
    page = flat(client.get(answer.headers["Location"].removesuffix("shown/")).content.decode())
    sentence = re.search(r'<p class="sentence">(.*?)</p>', page, re.DOTALL)
    assert sentence is not None
    said = re.sub(r"<[^>]+>", "", sentence[1]).strip()
    assert len(said) > 8
    assert said.endswith((".", "。"))
    assert '<ul class="follows"><li>' in page
    shown = unfolded(page)
    assert HEX.findall(shown) == []
    named = {id for id in house.office.inst.units if re.search(rf"{re.escape(id)}\b", shown)}
    assert named == set()
    assert page.count('<p class="words') == 1


def test_the_sentence_of_an_admission_has_the_name_and_the_number(house: House) -> None:
    """Whoever grants reads whom, as which member, on which text; whoever refuses, on which ground, and who is told."""
    going = Going(house).at("2027-02-01 10:00")
    going.applies()
    going.at("2027-02-02 10:00").ticks()
    client = house.client("qin@demo.invalid")
    members = len(house.office.inst.members)
    form = client.get("/acts/new/membership.grant/1/").content.decode()
    sealed = re.findall(r'<option value="(sealed:[0-9a-f]{16})"', form)[-1]
    answer = client.post("/acts/new/membership.grant/1/", {"application": sealed, "signers": ["o:qin"]})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "联盟执行机构准予" in page
    assert f"它是第 {members + 1} 家成员单位" in page
    assert "现在密封；此行为入簿后公开，任何人可读" in page and "密封簿里的一件，不公开" not in page
    signs(client, answer.headers["Location"])
    done = client.get(f"{answer.headers['Location']}done/").content.decode()
    opened = re.search(r'<a href="(/book/[^"]+)">打开文件</a>', done)
    assert opened is not None and client.get(opened[1]).status_code == 200 and "不公开" not in done


def test_a_ballot_says_on_what_and_how(house: House) -> None:
    """The unit, the matter and the choice by name, and how many vote."""
    going = Going(house).is_under_vote().at("2027-02-03 10:00")
    client = house.client("beichen@demo.invalid")
    answer = client.post("/acts/new/vote.ballot/1/?as=u:0004", {"vote": PROPOSAL, "choice": "against"})
    page = client.get(answer.headers["Location"]).content.decode()
    sentence = re.sub(r"<[^>]+>", "", re.search(r'<p class="sentence">(.*?)</p>', page, re.DOTALL)[1])  # type: ignore[index]
    roll = len(going.inst.votes[PROPOSAL].roll)
    assert sentence == f"北辰数据研究院对“修改第四条”投票：不同意。名册上 {roll} 家，一家一票。"
    assert "不公开：簿册只载一个承诺值" in page
    going.votes("u:0004", "against")
    again = client.post("/acts/new/vote.ballot/1/?as=u:0004", {"vote": PROPOSAL, "choice": "consent"})
    assert "它取代此前所投的“不同意”，以最后一次为准" in client.get(again.headers["Location"]).content.decode()


def test_a_refusal_names_the_applicant_and_keeps_its_reasons_while_it_is_changed(house: House) -> None:
    """In the sentence and in the fields alike; the reasons that were written stand where they were written."""
    going = Going(house).at("2027-02-01 10:00")
    application = going.applies()
    going.at("2027-02-02 10:00").ticks()
    client, named = house.client("qin@demo.invalid"), f"sealed:{application.commitment[7:23]}"
    answers = {
        "unit": NORTHLAKE.id,
        "of": named,
        "ground": "acceptance",
        "reasons.text": "没有声明接受规则。",
        "signers": ["o:qin"],
    }
    form = f"/acts/new/membership.refuse/1/?dossier={dossier_of(application)}"
    address = client.post(form, answers).headers["Location"]
    page = client.get(address).content.decode()
    assert (
        f"{NORTHLAKE.zh}的申请，不公开" in page
        and f"信用代码 {NORTHLAKE.code}" not in page
        and "密封簿里的一件" not in page
    )
    assert ">没有声明接受规则。</textarea>" in client.get(f"{address}edit/").content.decode()
    signs(client, address)
    done = client.get(f"{address}done/").content.decode()
    assert f"{NORTHLAKE.zh}的申请，不公开" in done and f"信用代码 {NORTHLAKE.code}" not in done
    gone = client.get(f"/acts/new/membership.grant/1/?application={named}").content.decode()
    assert f">{named}</option>" not in gone and "已经办结" in gone


def test_support_is_offered_for_what_collects_it_alone(house: House) -> None:
    """Nobody is offered a proposal that was adopted, voted on or let lapse."""
    Going(house).is_under_vote()
    form = house.client("beichen@demo.invalid").get("/acts/new/amendment.support/1/?as=u:0004").content.decode()
    assert f'<option value="{PROPOSAL}"' not in form and "已公布施行" not in form
