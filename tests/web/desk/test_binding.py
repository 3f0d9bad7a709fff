"""Binding a text at the desk: what is asked, what is kept, what is refused, sizes, and two officers at once."""

from __future__ import annotations

import html
import re
import time
from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.covenant.binding import absences, draft_file, question_stages, sentences_left
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.draft_file import AS_READ
from gongyue.covenant.binding.questions import next_question, questions
from gongyue.covenant.binding.records import bind
from gongyue.covenant.draft_edition import edition_of
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.numerals import to_chinese
from gongyue.transparency import canonical
from support import pace
from tests.covenant.answering import answer, settle
from tests.covenant.test_samples import EXPECTED, data
from web.conftest import House, Visitor
from web.desk.founding import CLERK, PAGE, PUBLISHER, SECRETARY, Binder, before_founding, file

SEED = "zgc-big-data.txt"
PATHS = ("", "sheet/", "draft.json", "original")
CATALOGUE = catalogue().capabilities
POSTED = ("", "text", "discard", "finish")


@pytest.fixture
def desk(house: House) -> House:
    """Before there is a covenant."""
    return before_founding(house)


@pytest.fixture
def binder(desk: House) -> Binder:
    """The secretary at the page, with the sample covenant read."""
    binder = Binder(desk)
    binder.begins(SEED)
    return binder


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def finished(binder: Binder, name: str) -> None:
    """Everything answered: by a draft that was made elsewhere and is uploaded."""
    made, _ = settle(binder.drafting, EXPECTED[name]["bindings"] if name in EXPECTED else [])
    uploads(binder, made.draft)


def uploads(binder: Binder, draft: draft_file.Draft) -> None:
    """A draft from elsewhere, taken."""
    given = {"draft": file("binding-draft.json", draft_file.dump(draft)), "version": binder.seen}
    assert binder.client.post(PAGE + "text", given).status_code == 302
    binder.looks()


