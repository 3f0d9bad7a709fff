"""`d:members` as units open it: from joining to leaving without a hole, later what replaces it; verify finds any other hole."""

from __future__ import annotations

import msgspec
import pytest

from gongyue.book.heads import MEMBERS, NOTHING, DossierHead, parse_head
from gongyue.book.receipts import Receipt
from gongyue.demo.simulated_office import document_of
from gongyue.governance.acts import Place
from gongyue.office.disclosures import disclosure_lines
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, SECRETARY, SYSOP, TWO, Alliance
from support.bulletins import issue
from support.dossiers import done, forced_in
from support.published import published_by_force, run

DAY = 86_400
BACK = "u:0003"
"""Leaves after the second bulletin, joins again before the fifth."""
NEW = 9
"""The number of a unit that joins before the fifth."""


def year() -> Alliance:
    """Two bulletins; one leaves; two more; it comes back, another joins; two more, the last of which replaces the first."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    for name in ("第一", "第二"):
        issue(world, name)
        world.stage.now += DAY
    world.withdraw(BACK)
    world.stage.now += DAY
    for name in ("第三", "第四"):
        issue(world, name)
        world.stage.now += DAY
    for number in (3, NEW):
        applied = world.apply(number)
        world.stage.now += DAY
        world.tick()
        world.grant(applied)
        world.stage.now += DAY
    issue(world, "第五")
    world.stage.now += DAY
    issue(world, "第六", replaces=1)
    return world


def new(world: Alliance) -> str:
    """The id of the unit that joined on an application."""
    return max(world.inst.members, key=lambda unit: world.inst.units[unit].changed)


def anchored(world: Alliance) -> Alliance:
    """Another day on, all has its place."""
    world.stage.now += DAY
    world.tick()
    return world


def shown(world: Alliance, unit: str) -> list[bytes]:
    """What the office gives it."""
    return list(disclosure_lines(world.stage.office, unit, MEMBERS))


def place(line: bytes) -> int:
    """Of a line its entry's place; 0 of a head."""
    return int(msgspec.json.decode(line).get("entry", {"rx": {"n": 0}})["rx"]["n"])


def places(rows: list[bytes]) -> list[int]:
    """The places that lines open."""
    return [n for n in map(place, rows) if n]


def said(world: Alliance, note: bytes) -> DossierHead:
    """What a head says."""
    return parse_head(note, *(s.verifier for s in world.stage.office.keys.signers("sealed")))


def verified(world: Alliance, rows: list[bytes], unit: str, *more: bytes) -> Report:
    """What verify says of these lines, and documents, of that unit."""
    kept = (("mine", b"".join(rows)), *((f"document-{n}", one) for n, one in enumerate(more)))
    return run(published_by_force(world), world=world, disclosures=kept, unit=unit)[0]


def gap(report: Report) -> int:
    """The place that verify misses; 0 for none."""
    if report.failure is None:
        assert report.code == 0
        return 0
    assert (report.code, report.failure.code) == (2, "tampered/gap"), report.failure
    return int(report.failure.figures["n"])


@pytest.mark.parametrize(
    ("unit", "opens"),
    [(FIRST, [1, 2, 3, 4, 5, 6]), (BACK, [1, 2, 5, 6]), ("new", [5, 6]), ("u:0077", [])],
)
def test_a_unit_opens_every_bulletin_of_its_memberships_and_nothing_else(unit: str, opens: list[int]) -> None:
    """The first all; who left and came back not those in between; a new one nothing earlier; an outsider nothing, not even a head."""
    world = year()
    rows = shown(world, new(world) if unit == "new" else unit)
    assert places(rows) == opens
    assert bool(rows) == bool(opens)


