"""Many invited at once: the list is checked as a whole, each bad line named with what mends it, and then all are invited or nobody."""

from __future__ import annotations

import csv
import json
import logging
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.cli.main import main
from gongyue.covenant.parties import fictional_code
from web.conftest import House

QIN, BAI, LU, BEICHEN = (f"{one}@demo.invalid" for one in ("qin", "bai", "lu", "beichen"))
PAGE = "/account/people/many/"
NEW = fictional_code(987)


def _members(house: House, count: int = 3) -> list[Any]:
    """Members whose names are theirs alone."""
    units = house.office.inst.units
    names = [unit.name for unit in units.values()]
    return [units[id] for id in sorted(house.office.inst.members) if names.count(units[id].name) == 1][:count]


def _list(house: House, count: int = 3) -> str:
    return "\n".join(f"{unit.name},签署人{n},p{n}@unit.example" for n, unit in enumerate(_members(house, count), 1))


def _sent(client: Any, text: str) -> Any:
    """Looked at, and sent again as it was looked at; the answer."""
    page = client.post(PAGE, {"list": text})
    assert page.status_code == 200, unescape(page.content.decode())
    found = re.search(
        r'name="seen" value="(\w{64})"><textarea name="list" hidden>\s*([^<]*)</textarea>', page.content.decode()
    )
    assert found is not None
    return client.post(PAGE, {"seen": found[1], "list": unescape(found[2]).replace("\n", "\r\n")})


def _invitations() -> Any:
    from gongyue.web.accounts.models import Invitation

    return Invitation.objects.order_by("pk")


def test_a_list_is_looked_at_and_then_everybody_on_it_is_invited(house: House) -> None:
    """Expected: names as the book has them; a unit that has yet to apply by its code; each link gives that unit's seat, once, with the name filled in."""
    client = house.client(QIN)
    text = _list(house) + f"\n{NEW.lower()}\t\n"
    assert "有 1 栏" in unescape(client.post(PAGE, {"list": text}).content.decode())
    answer = _sent(client, f"{_list(house)}\n\n{NEW.lower()}，新来者，new@unit.example\n".replace("，", ","))
    assert answer.status_code == 302
    page = unescape(client.get(answer.headers["Location"]).content.decode())
    assert "本站不发邮件" in page and "已邀请 4 人" in page and "4 人尚未使用" in page and "尚未申请的单位" in page
    links = re.findall(r"<code>http://localhost:\d+(/account/invitation/[^<]+)</code>", page)
    assert [(made.party, made.name, made.role) for made in _invitations()] == [
        *((unit.id, f"签署人{n}", "signatory") for n, unit in enumerate(_members(house), 1)),
        (f"u:{NEW.lower()}", "新来者", "signatory"),
    ]
    shown = house.client().get(links[0]).content.decode()
    assert _members(house)[0].name in shown and 'value="签署人1"' in shown
    password = "jiandan-bu-hao-cai-2027"
    assert (
        house.client().post(links[0], {"name": "本人", "password1": password, "password2": password}).status_code == 302
    )
    assert _invitations()[0].name == "", "the account has the name now"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "已设立账号" in page and "3 人尚未使用" in page


def test_what_was_changed_after_looking_is_looked_at_again(house: House) -> None:
    """Expected: nobody is invited by a list that was not shown."""
    client = house.client(QIN)
    page = client.post(PAGE, {"list": _list(house)}).content.decode()
    seen = re.search(r'name="seen" value="(\w{64})"', page)
    assert seen is not None
    again = client.post(PAGE, {"seen": seen[1], "list": _list(house, 2)})
    assert again.status_code == 200 and "将要邀请" in again.content.decode()
    assert not _invitations().exists()


