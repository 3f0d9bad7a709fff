"""Acts in words: who did what, to what, in which language; with what became of it since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongyue.covenant.periods import day_of, from_iso
from gongyue.governance.acts import ACT_TYPES, Entry
from gongyue.governance.office_names import PROSE
from gongyue.governance.recovery import Recovery, never_was, open_arrival
from gongyue.governance.sheet import SHEETS, VALUES
from gongyue.governance.sheet_sentences import Placeholder, fill_sentence, places_of
from gongyue.governance.sheet_words import TimelineForm
from gongyue.governance.value_words import words_of_setting
from gongyue.office import next_id
from gongyue.office.facts.bulletins import headline
from gongyue.office.facts.log import became as became_of
from gongyue.office.facts.log import signature_void
from gongyue.office.facts.register import roll_of
from gongyue.office.facts.shapes import text_of
from gongyue.office.labels import BECAME
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.objects import leaf_at
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import chinese, day, moment, pick, t

NOTHING = SafeString("")
Body = dict[str, Any]


class ActDescription(msgspec.Struct, frozen=True):
    """An act of the open book in words. `what`: to what it was done; `became`: corrected, void, disavowed, lifted, or nothing."""

    index: int
    day: int
    type: str
    name: str
    actor: SafeString
    what: SafeString
    became: str
    by: int
    paper: bool

    @property
    def became_words(self) -> str:
        """What became of it, in words."""
        return names.localise(BECAME, self.became) if self.became else ""


def describe(now: Now, index: int, on: str = "") -> ActDescription:
    """The act at an index, in words."""
    return describe_entry(now, index, leaf_at(now, index).entry, on)


def tell_all(now: Now, indices: Iterable[int], on: str = "") -> list[ActDescription]:
    """Acts in words; `on`: the matter whose page it is, which no line needs to name again."""
    return [describe(now, index, on) for index in indices]


def describe_entry(now: Now, index: int, entry: Entry, on: str = "") -> ActDescription:
    """An entry in words."""
    act = entry.act
    body: Body = msgspec.json.decode(act.body)
    what = _what(now, act.type, index, body, on)
    became, by = became_of(now, index)
    name, actor = names.act_name(act.type), party(now, act.actor)
    arrived = day_of(open_arrival(now.inst, index, entry.rx.t))
    return ActDescription(index, arrived, act.type, name, actor, what, became, by, act.paper is not None)


def party(now: Now, id: str) -> SafeString:
    """A party's name, a unit's with a link to its page where it is or was a member."""
    unit = now.inst.units.get(id)
    if unit is None:
        return format_html("{}", names.party_name(now.inst, id))
    if not unit.since:
        return chinese(unit.name)
    return format_html('<a href="{}">{}</a>', reverse("unit_page", args=[id]), chinese(unit.name))


def parties(now: Now, ids: Iterable[str]) -> SafeString:
    """Parties in a row."""
    return format_html_join(pick("、", ", "), "{}", ((party(now, id),) for id in ids))


def matter(now: Now, id: str) -> SafeString:
    """A proposal, vote, annex, list or unit by what it is called, linked to its page."""
    if id in now.inst.units:
        return party(now, id)
    kind, _, number = id.partition(":")
    if kind == "list":
        link = reverse("roll_list", args=[int(number)])
        return format_html('<a href="{}">{}</a>', link, pick(f"第 {number} 期名单", f"list no. {number}"))
    if id in now.inst.proposals:
        title = title_of(now, id)  # within a sentence: "vote opened amendment of article 23"
        called = SafeString(title[:1].lower() + title[1:])
        return format_html('<a href="{}">{}</a>', reverse("proposal", args=[id]), called)
    if id in now.inst.annexes:
        annex = now.inst.annexes[id]
        return format_html('<a href="{}">{}</a>', reverse("annex", args=[id]), chinese(annex.title))
    return format_html("{}", id)


def entry_link(index: int) -> SafeString:
    """An entry by its number."""
    return format_html('<a href="{}">#{}</a>', reverse("entry", args=[index]), index)


def article_link(now: Now, number: int) -> SafeString:
    """An article of the present text, linked."""
    name = names.article_name(now.inst.meaning.at(number))
    return format_html('<a href="{}">{}</a>', reverse("article", args=[number]), name)


def _what(now: Now, type: str, index: int, body: Body, on: str = "") -> SafeString:
    """To what it was done, as its sheet says it."""
    told = SHEETS[type].told
    if told is None or never_was(now.inst, index):
        return NOTHING

    def value(place: Placeholder) -> SafeString:
        of_page = on and TimelineForm(place.shown) is TimelineForm.MATTER and body.get(place.field) == on
        return NOTHING if of_page else _placeholder_value(now, index, body, place)

    said = fill_sentence(pick(*told), value)
    return SafeString(said.lstrip("：: ") if on else said)


def told_beforehand(now: Now, type: str, body: Body) -> SafeString:
    """To what an act would be done that is not recorded yet; nothing where only its record says it, or it is new itself."""
    told = SHEETS[type].told
    if told is None or any(TimelineForm(place.shown) in _RECORDED for place in places_of(pick(*told))):
        return NOTHING
    if any(next_id.is_numbered(ACT_TYPES[type], place.field) for place in places_of(pick(*told))):
        return NOTHING
    try:
        return SafeString(fill_sentence(pick(*told), lambda place: _placeholder_value(now, now.size, body, place)))
    except KeyError:  # it names what there is not: the dry run says so
        return NOTHING


def _placeholder_value(now: Now, index: int, body: Body, place: Placeholder) -> SafeString:
    value: Any = body
    for name in place.field.split("."):
        value = value.get(name)
    return _SHOWS[TimelineForm(place.shown)](now, index, value)


def _admitted(now: Now, index: int, value: str) -> SafeString:
    """Whom a grant admitted: the roll says it, the act itself names a sealed application."""
    return parties(now, roll_of(now).by_entry.get(index, ()))


def _signed(now: Now, index: int, value: str) -> SafeString:
    delegate = value != "legal_representative"
    said = t("由委托代表签字", "by a delegate") if delegate else t("由法定代表人签字", "by its legal representative")
    void = signature_void(now.inst, index)
    return (
        format_html("{}{}{}", said, pick("，", "; "), pick(*void))
        if void and index < now.size
        else format_html("{}", said)
    )


def _list_link(now: Now, index: int, value: int) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("roll_list", args=[value]), value)


def _interpretation_link(now: Now, index: int, value: int) -> SafeString:
    return format_html('<a href="{}#i{}">{}</a>', reverse("interpretations"), value, value)


def _sets(now: Now, index: int, value: Body | None) -> SafeString:
    if not value:
        return format_html("{}", pick(*PROSE))
    return format_html("{}", pick(*words_of_setting(value["name"], value["value"])))


def _offices(now: Now, index: int, value: list[str]) -> SafeString:
    return format_html("{}", pick("、", ", ").join(names.office_name(office) for office in value))


def _former(now: Now, index: int, value: str) -> SafeString:
    """What a unit was called before it took that name by that entry; nothing before it is recorded, or once it is undone."""
    return next((chinese(one.former) for one in now.inst.renamed if one.index == index), NOTHING)


def _recovery(now: Now, index: int) -> Recovery:
    return next(r for r in now.inst.recoveries if r.index == index)


def _plain(text: Callable[[Now, int, Any], object]) -> Callable[[Now, int, Any], SafeString]:
    return lambda now, index, value: format_html("{}", text(now, index, value))


_SHOWS: dict[TimelineForm, Callable[[Now, int, Any], SafeString]] = {
    TimelineForm.TEXT: lambda now, index, value: chinese(value),
    TimelineForm.NUMBER: _plain(lambda now, index, value: value),
    TimelineForm.VALUE: _plain(lambda now, index, value: names.localise(VALUES, value)),
    TimelineForm.STAGE: _plain(lambda now, index, value: names.localise(names.STAGES, value)),
    TimelineForm.DAY: _plain(lambda now, index, value: day(from_iso(value)) if value else ""),
    TimelineForm.MOMENT: _plain(lambda now, index, value: moment(value)),
    TimelineForm.PARTY: lambda now, index, value: party(now, value),
    TimelineForm.MATTER: lambda now, index, value: matter(now, value),
    TimelineForm.ENTRY: lambda now, index, value: entry_link(value),
    TimelineForm.NAME: _plain(lambda now, index, value: describe(now, value).name),
    TimelineForm.HEADLINE: lambda now, index, value: chinese(headline(text_of(now, value))),
    TimelineForm.ARTICLE: lambda now, index, value: article_link(now, value),
    TimelineForm.LIST: _list_link,
    TimelineForm.INTERPRETATION: _interpretation_link,
    TimelineForm.SETS: _sets,
    TimelineForm.ORDER: lambda now, index, value: chinese(now.inst.orders[value].source),
    TimelineForm.OFFICER: _plain(lambda now, index, value: names.party_name(now.inst, value)),
    TimelineForm.OFFICES: _offices,
    TimelineForm.ACTIVITIES: _plain(lambda now, index, value: names.activity_names(value)),
    TimelineForm.SIGNED: _signed,
    TimelineForm.ADMITTED: _admitted,
    TimelineForm.ROLL: _plain(lambda now, index, value: len(now.inst.votes[value].roll)),
    TimelineForm.FALSE_TIME: _plain(lambda now, index, value: moment(_recovery(now, index).left)),
    TimelineForm.TRUE_TIME: _plain(lambda now, index, value: moment(_recovery(now, index).time)),
    TimelineForm.FORMER: _former,
    TimelineForm.VOID: _plain(lambda now, index, value: _recovery(now, index).void),
    TimelineForm.MOVED: _plain(lambda now, index, value: _recovery(now, index).moved),
}
"""Every way of showing a field of an act."""
_RECORDED = frozenset(
    {TimelineForm.ADMITTED, TimelineForm.FALSE_TIME, TimelineForm.TRUE_TIME, TimelineForm.VOID, TimelineForm.MOVED}
)
"""What only the record of the act says."""
assert set(_SHOWS) == set(TimelineForm)
