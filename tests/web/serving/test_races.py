"""Two at once, in processes of their own and on either store: mails drained, drafts edited and signed."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from benchmarks.web_world import close, office_in
from benchmarks.world import unit

from web.conftest import free_port
from web.notices.postbox import Postbox
from web.serving.process import Browser, Server

PASSWORD = secrets.token_urlsafe(12)
PEOPLE = 12
START = """
import json, sys
from datetime import date
from pathlib import Path
from gongyue.web import bootstrap
bootstrap.start(Path(sys.argv[1]))
bootstrap.prepare()
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.notices.models import Mail, Preference
from gongyue.web.notices import dispatch, outbox
"""
SETTLE = (
    START
    + """
from django.contrib.auth.hashers import PBKDF2PasswordHasher
PBKDF2PasswordHasher.iterations = 1_000  # twelve people's passwords would cost longer than all of their mails
for n, (email, party) in enumerate(json.loads(sys.argv[2])):
    person = Person.objects.create_user(email, sys.argv[3], name=email)
    role = "signatory" if party.startswith("u:") else ""
    Seat.objects.create(person=person, party=party, role=role, begins=date(2026, 1, 1))
    Preference.objects.create(person=person, rhythm="at-once", since=0)
bootstrap.close()
"""
)
"""People with seats, who want to hear of everything there ever was."""
DRAIN = (
    START
    + """
from django.conf import settings
dispatch.sends = outbox.sends = lambda: True
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
settings.EMAIL_HOST_USER, settings.DEFAULT_FROM_EMAIL = "", "office@alliance.example"
print("ready", flush=True)
sys.stdin.readline()
sent, rounds = 0, 0
while rounds < 3 or Mail.objects.filter(state=Mail.WAITING).exists():
    outbox.collect()
    sent += dispatch.send_due()
    rounds += 1
print(sent, flush=True)
bootstrap.close()
"""
)
"""What a serving process does every minute, as fast as it can until nothing waits."""
COUNT = (
    START
    + """
dispatch.sends = outbox.sends = lambda: True
again = outbox.collect()
print(json.dumps([again, sorted(Mail.objects.values_list("state", "tries"))]))
bootstrap.close()
"""
)


def script(text: str, *words: str | Path) -> str:
    """What a script says, run to its end in a process of its own."""
    done = subprocess.run([sys.executable, "-c", text, *map(str, words)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_processes_that_drain_the_outbox_at_once_send_every_mail_once(url: str, tmp_path: Path) -> None:
    """Three collect and send from the same moment: each mail arrives once, none is left, none was tried twice."""
    office = tmp_path / "office"
    close(office_in(office, PEOPLE, url))
    people = [(f"p{n}@unit.invalid", unit(n)) for n in range(1, PEOPLE + 1)]
    script(SETTLE, office, json.dumps(people), PASSWORD)
    box = Postbox()
    try:
        drains = [
            subprocess.Popen(
                [sys.executable, "-c", DRAIN, str(office), str(box.port)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        for drain in drains:
            assert drain.stdout is not None and drain.stdout.readline() == "ready\n"
        for drain in drains:
            assert drain.stdin is not None
            drain.stdin.write("go\n")
            drain.stdin.flush()
        told = [drain.communicate(timeout=120) for drain in drains]
    finally:
        box.close()
    assert [drain.returncode for drain in drains] == [0, 0, 0], told
    sent = [int(out) for out, _ in told]
    again, states = json.loads(script(COUNT, office))
    assert len(states) >= 5 * PEOPLE and again == 0
    assert {tuple(state) for state in states} == {("sent", 1)}
    arrived = [message["Message-ID"] for _, message in box.kept]
    assert len(arrived) == len(set(arrived)) == sum(sent) == len(states)


class Two:
    """Two people at a served installation, who do something at the same moment."""

    def __init__(self, address: str, one: str, other: str) -> None:
        self.people = [Browser(address), Browser(address)]
        for browser, email in zip(self.people, (one, other), strict=True):
            assert browser.signs_in(email, PASSWORD).ok

    def at_once(self, *does: Callable[[Browser], requests.Response]) -> list[requests.Response]:
        """Each does its own, from the same moment; what each was answered."""
        gate, found = threading.Barrier(len(does)), dict[int, requests.Response]()

        def go(n: int) -> None:
            gate.wait()
            found[n] = does[n](self.people[n % 2])

        threads = [threading.Thread(target=go, args=(n,)) for n in range(len(does))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [found[n] for n in range(len(does))]


def posts(path: str, **fields: Any) -> Callable[[Browser], requests.Response]:
    """Posts a form there, following where it leads."""
    return lambda browser: browser.post(
        browser.address + path,
        fields | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]},
        headers={"Referer": browser.address},
        timeout=60,
    )


def field(browser: Browser, path: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', browser.at(path).text)
    assert found, browser.at(path).text
    return found[1]


def size(server: Server) -> int:
    """How many entries the open book has."""
    return int(requests.get(f"{server.address}/api/status", timeout=30).json()["size"])


def test_two_who_edit_or_sign_a_draft_at_once(url: str, tmp_path: Path) -> None:
    """One wins, the other is told in words, nothing is lost: edit and edit, edit and sign, sign and sign, two officers."""
    port, office = free_port(), tmp_path / "office"
    close(office_in(office, 8, url, port))
    people = [("a@x.invalid", unit(1)), ("b@x.invalid", unit(1)), ("q@x.invalid", "o:qin"), ("k@x.invalid", "o:bai")]
    script(SETTLE, office, json.dumps(people), PASSWORD)
    with Server("serve", "--office", office, port=port) as server:
        server.ready()
        two = Two(server.address, "a@x.invalid", "b@x.invalid")
        _edit_and_edit(two)
        _edit_and_sign(two)
        _sign_and_sign(two, server)
        _two_officers(Two(server.address, "q@x.invalid", "k@x.invalid"), server)
        assert server.stop() == 0
    assert not [line for line in server.logged if " ERROR " in line], server.logged


def _draft(two: Two) -> str:
    """The path of a new draft of the unit's."""
    made = posts(f"/acts/new/membership.declare/1/?as={unit(1)}", activities=["research"])(two.people[0])
    assert made.ok and "核对词" in made.text, made.text
    return made.url.removeprefix(two.people[0].address)