BAD = [
    ("", [(0, "没有一行")]),
    ("\n \n", [(0, "没有一行")]),
    ("单位,姓名,电子邮箱\n", [(0, "没有一行")]),
    ("{0},甲\n{1},乙,b@x.example", [(1, "有 2 栏，须三栏")]),
    ("{0},甲,a@x.example,{1},乙,b@x.example", [(1, "有 6 栏，须三栏")]),
    ("{0},甲,a@x.example\n{0},乙,b@x.example", [(2, "与第 1 行是同一单位")]),
    ("{0},甲,a@x.example\n{1},乙,A@x.example", [(2, "与第 1 行是同一邮箱")]),
    ("没有的单位,甲,a@x.example", [(1, "没有单位“没有的单位”：填全称")]),
    ("{0}司,甲,a@x.example", [(1, "没有单位“{0}司”：是不是“{0}”？")]),
    ("o:qin,甲,a@x.example\n主管部门,乙,b@x.example", [(1, "没有单位"), (2, "没有单位")]),
    ("u:9999,甲,a@x.example\n91110000000000000X,乙,b@x.example", [(1, "没有单位"), (2, "没有单位")]),
    (",甲,a@x.example", [(1, "缺单位")]),
    ("{0},,a@x.example\n\n{1},乙,没有", [(1, "姓名须一至 60 字"), (3, "“没有”不是电子邮箱")]),
    ("{0}," + "甲" * 61 + ",a@x.example", [(1, "姓名须一至 60 字")]),
    ("北辰数据研究院,甲,beichen@demo.invalid", [(1, "beichen@demo.invalid 已是“北辰数据研究院")]),
    ('{0},"甲,a@x.example', [(1, "")]),
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_a_line_that_cannot_be_done_is_named_and_nobody_is_invited(
    house: House, text: str, expected: list[tuple[int, str]]
) -> None:
    """Expected: its number in the file and what mends it; 422, and not one invitation."""
    names = [unit.name for unit in _members(house)]
    for at, name in enumerate(names):
        text = text.replace(f"{{{at}}}", name)
    answer = house.client(QIN).post(PAGE, {"list": text})
    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    for line, words in expected:
        words = words.replace("{0}", names[0])
        assert (f"第 {line} 行：{words}" if line else words) in said, said.partition('class="errors"')[2][:600]
    assert not _invitations().exists()


def test_in_english_too(house: House) -> None:
    """Expected: lines, faults and the list itself in English, with Chinese names marked as such."""
    client = house.client(QIN)
    page = unescape(client.post(f"/en{PAGE}", {"list": "没有的单位,甲,a@x.example"}).content.decode())
    assert "Nobody was invited" in page and "Line 1: no unit" in page
    assert re.search(r'<span lang="zh-Hans">“没有的单位”', page)
    page = client.post(f"/en{PAGE}", {"list": _list(house)}).content.decode()
    assert "Invite these 3" in page and "This site sends no mail" in page


def test_lists_that_are_too_long(house: House) -> None:
    """Expected: ten thousand lines are refused at once, right or wrong, and so is a huge text; of many faults the first are told and the rest counted."""
    client = house.client(QIN)
    name = _members(house)[0].name
    for text, said in (
        ("\n".join(f"{name},甲{n},p{n}@x.example" for n in range(3_000)), "超过 500 人"),
        ("\n".join("一,二,三" for n in range(10_000)), "超过 500 人"),
        ("\n".join("一" for n in range(10_000)), "另有 9950 处"),
        ("甲" * 300_000, "超过 256 KiB"),
    ):
        answer = client.post(PAGE, {"list": text})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert not _invitations().exists()


def _file(house: House, name: str, data: bytes) -> Any:
    return house.client(QIN).post(PAGE, {"file": SimpleUploadedFile(name, data), "list": ""})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_as_table_programs_save_it(house: House, encoding: str) -> None:
    """Expected: read in each of these, with a head in another order and quoted names."""
    unit = _members(house)[0]
    text = f'电子邮箱;姓名;单位全称\r\np1@unit.example;"甲 乙";"{unit.name}"\r\n'
    answer = _file(house, "名单.csv", text.encode(encoding))
    page = unescape(answer.content.decode())
    assert answer.status_code == 200 and unit.name in page and "甲 乙" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04" + b"\x00" * 50, "这是工作簿，不是 CSV"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "这是工作簿，不是 CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "读不出文字"),
        (b"\xff\xff\xff,a,b", "读不出文字"),
        ("單位,張三,a@x.example".encode("big5"), "没有单位"),
        (b"x" * 300_000, "超过 256 KiB"),
    ],
)
def test_a_file_that_is_no_such_list(house: House, data: bytes, said: str) -> None:
    """Expected: in words how to save it; nobody is invited."""
    answer = _file(house, "名单.csv", data)
    assert (answer.status_code, said in unescape(answer.content.decode())) == (422, True)
    assert not _invitations().exists()


