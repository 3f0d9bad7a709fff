"""The guide of an evidence pack, to be printed: what it is, what stands where, what is proved and what is not, the one command.

It is made of the pack's own entries, and is no evidence: whoever checks does not read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import msgspec

from gongyue.book.pack import DOCUMENTS, PackedDocument
from gongyue.governance.dossier import KIND_NAMES
from gongyue.governance.note_names import ActName


class GuideLine(msgspec.Struct, frozen=True):
    """An entry as the guide lists it: its place, its Beijing day, what the act is called, by whom, the documents it names."""

    n: int
    day: str
    called: ActName
    actor: str
    documents: tuple[str, ...]


class Guided(msgspec.Struct, frozen=True):
    """What a guide tells. `words`: check words of the open book's key, zh and en; `size`: of the open book; `demo`: it is fictional."""

    covenant: str
    executive: str
    party: str
    name: str
    dossier: str
    kind: str
    size: int
    vkey: str
    words: tuple[str, str]
    lines: Sequence[GuideLine]
    documents: Mapping[str, PackedDocument]
    demo: bool


STATES = {
    "erased": ("内容已依法删除", "content erased by law"),
    "waiting": ("尚未签收，签收后才打开", "not received yet; opened once its receipt is signed"),
    "absent": ("内容不在本包", "its content is not in this pack"),
}
"""What is said of a document whose content is not in the pack."""

_STYLE = """body{font:16px/1.7 serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}
h1{font-size:1.6em}h2{font-size:1.15em;margin-top:1.8em}code,pre{font:14px/1.5 monospace;overflow-wrap:anywhere;white-space:pre-wrap}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #999;padding:.25em .5em;text-align:left;vertical-align:top}
.en{color:#333}@media print{body{margin:0}tr{break-inside:avoid}}"""

_PROVES = (
    ("各件由谁签署、何时到达、所答的是哪一件", "who signed each entry, when it arrived, what it answers"),
    ("卷里从第 1 件起没有缺、没有换，齐至所附的存卷凭证", "that nothing is missing or exchanged from place 1 up to the head that comes along"),
    ("每一件是否合于公约，不合的是哪一条、差多少", "whether each entry was lawful; if not, under which article and by how much"),
    ("所附文书就是当时所指的那一份，一个字节也没有改", "that each document is the very one that was named then, to the byte"),
    ("办公室到簿册末条之时逾期未办的", "what the office had not done in time as of the book's last entry"),
)  # fmt: skip
_NOT = (
    ("文书里说的是真是假", "whether what a document says is true"),
    ("文书的文件名：它不在承诺值里", "a document's file name: the commitment does not cover it"),
    ("本导读与 letters/ 里的信函：核验时不读，谁都可以另写一份", "this guide, and what lies in letters/: they are not read; anybody can write others"),
    ("卷外说过的话、没有入簿的事，两名职员一同伪造的纸面", "what was said outside the dossier or never recorded; paper that two officers forged together"),
    ("所附的验证密钥是联盟的：须照核对词，向联盟或它公布之处核对", "that the key is the alliance's: compare its words with what the alliance published"),
)  # fmt: skip


def guide(told: Guided) -> bytes:
    """The page, in Chinese and then in English; the same for the same pack."""
    return "\n".join(["<!doctype html>", *_page(told), ""]).encode()


def _page(told: Guided) -> Iterator[str]:
    zh, en = KIND_NAMES[told.kind]
    title = f"证据包：{told.name}（{told.party}）的{zh}卷"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f'<html lang="zh-Hans"><head>{meta}<title>{escape(title)}</title><style>{_STYLE}</style></head><body>'
    if told.demo:
        yield "<p><strong>演示·虚构 / A demonstration: fictional.</strong></p>"
    yield f'<h1>{escape(title)}</h1><p class="en">Evidence pack: the {en} dossier of {escape(told.name)} ({escape(told.party)})</p>'
    yield f"<p><code>{escape(told.dossier)}</code><br>{escape(told.covenant)} · {escape(told.executive)}</p>"
    yield (
        f"<p>包里有：公布的两本簿册（共 {told.size} 条公开的），打开本卷的内容，当事方可查阅的文书，回执、存卷凭证与信函。其中有不公开的内容，请照此保管；"
        "别的卷的内容不在其中。</p>"
        f'<p class="en">In it: both books as published ({told.size} open entries), what opens this dossier, the documents its party may open, receipts,'
        " heads and letters. Some of it is confidential: keep it so. Nothing of other dossiers is in it.</p>"
    )
    yield from _command(told)
    yield "<h2>各件与文书 / Entries and documents</h2>"
    yield from _entries(told)
    yield from _list("证明什么 / What is proved", _PROVES)
    yield from _list("不证明什么 / What is not", _NOT)
    yield "</body></html>"


def _command(told: Guided) -> Iterator[str]:
    yield "<h2>一条命令 / The one command</h2>"
    yield (
        "<p>在任何一台装有 gongyue 的机器上，不必联网，不要当事方的密钥，也不必先解开本包：</p>"
        '<p class="en">On any machine with gongyue installed, offline, without the party\'s key, the pack as it is:</p>'
        "<pre>gongyue verify 本包.zip</pre>"
    )
    yield (
        "<p>退出码 0：真实且合规；2：被篡改、缺失，或承诺没有兑现；3：真实但不合公约，说明哪一条；4：读不出。当事方自己存的凭证可以一并交上："
        "<code>--head 文件</code>。</p>"
        '<p class="en">Exit 0: sound and lawful; 2: tampered, missing, or a promise broken; 3: authentic but unlawful, saying why; 4: cannot be'
        " read. Heads that the party kept elsewhere go with it: <code>--head FILE</code>.</p>"
    )
    yield (
        f"<p>验证密钥的核对词（务必另行核对）：<strong>{escape(told.words[0])}</strong></p>"
        f'<p class="en">Check words of the key, to be compared elsewhere: <strong>{escape(told.words[1])}</strong></p>'
        f"<pre>{escape(told.vkey)}</pre>"
    )


def _entries(told: Guided) -> Iterator[str]:
    yield "<table><thead><tr><th>位次 place</th><th>日期 day</th><th>何事 what</th><th>何人 by</th><th>文书 documents</th></tr></thead><tbody>"
    for line in told.lines:
        cells = (
            str(line.n),
            line.day,
            f"{escape(line.called.zh)}<br>{escape(line.called.done)}",
            escape(line.actor),
            _documents(told, line.documents),
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</tbody></table>"


def _documents(told: Guided, named: Iterable[str]) -> str:
    return "<br>".join(_document(told.documents[c]) for c in named)


def _document(one: PackedDocument) -> str:
    if one.state != "here":
        zh, en = STATES[one.state]
        return f"{zh} {en}"
    return f'<a href="{one.file}">{one.file.removeprefix(DOCUMENTS)}</a> {escape(one.name)}'


def _list(title: str, said: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"<h2>{title}</h2><ul>"
    for zh, en in said:
        yield f'<li>{zh}<br><span class="en">{en}</span></li>'
    yield "</ul>"
