"""Acting through the API: a draft is filled in, signed elsewhere, handed in once; refusals cite the covenant."""

from __future__ import annotations

import base64
import hashlib
import json
import threading

import msgspec
import pytest

from gongyue.book.entry import SIGNING_PREFIX, SignedAct
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import TextEdit, amend
from gongyue.covenant.edition_json import to_data
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import documents_in, open_document
from gongyue.sealing.commitment import commit
from gongyue.web import installation
from gongyue.web.api import doubts
from gongyue.web.api.schemas import ApiError, Doubts
from support.alliance import json_object
from support.bad_documents import BAD
from support.documents import document
from support.editions import TEXT, edition_of
from web.api.program import Program
from web.conftest import House

DECLARED = {"activities": ["analysis"], "other": ""}


def test_a_draft_is_signed_and_handed_in(house: House) -> None:
    """201 with a receipt; the same again is 200 with the same receipt, also without any key."""
    program = Program(house, "u:0001")
    data = program.signed(program.draft("membership.declare/1", DECLARED))
    first = program.hand_in(data)
    again = Program(house).hand_in(data)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["index"] == house.office.inst.size - 1


def test_what_is_to_be_signed_is_given(house: House) -> None:
    """`to_sign` are the signing bytes of the act, `challenge` their SHA-256, as formats §4.1 has them."""
    drafted = Program(house, "u:0001").draft("membership.declare/1", DECLARED).json()
    signing = base64.urlsafe_b64decode(drafted["to_sign"] + "==")
    assert signing.startswith(SIGNING_PREFIX)
    assert json.loads(signing.removeprefix(SIGNING_PREFIX)) == drafted["signed"]["act"]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(signing).digest()).rstrip(b"=").decode()
    assert (drafted["challenge"], drafted["signers"]) == (challenge, 1)


def test_two_officers_sign_what_is_weighty(house: House) -> None:
    """An officer's key drafts in the executive body's name; one signature is refused, two are enough."""
    program = Program(house, "o:qin", role="")
    draft = program.draft("office.end/1", {"officer": "o:ge", "offices": ["panellist"], "ends": "2027-01-31"})
    assert draft.json()["signers"] == 2
    alone = program.hand_in(program.signed(draft, "o:qin"))
    assert alone.status_code == 409 and alone.json()["code"] == "GY-05-02"
    assert program.hand_in(program.signed(draft, "o:qin", "o:bai")).status_code == 201


def test_a_refusal_cites_the_covenant(house: House) -> None:
    """409 with code, layer, article, words, figures, what would be enough, and both texts."""
    program = Program(house, "u:0001")
    answer = program.draft("membership.declare/1", {"activities": [], "other": ""}, "?dry_run=1")
    refusal = answer.json()
    assert answer.status_code == 409
    assert set(refusal) == {"code", "layer", "provision", "article", "at", "words", "figures", "enough", "zh", "en"}
    assert (refusal["code"], refusal["layer"], refusal["article"], refusal["enough"]) == ("GY-02-01", "T", 2, 1)


def test_out_of_turn_has_a_shape_of_its_own(house: House) -> None:
    """409 with the step, where the matter stands, what can be done instead."""
    answer = Program(house, "u:0001").draft("annex.sign/1", {"annex": "a:none"}, "?dry_run=1")
    assert answer.status_code == 409
    assert set(answer.json()) == {"code", "step", "stands", "can", "figures", "zh", "en"}


def test_a_dry_run_records_nothing(house: House) -> None:
    """It gives the rulings with the words they carry out, of a draft and of a signed act alike."""
    program, size = Program(house, "u:0001"), house.office.inst.size
    tried = program.draft("membership.declare/1", DECLARED, "?dry_run=1")
    signed = program.hand_in(program.signed(program.draft("membership.declare/1", DECLARED)), "?dry_run=1")
    for answer in (tried, signed):
        assert answer.status_code == 200 and answer.json()["would"] == "record"
        assert all(r["holds"] and r["words"] for r in answer.json()["rulings"])
    assert house.office.catch_up().size == size


def test_a_dry_run_of_what_is_recorded_would_do_nothing(house: House) -> None:
    """`would` is "nothing"."""
    program = Program(house, "u:0001")
    data = program.signed(program.draft("membership.declare/1", DECLARED))
    program.hand_in(data)
    assert program.hand_in(data, "?dry_run=1").json() == {"would": "nothing", "rulings": []}


