"""A capability new in the software: an older edition is complete as it is, and two officers bind it for a founded book by an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gongyue.covenant import edition_json as editions
from gongyue.covenant.binding import catalogue
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import NotApplicable, TextEdit, amend
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.edition_json import load, to_data
from gongyue.covenant.extension import extend
from gongyue.covenant.values import Meaning
from gongyue.governance.absences import unbound
from gongyue.transparency import canonical
from gongyue.verifying.report_lines import lines
from support import later
from support.alliance import CLERK, FIRST, SECRETARY, Alliance, edition_object
from support.later import ENVIRONMENT, LANGUAGE, READER, WORDS
from support.published import published_by_force, run

PAIR = (SECRETARY, CLERK)
NEW = (ENVIRONMENT, LANGUAGE)
BOUND = {ENVIRONMENT: ("4", WORDS)}


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Go on with the later software."""
    return lambda: later.bring_capabilities(monkeypatch)


def in_force() -> Alliance:
    """An alliance founded when the catalogue did not have them."""
    return Alliance(members=12).in_force().on("2026-07-01")


def text(world: Alliance) -> Edition:
    """The edition in force."""
    edition = world.inst.meaning.edition
    assert edition is not None
    return edition


def decided(world: Alliance) -> Edition:
    """The same text with both decided on: one bound, one absent."""
    return extend(text(world), BOUND, [LANGUAGE])


def supplement(world: Alliance, after: Edition, signers: tuple[str, ...] = PAIR) -> str:
    """Bind what is new; the digest of the edition."""
    digest, data = edition_object(after)
    world.executive("founding.supplement/1", {"edition": digest}, signers, data)
    return digest


def test_a_later_catalogue_only_adds() -> None:
    """Another meaning of a name, other shared words, nothing new, or the same version again: it is not loaded."""
    first = catalogue.catalogues()[0]
    known = 'v = "gongyue/capabilities@1"\nreader = "gongyue/reader@2"\n'
    own = later.BROUGHT.replace(ENVIRONMENT, "founding.effect")
    for text_ in (
        known,
        own,
        later.BROUGHT.replace(READER, first.reader),
        later.BROUGHT + '[base]\nroll = ["人人"]\n',
    ):
        with pytest.raises(ValueError):
            catalogue.load(text_, first)
    grown = catalogue.load(later.BROUGHT, first)
    assert list(grown.capabilities) == [*first.capabilities, *NEW]
    assert {n: c for n, c in grown.capabilities.items() if n in first.capabilities} == first.capabilities


def test_what_a_released_catalogue_decides_stays_to_the_letter() -> None:
    """By its digest editions name it: one that is changed would open none of them. A change needs a new version."""
    assert [(c.reader, len(c.capabilities)) for c in catalogue.catalogues()] == [("gongyue/reader@1", COUNT)]
    assert this_reader().digest == DIGEST


COUNT = len(catalogue.catalogues()[0].capabilities)
DIGEST = "sha256:0164d641be8871eb4d43755e72999ea19424107538896b2bafd7ace90c449af0"


def test_an_older_edition_is_complete_by_its_own_catalogue(new: Callable[[], None]) -> None:
    """It opens, the book verifies to the same state, nothing new is in effect, and what is not bound is said."""
    world = in_force()
    files, before = published_by_force(world), text(world)
    report, state = run(files, world=world)
    known = [one.capability for one in report.absent]
    new()
    again, same = run(files, world=world)
    assert (report.code, again.code, same) == (0, 0, state)
    assert load(msgspec.to_builtins(to_data(before))) == before
    assert before.faults == ()
    assert before.unbound == NEW
    assert [one.capability for one in again.absent] == [*known, *NEW]
    assert "发展环境（conduct.environment）：后出的条款目录所增，尚未绑定，不执行" in "".join(lines(again, "zh"))
    assert "of a later catalogue, not bound" in "".join(lines(again, "en"))