def items_of(page: str) -> str:
    """What the field for the items holds."""
    found = re.search(r'<textarea name="items"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("name", ["conduct.duties", "sanction.list", "membership.practitioner", "membership.lapse"])
def test_the_field_for_items_is_empty_and_words_can_be_bound_without_it(binder: Binder, name: str) -> None:
    """Nothing stands in it that nobody wrote; what was written and did not hold stands there again."""
    page = binder.looks(f"capability:{name}")
    assert items_of(page) == ""
    fields = {"capability": name, "q": f"capability:{name}", "at": "1", "items": "没有的一项\n另一项"}
    refused = binder.answers("bind", words="各种大数据企业", **fields)
    assert refused.status_code == 422
    assert items_of(refused.content.decode()) == "没有的一项\n另一项"
    first = next(iter(binder.drafting.read.parts.values())).text[:12]
    assert binder.answers("bind", **fields | {"words": first, "items": items_of(page)}).status_code == 302
    assert name in binder.drafting.bound


def test_what_the_reader_could_not_tell_stands_on_the_page_with_its_place(desk: House) -> None:
    """A short line inside an article: its words, its place and what to do, in either language."""
    text = (
        "湖区公约\n第一条 秘书处作为本公约的执行机构。\n表决办法\n表决以书面进行。\n第二条 本公约自公布之日起施行。\n"
    )
    binder = Binder(desk)
    binder.begins("湖区公约.txt", text.encode())
    page = words_of(binder.looks())
    assert "读的时候看到的异常 1 处" in page and "表决办法 第1条：可能是标题" in page
    english = binder.client.get(f"/en{PAGE}").content.decode()
    assert "article 1: this line may be a heading" in words_of(english)


# -- who sees it


def test_only_officers_of_the_founding_see_or_change_a_draft(binder: Binder, desk: House) -> None:
    """The secretary and the clerk do; an outsider signs in, a member, the authority and an officer of another office get 403."""
    shown = {PAGE + path: desk.client(CLERK).get(PAGE + path).status_code for path in PATHS}
    assert set(shown.values()) == {200}
    for who in ("", "yunling@demo.invalid", "authority@demo.invalid", PUBLISHER):
        client, expected = desk.client(who), 403 if who else 302
        assert {client.get(PAGE + path).status_code for path in PATHS} == {expected}, who
        assert {client.post(PAGE + path, {"version": 1}).status_code for path in POSTED} == {expected}, who
    assert binder.looks() and binder.seen == 1


def test_an_answer_without_the_forms_token_is_forged(binder: Binder, desk: House) -> None:
    """403 on every address that changes anything, and nothing is changed."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True, headers={"host": binder.client.defaults["HTTP_HOST"]})
    client.cookies = binder.client.cookies
    given = {"do": "accept", "capability": "office.executive", "version": 1, "sure": "yes"}
    assert {client.post(PAGE + path, given).status_code for path in POSTED} == {403}
    assert binder.drafting.draft.records == draft_file.Records()


def test_the_page_stands_in_the_menu_until_the_text_is_frozen(binder: Binder, house: House) -> None:
    """Named while there is a text to bind; the founding leads to it."""
    assert f'href="{PAGE}"' in binder.client.get("/desk/").content.decode()
    assert f'href="{PAGE}"' in binder.client.get("/desk/founding/").content.decode()


def test_after_the_freeze_nothing_is_bound(house: House) -> None:
    """The demonstration's covenant is in force: the page says so, takes no text and is not in the menu."""
    client = house.client(SECRETARY)
    page = client.get(PAGE).content.decode()
    assert "公约已经定稿" in page and 'type="file"' not in page
    assert client.post(PAGE + "text", {"text": file("a.txt", data(SEED))}).status_code == 409
    assert f'href="{PAGE}"' not in client.get("/desk/").content.decode()


# -- a text


def test_a_text_is_read_and_the_first_question_asked(binder: Binder) -> None:
    """Fifty-five matters, none bound; once its outline is confirmed, who carries the text out, with the words proposed from article 5."""
    binder.answers("outline", way="so")
    said = words_of(binder.looks())
    assert "55 项：已绑定 0，本文本无此规定 0，未决定 55。" in said
    assert "执行机构 未决定" in said and "软件提议 第5条 中关村大数据产业联盟作为本公约的执行机构" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "空"),
        ("a.txt", b"The members agree to be good to each other. " * 40, "中文"),
        ("a.pdf", b"%PDF-1.7", "读"),
        ("a.txt", ("第一条 本公约由秘书处执行。" * 60_000).encode(), "2 MiB"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_saying_so(desk: House, name: str, content: bytes, said: str) -> None:
    """422, the reason in words, and there is no draft."""
    answer = desk.client(SECRETARY).post(PAGE + "text", {"text": file(name, content)})
    assert answer.status_code == 422 and said in words_of(answer.content.decode()), words_of(answer.content.decode())
    assert "<title>有误：" in answer.content.decode()
    assert desk.client(SECRETARY).get(PAGE + "draft.json").status_code == 404


def test_two_megabytes_are_answered_in_time(desk: House) -> None:
    """1.9 MB in four thousand articles: read, asked, answered and shown, in seconds of a processor; a portion of it a page."""
    sentences = [line for line in data(SEED).decode().splitlines() if len(line) > 40]
    lines = (f"第{to_chinese(n)}条 {sentences[n % len(sentences)].split('条', 1)[-1]}" * 1 for n in range(1, 6_200))
    content = "\n".join(["大公约", *lines]).encode()[:1_900_000].decode("utf-8", "ignore").encode()
    binder, began = Binder(desk), time.process_time()
    assert binder.begins("big.txt", content).status_code == 200
    assert pace.seconds_since(began) < 20
    began = time.process_time()
    assert binder.answers("accept", capability="office.executive").status_code == 302
    page = binder.looks()
    assert pace.seconds_since(began) < 10
    assert len(page) < 600_000 and "后面的条文" in page


def test_a_file_that_is_too_large_is_refused_plainly(binder: Binder) -> None:
    """Eight MiB are kept at most."""
    given = {"text": file("a.docx", b"PK" + bytes(8 * 2**20)), "version": binder.seen}
    answer = binder.client.post(PAGE + "text", given)
    assert answer.status_code == 422 and "文件超过 8 MiB" in answer.content.decode()


def test_the_text_that_was_imported_can_be_bound(desk: House) -> None:
    """Its original is kept with the book; nobody looks for the file again."""
    binder = Binder(desk)
    binder.begins(SEED)
    finished(binder, SEED)
    address = binder.client.post(PAGE + "finish", {"version": binder.seen}).headers["Location"]
    signed_by_both(desk, address)
    binder.client.post(PAGE + "discard", {"version": binder.seen, "sure": "yes"})
    assert "用已导入的文本" in binder.looks()
    binder.client.post(PAGE + "text", {"from": "imported"})
    assert "55 项" in binder.looks()


# -- answers


def test_what_is_proposed_is_accepted(binder: Binder) -> None:
    """A tenth may propose: as a sentence with its base, what the base is not, and an example of 37; then it is bound."""
    said = words_of(binder.looks("capability:amendment.proposal"))
    assert "十分之一，含本数，以全体名册计：37 家须 4 家" in said and "不是只数参加表决的或出席的" in said
    answer = binder.answers("accept", capability="amendment.proposal", after="capability:amendment.adoption")
    assert answer.headers["Location"] == f"{PAGE}?q=capability%3Aamendment.adoption#question"
    (bound,) = binder.drafting.records.bindings
    assert (bound.capability, bound.at, bound.value, bound.base) == ("amendment.proposal", "22", "1/10", "roll")
    assert "已绑定 1，本文本无此规定 0，未决定 54" in words_of(binder.looks())


def test_other_words_take_the_place_of_those_that_were_bound(binder: Binder) -> None:
    """By article and words, as without JavaScript; taken back in one step; beside them where both are to stay."""
    binder.answers("accept", capability="publication.within")
    binder.answers("bind", capability="publication.within", at="21", words="生效后的30日内")
    assert [b.words for b in binder.drafting.records.bindings] == ["生效后的30日内"]
    binder.answers("undo")
    assert [b.words[:5] for b in binder.drafting.records.bindings] == ["并在生效后"]
    binder.answers("bind", capability="publication.within", words="生效后的30日内", beside="yes")
    assert len(binder.drafting.records.bindings) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": "每年五月以前"}, "没有“每年五月以前”"),
        ({"words": "本公约", "at": "22"}, "有 3 处“本公约”"),
        ({"words": "本公约"}, "等"),
        ({"words": "提议", "at": "99"}, "文本没有 99 处"),
        ({"words": "十分之一以上成员单位提议，并经三分之二以上成员单位同意"}, "不同的数"),
        ({"words": "可以对本公约进行修改"}, "不载份额"),
        ({"words": " "}, "没有选取字句"),
    ],
)
def test_words_that_cannot_be_bound_are_refused(binder: Binder, fields: dict[str, str], said: str) -> None:
    """422 with the reason in words, no option of the command line; what was typed stays in the form; nothing is kept."""
    answer = binder.answers("bind", capability="amendment.adoption", q="capability:amendment.adoption", **fields)
    text = words_of(answer.content.decode())
    assert answer.status_code == 422 and said in text
    assert "amendment.adoption" not in text and "--" not in text.partition("没有记下")[2].partition("55 项")[0]
    assert fields["words"].strip() in text
    assert binder.drafting.records.bindings == ()


