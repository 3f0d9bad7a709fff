"""Sheets of act types: each is whole, or nothing starts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from gongyue.governance import acts, sheet
from gongyue.governance.acts import ACT_TYPES, UNIT, Body, act
from gongyue.governance.institution import Institution  # noqa: F401  (registers every act type)
from gongyue.governance.sheet import (
    COMMON,
    MATTERS,
    PAPER,
    SHEETS,
    Hint,
    Incomplete,
    Label,
    Words,
    labels_of,
    marked,
    names_of,
    read,
    require_every,
    require_sayable,
    values_of,
)
from gongyue.governance.sheet_sentences import fill_sentence, places_of
from gongyue.governance.sheet_words import Audience, Default, FromPaper, Leads, Made, Mark, Until, Whom

ANNEX = (Path(sheet.__file__).parent / "annex.toml").read_text("utf-8")


def test_every_act_type_has_one_sheet_and_no_sheet_is_left_over() -> None:
    """As many sheets as act types, each under its matter, in the order of the catalogue."""
    assert set(SHEETS) == set(ACT_TYPES)
    assert [kind.sheet for kind in ACT_TYPES.values()] == [SHEETS[type] for type in ACT_TYPES]
    assert {kind.matter for kind in ACT_TYPES.values()} == set(MATTERS)
    assert list(SHEETS)[:2] == ["book.genesis/1", "book.anchor/1"]


def test_an_act_type_without_a_sheet_is_not_registered() -> None:
    """Declared without an entry in its matter's file: refused at import, with the file and the entry that is missing."""
    with pytest.raises(Incomplete, match=r"annex\.toml.*acts\.'annex.unheard/1'"):
        act("annex.unheard/1", by=UNIT, clause="annex.publication", example={})(Body)
    assert "annex.unheard/1" not in acts.ACT_TYPES


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('do = "Sign an annex"\n', "", r"missing required field `do` - at `\$\.acts\[\.\.\.\]`"),
        ('do = "Sign an annex"', 'do = ""', r"length >= 1"),
        ('do = "Sign an annex"', 'does = "Sign an annex"', "unknown field `does`"),
        ('name = ["附件", "annexes"]', 'name = ["附件"]', "length"),
        ('[acts."annex.sign/1"]', '[acts."vote.sign/1"]', "vote.sign/1 is no act type of this matter"),
        ('do = "Sign an annex"', "do = Sign", r"annex\.toml: Invalid"),
    ],
)
def test_a_sheet_that_is_not_whole_stops_the_start(was: str, becomes: str, told: str) -> None:
    """An entry missing, empty, misspelt, in one language only, of another matter, or no TOML: refused, saying which."""
    assert was in ANNEX
    with pytest.raises(Incomplete, match=told):
        read("annex", ANNEX.replace(was, becomes, 1).encode())


def test_names_in_both_languages() -> None:
    """Chinese has one form of a verb; English says doing and done apart. Whatever is no act type is called by itself."""
    assert names_of("annex.sign/1") == ("签署附件", "annex signed")
    assert SHEETS["annex.sign/1"].do == "Sign an annex"
    assert names_of("annex.unheard/1") == ("annex.unheard/1", "annex.unheard/1")
    assert all(re.search("[一-鿿]", s.zh) and s.do.isascii() and s.done.isascii() for s in SHEETS.values())


# -- fields


def test_every_field_has_words_and_no_words_are_left_over() -> None:
    """Both names and both hints of every field; what a matter says of several of its acts, two of them ask at least."""
    labels = [label for kind in ACT_TYPES.values() for label in kind.labels.values()]
    assert all(all(label) for label in labels)
    assert len(labels) > 200
    for matter, told in MATTERS.items():
        asked = [path for kind in ACT_TYPES.values() if kind.matter == matter for path in kind.labels]
        assert all(asked.count(path) >= 2 for path in told.fields), matter


@pytest.mark.parametrize(
    ("asked", "own", "told"),
    [
        ({"annex": None}, {"annexe": Label("附件", "Annex", "如 a:x。", "a:x.")}, "there is no field annexe"),
        ({"reason": None}, {}, "nothing says what the field reason is called"),
        ({"reason": None}, {"reason": Label("理由", "Reason")}, "nothing helps to fill in the field reason"),
        ({"reason": None}, {"reason": Label("理由", "Reason", "写明。")}, "nothing helps to fill in the field reason"),
    ],
)
def test_a_field_without_its_words_is_not_registered(asked: dict[str, None], own: dict[str, Label], told: str) -> None:
    """Words for no field, a field without words, without a hint, with a hint in one language: refused at import."""
    with pytest.raises(Incomplete, match=f"annex.sign/1: {told}"):
        labels_of("annex.sign/1", asked, own)


