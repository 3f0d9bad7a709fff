"""Letters are set as PDF/A from data alone: complete, the same every time, and nothing in the data is ever markup."""

from __future__ import annotations

import json
import re
import resource
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import typst
from typst import Fonts

from gongyue.book.dossier_names import DossierNames
from gongyue.demo.simulated_office import beijing
from gongyue.governance.acts import ACT_TYPES
from gongyue.office import bodies
from gongyue.office.link_words import link_words
from gongyue.sealing.link import Target
from gongyue.web.letters import typesetting
from gongyue.web.letters.forms import Form, printable
from gongyue.web.letters.layout import (
    Blanks,
    LetterHead,
    Matter,
    Quote,
    Signing,
    Text,
    end_en,
    end_zh,
    words,
)
from gongyue.web.letters.members import Invitation, MembershipOver
from gongyue.web.letters.paper_notice import RecordedFromPaper
from gongyue.web.letters.publications import InterpretationIssued
from gongyue.web.letters.typesetting import NoFont, Sheet, letter, letters, pages

from .reading import ids_in, strings
from .samples import ADDRESS, BALLOT, COVENANT, DIGEST, FORMS, HEAD, LETTERS, MEANING, article

EVIL = '#panic("x") *b* _i_ $x$ \\ `raw` <l> @ref [c] //c /*c*/ "q" {{ }} #sys.inputs = - + ~ \\u{41}'
"""Typst's markup, every piece of it."""


def printed(head: LetterHead, matter: Matter) -> str:
    """The text as it was set, read back out of the compiled document."""
    data = typesetting._data([Sheet(head, matter)])
    source = typesetting._template() + b"\n#context [#metadata(query(par).map(p => repr(p.body))) <said>]"
    compiler = typst.Compiler(source, sys_inputs={"data": data})
    return str(json.loads(compiler.query("<said>", field="value")))


def said(matter: Matter, head: LetterHead = HEAD) -> str:
    """All a letter says, as one text."""
    return "\n".join(strings(msgspec.to_builtins(matter.said(head))))


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_a_pdf_for_archives(name: str) -> None:
    """Expected: PDF/A-2a with its structure and language, title and issuer, A4, page numbers, the fonts inside."""
    pdf = letter(HEAD, LETTERS[name])
    assert pdf.startswith(b"%PDF-1.7")
    text = pdf + b"".join(streams(pdf))
    for expected in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"/StructTreeRoot", b"zh", b"/FontFile"):
        assert expected in text, expected
    assert re.search(rb"/MediaBox ?\[0 0 595\.2\d* 841\.8\d*\]", text)


def streams(pdf: bytes) -> Iterator[bytes]:
    """The decompressed streams of a PDF."""
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


@pytest.mark.parametrize("name", ["recorded", "list"])
def test_the_same_data_gives_the_same_bytes(name: str) -> None:
    """Expected: no clock, no chance; another day gives other bytes."""
    assert letter(HEAD, LETTERS[name]) == letter(HEAD, LETTERS[name])
    other = msgspec.structs.replace(HEAD, written="2026-10-27")
    assert letter(HEAD, LETTERS[name]) != letter(other, LETTERS[name])


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_it_in_chinese_and_courteously_in_english(name: str) -> None:
    """Expected: a Chinese title, an English one, a courtesy text, and every text of the data in what is said."""
    text = LETTERS[name].said(HEAD)
    assert re.search("[一-龥]{4}", text.title)
    assert re.fullmatch(r"[ -~]+", text.title_en)
    assert text.english
    whole = said(LETTERS[name])
    for field in ("unit", "authority", "page", "edition", "digest", "text"):
        value = getattr(LETTERS[name], field, "")
        assert value in whole, field


def test_the_head_has_the_eight_fields_of_state_council_practice() -> None:
    """Expected: in their order, a dash where a letter has none, the title on one line."""
    facts = typesetting._facts(msgspec.structs.replace(HEAD, published=None), LETTERS["list"].said(HEAD))
    names = ["索引号", "发文机关", "成文日期", "发布日期", "发文字号", "有效性", "标题", "日志检查点"]
    assert [fact["name"] for fact in facts] == names
    assert (facts[2]["value"], facts[3]["value"]) == ("2026年10月26日", "—")
    assert facts[6]["value"] == f"加入及退出《{COVENANT}》单位名单（第 1 期）"