def test_one_click_sets_all_a_sentence_may_be_about_aside(binder: Binder) -> None:
    """Article 21 is eight matters' sentence: one reason, every undecided one of them."""
    passages = [(p, s) for p, s in binder.drafting.read.seen if p.at == "21"]
    sentence = passages[0][1]
    assert len(passages) >= 5
    binder.answers("accept", capability="founding.approval")
    answer = binder.answers("other", sentence=f"{sentence.at}:{sentence.begin}", reason="仅提及")
    assert answer.status_code == 302
    decided = [(d.verdict, d.reason) for d in binder.drafting.decisions if d.at == "21"]
    assert sorted(decided) == [("bound", "")] + [("other", "仅提及")] * (len(passages) - 1)


def test_a_reason_is_needed_and_no_longer_than_two_hundred(binder: Binder) -> None:
    """One character or 201 are refused; two and 200 are kept, in words of one's own."""
    for reason, status in (("无", 422), ("长" * 201, 422), ("仅提", 302), ("长" * 200, 302)):
        answer = binder.answers("other", capability="law.observance", own=reason)
        assert answer.status_code == status, reason
        binder.answers("drop", capability="law.observance")


def test_all_absences_are_confirmed_in_one_step_from_a_list_by_chapter(binder: Binder) -> None:
    """Every one in words, none hidden, no guard among them; without saying that each was looked at nothing is absent."""
    page = " ".join(binder.looks("absence:founding.filing").split())
    offered = re.findall(r'type="checkbox" name="capability" value="([a-z._]+)" checked', page)
    assert offered == [q.capability for q in absences.listed(questions(binder.drafting))] and len(offered) > 10
    assert not {"founding.signature", "founding.approval", "founding.in_force"} & set(offered)
    form = page.partition('name="listed"')[2].partition("</form>")[0]
    assert "<details" not in form and all(CATALOGUE[c].zh in words_of(form) for c in offered)
    chapters = re.findall(r"<legend>(.*?) <", form)
    assert chapters == [
        question_stages.STAGE_NAMES[s][0] for s in absences.by_chapter(absences.listed(questions(binder.drafting)))
    ]
    assert binder.answers("absent").status_code == 422
    refused = binder.answers("absent", capability=offered, listed="yes")
    assert refused.status_code == 422 and "逐项看过" in words_of(refused.content.decode())
    assert binder.drafting.absences == {}
    assert binder.answers("absent", capability=offered[1:], listed="yes", sure="yes").status_code == 302
    assert set(binder.drafting.absences) == set(offered[1:])


def test_what_was_confirmed_together_is_taken_back_as_one_or_by_itself(binder: Binder) -> None:
    """A button beside each in the overview; undo takes the whole step back."""
    offered = [q.capability for q in absences.listed(questions(binder.drafting))]
    binder.answers("absent", capability=offered, listed="yes", sure="yes")
    page = " ".join(binder.looks().split())
    assert len(re.findall(r'value="drop" type="submit" aria-label="撤销：', page)) == len(offered)
    binder.answers("drop", capability=offered[0])
    assert set(binder.drafting.absences) == set(offered[1:])
    binder.answers("undo")
    binder.answers("undo")
    assert binder.drafting.absences == {}


@pytest.mark.parametrize(
    "guard", ["founding.signature", "founding.approval", "founding.in_force", "amendment.adoption"]
)
def test_what_is_not_on_the_list_is_not_confirmed_with_it(binder: Binder, guard: str) -> None:
    """A guard, or what has a sentence undecided, posted with the list: nothing of it is kept, and its name is said."""
    offered = [q.capability for q in absences.listed(questions(binder.drafting))]
    refused = binder.answers("absent", capability=[*offered, guard], listed="yes", sure="yes")
    assert refused.status_code == 422 and CATALOGUE[guard].zh in words_of(refused.content.decode())
    assert binder.drafting.absences == {}


