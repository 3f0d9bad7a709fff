"""What was shown or promised before: earlier checkpoints, receipts, promises, disclosures, saved states, policies."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest

from gongyue.book import disclosure
from gongyue.book.receipts import sign_inclusion_promise
from gongyue.covenant.parties import fictional_code
from gongyue.office.store import OPEN
from gongyue.transparency import checkpoint, proofs
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Cosigner, Signer
from gongyue.verifying.state import State
from support.alliance import (
    CLERK,
    FIRST,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    beijing,
    commitment_to,
    paper,
    three_quarters,
)
from support.anchoring import anchor
from support.dossiers import id_of
from support.published import (
    code,
    files_of,
    forced,
    forced_sealed,
    published_by_force,
    receipts,
    run,
    story,
    story_files,
    vkey,
)
from support.sealed import index_of, now_reads, sealed_openings


def small() -> Alliance:
    return Alliance(members=3, initiators=3).in_force().on("2026-05-06")


# -- checkpoints


def test_every_earlier_checkpoint_continues_into_the_present_one() -> None:
    """All sizes that were ever signed."""
    store = story().stage.office.store
    notes = [(f"at {n}", note[1]) for n in range(1, story().inst.size + 1) if (note := store.note(OPEN, n))]
    assert len(notes) > 20
    report, _ = run(story_files(), checkpoints=tuple(notes))
    assert report.code == 0
    assert "earlier checkpoints" in report.did


def test_a_checkpoint_of_another_history_proves_a_fork() -> None:
    """Exit 2: signed by the same key, the same size, another root; a size the book has not reached either."""
    signer = story().stage.office.keys.open
    other = small().stage.office.store.note(OPEN, 20)
    assert other is not None
    forks = [
        other[1],
        checkpoint.sign(Checkpoint(signer.verifier.name, 5, bytes(32)), signer),
        checkpoint.sign(Checkpoint(signer.verifier.name, story().inst.size + 1, bytes(32)), signer),
        checkpoint.sign(Checkpoint(signer.verifier.name, 2**62, bytes(32)), signer),
    ]
    for note in forks:
        report, _ = run(story_files(), checkpoints=(("shown", note),))
        assert report.code == 2
        assert report.failure is not None
        assert "分叉" in report.failure.zh


def test_what_is_no_checkpoint_of_this_book_cannot_be_read() -> None:
    """Exit 4."""
    elsewhere = Signer("gongyue.example/elsewhere", bytes(32))
    for note in (b"", b"nonsense", checkpoint.sign(Checkpoint("gongyue.example/elsewhere", 5, bytes(32)), elsewhere)):
        assert code(story_files(), checkpoints=(("shown", note),)) == 4


# -- receipts


def test_every_receipt_given_is_kept() -> None:
    """Proofs of the open book and promises of the sealed one."""
    kept = tuple((name, receipt.proof) for name, receipt in receipts())
    report, _ = run(story_files(), receipts=kept)
    assert report.code == 0
    assert "receipts" in report.did


def test_a_receipt_of_an_act_that_is_not_there_proves_it_was_swallowed() -> None:
    """The same office, another history: the act was dropped after its receipt was given."""
    world, twin = small(), small()
    receipt = world.withdraw("u:0003")
    twin.end("u:0003")
    report, _ = run(files_of(twin), world=twin, receipts=(("my receipt", receipt.proof),))
    assert report.code == 2
    assert report.failure is not None
    assert "my receipt" in report.failure.zh
    shorter = small()
    assert run(files_of(shorter), world=shorter, receipts=(("my receipt", receipt.proof),))[0].code == 2


def test_what_is_not_a_receipt_of_this_book_accuses_nobody() -> None:
    """Exit 4, never 2: another key's receipt, a disclosure, half a file, an entry that no signature speaks of."""
    other = Alliance(members=3, initiators=3)
    other.stage.office.keys = other.stage.office.keys._replace(open=Signer("gongyue.example/zgc-bigdata", bytes(32)))
    foreign = other.staffed().stage.receipts[-1].proof
    proof = [r.proof for _, r in receipts() if not r.opening][-1]
    opening = next(r.opening for _, r in receipts() if r.opening)
    index = proofs.parse(proof).index
    elsewhere = proof.replace(b"index %d\n" % index, b"index 99999\n")
    unsigned = elsewhere.rsplit(b"\n\n", 1)[0] + b"\n\n"
    torn = proof.replace(base64.b64encode(proofs.parse(proof).hashes[0]), base64.b64encode(bytes(32)))
    for data in (
        foreign,
        opening,
        b"",
        b"nonsense",
        b"gongyue/promise@1\nnonsense\n",
        elsewhere,
        unsigned,
        torn,
        proof[:-9],
    ):
        assert code(story_files(), receipts=(("nothing", data),)) == 4, data[:60]


