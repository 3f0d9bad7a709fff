"""Notices: what is done in a unit's name is told to that unit, and to nobody else."""

from __future__ import annotations

from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import DAY
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.acts_by_unit import ActsByUnit
from gongyue.office.letters import file_name, letter
from gongyue.office.notices import Notice, mark_sent, notice_at, notices, owed, sent
from support.alliance import CLERK, FIRST, SECRETARY, Alliance, public_of

SECOND = "u:0002"


def in_force() -> Alliance:
    return Alliance(members=6).in_force().on("2026-05-06")


def told(world: Alliance, unit: str, since: int = 0) -> list[Notice]:
    return notices(world.inst, world.stage.office.store, unit, since)


def still_owed(world: Alliance) -> list[str]:
    return [n.id for n in owed(world.inst, world.stage.office.store)]


def paper_ballot(world: Alliance, unit: str = FIRST, choice: str = "against") -> Notice:
    """Two officers record a unit's ballot from paper; the notice that this makes."""
    body = {"vote": "p:1", "choice": choice}
    receipt = world.on_paper("vote.ballot/1", unit, body, "2026-05-06", "2026-05-06")
    notice = notice_at(world.inst, world.stage.office.store, receipt)
    assert notice is not None
    return notice


def sentences(world: Alliance, notice: Notice) -> str:
    return letter(notice, "示范联盟", world.inst.cov, world.stage.now)


def test_a_paper_ballot_is_told_to_its_unit_with_everything_it_needs() -> None:
    """What, when, from which paper, by whom, where it stands, and how to disavow it until the close."""
    world = in_force().vote_open()
    notice = paper_ballot(world)
    assert (notice.unit, notice.name, notice.type, notice.at) == (FIRST, "单位1", "vote.ballot/1", "22")
    assert notice.fields == {"vote": "p:1", "choice": "against"}
    assert (notice.own, notice.recorded_by, notice.recorded) == (False, (SECRETARY, CLERK), world.stage.now)
    assert notice.paper is not None
    assert (notice.paper.dated, notice.paper.arrived) == ("2026-05-06", "2026-05-06")
    assert (notice.book, notice.commitment[:7], notice.act[:7]) == ("sealed", "sha256:", "sha256:")
    assert notice.disavow is not None and notice.disavow.ends == world.vote().closes + 3 * DAY
    assert notice.command == "gongyue vote disavow --vote p:1 --as u:0001 --key unit.key"
    assert told(world, FIRST)[-1] == notice


def test_no_unit_is_told_of_anothers_ballot() -> None:
    """Two ballots on paper and one by key: each unit's notices name its own alone, whoever asks by whatever way."""
    world = in_force().vote_open()
    mine, theirs = paper_ballot(world), paper_ballot(world, SECOND, "consent")
    world.cast("abstain", "u:0003")
    for unit, of_it in ((FIRST, [mine.id]), (SECOND, [theirs.id]), ("u:0004", [])):
        ballots = [n for n in told(world, unit) if n.type == "vote.ballot/1"]
        assert [n.id for n in ballots] == of_it
        assert {n.unit for n in told(world, unit)} <= {unit}
    assert theirs.id not in sentences(world, mine) and SECOND not in sentences(world, mine)


def test_what_a_unit_signed_itself_is_told_and_nothing_is_owed_for_it() -> None:
    """Every act in its name is there, flagged by whose hand it was; on its own paper too."""
    world = in_force().vote_open()
    world.cast("consent", FIRST)
    world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-05-06", "2026-05-06", [FIRST])
    withdrawal, ballot = told(world, FIRST)[-2:]
    assert (ballot.type, ballot.own, ballot.recorded_by, ballot.disavow) == ("vote.ballot/1", True, (), None)
    assert (withdrawal.own, withdrawal.disavow) == (True, None)
    assert not {ballot.id, withdrawal.id} & set(still_owed(world))


def test_until_the_close_the_way_out_is_open_and_afterwards_it_is_said_to_be_too_late() -> None:
    """The second before P18 after the window is over, and its end itself; then the vote can be closed."""
    world = in_force().vote_open()
    notice = paper_ballot(world)
    ends = world.vote().closes + 3 * DAY
    assert notice.can_be_disavowed(ends - 1) and not notice.can_be_disavowed(ends)
    assert "否认已经太晚" in letter(notice, "示范联盟", world.inst.cov, ends)
    assert "too late to disavow" in letter(notice, "示范联盟", world.inst.cov, ends)
    world.stage.now = ends - 1
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    (disavowed,) = (n for n in told(world, FIRST) if n.id == notice.id)
    assert disavowed.state == "disavowed"
    assert "已经否认" in sentences(world, disavowed)


def test_a_vote_closed_early_leaves_no_way_out_before_its_time() -> None:
    """The unit, told of its first key long ago, has left, all others have signed: the ballot on paper stands from then on."""
    world = Alliance(members=6).in_force()
    world.tell(next(index for index, one in world.inst.papers.items() if one.holder == FIRST))
    world.on("2026-05-06").vote_open()
    notice = paper_ballot(world)
    world.told(world.stage.receipts[-1])
    world.anchor()
    world.stage.now += DAY
    world.withdraw(FIRST)
    world.cast("consent", *world.roll[1:])
    for days in (1, 3):
        world.stage.now += days * DAY
        world.tick()
    (closed,) = (n for n in told(world, FIRST) if n.id == notice.id)
    assert world.stage.now < world.vote().closes and not closed.can_be_disavowed(world.stage.now)
    assert "提前结束" in sentences(world, closed) and "closed early" in sentences(world, closed)