def test_the_absence_of_what_has_passages_needs_a_reason_and_keeps_them(binder: Binder) -> None:
    """Annexes set aside: the sheet quotes the sentence beside the absence."""
    assert binder.answers("absent", capability="annex.publication").status_code == 422
    binder.answers("absent", capability="annex.publication", reason="另一事项")
    sheet = words_of(binder.client.get(PAGE + "sheet/").content.decode())
    absent = sheet.partition("本文未规定")[2].partition("未采用的条文")[0]
    assert (
        "虽有此句，两名职员以为：“另一事项” 看" in absent
        and "第24条" in absent
        and "作为本公约的附件公布实施" in absent
    )


@pytest.mark.parametrize("guard", ["founding.signature", "founding.approval", "founding.in_force"])
def test_a_guard_with_a_passage_is_not_declared_absent(binder: Binder, guard: str) -> None:
    """The page offers no such button; posted all the same it is refused beside the quoted words."""
    page = binder.looks(f"capability:{guard}")
    assert "不能声明本文无此规定" in page
    assert 'value="absent"' not in page and 'value="absent"' in binder.looks("capability:law.observance")
    answer = binder.answers("absent", capability=guard, reason="另一事项")
    said = words_of(answer.content.decode())
    quoted = binder.looks(f"capability:{guard}")
    assert answer.status_code == 422 and "不能声明本文无此规定" in said and "写有“" in said
    assert guard not in said and binder.drafting.records.absent == () and "不能声明" in quoted


def test_presence_may_be_declared_with_the_binding(desk: House) -> None:
    """Where a share is of those present, the question offers that casting a ballot is presence."""
    binder = Binder(desk)
    binder.begins("海燕协会章程.txt")
    binder.answers("accept", capability="amendment.adoption")
    assert "投票即出席" in binder.looks("capability:vote.presence")
    binder.answers("absent", capability="vote.presence", presence="yes", reason="另一事项")
    assert binder.drafting.absences["vote.presence"].then


def test_presence_is_declared_with_a_reason_where_passages_are_left(desk: House) -> None:
    """One press is enough where nothing speaks of presence; else the form asks what matter the sentences are."""
    binder = Binder(desk)
    lines = [
        "小公约",
        "第一条 秘书处作为本公约的执行机构。",
        "第二条 修改本公约须经出席会员三分之二以上同意。",
        "第三条 会员大会会议以视频方式举行的，应当提供网络签到，到会会员以签到为准。",
        "第四条 本公约自公布之日起施行。",
    ]
    binder.begins("公约.txt", "\n".join(lines).encode())
    binder.answers("accept", capability="amendment.adoption")
    page = binder.looks("capability:vote.presence")
    left = [p for p, _ in binder.drafting.undecided if p.capability == "vote.presence"]
    form = page[page.index('name="presence"') :]
    form = form[: form.index("</form>")]
    assert left and "是何事项" in form and 'name="reason"' in form and 'id="own-presence"' in form
    refused = binder.answers("absent", capability="vote.presence", presence="yes")
    assert refused.status_code == 422 and not binder.drafting.absences
    binder.answers("other", capability="vote.presence", reason="另一事项")
    page = binder.looks("capability:vote.presence")
    form = page[page.index('name="presence"') :]
    assert 'name="reason"' not in form[: form.index("</form>")]
    binder.answers("absent", capability="vote.presence", presence="yes")
    assert binder.drafting.absences["vote.presence"].then


def test_two_places_that_differ_are_told_with_both(desk: House) -> None:
    """Two thirds in one article, three quarters in the other: both quoted, linked to the question, not ready."""
    binder = Binder(desk)
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 修改本公约须经三分之二以上成员单位同意。\n第三条 修订本公约须经四分之三以上成员单位同意。"
    binder.begins("小公约.txt", text.encode())
    binder.answers("bind", capability="amendment.adoption", words="须经三分之二以上成员单位同意")
    binder.answers("bind", capability="amendment.adoption", words="须经四分之三以上成员单位同意", beside="yes")
    page = binder.looks()
    told = words_of(page.partition('id="wrong"')[2].partition("</section>")[0])
    assert "须经三分之二以上成员单位同意" in told and "须经四分之三以上成员单位同意" in told
    assert "q=capability%3Aamendment.adoption" in page


def test_a_doubt_of_the_numbering_comes_first(desk: House) -> None:
    """Article four stands twice: asked by its line, before everything else; said to be the third, it is."""
    binder = Binder(desk)
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 成员自愿加入本公约。\n第四条 成员可以退出本公约。\n第四条 本公约自公布之日起施行。"
    binder.begins("小公约.txt", text.encode())
    page = binder.looks()
    (line,) = re.findall(r'name="line" value="(\d+)"', page)
    assert "存疑 1 处，先定" in words_of(page)
    assert binder.answers("resolve", line=line, way="address", at="九").status_code == 422
    assert binder.answers("resolve", line=line, way="as-read").status_code == 302
    assert binder.drafting.doubts == () and list(binder.drafting.read.parts) == ["1", "2", "3", "4"]


