"""The recount in the reader's browser: every ballot's signature, with keys from the open book, whatever the server says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.signing import job, sign, verify
from gongyue.covenant.parties import fictional_code
from gongyue.demo.simulated_office import json_object, paper, public_of, seed_of
from support.passkey import Passkey, malleated
from web.conftest import House, Visitor
from web.going import BEICHEN, CLERK, PROPOSAL, QINGHE, SECRETARY, SHIBEI, TASHA, YUNLING, Going

Visit = Callable[..., Visitor]
DEMO = "/votes/p:2026-01/recount/"


def recounted(one: Visitor, path: str = DEMO, alter: Callable[[bytes], bytes] | None = None) -> str:
    """What the browser finds; `alter` changes the disclosure on its way."""
    page = one.at(path)
    if alter is not None:

        def altered(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=alter(answer.body()))

        page.route("**" + page.get_attribute("#recount", "data-url"), altered)
    page.click("#count")
    page.wait_for_selector("#counted .verdict")
    assert not one.complaints
    return str(page.inner_text("#counted"))


def line_of(lines: bytes, what: bytes) -> tuple[int, int, dict[str, Any]]:
    """(start, end, content) of the last line that has it."""
    at = lines.rindex(what)
    start, end = lines.rfind(b"\n", 0, at) + 1, lines.index(b"\n", at)
    return start, end, json.loads(lines[start:end])


def test_every_signature_is_checked_with_keys_of_the_open_book(visitor: Visit) -> None:
    """The browser reads both books, finds their roots, opens every commitment and verifies every ballot."""
    said = recounted(visitor())
    assert "与公布的结果一致" in said
    assert "读了 36 行，其中选票 35 张" in said
    assert "同意 26，不同意 6，弃权 2；仍在册 36 家中投票 33、同意 25" in said
    assert "3×26=78≥2×37=74" in said
    assert re.search(r"读了公开簿 297 条、密封簿 \d+ 条，由它们算得的根就是检查点所载的根", said)
    found = re.search(r"已验 (\d+) 张选票的签名属实；(\d+) 张凭纸面", said)
    assert found is not None and int(found[1]) + int(found[2]) == 35 and int(found[2]) >= 1
    assert "每一行都打开密封簿中的一条承诺" in said
    assert "未能核对" not in said and "签名不实" not in said


def test_one_byte_of_a_signature_is_named(visitor: Visit) -> None:
    """The signature of one ballot altered by one character: its place in the sealed book and its unit are named."""
    named: list[str] = []

    def forged(lines: bytes) -> bytes:
        start, end, line = line_of(lines, b'"choice":"against"')
        sig = line["entry"]["sigs"][0]["sig"]
        other = ("B" if sig[10] != "B" else "C").join((sig[:10], sig[11:]))
        named.append(f"#{line['index']} {line['entry']['act']['actor']}")
        return lines[:start] + lines[start:end].replace(sig.encode(), other.encode()) + lines[end:]

    said = recounted(visitor(), alter=forged)
    assert "与公布的结果不一致" in said
    assert f"1 张选票的签名不实，密封簿 {named[0]} 签名不符" in said
    assert f"打不开密封簿中的承诺：{named[0]}" in said


def test_a_ballot_turned_round_is_named(visitor: Visit) -> None:
    """Consent for against: neither the signature nor the commitment holds, and the page says whose ballot it is."""
    named: list[str] = []

    def turned(lines: bytes) -> bytes:
        start, end, line = line_of(lines, b'"choice":"against"')
        named.append(f"#{line['index']} {line['entry']['act']['actor']}")
        return lines[:start] + lines[start:end].replace(b'"against"', b'"consent"') + lines[end:]

    said = recounted(visitor(), "/en" + DEMO, turned)
    assert "Does not agree with what was stated" in said
    assert "27 consent, 5 against, 2 abstain" in said
    assert f"not truly signed, of the sealed book (1): {named[0]} the signature does not hold" in said


def test_another_units_key_signs_no_ballot(house: House, visitor: Visit) -> None:
    """A ballot truly signed, though with the key of somebody else, is not that unit's ballot."""
    going = Going(house)
    named: list[str] = []

    def stolen(lines: bytes) -> bytes:
        start, end, line = line_of(lines, b'"choice":"against"')
        act, actor = line["entry"]["act"], line["entry"]["act"]["actor"]
        named.append(f"#{line['index']} {actor}")
        other = BEICHEN if actor != BEICHEN else YUNLING
        signed = sign(SignedAct(act), seed_of(other))
        line["entry"]["sigs"] = [msgspec.to_builtins(s) for s in signed.sigs]
        assert public_of(other) in going.inst.keys
        return lines[:start] + msgspec.json.encode(line, order="sorted") + lines[end:]

    said = recounted(visitor(), alter=stolen)
    assert f"{named[0]} 不是该单位的密钥" in said


