"""Writes docs/articles.md, docs/refusals.md and docs/acts.md from the code, so that they cannot say anything else.

python tools/make_docs.py            write them
python tools/make_docs.py --check    exit 1 if one of them is not what the code says
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from gongyue.covenant.addresses import in_chinese, in_english, label_of
from gongyue.covenant.marks import marked
from gongyue.covenant.refusals import catalogue
from gongyue.covenant.rulings import RULES, Rule
from gongyue.governance.acts import ActType
from gongyue.governance.articles import (
    ArticleCard,
    RefusalCard,
    ValueCard,
    act_card,
    article_card,
    bundled_edition,
    kinds,
    refusal_cards,
    rule_meaning,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))  # a test loads this file from elsewhere

import pointers  # noqa: E402

HEAD = "<!-- tools/make_docs.py 生成，请勿手改。Written by tools/make_docs.py: do not edit. -->\n"
LAYERS = {"T": "T 文本 text", "P": "P 程序 procedure", "L": "L 法律 law"}


def articles() -> Iterator[str]:
    """docs/articles.md."""
    edition = bundled_edition()
    yield "# 逐条对照 / Article by article\n"
    yield (
        "每一条：原文（**粗体**是由规则执行的字句）、数额与解释、规则、行为、不予办理的情形。"
        "T 由文本载明，P 是程序规则草案，R 是对文本的解读草案；P、R 只有经联盟通过才有效力（第二十五条）。\n"
    )
    yield (
        "For every article: its text (**bold** where rules carry words out), values and interpretations, rules, acts, "
        "refusals. T is stated by the text; P are draft procedure rules and R draft readings, which have effect only "
        "once the alliance has adopted them. The same by `gongyue article N`.\n"
    )
    yield (
        "“取用于”之后是按名取用该数额的函数（期限自何日起算在那里；`Pinned.of` 取的在发起时钉住，其后从 `pinned` 取用）。期限怎样计，"
        "只在 `src/gongyue/covenant/periods.py` 的 `deadline`，经 `Institution.deadline`。\n"
    )
    yield (
        "After “asked for in” stand the functions of `src/gongyue` that ask for the value by its name and say from which day a "
        "period runs; what `Pinned.of` asks for is kept as it was when the matter began, and read from `pinned` then. How a period "
        "is counted stands in `deadline` of `src/gongyue/covenant/periods.py` alone, reached by `Institution.deadline`.\n"
    )
    chapter = ""
    for article in edition.articles:
        card = article_card(edition, article.number)
        if card.chapter != chapter:
            chapter = card.chapter
            yield f"## {chapter}\n"
        yield from _article(card)


def _article(card: ArticleCard) -> Iterator[str]:
    yield f"### {in_chinese(card.at)} / {in_english(card.at).capitalize()}\n"
    yield "> " + marked(card.text, (mark.words for mark in card.marks), "**", "**").replace("\n", "\n>\n> ") + "\n"
    yield from _list("编者注 / Notes", iter(card.notes))
    if not (card.values or card.rules or card.acts or card.refusals):
        yield "尚无规则或行为。/ No rules or acts yet.\n"
        return
    yield from _list("数额与解释 / Values and interpretations", (_value(v) for v in card.values))
    yield from _list(
        "规则 / Rules",
        (f"`{r.rule}`（`{r.provision}`）：{r.says} → {_code(r.code)}" for r in card.rules),
    )
    yield from _list(
        "行为 / Acts",
        (
            f"[`{a.type}`](acts.md#{_anchor(a.type)}) {a.zh}：{a.who_zh} / {a.who_en}；{a.book.split()[0]}"
            for a in card.acts
        ),
    )
    yield from _list("不予办理 / Refusals", (f"{_code(r.code)} {r.zh} / {r.en}" for r in card.refusals))


def _list(title: str, rows: Iterator[str]) -> Iterator[str]:
    listed = [f"- {row}" for row in rows]
    if listed:
        yield "\n".join((f"{title}\n", *listed)) + "\n"


def _value(value: ValueCard) -> str:
    unit = f" {value.unit}" if value.unit not in ("", "share") else ""
    more = f"，{value.floor}–{value.ceiling}{unit}" if value.floor is not None else ""
    more += f"，{' | '.join(f'`{c}`' for c in value.choices)}" if len(value.choices) > 1 else ""
    said = value.zh if value.layer == "T" else f"{value.zh} / {value.en}"
    if places := pointers.asked_for_in(value.name):
        said += f" → 取用于 / asked for in {', '.join(f'`{place}`' for place in places)}"
    return f"{value.layer} `{value.name}` = `{value.value}`{unit}{more}：{said}"


def _code(code: str) -> str:
    return f"[{code}](refusals.md#{code.lower()})"


def _anchor(type: str) -> str:
    """How the headings `type` of acts.md are addressed: punctuation but - and _ falls away."""
    return "".join(c for c in type if c.isalnum() or c in "-_")


def refusals() -> Iterator[str]:
    """docs/refusals.md."""
    yield "# 不予办理的情形 / Refusals\n"
    yield (
        "每一次不予办理都是数据：`{code, layer, article, at, words, figures, enough, zh, en}`。"
        "`article` 与 `at` 是所引之条的位置与地址，`words` 是现行文本中的原话，`figures` 是比较过的数字，`enough` 是够用的数。"
        "代码是名称，在任何文本下都一样，不是条号。\n"
    )
    yield (
        "Every refusal is data. `article` and `at` are the position and the address of the article cited, 0 and empty where "
        "the text has none; `words` are the present text's own, `figures` the numbers compared, `enough` what would "
        "do. Layers: T the text says so, P the adopted procedure, L the law. "
        "A code is a name, the same under any text, and no article's number.\n"
    )
    yield (
        "被拒绝的人看到什么：网页上是草稿页（409，什么也没有记录），`web/acting/signing.py` 递交，`web/acting/refusals.py` 备好词语，"
        "`web/templates/parts/refusal.html` 显示原话、数字、够用的数、现状与可以办的下一步；命令行是 `cli/refusal_text.py`，接口是 "
        "`web/api/routes.py`（409 即此数据）。词语都在 `covenant/refusals.toml`，下一步是提出拒绝之处的 `can`。某类行为会遇到哪些，见 "
        "[acts.md](acts.md)。\n"
    )
    yield (
        "What whoever is refused sees: on the pages the draft again (409, nothing was recorded): `web/acting/signing.py` hands it "
        "in, `web/acting/refusals.py` prepares the words, `web/templates/parts/refusal.html` shows them with the text's own, the "
        "figures, what would be enough, where it stands and what can be done next; on the command line `cli/refusal_text.py`; "
        "the API answers with this very data (409, `web/api/routes.py`). All words are in `covenant/refusals.toml`; the next step "
        "is the `can` of whatever raises it. Which ones an act type meets: [acts.md](acts.md).\n"
    )
    for card in refusal_cards():
        yield from _refusal(card)
    yield "## 成员自查 / A member's own checks\n"
    yield "成员工具在本单位查出或拒绝的，见 [conduct](conduct/gate.md)。/ What the member's toolkit finds or refuses on its premises.\n"
    rows = [
        f"| {code} | {LAYERS[said['layer']]} | {said['zh']} | {said['en']} |"
        for code, said in catalogue()["findings"].items()
    ]
    yield "\n".join(("| | 层级 / layer | 中文 | English |", "|---|---|---|---|", *rows)) + "\n"
    yield "## 时机不对 / Out of turn\n"
    yield "不是实体上的拒绝：这一步此时不能办。/ Not a refusal on the merits: the step cannot be taken now.\n"
    rows = [f"| `{reason}` | {text['zh']} | {text['en']} |" for reason, text in catalogue()["out_of_turn"].items()]
    yield "\n".join(("| `out-of-turn/…` | 中文 | English |", "|---|---|---|", *rows)) + "\n"


def _refusal(card: RefusalCard) -> Iterator[str]:
    yield f"## {card.code}\n"
    yield f"{card.zh}\n\n{card.en}\n"
    rows = [
        f"- 层级 / layer: {LAYERS[card.layer]}" + (f"；{label_of(card.at)} / {in_english(card.at)}" if card.at else "")
    ]
    rows += [f"- 规则 / rule: `{name}`（{_stands(RULES[name])}）：{rule_meaning(RULES[name])}" for name in card.rules]
    rows += [f"- 测试 / test: `{path}`" for path in pointers.provoking(card.code)]
    yield "\n".join(rows) + "\n"


def _stands(rule: Rule) -> str:
    """What the rule carries out, and whether it is suspended where the text no longer has that."""
    return f"`{rule.provision}`{'，不暂停 / never suspended' if rule.always else ''}"


def acts() -> Iterator[str]:
    """docs/acts.md."""
    yield "# 行为类型 / Act types\n"
    yield (
        "一个行为 = 簿册中的一页 = 一个事件。字段是白名单，没有自由文本；存储名带版本，旧版本永远可读。"
        "字段的形式见 [formats.md](formats.md) 1.3，照 Python 的类型写：`A | None` 即可为 null，`tuple[A, ...]` 是数组，"
        "`Annotated[A, Meta(ge=1, max_length=20)]` 是有界的 A，`pattern` 是正则表达式；没有默认值的必须写出。\n"
    )
    yield (
        "One act is one leaf is one event. Fields are a whitelist, without free text; stored names carry a version, and "
        "an old version stays readable for ever. Forms of fields are in [formats.md](formats.md) 1.3, "
        "written as types of Python: `A | None` may be null, `tuple[A, ...]` is an array, `Annotated[A, Meta(ge=1, max_length=20)]` "
        "an A within bounds, `pattern` a regular expression. A field without a default must be there.\n"
    )
    yield (
        "“不予办理”列出从其 `check` 及其调用的函数读出的（经变量转手的读不出，个别未必遇得到）；"
        "任何行为都会遇到的在 `src/gongyue/governance/common_checks.py`。“另见”是 `src/gongyue` "
        "里提到它的其他文件（演示除外）；它要什么、改什么见 [formats.md](formats.md) 9、10；测试用 `grep -rn 'annex.sign/' tests`。\n"
    )
    yield (
        "“Refused with” is read off its `check` and what that calls (what a variable passes on is not seen, one or another may never be met); "
        "what every act may meet stands in `src/gongyue/governance/common_checks.py`. "
        "“Named in” are the other files of `src/gongyue` that name it, but for the demonstration; "
        "what it asks and changes: [formats.md](formats.md) 9 and 10; its tests: `grep -rn 'annex.sign/' tests`.\n"
    )
    matter = ""
    for kind in kinds():
        if kind.matter != matter:
            matter = kind.matter
            yield f"## {matter}\n"
        yield from _act(kind)


def _act(kind: ActType) -> Iterator[str]:
    card = act_card(kind)
    yield f"### {kind.type}\n"
    doc = " ".join((kind.body.__doc__ or "").split())
    yield f"{card.zh} / {kind.sheet.do}。{doc}\n"
    at = bundled_edition().address(card.article)
    traits = [
        f"- 由谁 / by: {card.who_zh} / {card.who_en}",
        f"- 簿册 / book: {card.book}；依据 / basis: {label_of(at)} {in_english(at)}，"
        f"条款 / clause `{kind.clause}`；"
        f"以何日为准 / governing date: {card.governing}",
        f"- 写在 / written in: `{pointers.written_in(kind)}`，行为单 / sheet `{pointers.sheet_of(kind)}`",
        *_pointers(kind),
    ]
    notes = {
        f"开卷 / opens a dossier: `{kind.opens}`": bool(kind.opens),
        f"在卷内 / within dossiers: {_listed(kind.within)}": bool(kind.within),
        f"答复 / answers: {_listed(kind.answers)}": bool(kind.answers),
        "文本无此条款则不可办 / off where the text has no such clause": kind.capability,
        "可据纸面记录 / may be recorded from paper": kind.paper,
        "重要行为，P16 定其最低签名等级 / weighty: P16 sets the least signature strength": kind.weighty,
        "可撤销或否认 / may be voided or disavowed": kind.undo,
        "以所附的新密钥签署 / signed with the key it brings": kind.own_key,
        f"可更正的字段 / fields that may be corrected: {', '.join(sorted(kind.clerical))}": bool(kind.clerical),
        f"签署后若有变动须重签 / sign again if changed since: {', '.join(kind.uses)}": bool(kind.uses),
    }
    traits += [f"- {note}" for note, holds in notes.items() if holds]
    yield "\n".join(traits) + "\n"
    if fields := [f"| `{name}` | `{form}` | {default} |" for name, form, default in _fields(kind)]:
        yield "\n".join(("| 字段 / field | 形式 / form | 默认 / default |", "|---|---|---|", *fields)) + "\n"
    example = msgspec.json.format(msgspec.json.encode(dict(kind.example)), indent=2).decode()
    yield f"```json\n{example}\n```\n"


def _pointers(kind: ActType) -> Iterator[str]:
    codes, reasons = pointers.refused_with(kind)
    said = [_code(code) for code in codes] + [f"`{reason}`" for reason in reasons]
    if said:
        yield f"- 不予办理 / refused with: {', '.join(said)}"
    if named := pointers.named_in(kind):
        yield f"- 另见 / named in: {', '.join(f'`{path}`' for path in named)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _fields(kind: ActType) -> Iterator[tuple[str, str, str]]:
    """Each field of the body: its name, its form as the class writes it, its default in JSON, empty where it must be there."""
    module = inspect.getmodule(kind.body)
    for field in msgspec.structs.fields(kind.body):
        written = str(kind.body.__annotations__[field.name])
        form = re.sub(r"\b[A-Z_]{3,}\b", lambda m: str(getattr(module, m[0])), written)
        yield field.name, form.replace("|", "\\|"), _default(field)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return ""
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return f"`{msgspec.json.encode(value).decode()}`"


DOCUMENTS = {"articles.md": articles, "refusals.md": refusals, "acts.md": acts}


def rendered() -> dict[Path, str]:
    """Every document as it should be."""
    return {ROOT / "docs" / name: HEAD + "\n" + "\n".join(make()) for name, make in DOCUMENTS.items()}


def main(arguments: list[str]) -> int:
    """Write, or check, the documents."""
    stale = 0
    for path, text in rendered().items():
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            stale += 1
            print(
                f"{path.relative_to(ROOT)} 已过时，请运行 python tools/make_docs.py / is out of date: run it",
                file=sys.stderr,
            )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