def test_what_was_assumed_of_a_number_is_asked_on_the_page(desk: House) -> None:
    """With its sentence and the base that was assumed; said not to be so, it may be said again."""
    binder = Binder(desk)
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 修改本公约须经掌灯三分之二以上同意。\n第三条 本公约自公布之日起施行。"
    binder.begins("小公约.txt", text.encode())
    page = words_of(binder.looks())
    assert "第 3 行的数" in page and "以全体名册计" in page and "是这样" in page
    assert binder.answers("resolve", line="2", way="so").status_code == 422
    assert binder.answers("resolve", line="3", way="not-so").status_code == 302
    assert binder.drafting.doubts == () and len(binder.drafting.denied) == 1
    assert binder.answers("resolve", line="3", way="so").status_code == 302
    assert binder.drafting.denied == ()


def test_each_reading_of_a_line_is_asked_on_the_page_and_answered_on_its_own(desk: House) -> None:
    """Both are denied or affirmed apart; without its number an answer is for the line."""
    binder = Binder(desk)
    text = (
        "小公约\n第一条 秘书处执行本公约。\n第二条 接纳须经掌灯三分之二以上同意，修改本公约须经掌灯四分之三以上同意。\n"
        "第三条 本公约自公布之日起施行。"
    )
    binder.begins("小公约.txt", text.encode())
    page = binder.looks()
    assert 'name="nth" value="1"' in page and "三分之二”以全体名册计" in words_of(page)
    assert binder.answers("resolve", line="3", nth="1", way="not-so").status_code == 302
    page = binder.looks()
    assert 'name="nth" value="2"' in page and "四分之三”以全体名册计" in words_of(page)
    assert binder.answers("resolve", line="3", nth="3", way="so").status_code == 422
    assert binder.answers("resolve", line="3", nth="2", way="so").status_code == 302
    assert binder.drafting.doubts == () and [d.nth for d in binder.drafting.denied] == [1]
    assert binder.answers("resolve", line="3", way="so").status_code == 302 and binder.drafting.denied == ()


def test_a_share_that_nothing_is_bound_to_is_asked_about_on_the_page(desk: House) -> None:
    """With its sentence; left, it is asked about no more, and the sheet lists it as not carried out."""
    binder = Binder(desk)
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 商户加入，须有全体会员六成认可。\n第三条 本公约自公布之日起施行。"
    binder.begins("小公约.txt", text.encode())
    (question,) = [q for q in questions(binder.drafting) if q.kind == "unused"]
    page = words_of(binder.client.get(f"{PAGE}?q={question.id}").content.decode())
    assert "第 3 行没有绑定的份额" in page and "六成" in page and "不据以执行" in page
    assert binder.answers("resolve", line="3", nth="2", way="leave").status_code == 422
    assert binder.answers("resolve", line="3", nth="1", way="leave").status_code == 302
    assert binder.drafting.unused == ()
    assert "六成" in words_of(binder.client.get(PAGE + "sheet/").content.decode())


def test_what_the_reader_decided_of_the_structure_is_asked_on_the_page(desk: House) -> None:
    """With its line and what was decided; said not to be so, it cannot be frozen and says what mends it."""
    binder = Binder(desk)
    text = "小公约\n各方应当守约，并自愿加入。\n第一条 秘书处执行本公约。\n第二条 本公约自公布之日起施行。"
    binder.begins("小公约.txt", text.encode())
    page = words_of(binder.looks())
    assert "第 2 行的结构" in page and "第一条之前的文字" in page and "不能定稿" in page
    assert binder.answers("resolve", line="2", way="not-so").status_code == 302
    assert "请说明这一行是什么，或改好文本再读入" in words_of(binder.looks())
    assert binder.answers("resolve", line="2", way="so").status_code == 302
    assert binder.drafting.doubts == () and binder.drafting.denied == ()


def test_an_edition_that_is_handed_in_as_json_is_asked_about(desk: House) -> None:
    """The numbers it binds of which the words do not say all: nothing is chosen beforehand, and the answer is to these very words."""
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 修改本公约须经掌灯三分之二以上同意。\n第三条 本公约自公布之日起施行。"
    d = binding_draft.begin(text.encode(), "小公约.txt").resolve(3, AS_READ)
    d = d.bind("amendment.adoption", "须经掌灯三分之二以上同意")
    made = canonical.encode(to_data(edition_of(d)))
    client = desk.client(SECRETARY)
    address = "/acts/new/founding.import/1/?as=exec"

    def handed_in(**more: str) -> Any:
        return client.post(address, {"edition": file("made.json", made), **more})

    first = handed_in()
    page = first.content.decode()
    assert first.status_code == 422 and "以全体名册计" in page and "再选一次文件" in page
    asked = dict(re.findall(r'name="(clauses\.0\.(?!says)\w+)" value="([^"]*)">', page))
    refused = handed_in(**asked, **{"clauses.0.says": "not-so"})
    assert refused.status_code == 422 and "请改写条文" in refused.content.decode()
    assert handed_in(**asked, **{"clauses.0.says": "so"}).status_code == 302


# -- two at once


