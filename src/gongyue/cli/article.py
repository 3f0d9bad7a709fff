"""`gongyue article`: everything about one article, the one key by which the whole product is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.book_source import place_if_any, where_if_any
from gongyue.cli.errors import usage
from gongyue.cli.output import counted, emit_result, lang, note, output_options, pick, table, word
from gongyue.covenant.addresses import meant_by
from gongyue.governance.stage_names import STAGES

if TYPE_CHECKING:
    from gongyue.cli.book_source import BookSource
    from gongyue.covenant.edition import Edition
    from gongyue.governance.articles import ArticleCard, ValueCard

LAST = 20
"""Acts done under an article that are listed: the latest."""


@click.command("article", short_help="一条公约：条文、规则、行为 / Everything about one article.")
@click.argument("which", metavar="[N]", required=False)
@click.option(
    "--text",
    "whole",
    is_flag=True,
    help="只印全文，供改写后交来 / The whole text alone, to be rewritten and handed in.",
)
@output_options
@where_if_any
def article(which: str | None, whole: bool, office_dir: Path | None, public: str | None, vkey: str | None) -> None:
    """一条公约的全部：条文及其所载数额、由规则执行的字句【】、规则、解释、行为、不予办理的情形。N 是所列的地址（22、2.1、3/2）；不写则列出各条。
    读此处 office/ 的现行文本，或 --office、--public 所指的；都没有时显示软件所附的草案，并说明。
    GY-22-02 之类的代码是名称，在任何文本下都一样，不是条号：引的是哪一条，以所示的为准。

    Everything about one article: its text with the words that rules carry out marked 【】, values, rules,
    interpretations, acts, refusals. Without N: all articles, one line each; N is an address
    as listed there (22, 2.1, 3/2).
    It reads the text of the office/ here, or of --office or --public; where there is none, the draft that comes with the software,
    and says so. Codes such as GY-22-02 are names, the same under any text, and no article numbers: the article meant is the one shown.

    \b
    例 / Example:
      gongyue article 22
      gongyue article 22 --lang en --json
      gongyue article 23 --office office
      gongyue article --text > 公约.txt
    """
    place = place_if_any(office_dir, public, vkey)
    meaning = place.inst.meaning if place else None
    if meaning is not None and meaning.edition is None:
        raise usage("那里还没有定稿的文本。", "There is no frozen text there yet.")
    from gongyue.governance.articles import article_card, bundled_edition

    edition = (meaning.edition if meaning else None) or bundled_edition()
    if whole:
        if which is not None:
            raise usage("--text 印全文，不与条号同用。", "--text prints the whole text; it takes no article.")
        from gongyue.covenant.whole_text import text_of

        written = text_of(edition).rstrip("\n")
        emit_result({"text": written}, lambda: [written])
        return
    if which is None:
        _say_which(edition, place)
        emit_result(_index(edition), lambda: [*_index_lines(edition), *_absent_lines(edition)])
        return
    number = _position(edition, which)
    _say_which(edition, place)
    card = article_card(edition, number, meaning.procedure if meaning else None)
    done = list(_acts_under(place, number)) if place else None
    issued = _interpretations(place, number) if place else []
    emit_result(
        _data(card, done) | {"interpretations": issued},
        lambda: [
            *_lines(card, done, issued),
            *_unchanging(edition, edition.address(number)),
            *_left_lines(edition, card.at),
        ],
    )


def _position(edition: Edition, which: str) -> int:
    """The article that is meant (22, 第二十二条, article 22, 2.1, 3/2), else the one at a position of the text."""
    meant = meant_by(which, edition.parts)
    number = edition.position(meant[0]) if len(meant) == 1 else 0
    number = number or (int(which) if which.isdecimal() and len(which) < 5 else 0)
    if 1 <= number <= len(edition.articles):
        return number
    count, first, last = len(edition.articles), edition.articles[0], edition.articles[-1]
    raise usage(
        f"本公约没有“{which}”；共 {count} 条，自 {first.at} 至 {last.at}，gongyue article 列出各条。",
        f"The covenant has no “{which}”; its {count} articles run from {first.at} to {last.at}, gongyue article lists them.",
    )


def _say_which(edition: Edition, place: BookSource | None) -> None:
    """Whose text it is, beside the result: the office's, or the seed draft where no office was named and none stands here."""
    if place is not None:
        stage = place.inst.founding.stage
        zh, en = STAGES.get(stage, (stage, stage))
        note(
            f"《{edition.title}》，{place.inst.cov} 的文本（{zh}）。",
            f"《{edition.title}》, the text of {place.inst.cov} ({en}).",
        )
        return
    note(
        f"此处没有办公室，也没有用 --office 或 --public 指明：以下是软件所附的草案《{edition.title}》，不是任何联盟的现行文本。",
        f"There is no office here, and none was named with --office or --public: this is the draft that comes with the software,"
        f" 《{edition.title}》, in force nowhere.",
    )