def test_the_qr_code_leads_to_the_act() -> None:
    """Expected: the modules that the address makes, in the head; none without an address."""
    import segno

    (data,) = json.loads(typesetting._data([Sheet(HEAD, LETTERS["call"])]))["letters"]
    assert 'class="qrline"' in data["qr"]
    assert data["qr"] != typesetting._qr(ADDRESS + "x")
    assert segno.make(ADDRESS, error="m", micro=False).symbol_size(border=2)[0] == int(
        re.search(r'width="(\d+)"', data["qr"])[1]  # type: ignore[index]
    )
    assert typesetting._qr("") == ""
    assert len(letter(msgspec.structs.replace(HEAD, address=""), LETTERS["over"])) > 10_000


def test_an_interpretation_says_what_it_sets_or_that_it_explains_words_under_the_texts_own_article() -> None:
    """Expected: the line in both languages; the article that gives the power, and that on joining, of another text."""
    prose = said(InterpretationIssued(1, "3", "词", "说明。", "2026-11-01", under="9"))
    assert "本解释为文字说明，不改变数额、期限或权利。" in prose
    assert "It explains words; changes no number, period or right." in prose
    assert "第九条，对上述条文解释如下" in prose and "第二十五条" not in prose
    value = said(
        InterpretationIssued(1, "3", "词", "说明。", "2026-11-01", ("程序规则 P2：20 日", "procedure rule P2: 20 days"))
    )
    assert "It sets procedure rule P2: 20 days." in value and "程序规则 P2：20 日" in value and "文字说明" not in value
    joining = said(Invitation("甲", "词", "https://alliance.example/", at="5"))
    assert "第五条" in joining and "第二十三条" not in joining


def test_markup_in_the_data_is_text() -> None:
    """Expected: wherever it stands, it is set character by character; the compiler meets no markup at all."""
    head = msgspec.structs.replace(HEAD, issuer=EVIL, covenant=EVIL, number=EVIL, checkpoint=EVIL)
    matter = InterpretationIssued(1, "17", EVIL, EVIL, "2026-11-01", (EVIL, EVIL))
    assert letter(head, matter).startswith(b"%PDF")
    body = printed(head, matter)
    assert EVIL.replace("\\", "\\\\") in body  # as the compiler quotes text
    assert "strong(" not in body and "emph(" not in body and "equation(" not in body


@pytest.mark.parametrize("bad", ["\n", "\r\n\t", "\\", "\\\\n", "#", "\u2028", "\x00", "\x7f", "\u202e", "\ufeff"])
def test_odd_characters_break_nothing(bad: str) -> None:
    """Expected: a letter all the same."""
    matter = MembershipOver(f"甲{bad}乙", f"u:{bad}", "2026-04-02", "2026-12-07", "ended", 1)
    assert letter(HEAD, matter).startswith(b"%PDF")


def test_line_breaks_stay() -> None:
    """Expected: two lines of an interpretation are two paragraphs."""
    one = InterpretationIssued(1, "17", "词", "第一行第二行", "2026-11-01")
    two = InterpretationIssued(1, "17", "词", "第一行\n第二行", "2026-11-01")
    assert letter(HEAD, one) != letter(HEAD, two)
    assert "[第一行]" in printed(HEAD, two)


def test_long_names_do_not_run_off_the_page() -> None:
    """Expected: a name of 120 letters without a space gets places to break; a digest, a key and an address get none."""
    breakable = typesetting._settable(["A" * 120, DIGEST, "k:" + "ab" * 32, f"（{ADDRESS}）", "u:0001"])
    assert breakable[0].count("\u200b") == 10
    assert breakable[0].replace("\u200b", "") == "A" * 120
    assert breakable[1:] == [DIGEST, "k:" + "ab" * 32, f"（{ADDRESS}）", "u:0001"]
    matter = MembershipOver("甲" * 120, "u:" + "0" * 40, "2026-04-02", "2026-12-07", "ended", 1)
    assert len(pages(HEAD, matter, 40)) == 1


def test_long_texts_run_over_pages() -> None:
    """Expected: several pages, each with the number of them all; a short one stays on one."""
    long = InterpretationIssued(1, "17", article(17), "本条的“数据”包括……\n" * 120, "2026-11-01")
    assert len(pages(HEAD, long, 40)) > 3
    assert len(pages(HEAD, LETTERS["over"], 40)) == 1


