"""Notes in an article's margin: numbers with their arithmetic for the present roll, interpretations, amendments.

Kinds of note are kept apart, and each says on whose authority it rests and since when.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import msgspec
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongyue.covenant.counting import OF_VOTERS, MoreThan, Share, consents_needed, enough_of
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.periods import Period
from gongyue.covenant.shares import COUNTED
from gongyue.governance.articles import ArticleCard, Mark, RefusalCard, ValueCard
from gongyue.governance.effect import publication_deadline
from gongyue.governance.office_names import PROSE
from gongyue.governance.value_words import words_of_choice
from gongyue.office.count_text import share_said
from gongyue.office.facts.covenant import InterpretationOut, adoption, edition_of, editions, interpretations
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import entry_link
from gongyue.web.pages.editions import changed_articles
from gongyue.web.pages.marked_text import numbered
from gongyue.web.templatetags.words import chinese, day, pick, speaks_chinese, t

NOTHING = SafeString("")


class Note(msgspec.Struct, frozen=True):
    """A note: its kind, its number where the text refers to it, what it says, on what authority."""

    kind: str
    title: SafeString
    body: SafeString
    source: SafeString
    number: int = 0
    refusals: tuple[RefusalCard, ...] = ()


def notes(now: Now, card: ArticleCard) -> list[Note]:
    """Every note of an article: those the text refers to, then interpretations, procedure, amendments, the editor's."""
    values = {v.name: v for v in card.values}
    out = [_of_mark(now, card, n, m, values.get(m.name)) for n, m in enumerate(numbered(card), 1)]
    out += _interpretations(now, card.number)
    out += [_procedure(now, v) for v in card.values if v.layer == "P"]
    out += _readings(now, [v for v in card.values if v.layer == "R"])
    out += _amendments(now, card.number)
    out += [_editors(text) for text in card.notes]
    return out


def _of_mark(now: Now, card: ArticleCard, number: int, mark: Mark, value: ValueCard | None) -> Note:
    codes = {r.code for r in card.rules if r.provision == mark.name}
    refusals = tuple(r for r in card.refusals if r.code in codes)
    value_now = now.inst.meaning.values.get(mark.name) if value else None
    if isinstance(value_now, Fraction):
        body = _share_body(now, mark.name, value_now)
        return Note("T", _share_title(value_now), body, _civil_code("1259"), number, refusals)
    if isinstance(value_now, Period):
        body = _publication(now) if mark.name == "publication.within" else NOTHING
        return Note("T", _period_title(value_now), body, _civil_code("201, 203"), number, refusals)
    title = t("不合则不予办理", "Refused where it fails") if refusals else t("照此办理", "Done as it says")
    return Note("rule", title, NOTHING, NOTHING, number, refusals)


def _civil_code(articles: str) -> SafeString:
    zh = {"1259": "《民法典》第一千二百五十九条", "201, 203": "《民法典》第二百零一条、第二百零三条"}[articles]
    return format_html("{}", pick(f"依据：{zh}", f"Civil Code, art. {articles}"))


def spoken_share(share: Fraction) -> str:
    """三分之二, two thirds as 2/3."""
    return pick(
        f"{to_chinese(share.denominator)}分之{to_chinese(share.numerator)}", f"{share.numerator}/{share.denominator}"
    )


def decimal(part: Fraction) -> str:
    """A share of the roll as it is said: 3.7; 24.67 where it goes on."""
    hundredths = round(part * 100)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _share_title(share: Fraction) -> SafeString:
    inside = not isinstance(share, MoreThan)
    zh = f"{spoken_share(share)}，“以上”包括本数" if inside else f"超过{spoken_share(share)}，不含本数"
    en = f"{spoken_share(share)}, itself included" if inside else f"more than {spoken_share(share)}"
    return format_html("{}", pick(zh, en))


def _share_body(now: Now, name: str, share: Fraction) -> SafeString:
    members = len(now.inst.on(now.day).members)
    part = decimal(share * members)
    if name in COUNTED and (counted := now.inst.meaning.share(name)).base != "roll":
        return _of_others(now, counted, members)
    return t(
        "现有成员单位 {n} 家，{n} 家的{s}为 {p}，须 {e} 家。",
        "{n} members now: {s} of {n} is {p}, so {e} are needed.",
        n=members,
        s=spoken_share(share),
        p=part,
        e=enough_of(share, members),
    )


def _of_others(now: Now, share: Share, members: int) -> SafeString:
    """Of whom a share is counted where it is not all members; of those voting, how few can decide."""
    whom = pick(*share_said(share))
    if share.base not in OF_VOTERS:
        return t("须{w}。", "Needed: {w}.", w=whom)
    least = consents_needed(share, now.inst.meaning.quorum, members)
    return t(
        "须{w}，弃权也算；现有成员单位 {n} 家，最少 {e} 家同意即可通过。",
        "Needed: {w}, abstentions among them; of {n} members now as few as {e} can adopt.",
        w=whom,
        n=members,
        e=least,
    )


def _period_title(period: Period) -> SafeString:
    zh, en = names.UNITS.get(period.unit, ("", ""))
    return format_html("{}", pick(f"期限：{period.n} {zh}，首日不计入", f"{period.n}{en}, not counting the first"))