def test_until_it_is_bound_its_rules_rest(new: Callable[[], None]) -> None:
    """Also where something would hold in its place: no release changes the law of a founded book."""
    world = in_force()
    new()
    assert [world.inst.meaning.suspended(name) for name in NEW] == [True, True]
    supplement(world, decided(world))
    assert [world.inst.meaning.suspended(name) for name in NEW] == [False, False]  # bound; and its default holds
    assert list(unbound(text(world))) == []


def test_two_officers_bind_it_by_an_act(new: Callable[[], None]) -> None:
    """The text and everything bound before stay; the new edition is in force from then on; the book verifies."""
    world = in_force()
    before, rev = text(world), world.stage.office.rev
    new()
    digest = supplement(world, decided(world))
    after = text(world)
    assert (after.parts, after.title, after.notes) == (before.parts, before.title, before.notes)
    assert after.bindings[: len(before.bindings)] == before.bindings
    assert after.clause(ENVIRONMENT) is not None and after.clause(ENVIRONMENT).words == WORDS  # type: ignore[union-attr]
    assert (after.reader.name, after.unbound, world.inst.meaning.edition_digest) == (READER, (), digest)
    assert world.inst.revs[rev].edition == before
    assert world.stage.office.rev != rev
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure) == (0, None)
    assert not {one.capability for one in report.absent} & {ENVIRONMENT}
    with world.out_of_turn("already"):
        supplement(world, after)