def test_answers_to_different_questions_are_both_kept(binder: Binder, desk: House) -> None:
    """Two officers on the same version: the second is told what the first did."""
    clerk = Binder(desk, CLERK)
    clerk.looks()
    binder.answers("accept", capability="founding.approval")
    answer = desk.client(CLERK).post(
        PAGE, {"do": "accept", "capability": "founding.effect", "version": clerk.seen}, follow=True
    )
    said = words_of(answer.content.decode())
    assert "此间还有：秘书长秦 采用：主管部门批准" in said
    assert {b.capability for b in binder.drafting.records.bindings} == {"founding.approval", "founding.effect"}


def test_of_two_answers_to_one_question_the_second_is_told_who_was_first(binder: Binder, desk: House) -> None:
    """409 with the officer and what it did; what was typed is still there, and the same again is kept."""
    clerk = Binder(desk, CLERK)
    clerk.looks()
    binder.answers("accept", capability="publication.within")
    mine = {"capability": "publication.within", "words": "生效后的30日内", "q": "capability:publication.within"}
    answer = clerk.answers("bind", **mine)
    said = words_of(answer.content.decode())
    assert answer.status_code == 409 and re.search(
        r"秘书长秦 \d\d:\d\d：? ?采用：公布期限，第21条“并在生效后的30日内", said
    ), said
    assert ">生效后的30日内</textarea>" in answer.content.decode()
    assert [b.words[0] for b in binder.drafting.records.bindings] == ["并"]
    clerk.looks()
    assert clerk.answers("bind", **mine).status_code == 302
    assert [b.words for b in clerk.drafting.records.bindings] == ["生效后的30日内"]


def test_nobody_takes_back_unawares_what_another_did(binder: Binder, desk: House) -> None:
    """Undo, another text and deletion hold for the version that was seen alone."""
    clerk = Binder(desk, CLERK)
    binder.answers("accept", capability="founding.approval")
    clerk.looks()
    binder.answers("accept", capability="founding.effect")
    assert clerk.answers("undo").status_code == 409
    given = {"text": file("a.txt", data(SEED)), "version": clerk.seen}
    assert clerk.client.post(PAGE + "text", given).status_code == 409
    clerk.client.post(PAGE + "discard", {"version": clerk.seen, "sure": "yes"})
    assert clerk.client.post(PAGE + "finish", {"version": clerk.seen}).status_code == 409
    assert len(binder.drafting.records.bindings) == 2


def test_a_version_of_the_future_overtakes_nobody(binder: Binder, desk: House) -> None:
    """A forged version does not pass the check of those before it."""
    binder.answers("accept", capability="publication.within")
    given = {"do": "bind", "capability": "publication.within", "words": "生效后的30日内"}
    for version in ("99999", "-1", "x", "", "٣"):
        answer = desk.client(CLERK).post(PAGE, {**given, "version": version})
        assert answer.status_code in {302, 409}
    changes = [b.words for b in binder.drafting.records.bindings]
    assert len(changes) == 1


# -- the draft's file, and deleting it


def test_a_draft_goes_on_elsewhere_and_comes_back(binder: Binder, desk: House) -> None:
    """Downloaded it is what the command line reads; uploaded with its text it goes on where it stood."""
    binder.answers("accept", capability="founding.approval")
    kept = binder.client.get(PAGE + "draft.json").content
    assert draft_file.load(kept).records.bindings[0].capability == "founding.approval"
    assert binder.client.get(PAGE + "original").content == data(SEED)
    binder.client.post(PAGE + "discard", {"version": binder.seen, "sure": "yes"})
    assert binder.client.get(PAGE + "draft.json").status_code == 404
    binder.begins(SEED, draft=file("binding-draft.json", kept))
    assert "已绑定 1" in words_of(binder.looks())


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 5_000, b'{"v":"gongyue/binding-draft@9","text":"","name":""}', b"\xff"]
)
def test_a_file_that_is_no_draft_is_refused(binder: Binder, content: bytes) -> None:
    """422 and nothing is changed."""
    answer = binder.client.post(PAGE + "text", {"draft": file("d.json", content or b" "), "version": binder.seen})
    assert answer.status_code == 422 and "草稿" in words_of(answer.content.decode())
    assert binder.looks() and binder.seen == 1


def test_a_text_changed_after_binding_leaves_what_moved_undecided(binder: Binder) -> None:
    """Thirty days become twenty: that binding is undecided again and named; the other stays."""
    binder.answers("accept", capability="founding.approval")
    binder.answers("accept", capability="publication.within")
    other = data(SEED).decode().replace("30日内", "20日内").encode()
    answer = binder.client.post(PAGE + "text", {"text": file(SEED, other), "version": binder.seen}, follow=True)
    assert "1 处绑定" in words_of(answer.content.decode()) and "公布期限" in words_of(answer.content.decode())
    assert [b.capability for b in binder.drafting.records.bindings] == ["founding.approval"]