def _publication(now: Now) -> SafeString:
    founding, end = now.inst.founding, publication_deadline(now.inst)
    if end is None or founding.effective_day is None or founding.published_day is None:
        return NOTHING
    late = t("逾期 {n} 日。", "{n} days late.", n=founding.late_days) if founding.late_days else NOTHING
    return t(
        "{a}生效，末日为{b}；实于{c}公布。{late}",
        "In effect on {a}, so by {b}; published on {c}. {late}",
        a=day(founding.effective_day),
        b=day(end.last),
        c=day(founding.published_day),
        late=late,
    )


def brought(now: Now, index: int) -> tuple[str, ...]:
    """The rules and readings that the supplement at that entry brought."""
    return now.inst.supplements.get(index, ())


def _authority(now: Now, index: int, day_: int | str) -> SafeString:
    genesis = now.inst.genesis
    who = chinese(genesis.executive) if genesis else NOTHING
    return t("{who}解释 · {d} · {e}", "Interpretation of {who} · {d} · {e}", who=who, d=day(day_), e=entry_link(index))


def _interpretations(now: Now, article: int) -> Iterator[Note]:
    for one in interpretations(now, article):
        stage = "" if one.stage == "issued" else pick("，", ", ") + names.localise(names.STAGES, one.stage)
        title = t("解释第 {n} 号{s}", "Interpretation no. {n}{s}", n=one.number, s=stage)
        body = format_html('{}<small class="effect">{}</small>', chinese(one.text), effect_of(one))
        yield Note("interpretation", title, body, _authority(now, one.index, one.day))


def effect_of(one: InterpretationOut) -> SafeString:
    """What an interpretation sets, or that it explains words."""
    return t("所定：{s}", "It sets {s}", s=pick(*one.setting)) if one.setting else t(*PROSE)


def _procedure(now: Now, value: ValueCard) -> Note:
    title = t("程序规则 {n}", "Procedure rule {n}", n=value.name)
    return Note(value.layer, title, _said_of(value), _set_by(now, value.name))


def _readings(now: Now, values: list[ValueCard]) -> Iterator[Note]:
    """The readings of an article; those that one act set stand in one note."""
    by_source: dict[SafeString, list[ValueCard]] = {}
    for value in values:
        by_source.setdefault(_set_by(now, value.name), []).append(value)
    for source, alike in by_source.items():
        lines = format_html_join("", "<li>{}</li>", ((_said_of(v),) for v in alike))
        yield Note("R", t("对文本的解读", "Readings of the text"), format_html("<ul>{}</ul>", lines), source)


def _said_of(value: ValueCard) -> SafeString:
    return format_html("{}{}", pick(value.zh, value.en[:1].upper() + value.en[1:]), adopted_value(value))


def _set_by(now: Now, name: str) -> SafeString:
    """What set a procedure rule or reading: the latest interpretation of it, or the package that brought it."""
    setting = [i for i in now.inst.interpretations if i.name == name and i.stage == "issued"]
    place = adoption(now, name)
    if setting:
        return _authority(now, setting[-1].index, setting[-1].day)
    if place is not None:
        return _authority(now, place, now.index.day(place))
    return t("草案，尚未通过", "Draft, not adopted")


def adopted_value(value: ValueCard) -> SafeString:
    """What was adopted of a procedure rule or reading: the number with its draft and bounds, or the choice."""
    if value.missing:
        return t("：后出的解释包所增，尚未通过，不适用", ": of a later package, not adopted, so it does not apply")
    unit = names.localise(names.UNITS, value.unit) if value.unit else ""
    if value.layer == "R":
        if len(value.choices) == 1:
            return SafeString(pick("。", "."))
        return t(
            "：采 <strong>{c}</strong>（另可：{o}）",
            ": <strong>{c}</strong> (could be: {o})",
            c=choice(value, value.now),
            o=others(value),
        )
    changed = value.now != value.value
    draft = t("，草案为 {v}{u}", ", draft {v}{u}", v=value.value, u=unit) if changed else NOTHING
    return t(
        "：{v}{u}（{f} 至 {c}{u}{d}）",
        ": {v}{u} (from {f} to {c}{u}{d})",
        v=value.now,
        u=unit,
        f=value.floor,
        c=value.ceiling,
        d=draft,
    )


def choice(card: ValueCard, value: int | str) -> str:
    """A choice of a reading, in words where it has several."""
    said = words_of_choice(card.name, str(value))
    return pick(*said) if said else str(value)


def others(card: ValueCard) -> str:
    """What else could be chosen."""
    return pick("、", ", ").join(choice(card, one) for one in card.choices if one != card.now)


def _amendments(now: Now, article: int) -> Iterator[Note]:
    for before, after in pairwise(editions(now)):
        texts = edition_of(now, before.digest), edition_of(now, after.digest)
        if any(change.number == article for change in changed_articles(*texts)):
            link = format_html(
                '<a href="{}#a{}">{}</a>',
                reverse("compare", args=[before.number, after.number]),
                article,
                pick("看改动", "what changed"),
            )
            title = t("修改，第 {n} 版起", "Amended since edition {n}", n=after.number)
            source = t("{d}施行 · {e}", "In force {d} · {e}", d=day(after.in_force), e=entry_link(after.index))
            yield Note("amendment", title, link, source)


def _editors(text: str) -> Note:
    zh, _, en = text.partition(" / ")
    body = format_html("{}", zh) if speaks_chinese() else format_html('{} <span lang="zh-Hans">{}</span>', en, zh)
    return Note("edition", t("编者注", "Editor's note"), body, t("不具效力", "Decides nothing"))
