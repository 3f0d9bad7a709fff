"""One installation from nothing to a verified result: the command line founds and serves it, people do the rest.

No demonstration and no stand-in: `gongyue init`, `gongyue serve` on SQLite in a process of its own, five people at
real browsers, each with an authenticator app, officers with key files and then passkeys, units with passkeys, and the
downloaded book before `gongyue verify`.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import day_of, iso
from web.acting.test_passkey import NEXT, authenticator
from web.conftest import Visitor, free_port
from web.serving.process import Server, gongyue

COVENANT = Path(str(files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt")))
PASSWORD = "四月的杏花开在北坡-0417"
UNITS = ("u:0001", "u:0002")
PROPOSAL = "p:2026-01"
SCAN = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
EVIDENCE = {"name": "evidence.txt", "mimeType": "text/plain", "buffer": "依据（演示）".encode()}


def run(*words: str | Path) -> str:
    """What the command line says; it must succeed."""
    done = gongyue(*words)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def digits_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(secret), (int(time.time()) // 30).to_bytes(8, "big"), "sha1")
    place = mac[-1] & 15
    return f"{(int.from_bytes(mac[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class Someone(Visitor):
    """A person at a browser of their own, who may have a key file."""

    def __init__(self, browser: Any, address: str, folder: Path, name: str) -> None:
        super().__init__(browser, address, None)  # type: ignore[arg-type]
        self.page.set_default_timeout(20_000)
        self.folder, self.name = folder, name

    def accepts(self, link: str, email: str) -> None:
        """Follow the link of an invitation and set up the account."""
        self.email = email
        self.page.goto(link)
        self.page.get_by_label("姓名").fill(self.name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_label("再输入一次").fill(PASSWORD)
        self.page.get_by_role("button", name="建立账号").click()
        self.page.wait_for_url("**/account/")
        self._sets_up_the_app()

    def _sets_up_the_app(self) -> None:
        """No seat opens before two-step verification: the six digits of an authenticator app, computed here."""
        page = self.at("/workspace/")
        page.wait_for_url("**/account/2fa/")
        page.locator('a[href="/account/2fa/totp/activate/"]').click()
        self.secret = page.locator("code").first.inner_text()
        self._gives_the_digits()
        page.wait_for_url("**/recovery-codes/")
        self.codes = page.input_value("#recovery_codes").split()
        assert len(set(self.codes)) == 10
        page.check("#codes_saved")
        page = self.at("/account/2fa/recovery-codes/")
        assert not set(self.codes) & set(re.findall(r"\d{8}", page.content()))

    def _gives_the_digits(self) -> None:
        for _ in range(2):  # they change every 30 seconds, perhaps between reading and sending
            self.page.fill("[name=code]", digits_of(self.secret))
            with self.page.expect_navigation():
                self.page.locator("main button[type=submit]").first.click()
            if "activate" not in self.page.url:
                return

    def signs_in_with(self, *codes: str) -> list[bool]:
        """Sign out and in again: the password alone opens nothing; which of those recovery codes do."""
        leave = self.at("/account/").get_by_role("button", name="退出登录").first
        with self.page.expect_navigation():
            leave.click()
        page = self.at("/account/login/")
        page.fill("[name=login]", self.email)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url("**/2fa/authenticate/**")
        assert page.request.get(self.address + "/desk/", max_redirects=0).status == 302
        opened = []
        for code in codes:
            page.fill("[name=code]", code)
            with page.expect_navigation():
                page.locator("main button[type=submit]").first.click()
            opened.append("authenticate" not in page.url)
        return opened

    def makes_a_passkey(self, where: str) -> str:
        """A passkey for signing, in this browser's authenticator; its public key, which waits to be registered."""
        authenticator(self)
        mine = self.at(where)
        with mine.expect_navigation():
            mine.get_by_role("button", name="建立通行密钥").click()
        mine.get_by_role("heading", name="已建立，尚未登记").wait_for()
        return re.findall(r"k:[0-9a-f]{66}", mine.locator("main ul.list").first.inner_html())[
            -1
        ]  # named by the way to register it

    def begins(self, where: str, what: str | re.Pattern[str], **answers: Any) -> str:
        """Begin an act from its link on that page, answer its form; the address of the draft, which is lawful."""
        self.at(where).get_by_role("link", name=what).first.click()
        self.page.locator("form.act-form").wait_for()
        return self.answers(**answers)

    def answers(self, **answers: Any) -> str:
        """Answer the form by the names of its inputs and go on to the draft."""
        for name, value in answers.items():
            asked = f'[name="{name.replace("__", ".")}"]'
            if isinstance(value, (dict, Path)):
                self.page.locator(f"{asked}[type=file]").set_input_files(value)
            elif self.page.locator(asked).first.get_attribute("type") in {"radio", "checkbox"}:
                self.page.locator(f'{asked}[value="{value}"]').check()
            else:
                self.page.locator(asked).fill(value)
        with self.page.expect_navigation():
            self.page.click(NEXT)
        assert "现在递交会被记录" in self.page.content(), self.page.inner_text("main")
        return str(self.page.url)

    def signs_with_the_file(self) -> None:
        """Download the draft that is shown, sign it with the key file, hand it in."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="下载 act.json").click()
        act = self.folder / f"{self.name}-act.json"
        download.value.save_as(act)
        run("sign", act, "--key", self.folder / f"{self.name}.key")
        self.page.get_by_label("签好的 act.json").set_input_files(act)
        self.signs("交回签好的文件")

    def signs_with_the_passkey(self) -> None:
        """Sign the draft that is shown with the passkey made before."""
        self.signs("签署")
        self.page.wait_for_url("**/done/")

    def signs(self, button: str) -> None:
        """Sign in the way of that button, having confirmed what is asked."""
        form = self.page.locator("form", has=self.page.get_by_role("button", name=button, exact=True))
        for box in form.get_by_role("checkbox").all():
            box.check()
        with self.page.expect_navigation():
            form.get_by_role("button", name=button, exact=True).click()


class Office:
    """The two officers: one begins an act and signs it, the other finds it among what waits and confirms it."""

    def __init__(self, secretary: Someone, clerk: Someone) -> None:
        self.secretary, self.clerk = secretary, clerk

    def together(self, where: str, what: str | re.Pattern[str], **answers: Any) -> None:
        """An act of two officers, begun by the clerk from a page of the desk."""
        address = self.clerk.begins(where, what, **answers)
        self.clerk.signs_with_the_file()
        assert "还须 1 人签署" in self.clerk.page.content(), self.clerk.page.inner_text("main")
        path = address.removeprefix(self.clerk.address)
        self.secretary.at("/desk/confirmations/").locator(f'a[href="{path}"]').first.click()
        self.secretary.signs_with_the_file()
        self.secretary.page.wait_for_url("**/done/")


def paper(number: str) -> dict[str, Any]:
    """The answers about the paper an act is recorded from."""
    today = iso(day_of(int(time.time())))
    return {"paper__scan": SCAN, "paper__number": number, "paper__dated": today, "paper__arrived": today}


@contextmanager
def installation(folder: Path) -> Iterator[Server]:
    """A real office with two officers' key files, founded and served by the command line."""
    port = free_port()
    for name in ("qin", "bai"):
        run("key", "new", folder / f"{name}.key")
    office = folder / "office"
    officers = (
        *("--officer", f"qin:secretary:{folder / 'qin.key'}"),
        *("--officer", f"bai:clerk,panellist,publisher:{folder / 'bai.key'}"),
    )
    where = ("--origin", "gongyue.example/journey", "--executive", "示范联盟", "--web-origin")
    run("init", office, *where, f"http://localhost:{port}", *officers, "--slot-seconds", "60")
    settings = f'origins = ["http://localhost:{port}"]\n'
    (office / "web.toml").write_text(settings, "utf-8")
    with Server("serve", "--office", office, port=port) as server:
        yield server.ready()
        assert server.stop() == 0, server.logged
        assert not [line for line in server.logged if " ERROR " in line], server.logged