def _first_keys_disavowed(going: Going) -> None:
    """The authority's before it was valid, a unit's with what it added meanwhile: on paper, recorded by two others."""
    others = ["o:fan", "o:gu"]
    term = {"begins": "2027-02-10", "ends": "2028-12-31", "interests": "sha256:" + "00" * 32}
    for name in others:
        going.executive("office.appoint/1", {"officer": name, "offices": ["clerk"], **term}, [SECRETARY, CLERK])
        key = {"holder": name, "key": public_of(name), "alg": "ed25519"}
        going.executive("key.register/1", key, [SECRETARY, CLERK])
    unit = {"id": "u:0101", "name": "从无密钥", "code": fictional_code(101)}
    roll, data = json_object({"v": "gongyue/roll@1", "units": [unit]})
    going.executive("membership.invite/1", {"roll": roll, "alliance": False, "standing": "invited"}, [CLERK], [data])
    going.at("2027-02-10 10:00")
    letter = paper("登记密钥", "2027-02-10", "2027-02-10")
    entries = []
    for holder in ("authority", "u:0101"):
        key = {"holder": holder, "key": public_of(holder), "alg": "ed25519"}
        going.do("key.register/1", "exec", key, [SECRETARY, CLERK], paper=letter)
        entries.append((holder, going.inst.size - 1))
    going.do("key.rotate/1", "u:0101", {"key": public_of("u:0101#2"), "alg": "ed25519"}, ["u:0101"])
    going.at("2027-02-11 10:00")
    for holder, entry in entries:
        going.do("key.disavow/1", holder, {"entry": entry}, others, paper=letter)
    true = {"holder": "u:0101", "key": public_of("u:0101#3"), "alg": "ed25519"}
    going.do("key.register/1", "exec", true, [SECRETARY, CLERK], paper=letter)


def test_the_browser_reads_the_same_keys_as_the_institution(house: House, visitor: Visit) -> None:
    """Genesis, admission, comparing, rotation, addition, revocation on paper too, recovery, its disavowal, retirement, a first key."""
    going = Going(house).at("2027-02-01 10:00")
    new = [Passkey(n) for n in (11, 12, 13)]
    going.of("key.add/1", BEICHEN, key=new[0].id, alg="webauthn")
    going.of("key.revoke/1", BEICHEN, key=new[0].id)
    going.informs(going.on_paper("key.recover/1", YUNLING, key=new[1].id, alg="webauthn"))
    revoked = going.on_paper("key.revoke/1", TASHA, key=public_of(TASHA), last=True)
    going.of("key.receive/1", TASHA, entry=revoked.index)
    going.on_paper("key.revoke/1", QINGHE, key=public_of(QINGHE), last=True)
    going.on_paper("key.recover/1", QINGHE, key=new[2].id, alg="webauthn")
    going.at("2027-02-02 10:00").of("key.disavow/1", QINGHE, entry=going.inst.size - 1)
    going.do("key.rotate/1", "o:mo", {"key": public_of("o:mo#2"), "alg": "ed25519"}, ["o:mo"])
    _first_keys_disavowed(going)
    going.compares(SHIBEI.id)
    going.executive("key.retire/1", {"key": public_of("o:lu")}, [SECRETARY, CLERK])
    page = visitor().at(DEMO)
    found = page.evaluate(
        """async () => {
          const { keys } = await Signatures.read(new URL("/book/", location.href).href, "");
          return [...keys].map(([id, k]) => [id, [k.holder, k.alg, k.from, k.to === Infinity ? null : k.to]]);
        }"""
    )
    assert dict(found) == {id: [k.holder, k.alg, k.valid_from, k.valid_to] for id, k in going.inst.keys.items()}


def test_ballots_signed_by_passkey_are_checked_too(house: House, visitor: Visit) -> None:
    """A passkey's assertion holds over its ballot, in both ECDSA forms; altered, or of another page, it does not."""
    going, key = Going(house).at("2027-02-01 10:00"), Passkey()
    going.of("key.add/1", BEICHEN, key=key.id, alg="webauthn")
    going.is_under_vote()
    assert going.inst.genesis is not None
    (origin,) = going.inst.genesis.origins
    ballot = going.signed("vote.ballot/1", BEICHEN, {"vote": PROPOSAL, "choice": "consent"}, [BEICHEN])
    signed = key.sign(msgspec.structs.replace(ballot, act=ballot.act | {"seq": 1}, sigs=()), origin, "localhost")
    going.office.handle(signed)
    going.tells(going.on_paper("vote.ballot/1", YUNLING, vote=PROPOSAL, choice="against"))
    for unit in (TASHA, QINGHE):
        going.votes(unit, "consent")
    going.at("2027-03-05 10:00").ticks()
    path = f"/votes/{PROPOSAL}/recount/"
    said = recounted(visitor(), path)
    assert "已验 3 张选票的签名属实；1 张凭纸面" in said and "与公布的结果一致" in said

    def other_form(lines: bytes) -> bytes:
        return lines.replace(signed.sigs[0].sig.encode(), malleated(signed).sigs[0].sig.encode())

    def of_another_page(lines: bytes) -> bytes:
        evil = key.sign(msgspec.structs.replace(signed, sigs=()), "https://evil.example", "evil.example").sigs[0]
        assert not verify(job(evil, b""), [origin])
        start, end, line = line_of(lines, b'"webauthn"')
        line["entry"]["sigs"] = [msgspec.to_builtins(evil)]
        return lines[:start] + msgspec.json.encode(line, order="sorted") + lines[end:]

    assert "已验 3 张选票的签名属实" in recounted(visitor(), path, other_form)
    said = recounted(visitor(), path, of_another_page)
    assert "已验 2 张选票的签名属实；1 张凭纸面" in said and f"{BEICHEN} 签名不符" in said


