"""`gongyue read`: show what a covenant or charter says: chapters, articles, the numbers it states, its oddities."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gongyue.covenant.parser import Unreadable
    from gongyue.covenant.text import Document, Oddity, Outline, Term

REFUSED, UNREADABLE = 1, 4
_WORDS = {
    "zh": {
        "title": "标题", "digest": "摘要", "encoding": "编码", "chapters": "章", "articles": "条", "items": "项",
        "terms": "所载数额与期限", "oddities": "异常之处（原样保留）", "none": "无", "confirm": "待确认",
        "article": "第{}条", "chapter": "第{}章", "unnumbered": "（无章号）", "range": "第{}—{}条", "single": "第{}条", "no_articles": "无条文",
        "parts": "部分", "doubts": "存疑", "outside": "条文之外", "bind": "没有“第…条”：以下地址可用于 gongyue founding bind",
        "again": "“条”不是从头连续编到尾：以下地址可用于 gongyue founding bind",
    },
    "en": {
        "title": "title", "digest": "digest", "encoding": "encoding", "chapters": "chapters", "articles": "articles",
        "items": "items", "terms": "numbers and periods stated", "oddities": "oddities (kept as they are)",
        "none": "none", "confirm": "needs confirming", "article": "art. {}", "chapter": "chapter {}",
        "unnumbered": "(no number)", "range": "arts. {}–{}", "single": "art. {}", "no_articles": "no articles",
        "parts": "parts", "doubts": "doubts", "outside": "outside the articles", "bind": "no 第…条: gongyue founding bind goes by the addresses below",
        "again": "the 条 do not count on from first to last: gongyue founding bind goes by the addresses below",
    },
}  # fmt: skip
_SIGNS = re.compile(r"[\W_]+")
_STILL = {
    "zh": "也可照原样逐处问明：gongyue founding bind。",
    "en": " Or have each place asked as it stands: gongyue founding bind.",
}


@click.command("read", short_help="读出公约或章程的条文与数额 / Read a covenant or charter.")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="语言 / Language.")
@click.option(
    "--outline", "as_outline", is_flag=True, help="只列结构，供逐处核对 / Only list the outline, part by part."
)
@click.option("--name", default="", help="从标准输入读取时的文件名 / File name when FILE is -.")
@click.pass_context
def read(context: click.Context, file: str, as_json: bool, lang: str, as_outline: bool, name: str) -> None:
    """读一份公约或章程（.txt .md .docx），列出章、条、项、所载数额与期限、逐一所见的数（没有读出的也在内），以及异常之处。

    Read a covenant or charter (.txt, .md, .docx): chapters, articles, items, the numbers it states, every numeral with what it was read
    as or that it was not read, oddities.

    至多 10,000 行、690,000 字、2,000 个数额 / At most 10,000 lines, 700,000 characters and 2,000 numbers are read.

    \b
    例 / Example:
      gongyue read 公约.docx
      gongyue read 公约.txt --json
      gongyue read 公约.txt --outline
      cat 公约.md | gongyue read - --name 公约.md --lang en

    退出码 / Exit: 0 可读 readable · 1 条文编号不连续 numbering refused (GY-01-01) · 4 无法读取 cannot be read.
    """
    from gongyue.covenant import parser

    data = _bytes(context, file, lang)
    from gongyue.cli.read_beside import tell_of_draft

    tell_of_draft(file, lang)
    if as_outline:
        _print_shown(context, data, name or ("stdin" if file == "-" else file), lang, as_json)
        return
    try:
        document = parser.read(data, name or ("stdin" if file == "-" else file))
    except parser.Gap as gap:
        if _print_outline(context, data, name or ("stdin" if file == "-" else file), lang, as_json):
            click.echo(f"{gap.code} {gap.zh if lang == 'zh' else gap.en}{_STILL[lang]}", err=True)
            context.exit(REFUSED)
        return
    except parser.Unreadable as error:
        if error.reason != "no_covenant":
            _unreadable(context, error, lang)
        _print_outline(context, data, name or ("stdin" if file == "-" else file), lang, as_json)
        return
    if as_json:
        click.echo(_json(document, [("title", document.title, ""), *_articles(document, "{}")]))
    else:
        for line in _report(document, lang):
            click.echo(line)


def _print_shown(context: click.Context, data: bytes, name: str, lang: str, as_json: bool) -> None:
    """The outline as gongyue founding bind has it confirmed: the title, the figures in a sentence, every part, what is left out."""
    import msgspec

    from gongyue.cli.outline_text import outline_lines
    from gongyue.conduct.safe_text import plain
    from gongyue.covenant import parser
    from gongyue.covenant.binding.outline_shown import shown

    try:
        found = parser.outline(data, name)
    except parser.Unreadable as error:
        _unreadable(context, error, lang)
    made = shown(found, parser.lines_left_out(data, name, found), parser.heading_levels(data, name, found, {}))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
        return
    title = f"{_WORDS[lang]['title']}: {made.title}"
    for line in (title, made.total[lang == "en"], *outline_lines(made, lang)):
        click.echo(plain(line))


def _print_outline(context: click.Context, data: bytes, name: str, lang: str, as_json: bool) -> bool:
    """A text without 条, or with 条 that do not count on: its parts at their addresses; whether its numbering is in doubt."""
    from gongyue.covenant import parser

    try:
        found = parser.outline(data, name)
        lines = _outlined(found, lang)
    except parser.Unreadable as error:
        _unreadable(context, error, lang)
    if as_json:
        lines = [_json(found, [("title", found.title, ""), *_parts(found)])]
    for line in lines:
        click.echo(line)
    return bool(found.doubts)


def _outlined(found: Outline, lang: str) -> list[str]:
    from gongyue.cli import numerals, term_text
    from gongyue.covenant.parser import terms
    from gongyue.covenant.text import Term

    words = _WORDS[lang]
    lines = [
        f"{words['title']}: {found.title}",
        f"{words['digest']}: {found.digest}",
        f"{words['encoding']}: {found.encoding}",
        f"{words['chapters']}: {len(found.chapters)} · {words['parts']}: {len(found.parts)}"
        f" ({words['again' if found.scheme == 'articles' else 'bind']})",
    ]
    lines += [f"  {part.at}  {_shortened(part.text)}" for part in found.parts]
    stated = [(part, clause, n) for part in found.parts for clause, n in terms.stated_terms(part.text)]
    lines += ["", f"{words['terms']}: {len(stated) or words['none']}"]
    for part, clause, n in stated:
        term = Term("", 0, clause, n.value, n.unit or n.kind, n.inclusive, n.base)
        lines.append(f"  {part.at}  {term_text.of(term, lang)}")
    texts = [(words["title"], found.title, ""), *_parts(found)]
    texts += _outside(texts, found.oddities, words["outside"])
    lines += ["", *numerals.lines(numerals.of(texts), lang)]
    doubts = (*found.doubts, *found.assumed)
    lines += ["", f"{words['doubts']}: {len(doubts) or words['none']}"]
    lines += [f"  {d.line} “{d.words}” {_in(lang, d.why)}" for d in doubts]
    return [*lines, "", *_odd(found.oddities, lang)]


def _shortened(text: str) -> str:
    return text if len(text) <= 40 and "\n" not in text else text.replace("\n", " ⏎ ")[:40] + "…"


def _in(lang: str, both: str) -> str:
    """The half of "Chinese / English" in that language."""
    chinese, _, english = both.partition(" / ")
    return chinese if lang == "zh" else english


def _bytes(context: click.Context, file: str, lang: str) -> bytes:
    """The file's bytes; what is missing, no file or too large is told in the chosen language."""
    from gongyue.cli.errors import InvalidInput
    from gongyue.cli.material import read_file
    from gongyue.covenant.parser import LARGEST

    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        return read_file(file, LARGEST)
    except InvalidInput as error:
        click.echo(error.zh if lang == "zh" else error.en, err=True)
        context.exit(UNREADABLE)


