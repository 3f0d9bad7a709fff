"""A text without articles between its title and its signatures."""

from __future__ import annotations

import re

from gongyue.covenant.parser import headings, items, roman
from gongyue.covenant.parser.endings import binds_signers, closes, names_signers
from gongyue.covenant.parser.frame import title_of
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.text import Oddity

SAID = re.compile("[。；：！？，;:!?,]")
HEAD = 6
_NUMBERED = re.compile("[1-9][0-9]?(?:[.．][1-9]|[ \u3000])")
"""2.1 处理 and 4 附则 name nobody."""
_PUBLISHED = re.compile(
    r"[\[【(（]?(?:[^，。；：:]{0,40}\s)?(?:(?:发[布表]|發[布表]|更新|公布|刊登|最后修改|最後修改)?(?:[时時][间間]|日期)|[来來]源|作者|[编編][辑輯]"
    r"|[阅閱][读讀](?:次[数數]|量)|[浏瀏][览覽](?:次[数數]|量)?|[点點][击擊](?:次[数數]|量)?)[:：][^。；]{0,80}"
    r"|(?:最[后後近])?(?:更新|修[订訂改]|[发發]布)[于於]?[:：]?\s{0,4}[0-9]{4}[-/.年][0-9]{1,2}(?:[-/.月](?:[0-9]{1,2}日?)?)?"
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_PUBLISHED_WHY = "网页上的发布信息，不属于正文 / when and by whom a page was published, not part of the text"
_DECIDES = re.compile("同意|批准|(?<!最[后後])修[改订訂]")
_RULES = re.compile("解[释釋]|生效|施行|[实實]施|[负負][责責]|[应應须須]|不得|可以|有效|[为為][准準]|所有")
_TAIL_WHY = "文末的落款、日期，不属于正文 / signatures and dates at the end, not part of the text"
NAME_WHY = "可能是落款，读作一段：请核对 / this may be who issued the text and is read as a paragraph: look at it"
LAST = 3


def is_published(text: str) -> bool:
    """Whether a line above the text only says when and by whom a page was published, how many have read it, and no rule."""
    return bool(_PUBLISHED.fullmatch(text)) and not (_RULES.search(text) or _DECIDES.search(text))


def body_of(read: list[Line]) -> tuple[str, list[Line], tuple[Oddity, ...]]:
    """The title, the lines below it, and what was left out: those that only sign and date the text."""
    title, used = title_of([line for line in read if line.bare][:HEAD])
    bare = [line for line in read if line.bare]
    published = [line for line in bare[:HEAD] if is_published(line.bare)]
    body = [line for i, line in enumerate(bare) if i not in used and line not in published]
    end = len(body)
    while end > 1 and (closes(body[end - 1].bare) or _only_names(body[end - 2], body[end - 1])):
        end -= 1
    end = _signers(body, end)
    kept, tail = body[:end], body[end:]
    words = "\n".join(line.bare for line in tail)
    left = [Oddity(None, words, _TAIL_WHY)] if words else []
    left += [Oddity(None, line.bare, _PUBLISHED_WHY) for line in published]
    left += [Oddity(None, line.bare, NAME_WHY) for line in _names_above_the_end(kept)]
    return title, kept, tuple(left)


def _signers(body: list[Line], end: int) -> int:
    """Where the names below 倡议单位： begin, with that line; `end` where there are none at the end, or one of them is a duty."""
    for i in range(end - 1, 0, -1):
        if names_signers(body[i].bare):
            return i
        if not _plain(body[i]) or binds_signers(body[i].bare):
            return end
    return end


def _names_above_the_end(kept: list[Line]) -> list[Line]:
    """Lines that only name somebody above short ones that were kept."""
    for i in range(max(1, len(kept) - LAST), len(kept) - 1):
        if _only_names(kept[i - 1], kept[i]) and not headings.names_a_chapter(kept[i].bare):
            return [kept[i]] if all(len(line.bare) <= headings.SHORT for line in kept[i:]) else []
    return []


def _plain(line: Line) -> bool:
    """Whether a line is short and has neither punctuation nor a mark."""
    marked = (
        headings.division(line.text)
        or _NUMBERED.match(line.bare)
        or line.heading
        or line.bullet
        or items.label(line.bare)
        or roman.marked(line.bare)
        or SAID.search(line.bare)
        or "\t" in line.text
    )
    return not marked and len(line.bare) <= headings.SHORT


def _only_names(above: Line, line: Line) -> bool:
    """Whether a last line names who issued the text: short, without any punctuation, below the end of a sentence."""
    return _plain(line) and above.bare[-1] in "。！" and not (_RULES.search(line.bare) or binds_signers(line.bare))
