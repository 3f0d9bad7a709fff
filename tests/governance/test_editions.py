"""Editions: amended, written, loaded again; and snapshots of the institution after any prefix of a story."""

from __future__ import annotations

import string
from contextlib import suppress
from fractions import Fraction

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.covenant import edition_json as editions
from gongyue.covenant import numbers
from gongyue.covenant.binding.records import bind
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, dropped
from gongyue.covenant.numerals import parse, to_chinese
from gongyue.covenant.parser import outline
from gongyue.covenant.periods import Period
from gongyue.covenant.rulings import Refused
from gongyue.covenant.unsupported_clauses import beyond
from gongyue.governance import snapshot
from gongyue.governance.institution import Institution
from gongyue.office.store import OPEN
from gongyue.transparency import canonical
from support.alliance import Alliance, edition, edition_of, three_quarters
from support.editions import TEXT, change_of

WORDS = st.text(st.sampled_from(string.ascii_letters + "公约成员单位行业自律数据，、"), max_size=30)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change of words that stand in some article, completed as far as it reads."""
    text = edition()
    edits = []
    for article in draw(st.lists(st.sampled_from(text.articles), min_size=1, max_size=3, unique_by=lambda a: a.number)):
        start = draw(st.integers(0, len(article.text) - 1))
        old = article.text[start : start + draw(st.integers(1, 30))]
        edits.append(TextEdit(article.at, old, draw(WORDS)))
    base = "sha256:" + "00" * 32
    try:
        return complete(text, base, edits).change if draw(st.booleans()) else Change(base, tuple(edits))
    except NotApplicable:
        return Change(base, tuple(edits))


@settings(deadline=None)  # nothing is asserted about time
@given(changes())
def test_an_amended_edition_is_the_same_after_writing_and_loading(change: Change) -> None:
    """Or the change does not apply; nothing else happens."""
    try:
        after = amend(edition(), change)
    except NotApplicable:
        return
    data = canonical.decode(canonical.encode(editions.to_data(after)))
    assert editions.load(data) == after
    assert canonical.encode(editions.to_data(after)) == canonical.encode(data)
    for edit in change.text:
        assert edit.new in after.article(after.position(edit.at)).text
    for bound in after.bindings:
        assert bound.words in after.article(after.position(bound.at)).text
    assert not after.open
    assert dropped(edition(), after) == []


@settings(deadline=None)  # nothing is asserted about time
@given(st.integers(2, 99), st.data())
def test_any_share_written_in_chinese_becomes_the_share_that_counts(whole: int, data: st.DataObject) -> None:
    """The words, the value and the arithmetic agree; another value than the words' is refused."""
    part = data.draw(st.integers(1, whole))
    said = f"{to_chinese(whole)}分之{to_chinese(part)}"
    assume(said != "三分之二")  # as the text has it: nothing changes
    change = change_of("", TextEdit("22", "三分之二", said))
    after = amend(edition(), change)
    assert after.values["amendment.adoption"] == Fraction(part, whole)
    (bound,) = change.bindings
    assert bound.words == f"经{said}以上成员单位同意"
    for wrong in ({"value": str(Fraction(part, whole + 1))}, {"inclusive": False}, {"base": "present"}, {"nth": 2}):
        false = msgspec.structs.replace(change, bindings=(msgspec.structs.replace(bound, **wrong),))
        with pytest.raises(NotApplicable):
            amend(edition(), false)


def test_a_clause_that_is_struck_out_is_gone_once_that_is_said() -> None:
    """Left out in silence it does not apply; dropped() names it."""
    struck = TextEdit("21", "，并在生效后的30日内由中关村大数据产业联盟向社会公布", "")
    with pytest.raises(NotApplicable, match="publication"):
        amend(edition(), Change("", (struck,)))
    after = amend(edition(), change_of("", struck, absent=["publication.within", "publication.covenant"]))
    assert "publication.within" not in after.values
    assert "publication.within" in {c.name for c in dropped(edition(), after)}


def test_a_share_that_does_not_include_the_number_itself_is_not_counted_as_if_it_did() -> None:
    """过半数、超过: Civil Code 1259 excludes the number. Half of ten is not more than half."""
    from gongyue.covenant.counting import at_least

    words = "经过半数成员单位同意"
    text = edition_of(TEXT.replace("经三分之二以上成员单位同意", words), amendment__adoption=("22", words))
    share = text.values["amendment.adoption"]
    assert isinstance(share, Fraction)
    assert [at_least(share, count, of=10).holds for count in (4, 5, 6)] == [False, False, True]
    assert [at_least(share, count, of=11).holds for count in (5, 6)] == [False, True]
    assert at_least(share, 5, of=10).enough == 6
    assert at_least(share, 5, of=10).figures["arithmetic"] == "2×5=10≤10"


