"""Editions: amended, written, loaded again; and snapshots of the institution after any prefix of a story."""

from __future__ import annotations

import string
from contextlib import suppress
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.covenant import edition as editions
from gongyue.covenant.changing import Change, NotApplicable, TextEdit
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.stating import states
from gongyue.governance import snapshot
from gongyue.governance.institution import Institution
from gongyue.office.store import OPEN
from gongyue.transparency import canonical
from support.alliance import Alliance, edition, edition_of, three_quarters

WORDS = st.text(st.sampled_from(string.ascii_letters + "公约成员单位行业自律数据，、"), max_size=30)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change of words that stand in some article, sometimes of its term too."""
    text = edition()
    edits = []
    for article in draw(st.lists(st.sampled_from(text.articles), min_size=1, max_size=3, unique_by=lambda a: a.number)):
        start = draw(st.integers(0, len(article.text) - 1))
        old = article.text[start : start + draw(st.integers(1, 30))]
        edits.append(TextEdit(article.number, old, draw(WORDS)))
    return Change("sha256:" + "00" * 32, tuple(edits))


@settings(deadline=None)  # nothing is asserted about time
@given(changes())
def test_an_amended_edition_is_the_same_after_writing_and_loading(change: Change) -> None:
    """Or the change does not apply; nothing else happens."""
    try:
        after = editions.amend(edition(), change)
    except NotApplicable:
        return
    data = canonical.decode(canonical.encode(editions.to_data(after)))
    assert editions.load(data) == after
    assert canonical.encode(editions.to_data(after)) == canonical.encode(data)
    for edit in change.text:
        assert edit.new in after.article(edit.article).text
    for quoted in (*after.terms, *after.clauses):
        assert quoted.words in after.article(quoted.article).text
    gone = {c.name for c in editions.dropped(edition(), after)}
    assert gone == {c.name for c in edition().clauses} - {c.name for c in after.clauses}


@settings(deadline=None)  # nothing is asserted about time
@given(st.integers(2, 99), st.data())
def test_any_share_written_in_chinese_becomes_the_share_that_counts(whole: int, data: st.DataObject) -> None:
    """The words, the value and the arithmetic agree; another value than the words' is refused."""
    part = data.draw(st.integers(1, whole))
    said = f"{to_chinese(whole)}分之{to_chinese(part)}"
    words = f"经{said}以上成员单位同意"
    value = str(Fraction(part, whole))
    change = Change("", (TextEdit(22, "三分之二", said),), (TermEdit("amendment.adoption", words, value),))
    after = editions.amend(edition(), change)
    assert after.values["amendment.adoption"] == Fraction(part, whole)
    wrong = Fraction(part, whole + 1)
    with pytest.raises(NotApplicable):
        editions.amend(edition(), Change("", change.text, (TermEdit("amendment.adoption", words, str(wrong)),)))


def test_a_term_that_is_struck_out_is_gone_and_its_rules_with_it() -> None:
    """dropped() names it."""
    text = "，并在生效后的30日内由中关村大数据产业联盟向社会公布"
    change = Change("", (TextEdit(21, text, ""),), (TermEdit("publication.within", ""),))
    after = editions.amend(edition(), change)
    assert "publication.within" not in after.values
    assert "publication.within" in {c.name for c in editions.dropped(edition(), after)}


def test_a_share_that_does_not_include_the_number_itself_is_not_counted_as_if_it_did() -> None:
    """过半数、超过: Civil Code 1259 excludes the number. Half of ten is not more than half."""
    from gongyue.covenant.counting import at_least

    text = edition()
    words = "经过半数成员单位同意"
    article = text.article(22)
    changed = msgspec.structs.replace(article, text=article.text.replace("经三分之二以上成员单位同意", words))
    terms = tuple(
        msgspec.structs.replace(t, words=words, value="1/2", inclusive=False) if t.name == "amendment.adoption" else t
        for t in text.terms
    )
    articles = tuple(changed if a.number == 22 else a for a in text.articles)
    data = editions.to_data(msgspec.structs.replace(text, articles=articles, terms=terms))
    share = editions.load(data).values["amendment.adoption"]
    assert isinstance(share, Fraction)
    assert [at_least(share, count, of=10).holds for count in (4, 5, 6)] == [False, False, True]
    assert [at_least(share, count, of=11).holds for count in (5, 6)] == [False, True]
    assert at_least(share, 5, of=10).enough == 6
    assert at_least(share, 5, of=10).figures["arithmetic"] == "2×5=10≤10"


def test_a_period_too_long_for_any_calendar_is_refused() -> None:
    """一亿日 leaves the calendar."""
    text = edition()
    article = text.article(21)
    changed = msgspec.structs.replace(article, text=article.text.replace("30日内", "100000000日内"))
    terms = tuple(
        msgspec.structs.replace(t, words=t.words.replace("30日内", "100000000日内"), value=100_000_000)
        if t.name == "publication.within"
        else t
        for t in text.terms
    )
    articles = tuple(changed if a.number == 21 else a for a in text.articles)
    with pytest.raises(BadEdition):
        editions.load(editions.to_data(msgspec.structs.replace(text, articles=articles, terms=terms)))


# -- a sister covenant


LAKE = """湖畔公约

第一条 为规范行业行为，制定本公约。
第二条 本公约自公布之日起施行。
"""


def test_in_a_text_that_says_nothing_of_it_nobody_acts_for_another() -> None:
    """Whose act it is stands whatever the text says: no key stands for another, no member for the executing body."""
    from support.alliance import FIRST, NOBODY

    world = Alliance(members=3, initiators=3, text=edition_of(LAKE)).staffed()
    world.import_text()
    world.designate()
    world.freeze()
    for unit in world.roll:
        world.register(unit)
    assert world.inst.meaning.clause("office.executive") is None
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": NOBODY}
    with world.refused("GY-04-01"):
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
    assert not states(f"经{said}以上成员单位同意", "1/3", "share")
    assert not states(f"经{said}以上成员单位同意", "1/43", "share")
