"""Keys on the pages: what ends with the last one, who is told that it cannot sign, whose keys are whose to change."""

from __future__ import annotations

import re

import pytest

from gongyue.demo.simulated_office import paper, public_of
from web.conftest import House
from web.going import BEICHEN, CLERK, SECRETARY, TASHA, YUNLING, Going
from web.workspace.conftest import words

LAST = "没有有效密钥就不能签署：不能投票"


def silenced(going: Going, unit: str = YUNLING) -> Going:
    """The unit ends its only key, and says that it is the last."""
    going.of("key.revoke/1", unit, key=public_of(unit), last=True)
    return going


def test_the_form_for_the_last_key_says_what_can_no_longer_be_done(house: House) -> None:
    """In words, with the way back and the one step that is wanted more often; nobody is answered for: the tick is the holder's own."""
    client = house.client("yunling@demo.invalid")
    listed = client.get(f"/acts/keys/{YUNLING}/").content.decode()
    link = re.search(r'href="(/acts/new/key.revoke/1/[^"]*)"', listed)
    assert link and "作废（最后一把）" in listed
    said = words(client.get(link[1].replace("&amp;", "&")))
    assert LAST in said and "公示 7 日后生效" in said and "登记与终止一步办成" in said
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert re.search(r'type="checkbox" name="last" value="yes" aria-describedby="f-last-hint">', form)


def test_the_form_for_one_of_two_keys_does_not(house: House) -> None:
    """Nothing ends with it."""
    going = Going(house).at("2027-02-01 10:00")
    going.of("key.add/1", YUNLING, key=public_of("spare"), alg="ed25519")
    client = house.client("yunling@demo.invalid")
    assert "最后一把" not in client.get(f"/acts/keys/{YUNLING}/").content.decode()
    address = f"/acts/new/key.revoke/1/?as={YUNLING}&key={public_of('spare')}"
    assert LAST not in words(client.get(address)) and 'name="last"' not in client.get(address).content.decode()


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_unit_that_cannot_sign_is_told_so_on_every_page(house: House, lang: str) -> None:
    """On its first page among what is to be done, above every other, and on the form of whatever it begins."""
    silenced(Going(house).is_under_vote())
    client = house.client("yunling@demo.invalid")
    text = "No valid key: nothing can be signed" if lang else "没有有效密钥，不能签署"
    way = "a letter bearing its seal by which a key is recovered" if lang else "凭盖章的函件补办"
    for page in (f"/workspace/{YUNLING}/", f"/workspace/{YUNLING}/votes/", f"/acts/new/vote.ballot/1/?as={YUNLING}"):
        answer = client.get(lang + page)
        said = words(answer)
        assert text in said and way in said, page
        assert not lang or "nothing can be signed</a>. The way back is" in answer.content.decode(), "no second colon"
    other = house.client("yiwei@demo.invalid")
    assert text not in words(other.get(f"{lang}/workspace/u:0009/"))


def test_the_desk_sees_who_has_something_to_do_and_no_key(house: House) -> None:
    """Beside what is due, with what waits for it; its page offers recovery, and no first key any more."""
    going = Going(house).is_under_vote()
    clerk = house.client("bai@demo.invalid")
    joined = "拾贝科技 修改 第四条 · 申请所带的密钥，须两名职员与盖章的申请表核对之后才能签署"
    said = words(clerk.get("/desk/"))
    assert "有事要办而没有有效密钥的单位 1" in said and joined in said
    silenced(going)
    said = words(clerk.get("/desk/"))
    assert "有事要办而没有有效密钥的单位 2 云岭数基 修改 第四条 · 办法是凭盖章的函件补办" in said and joined in said
    page = clerk.get(f"/desk/members/{YUNLING}/").content.decode()
    assert "没有有效密钥，不能签署" in page
    assert "/acts/new/key.register/1/" not in page and "/acts/new/key.recover/1/" in page


