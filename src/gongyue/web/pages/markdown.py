"""The project's own documents as pages: the few forms of Markdown they use; everything else stands as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from gongyue.web.acting.labels import half
from gongyue.web.templatetags.words import speaks_chinese

Link = Callable[[str], str]
"""Where a link of a document leads on the site; empty where there is no such page."""
_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)")
_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f][\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’…—·]*")
_LIST = re.compile(r"(?:[-*]|\d+\.) +")
_CELLS = re.compile(r"(?<!\\)\|")


def anchor(text: str) -> str:
    """By which a heading, or a word of the glossary by its English, is linked to: its first word, without signs."""
    return re.sub(r"[^\w一-鿿-]+", "-", re.split(r"[ /（、]", text.strip())[0]).strip("-")


def rendered(text: str, link: Link, said: Callable[[str], str] = str) -> SafeString:
    """A document without its title, as HTML; Chinese is marked as such, whatever the language of the page.

    `said`: what of each paragraph, heading, entry and cell is shown; all of it by default.
    """
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    blocks = re.split(r"\n\s*\n", re.sub(r"\A# .*\n", "", text).strip())
    return SafeString("\n".join(_block(block.split("\n"), link, said) for block in _whole(blocks)))


def title(text: str) -> str:
    """The title of a document."""
    return text.partition("\n")[0].removeprefix("# ").strip()


def _whole(blocks: list[str]) -> Iterator[str]:
    """The blocks, what stands between fences in one."""
    open_: list[str] = []
    for block in blocks:
        open_.append(block)
        if sum(line.startswith("```") for one in open_ for line in one.split("\n")) % 2 == 0:
            yield "\n\n".join(open_)
            open_ = []
    yield from open_


def _block(lines: list[str], link: Link, said: Callable[[str], str]) -> str:
    first = lines[0]
    if first.startswith("#"):
        level = min(4, len(first) - len(first.lstrip("#")))
        words = first.lstrip("#").strip()
        head = format_html('<h{} id="{}">{}</h{}>', level, anchor(words), _inline(said(words), link), level)
        return head + (_block(lines[1:], link, said) if lines[1:] else "")
    if first.startswith("```"):
        return format_html('<pre tabindex="0"><code>{}</code></pre>', _marked("\n".join(lines[1:-1])))
    if first.startswith("|") and len(lines) > 1:
        return _table(lines, link, said)
    if _LIST.match(first):
        return _listed(lines, link, said)
    listed = next((n for n, line in enumerate(lines) if _LIST.match(line)), None)
    if listed:
        return _block(lines[:listed], link, said) + _listed(lines[listed:], link, said)
    return format_html("<p>{}</p>", _inline(said(" ".join(line.lstrip("> ") for line in lines)), link))


def _listed(lines: list[str], link: Link, said: Callable[[str], str]) -> str:
    """A list; a line that begins none goes on the one before."""
    found: list[str] = []
    for line in lines:
        if _LIST.match(line) or not found:
            found.append(_LIST.sub("", line, count=1))
        else:
            found[-1] += " " + line.strip()
    tag = "ol" if lines[0][0].isdigit() else "ul"
    entries = SafeString("".join(format_html("<li>{}</li>", _inline(said(one), link)) for one in found))
    return format_html('<{} class="{}">{}</{}>', tag, "numbered" if tag == "ol" else "bullets", entries, tag)


def _table(lines: list[str], link: Link, said: Callable[[str], str]) -> str:
    rows = [[cell.replace("\\|", "|").strip() for cell in _CELLS.split(line.strip().strip("|"))] for line in lines]
    head = "".join(format_html('<th scope="col">{}</th>', _inline(said(cell), link)) for cell in rows[0])
    labels = ["", *(half(re.sub("[`*]", "", cell)) for cell in rows[0][1:])]  # of a row that is folded
    body = "".join(
        format_html(
            '<tr id="{}">{}</tr>' if rows[0][1:2] == ["English"] else "<tr>{1}</tr>",
            anchor(row[1].partition(",")[0].replace(" ", "-")) if len(row) > 1 else "",
            SafeString(
                "".join(_cell(_inline(said(cell), link), label) for cell, label in zip(row, labels, strict=False))
            ),
        )
        for row in rows[2:]
    )
    return format_html(
        '<div class="scroll" tabindex="0" role="group" aria-label="{}"><table class="folding"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        _spoken(re.sub("[`*]", "", " ".join(rows[0]))),
        SafeString(head),
        SafeString(body),
    )


def _cell(words: SafeString, label: str) -> SafeString:
    return format_html('<td data-label="{}">{}</td>', label, words) if label else format_html("<td>{}</td>", words)


def _spoken(heads: str) -> str:
    """What a table is called aloud: its heads, in the language of the page."""
    said = half(heads)
    return said if speaks_chinese() or not _CHINESE.search(said) else "Table"


def _inline(text: str, link: Link) -> SafeString:
    out, place = [], 0
    for found in _INLINE.finditer(text):
        out.append(_marked(text[place : found.start()]))
        code, strong, words, target = found.groups()
        if code is not None:
            out.append(format_html("<code>{}</code>", _marked(code)))
        elif strong is not None:
            out.append(format_html("<b>{}</b>", _marked(strong)))
        else:
            address = link(target)
            said = _marked(words.strip("`"))
            out.append(format_html('<a href="{}">{}</a>', address, said) if address else said)
        place = found.end()
    return SafeString("".join([*out, _marked(text[place:])]))


def _marked(text: str) -> SafeString:
    """Escaped, each run of Chinese marked as such."""
    return SafeString(_CHINESE.sub(lambda m: f'<span lang="zh-Hans">{m[0]}</span>', escape(text)))