def test_a_signed_ballot_replaces_those_on_paper_and_a_disavowal_undoes_them_all() -> None:
    """As the count has it: what the unit cast itself stands, before a later paper too."""
    world = in_force().vote_open()
    first, second = paper_ballot(world), paper_ballot(world, choice="consent")
    world.cast("consent", FIRST)
    third = paper_ballot(world)
    assert [n.state for n in told(world, FIRST) if n.type == "vote.ballot/1"] == [
        "replaced",
        "replaced",
        "stands",
        "replaced",
    ]
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    states = {n.id: n.state for n in told(world, FIRST) if n.type == "vote.ballot/1"}
    assert list(states.values()) == ["disavowed", "disavowed", "stands", "disavowed"]
    assert {first.id, second.id, third.id} <= set(states)


def test_a_withdrawal_on_paper_can_be_disavowed_for_the_recovery_days() -> None:
    """In the open book the way is key.disavow, which names the entry; once used, the notice says so."""
    world = in_force()
    receipt = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-05-06", "2026-05-06")
    (notice,) = (n for n in told(world, FIRST) if n.type == "membership.withdraw/1")
    assert notice.command == f"gongyue key disavow --entry {receipt.index} --as u:0001 --key unit.key"
    assert notice.disavow is not None and notice.disavow.untold and notice.can_be_confirmed
    assert "此前没有截止" in sentences(world, notice) and "until then without end" in sentences(world, notice)
    assert notice.id in still_owed(world)
    world.unit("key.receive/1", FIRST, {"entry": receipt.index})
    (notice,) = (n for n in told(world, FIRST) if n.id == notice.id)
    assert notice.disavow is not None and notice.disavow.ends == world.stage.now + 7 * DAY
    assert notice.received and not notice.can_be_confirmed
    world.unit("key.disavow/1", FIRST, {"entry": receipt.index})
    (notice,) = (n for n in told(world, FIRST) if n.id == notice.id)
    assert notice.state == "disavowed"
    assert notice.id not in still_owed(world)


def test_a_key_registered_for_a_unit_is_told_to_it() -> None:
    """Whoever holds that key can act in its name: it is disavowed by letter within 7 days, and no command serves."""
    world = in_force()
    (notice,) = (n for n in told(world, FIRST) if n.type == "key.register/1")
    assert (notice.own, notice.by_letter, notice.command) == (False, True, "")
    assert notice.disavow is not None and notice.disavow.untold
    world.tell(notice.index)
    start = world.stage.now
    (notice,) = (n for n in told(world, FIRST) if n.type == "key.register/1")
    assert notice.disavow is not None and notice.disavow.ends == start + 7 * DAY
    world.stage.now = start + 7 * DAY
    assert "否认已经太晚" in sentences(world, notice) and "too late to disavow" in sentences(world, notice)
    world.invite(101)
    world.register("u:0101")
    (notice,) = told(world, "u:0101")
    assert "以盖章的函件否认，由没有记录它的两名职员记录" in sentences(world, notice)
    assert "by a sealed letter" in sentences(world, notice) and "gongyue key disavow" not in sentences(world, notice)
    officers = [n for n in told(world, SECRETARY) if n.type == "key.register/1"]
    assert officers == []


def test_an_applicant_not_yet_known_finds_its_application_under_its_name() -> None:
    """It has no entry on any roll; its name stands in the application, which it signed itself: nobody owes it a notice."""
    world = in_force()
    actor = f"u:{fictional_code(56).lower()}"
    body = dict(ACT_TYPES["membership.apply/1"].example) | {"key": public_of(actor), "code": fictional_code(56)}
    world.stage.do("membership.apply/1", actor, body, [actor])
    (notice,) = told(world, actor)
    assert (notice.name, notice.own) == (body["name"], True)
    assert notice.id not in still_owed(world)


def test_notices_since_a_time_leave_out_what_came_before() -> None:
    """To the second: the act of that second is in."""
    world = in_force().vote_open()
    world.stage.now += 1
    notice = paper_ballot(world)
    assert [n.id for n in told(world, FIRST, notice.recorded)] == [notice.id]
    assert told(world, FIRST, notice.recorded + 1) == []


def test_a_notice_is_owed_until_it_is_noted_as_sent_and_the_first_day_stays() -> None:
    """Kept beside the books: neither grows by it."""
    world = in_force().vote_open()
    notice, before = paper_ballot(world), world.sizes()
    store = world.stage.office.store
    assert notice.id in still_owed(world)
    mark_sent(store, [notice.id], "2026-05-07")
    mark_sent(store, [notice.id], "2026-05-08")
    assert notice.id not in still_owed(world)
    assert sent(store)[notice.id] == "2026-05-07"
    assert world.sizes() == before


def test_a_register_of_acts_kept_by_a_process_is_what_a_fresh_one_finds() -> None:
    """Caught up act by act, or in one pass: the same notices."""
    world = in_force().vote_open()
    kept, store = ActsByUnit(), world.stage.office.store
    for unit in (FIRST, SECOND, FIRST):
        paper_ballot(world, unit)
        assert notices(world.inst, store, unit, acts=kept) == told(world, unit)
    assert kept.from_paper() == ActsByUnit().catch_up(store).from_paper()


def test_the_letter_is_chinese_first_and_names_a_file_of_its_own() -> None:
    """Both languages whole; the command stands in both."""
    world = in_force().vote_open()
    notice = paper_ballot(world)
    zh, _, en = sentences(world, notice).partition("Notice: an act")
    for text in (zh, en):
        assert notice.command in text and notice.commitment in text and notice.act in text
        assert "o:qin" in text and "u:0001" in text
    assert "第二十二条" in zh and "article 22" in en
    assert file_name(notice) == f"u-0001-sealed-{notice.place}.txt"