def test_a_character_no_font_has_is_marked_as_printers_do() -> None:
    """Expected: 〓 in its place rather than an empty box that an archive refuses, or no letter at all."""
    matter = MembershipOver("甲\U0010ffff乙\ue123丙\U0001f9ff", "u:1", "2026-04-02", "2026-12-07", "ended", 1)
    plain = MembershipOver("甲〓乙〓丙〓", "u:1", "2026-04-02", "2026-12-07", "ended", 1)
    assert letter(HEAD, matter) == letter(HEAD, plain)


def test_without_a_chinese_font_it_says_which_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: no tofu, but an error that names Debian's package in both languages."""
    typesetting._fonts.cache_clear()
    monkeypatch.setattr(typesetting, "SERIF", ("No Such Serif",))
    monkeypatch.setattr(typesetting, "SANS", ("No Such Sans",))
    with pytest.raises(NoFont, match="fonts-noto-cjk") as caught:
        letter(HEAD, LETTERS["over"])
    assert "fonts-noto-cjk" in caught.value.en
    monkeypatch.undo()
    assert letter(HEAD, LETTERS["over"])


def test_fonts_are_read_once_and_letters_are_set_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first letter reads the fonts; later ones cost less than half of it, in threads too, to the same byte."""
    read: list[Fonts] = []

    def reading(**given: bool) -> Fonts:
        read.append(Fonts(**given))
        return read[-1]

    monkeypatch.setattr(typesetting.typst, "Fonts", reading)
    typesetting._fonts.cache_clear()
    costs: list[float] = []
    for name in ("over", "call", "admitted"):
        begun = time.process_time()
        assert letter(HEAD, LETTERS[name])
        costs.append(time.process_time() - begun)
    assert 2 * max(costs[1:]) < costs[0]
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: letter(HEAD, LETTERS["result"]), range(24)))
    assert len(made) == len(read) == 1


def test_a_waiting_page_is_answered_while_a_letter_is_set() -> None:
    """Typst lets go of the interpreter's lock: meanwhile another thread goes on with its work."""
    assert letter(HEAD, LETTERS["call"])
    alone, beside = _turns(lambda: time.sleep(0.1)), _turns(lambda: letter(HEAD, LETTERS["result"]))
    assert beside > alone / 8


def _turns(work: Callable[[], object]) -> float:
    """How many times a second another thread gets its turn while that work goes on in this one."""
    done, turns = threading.Event(), [0]

    def count() -> None:
        while not done.is_set():
            turns[0] += 1

    other = threading.Thread(target=count)
    other.start()
    begun = time.perf_counter()
    for _ in range(5):
        work()
    seconds = time.perf_counter() - begun
    done.set()
    other.join()
    return turns[0] / seconds


def test_a_demonstration_is_marked_on_every_page() -> None:
    """Expected: 演示·虚构 in the foot and behind the text; nothing of it on a real letter."""
    real = msgspec.structs.replace(HEAD, demo=False)
    assert "演示·虚构" in json.loads(typesetting._data([Sheet(HEAD, LETTERS["over"])]))["letters"][0]["foot"]
    assert "演示·虚构" not in typesetting._data([Sheet(real, LETTERS["over"])])
    assert pages(HEAD, LETTERS["over"], 40) != pages(real, LETTERS["over"], 40)


# -- many in one file

OF_MANY = ["recorded", "invitation", "list", "over"]
"""Two of two pages and two of one."""


def test_letters_of_a_batch_look_as_they_do_alone() -> None:
    """Expected: in their order, page by page the same picture, running heads and page numbers too; on a printer of both sides no sheet has two addressees."""
    sheets = [Sheet(HEAD, LETTERS[name]) for name in OF_MANY]
    alone = [pages(HEAD, LETTERS[name], 60) for name in OF_MANY]
    assert sorted({len(one) for one in alone}) == [1, 2]
    assert typesetting._set(sheets, "png", 60) == [page for one in alone for page in one]
    data = typesetting._data(sheets, two_sided=True)
    fronts = iter(typesetting._settled(data, typesetting._day(sheets), "png", 60)[::2])
    for one in alone:
        assert next(fronts) == one[0]


def test_a_batch_is_one_file_for_archives() -> None:
    """Expected: PDF/A of the batch's title and the day of its latest letter, every page in it; a character without type is printed as in any letter."""
    later = msgspec.structs.replace(HEAD, written="2026-11-02", covenant=f"{COVENANT}\U0010ffff")
    sheets = [Sheet(HEAD, LETTERS["over"]), Sheet(later, LETTERS["recorded"])]
    pdf = letters(sheets, "成批信函")
    assert pdf == letters(sheets, "成批信函") != letters(sheets, "成批信函", two_sided=True)
    text = pdf + b"".join(streams(pdf))
    for expected in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", "成批信函".encode(), b"2026-11-02"):
        assert expected in text, expected
    assert len(re.findall(rb"/Type ?/Page\b", text)) == 3


