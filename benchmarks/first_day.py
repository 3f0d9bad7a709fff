"""The first day, measured: six people who have never been here do what they came for, in a browser; what that takes.

Clicks: links and buttons pressed, boxes ticked, files chosen. Fields: texts typed. Words: what stands visibly on every page they
pass through, each Chinese character or Latin word one, navigation and footer left out. A trial that does not get there ends the run.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from tools.screenshots import ARGS, CHROMIUM, served

from gongyue.covenant.parties import fictional_code
from gongyue.office.evidence_scan import COMMAND

WORD = re.compile("[\u3400-\u9fff]|[A-Za-z0-9][A-Za-z0-9'’.:/+-]*")
LANGUAGES = {"zh": "", "en": "/en"}
PASSWORD = "[name=password]"


class Someone:
    """Somebody at a browser who goes from page to page: what was pressed, typed and read."""

    def __init__(self, browser: Browser, address: str, prefix: str, folder: Path) -> None:
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.address, self.prefix, self.folder = address, prefix, folder
        self.clicks = self.fields = self.pages = self.words = 0

    def starts(self, path: str = "/") -> Someone:
        """Type the site's address."""
        self.page.goto(self.address + self.prefix + path)
        return self._reads()

    def _reads(self) -> Someone:
        self.page.wait_for_load_state()
        self.pages += 1
        self.words += len(WORD.findall(self.page.inner_text("main")))
        return self

    def goes(self, what: str) -> Someone:
        """Press a link or a button, by its selector, that leads to another page, and read that."""
        with self.page.expect_navigation():
            self._first(what).click()
        self.clicks += 1
        return self._reads()

    def presses(self, what: str) -> Someone:
        """Press something that leads nowhere else."""
        self._first(what).click()
        self.clicks += 1
        return self

    def types(self, what: str, text: str) -> Someone:
        """Write into a field."""
        self._first(what).fill(text)
        self.fields += 1
        return self

    def chooses(self, what: str, file: Path) -> Someone:
        """Choose a file."""
        self.page.locator(what).first.set_input_files(file)
        self.clicks += 1
        return self

    def keeps(self, what: str, name: str) -> Path:
        """Press something that is downloaded, and keep it."""
        with self.page.expect_download() as waiting:
            self._first(what).click()
        self.clicks += 1
        kept = self.folder / name
        waiting.value.save_as(kept)
        return kept

    def sees(self, what: str) -> Someone:
        """Wait until it stands there: an error where it does not."""
        self.page.locator(f"main {what}").first.wait_for()
        return self

    def _first(self, what: str) -> Locator:
        return self.page.locator(f"{what} >> visible=true").first

    def signs_in(self, email: str, password: str) -> Someone:
        """Through the sign-in page, to one's own first page."""
        self.starts().goes(f'nav a[href="{self.prefix}/workspace/"], a[href="{self.prefix}/workspace/"]')
        self.types("[name=login]", email).types(PASSWORD, password)
        return self.goes("main form button[type=submit]")

    def signs(self) -> Someone:
        """With the demonstration's key, on the page that shows what is signed."""
        for box in self.page.locator("form.demo input[type=checkbox]").all():
            box.check()
            self.clicks += 1
        return self.goes("form.demo button[type=submit]")


Trial = Callable[[Someone, str], Any]


def join(one: Someone, _: str) -> None:
    """A firm: from the first page to the page that says until when it is decided."""
    applies(one, 77)


def withdraw(one: Someone, _: str) -> None:
    """Another, which has applied: from the page of its application to its withdrawal, with the same key file."""
    key = applies(one, 78)
    one.clicks = one.fields = one.words = 0
    one.pages = 1
    one.goes('main a[href$="/withdraw/"]').chooses("[data-key-file]", key).goes("[data-go]").sees("p.said time, p.said")


def applies(one: Someone, number: int) -> Path:
    """Apply to join; the key that was made."""
    one.starts().goes(f'main a[href="{one.prefix}/join/"]').goes(f'main a[href="{one.prefix}/join/apply/"]')
    one.types("[name=name]", "试行数据（演示）").types("[name=code]", fictional_code(number))
    one.presses("[name=domestic][value=yes]").presses("[name=accepts][value=yes]").presses(
        "[name=activities][value=analysis]"
    )
    key = one.keeps("[data-make-key]", f"{number}.key")
    one.goes("form.act-form button[type=submit]").chooses("[data-key-file]", key)
    one.goes("[data-go]").sees(".deadline time")
    return key


def vote(one: Someone, password: str) -> None:
    """A compliance officer who signs for a member: from the first page to a ballot that is recorded."""
    one.signs_in("yiwei@demo.invalid", password).goes('.task a[href*="/votes/"]')
    one.presses("[name=choice][value=consent]").goes("main form button[type=submit]").signs().sees("dl.facts")


