"""The form that an applicant stamps: one story of it on every page, and the step that stays until its key is compared."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from gongyue.book.digest_words import digest_words
from gongyue.cli.main import main
from gongyue.office.publishing import publish
from gongyue.office.store import SEALED
from gongyue.web.letters.layout import Blank, Blanks, Text
from gongyue.web.letters.stamped_form import StampedForm
from web.conftest import House
from web.going import NORTHLAKE, Going
from web.joining.test_joining import GIVEN, NAME, signed_elsewhere, words

KEY_WORDS = digest_words(f"sha256:{GIVEN['key'][-64:]}", "zh")
LEFT = "还须办一件事：寄交盖章的申请表"


@pytest.fixture(autouse=True)
def going(house: House) -> Going:
    """After the story."""
    return Going(house).at("2027-02-04 10:00")


@pytest.fixture
def kept_at(house: House, going: Going) -> str:
    """The page of an application that waits."""
    client = house.client()
    page = client.post("/join/apply/", GIVEN)
    return str(client.post("/join/hand-in/", signed_elsewhere(page.content.decode()))["Location"])


@pytest.fixture
def granted(house: House, going: Going, kept_at: str) -> str:
    """The page of one that was granted the next day."""
    receipt = house.office.receipt(SEALED, f"sha256:{kept_at.split('/')[2]}")
    assert receipt is not None
    going.at("2027-02-05 09:00").ticks().grants(receipt)
    return kept_at


@pytest.fixture
def validities() -> list[str]:
    """What the heads of the forms that were typeset say of their validity."""
    return []


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch, validities: list[str]) -> list[StampedForm]:
    """The forms that were typeset, as they were made."""
    from gongyue.web.joining import paper
    from gongyue.web.letters.typesetting import letter

    made: list[StampedForm] = []

    def kept(head: Any, matter: StampedForm) -> bytes:
        made.append(matter)
        validities.append(head.validity)
        return letter(head, matter)

    monkeypatch.setattr(paper, "_typeset", kept)
    return made


def asked(form: StampedForm) -> list[Blank]:
    """The blanks of a form."""
    return [blank for block in said(form).blocks if isinstance(block, Blanks) for blank in block.blanks]


def said(form: StampedForm) -> Text:
    """The form's text."""
    from gongyue.web import installation, letter_response

    head = letter_response.head(installation.now(), "2027-02-04", "#1", "")
    return form.said(head)


