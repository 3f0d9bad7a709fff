"""Sentences left of `gongyue founding bind` as lines, each quoted, with what the matters they may be about are bound to already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.cli.output import pick
from gongyue.covenant.binding import sentences_left
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.one_question import Question


def rest_lines(several: Sequence[Question], d: Drafting) -> Iterator[str]:
    """The sentences that one reason may settle, numbered, by what they may be about."""
    if not several:
        yield pick("没有可以一并答的句子了。", "There are no sentences that could be answered together.")
        return
    yield pick(
        f"其余条文 {len(several)} 句：所涉的事项已经绑定别的字句，或已声明没有。这些句子软件不再据以执行，绑定单逐句引出，连同理由。",
        f"Sentences left: {len(several)}. The matters they may be about are bound to other words, or declared absent. The software will not"
        " go by these sentences; the sheet quotes each with its reason.",
    )
    known = d.read.by.catalogue.capabilities
    numbered = {q.id: i for i, q in enumerate(several, 1)}
    for names, of in sentences_left.by_capabilities(several).items():
        yield pick("、", ", ").join(f"{pick(known[n].zh, known[n].en)} {n}" for n in names)
        yield from (
            pick(f"     已绑定：{label}“{words}”", f"     bound: {label} “{words}”")
            for label, words in sentences_left.bound_words(d, names)
        )
        for q in of:
            yield f"  {numbered[q.id]:2} {d.read.parts[q.at].label}“{q.words}”"
