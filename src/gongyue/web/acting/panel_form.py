"""The panel's form: each article of the case with its words, and what it can be found on, by name: nobody types a digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.edition import Edition
from gongyue.covenant.parties import is_unit
from gongyue.governance.case import DUTIES
from gongyue.governance.dossier import Dossier
from gongyue.governance.hearing import lightest
from gongyue.governance.institution import Institution
from gongyue.governance.kinds import kinds_of, weight_of
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.dossier_documents import open_document
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.office import Office
from gongyue.office.vault.errors import VaultError
from gongyue.web import installation
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.typed_values import FieldError
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import day, pick

CONCLUDE, PROPOSE, DECIDE, REVIEW = "case.conclude/1", "case.propose/1", "case.decide/1", "case.review/1"
PANELS = frozenset({CONCLUDE, PROPOSE, DECIDE, REVIEW})
"""What a panel does in a case."""
SERVED = {"proposal": PROPOSE, "decision": DECIDE, "review": REVIEW, "record": "dossier.order/1"}
"""What is served with the documents of which act: they are in the dossier already, and nobody hands them in again."""


def initial(type: str, facts: DossierFacts, what: str) -> dict[str, Any]:
    """Of a conclusion, a finding for each article of the case, nothing decided; of what the panel did and is served, its documents."""
    if type == CONCLUDE:
        case = evidence.dossier_at(installation.office(), facts.id).case
        return {"findings": [{"article": one} for one in case.articles]} if case is not None else {}
    if type != evidence.SERVE or what not in SERVED:
        return {}
    heard = VALUES["heard"].zh if what == "record" else ""
    did = (one for one in reversed(facts.entries) if one.type == SERVED[what] and heard in one.says.zh and not one.void)
    line = next(did, None)
    return {"docs": list(line.docs)} if line is not None else {}


def unsaid(type: str, post: Mapping[str, Any]) -> Iterator[str]:
    """What a panel must say although silence, too, would be an act: that there is no sanction, that there was no adverse effect."""
    if type in (PROPOSE, DECIDE) and "kind" not in post:
        yield "kind"
    found = any(name.endswith(".established") and post[name] == "yes" for name in post)
    if type == CONCLUDE and found and not post.get("adverse"):
        yield "adverse"


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
    if is_unit(line.actor):
        return pick(f"{which}：当事方自己提出，{when}", f"{which}: given by the party itself, {when}")
    return pick(f"{which}：{line.zh}，{when}", f"{which}: {line.en}, {when}")


def tried(facts: DossierFacts) -> dict[str, Any]:
    """A conclusion as it would be tried: nothing is established, so that only what stands in its way closes it."""
    case = evidence.dossier_at(installation.office(), facts.id).case
    found = [{"article": one, "established": False, "evidence": []} for one in case.articles] if case else []
    return {"findings": found, "adverse": False}


def questions(now: Now, facts: DossierFacts, asked: list[FormField]) -> list[FormField]:
    """The questions as the panel reads them: findings by article, evidence by name, sanctions in the text's own words."""
    text, dossier = now.inst.meaning.edition, evidence.dossier_at(installation.office(), facts.id)
    choices = tuple(exhibits(facts, dossier))
    for one in asked:
        if one.name == "kind":
            _kinds(now.inst, dossier, one)
        if one.name == "findings" and text is not None:
            one.widget = "findings"
            for row in one.rows:
                _row(text, row, choices)
    return asked


def lightest_kind(facts: DossierFacts) -> dict[str, Any]:
    """The lightest kind of sanction there is, as a proposal or a decision would be tried."""
    inst = installation.office().inst
    known = kinds_of(inst, evidence.dossier_at(installation.office(), facts.id))
    return {"kind": known[0].words if known else None}


def there(facts: DossierFacts, docs: FormField) -> None:
    """Documents that came with an earlier act are shown by where they stand."""
    known = {c: named(line, n) for line in reversed(facts.entries) for n, c in enumerate(line.docs, 1)}
    kept = tuple((c, known[c]) for c in docs.value or () if c in known)
    docs.listed = (*kept, *docs.listed)


FROM = "from:"
"""Before the commitment of a document that is to be copied from a report."""


def from_reports(facts: DossierFacts, reader: str) -> Iterator[tuple[str, str]]:
    """(value, name) of the versions that reporters let pass, to be served in a case without handing them in again."""
    if facts.kind == "case" and not is_unit(reader):
        for number, c in enumerate(evidence.showable(installation.office(), facts.id, reader), 1):
            yield (
                f"{FROM}{c}",
                pick(f"检举单位看过、可以给对方看的版本 {number}", f"version {number} that the reporter let pass"),
            )


def copied(office: Office, dossier: str, reader: str, posted: Sequence[str]) -> list[tuple[bytes, str]]:
    """(content, name) of what is copied from reports, each read and logged so; it gets a salt of its own in the case."""
    wanted = [one.removeprefix(FROM) for one in posted if one.startswith(FROM)]
    may = set(evidence.showable(office, dossier, reader)) if wanted and dossier else set()
    found: list[tuple[bytes, str]] = []
    for c in wanted:
        try:
            content = open_document(office, installation.folder(), c, reader)[0] if c in may else None
        except VaultError:
            content = None
        if content is None:
            raise FieldError("这份文书现在不能取用", "This document cannot be taken now")
        found.append((content.data, f"材料 {len(found) + 1}{_ending(content.name)}"))
    return found


def _ending(name: str) -> str:
    """How a file's name ends: what its reporter called it may tell who that is."""
    ending = PurePath(name).suffix.lower()
    return ending if ending.isascii() and ending[1:].isalnum() and len(ending) < 7 else ".txt"


def _kinds(inst: Institution, dossier: Dossier, one: FormField) -> None:
    """The kinds that the text binds, none preselected; those that are too heavy by now are named with the code that shuts them."""
    case, least = dossier.case, lightest(inst, dossier)
    reviewed = case is not None and case.decision is not None
    most = weight_of(inst, dossier, case.decision.kind) - 1 if reviewed and case and case.decision else least
    code = "GY-18-12" if reviewed else "GY-18-11"
    known = kinds_of(inst, dossier)
    fit = [kind for kind in known if most is None or kind.weight <= most]
    none = () if reviewed else (("", pick("不作处理，只公布结果", "no sanction, the result alone")),)
    one.required = not reviewed
    one.widget, one.choices = "radio", (*((kind.words, kind.words) for kind in fit), *none)
    shut = pick("、", ", ").join(kind.words for kind in known if kind not in fit)
    why = ""
    if none:  # a member of the act that is left out, on the form it is chosen: silence is no decision
        why = pick(
            "选文本所列的一种，照其字句；不作处理的，选“不作处理，只公布结果”。",
            "Choose one that the text lists, in its very words; where there is to be none, choose “no sanction, the result alone”.",
        )
    if shut:
        why = pick(f"选不了：{shut}，不得更重。{code}", f"Not open: {shut}, for it must not be heavier. {code}")
    one.label = Label(one.label.zh, one.label.en, why or one.label.hint_zh, why or one.label.hint_en)


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
