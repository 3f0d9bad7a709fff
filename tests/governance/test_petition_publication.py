"""Petitions before the public: only with the member's signed consent, in its words, with the whole course (article 14)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongyue.book.sources import Tampered
from gongyue.covenant.periods import DAY, day_of
from gongyue.office.routine_acts import ANCHOR, system_act
from gongyue.transparency import canonical
from gongyue.verifying.verify import Request, verify
from support.alliance import (
    CLERK,
    FIRST,
    FORMER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    text_object,
)
from support.anchoring import padded
from support.dossiers import answered, consented, done, folded, noted, opened, petition, published
from support.published import forced, published_by_force, vkey
from support.sealed import lines_of
from support.told import Told

TEXT = "请反映：评估周期过长。"


def consenting(text: str = TEXT) -> tuple[Alliance, str, str]:
    """A petition forwarded, whose member consents to a text, anchored."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-06-01")
    dossier = petition(world)
    answered(world, dossier)
    digest = consented(world, dossier, text)
    world.on("2026-06-03").tick()
    return world, dossier, digest


def test_14_a_petition_is_published_with_the_consent_and_the_course() -> None:
    """Whose, of which kind, since when, forwarded; the text and the dossier's three entries are public; the rest is not."""
    world, dossier, text = consenting()
    published(world, dossier, text)
    one = world.inst.petitions[dossier]
    assert (one.unit, one.petition.kind, one.text) == (FIRST, "demand", text)
    assert one.petition.forwarded and not one.petition.replied and one.day == day_of(world.stage.now)
    files = published_by_force(world)
    assert verify(files.__getitem__, Request(vkey(world)))[0].code == 0
    assert files[f"objects/sha256/{text.removeprefix('sha256:')}"].decode() == TEXT


def test_nothing_is_published_without_consent_or_in_other_words() -> None:
    """GY-14-05: no consent; another text; one taken back; one consented to before the last."""
    world, dossier, text = consenting()
    other, data = text_object("请处理竞争对手。")
    with world.refused("GY-14-05", unit=FIRST, text=other, enough=text):
        lines = b"".join(opened(world, dossier))
        body = {"text": other, "course": canonical.digest(lines)}
        world.executive("petition.publish/1", body, (PUBLISHER, SECRETARY), lines, data)
    consented(world, dossier, None)
    world.on("2026-06-05").tick()
    with world.refused("GY-14-05", unit=FIRST, enough=None):
        published(world, dossier, text)
    silent = petition(world, "u:0002")
    world.on("2026-06-07").tick()
    with world.refused("GY-14-05", unit="u:0002"):
        published(world, silent, text)


ACCUSED = "u:0002"


@pytest.mark.parametrize("said", ["单位2违约，泄露用户数据。", "单 位 2 涉嫌违规。", "u:0002已被取消公约成员资格。"])
def test_13_no_petition_accuses_another_before_the_public(said: str) -> None:
    """A member that is in league with the office writes it, and consents: GY-13-01; of itself, or of nobody, it says what it likes."""
    world, dossier, text = consenting(f"请反映：{said}")
    with world.refused("GY-13-01", units="单位2"):
        published(world, dossier, text)
    for free in ("请反映：单位1被投诉，要求澄清。", "请反映：有单位违约。", "请反映：单位2的意见值得参考。"):
        world, dossier, text = consenting(free)
        published(world, dossier, text)


def test_13_a_petition_that_accuses_was_looked_at_by_a_lawyer() -> None:
    """Reviewed it is published; recorded unreviewed, verify names it."""
    said = "请反映：单位2违约。"
    world, dossier, text = consenting(said)
    lines = b"".join(opened(world, dossier))
    body = {"text": text, "course": canonical.digest(lines)}
    act = world.stage.signed("petition.publish/1", "exec", body, (PUBLISHER, SECRETARY), [lines, said.encode()])
    again = world.again(Told.of(world.stage))
    forced(again, act)
    report = verify(published_by_force(again).__getitem__, Request(vkey(again)))[0]
    assert report.code == 3 and report.failure is not None and report.failure.code == "GY-13-01"
    world.executive("annex.review/1", {"text": text, "opinion": commitment_to("律师意见")}, TWO)
    published(world, dossier, text)


def test_the_whole_dossier_is_opened_and_it_is_anchored() -> None:
    """A take-back left out: not-whole; what is not anchored yet: not-anchored; begun at its second entry; no petition."""
    world, dossier, text = consenting()
    lines = opened(world, dossier)
    with world.out_of_turn("dossier-place", dossier=dossier):
        published(world, dossier, text, course=b"".join(lines[1:]))
    consented(world, dossier, None)
    with world.out_of_turn("not-anchored"):
        published(world, dossier, text)
    with world.out_of_turn("not-whole", found=3, expected=4):
        published(world, dossier, text, course=b"".join(lines))
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": REASONS})
    world.on("2026-06-09").tick()
    with world.out_of_turn("bad-object"):
        published(world, f"d:{asked.act.removeprefix('sha256:')}", text)


@pytest.mark.parametrize(("course", "why"), [
    (lambda lines: lines.replace(b'"index":', b'"index":9', 1), "is not in the published book"),
    (lambda lines: lines[:-9], "line 3"),
])  # fmt: skip
def test_a_course_that_opens_nothing_there_is_no_openings(course: Callable[[bytes], bytes], why: str) -> None:
    """An index that no leaf has, though an anchor comes, and half a line: the object is not what it says, whoever brings it."""
    world, dossier, text = consenting()
    with pytest.raises(Tampered, match=why):
        published(world, dossier, text, course=course(b"".join(opened(world, dossier))))