def test_a_browser_without_ed25519_says_so_and_counts_all_the_same(visitor: Visit) -> None:
    """Digest, commitments and count are done; the signatures could not be checked, and the page says why."""
    one = visitor()
    one.context.add_init_script(
        """const known = SubtleCrypto.prototype.importKey;
        SubtleCrypto.prototype.importKey = function (form, key, algorithm, ...rest) {
          if (algorithm.name === "Ed25519") return Promise.reject(new DOMException("no", "NotSupportedError"));
          return known.call(this, form, key, algorithm, ...rest);
        };"""
    )
    said = recounted(one)
    assert re.search(r"\d+ 张未能核对：这个浏览器还不会验 Ed25519 签名", said)
    assert "已验 0 张选票的签名属实" in said
    assert "同意 26，不同意 6，弃权 2" in said


@pytest.mark.parametrize(
    ("bad", "zh"),
    [(b"no JSON", "第 1 行不是 JSON"), (b"\xff\xfe", "不是 UTF-8 文本"), (b"{}", "第 1 行没有启封什么"), (b"null", "第 1 行没有启封什么")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_in_the_readers_language(visitor: Visit, bad: bytes, zh: str) -> None:
    """Which line, and what is wrong with it; nothing in the browser's own words."""
    said = recounted(visitor(), alter=lambda data: bad)
    assert said.strip() == f"读不出或不是这次表决的启封内容：{zh}"


def test_a_server_that_shows_another_book_is_found_out(visitor: Visit) -> None:
    """Entries that do not amount to the root of the checkpoint: the page says so, and the verdict is bad."""
    one = visitor()

    def swapped(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body().replace(b"2026-03-20", b"2026-03-21", 1))

    one.page.route("**/book/tile/entries/**", swapped)
    said = recounted(one)
    assert "与公布的结果不一致" in said and "由它们算得的根不是检查点所载的根" in said


def test_a_vote_with_ballots_of_a_false_time_is_counted_alike(house: House, visitor: Visit) -> None:
    """A member's own of a day that was not counts, with the key it added then; one from paper does not; keys as the book has them."""
    going = Going(house).is_under_vote()
    going.informs(going.on_paper("key.recover/1", YUNLING, key=public_of("yunling#3"), alg="ed25519"))
    going.at("2027-02-09 09:00").ticks()
    back = going.now
    going.leap(back + 2 * 86_400)
    going.ticks()
    going.of("key.add/1", BEICHEN, key=public_of("beichen#9"), alg="ed25519")
    going.do("vote.ballot/1", BEICHEN, {"vote": PROPOSAL, "choice": "consent"}, ["beichen#9"])
    going.on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="against")
    going.executive("key.retire/1", {"key": public_of("o:lu")}, [SECRETARY, CLERK])
    going.leap(back + 5 * 3600)
    going.executive("clock.recover/1", going.office.false_time(going.now), [SECRETARY, CLERK])
    going.votes(TASHA, "consent")
    page = visitor().at(DEMO)
    found = page.evaluate(
        """async () => {
          const { keys } = await Signatures.read(new URL("/book/", location.href).href, "");
          return [...keys].map(([id, k]) => [id, [k.holder, k.alg, k.from, k.to === Infinity ? null : k.to]]);
        }"""
    )
    assert dict(found) == {id: [k.holder, k.alg, k.valid_from, k.valid_to] for id, k in going.inst.keys.items()}
    going.at("2027-03-08 10:00").ticks()
    assert (going.inst.votes[PROPOSAL].consents, going.inst.votes[PROPOSAL].against) == (2, 0)
    said = recounted(visitor(), f"/votes/{PROPOSAL}/recount/")
    assert "与公布的结果一致" in said and "已验 2 张选票的签名属实；1 张凭纸面" in said