def test_a_draft_is_deleted_only_when_ticked_and_leaves_nothing(binder: Binder) -> None:
    """Its text, what was said and who changed it go together."""
    from gongyue.web.binding.models import BindingChange

    binder.client.post(PAGE + "discard", {"version": binder.seen})
    assert BindingChange.objects.count() == 1
    binder.client.post(PAGE + "discard", {"version": binder.seen, "sure": "yes"})
    assert BindingChange.objects.count() == 0 and "上传文本" in binder.looks()


# -- handing it over


def signed_by_both(desk: House, address: str) -> None:
    """The draft of an act, signed by the secretary and the clerk with the demonstration's keys."""
    for who in (SECRETARY, CLERK):
        client = desk.client(who)
        page = client.get(address).content.decode()
        assert "现在递交会被记录" in page
        digest = re.search(r'name="digest" value="([^"]+)"', page)
        assert digest
        client.post(f"{address}sign/demo", {"digest": digest[1], "sure": "yes"})


def test_what_is_open_is_not_handed_over(binder: Binder) -> None:
    """422 with the first thing that is open; no act is drafted."""
    from gongyue.web.acting.models import Draft

    answer = binder.client.post(PAGE + "finish", {"version": binder.seen})
    assert answer.status_code == 422 and Draft.objects.count() == 0


@pytest.mark.parametrize("name", [SEED, "云集平台公约.txt", "竹苑业主规约.txt"])
def test_a_finished_binding_is_imported_by_two_officers(desk: House, name: str) -> None:
    """The sheet stands above what they sign; the book then has the edition with these bindings, ready to be frozen."""
    binder = Binder(desk)
    binder.begins(name)
    finished(binder, name)
    assert "都已决定，可以定稿" in binder.looks()
    answer = binder.client.post(PAGE + "finish", {"version": binder.seen})
    page = words_of(binder.client.get(answer.headers["Location"]).content.decode())
    assert "绑定单" in page and "将执行" in page and "本文未规定" in page
    signed_by_both(desk, answer.headers["Location"])
    drafted = desk.office.catch_up().founding.draft
    assert drafted is not None and drafted.bindings == binder.drafting.records.bindings and drafted.open == ()
    for path in ("", "sheet/"):
        shown = binder.client.get(PAGE + path).content.decode()
        assert "这一绑定已经导入" in shown and "/desk/founding/" in shown and "送去导入" not in shown
    binder.answers("drop", capability="appeal")
    binder.answers("undo")
    assert "这一绑定已经导入" in binder.looks()


def test_what_is_imported_is_shown_as_the_text_people_read(desk: House) -> None:
    """Chapters and articles, in words; the file itself is JSON and is not shown as such."""
    binder = Binder(desk)
    binder.begins(SEED)
    finished(binder, SEED)
    answer = binder.client.post(PAGE + "finish", {"version": binder.seen})
    page = html.unescape(binder.client.get(answer.headers["Location"]).content.decode())
    shown = re.findall(r"<details[^>]*>\s*<summary>[^<]*所附文件全文.*?</details>", page, re.DOTALL)
    texts = [one for one in shown if "第一条" in one]
    assert texts and all('{"' not in one for one in shown)
    assert "第三十一条" in texts[0] or "第二十" in texts[0]


def test_the_sheet_leads_on(binder: Binder) -> None:
    """Back to the questions while something is open; to the import once all is decided."""
    shown = binder.client.get(PAGE + "sheet/").content.decode()
    assert "回到提问，接着绑定" in shown and "送去导入" not in shown
    finished(binder, SEED)
    shown = binder.client.get(PAGE + "sheet/").content.decode()
    assert "送去导入" in shown and f'action="{PAGE}finish"' in shown and "回到提问" not in shown


def test_every_answer_moves_the_count(binder: Binder) -> None:
    """What is settled goes up by one with each; the questions left are counted beside it."""

    def told() -> str:
        found = re.search(r"已定 (\d+)/55 项，还有 \d+ 问", words_of(binder.looks()))
        assert found
        return found[1]

    seen = [told()]
    for name in ("office.executive", "interpretation.authority"):
        binder.answers("accept", capability=name)
        seen.append(told())
    assert seen == ["0", "1", "2"]


def test_what_cannot_be_carried_out_is_told_before_it_is_handed_over(desk: House) -> None:
    """Thirty days to publish that run from the signing: decided, and yet not ready; the page and the sheet say why."""
    binder = Binder(desk)
    binder.begins(SEED, data(SEED).decode().replace("在生效后的30日内", "在签署后的30日内").encode())
    words = "并在签署后的30日内由中关村大数据产业联盟向社会公布"
    why = f"公布期限“{words}”：只能自生效起算"
    refused = binder.answers("bind", capability="publication.within", at="21", words=words)
    assert refused.status_code == 422 and why in words_of(refused.content.decode())
    made, _ = settle(binder.drafting, EXPECTED[SEED]["bindings"])
    insisted = bind("publication.within", made.read.parts["21"], words, 1)  # by a draft that was written elsewhere
    absent = tuple(a for a in made.records.absent if a.capability != "publication.within")
    uploads(
        binder,
        replace(made.draft, records=replace(made.records, bindings=(*made.records.bindings, insisted), absent=absent)),
    )
    said = words_of(binder.looks())
    assert "未决定 0" in said and "还不能定稿" in said and why in said
    assert why in words_of(binder.client.get(PAGE + "sheet/").content.decode())
    assert binder.client.post(PAGE + "finish", {"version": binder.seen}).status_code == 422