def amend(one: Someone, password: str) -> None:
    """The same, proposing that an article read otherwise: from the first page to the proposal that is recorded."""
    one.signs_in("beichen@demo.invalid", password).goes('nav a[href$="/amendments/"]').goes(
        'main a[href*="amendment.initiate"]'
    )
    one.types("[name=open]", "第四条").goes("[name=more][value=texts]")
    text = one.page.locator('[name="texts.0.text"]')
    one.types('[name="texts.0.text"]', text.input_value().replace("积极", "大力", 1))
    one.goes("form.act-form .buttons button[type=submit]").signs().sees("dl.facts")


def admit(one: Someone, password: str) -> None:
    """The secretary: from the first page to an application that is granted."""
    one.signs_in("qin@demo.invalid", password).goes(f'a[href="{one.prefix}/desk/admissions/"]')
    one.goes('a[href*="membership.grant"]').goes("form.act-form .buttons button[type=submit]").signs().sees("dl.facts")


def reply(one: Someone, password: str) -> None:
    """A unit that is investigated: from the first page to a reply with a document that stands in its dossier."""
    written = one.folder / "reply.txt"
    written.write_text("答复：已取得用户的单独同意，附同意记录的说明。\n", "utf-8")
    one.signs_in("qinghe@demo.invalid", password).goes('.task a[href*="/my/dossiers/"]')
    one.goes('section[aria-labelledby="next"] a.button').chooses("form.act-form input[type=file]", written)
    one.goes("form.act-form .buttons button[type=submit]").signs().sees("dl.facts")


def program(one: Someone, _: str) -> None:
    """An integrator: from the first page to the register as a program reads it, by the address that the reference gives."""
    one.starts().goes(f'main a[href="{one.prefix}/api/"]').sees('code >> text="/api/register"')
    assert one.page.request.get(f"{one.address}/api/register").json()["items"]


def check_receipt(one: Someone, _: str) -> None:
    """An integrator: a receipt taken from the book, checked in the browser."""
    one.starts("/log/54/")
    kept = one.keeps('a[href$="receipt.tlog-proof"]', "54.tlog-proof")
    one.starts().goes(f'main a[href="{one.prefix}/log/receipt/"]').chooses("#receipt", kept)
    one.presses("#check button[type=submit]").sees("#outcome .good")


def recount(one: Someone, _: str) -> None:
    """A journalist: from the first page to a closed vote counted again in the browser."""
    one.starts().goes(f'nav a[href="{one.prefix}/votes/"]').goes(
        f'main a[href="{one.prefix}/votes/p:2026-01/recount/"]'
    )
    one.presses("#count").sees("#counted .good")


def late(one: Someone, _: str) -> None:
    """A journalist: from the first page to what the executive body did late, with the entry that proves it."""
    one.starts().goes(f'main a[href="{one.prefix}/executive/"] >> nth=-1').sees("td >> text=2027")


def compare(one: Someone, _: str) -> None:
    """A regulator without an account: a checkpoint saved, compared with the book as it is."""
    one.starts().goes(f'main a[href="{one.prefix}/log/verify/"]')
    kept = one.keeps("main a[download]", "checkpoint")
    one.chooses("input[type=file]", kept).goes("main form button[type=submit]").sees(".verdict.good, .said")


TRIALS: dict[str, tuple[str, str, Trial]] = {
    "late": ("记者：查出逾期的", "journalist: find what was late", late),
    "recount": ("记者：重新计票", "journalist: recount a vote", recount),
    "join": ("想加入的单位：申请", "a firm: apply to join", join),
    "withdraw": ("申请单位：撤回申请", "an applicant: take the application back", withdraw),
    "vote": ("合规专员：投票", "compliance officer: vote", vote),
    "amend": ("合规专员：提议改一条", "compliance officer: amend an article", amend),
    "admit": ("秘书长：准予申请", "secretary: admit", admit),
    "reply": ("被调查单位：答复", "a unit investigated: reply", reply),
    "program": ("集成商：用接口读名录", "integrator: read the register by the API", program),
    "compare": ("主管部门：与上次比较", "regulator: compare with an earlier checkpoint", compare),
    "receipt": ("集成商：核对回执", "integrator: check a receipt", check_receipt),
}
"""By name: who does what, in both languages, and how."""


def main() -> None:
    """Try all of them in both languages, each language on a demonstration of its own.

    What a machine compiles once, with its first document, is compiled before anybody is timed.
    """
    subprocess.run(COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    print(f"{'':34}{'pages':>6}{'clicks':>7}{'fields':>7}{'words':>7}")
    for language, prefix in LANGUAGES.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            served(Path(folder) / "demo") as (address, passwords),
            sync_playwright() as run,
        ):
            browser = run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            for zh, en, trial in TRIALS.values():
                someone = Someone(browser, address, prefix, Path(folder))
                trial(someone, next(iter(passwords.values())))
                told = (someone.pages, someone.clicks, someone.fields, someone.words)
                name = zh + " " * (34 - 2 * len(zh)) if language == "zh" else f"{en:<46}"
                print(name + "".join(f"{n:>7}" for n in told), flush=True)
                someone.context.close()
            browser.close()


if __name__ == "__main__":
    main()