def test_a_signature_that_does_not_hold_is_refused(house: House) -> None:
    """403, tried or handed in; nothing was recorded."""
    program, size = Program(house, "u:0001"), house.office.inst.size
    act = json.loads(program.signed(program.draft("membership.declare/1", DECLARED)))
    act["sigs"][0]["sig"] = "A" * 86
    for query in ("", "?dry_run=1"):
        answer = program.hand_in(json.dumps(act).encode(), query)
        assert (answer.status_code, answer.json()["code"]) == (403, "bad-signature")
    assert house.office.catch_up().size == size


MALFORMED = {
    "nothing": b"",
    "no JSON": b"{",
    "an array": b"[]",
    "no act": b'{"act":{}}',
    "a field too many": b'{"act":{},"also":1}',
    "deep JSON": b'{"act":' + b'{"a":' * 500 + b"1" + b"}" * 501,
    "deeper JSON": b'{"act":' + b"[" * 200_000,
    "a wrong object": b'{"act":{},"objects":{"sha256:x":"!"}}',
    "no text": b"\xff\xfe",
    "NaN": b'{"act":{"at":NaN}}',
    "a huge number": b'{"act":{"at":1e999}}',
    "a lone surrogate": b'{"act":{"type":"\\ud800"}}',
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_act_is_422(house: House, data: bytes) -> None:
    """With a code and both texts; the process goes on."""
    answer = Program(house).hand_in(data)
    assert answer.status_code == 422, answer.content
    assert {"code", "zh", "en"} <= set(answer.json())


def test_what_is_too_large_is_413(house: House) -> None:
    """More than 2 MiB, whatever is in it."""
    assert Program(house).hand_in(b" " * (2 * 1024 * 1024 + 1)).status_code == 413


def test_an_unknown_act_type_is_out_of_turn(house: House) -> None:
    """409: there is no such type."""
    program = Program(house, "u:0001")
    act = json.loads(program.signed(program.draft("membership.declare/1", DECLARED)))
    act["act"]["type"] = "membership.nothing/1"
    assert program.hand_in(json.dumps(act).encode()).json()["code"] == "out-of-turn/unknown-type"


def test_an_idempotency_key_stands_for_one_act(house: House) -> None:
    """The same act again is fine; another act under the same key is 422; another asker has keys of its own."""
    program, other = Program(house, "u:0001"), Program(house, "u:0002")
    data = program.signed(program.draft("membership.declare/1", DECLARED))
    assert program.hand_in(data, idempotency_key="k1").status_code == 201
    assert program.hand_in(data, idempotency_key="k1").status_code == 200
    second = program.signed(program.draft("membership.declare/1", DECLARED))
    assert program.hand_in(second, idempotency_key="k1").status_code == 422
    theirs = other.signed(other.draft("membership.declare/1", DECLARED))
    assert other.hand_in(theirs, idempotency_key="k1").status_code == 201


def test_a_draft_fills_in_what_the_institution_says(house: House) -> None:
    """Fields with a default need not be given; a field that is missing is named."""
    program = Program(house, "u:0001")
    answer = program.draft("annex.sign/1", {})
    assert answer.status_code == 422 and "annex" in answer.json()["en"]
    officer = Program(house, "o:lu", role="")
    issued = officer.draft("amendment.publish/1", {"proposal": "p:2026-01", "places": [_PLACE]})
    assert issued.status_code == 200, issued.content
    body = issued.json()["signed"]["act"]["body"]
    assert body["in_force"] == "2027-01-31" and body["edition"].startswith("sha256:")


_PLACE = {"url": "https://alliance.example/x", "evidence": "sha256:" + "0" * 64}


def test_whoever_has_several_keys_names_the_one_that_signs(house: House) -> None:
    """422 says so; with `signer` the sequence number is that key's."""
    from gongyue.demo.simulated_office import public_of

    program = Program(house, "u:0001")
    added = program.draft("key.add/1", {"key": public_of("u:0001#2"), "alg": "ed25519"})
    assert program.hand_in(program.signed(added)).status_code == 201
    assert program.draft("membership.declare/1", DECLARED).json()["code"] == "signer"
    mine = program.draft("membership.declare/1", DECLARED, signer=public_of("u:0001#2")).json()
    assert mine["signed"]["act"]["seq"] == 1
    foreign = program.draft("membership.declare/1", DECLARED, signer=public_of("u:0002"))
    assert (foreign.status_code, foreign.json()["code"]) == (422, "signer")


def test_a_sealed_act_gets_a_promise_and_its_opening(house: House) -> None:
    """A question is sealed: the receipt is a promise note with the line that opens it, and no place yet."""
    program, question = Program(house, "u:0001"), document("何谓“正当”？（演示）", "问.txt")
    asked = program.draft("interpretation.ask/1", {"article": 8, "question": question.commitment})
    assert asked.status_code == 200, asked.content
    receipt = program.hand_in(with_documents(program.signed(asked), question)).json()
    assert receipt["book"] == "sealed" and receipt["proof"].startswith("gongyue/promise@1\n")
    assert (receipt["index"], json.loads(receipt["opening"])["promise"]) == (None, receipt["proof"])
    assert receipt["commitment"] in receipt["proof"]
    dossier = f"d:{receipt['act'].removeprefix('sha256:')}"
    assert receipt["head"].startswith("gongyue/head@1\n") and f"\n{dossier}\n1\n" in receipt["head"]
    assert program.get(f"/api/receipts/{receipt['act']}").json() == receipt
    declared = program.hand_in(program.signed(program.draft("membership.declare/1", DECLARED))).json()
    assert (declared["opening"], declared["head"]) == (None, None)


def with_documents(signed: bytes, *documents: PrivateContent) -> bytes:
    """A signed act as it is handed in, with the documents it names."""
    given = {
        one.commitment: {
            "name": one.name,
            "salt": base64.b64encode(one.salt).decode(),
            "content": base64.b64encode(one.content).decode(),
        }
        for one in documents
    }
    return json.dumps(json.loads(signed) | {"documents": given}).encode()


def test_documents_come_with_the_act_in_a_dossier(house: House) -> None:
    """In the vault under its dossier, for its party to open. One that is missing, empty, not in base64, under a name turned about: 422, nothing kept."""
    program, text = Program(house, "u:0001"), document("请反映（演示）")
    body = {"kind": "demand", "text": text.commitment}
    signed = program.signed(program.draft("petition.submit/1", body))
    before = house.office.store.arrivals()
    for wrong in (signed, with_documents(signed, document("别的（演示）"))):
        refused = program.hand_in(wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "bad-document"), refused.content
    bad = json.loads(with_documents(signed, text))
    bad["documents"][text.commitment]["content"] = "？"
    assert program.hand_in(json.dumps(bad).encode()).json()["code"] == "malformed"
    assert house.office.store.arrivals() == before

    first = program.hand_in(with_documents(signed, text))
    assert (first.status_code, Program(house).hand_in(with_documents(signed, text)).status_code) == (201, 200)
    dossier = f"d:{first.json()['act'].removeprefix('sha256:')}"
    assert [one.c for one in documents_in(house.office, installation.folder(), dossier)] == [text.commitment]
    assert open_document(house.office, installation.folder(), text.commitment, "u:0001")[0].data == text.content


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_document_is_not_taken_with_an_act(house: House, what: str) -> None:
    """422, or 413 of what is too large, in both languages; nothing is recorded, nothing kept."""
    program, (name, data) = Program(house, "u:0001"), BAD[what]
    one = document("请反映（演示）", name)
    one = one._replace(commitment=commit(one.salt, data), content=data)
    drafted = program.draft("petition.submit/1", {"kind": "demand", "text": one.commitment})
    before = house.office.store.arrivals()
    refused = program.hand_in(with_documents(program.signed(drafted), one))
    expected = (413, "too-large") if what == "70 MB" else (422, "bad-document")
    assert (refused.status_code, refused.json()["code"]) == expected, refused.content
    assert refused.json()["zh"] and refused.json()["en"]
    assert house.office.store.arrivals() == before


def test_objects_travel_with_the_act(house: House) -> None:
    """A draft carries them in base64; one whose digest differs is 422; an object that is missing is out of turn."""
    program = Program(house, "u:0001")
    text = json.dumps({"text": "成员应当妥善保管数据。", "title": "附件", "v": "gongyue/annex@1"}, ensure_ascii=False,
                      separators=(",", ":")).encode()  # fmt: skip
    digest = "sha256:" + hashlib.sha256(text).hexdigest()
    body = {"annex": "a:new", "text": digest, "scope": ["analysis"], "kind": "new", "target": None}
    objects = {digest: base64.b64encode(text).decode()}
    assert program.draft("annex.initiate/1", body, objects={digest: "AAAA"}).status_code == 422
    missing = program.hand_in(program.signed(program.draft("annex.initiate/1", body)))
    assert missing.json()["code"] == "out-of-turn/missing-object"
    assert program.hand_in(program.signed(program.draft("annex.initiate/1", body, objects=objects))).status_code == 201


def proposing(house: House, old: str, new: str) -> tuple[dict[str, object], dict[str, str]]:
    """The body of a proposal that replaces words of article 22, and the objects it brings in base64."""
    edition, digest = house.office.inst.meaning.edition, house.office.inst.meaning.edition_digest
    assert edition is not None
    change = complete(edition, digest, (TextEdit("22", old, new),)).change
    objects = [json_object(to_data(amend(edition, change))), json_object(msgspec.to_builtins(change))]
    body = {"proposal": "p:2026-77", "edition": objects[0][0], "change": objects[1][0], "renews": None}
    return body, {name: base64.b64encode(data).decode() for name, data in objects}


def test_a_program_is_asked_what_a_person_is_asked_of_a_change(house: House) -> None:
    """Three quarters of 组员, whom nobody knows for members: 422 with the question in both languages, and nothing recorded; answered, 201."""
    program, size = Program(house, "u:0001"), house.office.inst.size
    body, objects = proposing(house, "四分之三以上成员单位", "四分之三以上组员")
    for query in ("?dry_run=1", "?dry_run=1&so=21"):
        asked = program.draft("amendment.initiate/1", body, query, objects=objects)
        assert (asked.status_code, asked.json()["code"]) == (422, "doubts")
    data = program.signed(program.draft("amendment.initiate/1", body, objects=objects))
    for query in ("", "?dry_run=1", "?so=21", "?so=nothing"):
        refused = program.hand_in(data, query)
        (question,) = refused.json()["questions"]
        assert refused.status_code == 422 and (question["at"], "组员" in question["words"]) == ("22", True)
        assert question["zh"] and question["en"] and "so=22" in refused.json()["zh"] and "so=22" in refused.json()["en"]
    assert house.office.inst.size == size
    assert program.hand_in(data, "?so=第二十二条&dry_run=1").status_code == 200
    first = program.hand_in(data, "?so=22")
    assert first.status_code == 201 and house.office.inst.size == size + 1
    assert program.hand_in(data).status_code == 200  # recorded already: its receipt, and no question


def test_a_program_is_asked_what_a_person_is_asked_of_a_text_it_imports(house: House) -> None:
    """The same text, as an import; an object that is no text is left to the rules."""
    text = edition_of(
        TEXT.replace("三分之二以上成员单位", "三分之二以上组员"), amendment__adoption=("22", "并经三分之二以上组员同意")
    )
    name, data = json_object(to_data(text))
    act = {"type": "founding.import/1", "body": {"edition": name, "original": None}}
    brought = SignedAct(act, objects={name: base64.b64encode(data).decode()})
    with pytest.raises(ApiError) as asked:
        doubts.require_answers(brought, ["23"])
    assert isinstance(asked.value.problem, Doubts) and [q.at for q in asked.value.problem.questions] == ["22"]
    doubts.require_answers(brought, ["22"])
    for broken in ("AAAA", "不是", base64.b64encode(b"{}").decode()):
        doubts.require_answers(SignedAct(act, objects={name: broken}), [])


def test_a_change_whose_words_say_all_is_not_asked_about(house: House) -> None:
    """Four fifths of the members: as before."""
    program = Program(house, "u:0001")
    body, objects = proposing(house, "四分之三以上成员单位", "五分之四以上成员单位")
    assert (
        program.hand_in(program.signed(program.draft("amendment.initiate/1", body, objects=objects))).status_code == 201
    )


def test_acts_that_arrive_together_are_each_judged_by_themselves(house: House) -> None:
    """A dozen at the same moment: all recorded but the bad one, none lost."""
    data = []
    for unit in sorted(house.office.inst.members)[:14]:
        program = Program(house, unit)
        signed = program.signed(program.draft("membership.declare/1", DECLARED))
        if program.hand_in(signed, "?dry_run=1").status_code == 200:  # one lost its demonstration key in the story
            data.append(signed)
    spoilt = json.loads(data[0])
    spoilt["sigs"][0]["sig"] = "A" * 86
    data[0] = json.dumps(spoilt).encode()
    size, found = house.office.inst.size, []
    gate = threading.Barrier(len(data))

    def hand_in(one: bytes) -> None:
        from django.db import connections

        program = Program(house)
        gate.wait()
        found.append(program.hand_in(one).status_code)
        connections.close_all()

    threads = [threading.Thread(target=hand_in, args=(one,)) for one in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(data) > 10 and sorted(found) == [201] * (len(data) - 1) + [403]
    assert house.office.catch_up().size == size + len(data) - 1


def test_a_program_cannot_end_a_membership_without_saying_on_what(house: House) -> None:
    """Left out, empty or null, the link is malformed; a link that comes without the line that opens it is not taken."""
    program = Program(house, "o:qin", role="")
    for ground in ({}, {"link": ""}, {"link": None}):
        answer = program.draft("membership.end/1", {"unit": "u:0001"} | ground, "?dry_run=1")
        assert (answer.status_code, answer.json()["code"]) == (422, "out-of-turn/malformed"), answer.json()
    answer = program.draft("membership.end/1", {"unit": "u:0001", "link": f"sha256:{'0' * 64}"}, "?dry_run=1")
    assert answer.json()["code"] == "out-of-turn/missing-opening"