def test_a_broken_promise_is_proof_of_misbehaviour() -> None:
    """Promised by the sealed book's key, not in by its anchor: exit 2; not yet due: nothing to hold against it."""
    sealed = story().stage.office.keys.sealed
    anchors = story().inst.anchors
    broken = sign_inclusion_promise(sealed, "sha256:" + "77" * 32, anchors[0].time, anchors[0].slot)
    early = sign_inclusion_promise(sealed, "sha256:" + "77" * 32, anchors[-1].time, anchors[-1].slot + 1)
    report, _ = run(story_files(), receipts=(("promise", broken),))
    assert report.code == 2
    assert report.failure is not None
    assert "77" * 32 in report.failure.zh
    assert code(story_files(), receipts=(("promise", early),)) == 0


def test_a_promise_kept_too_late_is_broken() -> None:
    """The commitment is in, but only by a later anchor than promised."""
    world = small().vote_open()
    world.tick()
    first = world.inst.anchors[-1]
    world.stage.now += 86_400
    world.cast("consent", FIRST)
    commitment = sealed_openings(world.stage.office)[-1].commitment
    world.tick()
    files = files_of(world)
    kept = sign_inclusion_promise(world.stage.office.keys.sealed, commitment, first.time, first.slot + 1)
    late = sign_inclusion_promise(world.stage.office.keys.sealed, commitment, first.time - 86_400, first.slot)
    put_off = sign_inclusion_promise(world.stage.office.keys.sealed, commitment, first.time - 86_400, first.slot + 1)
    assert run(files, world=world, receipts=(("promise", kept),))[0].code == 0
    assert run(files, world=world, receipts=(("promise", late),))[0].code == 2
    assert run(files, world=world, receipts=(("promise", put_off),))[0].code == 2  # the slot follows from the arrival


# -- disclosures


def test_every_opening_given_is_lawful_and_counted() -> None:
    """Applications and ballots, opened by those who hold them."""
    openings = tuple((name, receipt.opening) for name, receipt in receipts() if receipt.opening)
    assert len(openings) > 4
    report, _ = run(story_files(), disclosures=openings)
    assert (report.code, report.failure) == (0, None)
    assert report.disclosed == len(openings)


def refused_again() -> tuple[Alliance, bytes, bytes]:
    """A unit that left applies again and is refused: what opens its application, and the refusal."""
    world = Alliance(members=4, initiators=4).in_force().on("2026-05-06")
    applied = world.apply(5, actor=world.left)
    refusal = world.refusal(world.left, world.commitment(applied))
    world.tick()
    return world, applied.opening, refusal.opening