def email_of(officer: str) -> str:
    """An officer's address."""
    return f"{officer}@alliance.invalid"


def invited(folder: Path, name: str) -> str:
    """The link for an officer, from the command line beside the running server."""
    told = run("account", "invite", email_of(name), f"o:{name}", "--office", folder / "office", "--json")
    return str(json.loads(told)["link"])


def has_a_passkey(office: Office) -> None:
    """The secretary makes a passkey and registers it with its key file; with it an officer is appointed, for later."""
    secretary, clerk = office.secretary, office.clerk
    key = secretary.makes_a_passkey("/acts/keys/")
    secretary.begins("/acts/keys/", "用现有密钥登记它")
    assert "公钥，核对词" in secretary.page.inner_text("main")
    assert key in secretary.page.content()  # folded: nobody decides on it
    secretary.signs_with_the_file()
    secretary.page.wait_for_url("**/done/")
    term = {"begins": iso(day_of(int(time.time())) + 9), "ends": "2099-12-31"}
    address = secretary.begins(
        "/desk/offices/", re.compile("^任命"), officer="o:lu", offices="sysop", interests__text="无", **term
    )
    secretary.signs("签署")
    assert "还须 1 人签署" in secretary.page.content(), secretary.page.inner_text("main")
    assert "qin 已签" in secretary.page.inner_text(".steps-signed")
    assert key in secretary.page.content()  # with her passkey, whichever key the draft was begun with
    path = address.removeprefix(clerk.address)
    clerk.at("/desk/confirmations/").locator(f'a[href="{path}"]').first.click()
    clerk.signs_with_the_file()
    clerk.page.wait_for_url("**/done/")
    assert clerk.page.locator("dt", has_text="签名").locator("+ dd").inner_text() == "2"
    first, second = secretary.codes[:2]
    assert secretary.signs_in_with(first) == [True]
    assert secretary.signs_in_with(first, second) == [False, True]  # each works once