def _edit_and_edit(two: Two) -> None:
    for _ in range(5):
        path = _draft(two)
        version = field(two.people[0], path + "edit/", "version")
        edits = [posts(path + "edit/", activities=[what], version=version) for what in ("education", "analysis")]
        answers = two.at_once(*edits)
        assert sorted(a.status_code for a in answers) == [200, 409]
        won = "教育" if answers[0].status_code == 200 else "分析服务"
        lost = answers[1] if answers[0].status_code == 200 else answers[0]
        assert "您填的没有保存" in lost.text
        assert f'value="{"analysis" if won == "教育" else "education"}" checked' in lost.text
        assert f"<dd>{won}</dd>" in two.people[1].at(path).text


def _edit_and_sign(two: Two) -> None:
    """Either the edit is kept and the signer told to look again, or the act is recorded and the editor sees that."""
    for _ in range(5):
        path = _draft(two)
        version, digest = field(two.people[0], path + "edit/", "version"), field(two.people[1], path, "digest")
        edited, signed = two.at_once(
            posts(path + "edit/", activities=["education"], version=version), posts(path + "sign/demo", digest=digest)
        )
        if "done/" in signed.url:
            assert "done/" in edited.url and "您这次填的没有保存" in edited.text
            assert "<dd>科研</dd>" in signed.text
        else:
            assert "更新过" in signed.text and edited.status_code == 200
            assert "<dd>教育</dd>" in two.people[1].at(path).text


def _sign_and_sign(two: Two, server: Server) -> None:
    before = size(server)
    path = _draft(two)
    digest = field(two.people[0], path, "digest")
    answers = two.at_once(*[posts(path + "sign/demo", digest=digest)] * 6)
    assert all("done/" in a.url for a in answers)
    assert size(server) == before + 1


def _two_officers(two: Two, server: Server) -> None:
    """Both sign what two must sign: whoever's key leads is first; the other is recorded with it, or told and signs again.

    Each who signs first makes the draft begin with his key, so both may be told to look again."""
    before = size(server)
    answers = {"officer": "o:new", "offices": ["sysop"], "begins": "2027-04-23", "ends": "2027-12-31"}
    made = posts("/acts/new/office.appoint/1/", **answers, **{"interests.text": "无"})(two.people[0])
    path = made.url.removeprefix(server.address)
    digest = field(two.people[0], path, "digest")
    first, second = two.at_once(*[posts(path + "sign/demo", digest=digest)] * 2)
    assert first.ok and second.ok
    assert "done/" in second.url or "更新过" in second.text or "还须" in second.text
    for officer in two.people:  # whoever was told to look again, be it both, signs what stands there now
        if "sign/demo" in officer.at(path).text:
            posts(path + "sign/demo", digest=field(officer, path, "digest"))(officer)
    assert all("done/" in officer.at(path).url for officer in two.people)
    assert size(server) == before + 1