def test_a_leaver_opens_what_replaces_one_it_could_open_and_nothing_else_that_is_later() -> None:
    """Left after the second: of the third to sixth the sixth, which replaces the first; of one that replaces the third nothing."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    for name in ("第一", "第二"):
        issue(world, name)
        world.stage.now += DAY
    world.withdraw(BACK)
    for name, replaced in (("第三", None), ("第四", 3), ("第五", 1), ("第六", 5)):
        world.stage.now += DAY
        issue(world, name, replaces=replaced)
    assert places(shown(world, BACK)) == [1, 2, 5, 6]
    anchored(world)
    report = verified(world, shown(world, BACK), BACK)
    assert gap(report) == 0
    assert [d.holes for d in report.dossiers] == [[(3, 4)]]


def test_leaving_later_on_a_day_that_was_stated_ends_it_with_that_day() -> None:
    """Notice on 05-06 for 05-09: what comes on 05-08 it opens, on 05-09 not, though nothing open was recorded meanwhile."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    world.withdraw(BACK, "2026-05-09")
    for day in ("2026-05-08", "2026-05-09"):
        world.on(day)
        issue(world, day)
    assert places(shown(world, BACK)) == [1]
    anchored(world)
    rows = shown(world, BACK)
    assert [said(world, msgspec.json.decode(r)["head"].encode()).n for r in rows if not place(r)] == [0, 1]
    assert gap(verified(world, rows, BACK)) == 0
    assert gap(verified(world, rows[1:], BACK)) == 1


def test_the_receipts_of_joining_and_leaving_carry_where_it_ended_then() -> None:
    """Of an enrolment place 0; of a leaving 2, at its own time; the same asked for again; of any other open act nothing."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    issue(world, "第一")
    issue(world, "第二")
    left = world.withdraw(BACK)
    issue(world, "第三")
    head = said(world, left.head)
    assert (head.dossier, head.n, head.time) == (MEMBERS, 2, left.time)
    again = world.stage.office.receipt("open", left.act)
    assert isinstance(again, Receipt) and again.head == left.head
    declared = world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})
    assert declared.head == b""
    joined = [r for r in world.stage.receipts if r.index is not None and r.head and r.act != left.act]
    assert {said(world, r.head).n for r in joined} == {0}


@pytest.mark.parametrize(
    ("unit", "taken", "missed"),
    [
        (FIRST, 1, 1), (FIRST, 3, 3), (FIRST, 6, 0),
        (BACK, 1, 1), (BACK, 2, 2), (BACK, 5, 5),
        ("new", 5, 5),
    ],
)  # fmt: skip
def test_verify_misses_whatever_a_unit_could_open(unit: str, taken: int, missed: int) -> None:
    """One taken away: exit 2 with its place. The last one only a later head shows."""
    world = anchored(year())
    unit = new(world) if unit == "new" else unit
    rows = shown(world, unit)
    assert gap(verified(world, rows, unit)) == 0
    assert gap(verified(world, [row for row in rows if place(row) != taken], unit)) == missed


def test_a_head_shows_that_the_last_one_is_missing() -> None:
    """Head at place 6, disclosed to 5: gap 6; and nothing disclosed at all but heads: gap 1."""
    world = year()
    note = world.stage.office.head(MEMBERS)
    anchored(world)
    kept = b'{"head":%s}\n' % msgspec.json.encode(note.decode())
    rows = shown(world, FIRST)
    assert gap(verified(world, [*rows, kept], FIRST)) == 0
    assert gap(verified(world, [*(r for r in rows if place(r) != 6), kept], FIRST)) == 6
    assert verified(world, [*(r for r in rows if place(r) != 6), kept], "").code == 4
    joining = [row for row in rows if not place(row)]
    assert gap(verified(world, [*joining, kept], FIRST)) == 1
    assert gap(verified(world, [kept], FIRST)) == 0, "it may have joined since, as far as the head alone tells"


def test_the_heads_of_leaving_and_joining_bound_the_hole() -> None:
    """Without heads a hole between places 1 and 5 is lawful as far as anybody can tell; with them place 2 is missing."""
    world = anchored(year())
    rows = shown(world, BACK)
    bare = [row for row in rows if place(row) and place(row) != 2]
    report = verified(world, bare, BACK)
    assert gap(report) == 0
    assert [d.holes for d in report.dossiers] == [[(2, 4)]]
    assert gap(verified(world, [*bare, *(r for r in rows if not place(r))], BACK)) == 2


def test_another_units_hole_is_no_excuse_and_without_a_unit_none_is() -> None:
    """What a new unit lacks the first may not; without --as: cannot be read, exit 4; an unknown unit: the same."""
    world = anchored(year())
    rows = [row for row in shown(world, new(world)) if place(row)]
    assert gap(verified(world, rows, new(world))) == 0
    founder = [row for row in shown(world, FIRST) if not place(row)]
    assert gap(verified(world, [*rows, *founder], FIRST)) == 1
    for unit, why in (("", "whose"), ("u:0077", "unit")):
        report = verified(world, rows, unit)
        assert report.code == 4 and report.failure is not None and report.failure.code == f"unreadable/{why}"
    whole = [row for row in shown(world, FIRST) if place(row)]
    assert verified(world, whole, "").code == 0
    for missing in (0, 4):
        assert verified(world, whole[:missing] + whole[missing + 1 :], "").code == 4


def test_what_is_shown_is_judged_and_told_with_its_hole() -> None:
    """Without the texts in form only; with them, fully; the report names the places that came while it was no member."""
    world = anchored(year())
    rows = shown(world, BACK)
    report = verified(world, rows, BACK)
    assert (report.disclosed, report.disclosed_form_only) == (4, 4)
    texts = [document_of(name)[1] for name in ("第一", "第二", "第五", "第六")]
    report = verified(world, rows, BACK, *texts)
    assert (report.disclosed, report.disclosed_form_only) == (4, 0)
    assert "; 3–4 came while it was no member" in "\n".join(lines(report, "en"))
    assert "第 3–4 位在成员期之外" in "\n".join(lines(report, "zh"))


def test_a_new_member_cannot_judge_a_correction_of_what_it_never_saw() -> None:
    """The sixth replaces the first: in form only, its own text at hand or not."""
    world = anchored(year())
    texts = [document_of(name)[1] for name in ("第五", "第六")]
    unit = new(world)
    report = verified(world, shown(world, unit), unit, *texts)
    assert (report.code, report.disclosed, report.disclosed_form_only) == (0, 2, 1)


def test_a_hold_that_ends_before_a_new_member_s_eyes_verifies_for_it() -> None:
    """Held before it joined, lifted and erased afterwards: it opens the latter two, in form and fully; the others all of it."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    issue(world, "第一")
    text = document_of("第一")[0]
    hold = {"docs": [text], "ground": "court", "lifted": False}
    done(world, "dossier.hold/1", MEMBERS, hold, *TWO)
    applied = world.apply(NEW)
    anchored(world)
    world.grant(applied)
    anchored(world)
    done(world, "dossier.hold/1", MEMBERS, hold | {"lifted": True}, *TWO)
    done(world, "dossier.erase/1", MEMBERS, {"docs": [text], "ground": "request"}, SECRETARY, SYSOP)
    anchored(world)
    unit = new(world)
    assert places(shown(world, unit)) == [3, 4]
    report = verified(world, shown(world, unit), unit)
    assert (report.code, report.disclosed, report.disclosed_form_only) == (0, 2, 1)
    report = verified(world, shown(world, FIRST), FIRST, document_of("第一")[1])
    assert (report.code, report.disclosed, report.disclosed_form_only) == (0, 4, 0)


