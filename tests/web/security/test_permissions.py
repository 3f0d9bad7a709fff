"""Who may open what: every route tried by everybody; every act type handed in by whoever may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from gongyue.book.drafting import draft_act
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import public_of, seed_of
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.office.vault.vault import Vault
from web.api.program import Program
from web.conftest import House
from web.security.matrix import BY_TYPE, DRAFT, KEYS, NOT_BY_A_UNITS_OFFICER, may_begin, operations, table
from web.security.people import PEOPLE, client_of, prepare
from web.security.routes import IDS, NO_DRAFT, SAMPLES, Route, routes


@pytest.fixture
def matrix(house: House) -> House:
    """The demonstration a few days on: a term and a delegation have ended."""
    prepare(house)
    return house


def test_every_route_has_a_row(house: House) -> None:
    """A page that is added says in `matrix.py` who may open it; a row whose page is gone is taken out."""
    rows, names = table(), {route.name for route in routes()}
    missing = sorted(names - set(rows) - BY_TYPE)
    assert not missing, f"add these routes to a row of tests/web/security/matrix.py: {' '.join(missing)}"
    gone = sorted((set(rows) | BY_TYPE) - names)
    assert not gone, f"take these rows out of tests/web/security/matrix.py: {' '.join(gone)}"


@pytest.mark.parametrize("who", PEOPLE)
def test_each_opens_what_is_theirs_and_nothing_else(matrix: House, who: str) -> None:
    """GET for all; POST too where it must be closed: it is refused before anything is done."""
    rows, real, client = table(), _real(matrix), client_of(matrix, who)
    wrong = []
    for route in routes():
        if route.name in BY_TYPE:
            continue
        allowed, address = who in rows[route.name], real(route)
        for method in ("get", "post") if not allowed else ("get",):
            answer = getattr(client, method)(address, {"holder": "u:0001"} if method == "post" else None)
            answer.close()
            shut = _shut(answer) or (not allowed and _gone(route, answer))
            if shut == allowed and not (allowed is False and answer.status_code == 405):
                wrong.append(f"{who} {method} {route.name} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def _real(house: House) -> Callable[[Route], str]:
    """Addresses that lead to a draft, a seat and an invitation of u:0001's, made for this; as sampled otherwise."""
    from gongyue.web.accounts.models import Invitation, Person, Seat

    signatory = client_of(house, "signatory")
    made = signatory.post("/acts/new/interpretation.ask/1/?as=u:0001", {"article": "8", "question.text": "问"})
    draft = made.headers["Location"].split("/")[2]
    signatory.post("/account/people/u:0001/", {"email": "new@unit.invalid", "role": "officer"})
    seat = Seat.objects.get(person=Person.objects.get(email="yunling-engineer@demo.invalid"))
    numbers = {"seat_end": seat.pk, "invitation_withdraw": Invitation.objects.get().pk}

    def real(route: Route) -> str:
        address = route.address.replace(NO_DRAFT, draft)
        return address.replace("/1/", f"/{numbers[route.name]}/") if route.name in numbers else address

    return real


def _gone(route: Route, answer: Any) -> bool:
    """Whether a draft that is not one's own is as if it were not there."""
    return route.name in DRAFT.split() and answer.status_code == 404


def _shut(answer: Any) -> bool:
    """Whether one was not let in: forbidden, or sent to sign in."""
    if answer.status_code in {301, 302}:
        return answer.headers["Location"].startswith(("/account/login/", "/en/account/login/"))
    return answer.status_code in {401, 403}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_begins_the_acts_that_are_theirs_and_no_other(matrix: House, who: str) -> None:
    """Every act type in the name of u:0001, of the executive body and of the authority: the form opens or it does not."""
    from gongyue.web.api.models import Spent

    client, wrong = client_of(matrix, who), []
    for actor in ("u:0001", "exec", "authority"):
        Spent.objects.all().delete()  # an hour later: there are more forms than one may post in an hour
        for kind in (kind for kind in ACT_TYPES.values() if not kind.asks_dossier):  # those have no form
            address, allowed = f"/acts/new/{kind.type}/?as={actor}", may_begin(who, kind, actor)
            shut = [_shut(client.get(address))] + ([] if allowed else [_shut(client.post(address, {}))])
            if any(one == allowed for one in shut):
                wrong.append(f"{who} {kind.type} as {actor}: {'shut' if allowed else 'open'}")
    assert not wrong, "\n".join(wrong)


# -- operations of the API


def test_every_operation_has_a_row(house: House) -> None:
    """An operation that is added says in `matrix.py` with what it opens; one that is gone is taken out."""
    names = {_row_of(operation) for _, _, operation in _operations()}
    assert names == set(operations()), "the operations of the API and tests/web/security/matrix.py differ"


