"""Cheats with the text and its reading."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import TextEdit, amend
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.periods import day_of, iso, start_of
from gongyue.demo.cheats.catalogue import TEXT, TIME, cheat
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forger import Forger
from gongyue.governance.vote import opening_statement
from gongyue.transparency import canonical


@cheat(
    "shrink-window",
    TEXT,
    "以解释把表决期缩短为 5 日",
    "shorten the voting window to 5 days by an interpretation",
    caught=("单凭 verify：解释不得减损权利：P6 5<15", "verify alone: below the floor: P6 5<15"),
    code="GY-25-01",
)
def shrink_window(desk: Desk) -> Forger:
    """A procedure rule below its floor."""
    forger, issued = desk.before("interpretation.issue/1")
    body = msgspec.json.decode(bytes(issued.act.body)) | {
        "answers": None,
        "kind": "value",
        "sets": {"name": "P6", "value": 5},
    }
    forger.executive("interpretation.issue/1", body, "o:qin", "o:mo")
    return forger


@cheat(
    "interpret-away",
    TEXT,
    "以文字说明把条文的比例说成参加表决者的过半数",
    "by prose, say that the share of the text is more than half of those voting",
    caught=(
        "单凭 verify：解释不得改变条文的数额；并列两处原话",
        "verify alone: no figure is changed by interpretation; both are quoted",
    ),
    code="GY-25-01",
)
def interpret_away(desk: Desk) -> Forger:
    """Prose that sets nothing, and would be read as if it did."""
    forger, issued = desk.before("interpretation.issue/1")
    clause = forger.inst.meaning.clause("amendment.adoption")
    if clause is None:
        raise NoScene("这份公约没有载明修改的比例", "this covenant states no share for amending it")
    text = forger.object("演示·虚构　修改公约，以参加表决者过半数同意为准。".encode())
    body = msgspec.json.decode(bytes(issued.act.body)) | {"answers": None, "article": clause.article, "text": text}
    forger.executive("interpretation.issue/1", body, "o:qin", "o:mo")
    return forger


@cheat(
    "edit-article",
    TEXT,
    "不经表决，修改条文并公布",
    "change an article and publish it without a vote",
    caught=("单凭 verify：无人表决即无人同意", "verify alone: where nobody voted nobody consented"),
    code="GY-22-02",
)
def edit_article(desk: Desk) -> Forger:
    """The executive body proposes, which it may, and publishes, which it may not."""
    forger, _ = desk.before("amendment.initiate/1")
    meaning = forger.inst.meaning
    assert meaning.edition is not None
    last = meaning.edition.articles[-1]
    added = TextEdit(last.at, last.text, last.text + "执行机构有权决定例外。")
    change = complete(meaning.edition, meaning.edition_digest, (added,)).change
    diff, text = (
        canonical.encode(msgspec.to_builtins(change)),
        canonical.encode(to_data(amend(meaning.edition, change))),
    )
    proposal = {"proposal": "p:2026-00"}
    initiated = proposal | {"change": canonical.digest(diff), "edition": canonical.digest(text)}
    forger.executive("amendment.initiate/1", initiated, "o:mo", "o:ge", files=[diff, text])
    forger.later(days=1).executive("amendment.file/1", proposal, "o:mo", "o:ge")
    evidence = forger.object("演示·虚构　网页快照".encode())
    places = [{"url": "https://alliance.example/amendment-0", "evidence": evidence}]
    published = proposal | {"edition": canonical.digest(text), "in_force": forger.later(days=1).day(), "places": places}
    forger.executive("amendment.publish/1", published, "o:lu", "o:qin")
    return forger


@cheat(
    "swap-text",
    TEXT,
    "表决通过的是甲文本，公布的是乙文本",
    "publish another text than the one that was adopted",
    caught=(
        "单凭 verify：不是表决通过的文本，列明两个摘要",
        "verify alone: not the text adopted; both digests are named",
    ),
    code="GY-22-09",
)
def swap_text(desk: Desk) -> Forger:
    """One sentence more than the members adopted."""
    forger, true = desk.before("amendment.publish/1")
    adopted = next(iter(forger.inst.proposals.values())).edition
    last = replace(adopted.parts[-1], text=adopted.parts[-1].text + "执行机构有权决定例外。")
    data = canonical.encode(to_data(replace(adopted, parts=(*adopted.parts[:-1], last))))
    forger.object(data)
    forger.again(true, edition=canonical.digest(data))
    return forger


@cheat(
    "backdate-filing",
    TIME,
    "备案函的成文日期，早于修改通过之日",
    "file an amendment by a letter dated before it was adopted",
    caught=(
        "单凭 verify：备案不能早于通过，列明两个日期",
        "verify alone: nothing is filed before it is adopted; both days are named",
    ),
    code="out-of-turn/past-date",
)
def backdate_filing(desk: Desk) -> Forger:
    """The letter was written while the vote was still open, so that the amendment need not be late."""
    forger, true = desk.before("amendment.notify/1")
    assert true.act.paper is not None
    opened = desk.find("vote.open/1")[1]
    letter = msgspec.to_builtins(true.act.paper) | {"dated": iso(day_of(opened.rx.t))}
    body = msgspec.json.decode(bytes(true.act.body))
    forger.act(true.act.type, true.act.actor, body, ["o:qin", "o:bai"], letter)
    return forger


@cheat(
    "shorten-pending-window",
    TEXT,
    "合规地把表决期改为 15 日，用于此前发起的提议",
    "lawfully make the window 15 days, and use it on a proposal initiated before",
    caught=(
        "单凭 verify：提议依发起时的表决期，列明应有的截止时刻",
        "verify alone: a proposal keeps the window it was initiated under; the right end is named",
    ),
    code="GY-22-08",
)
def shorten_pending_window(desk: Desk) -> Forger:
    """Half the members are on leave for the next fortnight."""
    forger, _ = desk.before("vote.open/1")
    inst = forger.inst
    text = forger.object("演示·虚构　表决期改为十五日。".encode())
    number = len(inst.interpretations) + 1
    issued = {
        "number": number,
        "kind": "value",
        "article": 22,
        "text": text,
        "effective": forger.day(),
        "sets": {"name": "P6", "value": 15},
        "answers": None,
    }
    forger.executive("interpretation.issue/1", issued, "o:qin", "o:mo")
    matter = next(id for id, p in inst.proposals.items() if p.stage == "proposed")
    true = opening_statement(forger.inst, matter, day_of(forger.now))
    opened = {"matter": matter, **true, "closes": start_of(day_of(forger.now) + 15 + 1)}
    forger.executive("vote.open/1", opened, "o:qin")
    return forger


@cheat(
    "empty-correction",
    TEXT,
    "以“更正”删去公约的公布之处",
    "“correct” the publication of the covenant until it names no place",
    caught=(
        "单凭 verify：更正不得清空原应载明的内容",
        "verify alone: a correction empties nothing the original had to say",
    ),
    code="out-of-turn/not-correctable",
)
def empty_correction(desk: Desk) -> Forger:
    """Two officers may mend a slip; this takes back what the text asks for."""
    index, _ = desk.find("founding.publish/1")
    forger, _ = desk.before("correction.correct/1")
    body = {"entry": index, "fields": {"places": []}, "reasons": forger.object("更正理由".encode())}
    forger.executive("correction.correct/1", body, "o:lu", "o:qin")
    return forger


@cheat(
    "annex-unconsented",
    TEXT,
    "附件尚在表决，就公布施行",
    "publish an annex while the vote on it is still open",
    caught=("单凭 verify：未经同意不得公布", "verify alone: no consent, no publication"),
    code="GY-24-03",
)
def annex_unconsented(desk: Desk) -> Forger:
    """The publisher is sure of the outcome."""
    _, true = desk.find("annex.publish/1")
    body = msgspec.json.decode(bytes(true.act.body))
    forger, _ = desk.before("vote.turnout/1", lambda e: body["annex"] in bytes(e.act.body).decode(), nth=-1)
    forger.executive("annex.publish/1", body | {"in_force": forger.day()}, "o:lu", "o:qin")
    return forger
