"""Who may open what: every route tried by everybody; every act type handed in by whoever may not (domain 7)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gongyue.book.drafting import draft_act, next_seq
from gongyue.book.signing import sign
from gongyue.demo.stage import public_of, seed_of
from gongyue.governance.acts import KINDS, Book, Kind, decode_body, instance
from gongyue.transparency import canonical
from web.api.program import Program
from web.conftest import House
from web.security.matrix import SEATED, table
from web.security.people import PEOPLE, client_of, prepare
from web.security.routes import routes


@pytest.fixture
def matrix(house: House) -> House:
    """The demonstration a few days on: a term and a delegation have ended."""
    prepare(house)
    return house


def test_every_route_has_a_row(house: House) -> None:
    """A page that is added says in `matrix.py` who may open it; a row whose page is gone is taken out."""
    rows, names = table(), {route.name for route in routes()}
    missing = sorted(names - set(rows) - SEATED)
    assert not missing, f"add these routes to a row of tests/web/security/matrix.py: {' '.join(missing)}"
    gone = sorted((set(rows) | SEATED) - names)
    assert not gone, f"take these rows out of tests/web/security/matrix.py: {' '.join(gone)}"


@pytest.mark.parametrize("who", PEOPLE)
def test_each_opens_what_is_theirs_and_nothing_else(matrix: House, who: str) -> None:
    """GET for all; POST too where it must be closed: it is refused before anything is done."""
    rows, client = table(), client_of(matrix, who)
    wrong = []
    for route in routes():
        if route.name in SEATED and who != "outsider":
            continue
        allowed = who in rows.get(route.name, frozenset())
        for method in ("get", "post") if not allowed else ("get",):
            answer = getattr(client, method)(route.address)
            answer.close()
            if _shut(answer) == allowed and not (allowed is False and answer.status_code == 405):
                wrong.append(f"{who} {method} {route.name} {route.address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def _shut(answer: Any) -> bool:
    """Whether one was not let in: forbidden, or sent to sign in."""
    if answer.status_code in {301, 302}:
        return answer.headers["Location"].startswith(("/account/login/", "/en/account/login/"))
    return answer.status_code in {401, 403}


def test_whoever_has_no_seat_for_it_does_not_act(matrix: House) -> None:
    """Forms and drafts of u:0001 from a seat of another unit, of a lapsed delegation, an engineer, an ended term."""
    address = "/acts/new/membership.declare/1/?as=u:0001"
    for who in ("other", "lapsed", "engineer", "former", "publisher", "authority"):
        assert client_of(matrix, who).get(address).status_code in {403, 404}, who
        assert client_of(matrix, who).post(address, {"activities": "analysis"}).status_code in {403, 404}, who


def test_a_session_opens_nothing_of_the_api(matrix: House) -> None:
    """Cookies are not asked: 401 without a key, also for those who are signed in."""
    for who in PEOPLE:
        client = client_of(matrix, who)
        for path in ("/api/key", "/api/feed", "/api/disclosures"):
            assert client.get(path).status_code == 401, (who, path)


# -- API keys

KEYS = {
    "signatory": ("u:0001", "signatory"),
    "officer": ("u:0001", "officer"),
    "engineer": ("u:0001", "engineer"),
    "other": ("u:0004", "signatory"),
    "stranger": ("u:zzzz", "signatory"),
    "secretary": ("o:qin", ""),
    "publisher": ("o:lu", ""),
    "former": ("o:ge", ""),
}
DRAFTS_NO_UNIT_MATTER = ("founding", "membership", "key")
"""What a unit's officer does not even draft (domain 7: sign, join, leave; keys)."""


def may_draft(who: str, kind: Kind) -> bool:
    """Domain 7, "propose, vote, report: ● signatory, draft officer"; officers draft what their offices do."""
    if who in {"engineer", "former"}:
        return False
    if who in {"signatory", "other", "stranger"}:
        return kind.by.who == "unit"
    if who == "officer":
        return kind.by.who == "unit" and kind.matter not in DRAFTS_NO_UNIT_MATTER
    offices = {"secretary": {"secretary"}, "publisher": {"publisher"}}[who]
    return bool(kind.by.offices & offices)