def test_older_software_does_not_read_what_it_does_not_know(
    new: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that it does not know the reader, instead of judging by less."""
    world = in_force()
    with later.capabilities():
        after = decided(world)
    editions._draft.cache_clear()  # which that software has not
    with pytest.raises(BadEdition, match="unknown reader gongyue/reader@2"):
        load(to_data(after))
    with world.out_of_turn("bad-object"):
        supplement(world, after)


def test_it_needs_two_officers_and_no_unit_does_it(new: Callable[[], None]) -> None:
    """As before freezing (GY-05-02, GY-05-01)."""
    world = in_force()
    new()
    digest, data = edition_object(decided(world))
    with world.refused("GY-05-02"):
        supplement(world, decided(world), (SECRETARY,))
    with world.refused("GY-05-01"):
        world.stage.do("founding.supplement/1", FIRST, {"edition": digest}, [FIRST], [data])
    assert text(world).unbound == NEW


def test_before_the_covenant_is_in_force_the_draft_is_bound_instead(new: Callable[[], None]) -> None:
    """Until then the text is reopened, or imported anew."""
    world = Alliance(members=3, initiators=3).effective()
    new()
    with world.out_of_turn("not-in-force"):
        supplement(world, decided(world))


def test_everything_new_is_decided_on(new: Callable[[], None]) -> None:
    """A capability that is neither bound nor absent, or a passage that nobody decided on: it is not taken."""
    world = in_force()
    new()
    for after in (extend(text(world), BOUND), extend(text(world), {}, NEW)):
        with world.out_of_turn("undecided-clause"):
            supplement(world, after)
    other = extend(text(world), {}, NEW, {(ENVIRONMENT, "4"): "只是倡议，不作依据"})
    supplement(world, other)
    assert text(world).unbound == ()


def changed(data: dict[str, Any], **other: Any) -> dict[str, Any]:
    """An edition's JSON with other fields."""
    return data | other


def test_nothing_but_what_is_new_may_be_said_otherwise(new: Callable[[], None]) -> None:
    """The title, an article, a binding, a decision, an absence, a note: whatever is changed beside it is refused by name."""
    world = in_force()
    new()
    after = decided(world)
    data = msgspec.json.decode(msgspec.json.encode(to_data(after)))
    articles = [dict(data["articles"][0], text=data["articles"][0]["text"] + "另有一句。"), *data["articles"][1:]]
    dropped = next(d for d in data["decisions"] if d["verdict"] == "other" and d["capability"] not in NEW)
    reasons = [dict(d, reason="换一个理由") if d == dropped else d for d in data["decisions"]]
    notes = [{"at": "4", "words": "创造良好的行业发展环境", "note": "仅供阅读"}, *data["notes"]]
    for name, lied in {
        "title": changed(data, title="另一公约"),
        "parts": changed(data, articles=articles),
        "decisions": changed(data, decisions=reasons),
        "absent": changed(data, absent=[*data["absent"][1:], data["absent"][0]]),
        "notes": changed(data, notes=notes),
        "bindings": changed(data, bindings=[*data["bindings"][1:], data["bindings"][0]]),
    }.items():
        encoded = canonical.encode(lied)
        with world.out_of_turn("wrong-statement", what=name):
            world.executive("founding.supplement/1", {"edition": canonical.digest(encoded)}, PAIR, encoded)


def test_words_that_are_not_in_the_text_are_no_binding(new: Callable[[], None]) -> None:
    """Neither made here nor taken from others; nor a number that the words do not state."""
    world = in_force()
    new()
    for at, words in (("4", "创造良好的自然环境"), ("99", WORDS)):
        with pytest.raises(NotApplicable):
            extend(text(world), {ENVIRONMENT: (at, words)}, [LANGUAGE])
    for name in ("amendment.adoption", "no.such"):
        with pytest.raises(NotApplicable):
            extend(text(world), {}, [name])
    data = msgspec.json.decode(msgspec.json.encode(to_data(decided(world))))
    bound = next(b for b in data["bindings"] if b["capability"] == ENVIRONMENT)
    for other in (
        {"words": "创造良好的自然环境"},
        {"nth": 2},
        {"at": "5"},
        {"kind": "period", "value": 30, "unit": "day"},
    ):
        lied = changed(data, bindings=[b if b != bound else b | other for b in data["bindings"]])
        encoded = canonical.encode(lied)
        with world.out_of_turn("bad-object"):
            world.executive("founding.supplement/1", {"edition": canonical.digest(encoded)}, PAIR, encoded)


def test_an_amendment_of_an_older_edition_stays_under_its_catalogue(new: Callable[[], None]) -> None:
    """The change is judged as it was before, and cannot bind what is not bound yet."""
    world = in_force()
    new()
    before = text(world)
    edits = [TextEdit("4", "积极推进行业自律", "大力推进行业自律")]
    after = amend(before, complete(before, "", edits).change)
    assert after.reader == before.reader != this_reader()
    with pytest.raises(NotApplicable, match="no such capability"):
        complete(before, "", edits, BOUND)


def test_proposals_under_way_stand_on_the_text_as_it_is_bound_now(new: Callable[[], None]) -> None:
    """A vote that is open goes on to its end, and its amendment comes into force with the new capability bound."""
    world = in_force().vote_open()
    new()
    after = extend(text(world), {ENVIRONMENT: ("4", "创造良好的行业发展环境")}, [LANGUAGE])
    digest = supplement(world, after)
    proposal = world.inst.proposals["p:1"]
    assert (proposal.base, proposal.stage, proposal.edition.reader.name) == (digest, "proposed", READER)
    assert "大力推进行业自律" in proposal.edition.parts[3].text
    assert proposal.edition.clause(ENVIRONMENT) is not None
    world.close()
    assert run(published_by_force(world), world=world)[0].code == 0


def test_a_proposal_that_could_not_stand_any_more_holds_it_up(new: Callable[[], None]) -> None:
    """It changes the very words that would be bound: officers do not do away with what members decide on."""
    world = in_force().vote_open()
    new()
    with world.out_of_turn("would-supersede", matter="p:1"):
        supplement(world, decided(world))
    assert world.inst.proposals["p:1"].stage == "proposed"


def test_the_meaning_of_another_text_is_not_touched() -> None:
    """With one catalogue nothing is unbound."""
    edition = text(in_force())
    assert edition.unbound == ()
    assert not Meaning(edition).suspended("amendment.adoption")