@pytest.mark.parametrize("said", ["100000000日内", "1000日内"])
def test_a_period_too_long_to_be_read_is_not_carried_out(said: str) -> None:
    """999 days are the most that are read as a period: words with more state none, and cannot be bound to one."""
    assert edition_of(TEXT.replace("30日内", "999日内")).values["publication.within"] == Period(999)
    part = next(p for p in outline(TEXT.replace("30日内", said).encode(), "x.txt").parts if p.at == "21")
    bound = bind("publication.within", part, f"在生效后的{said}")
    assert [f.why for f in beyond([bound])] == ["beyond"]


# -- a sister covenant


LAKE = """湖畔公约

第一条 为规范行业行为，制定本公约。
第二条 湖畔联盟作为本公约的执行机构。
第三条 本公约自公布之日起施行。
"""


def test_in_a_text_that_says_nothing_of_it_nobody_acts_for_another() -> None:
    """Whose act it is stands whatever the text says: no key stands for another, no member for the executive body."""
    from support.alliance import FIRST, NOBODY

    world = Alliance(members=3, initiators=3, text=edition_of(LAKE)).staffed()
    world.import_text()
    world.freeze()
    for unit in world.roll:
        world.register(unit)
    assert world.inst.meaning.clause("membership.invitation") is None
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": NOBODY}
    with world.refused("GY-04-01", enough="u:0002", unit="u:0002", signed_by=FIRST):
        world.stage.do("founding.sign/1", "u:0002", body, [FIRST])
    with pytest.raises(Refused, match="不得代他人加入或签署"):  # it does not speak of joining alone
        world.stage.do("founding.sign/1", "u:0002", body, [FIRST])
    with world.refused("GY-05-01"):
        world.unit("founding.submit/1", FIRST, {"edition": world.edition})
    with world.refused("GY-05-02"):
        world.executive("founding.submit/1", {"edition": world.edition}, ["o:qin"])
    with world.refused("GY-01-02"):
        world.import_text()
    for unit in world.roll:
        world.sign(unit)
    world.submit()
    assert world.inst.effective


# -- snapshots


def story() -> Alliance:
    world = Alliance(members=4, initiators=2).in_force().on("2026-10-12")
    world.issue("P2", 20)
    world.vote_open(three_quarters(world.edition)).cast_by(4).close()
    world.report()
    world.publish_amendment()
    world.annexed()
    world.grant(world.apply(50))
    world.withdraw("u:0001", "2027-12-31")
    return world


def test_a_snapshot_after_any_prefix_is_the_institution() -> None:
    """Written, read, equal; and folding goes on from it as from the original."""
    world = story()
    replay = Replay(world.stage.office._sources)
    leaves = list(world.stage.office.store.leaves(OPEN, 0, world.inst.size))
    for data in leaves:
        replay.add(decode(data))
        again = snapshot.load(snapshot.dump(replay.inst))
        assert again == replay.inst
    assert replay.inst == world.inst
    half = Replay(world.stage.office._sources)
    for data in leaves[: len(leaves) // 2]:
        half.add(decode(data))
    resumed = Replay(world.stage.office._sources, snapshot.load(snapshot.dump(half.inst)))
    for data in leaves[len(leaves) // 2 :]:
        resumed.add(decode(data))
    assert resumed.inst == world.inst
    assert resumed.rev == world.stage.office.rev


@settings(deadline=None)  # nothing is asserted about time
@given(st.binary(max_size=200))
def test_bytes_are_a_snapshot_or_refused(data: bytes) -> None:
    """An institution or a DecodeError, never another error."""
    with suppress(msgspec.DecodeError):
        assert isinstance(snapshot.load(data), Institution)


def test_an_empty_institution_has_a_snapshot() -> None:
    """Before the genesis."""
    assert snapshot.load(snapshot.dump(Institution())) == Institution()


@pytest.mark.parametrize("said", ["八十六分之二十九", "九十七分之二十八"])
def test_a_share_is_not_read_from_inside_a_longer_numeral(said: str) -> None:
    """六分之二 stands in 八十六分之二十九, and is not what it says."""
    whole, _, part = said.partition("分之")
    (found,) = numbers.read(f"经{said}以上成员单位同意")
    assert found.value == f"{parse(part)}/{parse(whole)}"