def _index(edition: Edition) -> list[dict[str, Any]]:
    from gongyue.governance.articles import article_card

    return [
        {
            "number": a.number,
            "at": a.at,
            "text": a.text,
            "rules": len(card.rules),
            "acts": len(card.acts),
            "refusals": len(card.refusals),
        }
        for a in edition.articles
        for card in (article_card(edition, a.number),)
    ]


def _index_lines(edition: Edition) -> list[str]:
    head = pick("条,规则,行为,不予办理,条文", "art.,rules,acts,refusals,text").split(",")
    rows = [
        (
            row["at"] if row["at"] == str(row["number"]) else f"{row['number']} {row['at']}",
            row["rules"] or "",
            row["acts"] or "",
            row["refusals"] or "",
            _short(row["text"]),
        )
        for row in _index(edition)
    ]
    return table(head, rows)


def _absent_lines(edition: Edition) -> Iterator[str]:
    """What the text does not have, and what holds instead."""
    from gongyue.covenant.binding.sheet_absences import absences

    yield ""
    for one in absences(edition.parts, edition.decisions, edition.absent):
        yield (f"　{one.label}“{one.words}”：" if one.words else "") + pick(one.zh, one.en)
    yield from _unchanging(edition)
    yield from _left_lines(edition, "")


def _unchanging(edition: Edition, at: str = "") -> Iterator[str]:
    """That the text cannot be changed here and what to do; of one article, where it is the one that speaks of changes."""
    from gongyue.office.facts import silences

    said = silences.of_changes(edition)
    if said and (not at or silences.speaks_of_changes(edition, at)):
        yield pick(*said)


def _left_lines(edition: Edition, at: str) -> Iterator[str]:
    """The sentences that the software does not carry out, of one article or ("") of the whole text."""
    from gongyue.covenant.binding.not_carried_out import SECTION
    from gongyue.governance.absences import left_of

    found = [e for e in left_of(edition) if not at or e.at == at]
    yield from _section(
        pick(*SECTION) + f" ({len(found)})", (f"{e.label}“{e.words}”：{pick(e.zh, e.en)}" for e in found)
    )


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= 36 else line[:35] + "…"


def _acts_under(place: BookSource, number: int) -> Iterator[dict[str, Any]]:
    """Acts recorded under the article, as their own basis says."""
    from gongyue.covenant.periods import day_of, iso
    from gongyue.office.facts.covenant import done_under
    from gongyue.office.facts.log import entry_row

    for row in (entry_row(place, index) for index in done_under(place, number)):
        yield {"index": row.index, "type": row.type, "actor": row.actor, "on": iso(day_of(row.arrived))}


def _interpretations(place: BookSource, number: int) -> list[dict[str, Any]]:
    """The interpretations of the article."""
    import msgspec

    from gongyue.office.facts.covenant import interpretations

    rows: list[dict[str, Any]] = msgspec.to_builtins([*interpretations(place, number)])
    return rows


def _interpretation(issued: dict[str, Any]) -> str:
    from gongyue.governance.office_names import PROSE
    from gongyue.governance.value_words import words_of_setting

    sets = pick(*(words_of_setting(issued["sets"], issued["value"]) if issued["kind"] == "value" else PROSE))
    stage = "" if issued["stage"] == "issued" else pick("（{}）", " ({})").format(word(STAGES, issued["stage"]))
    return (
        f"#{issued['index']}  {issued['day']}  {pick('第', 'no. ')}{issued['number']}{pick(' 号', '')}{stage}  {sets}"
    )