def test_a_course_of_two_kinds_of_acts_is_none() -> None:
    """A ballot before the dossier's second entry is not its first: dossier-place."""
    world, dossier, text = consenting()
    world.vote_open().cast("consent", "u:0002").on("2026-06-09").tick()
    (ballot,) = (one for one in lines_of(world.stage.office) if b"vote.ballot/1" in one)
    with world.out_of_turn("dossier-place", dossier=dossier):
        published(world, dossier, text, course=b"".join([ballot, *opened(world, dossier)[1:]]))


def test_an_office_that_leaves_out_the_take_back_is_found_out_by_the_member() -> None:
    """Forced past the office: verify alone sees nothing; with the member's dossier it is not-whole, exit 3."""
    world, dossier, text = consenting()
    lines = b"".join(opened(world, dossier))
    consented(world, dossier, None)
    world.on("2026-06-05").tick()
    body = {"text": text, "course": canonical.digest(lines)}
    forced(
        world,
        world.stage.signed("petition.publish/1", "exec", body, (PUBLISHER, SECRETARY), [lines, text_object(TEXT)[1]]),
    )
    files = published_by_force(world)
    assert verify(files.__getitem__, Request(vkey(world)))[0].code == 0
    kept = b"".join(opened(world, dossier))
    report = verify(files.__getitem__, Request(vkey(world), disclosures=(("kept", kept),)))[0]
    assert report.code == 3 and report.failure is not None and report.failure.code == "out-of-turn/not-whole"


@pytest.mark.parametrize(("first", "code"), [("taken back", "out-of-turn/not-whole"), ("published", "")])
def test_whole_is_what_was_there_when_it_was_published(first: str, code: str) -> None:
    """A take-back that arrived after as many open acts as were before the publication counts; one that came after it does not."""
    world, dossier, text = consenting()
    lines = b"".join(opened(world, dossier))
    body = {"text": text, "course": canonical.digest(lines)}
    act = world.stage.signed("petition.publish/1", "exec", body, (PUBLISHER, SECRETARY), [lines, text_object(TEXT)[1]])
    if first == "published":
        world.stage.office.handle(act)
        world.stage.now += 60
    consented(world, dossier, None)
    if first == "taken back":
        seen = folded(world, dossier).entries[-1].open
        world.stage.now += DAY
        anchored = system_act(world.stage.office, ANCHOR, padded(world.stage.office))
        assert forced(world, act) == seen
        forced(world, anchored)
    else:
        world.on("2026-06-05").tick()
    kept = (("kept", b"".join(opened(world, dossier))),)
    report = verify(published_by_force(world).__getitem__, Request(vkey(world), disclosures=kept))[0]
    assert (report.failure.code if report.failure else "") == code


def test_who_publishes_and_who_consents() -> None:
    """One officer: GY-05-02; a clerk, one whose term is over: GY-05-01; another unit, the office, paper: no consent."""
    world, dossier, text = consenting()
    with world.refused("GY-05-02"):
        published(world, dossier, text, PUBLISHER)
    for officer in (CLERK, FORMER):
        with world.refused("GY-05-01", officer=officer):
            published(world, dossier, text, PUBLISHER, officer)
    with world.out_of_turn("not-found", what=dossier):
        consented(world, dossier, "别人的话。", "u:0002")
    with world.refused("GY-04-01"):
        done(world, "petition.consent/1", dossier, {"text": None}, SECRETARY, CLERK, actor=FIRST)
    with world.out_of_turn("already"):
        consented(world, dossier, TEXT)


@pytest.mark.parametrize("text", ["甲" * 10_001, "看不见\u202e的字", "……"])
def test_a_text_shows_what_it_says(text: str) -> None:
    """Too long, with a character that turns others, without a word: bad-object."""
    world, dossier, digest = consenting(text)
    with world.out_of_turn("bad-object", digest=digest):
        published(world, dossier, digest)


def test_the_guard_of_article_7_reads_what_is_published() -> None:
    """Common prices: a lawyer reviews the text first."""
    world, dossier, digest = consenting("请允许我们统一定价，不得低于每条一元。")
    with world.refused("GY-07-01"):
        published(world, dossier, digest)


def test_it_is_published_once_more_when_it_has_got_further_and_taken_down_by_voiding() -> None:
    """The same again: already; after the authority's answer and with the same consent: anew; voided: gone from the page."""
    world, dossier, text = consenting()
    published(world, dossier, text)
    with world.out_of_turn("already"):
        published(world, dossier, text)
    answered(world, dossier, "replied")
    world.on("2026-06-05").tick()
    receipt = published(world, dossier, text)
    assert world.inst.petitions[dossier].petition.replied
    body = {"entry": receipt.index, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)
    assert dossier not in world.inst.petitions


def test_the_authoritys_answer_is_recorded_from_its_paper_by_two() -> None:
    """No paper: needs-paper; one officer: GY-05-02; its day is the paper's arrival, its documents commitments."""
    world, dossier, _ = consenting()
    with world.out_of_turn("needs-paper"):
        answered(world, dossier, "replied", paper=None)
    body = {"answer": "replied", "docs": [REASONS]}
    with world.refused("GY-05-02"):
        done(world, "petition.answer/1", dossier, body, SECRETARY)
    answered(world, dossier, "replied")
    found = folded(world, dossier).petition
    assert found is not None and found.replied == day_of(world.stage.now)


def test_withdrawing_does_not_hinder_a_consent_but_nothing_is_answered_any_more() -> None:
    """What was withdrawn may still be told to the public by whoever it belongs to."""
    world, dossier, _ = consenting()
    noted(world, dossier, withdrawn=True)
    again = consented(world, dossier, "已撤回；经过如下。")
    world.on("2026-06-05").tick()
    published(world, dossier, again)
    assert world.inst.petitions[dossier].text == again
