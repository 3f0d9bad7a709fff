"""Kinds of sanction, their weight, whom they are told to and when they are open: by the words of whatever text is in force (article 18)."""

from __future__ import annotations

from functools import cache

import pytest

from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_builder import compose
from gongyue.covenant.sanctions import asks_for_an_effect, sanctions_in
from gongyue.governance.hearing import takes_effect
from support import second
from support.alliance import Alliance
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    HU,
    concluded,
    decided,
    ended,
    heard,
    proposed,
    told,
)
from support.dossiers import folded, noted
from support.editions import TEXT, edition, edition_of, without

SENTENCE = "公约成员单位违反本公约，造成不良影响，经查证属实的，由公约执行机构视不同情况给予在公约成员单位内部通报或取消公约成员资格的处理。"
LISTED = "给予警告、公开谴责、暂停会员权利、取消公约成员资格的处理"
OTHERS = ("警告", "公开谴责", "暂停会员权利", "取消公约成员资格")


@cache
def other() -> Edition:
    """A text whose sanctions are four others, the last of which ends a membership, and which asks for no effect."""
    text = TEXT.replace("给予在公约成员单位内部通报或取消公约成员资格的处理", LISTED)
    text = text.replace("造成不良影响，经查证属实的", "经查证属实的")
    assert text.count(LISTED) == 1
    bound = {"sanction__list": ("18", LISTED), "sanction__conditions": ("18", "经查证属实的")}
    return edition_of(text, **bound)


def test_the_kinds_are_the_items_of_the_list_in_its_order() -> None:
    """Ours, the second covenant's in its own characters, four others: words, weight, whether a membership ends, whom it is told to."""
    read = {
        name: [(s.words, s.weight, s.ends, s.audience) for s in sanctions_in(one)] for name, one in _texts().items()
    }
    assert read["ours"] == [(CIRCULAR, 1, False, "internal"), (CANCELLATION, 2, True, "internal")]
    assert read["second"] == [("內部通報", 1, False, "internal"), ("取消成員資格", 2, True, "internal")]
    assert read["other"] == [
        ("警告", 1, False, "internal"),
        ("公开谴责", 2, False, "society"),
        ("暂停会员权利", 3, False, "internal"),
        ("取消公约成员资格", 4, True, "internal"),
    ]
    assert read["none"] == [] and sanctions_in(None) == ()


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ("取消公约成员资格、暂停会员权利、公开谴责、警告", ("警告", "公开谴责", "暂停会员权利", "取消公约成员资格")),
        ("取消公约成员资格、警告", ("警告", "取消公约成员资格")),
        ("警告、取消公约成员资格、公开谴责", ("警告", "公开谴责", "取消公约成员资格")),
        ("公开谴责、警告", ("公开谴责", "警告")),
        ("警告、暂停会员权利、取消公约成员资格", ("警告", "暂停会员权利", "取消公约成员资格")),
    ],
)
def test_a_membership_is_lost_by_the_gravest_in_whatever_order_they_stand(listed: str, read: tuple[str, ...]) -> None:
    """A list that goes down is read the other way round; one that goes neither way by what ends a membership last."""
    words = f"给予{listed}的处理"
    text = TEXT.replace("给予在公约成员单位内部通报或取消公约成员资格的处理", words)
    found = sanctions_in(edition_of(text, sanction__list=("18", words)))
    assert tuple(one.words for one in found) == read
    assert [one.weight for one in found] == list(range(1, len(read) + 1))


def _texts() -> dict[str, Edition]:
    return {
        "ours": edition(),
        "second": compose(second.OUTLINE, second.choices()),
        "other": other(),
        "none": without(edition(), "sanction.list"),
    }


def test_an_effect_is_asked_for_where_the_conditions_say_so() -> None:
    """Ours and the second ask for one, whatever piece of it is bound; a text that says 经查证属实的 alone does not."""
    asked = {name: asks_for_an_effect(one) for name, one in _texts().items()}
    assert asked == {"ours": True, "second": True, "other": False, "none": True}
    assert asks_for_an_effect(without(edition(), "sanction.conditions")), "the sentence of the list says so"
    assert not asks_for_an_effect(without(without(edition(), "sanction.conditions"), "sanction.list"))
    assert not asks_for_an_effect(None)


def under(text: Edition) -> Alliance:
    """In force under that text, with three panellists."""
    world = Alliance(members=5, initiators=2, text=text).in_force().on("2026-05-20")
    return world.appoint(HU, "panellist").on("2026-06-01")


def test_another_text_imposes_its_own_kinds_and_no_other_s() -> None:
    """Without an effect: a warning may be; a circular GY-18-03; the third kind takes its reason, GY-18-07, and ends no membership."""
    world = under(other())
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier, adverse=False)
    with world.refused("GY-18-03", enough=" | ".join(OTHERS), kind=CIRCULAR):
        proposed(world, dossier, CIRCULAR)
    proposed(world, dossier, "暂停会员权利")
    told(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    with world.refused("GY-18-11", enough=3, weight=4):
        decided(world, dossier, "取消公约成员资格")
    with world.refused("GY-18-07", weight=3):
        decided(world, dossier, "暂停会员权利")
    decided(world, dossier, "警告")
    told(world, dossier, "decision")
    world.on("2026-06-17")
    assert takes_effect(world.inst, folded(world, dossier))
    with world.refused("GY-18-13", enough="取消资格的决定"):
        ended(world, dossier)


def test_where_the_text_lists_none_there_are_none() -> None:
    """capability-off: a case is concluded, and that is all."""
    world = under(edition_of(TEXT.replace(SENTENCE, "公约成员单位违反本公约的，应当改正。")))
    assert sanctions_in(world.inst.meaning.edition) == ()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    for step in (proposed, decided):
        with world.out_of_turn("capability-off", name="sanction.list"):
            step(world, dossier)
