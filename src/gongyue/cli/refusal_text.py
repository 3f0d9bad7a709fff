"""A refusal, or a step out of turn, as lines of prose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongyue.cli.output import pick

ADOPTION = "amendment.adoption"
TURN = {"step": ("行为", "step"), "stands": ("现状", "stands"), "can": ("可以", "can be done")}
"""The step tried, where the matter stands, what can be done instead."""


_BY_PANELLISTS = (
    "  办法：执行机构由两名审议人签署：gongyue amendment initiate … --key 审议人甲.key --key 审议人乙.key，再以同样的密钥 gongyue amendment file。"
    "现任审议人见 gongyue office staffing；不足两名的，先任命：gongyue office appoint --offices panellist …（公示期满到任）；"
    "新立的办公室在 gongyue init 就写 --officer qin:secretary,panellist:qin.key",
    "  to fix: two panellists sign for the executive body: gongyue amendment initiate … --key ONE.key --key ANOTHER.key, then gongyue amendment file with"
    " the same keys. gongyue office staffing says who they are; where there are fewer than two, appoint one first: gongyue office appoint --offices panellist"
    " … (who serves after the visible delay); a new office says so in gongyue init: --officer qin:secretary,panellist:qin.key",
)
"""Who files a change where the text lets a body alone propose, and how somebody comes to be it."""


def _appointing(enough: str) -> Iterator[str]:
    """Who holds the offices that may do it, and how somebody is appointed to one; nothing where it is no question of an office."""
    from gongyue.governance.sheet import VALUES

    wanted = [one for one in enough.split(" | ") if one in VALUES]
    if wanted:
        zh, en = ("、".join(VALUES[one].zh for one in wanted), ", ".join(VALUES[one].en for one in wanted))
        command = f"gongyue office appoint --officer o:… --offices {wanted[0]} …"
        yield pick(
            f"  办法：由任{zh}的职员签署；现任的与所缺的见 gongyue office staffing；还没有的，先任命（公示期满到任）：{command}",
            f"  to fix: an officer who holds one of these signs: {en}; gongyue office staffing says who does and who is missing; to appoint one (serving"
            f" after the visible delay): {command}",
        )


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
    yield from _remedies(refusal)


def _remedies(refusal: dict[str, Any]) -> Iterator[str]:
    """What is to be done about those that a newcomer meets first, with the command."""
    if refusal["code"] == "out-of-turn/capability-off" and (refusal.get("figures") or {}).get("name") == ADOPTION:
        yield pick(
            "  但本文没有写修改须多少成员同意，在这里不能修改：所写的原话与办法见 gongyue status。",
            "  but this text does not say how many members adopt a change, so that it cannot be changed here: gongyue status has its words and what to do.",
        )
    if refusal["code"] == "GY-22-13":
        yield pick(*_BY_PANELLISTS)
    if refusal["code"] == "GY-05-01":
        yield from _appointing(str(refusal.get("enough") or ""))
    if refusal["code"] == "GY-05-02":
        yield pick(
            "  办法：加 --key 第二人密钥；或用 --out act.json 存成文件，由第二人 gongyue sign 后再 gongyue submit。",
            "  to fix: add --key with a second officer's key; or write --out act.json, have it signed"
            " by another with gongyue sign, then gongyue submit.",
        )