def _unreadable(context: click.Context, error: Unreadable, lang: str) -> None:
    click.echo(f"{error.reason}: {error.zh if lang == 'zh' else error.en}", err=True)
    context.exit(UNREADABLE)


def _parts(found: Outline) -> list[tuple[str, str, str]]:
    """Each part as it is cited, its text, and the heading it stands under."""
    from gongyue.covenant.text import heading_of

    return [(part.at, part.text, heading_of(part, found.chapters)) for part in found.parts]


def _outside(texts: list[tuple[str, str, str]], oddities: tuple[Oddity, ...], label: str) -> list[tuple[str, str, str]]:
    """What is kept beside the parts; an oddity that quotes a part's own words is read there already."""
    within = "".join(_SIGNS.sub("", text) for _, text, _ in texts)
    return [(label, o.words, "") for o in oddities if o.article is None and _SIGNS.sub("", o.words) not in within]


def _articles(document: Document, label: str) -> list[tuple[str, str, str]]:
    from gongyue.covenant.text import Part, heading_of

    return [
        (label.format(a.number), a.text, heading_of(Part(str(a.number), "", a.chapter, a.text), document.chapters))
        for a in document.articles
    ]


def _json(found: Document | Outline, texts: list[tuple[str, str, str]]) -> str:
    import msgspec

    from gongyue.cli import numerals

    read = numerals.of(texts)
    data = msgspec.to_builtins(found) | {"numerals": numerals.data(read), "others": numerals.others(read)}
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def _report(document: Document, lang: str) -> list[str]:
    from gongyue.cli import numerals

    words = _WORDS[lang]
    items = sum(len(a.items) for a in document.articles)
    lines = [
        f"{words['title']}: {document.title}",
        f"{words['digest']}: {document.digest}",
        f"{words['encoding']}: {document.encoding}",
        f"{words['chapters']}: {len(document.chapters)} · "
        f"{words['articles']}: {len(document.articles)} · {words['items']}: {items}",
    ]
    lines += [f"  {line}" for line in _chapters(document, lang)]
    lines += ["", f"{words['terms']}: {len(document.terms) or words['none']}"]
    lines += [f"  {_term(term, lang)}" for term in document.terms]
    texts = [(words["title"], document.title, ""), *_articles(document, words["article"])]
    texts += _outside(texts, document.oddities, words["outside"])
    return [*lines, "", *numerals.lines(numerals.of(texts), lang), "", *_odd(document.oddities, lang)]