def test_a_body_with_a_field_nobody_named_is_not_registered() -> None:
    """The same through the declaration: a second field of `annex.sign/1` that its sheet does not name."""

    class More(Body, frozen=True):
        annex: str
        reason: str

    with pytest.raises(Incomplete, match="nothing says what the field reason is called"):
        act("annex.sign/1", by=UNIT, clause="annex.publication", example={})(More)
    assert ACT_TYPES["annex.sign/1"].body is not More


def test_a_hint_that_is_the_types_is_not_said_again() -> None:
    """A private file, a public one and a day are explained by their type, unless the field has a hint of its own."""
    assert ACT_TYPES["annex.review/1"].label("opinion").hint_en == COMMON.hints[Hint.PRIVATE].en
    assert ACT_TYPES["correction.void/1"].label("reasons").hint_zh == "任何人都能读到。"
    assert ACT_TYPES["annex.publish/1"].label("in_force").hint_en == "Only the day of publication."
    assert PAPER["dated"].hint_en == "A Beijing date."
    assert list(PAPER) == ["scan", "number", "dated", "arrived"]


def test_what_stands_in_a_map_is_called_by_its_own_name() -> None:
    """Values adopted otherwise are called by their rule; a field there is not has no label."""
    label = ACT_TYPES["interpretation.adopt/1"].label("other.P6")
    assert (label.zh, label.en) == ("不同于建议之处 P6", "Other than proposed P6")
    with pytest.raises(KeyError):
        ACT_TYPES["annex.sign/1"].label("reason")


# -- marks


def test_what_holds_of_which_act_types() -> None:
    """Leaving is announced and asked about once more, declaring activities neither; what rests on a sanction is in form only."""
    assert marked(Mark.ROUTINE) == ["book.anchor/1", "vote.turnout/1"]
    assert marked(Mark.AUTHORITY) == [
        "founding.redesignate/1",
        "founding.approval/1",
        "amendment.notify/1",
        "amendment.approval/1",
    ]
    assert SHEETS["membership.withdraw/1"].marks == {Mark.ANNOUNCED, Mark.IRREVERSIBLE}
    assert SHEETS["membership.declare/1"].marks == frozenset()
    assert SHEETS["amendment.approval/1"].from_paper
    assert [kind.type for kind in ACT_TYPES.values() if kind.form_only] == ["membership.end/1"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('marks = ["announced", "irreversible"]\n', "", "missing required field `marks`"),
        ('marks = ["announced", "irreversible"]', 'marks = ["anounced"]', "Invalid enum value 'anounced'"),
        ('page = "placed"\n', "", "missing required field `page`"),
        ('page = "placed"', 'page = "annex"', "Invalid enum value 'annex'"),
    ],
)
def test_what_is_not_said_of_an_act_type_stops_the_start(was: str, becomes: str, told: str) -> None:
    """Nothing holds by default and no page is guessed: both are said, in words that are known."""
    assert was in ANNEX
    with pytest.raises(Incomplete, match=told):
        read("annex", ANNEX.replace(was, becomes, 1).encode())


def again(type: str, monkeypatch: pytest.MonkeyPatch, **said: object) -> None:
    """The act type declared once more, its sheet saying something else."""
    monkeypatch.setitem(SHEETS, type, replace(SHEETS[type], **said))
    kind = ACT_TYPES[type]
    act(type, by=kind.by, clause=kind.clause, example={}, holds=kind.holds)(kind.body)


