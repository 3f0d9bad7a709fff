"""`gongyue read`: show what a covenant or charter says: chapters, articles, the numbers it states, its oddities."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gongyue.covenant.reading import Unreadable
    from gongyue.covenant.text import Document, Term

REFUSED, UNREADABLE = 1, 4
_WORDS = {
    "zh": {
        "title": "标题", "digest": "摘要", "encoding": "编码", "chapters": "章", "articles": "条", "items": "项",
        "terms": "所载数额与期限", "oddities": "异常之处（原样保留）", "none": "无", "confirm": "待确认",
        "article": "第{}条", "chapter": "第{}章", "unnumbered": "（无章号）", "range": "第{}—{}条", "single": "第{}条", "no_articles": "无条文",
    },
    "en": {
        "title": "title", "digest": "digest", "encoding": "encoding", "chapters": "chapters", "articles": "articles",
        "items": "items", "terms": "numbers and periods stated", "oddities": "oddities (kept as they are)",
        "none": "none", "confirm": "needs confirming", "article": "art. {}", "chapter": "chapter {}",
        "unnumbered": "(no number)", "range": "arts. {}–{}", "single": "art. {}", "no_articles": "no articles",
    },
}  # fmt: skip
_UNITS = {
    "zh": {"day": "日", "workday": "个工作日", "month": "个月", "hour": "小时", "share": ""},
    "en": {"day": " day(s)", "workday": " working day(s)", "month": " month(s)", "hour": " hour(s)", "share": ""},
}
_BOUND = re.compile(
    "以[上下内內外]|之[内內外]|[不未]?超[过過]|[过過]半|不[足满滿到]|未[满滿]|至少|至多|不?(?:得|能|应|應)?[少多低高][于於]|(?<=[日天月年周])[内內]"
)


@click.command("read", short_help="读出公约或章程的条文与数额 / Read a covenant or charter.")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="语言 / Language.")
@click.option("--name", default="", help="从标准输入读取时的文件名 / File name when FILE is -.")
@click.pass_context
def read(context: click.Context, file: str, as_json: bool, lang: str, name: str) -> None:
    """读一份公约或章程（.txt .md .docx），列出章、条、项、所载数额与期限，以及异常之处。

    Read a covenant or charter (.txt, .md, .docx): chapters, articles, items, the numbers it states, oddities.

    至多 10,000 行、690,000 字、2,000 个数额 / At most 10,000 lines, 700,000 characters and 2,000 numbers are read.

    \b
    例 / Example:
      gongyue read 公约.docx
      gongyue read 公约.txt --json
      cat 公约.md | gongyue read - --name 公约.md --lang en

    退出码 / Exit: 0 可读 readable · 1 条文编号不连续 numbering refused (GY-01-01) · 4 无法读取 cannot be read.
    """
    from gongyue.covenant import reading

    data = _bytes(context, file, lang)
    try:
        document = reading.read(data, name or ("stdin" if file == "-" else file))
    except reading.Gap as gap:
        click.echo(f"{gap.code} {gap.zh if lang == 'zh' else gap.en}", err=True)
        context.exit(REFUSED)
    except reading.Unreadable as error:
        _unreadable(context, error, lang)
    if as_json:
        click.echo(_json(document))
    else:
        for line in _report(document, lang):
            click.echo(line)


def _bytes(context: click.Context, file: str, lang: str) -> bytes:
    """The file's bytes; what is missing, no file or too large is told in the chosen language."""
    from gongyue.cli.failing import Unusable
    from gongyue.cli.material import read_file
    from gongyue.covenant.reading import LARGEST

    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        return read_file(file, LARGEST)
    except Unusable as error:
        click.echo(error.zh if lang == "zh" else error.en, err=True)
        context.exit(UNREADABLE)


def _unreadable(context: click.Context, error: Unreadable, lang: str) -> None:
    click.echo(f"{error.reason}: {error.zh if lang == 'zh' else error.en}", err=True)
    context.exit(UNREADABLE)


def _json(document: Document) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _report(document: Document, lang: str) -> list[str]:
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
    lines += ["", f"{words['oddities']}: {len(document.oddities) or words['none']}"]
    for oddity in document.oddities:
        place = words["article"].format(oddity.article) + " " if oddity.article else ""
        chinese, _, english = oddity.why.partition(" / ")
        quoted = oddity.words if len(oddity.words) <= 40 else oddity.words[:40] + "…"
        lines.append(f"  {place}“{' ⏎ '.join(quoted.splitlines())}” {chinese if lang == 'zh' else english}")
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
    words = _WORDS[lang]
    bound = {"zh": ("含本数", "不含本数"), "en": ("itself included", "itself excluded")}[lang][not term.inclusive]
    if stated := _BOUND.search(term.words):
        bound = f"{stated[0]}，{bound}" if lang == "zh" else f"{stated[0]}, {bound}"
    confirm = "" if term.confirmed_by_wording else f" [{words['confirm']}]"
    place = words["article"].format(term.article)
    return f"{term.name}  {place}  “{' '.join(term.words.split())}”  {term.value}{_UNITS[lang][term.unit]} ({bound}){confirm}"