# -- how it reads


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_reads_well_for_everybody(
    desk: House, chromium: Any, address: str, language: str
) -> None:  # fmt: skip
    """No axe violation and no sideways scrolling at 320 and 390 pixels: beginning, asking, a share, the sheet, all done."""
    binder, found = Binder(desk), {}
    asked = ("", "?q=capability:amendment.proposal", "?q=capability:founding.approval", "?q=absence:appeal", "sheet/")
    for width in (320, 390):
        visitor = Visitor(chromium, address, desk, viewport={"width": width, "height": 780}).signs_in(SECRETARY)
        for stage in ("start", "asking", "done"):
            if stage == "asking":
                binder.begins(SEED)
                binder.answers("bind", capability="amendment.adoption", words="三分之二以上成员单位同意")
            if stage == "done":
                finished(binder, SEED)
            for path in asked if stage != "start" else ("",):
                visitor.at(language + PAGE + path)
                if problems := visitor.violations() + [f"too wide by {n}" for n in [visitor.too_wide()] if n > 0]:
                    found[stage, path, width] = problems
        assert visitor.complaints == []
        binder.client.post(PAGE + "discard", {"version": binder.seen, "sure": "yes"})
        visitor.context.close()
    assert found == {}


def test_nothing_of_the_page_is_an_id(binder: Binder) -> None:
    """No capability's or reading's id is among the words, on the page, on every question, on the sheet; in both languages."""
    ids = re.compile(r"\b(?:founding|amendment|vote|membership|publication|office|annex|sanction|list)\.[a-z_]+")
    for language in ("", "/en"):
        for path in (
            PAGE,
            PAGE + "sheet/",
            *(f"{PAGE}?q=capability:{n}" for n in binder.drafting.read.by.catalogue.capabilities),
        ):
            assert not ids.findall(words_of(binder.client.get(language + path).content.decode())), path


def at_the_rest(binder: Binder) -> list[Any]:
    """The seed answered elsewhere up to the sentences that are left; those on the list."""
    d = binder.drafting
    while (question := next_question(d)) and question.kind != "sentence":
        d = answer(d, question, [])
    uploads(binder, d.draft)
    return sentences_left.listed(questions(binder.drafting))


def test_sentences_left_are_answered_together_and_one_is_taken_out(binder: Binder) -> None:
    """Every one is quoted and ticked; without having looked at each, or without any, nothing is kept; what is unticked is asked again."""
    several = at_the_rest(binder)
    page = binder.looks(several[0].id)
    assert re.findall(r'name="left"\s+value="([^"]+)" checked', page) == [q.id for q in several]
    said = words_of(page)
    assert all(" ".join(q.words.split()) in said for q in several) and "已绑定到" in said
    ids = [q.id for q in several]
    guarded = next(q.id for q in questions(binder.drafting) if q.kind == "sentence" and q.guard)
    for fields in (
        {"left": ids, "reason": "仅提及"},
        {"left": [], "reason": "仅提及", "sure": "yes"},
        {"left": ids, "sure": "yes"},
        {"left": [*ids, guarded], "reason": "仅提及", "sure": "yes"},
    ):
        assert binder.answers("other", listed="yes", **fields).status_code == 422, fields
    assert binder.answers("other", listed="yes", left=ids[1:], reason="仅提及", sure="yes").status_code == 302
    left = [q.id for q in questions(binder.drafting) if q.kind == "sentence"]
    assert ids[0] in left and not set(ids[1:]) & set(left)
    binder.answers("undo")
    assert sentences_left.listed(questions(binder.drafting)) == several


def test_the_same_words_are_accepted_for_two_matters(binder: Binder) -> None:
    """The page says which and what they would mean; where none are alike it is refused."""
    said = words_of(binder.looks("capability:publication.list"))
    assert "同样的字句也提议给： 名单期间" in said and "采用，并同样用于这 1 项" in said
    assert binder.answers("accept-alike", capability="office.executive").status_code == 422
    assert binder.answers("accept-alike", capability="no.such").status_code == 422
    assert binder.answers("accept-alike", capability="publication.list").status_code == 302
    assert binder.drafting.bound == {"publication.list", "publication.list_period"}


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_list_of_sentences_left_reads_well_on_a_phone(
    desk: House, chromium: Any, address: str, language: str
) -> None:
    """No axe violation, no sideways scrolling: the list, and a proposal with others alike."""
    binder = Binder(desk)
    binder.begins(SEED)
    found, first = {}, at_the_rest(binder)[0].id
    visitor = Visitor(chromium, address, desk, viewport={"width": 390, "height": 780}).signs_in(SECRETARY)
    for q in (first, "capability:publication.list"):
        visitor.at(f"{language}{PAGE}?q={q}")
        if problems := visitor.violations() + [f"too wide by {n}" for n in [visitor.too_wide()] if n > 0]:
            found[q] = problems
    visitor.context.close()
    assert found == {}