@pytest.mark.parametrize(
    ("type", "said", "told"),
    [
        ("membership.withdraw/1", {"audience": Audience.PARTIES}, "what is sealed is not announced"),
        ("membership.declare/1", {"audience": Audience.CLOSE}, "sealed until its vote closes is what names a vote"),
        ("vote.ballot/1", {"audience": Audience.PARTIES}, "sealed until its vote closes is what names a vote"),
        ("annex.sign/1", {"paper": FromPaper.BESIDE}, "a paper stands beside what officers do of their own"),
        ("vote.turnout/1", {"computed": ("voted",)}, "whatever the office key states of a matter is computed"),
        ("annex.sign/1", {"defaults": {"annexe": Default.TODAY}}, "there is no field annexe"),
        ("annex.sign/1", {"made": {"text": Made.ANNEX}}, "there is no field text"),
        ("annex.sign/1", {"computed": ("size",)}, "there is no field size"),
        ("annex.sign/1", {"choices": {"annex": ("unheard",)}}, "nothing says what unheard is called"),
    ],
)
def test_a_sheet_that_contradicts_its_act_is_refused(
    type: str, said: dict[str, object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audience against the body, a paper nobody has, a field there is not, a value without words: at import."""
    with pytest.raises(Incomplete, match=re.escape(f"{type}: {told}")):
        again(type, monkeypatch, **said)


def test_a_value_has_words_and_one_name_only() -> None:
    """A field with a value nobody named is not registered; a value with two names stops the start."""

    class Coloured(Body, frozen=True):
        annex: Literal["green"]

    with pytest.raises(Incomplete, match=r"annex\.sign/1: nothing says what green is called"):
        act("annex.sign/1", by=UNIT, clause="annex.publication", example={})(Coloured)
    with pytest.raises(Incomplete, match="the value open has two names: 公开, 开放"):
        values_of([{"open": Words("公开", "open")}, {"open": Words("开放", "open")}])


def test_whoever_goes_the_ways_of_sheets_knows_them_all() -> None:
    """A way that a face has no hand for stops the start, naming it."""
    with pytest.raises(Incomplete, match="Made: nobody knows calendar, interests, roll"):
        require_every(Made, {Made.ANNEX, Made.REVIEWED_ANNEX, Made.EDITION})


def test_only_the_office_key_has_a_routine() -> None:
    """A routine act is not listed in the log's filter: none that a person decides on."""
    with pytest.raises(Incomplete, match=r"vote\.turnout/1: only what the office key does is routine"):
        act("vote.turnout/1", by=UNIT, clause="annex.publication", example={})(ACT_TYPES["vote.turnout/1"].body)


# -- sentences


def test_a_sentence_shows_fields_and_leaves_out_what_is_empty() -> None:
    """A place is shown as it says; words in brackets stand only where every place in them has something to show."""
    values = {("id", "title"): "a:1", ("own", "number"): ""}
    assert fill_sentence("发起{id:title}[；另 {own:number}]。", lambda place: values[place]) == "发起a:1。"
    values["own", "number"] = "3"
    assert fill_sentence("发起{id:title}[；另 {own:number}]。", lambda place: values[place]) == "发起a:1；另 3。"
    assert fill_sentence("", lambda place: "") == ""
    assert places_of("{places.url:text}") == [("places.url", "text")]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("{annex:matter}", "{reason:matter}", "shows reason, and there is no such field"),
        ("{annex:matter}", "{annex:colour}", "nobody knows how to show something as colour"),
        ("{annex:matter}", "{annex:title}", "nobody knows how to show something as title"),
        ("{annex:matter}", "{annex}", "write {field:shown}"),
        ("{annex:matter}", "[{annex:matter}", "write {field:shown}"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_refused_at_import(was: str, becomes: str, told: str) -> None:
    """A field there is not, a way of showing nobody knows, or one of notices in a timeline; a brace left over."""
    sheet_ = replace(SHEETS["annex.sign/1"], tells=SHEETS["annex.sign/1"].told[0].replace(was, becomes))  # type: ignore[index]
    with pytest.raises(Incomplete, match=re.escape(told)):
        require_sayable("annex.sign/1", sheet_, ACT_TYPES["annex.sign/1"].labels, ())


def test_who_is_told_is_said_of_every_act_type() -> None:
    """A vote opened is told to its roll until it closes, of a ballot nobody is told; who says neither, or whom there is not, fails."""
    opened = SHEETS["vote.open/1"].notice
    assert opened is not None
    assert (opened.whom, opened.leads, opened.until) == (Whom.ROLL, Leads.VOTE, Until.CLOSE)
    assert SHEETS["vote.ballot/1"].notice is None
    assert SHEETS["vote.ballot/1"].told is None
    assert SHEETS["annex.sign/1"].told == ("{annex:matter}",) * 2
    with pytest.raises(Incomplete, match="missing required field `notify`"):
        read("annex", ANNEX.replace('notify = "nobody"\n', "", 1).encode())
    with pytest.raises(Incomplete, match="everybody"):
        read("annex", ANNEX.replace('notify = "nobody"', 'notify = "everybody"', 1).encode())