def test_a_document_that_nothing_names_is_no_document_of_these() -> None:
    """Exit 4, its file named: it proves nothing and accuses nobody."""
    world = anchored(year())
    report = verified(world, shown(world, FIRST), FIRST, document_of("别的")[1])
    assert report.code == 4 and report.failure is not None and report.failure.code == "unreadable/document"


def forged(world: Alliance, text: str, place: Place | None = None) -> bytes:
    """An office without law issues a bulletin, at the place it likes; its document."""
    commitment, document = document_of(text)
    body = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None}
    forced_in(world, world.stage.signed("bulletin.issue/1", "exec", body, TWO, [document]), place)
    return document


def test_a_boycott_that_an_office_without_law_told_the_members_is_found_by_its_text() -> None:
    """GY-07-01, exit 3, with the text; without it, in form only."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    document = forged(world, "请各成员停止与其合作。")
    anchored(world)
    rows = shown(world, FIRST)
    assert verified(world, rows, FIRST).disclosed_form_only == 1
    report = verified(world, rows, FIRST, document)
    assert report.code == 3 and report.failure is not None and report.failure.code == "GY-07-01"


def test_nobody_takes_the_place_of_a_bulletin() -> None:
    """Two at place 1, both shown: exit 3, and both are named."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    issue(world, "第一")
    forged(world, "另一", Place(MEMBERS, 1, NOTHING))
    anchored(world)
    rows = shown(world, FIRST)
    assert places(rows) == [1, 1]
    report = verified(world, rows, FIRST)
    assert report.code == 3 and report.failure is not None and "dossier/two" in report.failure.code