@pytest.mark.parametrize("asked", KEYS)
def test_each_key_gets_through_where_it_may_and_nowhere_else(matrix: House, asked: str) -> None:
    """401 or 403 where it may not; anything else where it may, whatever the body then lacks."""
    rows, wrong = operations(), []
    call = _caller(matrix, asked)
    for method, path, operation in _operations():
        answer = call(method, path)
        row = _row_of(operation)
        allowed = asked in rows[row] and (row != "draft" or _may_draft(asked, operation))
        if (answer.status_code in {401, 403}) == allowed:
            wrong.append(f"{asked} {method} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def _operations() -> list[tuple[str, str, str]]:
    """(method, address, operation id) of every operation the schema names."""
    from gongyue.web.api.routes import openapi_schema

    return [
        (method, _filled(path, one["operationId"]), one["operationId"])
        for path, found in openapi_schema()["paths"].items()
        for method, one in found.items()
    ]


def _filled(path: str, operation: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: IDS.get(operation, SAMPLES.get(m[1], "1")), path)


def _row_of(operation: str) -> str:
    return "draft" if operation.startswith("draft_") else operation


def _may_draft(asked: str, operation: str) -> bool:
    kind = next(k for k in ACT_TYPES.values() if operation == f"draft_{k.type.replace('/', '_').replace('.', '_')}")
    if asked == "secretary":
        return kind.by.holders or bool(kind.by.offices & {"secretary"})
    return kind.by.who == "unit"


def _caller(house: House, asked: str) -> Callable[[str, str], Any]:
    """Asks the API in that way."""
    made = KEYS[asked]
    program = Program(house, *made) if made else Program(house)
    if asked == "wrong":
        program.secret = "gyk_" + "x" * 43
    if asked == "session":
        program.client = client_of(house, "signatory")
    if asked == "ended":
        program.key.ends = date(2027, 2, 3)
        program.key.save()
    return lambda method, path: program.get(path) if method == "get" else program.post(path, {"body": {}})


# -- API keys

PARTIES = {
    "signatory": ("u:0001", "signatory"),
    "officer": ("u:0001", "officer"),
    "engineer": ("u:0001", "engineer"),
    "other": ("u:0004", "signatory"),
    "stranger": ("u:zzzz", "signatory"),
    "secretary": ("o:qin", ""),
    "publisher": ("o:lu", ""),
    "former": ("o:ge", ""),
}


def may_draft(who: str, kind: ActType) -> bool:
    """Domain 7, "propose, vote, report: ● signatory, draft officer"; officers draft what their offices do."""
    if who in {"engineer", "former"}:
        return False
    if who in {"signatory", "other", "stranger"}:
        return kind.by.who == "unit"
    if who == "officer":
        return kind.by.who == "unit" and kind.matter not in NOT_BY_A_UNITS_OFFICER
    offices = {"secretary": {"secretary"}, "publisher": {"publisher"}}[who]
    return kind.by.holders or bool(kind.by.offices & offices)  # its own keys, or what its offices do


@pytest.mark.parametrize("who", PARTIES)
def test_a_key_drafts_what_its_party_and_role_may(matrix: House, who: str) -> None:
    """Every act type for every kind of key: 401 or 403 where it may not, anything else where it may."""
    party, role = PARTIES[who]
    program = Program(matrix, party, role)
    for kind in ACT_TYPES.values():
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
    for kind in ACT_TYPES.values():
        if kind.type == "book.genesis/1" or THEIRS.get(wrong, lambda k: False)(kind):
            continue
        answer = program.hand_in(_signed(matrix, kind, WRONG[wrong]))
        assert answer.status_code in {409, 422}, (kind.type, answer.content)
        assert answer.json()["code"].startswith(("GY-", "out-of-turn/", "malformed")), (kind.type, answer.content)
    assert matrix.office.catch_up().size == size


def _signed(house: House, kind: ActType, signers: tuple[str, ...]) -> bytes:
    """The type's example in the name of whom it belongs to, signed by these."""
    office = house.office
    inst, first = office.catch_up(), public_of(signers[0])
    actor = {"unit": "u:0001", "system": "sys", "authority": "authority"}.get(kind.by.who, "exec")
    body = dict(kind.example)
    seq = office.next_seq(kind, actor, first, body)
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
    put = Vault(matrix.directory / "office", lambda: 0).put(scan, "scan.pdf", dossier="papers", by="u:0004")
    kept = put.commitment.removeprefix("sha256:")
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
            f"/book/objects/sha256/{kept}",
            f"/api/objects/sha256:{kept}",
            f"/book/../vault/documents/{kept}",
            f"/static/%2e%2e/vault/documents/{kept}",
            "/book/../vault-keys/documents.keys",
            "/static/../../office/vault-keys/documents.keys",
        ):
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code >= 400 and scan not in body and put.salt not in body, (who, path)