def _odd(oddities: tuple[Oddity, ...], lang: str) -> list[str]:
    words = _WORDS[lang]
    lines = [f"{words['oddities']}: {len(oddities) or words['none']}"]
    for oddity in oddities:
        place = words["article"].format(oddity.article) + " " if oddity.article else ""
        quoted = oddity.words if len(oddity.words) <= 40 else oddity.words[:40] + "…"
        lines.append(f"  {place}“{' ⏎ '.join(quoted.splitlines())}” {_in(lang, oddity.why)}")
    return lines


def _chapters(document: Document, lang: str) -> list[str]:
    words, lines = _WORDS[lang], []
    for i, chapter in enumerate(document.chapters, 1):
        numbers = [a.number for a in document.articles if a.chapter == i]
        label = words["chapter"].format(chapter.number) if chapter.number else words["unnumbered"]
        if not numbers:
            reach = words["no_articles"]
        elif len(numbers) == 1:
            reach = words["single"].format(numbers[0])
        else:
            reach = words["range"].format(numbers[0], numbers[-1])
        lines.append(f"{label} {chapter.title}  {reach}")
    return lines


def _term(term: Term, lang: str) -> str:
    from gongyue.cli import term_text

    words = _WORDS[lang]
    confirm = "" if term.confirmed_by_wording else f" [{words['confirm']}]"
    return f"{term.name}  {words['article'].format(term.article)}  {term_text.of(term, lang)}{confirm}"
