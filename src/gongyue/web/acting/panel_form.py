"""The panel's form: each article of the case with its words, and what it can be found on, by name: nobody types a digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.edition import Edition
from gongyue.governance.case import DUTIES
from gongyue.governance.dossier import Dossier
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.web import installation
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import day, pick

CONCLUDE = "case.conclude/1"


def initial(dossier: str) -> dict[str, Any]:
    """A finding for each article that the case was opened on, nothing decided."""
    case = evidence.dossier_at(installation.office(), dossier).case
    return {"findings": [{"article": one} for one in case.articles]} if case is not None else {}


def exhibits(facts: DossierFacts, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(commitment, name) of what a finding may cite: served as evidence and received, or handed in by the accused itself."""
    seen: set[str] = set()
    for line in facts.entries:
        for number, c in enumerate(line.docs, 1):
            if c in dossier.shown and c not in seen | dossier.erased and line.type != "dossier.receive/1":
                seen.add(c)
                yield c, named(line, number)


def named(line: DossierLine, number: int) -> str:
    """What a document is called by where it stands, how it came and when: 第 4 件：证据，2027年3月11日送达."""
    which = pick(f"第 {line.n} 件", f"place {line.n}")
    if len(line.docs) > 1:
        which += pick(f"之 {number}", f", no. {number}")
    when = day(line.day)
    if line.type == "dossier.serve/1":
        return pick(f"{which}：{line.says.zh}，{when}送达", f"{which}: {line.says.en}, served on {when}")
    return pick(f"{which}：当事方自己提出，{when}", f"{which}: given by the party itself, {when}")


def tried(facts: DossierFacts) -> dict[str, Any]:
    """A conclusion as it would be tried: nothing is established, so that only what stands in its way closes it."""
    case = evidence.dossier_at(installation.office(), facts.id).case
    found = [{"article": one, "established": False, "evidence": []} for one in case.articles] if case else []
    return {"findings": found, "adverse": False}


def questions(now: Now, facts: DossierFacts, asked: list[FormField]) -> list[FormField]:
    """The questions as the panel reads them: findings by article, evidence by name."""
    text, dossier = now.inst.meaning.edition, evidence.dossier_at(installation.office(), facts.id)
    choices = tuple(exhibits(facts, dossier))
    for one in asked:
        if one.name == "findings" and text is not None:
            one.widget = "findings"
            for row in one.rows:
                _row(text, row, choices)
    return asked


def _row(text: Edition, row: tuple[FormField, ...], choices: tuple[tuple[str, str], ...]) -> None:
    """A finding: its article is given; only duties bound there; evidence by name, and only what may be cited."""
    by = {part.path.rpartition(".")[2]: part for part in row}
    at = str(by["article"].value or "")
    by["article"].widget, by["article"].label = "hidden", Label(in_chinese(at), in_english(at))
    by["article"].kept = next((part.text for part in text.parts if part.at == at), "")
    bound = dict.fromkeys(b.capability for b in text.bindings if b.at == at and b.capability in DUTIES)
    by["clause"].choices, by["clause"].widget = tuple((one, pick(*VALUES[one])) for one in bound), "radio"
    by["evidence"].widget, by["evidence"].choices, by["evidence"].listed = "checks", choices, ()
    by["signed"].widget, by["signed"].choices = "select", choices