def test_a_recovered_key_is_announced_with_its_day(house: House) -> None:
    """Waiting for it is all that is left to do."""
    going = silenced(Going(house).is_under_vote())
    recovered = going.on_paper("key.recover/1", YUNLING, key=public_of("new"), alg="ed25519")
    said = words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/"))
    assert "新密钥自两名职员记录已告知、或持有人确认之后满 7 日生效" in said
    going.informs(recovered)
    said = words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/"))
    assert "新密钥于 2027-02-09 10:00:00 生效" in said


def test_an_officer_changes_its_own_keys_from_its_own_page(house: House) -> None:
    """The forms are open to it, in its own name; another officer's are not."""
    client = house.client("bai@demo.invalid")
    page = client.get("/acts/keys/").content.decode()
    assert "/acts/new/key.add/1/?as=o:bai" in page
    for type in ("key.add/1", "key.rotate/1", "key.revoke/1", "key.disavow/1"):
        assert client.get(f"/acts/new/{type}/?as={CLERK}").status_code == 200, type
        if type not in {"key.revoke/1", "key.disavow/1"}:  # which a clerk may record from another's paper
            assert client.get(f"/acts/new/{type}/?as={SECRETARY}").status_code == 403, type


def test_the_desk_recovers_officers_keys_and_the_authoritys_from_paper(house: House) -> None:
    """One link each, once there is a key that can have been lost; nobody without an office that records paper begins it."""
    clerk = house.client("bai@demo.invalid")
    page = clerk.get("/desk/offices/").content.decode()
    assert f"/acts/new/key.recover/1/?as={SECRETARY.replace(':', '%3A')}" in page
    assert "?as=authority" not in page
    assert "最早" in page
    assert clerk.get("/acts/new/key.recover/1/?as=authority&paper=1").status_code == 200
    assert house.client("authority@demo.invalid").get("/acts/new/key.add/1/?as=authority").status_code == 200


def test_an_officer_picks_the_letter_about_its_key_and_disavows_it(house: House) -> None:
    """Recorded by two others: it is the one entry offered, until the delay is over or it is disavowed."""
    going = Going(house).at("2027-02-01 10:00")
    going.on_paper("key.recover/1", "o:lu", key=public_of("puppet"), alg="ed25519")
    entry = going.inst.size - 1
    client = house.client("lu@demo.invalid")
    offered = re.findall(r'<option value="(\d+)"', client.get("/acts/new/key.disavow/1/?as=o:lu").content.decode())
    assert offered == [str(entry)]
    going.do("key.disavow/1", "o:lu", {"entry": entry}, ["o:lu"])
    assert f'<option value="{entry}"' not in client.get("/acts/new/key.disavow/1/?as=o:lu").content.decode()


def test_a_letter_that_ends_a_key_says_that_it_waits(house: House) -> None:
    """The officer who records it is told of the delay, and of recovery in one step."""
    said = words(house.client("bai@demo.invalid").get(f"/acts/new/key.revoke/1/?as={TASHA}&paper=1"))
    assert "凭纸面的作废经公示 7 日后生效" in said and "补办密钥" in said
    assert BEICHEN not in said


def test_once_the_authority_has_a_key_its_pages_say_that_it_signs_itself(house: House) -> None:
    """Its own page, the desk's, and both forms of its approval; until the key is valid they speak of paper."""
    going = Going(house).at("2027-02-01 10:00")
    first = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    going.do("key.register/1", "exec", first, [SECRETARY, CLERK], paper=paper("密钥", "2027-02-01", "2027-02-01"))
    authority, secretary = house.client("authority@demo.invalid"), house.client("qin@demo.invalid")
    form = secretary.get("/acts/new/key.disavow/1/?as=authority&paper=1").content.decode()
    assert re.findall(r'<option value="(\d+)"', form) == [str(going.inst.size - 1)]
    pages = ((authority, "/authority/"), (secretary, "/desk/authority/"))
    for client, page in pages:
        assert "据纸面记录" in words(client.get(page)) and "主管部门有有效密钥" not in words(client.get(page))
    going.at("2027-02-08 10:00").ticks()
    for client, page in (*pages, (secretary, "/acts/new/founding.approval/1/?as=exec")):
        assert "主管部门有有效密钥" in words(client.get(page)), page
    assert "以主管部门登记的密钥签署" in words(authority.get("/acts/new/founding.approval/1/?as=authority"))
    assert "没有有效密钥" not in words(authority.get("/acts/keys/"))