@pytest.mark.parametrize("who", KEYS)
def test_a_key_drafts_what_its_party_and_role_may(matrix: House, who: str) -> None:
    """Every act type for every kind of key: 401 or 403 where it may not, anything else where it may."""
    party, role = KEYS[who]
    program = Program(matrix, party, role)
    for kind in KINDS.values():
        if kind.type != "book.genesis/1":
            answer = program.draft(kind.type, dict(kind.example))
            assert (answer.status_code not in {401, 403}) == may_draft(who, kind), (who, kind.type, answer.content)


WRONG = {
    "a key nobody registered": ("stranger",),
    "another member": ("u:0004",),
    "an officer of another office": ("o:lu",),
    "one officer where two are needed": ("o:qin",),
    "officers whose term has ended": ("o:ge", "o:qin"),
    "a member among officers": ("u:0004", "o:qin"),
    "the office key": ("sys",),
}
"""Who signs what is not theirs."""
THEIRS = {
    "an officer of another office": lambda k: "publisher" in k.by.offices,
    "one officer where two are needed": lambda k: "secretary" in k.by.offices and not k.by.two,
    "the office key": lambda k: k.by.who == "system",
}
"""Where it is theirs after all."""


@pytest.mark.parametrize("wrong", WRONG)
def test_an_act_of_somebody_else_is_never_recorded(matrix: House, wrong: str) -> None:
    """Every act type's own example, handed in through the API: refused, with a code; the book does not grow."""
    program, size = Program(matrix), matrix.office.catch_up().size
    for kind in KINDS.values():
        if kind.type == "book.genesis/1" or THEIRS.get(wrong, lambda k: False)(kind):
            continue
        answer = program.hand_in(_signed(matrix, kind, WRONG[wrong]))
        assert answer.status_code in {409, 422}, (kind.type, answer.content)
        assert answer.json()["code"].startswith(("GY-", "out-of-turn/", "malformed")), (kind.type, answer.content)
    assert matrix.office.catch_up().size == size


def _signed(house: House, kind: Kind, signers: tuple[str, ...]) -> bytes:
    """The type's example in the name of whom it belongs to, signed by these."""
    office = house.office
    inst, first = office.catch_up(), public_of(signers[0])
    actor = {"unit": "u:0001", "system": "sys", "authority": "authority"}.get(kind.by.who, "exec")
    body = dict(kind.example)
    of = instance(kind, decode_body(kind, canonical.encode(body)))
    seq = office.sealed_seq(first, of) if kind.book is Book.SEALED else next_seq(inst, first)
    act = draft_act(inst, office.rev, office.view(), kind.type, actor, body, seq=seq, at=office.now, nonce=b"\1" * 32)
    for signer in signers:
        act = sign(act, seed_of(signer))
    return msgspec.json.encode(act)


def test_private_contents_are_never_served(matrix: House) -> None:
    """A scan that an act commits to is in the store, and no address gives it: neither the book's files nor the API."""
    from gongyue.transparency.canonical import digest

    scan = b"%PDF-1.7 a scan (demo)"
    with matrix.office.store.writing() as tx:
        tx.put_object(digest(scan), scan, public=False)
    named = digest(scan).removeprefix("sha256:")
    folder = matrix.directory / "office" / "private"
    folder.mkdir(exist_ok=True)
    (folder / f"{named}.content").write_bytes(scan)
    for who in PEOPLE:
        client = client_of(matrix, who)
        for path in (
            f"/book/objects/sha256/{named}",
            f"/book/../private/{named}.content",
            f"/book/objects/sha256/../../../../private/{named}.content",
            f"/book/%2e%2e/private/{named}.content",
            f"/static/../private/{named}.content",
            f"/api/objects/sha256:{named}",
            f"/api/receipts/sha256:{named}",
        ):
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code >= 400 and scan not in body, (who, path)
