"""`gongyue founding bind`: bind a text's clauses one question at a time, in a draft's file that can be sent and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.cli.assumed import importing
from gongyue.cli.binding_options import ANSWERS, answered
from gongyue.cli.errors import usage
from gongyue.cli.material import read_file, write_over
from gongyue.cli.outline_text import laid_lines, outline_lines, undecided_again
from gongyue.cli.output import counted, emit_result, note, output_options, pick, wants_json
from gongyue.cli.question_text import LISTED, absence_data, absence_lines, faults, options, question_lines, tell_bound
from gongyue.cli.rest_text import rest_lines
from gongyue.covenant.binding import absences, binding_text, draft, draft_file, questions, sentences_left, sheet
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.questions import next_question
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.draft_edition import edition_of, faults_of
from gongyue.covenant.parser import LARGEST

NOT_READY = 1
UNSAID = frozenset({"doubt", "open", "undecided"})
"""Faults of what was not said yet; any other is of something that was."""


@output_options
@click.command("bind", short_help="逐项绑定条款 / Bind a text's clauses, one question at a time")
@click.argument("text", type=click.Path(path_type=Path), metavar="TEXT")
@click.option(
    "--draft", type=click.Path(path_type=Path), metavar="FILE", help="草稿，默认与文本同名的 .binding.json / The draft."
)
@click.option("--next", "next_", is_flag=True, help="只看下一问 / Only print the next question.")
@click.option("--ask", is_flag=True, help="逐问作答，也不在终端时 / Ask and take answers, also without a terminal.")
@click.option(
    "--capability", metavar="C", help="哪一事项，默认现在所问 / The capability; what is asked now by default."
)
@click.option(
    "--words", metavar="W", help="绑定这些字句；同 --other 时限定条文 / Bind these words; with --other, a passage's."
)
@click.option("--at", metavar="A", default="", help="在哪一处（22、3/2、二/1）/ At which address.")
@click.option("--nth", type=click.IntRange(1), metavar="N", help="第几处相同字句 / Which occurrence of the words.")
@click.option(
    "--item", "items", multiple=True, metavar="I", help="字句里的一项，可重复 / An item within the words; repeatable."
)
@click.option("--accept", is_flag=True, help="采用所提议的字句 / Bind the words that are proposed.")
@click.option(
    "--accept-alike",
    is_flag=True,
    help="采用，连同提议同样字句的事项 / Accept, for all matters with these words proposed.",
)
@click.option("--other", metavar="REASON", help="是另一事项，理由 2—200 字 / It is another matter, with the reason.")
@click.option(
    "--absent", multiple=True, metavar="C", help="本文无此规定，可重复 / The text does not provide for it; repeatable."
)
@click.option("--absences", is_flag=True, help="只看本文没有规定的各项 / Only list what the text does not provide for.")
@click.option(
    "--absent-listed",
    type=click.IntRange(2),
    metavar="N",
    help="--absences 所列 N 项，逐项看过，都没有 / All N of --absences, each looked at, are absent.",
)
@click.option(
    "--rest",
    is_flag=True,
    help="只看其余条文：可以一并答的各句 / Only list the sentences left that one reason may settle.",
)
@click.option(
    "--rest-listed",
    type=click.IntRange(2),
    metavar="N",
    help="同 --other：--rest 所列 N 句，逐句看过，都是这一理由 / With --other: all N of --rest, each looked at, for that reason.",
)
@click.option(
    "--without",
    type=click.IntRange(1),
    multiple=True,
    metavar="I",
    help="同 --rest-listed：清单里第 I 句除外，可重复 / With --rest-listed: but for number I of the list; repeatable.",
)
@click.option("--presence", is_flag=True, help="同 --absent vote.presence：投票即出席 / Casting a ballot is presence.")
@click.option(
    "--resolve",
    metavar="LINE=A",
    help="存疑的一行是第几条，空为不是标题；所读的数是（=）否（!），几处的写第几处（=2）；没有绑定的份额不据以执行（-1）"
    " / What a line in doubt is, nothing: no heading; = read so, ! not so, =2 the second of several; -1 its first share is left.",
)
@click.option(
    "--outline",
    type=click.Choice(("show", "lines", "as-read", "not-so")),
    help="全文的结构：逐处、逐行列出，与原文相符，或不是这样 / The outline as a whole: list its parts or lines, it is so, or it is not.",
)
@click.option(
    "--line",
    multiple=True,
    metavar="N=ROLE",
    help="读错的一行是什么：title 全文标题，heading 标题，part 另起一处，above 接上一处，on 与上一行连成一行，out 不属正文，as-read 照所读；"
    "几行写作 13-15=above（3-80=on 只连上一行句子未完的），"
    "只是行内几个字写作 12=heading:第三章 会员（再写一次说明另几个字）"
    " / What a line is that was read wrongly: title, heading, part (begins one), above (goes on), on (the rest of the line above),"
    " out (no text), as-read;"
    " of some words of it only 12=heading:第三章 会员, once more for others.",
)
@click.option(
    "--leave", is_flag=True, help="现在所问的份额都不据以执行 / None of the shares asked about now is carried out."
)
@click.option("--drop", metavar="C", help="撤销一事项的绑定、决定与声明 / Take back all that was said of a capability.")
@click.option("--undo", is_flag=True, help="撤回上一步 / Take back the last answer.")
@click.option("--sheet", "sheet_", is_flag=True, help="定稿前的绑定单 / The sheet before freezing.")
@click.option(
    "--edition",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="写成文本版本，供 founding import / Write the edition for founding import.",
)
@click.option(
    "--roll",
    type=click.IntRange(1, 100_000),
    default=binding_text.EXAMPLE_ROLL,
    show_default=True,
    metavar="N",
    help="绑定单举例的成员数 / Members in the sheet's examples.",
)
@click.pass_context
def bind(ctx: click.Context, /, text: Path, draft: Path | None, **answer: Any) -> None:
    """一问一答：先确认全文的结构读得对，再把公约的字句绑定到软件所执行的事项；不认识的说法由人选字句，没有的由人声明。

    在终端上逐问作答；别处以选项作答，每次打印下一问。每一答即存入草稿，可以寄给别人接着做。文本改了，字句动过的绑定重新待定。
    答完之后 --edition 写成文本版本，由 founding import 导入。

    Binds a text's clauses to what the software carries out, one question at a time: confirm its outline, then accept what is proposed,
    select other words, say that a passage is another matter, or that the text does not provide for it. On a terminal it asks; elsewhere
    options answer, and the next question is printed. Every answer is kept in the draft's file; --edition writes what founding import takes.

    \b
    例 / Example:
      gongyue founding bind 公约.txt
      gongyue founding bind 公约.txt --outline show
      gongyue founding bind 公约.txt --line 3=heading --line 14-18=part
      gongyue founding bind 公约.txt --line "12=part:保守用户数据隐私"
      gongyue founding bind 公约.txt --outline as-read
      gongyue founding bind 公约.txt --capability office.executive --accept
      gongyue founding bind 公约.txt --capability amendment.adoption --words 并经三分之二以上成员单位同意 --at 22
      gongyue founding bind 公约.txt --capability founding.in_force --at 21 --other 仅提及
      gongyue founding bind 公约.txt --absent founding.filing --absent appeal
      gongyue founding bind 公约.txt --absences
      gongyue founding bind 公约.txt --absent-listed 13
      gongyue founding bind 公约.txt --rest
      gongyue founding bind 公约.txt --sheet
      gongyue founding bind 公约.txt --edition 公约.json

    \b
    退出码 / Exit: 0 · 1 --sheet、--edition：尚不能定稿 cannot be frozen yet · 2 这一答不成立 the answer does not hold
                   · 4 文本或草稿无法读取 text or draft cannot be read.
    """
    path = draft or text.with_name(text.name + ".binding.json")
    if path.resolve() == text.resolve():
        raise usage(f"--draft {path}：不能是文本本身。", f"--draft {path}: that is the text itself.")
    d = _open_draft(text, path)
    answer["absent"] = answer["absent"] or (("vote.presence",) if answer["presence"] else ())
    if answer["outline"] in ("show", "lines") and not answer["line"]:
        _show_outline(d, answer["outline"])
        return
    if given := [name for name in ANSWERS if answer[name] not in (None, False, ())]:
        before = d
        try:
            d = answered(d, given, **answer)
        except BadBinding as error:
            raise usage(error.zh, error.en) from None
        tell_bound(before, d)
        write_over(path, draft_file.dump(d.draft))
    if answer["absences"]:
        emit_result(absence_data(d), lambda: absence_lines(absences.listed(questions.questions(d)), d))
        return
    if answer["rest"]:
        several = sentences_left.listed(questions.questions(d))
        emit_result({"rest": msgspec.to_builtins(several)}, lambda: rest_lines(several, d))
        return
    if answer["sheet_"]:
        ctx.exit(_show_sheet(d, answer["roll"]))
    if answer["edition"]:
        ctx.exit(_write_edition(d, answer["edition"]))
    if answer["ask"] or (_watched() and not answer["next_"] and not given):
        from gongyue.cli.binding_prompt import ask

        d = ask(d, lambda kept: write_over(path, draft_file.dump(kept.draft)))
    emit_result(_data(d, path), lambda: _lines(d, path))


def _show_outline(d: Drafting, way: str) -> None:
    """All of the outline, part by part or line by line."""
    lang = pick("zh", "en")
    if way == "lines":
        emit_result(msgspec.to_builtins(d.read.laid), lambda: list(laid_lines(d.read.laid, lang)))
        return
    emit_result(msgspec.to_builtins(d.read.shown), lambda: [pick(*d.outline_told), *outline_lines(d.read.shown, lang)])


def _watched() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty() and not wants_json()


def _open_draft(text: Path, path: Path) -> Drafting:
    """The draft on the text as it is now; what its change left undecided is told."""
    data = read_file(text, LARGEST)
    if not path.exists():
        return draft.begin(data, text.name)
    d, carried = draft.resume(data, text.name, draft_file.load(read_file(path, draft_file.LARGEST)))
    if told := undecided_again(carried):
        note(f"文本改过：{told[0]}。", f"The text has changed: {told[1]}.")
    for b in carried.bindings[:LISTED]:
        note(f"  {b.capability} {b.at}“{b.words}”", f"  {b.capability} {b.at} “{b.words}”")
    return d


# -- what is told


def _data(d: Drafting, path: Path) -> dict[str, Any]:
    question = next_question(d)
    return {
        "draft": str(path),
        "settled": d.progress[0],
        "total": d.progress[1],
        "oddities": msgspec.to_builtins(d.read.outline.oddities),
        "undecided": len(d.undecided),
        "ready": question is None and not faults_of(d),
        "question": msgspec.to_builtins(question) if question else None,
        "outline": msgspec.to_builtins(d.read.shown) if question and question.kind == "outline" else None,
        "conflicts": [msgspec.to_builtins(f) for f in faults_of(d) if f.why not in UNSAID],
    }


def _lines(d: Drafting, path: Path) -> Iterator[str]:
    question = next_question(d)
    if question:
        yield from question_lines(d, question)
        yield from options(d, question)
    else:
        yield pick("没有待答的问题了。", "There is nothing left to answer.")
        yield from faults(d)
    yield pick(f"草稿：{path}", f"draft: {path}")


def _show_sheet(d: Drafting, roll: int) -> int:
    r, read, by = d.records, d.read.outline, d.read.by
    made = sheet.sheet_of(
        read.parts, r.bindings, d.decisions, r.absent, by,
        faults=faults_of(d), chapters=read.chapters, title=read.title, roll=roll,
    )  # fmt: skip
    zh, en = d.outline_told
    data = msgspec.to_builtins(made) | {"outline": {"zh": zh, "en": en}}
    emit_result(data, lambda: [pick(zh, en), *sheet.lines(made, "zh" if pick("zh", "en") == "zh" else "en")])
    return NOT_READY if made.faults else 0


def _write_edition(d: Drafting, path: Path) -> int:
    """Write the edition, and tell what does not hold yet: it can be imported before, and not frozen."""
    from gongyue.covenant.edition_json import to_data
    from gongyue.transparency.canonical import encode

    if path.suffix != ".json":
        raise usage(f"--edition {path}：写作 FILE.json。", f"--edition {path}: name a FILE.json.")
    made = edition_of(d)
    write_over(path, encode(to_data(made)) + b"\n")
    data = {"edition": str(path), "open": [msgspec.to_builtins(f) for f in made.open]}
    command = importing(path, made)
    emit_result(data, lambda: _written_lines(path, command, [pick(f.zh, f.en) for f in made.open]))
    return NOT_READY if made.open else 0


def _written_lines(path: Path, command: str, open_: list[str]) -> Iterator[str]:
    if not open_:
        yield pick(f"已写入 {path}：{command}", f"Wrote {path}: {command}")
        return
    count = len(open_)
    yield pick(
        f"{path} 只是草案：尚有 {count} 处未决，尚不能定稿（退出码 {NOT_READY}）：",
        f"{path} is no more than a draft: {counted(count, 'place')} undecided, so that it cannot be frozen yet (exit code {NOT_READY}):",
    )
    for said in open_[:LISTED]:
        yield pick(f"  尚不能定稿：{said}", f"  cannot be frozen yet: {said}")
    if count > LISTED:
        yield pick(f"  ……共 {count} 处", f"  … {count} places in all")
    yield pick(
        f"逐处答完，再写一次 --edition。草案已写入，现在只能作为草案导入：{command}",
        f"Answer them all, and write --edition once more. The draft was written, and can be imported as a draft alone: {command}",
    )
