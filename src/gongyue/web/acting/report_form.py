"""Answering a report and opening a case: what each rests on is chosen by the name of its dossier; nobody types a commitment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongyue.book.links import opening
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import ActType
from gongyue.governance.sheet import VALUES
from gongyue.office import openings
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.store import Reading
from gongyue.office.store.words import in_dossier
from gongyue.web import installation, names
from gongyue.web.accounts.officers import called
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import day, pick

FILE, ANSWER, OPEN, CONCLUDE, ORDER = (
    "report.file/1",
    "report.answer/1",
    "case.open/1",
    "case.conclude/1",
    "dossier.order/1",
)
RESTS_ON = {"declined": (FILE,), "joined": (OPEN,), "opened": (OPEN,), "outcome": (CONCLUDE, ORDER)}
"""On which acts each answer rests (article 17); of a decline for the reason that it was decided, on a conclusion."""
NO_CASE: Mapping[str, Any] = {
    "code": "no-case",
    "zh": "对同一单位还没有可指的案件或结论。",
    "en": "There is no case or conclusion on that unit yet to name.",
}
"""Why an answer cannot be given that rests on a case, before there is one."""
RestingPlace = tuple[str, str, str]
"""What an answer can rest on: the type of act, how a link names it (sealed:…), what it is called."""
OFFICES = {"caseworker.officer": "caseworker", "panel.officer": "panellist"}
"""Who is asked for in the form that opens a case."""
_WORDS = {
    FILE: ("本卷的检举（不予受理的指向它）", "the report of this dossier, for a decline"),
    OPEN: ("{name}：{day}立案（并案、立案的指向它）", "{name}: opened on {day}, for joining it or having opened it"),
    CONCLUDE: (
        "{name}：{day}作出结论（告知结果、已经作出结论的指向它）",
        "{name}: concluded on {day}, for the outcome or what was decided already",
    ),
    ORDER: ("{name}：{day}终结（告知结果的指向它）", "{name}: ended on {day}, for the outcome"),
}


def begun_from(store: Reading, dossier: str) -> Mapping[str, str]:
    """The answers of a case's form that a report gives: itself, whose breach it tells of, the days, the articles; empty where of no member's."""
    told = next((one for one in openings.found_by(store, in_dossier(dossier)) if one.entry.act.type == FILE), None)
    accused = told and (told.body.get("accused") or (told.entry.act.actor if told.body["kind"] == "own" else ""))
    if told is None or not accused:
        return {}
    said = {"accused": accused, **{name: str(told.body[name]) for name in ("begins", "ends")}}
    articles = ",".join(told.body.get("articles") or ())
    return {"link": told.name} | said | ({"articles": articles} if articles else {})


def resting_places(now: Now, reader: str, report: DossierFacts) -> Iterator[RestingPlace]:
    """What an answer to a report can rest on, among what its reader opens: it, and cases of whom it accuses."""
    store = installation.office().store
    accused = begun_from(store, report.id).get("accused", "")
    yield FILE, f"sealed:{report.commitment[7:23]}", pick(*_WORDS[FILE])
    for facts in _opened(now, reader, "case", accused) if accused else ():
        voided = {line.n for line in facts.entries if line.void}
        concluded = any(line.type == CONCLUDE and not line.void for line in facts.entries)
        for one in openings.found_by(store, in_dossier(facts.id)):
            type, at = one.entry.act.type, one.entry.rx.n
            if type == ORDER and (concluded or one.body.get("what") != "terminate"):
                continue
            if type in (OPEN, CONCLUDE, ORDER) and at not in voided:
                called, when = pick(facts.name.zh, facts.name.en), day(day_of(one.entry.rx.t))
                yield type, one.name, pick(*(said.format(name=called, day=when) for said in _WORDS[type]))


def resting_place(places: Sequence[RestingPlace], answer: str) -> str:
    """What that answer rests on, the latest first; empty where there is nothing yet."""
    return next((name for type, name, _ in reversed(places) if type in RESTS_ON[answer]), "")


def questions(
    now: Now, kind: ActType, found: DossierFacts | None, asked: list[FormField], reader: str
) -> list[FormField]:
    """The questions of either form, with what it rests on by name, and the officers who may be chosen."""
    for one in asked:
        if one.name == "link" and kind.type == ANSWER and found is not None:
            places = [(name, words) for _, name, words in resting_places(now, reader, found)]
            hint = (
                "选它所指的检举或案件；另立的案件，先立案再答复。",
                "The report or the case it is about; where a case is to be opened, open it first.",
            )
            _chosen(one, places, hint)
        if one.name == "accused" and kind.type == FILE:
            one.required = any(q.name == "kind" and q.value == "report" for q in asked)
        if one.name == "ground" and kind.type == ANSWER:
            one.required = any(q.name == "answer" and q.value == "declined" for q in asked)
        if one.name == "link" and kind.type == OPEN:
            _origins(now, reader, one, next((str(q.value or "") for q in asked if q.name == "accused"), ""))
        for part in one.everything() if kind.type == OPEN else ():
            if part.path in OFFICES:
                part.widget, part.choices, part.listed = "select", tuple(_officers(now, OFFICES[part.path])), ()
                part.label = Label(part.label.zh, part.label.en)  # nobody has to know an id
    return asked


def wrong(type: str, post: Mapping[str, str], today: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """What one answer of either form, or of a report's own, lacks for what another says; told where it can be mended."""
    if type == ANSWER and post.get("answer") == "declined" and not post.get("ground"):
        yield "ground", ("不予受理的，须选理由", "A decline has one of these grounds")
    if type == FILE and post.get("kind") == "report" and not post.get("accused"):
        yield "accused", ("检举其他成员的，须选是哪一家", "Choose the member that is reported")
    if type == FILE and post.get("kind") in {"own", "elsewhere"} and post.get("accused"):
        yield "accused", ("主动汇报的，这里不选", "Leave it out: no other member is reported")
    if type in {FILE, OPEN} and (begins := post.get("begins", "")) and (ends := post.get("ends", "")):
        if ends < begins:
            yield "ends", ("不得早于起日", "It is not before the first day")
        elif ends > today:
            yield "ends", ("不得晚于今日", "It is not after today")