def test_what_a_batch_takes_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: two hundred letters of two pages within a minute, and this process is not larger by them; what goes wrong there is raised here."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    sheets = [Sheet(msgspec.structs.replace(HEAD, number=str(n)), LETTERS["recorded"]) for n in range(200)]
    assert len(letters(sheets, "二百封")) > 1_000_000
    assert time.monotonic() - begun < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 100_000
    monkeypatch.setattr(typesetting, "_data", lambda *given: "no data")
    with pytest.raises(RuntimeError, match="JSON"):
        letters(sheets, "坏的")


# -- what they say


def test_the_notice_says_how_to_disavow_and_until_when() -> None:
    """Expected: before the end the date, the page and the command; after it that it is too late, and what to do."""
    text = said(LETTERS["recorded"])
    assert "2026年11月25日 24:00之前否认" in text
    assert "gongyue vote disavow --vote p:2026-01 --as u:0009 --key unit.key" in text
    assert "密封簿 3f9a62d0c1b2e4f5" in text and "苇函〔2026〕3号" in text and "同意" in text
    late = said(RecordedFromPaper(BALLOT, beijing("2026-11-26 00:00")))
    assert "否认已经太晚" in late and "gongyue vote disavow" not in late
    replaced = said(RecordedFromPaper(msgspec.structs.replace(BALLOT, state="replaced"), 0))
    assert "另投的票已经取代" in replaced


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_names_what_it_is_about_as_people_do(name: str) -> None:
    """Expected: no id of a party, a matter or an act type, but in its own row, in a command to type, and in what machines read."""
    assert not ids_in(LETTERS[name], HEAD)


def test_a_notice_names_who_recorded_it_and_what_it_is_about() -> None:
    """Expected: officers and matters by what they are called, in whatever field they stand."""
    text = said(LETTERS["recorded"])
    assert "秦、白" in text and "修改第二十三条（编号 2026-01）" in text and "一苇计算（演示）" in text


def test_the_end_of_a_day_is_that_day() -> None:
    """Expected: midnight is the 24:00 of the day before (Civil Code 203); another hour is itself."""
    assert end_zh(beijing("2026-11-26 00:00")) == "2026年11月25日 24:00"
    assert end_en(beijing("2026-11-26 00:00")) == "25 November 2026, 24:00 Beijing time"
    assert end_zh(beijing("2026-11-26 09:30")) == "2026年11月26日 09:30"


@pytest.mark.parametrize("way", ["withdrawn", "ended"])
def test_a_membership_that_is_over_is_told_in_neutral_words(way: str) -> None:
    """Expected: the same letter but for the word registered; no word of blame, no ground."""
    unit = ("夜航数据（演示）", "u:0011", "2026-04-02", "2026-12-07")
    text = said(MembershipOver(*unit, way, 163))  # type: ignore[arg-type]
    assert not re.search("违反|处分|取消|除名|开除|严重|不良|expel|violat|breach", text)
    other = said(MembershipOver(*unit, "ended" if way == "withdrawn" else "withdrawn", 163))
    swapped = text.replace("退出", "资格终止") if way == "withdrawn" else text.replace("资格终止", "退出")
    swapped = (
        swapped.replace("withdrawal", "end of membership")
        if way == "withdrawn"
        else swapped.replace("end of membership", "withdrawal")
    )
    assert swapped == other


def test_the_ground_of_an_end_is_a_sentence_and_the_line_for_machines_stands_below_it() -> None:
    """Expected: no decision, or the decision by the name of its case, in both languages; no digest but in the line that opens it."""
    kind, line = ACT_TYPES["membership.end/1"], LETTERS["ended"].opens  # type: ignore[attr-defined]
    ended = said(LETTERS["ended"])
    assert "资格终止的理由：不凭处理决定：该单位作为主体已经终止（如注销）。这一理由只告知贵单位" in ended
    assert "told to this unit alone: no decision: the entity itself has ended (deregistered, say)." in ended
    assert ended.count(line) == 1 and "供机器读" in ended.partition(line)[0]
    case = f"d:{'27d30976' * 8}"
    ground = link_words(kind, (Target(f"sha256:{'0' * 64}", case, 12),))
    decided = said(msgspec.structs.replace(LETTERS["ended"], ground=ground))
    zh, en = (DossierNames([case]).of(case, language) for language in ("zh", "en"))
    assert f"资格终止的理由：案卷“{zh}”第 12 位的处理决定。" in decided
    assert f"the decision in a case, at place 12 of “{en}”." in decided and case not in decided.replace(line, "")