def test_the_blank_form_has_a_box_for_the_words_and_asks_for_no_key(house: House, typeset: list[StampedForm]) -> None:
    """Each thing is asked once; no key to copy, no algorithm to choose; it says what it is for, as the page that offers it does."""
    answer = house.client().get("/join/form.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    blanks = asked(typeset[0])
    names = [blank.name for blank in blanks]
    assert names[:4] == ["单位名称", "统一社会信用代码", "联系人、电话或邮箱", "核对词"]
    assert not any("公钥" in name or "算法" in name or "名称（" in name for name in names)
    assert blanks[3].lines >= 3 and not blanks[3].value
    from gongyue.web import letter_response

    desk = letter_response.form(house.office.inst, letter_response.APPLY)
    assert isinstance(desk, StampedForm), "the desk prints the same form"
    whole = str(said(typeset[0]))
    assert "不代替申请" in whole and "内部审批" not in whole and "盖章后寄交" in whole
    page = words(house.client().get("/join/"))
    assert "不能代替申请" in page and "交来" not in page.split("用命令行")[0].split("怎样申请")[1]


def test_the_filled_form_has_the_words_printed(
    house: House, kept_at: str, typeset: list[StampedForm], validities: list[str]
) -> None:
    """Name, code, words in both languages: nothing is left but to stamp it; the page that waits offers it and no other form.

    Its head says that it is filled in, where the blank one's says that it is blank.
    """
    page = house.client().get(kept_at).content.decode()
    assert f'href="{kept_at}form.pdf"' in page and "/join/form.pdf" not in page
    answer = house.client().get(f"{kept_at}form.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    filled = {blank.name: blank.value for blank in asked(typeset[-1])}
    assert (filled["单位名称"], filled["统一社会信用代码"]) == (NAME, NORTHLAKE.code)
    assert filled["核对词"].splitlines()[0].split() == KEY_WORDS
    assert filled["核对词"].splitlines()[1].split() == digest_words(f"sha256:{GIVEN['key'][-64:]}", "en")
    assert "2027年2月4日 10:00" in filled["申请收到时刻"]
    house.client().get("/join/form.pdf")
    assert validities == ["已填写，盖章后有效", "空白表格"]


def test_the_step_stays_until_the_key_is_compared(house: House, going: Going, granted: str) -> None:
    """Granted, the form is still awaited; compared, the page says that the key signs and whom to ask for an account."""
    client = house.client()
    page = words(client.get(granted))
    assert "已准予加入" in page and LEFT in page and " ".join(KEY_WORDS) in page and "密钥已经核对" not in page
    assert client.get(f"{granted}form.pdf").status_code == 200
    going.compares(NORTHLAKE.id)
    page = words(client.get(granted))
    assert LEFT not in page and "申请时所带的密钥已经核对，可以用它投票" in page and "从那时起是成员单位，写在" in page
    assert "向执行机构索取账号，写明单位名称" in page and "联系" in page.split("索取账号")[1]
    assert "不另行通知" not in page
    assert "Since then you are a member, as stated by" in words(client.get(f"/en{granted}"))
    going.on_paper("membership.withdraw/1", NORTHLAKE.id)
    page = words(client.get(granted))
    assert "其后成员资格已经终止" in page and "索取账号" not in page and "从那时起是成员单位" not in page
    assert client.get(f"{granted}form.pdf").status_code == 404


def test_the_page_says_when_it_was_anchored_and_to_come_back(house: House, going: Going, kept_at: str) -> None:
    """Nobody is written to: its address is to be kept; the anchor has its time once there is one."""
    assert "回到这里看决定，不另行通知" in words(house.client().get(kept_at))
    going.at("2027-02-05 09:00").ticks()
    step = house.client().get(kept_at).content.decode().split("申请已存证（锚定）")[1].split("</li>")[0]
    assert "<time" in step and "2027年2月5日" in step


def test_what_is_kept_is_checked_by_the_command_beside_it(
    house: House, going: Going, granted: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise, opening and head, downloaded under the names that the command says, verify together with the published book."""
    client = house.client()
    page = client.get(granted).content.decode()
    command = page.split("<code>gongyue ")[1].split("</code>")[0].replace("\\\n", " ").split()
    monkeypatch.chdir(tmp_path)
    for what in ("promise", "opening.jsonl", "head"):
        answer = client.get(granted + what)
        name = answer["Content-Disposition"].split('filename="')[1].split('"')[0]
        assert name in command
        (tmp_path / name).write_bytes(answer.content)
    publish(house.office, tmp_path / "public")
    assert command[1].endswith("/book")
    found = CliRunner().invoke(main, ["verify", "public", *command[2:]])
    assert found.exit_code == 0, found.output


def test_an_activity_is_asked_for_before_a_key_is_made(house: House) -> None:
    """It stands among the conditions, with the article's words; without one the first step says so, beside whatever else is wrong."""
    page = words(house.client().get("/join/"))
    assert "至少一项所从事的活动" in page.split("申请之后")[0] and "第二条" in page.split("申请之后")[0]
    answer = house.client().post("/join/apply/", GIVEN | {"activities": [], "key": ""})
    assert answer.status_code == 422
    assert "有 2 处须改正" in words(answer) and "至少写一项所从事的活动" in words(answer)
    for given in ({"activities": [], "other": "数据经纪"}, {}):
        assert "data-sign-file" in house.client().post("/join/apply/", GIVEN | given).content.decode()


@pytest.mark.parametrize(
    ("code", "said"), [("9100", "须 18 位"), (f"{NORTHLAKE.code}0", "须 18 位"), ("91000000000000079X", "校验位不符")]
)
def test_a_code_of_another_length_is_told_how_long_it_is(house: House, code: str, said: str) -> None:
    """Below and above 18 characters its length; of 18 the check character."""
    assert said in words(house.client().post("/join/apply/", GIVEN | {"code": code}))


def test_each_question_quotes_its_own_words(house: House) -> None:
    """One sentence says both conditions: the questions do not quote it twice over."""
    page = words(house.client().get("/join/apply/"))
    assert "“国内其他大数据行业从业者”" in page and "“接受本公约的自律规则”" in page


def test_the_words_of_the_key_and_of_the_document_are_told_apart(house: House) -> None:
    """On the page that signs, each under a name of its own."""
    page = words(house.client().post("/join/apply/", GIVEN))
    assert "本件的核对词" in page and "密钥" in page


def test_one_decided_late_says_so_to_its_applicant(house: House, going: Going, kept_at: str) -> None:
    """Refused after its time: the days on its own page, and on no public one."""
    receipt = house.office.receipt(SEALED, f"sha256:{kept_at.split('/')[2]}")
    assert receipt is not None
    going.at("2027-03-01 09:00").ticks()
    assert "执行机构逾期未办" in words(house.client().get(kept_at))
    assert NAME not in house.client().get("/executive/").content.decode()
    going.grants(receipt)
    assert "决定逾期 5 日" in words(house.client().get(kept_at))
    assert NAME in house.client().get("/executive/").content.decode(), "granted late, it is listed"