def _origins(now: Now, reader: str, one: FormField, accused: str) -> None:
    """The reports that a case can be opened on, several at once: those about that unit, all under whom they are about before one is named."""
    store, groups = installation.office().store, dict[str, list[tuple[str, str]]]()
    for facts in _opened(now, reader, "report"):
        about, report = begun_from(store, facts.id).get("accused", ""), now.docket[facts.id].dossier.report
        waits = report is not None and report.waits_since and not (facts.closed or taken_up(store, facts.id))
        if not waits or (accused and about not in ("", accused)):
            continue
        called = names.party_name(now.inst, about) if about else pick(*VALUES["elsewhere"])
        name, when = pick(facts.name.zh, facts.name.en), day(facts.entries[0].day)
        words = pick(f"{facts.title.zh} · {name} · {when}收到", f"{facts.title.en} · {name} · received {when}")
        groups.setdefault(called, []).append((f"sealed:{facts.commitment[7:23]}", words))
    one.widget, one.listed = "checks", ()
    one.choices = tuple(choice for rows in groups.values() for choice in rows)
    one.value = [name for name, _ in one.choices if name in (one.value or ())]
    one.grouped = tuple((called, tuple(rows)) for called, rows in groups.items()) if len(groups) > 1 else ()
    hint = (
        "可选几件，须都是这一单位的事；主动立案的一件也不选。选了的每一件，立案以后各自答复。",
        "Several may be chosen, all of them about this unit; none where it is opened unasked. Each is answered on its own afterwards.",
    )
    none = (
        "现在没有可以据以立案的检举：主动立案的不用选。",
        "There is no report to open one on now; unasked it needs none.",
    )
    one.label = Label(one.label.zh, one.label.en, *(hint if one.choices else none))


def taken_up(store: Reading, report: str) -> bool:
    """Whether a case was opened on a report: from each comes one."""
    return store.setting(openings.decision_setting(OPEN, report, 1)) is not None


def origins_chosen(draft: Draft, value: Any) -> list[str]:
    """The reports that an answer names: as its address or its form does, or behind the link that a draft carries."""
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    if not str(value or "").startswith("sha256:"):
        return str(value or "").split()
    lines = [bytes(file.data) for file in draft.files.all() if not file.private]
    found = opening(str(value), lines)
    return [f"sealed:{target.c[7:23]}" for target in found.target] if found is not None else []


def _chosen(one: FormField, places: list[tuple[str, str]], hint: tuple[str, str]) -> None:
    one.widget, one.choices, one.listed = "select", tuple(places), ()
    one.label = Label(one.label.zh, one.label.en, *hint)


def _opened(now: Now, reader: str, kind: str, party: str = "") -> Iterator[DossierFacts]:
    """The dossiers of a kind that an officer opens, all or those of a party."""
    docket, store = now.docket_of(reader), installation.office().store
    for line in docket.lines(docket.ids):
        found = (
            docket.find(store, line.id) if line.kind == kind and line.whole and party in ("", *line.parties) else None
        )
        if found is not None and found[1] is not None:
            yield found[1]


def _officers(now: Now, office: str) -> Iterator[tuple[str, str]]:
    for officer in sorted(now.inst.officers.values(), key=lambda one: one.id):
        if office in officer.held(now.day):
            yield officer.id, f"{called(now.inst, officer.id)} · {names.office_name(office)}"