def founded(office: Office, units: dict[str, Someone]) -> None:
    """From the text to the covenant in force."""
    founding = "/desk/founding/"
    office.together(founding, re.compile("^导入文本"), edition=COVENANT)
    approver = {"approver__name": "示范主管部门", "approver__basis": EVIDENCE}
    office.together(founding, re.compile("^指定主管部门"), **approver)
    initiators = {}
    for n, unit in enumerate(UNITS):
        code = fictional_code(n + 1)
        initiators |= {f"initiators__{n}__{k}": v for k, v in (("id", unit), ("name", f"单位{n + 1}"), ("code", code))}
    office.together(founding, re.compile("^定稿"), **initiators)
    for unit, person in units.items():
        has_a_key(office, unit, person)
        person.begins(
            f"/workspace/{unit}/founding/", "核对并签署", capacity="legal_representative", signatory__text="张三"
        )
        person.signs_with_the_passkey()
    office.together(founding, re.compile("^报批"))
    office.together(founding, re.compile("^主管部门批复"), outcome="granted", **paper("示函〔2026〕7号"))
    office.together("/desk/interpretations/", re.compile("^通过解释"))
    places = {"places__0__url": "https://alliance.example/covenant", "places__0__evidence": EVIDENCE}
    office.together(founding, re.compile("^公布公约"), **places)


def has_a_key(office: Office, unit: str, person: Someone) -> None:
    """The unit's signatory is invited and makes a passkey; two officers register it from the unit's letter."""
    clerk = office.clerk
    page = clerk.at("/account/people/")
    email = f"{person.name}@unit.invalid"
    page.get_by_label("电子邮箱").fill(email)
    page.get_by_label("名义").fill(unit)
    page.get_by_role("button", name="发出邀请").click()
    waiting = page.locator("li", has_text=email)
    waiting.get_by_text("链接").first.click()
    person.accepts(waiting.locator("details code").inner_text(), email)
    key = person.makes_a_passkey(f"/acts/keys/{unit}/")
    office.together(f"/desk/members/{unit}/", re.compile("^登记密钥"), key=key, **paper(f"登记函 {unit}"))
    assert "有效" in person.at(f"/acts/keys/{unit}/").inner_text("table.keys")


def amended(office: Office, units: dict[str, Someone]) -> None:
    """A unit proposes a change and files it, the secretary opens the vote, both vote, the next anchor closes it."""
    first = units[UNITS[0]]
    first.at(f"/workspace/{UNITS[0]}/amendments/").get_by_role("link", name=re.compile("发起修改|发起")).first.click()
    first.page.fill("[name=open]", "第四条")
    first.page.get_by_role("button", name="取出条文").click()
    text = first.page.locator('[name="texts.0.text"]')
    first.answers(texts__0__text=text.input_value().replace("积极推进行业自律", "大力推进行业自律"))
    first.signs_with_the_passkey()
    first.begins(f"/workspace/{UNITS[0]}/amendments/{PROPOSAL}/", "核对并提出")
    first.signs_with_the_passkey()
    office.secretary.begins("/desk/votes/", re.compile("^开始表决"))
    office.secretary.signs_with_the_file()
    for unit, person in units.items():
        page = person.at(f"/workspace/{unit}/votes/{PROPOSAL}/")
        page.get_by_label("同意", exact=True).check()
        page.get_by_role("button", name="核对并签署").click()
        page.locator(".digest-words").wait_for()
        person.signs_with_the_passkey()


def result(person: Someone) -> str:
    """What the vote's page says once the vote is closed, by the server's own rounds."""
    end = time.monotonic() + 200
    while time.monotonic() < end:
        said = str(person.at(f"/votes/{PROPOSAL}/").inner_text("main"))
        if "表决中" not in said and "recount" in person.page.content():
            return said
        time.sleep(3)
    raise AssertionError(said)


@pytest.mark.slow(70)
def test_from_nothing_to_a_verified_result(chromium: Any, tmp_path: Path) -> None:
    """An alliance is founded, its covenant signed, approved, published and amended in browsers; its book verifies."""
    with installation(tmp_path) as server:
        secretary, clerk = (Someone(chromium, server.address, tmp_path, name) for name in ("qin", "bai"))
        units = {unit: Someone(chromium, server.address, tmp_path, f"signer{n}") for n, unit in enumerate(UNITS)}
        people = [secretary, clerk, *units.values()]
        for officer in (secretary, clerk):
            officer.accepts(invited(tmp_path, officer.name), email_of(officer.name))
        office = Office(secretary, clerk)
        has_a_passkey(office)
        founded(office, units)
        amended(office, units)
        reader = Someone(chromium, server.address, tmp_path, "reader")
        said = result(reader)
        assert said.count("3×2=6≥2×2=4") == 2, said  # of the frozen roll, and of those still here
        assert "单位1" in said and "单位2" in said
        with reader.page.expect_download() as download:
            reader.at("/log/verify/").get_by_role("link", name="book.zip").click()
        book = tmp_path / "book.zip"
        download.value.save_as(book)
        report = json.loads(run("verify", book, "--vkey", tmp_path / "office" / "log.vkey", "--json"))
        assert (report["code"], report["failure"]) == (0, None)
        assert [complaint for person in (*people, reader) for complaint in person.complaints] == []
        for person in (*people, reader):
            person.context.close()
