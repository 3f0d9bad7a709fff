"""A refusal, or a step out of turn, as lines of prose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongyue.cli.output import pick

TURN = {"step": ("行为", "step"), "stands": ("现状", "stands"), "can": ("可以", "can be done")}
"""The step tried, where the matter stands, what can be done instead."""


def _unsaid(refusal: dict[str, Any]) -> Iterator[str]:
    """The figures by their names, but those of a step out of turn that its sentence has said already."""
    from gongyue.cli.act_text import figure_name, figure_value

    if refusal["code"] == "out-of-turn/capability-off":
        return  # its only figure is the clause, which the sentence names in words
    said = _sentence(refusal) if refusal["code"].startswith("out-of-turn/") else ""
    for name, value in (refusal.get("figures") or {}).items():
        told = figure_value(name, value)
        if str(value) not in said and told not in said:
            yield f"{figure_name(name)} {told}"


def _sentence(refusal: dict[str, Any]) -> str:
    """The refusal's text in the chosen language; of a form that does not fit, its reader's words put into that language."""
    text: str = pick(refusal["zh"], refusal["en"])
    why = (refusal.get("figures") or {}).get("why")
    if refusal["code"] == "out-of-turn/malformed" and why:
        from gongyue.office.settings_errors import settings_error

        text = text.replace(str(why), pick(*settings_error(ValueError(why))))
    return text


def refusal_lines(refusal: dict[str, Any]) -> Iterator[str]:
    """A refusal, or a step out of turn, as lines of prose: the text, the article and its words, the figures."""
    from gongyue.cli.act_text import figure_value
    from gongyue.covenant.cited_words import source

    yield f"{refusal['code']} {_sentence(refusal)}"
    if refusal.get("at") or refusal.get("words"):
        words = f"“{refusal['words']}”" if refusal.get("words") else ""
        zh, en = source(refusal.get("provision", ""), refusal.get("at", ""))
        yield "  " + pick(f"{zh}{words}", f"{en[:1].upper()}{en[1:]} {words}".strip())
    if figures := list(_unsaid(refusal)):
        yield "  " + pick("；", "; ").join(figures)
    if refusal.get("enough") is not None:
        enough = figure_value("enough", refusal["enough"])
        yield pick(f"  须：{enough}", f"  enough: {enough}")
    for name, (zh, en) in TURN.items():
        if refusal.get(name):
            told = figure_value(name, refusal[name])
            yield pick(f"  {zh}：{told}", f"  {en}: {told}")
    if refusal["code"] == "GY-22-03":
        yield pick(
            "  可以：先使公约生效；下一步及其命令见 gongyue founding status。",
            "  can be done: bring it into effect first; gongyue founding status names the next step and its command.",
        )
    if refusal["code"] == "GY-05-02":
        yield pick(
            "  办法：加 --key 第二人密钥；或用 --out act.json 存成文件，由第二人 gongyue sign 后再 gongyue submit。",
            "  to fix: add --key with a second officer's key; or write --out act.json, have it signed"
            " by another with gongyue sign, then gongyue submit.",
        )