def test_a_refusal_names_one_of_the_texts_two_grounds() -> None:
    """Expected: the ground in the text's terms, the reasons, and that none of it is public."""
    text = said(LETTERS["not-admitted"])
    assert "未表示接受公约的规则" in text and "保留意见" in text and "均不公开" in text


def test_a_call_says_whether_ballots_are_opened_to_everybody() -> None:
    """Expected: as the reading has it."""
    call = LETTERS["call"]
    assert "任何人都可以重新计票" in said(call)
    assert "任何人" not in said(msgspec.structs.replace(call, public_ballots=False))


# -- forms


@pytest.mark.parametrize("type", FORMS)
def test_every_act_has_a_paper_form(type: str) -> None:
    """Expected: the statement and its article, a place for each field in Chinese, seal and signature; it can be set."""
    text = FORMS[type].said(HEAD)
    kind = ACT_TYPES[type]
    whole = said(FORMS[type])
    assert kind.type in whole and article(MEANING.article(kind.clause)) in [
        b.text for b in text.blocks if isinstance(b, Quote)
    ]
    asked = [b for b in text.blocks if isinstance(b, Blanks) and b.heading.startswith("二")]
    fields = bodies.fields(kind)
    assert len(asked[0].blanks if asked else ()) >= len(fields)
    assert all(re.search("[一-龥]", blank.name) for blanks in asked for blank in blanks.blanks)
    assert any(isinstance(b, Signing) for b in text.blocks)
    assert letter(HEAD, FORMS[type]).startswith(b"%PDF")


def test_forms_are_for_every_act_but_the_office_keys_own() -> None:
    """Expected: all types that a unit, an officer or the authority does; ValueError for the rest."""
    assert {k.type for k in printable()} == {k.type for k in ACT_TYPES.values() if k.by.who != "system"}
    for type in ("book.anchor/1", "no.such/1"):
        with pytest.raises(ValueError, match=type):
            Form(type, "22", "").said(HEAD)


def test_a_form_says_where_paper_is_not_enough() -> None:
    """Expected: acts that only the unit's own key can sign say so; those that may be recorded from paper do not."""
    for kind in printable():
        if kind.by.who == "unit":
            assert ("不能凭纸面记录" in said(FORMS[kind.type])) == (not kind.paper), kind.type


def test_a_ballot_form_has_three_choices_of_equal_weight_and_fits_one_page() -> None:
    """Expected: 同意, 不同意, 弃权 in this order, none preselected."""
    text: Text = FORMS["vote.ballot/1"].said(HEAD)
    blank = next(x for b in text.blocks if isinstance(b, Blanks) for x in b.blanks if x.choices)
    assert blank.choices == ("同意", "不同意", "弃权") and not blank.value
    assert len(pages(HEAD, FORMS["vote.ballot/1"], 40)) == 1


def test_what_is_known_is_filled_in() -> None:
    """Expected: the unit and the given fields stand in their places."""
    form = Form("vote.ballot/1", "22", article(22), "一苇计算（演示）", {"vote": "p:2026-01"})
    text = said(form)
    assert "一苇计算（演示）" in text and "p:2026-01" in text


def test_values_have_chinese_words() -> None:
    """Expected: choices, offices, activities, yes and no; what is written stays as it is, even where it is spelt like a choice."""
    ballot, apply = ACT_TYPES["vote.ballot/1"], ACT_TYPES["membership.apply/1"]
    assert words(ballot, "choice", "against", {}) == "不同意"
    assert words(ACT_TYPES["office.appoint/1"], "offices", ["secretary", "clerk"], {}) == "秘书长、经办"
    assert words(apply, "activities", ("vertical",), {}) == "垂直行业融合"
    assert [words(apply, *at, {}) for at in (("accepts", True), ("other", ""), ("other", "research"))] == [
        "是", "—", "research",
    ]  # fmt: skip
    assert words(ballot, "vote", "p:1", {}) == "p:1"