def test_the_form_of_a_replacement_says_which_key_ends(house: House) -> None:
    """At once, by its kind, its day and the end of its name; of two, whichever signs."""
    going = Going(house).at("2027-02-01 10:00")
    client, address = house.client("yunling@demo.invalid"), f"/acts/new/key.rotate/1/?as={YUNLING}"
    key = public_of(YUNLING)
    said = words(client.get(address))
    assert f"末六位 {key[-6:]}）即时作废，由新密钥代替。" in said and "密钥文件（2026年1月12日起" in said
    assert f"ends in {key[-6:]}) ends at once; the new key takes its place." in words(client.get(f"/en{address}"))
    going.of("key.add/1", YUNLING, key=public_of("spare"), alg="ed25519")
    said = words(client.get(address))
    assert "下一步用哪一把签署，哪一把就即时作废" in said and f"末六位 {public_of('spare')[-6:]}" in said


def test_where_nothing_can_be_disavowed_there_is_no_form(house: House) -> None:
    """A sentence, no empty list and no button; in the languages of both."""
    client, address = house.client("yunling@demo.invalid"), f"/acts/new/key.disavow/1/?as={YUNLING}"
    page = client.get(address).content.decode()
    assert "现在没有可以否认的行为。" in page and "下一步：核对全文" not in page and "现在没有可选的" not in page
    assert "There is nothing now that could be disavowed." in words(client.get(f"/en{address}"))


def test_the_keys_of_the_authority_lead_back_to_its_page(house: House) -> None:
    """From its keys and its forms."""
    client = house.client("authority@demo.invalid")
    for path in ("/acts/keys/", "/acts/new/key.add/1/?as=authority"):
        assert re.search(r'<a href="/authority/"[^>]*>\s*主管部门', client.get(path).content.decode()), path


def test_forms_say_before_they_are_filled_in_who_reads_and_how_many_are_needed(house: House) -> None:
    """Who learns of a report; how many members file an amendment, and what share adopts it."""
    client = house.client("yunling@demo.invalid")
    said = words(client.get(f"/acts/new/report.file/1/?as={YUNLING}"))
    assert "承办人和审议组能看全部；对方能看到的，只是您先看过、没有不同意的版本，没有署名" in said
    said = words(client.get(f"/acts/new/amendment.initiate/1/?as={YUNLING}"))
    assert "36 家中 4 家附议方可正式提出，然后表决" in said and "通过须全体成员单位的四分之三以上同意" in said


def test_a_key_that_waits_for_its_form_leads_to_the_form(house: House) -> None:
    """Whoever joined with a key nobody compared yet is led to where the form is printed; a member with a valid key is not."""
    link = 'href="/workspace/u:91000000000000385c/membership/">去打印申请表'
    page = house.client("shibei@demo.invalid").get("/acts/keys/u:91000000000000385c/").content.decode()
    assert link in page
    assert "去打印申请表" not in house.client("yunling@demo.invalid").get(f"/acts/keys/{YUNLING}/").content.decode()


def test_an_applicant_is_led_to_where_a_key_file_is_made(house: House) -> None:
    """The book has no key of its: the page says where one is made or read, and offers nothing to disavow."""
    page = words(house.client("northlake@demo.invalid").get("/acts/keys/u:910000000000003937/"))
    assert "申请的表单里当场制作，或读入已有的密钥文件。" in page
    assert "否认凭纸面" not in page and "其他办法" not in page


def test_disavowing_is_offered_where_there_is_something_to_disavow(house: House) -> None:
    """Recorded from paper in its name, it may be disavowed; a unit of which nothing was recorded lately is not led to an empty form."""
    going = Going(house).proposes()
    client, page = house.client("yunling@demo.invalid"), f"/acts/keys/{YUNLING}/"
    assert "否认凭纸面" not in words(client.get(page))
    going.on_paper("amendment.support/1", YUNLING, proposal="p:2027-01")
    assert "否认凭纸面" in words(client.get(page))