def _data(card: ArticleCard, done: list[dict[str, Any]] | None) -> dict[str, Any]:
    import msgspec

    data: dict[str, Any] = msgspec.to_builtins(card)
    return data if done is None else data | {"done": done}


def _lines(card: ArticleCard, done: list[dict[str, Any]] | None, issued: list[dict[str, Any]]) -> Iterator[str]:
    from gongyue.covenant.addresses import in_chinese, in_english
    from gongyue.covenant.marks import marked

    zh = lang() == "zh"
    yield pick(f"{in_chinese(card.at)}　{card.chapter}", f"{in_english(card.at).capitalize()}  {card.chapter}").rstrip()
    yield from marked(card.text, (mark.words for mark in card.marks), "【", "】").splitlines()
    yield from _section(pick("编者注", "Notes"), card.notes)
    yield from _section(pick("数额与解释", "Values and interpretations"), (_value(v, zh) for v in card.values))
    yield from _section(pick("解释", "Interpretations"), map(_interpretation, issued))
    told = {r.code: r.zh for r in card.refusals} if zh else {}  # what a rule says is written in English beside its code
    rules = [f"{r.code}  {r.rule.removeprefix('gongyue.')}  {told.get(r.code, r.says)}" for r in card.rules]
    yield from _section(pick("规则（及不成立时所告知的）", "Rules"), rules)
    acts = [f"{a.type}  {a.zh if zh else a.en}  {a.who_zh if zh else a.who_en}  {_half(a.book, zh)}" for a in card.acts]
    yield from _section(pick("行为", "Acts"), acts)
    yield from _section(
        pick("不予办理", "Refusals"), (f"{r.code}  {r.layer}  {r.zh if zh else r.en}" for r in card.refusals)
    )
    if done is not None:
        title = pick(f"依本条作出的公开行为：{len(done)} 项", f"Public acts done under this article: {len(done)}")
        yield from _section(title, (f"#{d['index']}  {d['on']}  {d['type']}  {d['actor']}" for d in done[-LAST:]))
        if any(_half(a.book, False) == "sealed" for a in card.acts):
            yield pick(
                "另有密封的行为，不公开，不列在这里，也不计入上面的数。",
                "Acts under seal are not public: they are neither listed nor counted here.",
            )


def _section(title: str, rows: Any) -> Iterator[str]:
    listed = [f"  {row}" for row in rows]
    if listed:
        yield from ("", title, *listed)


def _half(text: str, zh: bool) -> str:
    """The chosen half of "公开簿 open"."""
    chinese, _, english = text.partition(" ")
    return chinese if zh else english


UNITS = {
    "day": ("日", "day"),
    "workday": ("个工作日", "working day"),
    "month": ("个月", "month"),
    "hour": ("小时", "hour"),
    "year": ("年", "year"),
    "person": ("人", "person"),
}


def _amount(number: int | str, unit: str) -> str:
    """A value with its unit; a share or a choice has none."""
    if unit not in UNITS or not isinstance(number, int):
        return str(number)
    zh, en = UNITS[unit]
    return pick(f"{number}{zh}", counted(number, en))


def _value(value: ValueCard, zh: bool) -> str:
    if value.missing:
        said = pick("后出的解释包所增，尚未通过，不适用：", "of a later package, not adopted, so it does not apply:")
        return f"{value.layer}  {value.name}  {said} {value.zh if zh else value.en}"
    parts = [f"{value.layer}  {value.name} = {_amount(value.now, value.unit)}"]
    if value.now != value.value:
        proposed = _amount(value.value, value.unit)
        parts.append(pick(f"（草案 {proposed}）", f"(proposed {proposed})"))
    if value.floor is not None:
        ceiling = _amount(value.ceiling or 0, value.unit)
        parts.append(pick(f"（{value.floor} 至 {ceiling}）", f"(from {value.floor} to {ceiling})"))
    if len(value.choices) > 1:
        parts.append(f"（{' | '.join(value.choices)}）")
    return " ".join(parts) + "  " + (value.zh if zh else value.en)