def test_who_is_invited_already_gets_no_second_link(house: House) -> None:
    """Expected: the link in the post goes on working; withdrawn or expired, the person is invited again."""
    client = house.client(QIN)
    assert _sent(client, _list(house, 2)).status_code == 302
    nonces = [made.nonce for made in _invitations()]
    again = client.post(PAGE, {"list": _list(house, 3)})
    assert again.status_code == 422 and "p1@unit.example 已受邀，链接还有效" in again.content.decode()
    assert [made.nonce for made in _invitations()] == nonces
    for made in _invitations():
        made.expires_at = made.made_at
        made.save()
    assert _sent(client, _list(house, 3)).status_code == 302


def test_all_or_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: where the third cannot be made, the first two are not there either, and no mail went."""
    from gongyue.web.accounts import invitations

    sent: list[Any] = []
    monkeypatch.setattr(invitations, "_send", sent.extend)
    monkeypatch.setattr(type(invitations.WEB.written), "mail", "smtp://mail.example")
    real, made = invitations._made, []

    def fails(*given: Any, **more: Any) -> Any:
        made.append(given)
        if len(made) == 3:
            raise RuntimeError
        return real(*given, **more)

    monkeypatch.setattr(invitations, "_made", fails)
    client = house.client(QIN, raise_request_exception=False)
    assert _sent(client, _list(house)).status_code == 500
    assert not _invitations().exists() and not sent


def test_only_secretary_and_clerk_invite_and_each_sees_its_own_batch(house: House) -> None:
    """Expected: 403 for others; a batch and its letters are there for whoever made it, 404 for anybody else of the office."""
    client = house.client(QIN)
    where = _sent(client, _list(house)).headers["Location"]
    for email in (LU, BEICHEN, "authority@demo.invalid"):
        other = house.client(email)
        assert other.post(PAGE, {"list": _list(house)}).status_code == 403
        for path in (PAGE, where, f"{where}letters.pdf"):
            assert other.get(path).status_code == 403
    assert house.client(BAI).get(where).status_code == 404
    assert house.client(BAI).get(f"{where}letters.pdf").status_code == 404
    assert house.client(BAI).get(PAGE).status_code == 200
    assert client.get("/account/people/").content.decode().count(f'href="{PAGE}"') == 1


def test_the_letters_come_in_one_file_with_each_its_own_link(house: House) -> None:
    """Expected: a page each, in the order of the list; whoever has come gets none; the link stands whole in it."""
    client = house.client(QIN)
    where = _sent(client, _list(house)).headers["Location"]
    answer = client.get(f"{where}letters.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(re.findall(rb"/Type ?/Page\b", answer.content)) == 3
    found = re.findall(r"/URI ?\((http://localhost[^)]+)\)", _whole(answer.content).decode("latin-1"))
    links = re.findall(r"<code>([^<]+)</code>", client.get(where).content.decode())
    assert [link.split(":")[-3] for link in dict.fromkeys(found)] == [link.split(":")[-3] for link in links]
    assert all(house.client().get(re.sub("^http://[^/]+", "", link)).status_code == 200 for link in set(found))
    assert "全部 3 封，一个文件" in client.get(where).content.decode()
    _invitations().update(used_at=_invitations()[0].made_at)
    assert client.get(f"{where}letters.pdf").status_code == 404


def _whole(pdf: bytes) -> bytes:
    from web.letters.test_letters import streams

    return pdf + b"".join(streams(pdf))


def test_mails_go_once_all_are_made_and_no_link_is_written_down(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Expected: one connection, one mail each with that person's link; the server's log has none of them."""
    from django.core.mail.backends.locmem import EmailBackend

    from gongyue.web.accounts import invitations

    opened: list[int] = []
    real = EmailBackend.send_messages

    def counted(self: Any, messages: Any) -> int:
        opened.append(len(messages))
        return int(real(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", counted)
    monkeypatch.setattr(invitations, "get_connection", lambda **more: EmailBackend())
    monkeypatch.setattr(type(invitations.WEB.written), "mail", "smtp://mail.example")
    with caplog.at_level(logging.DEBUG):
        client = house.client(QIN)
        where = _sent(client, _list(house)).headers["Location"]
        client.get(where)
        client.get(f"{where}letters.pdf")
    assert opened == [3]
    assert not [made.nonce for made in _invitations() if made.nonce in caplog.text]


# -- at the terminal


@pytest.fixture
def terminal(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line, in the folder of the house."""
    monkeypatch.chdir(house.directory)

    def run(*words: str) -> Any:
        return CliRunner().invoke(main, ["account", "invite-many", *words, "--office", str(house.directory / "office")])

    return run


def test_a_link_to_this_computer_is_told_where_nothing_says_the_address(house: House) -> None:
    """Expected: which address the link has and where another is written; once it is written, nothing more is said."""
    folder = house.directory / "office"
    line = ["account", "invite", "neu@demo.invalid", "o:qin", "--office", str(folder)]
    settings = folder / "web.toml"
    before = settings.read_text("utf-8") if settings.exists() else ""
    assert "origins" not in before
    told = CliRunner().invoke(main, line)
    assert told.exit_code == 0 and "http://localhost" in told.stdout and "web.toml 写 origins" in told.stderr
    settings.write_text(f'origins = ["https://alliance.example"]\n{before}', "utf-8")
    assert "origins" not in CliRunner().invoke(main, line).stderr


def test_at_the_terminal_links_go_into_files_and_not_onto_the_screen(house: House, terminal: Any) -> None:
    """Expected: looked at with --dry-run; then invited, letters and links in files of their owner's alone, none of them printed."""
    Path("list.csv").write_text(_list(house), "utf-8")
    done = terminal("list.csv", "--dry-run")
    assert done.exit_code == 0 and "谁也没有邀请" in done.output and not _invitations().exists()
    assert terminal("list.csv").exit_code == 2
    done = terminal("list.csv", "--letters", "letters.pdf", "--links", "links.csv", "--json")
    assert done.exit_code == 0, done.output
    assert [one["email"] for one in json.loads(done.stdout)["people"]] == [made.email for made in _invitations()]
    rows = list(csv.DictReader(Path("links.csv").read_text("utf-8-sig").splitlines()))
    for row in rows:
        assert house.client().get(re.sub("^http://[^/]+", "", row["链接"])).status_code == 200
        assert row["链接"] not in done.output
    assert len(rows) == 3
    for name in ("letters.pdf", "links.csv"):
        assert Path(name).stat().st_mode & 0o777 == 0o600
    again = terminal("list.csv", "--letters", "letters.pdf")
    assert again.exit_code == 4 and "已经存在" in again.output


def test_at_the_terminal_too_it_is_all_or_nobody(house: House, terminal: Any) -> None:
    """Expected: the lines and what mends them, exit 4; and nobody where a file cannot be written."""
    Path("list.csv").write_bytes(f"{_list(house)}\n没有的,丁,d@x.example\n,,".encode("gb18030"))
    done = terminal("list.csv", "--links", "links.csv")
    assert done.exit_code == 4
    assert "谁也没有邀请" in done.output and "第 4 行：没有单位“没有的”" in done.output
    Path("list.csv").write_text(_list(house), "utf-8")
    done = terminal("list.csv", "--links", "no/such/folder/links.csv")
    assert done.exit_code == 4 and "no/such/folder/links.csv" in done.output
    assert not _invitations().exists() and not Path("links.csv").exists()