def test_the_refusal_of_a_new_application_verifies_with_the_application_it_answers() -> None:
    """Office and verify agree; without the application its dossier has a gap (exit 2)."""
    world, applied, refusal = refused_again()
    files = files_of(world)
    report, _ = run(files, world=world, disclosures=(("mine", applied + refusal),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 2)
    report, _ = run(files, world=world, disclosures=(("mine", refusal), ("also mine", applied)))
    assert (report.code, report.disclosed) == (0, 2)
    report, _ = run(files, world=world, disclosures=(("mine", refusal),))
    assert report.code == 2
    assert report.failure is not None and report.failure.code == "tampered/gap"
    assert report.failure.figures["n"] == 1


def test_the_refusal_of_a_withdrawal_is_unlawful_once_it_is_opened() -> None:
    """GY-23-04: the office notes a unit's leaving in the dossier by which it once joined, whatever commitment it names."""
    world = Alliance(members=4, initiators=4).in_force().on("2026-05-06")
    receipt = world.apply(60)
    unit, applied = f"u:{fictional_code(60).lower()}", receipt.opening
    world.grant(receipt)
    world.compare(unit)
    world.on("2026-05-20").withdraw(unit, "2026-06-20")
    body = {"unit": unit, "of": commitment_to("notice"), "ground": "practitioner", "reasons": REASONS}
    dossier = id_of(receipt)
    act = world.stage.signed("membership.refuse/1", "exec", body, [SECRETARY], [REASONS_BYTES], dossier=dossier)
    opening = forced_sealed(world, act)
    world.tick()
    report, _ = run(files_of(world), world=world, disclosures=(("mine", applied + opening),))
    assert report.code == 3
    assert report.failure is not None
    assert (report.failure.code, report.failure.article) == ("GY-23-04", 23)
    assert f"{dossier}, place 2" in report.failure.en and f"{dossier} 第 2 位" in report.failure.zh


@pytest.mark.parametrize(("day", "late"), [("2026-05-26", []), ("2026-05-27", [1])])
def test_a_grant_after_its_last_day_is_told_as_late(day: str, late: list[int]) -> None:
    """P8, applied for on 05-06: what is granted on the 21st day is late by one, and lawful all the same."""
    world = Alliance(members=4, initiators=4).in_force().on("2026-05-06")
    applied = world.apply(60)
    world.on(day).grant(applied)
    report, _ = run(files_of(world), world=world)
    assert (report.code, [one.days for one in report.late]) == (0, late)


def swallowed(choice: str = "consent", withdrawn: bool = False) -> tuple[Alliance, bytes]:
    """The office closes a vote and leaves out the last ballot (or disavowal) of one unit."""
    from gongyue.governance import ballots as votes
    from gongyue.governance import tally
    from gongyue.office.routine_acts import ballot_lines, system_act
    from gongyue.transparency import canonical

    world = Alliance(members=4, initiators=4).in_force().on("2026-05-06").vote_open()
    world.cast("consent", "u:0001", "u:0002")
    body = {"vote": "p:1", "choice": "consent"}
    if withdrawn:
        world.told(world.on_paper("vote.ballot/1", "u:0003", body, "2026-05-06", "2026-05-06"))
        world.unit("vote.disavow/1", "u:0003", {"vote": "p:1"})
    else:
        world.cast(choice, "u:0003")
    mine = world.stage.receipts[-1].opening
    world.after_window()
    office = world.stage.office
    slot, size = anchor(office), office.inst.anchors[-1].size
    mine = now_reads(office, mine)
    lines = b"".join(row for row in ballot_lines(office, "p:1", size).splitlines(keepends=True) if row != mine)
    openings = [o.opening for o in disclosure.read(lines, lambda i: office.store.leaf("sealed", i))]
    standing = votes.standing_choices(votes.casts(office.inst, world.vote(), openings), size)
    paper = sum(one.paper for one in standing.values())
    turnout = {"matter": "p:1", "anchor": slot, "voted": len(standing), "paper": paper}
    forced(world, system_act(office, "vote.turnout/1", turnout))
    office.catch_up()
    counted = tally.tally(office.inst, world.vote(), standing, office.inst.today)
    stated = {"matter": "p:1", "anchor": slot, "ballots": canonical.digest(lines), "handed": "", **counted.fields}
    office.handle(system_act(office, "vote.close/1", stated, {stated["ballots"]: lines}))
    return world, mine


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_ballot_or_disavowal_left_out_of_the_count_is_unlawful_once_its_holder_opens_it(withdrawn: bool) -> None:
    """Without the opening nobody can tell; with it: exit 3, article 22, GY-22-08."""
    world, mine = swallowed("consent", withdrawn)
    files = files_of(world)
    assert run(files, world=world)[0].code == 0
    report, _ = run(files, world=world, disclosures=(("my ballot", mine),))
    assert report.code == 3
    assert report.failure is not None
    assert (report.failure.code, report.failure.article) == ("GY-22-08", 22)
    assert report.failure.figures["unit"] == "u:0003"


def test_a_ballot_cast_in_the_second_of_the_close_is_lawful() -> None:
    """All had voted, the anchor closed the vote in the same second: the ballot came first."""
    world = Alliance(members=3, initiators=3).in_force().on("2026-05-06").vote_open()
    world.cast_by(3).tick()
    assert world.vote().outcome == "adopted"
    openings = tuple((f"ballot {n}", r.opening) for n, r in enumerate(world.stage.receipts) if r.opening)
    report, _ = run(files_of(world), world=world, disclosures=openings)
    assert (report.code, report.failure) == (0, None)


def test_an_opening_that_does_not_open_is_tampering() -> None:
    """Another index, one past the end, a changed entry: exit 2. A changed entry with the promise of the true one: exit 4."""
    receipt = next(r for _, r in receipts() if r.opening)
    office = story().stage.office
    index, row = index_of(office, receipt), now_reads(office, receipt)
    promised = receipt.opening.replace(b'"domestic":true', b'"domestic":false')
    promised = promised.replace(b'"choice":"consent"', b'"choice":"against"')
    report, _ = run(story_files(), disclosures=(("mine", promised),))
    assert report.failure is not None  # its holder's own file, which says nothing of the book: the promise is another's
    assert (report.code, report.failure.code) == (4, "unreadable/receipt") and promised != receipt.opening
    for wrong in (
        row.replace(b'"index":%d' % index, b'"index":%d' % (index + 1)),
        row.replace(b'"index":%d' % index, b'"index":100000'),
        row.replace(b'"domestic":true', b'"domestic":false').replace(b'"choice":"consent"', b'"choice":"against"'),
    ):
        assert wrong not in (row, receipt.opening)
        assert code(story_files(), disclosures=(("mine", wrong),)) == 2


def test_a_file_that_holds_no_openings_accuses_nobody() -> None:
    """A line cut off, nonsense, a blank, a key by mistake: exit 4 naming the file, as of a receipt."""
    row = next(r for _, r in receipts() if r.opening).opening
    for wrong in (row[:-2] + b"\n", b"nonsense\n", b"\n", vkey().encode()):
        report, _ = run(story_files(), disclosures=(("mine", wrong),))
        assert report.failure is not None
        assert (report.code, report.failure.code) == (4, "unreadable/disclosures")
        assert report.failure.figures == {"file": "mine"}


# -- saved states


def test_a_saved_state_gives_the_same_report_at_the_cost_of_the_new_acts() -> None:
    """Verified at a prefix and then on: the same figures as in one run."""
    world = small()
    early, state = run(files_of(world), world=world)
    assert early.code == 0
    world.vote_open(three_quarters(world.edition)).cast_by(3).close()
    world.report()
    world.publish_amendment()
    world.end("u:0003")
    files = files_of(world)
    whole, _ = run(files, world=world)
    stepwise, last = run(files, world=world, state=state)
    assert last is not None
    for field in ("code", "acts", "in_form", "late", "signatures", "sealed", "size", "root", "units"):
        assert getattr(stepwise, field) == getattr(whole, field), field
    again, _ = run(files, world=world, state=last)
    assert (again.code, again.acts, again.signatures) == (0, whole.acts, whole.signatures)


def test_a_change_after_the_base_is_caught_and_one_before_it_where_the_book_is_read_again() -> None:
    """After it: exit 2 always. Before it: the root no longer continues what was verified."""
    world = small()
    _, state = run(files_of(world), world=world)
    base = world.inst.size
    for number in range(101, 110):
        world.invite(number)
    files = files_of(world)
    assert run(files, world=world, state=state)[0].code == 0
    from gongyue.transparency.tiles import decode_entries, encode_entries

    path = next(p for p in files if p.startswith("tile/entries/") and p.endswith(f"/{world.inst.size}"))
    rows = decode_entries(files[path])
    rows[base + 3] = rows[base + 3].replace(b'"alliance":true', b'"alliance":fals')
    changed = files | {path: encode_entries(rows)}
    assert run(changed, world=world, state=state)[0].code == 2
    twin = Alliance(members=3, initiators=3, recovery_days=8).in_force().on("2026-05-06")
    for number in range(101, 110):
        twin.invite(number)
    assert run(files_of(twin), world=twin)[0].code == 0
    report, _ = run(files_of(twin), world=twin, state=state)
    assert report.code == 2, "another history under the same key"


def test_a_book_shorter_than_the_saved_state_is_tampering() -> None:
    """Entries verified before are gone."""
    world = small()
    shorter = files_of(world)
    world.invite(101)
    _, state = run(files_of(world), world=world)
    assert run(shorter, world=world, state=state)[0].code == 2


def written(state: State) -> bytes:
    """A state as a file has it."""
    content = msgspec.msgpack.encode(state)
    return hashlib.sha256(content).digest() + content


def test_a_state_of_another_book_or_version_is_set_aside() -> None:
    """Then everything is verified anew; nothing fails for it."""
    world = small()
    files = files_of(world)
    whole, good = run(files, world=world)
    assert good is not None
    state = msgspec.msgpack.decode(good[32:], type=State)
    for other in (
        b"",
        b"nonsense",
        good[:-1],
        good[:100] + bytes([good[100] ^ 1]) + good[101:],
        written(msgspec.structs.replace(state, v="gongyue/verified@0")),
        written(msgspec.structs.replace(state, vkey="other+0a1b2c3d+AQ==")),
        written(msgspec.structs.replace(state, open=b"\x00")),
        written(msgspec.structs.replace(state, sealed=b"\x00")),
        written(msgspec.structs.replace(state, institution=b"\xc1")),
        written(msgspec.structs.replace(state, institution=b"\x81\xa3cov\x05")),
    ):
        report, _ = run(files, world=world, state=other)
        assert (report.code, report.acts, report.signatures) == (0, whole.acts, whole.signatures)


# -- policies


def test_an_unwitnessed_head_is_said_to_be_so() -> None:
    """Exit 2 where the quorum is not met, saying whose cosignature is missing; what is no policy cannot be read."""
    from gongyue.verifying.report_lines import lines

    witness = Cosigner("witness.example", bytes(32)).verifier.vkey
    other = Cosigner("other.example", bytes([1]) * 32).verifier.vkey
    policy = f"log {vkey()}\nwitness w1 {witness}\nwitness w2 {other}\ngroup g 1 w1 w2\nquorum g\n".encode()
    report, state = run(story_files(), policy=policy)
    assert (report.code, report.witnesses, report.quorum, state) == (2, [], False, None)
    assert report.failure is not None and report.failure.code == "tampered/unwitnessed"
    assert report.failure.figures == {"what": "checkpoint", "quorum": "g", "witnesses": "", "missing": "w1 w2"} | {
        "detail": report.failure.figures["detail"]
    }
    assert any("w1 w2" in line for line in lines(report, "zh"))
    assert any("未见证" in line for line in lines(run(story_files())[0]))
    assert code(story_files(), policy=b"nonsense\n") == 4
    assert run(story_files(), policy=f"log {vkey()}\nquorum none\n".encode())[0].quorum is True


# -- where office and verify could differ


def test_an_anchor_of_an_empty_sealed_book_is_out_of_order() -> None:
    """A slot in which nothing was filed grows by its padding all the same; verify says so of one that was forced."""
    from gongyue.office.routine_acts import system_act
    from gongyue.transparency import merkle

    world = Alliance(members=3, initiators=3, slot_seconds=31 * 86_400).in_force()
    office = world.stage.office
    body = {"slot": office.now // (31 * 86_400), "size": 0, "root": "sha256:" + merkle.EMPTY_ROOT.hex()}
    with world.out_of_turn("anchor-order", size=0):
        office.handle(system_act(office, "book.anchor/1", body))
    index = forced(world, system_act(office, "book.anchor/1", body))
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3 and report.failure is not None and report.failure.index == index


def test_a_book_with_passkeys_is_sound_and_a_forged_assertion_is_not() -> None:
    """verify checks assertions against the origins the genesis names, also where it goes on from a saved state."""
    from support.passkey import Passkey
    from support.published import forced, published_by_force

    world, key = small(), Passkey()
    world.unit("key.add/1", FIRST, {"key": key.id, "alg": "webauthn"})

    def act(seq: int) -> object:
        drafted = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
        return msgspec.structs.replace(drafted, act=drafted.act | {"seq": seq}, sigs=())

    world.stage.office.handle(key.sign(act(1)))  # type: ignore[arg-type]
    report, state = run(files_of(world), world=world)
    assert report.code == 0
    world.stage.office.handle(key.sign(act(2)))  # type: ignore[arg-type]
    assert [run(files_of(world), world=world, state=since)[0].code for since in (None, state)] == [0, 0]
    index = forced(world, key.sign(act(3), origin="https://evil.example"))  # type: ignore[arg-type]
    for since in (None, state):
        report, _ = run(published_by_force(world), world=world, state=since)
        assert (report.code, report.failure and report.failure.index) == (2, index)


def test_every_confirmation_of_the_time_is_reported() -> None:
    """With its place, both times and who signed; also where the run goes on from a saved state."""
    from gongyue.verifying.report_lines import lines

    world = small()
    last = world.inst.now
    world.stage.leap(beijing("2026-07-06 09:00"))
    body = {"last": last, "time": world.stage.now}
    index = world.executive("clock.confirm/1", body, (SECRETARY, CLERK)).index
    report, state = run(files_of(world), world=world)
    (said,) = report.confirmations
    assert (said.index, said.time, said.signers) == (index, "2026-07-06 09:00:00", (SECRETARY, CLERK))
    assert any(f"#{index} 确认时间" in line and "2026-07-06 09:00:00" in line for line in lines(report))
    world.invite(101)
    assert run(files_of(world), world=world, state=state)[0].confirmations == report.confirmations
    assert report.data()["confirmations"][0]["last"] == said.last


def test_an_office_that_jumps_without_a_confirmation_is_found_out() -> None:
    """Recorded by force 3 days and a second after the last entry: exit 3 naming the entry and both times; at 3 days, 0."""
    for by, expected in ((3 * 86_400, 0), (3 * 86_400 + 1, 3)):
        world = small()
        world.stage.leap(world.inst.now + by)
        act = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
        index = forced(world, act)
        report, _ = run(published_by_force(world), world=world)
        assert report.code == expected
        if expected:
            assert report.failure is not None
            assert (report.failure.index, report.failure.code) == (index, "out-of-turn/clock-ahead")
            assert report.failure.figures["clock"] > report.failure.figures["last"]


def test_every_order_is_reported_with_its_source_and_whom_it_names() -> None:
    """An invented one stands in the summary of whoever verifies, lifted ones too; also where the run goes on from a saved state."""
    from gongyue.verifying.report_lines import lines

    world = Alliance(members=4, initiators=4).in_force().on("2026-05-06")
    body = {
        "order": "l:court", "source": "示范人民法院（演示）", "forbids": ["membership.declare/1"], "party": "u:0001",
        "begins": "2026-05-06", "ends": None,
    }  # fmt: skip
    letter = paper("（2026）示民初7号", "2026-05-06", "2026-05-06")
    world.executive("law.order/1", body, TWO, paper=letter)
    report, state = run(files_of(world), world=world)
    (said,) = report.orders
    assert (said.source, said.party, said.begins, said.ends, said.lifted) == (
        "示范人民法院（演示）", "u:0001", "2026-05-06", "", "",
    )  # fmt: skip
    assert any("order l:court (示范人民法院（演示）): u:0001" in line for line in lines(report, "en"))
    world.executive("law.lift/1", {"order": "l:court"}, TWO, paper=paper("解除", "2026-05-06", "2026-05-06"))
    (said,) = run(files_of(world), world=world, state=state)[0].orders
    assert said.lifted == "2026-05-06"
