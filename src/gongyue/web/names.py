"""What parties, acts, offices, activities and stages are called on pages: one word for one thing, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM, is_unit
from gongyue.governance import sheet, stage_names
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.governance.sheet import SHEETS, names_of
from gongyue.office import labels
from gongyue.web.templatetags.words import pick, speaks_chinese

ACTIVITIES, CHOICES, WORK = labels.ACTIVITIES, labels.CHOICES, labels.WORK
STAGES, STATUSES, EVENTS = stage_names.STAGES, labels.STATUSES, labels.EVENTS

MATTERS: dict[str, tuple[str, str]] = {matter: said.name for matter, said in sheet.MATTERS.items()}

LAYERS = {
    "T": ("公约文本", "text"),
    "P": ("程序规则", "procedure"),
    "R": ("解读", "reading"),
    "L": ("法律", "law"),
}
"""On whose authority a number or a refusal rests (docs: T, P, R, L)."""

UNITS = {
    "day": ("日", " days"),
    "workday": ("个工作日", " working days"),
    "month": ("个月", " months"),
    "hour": ("小时", " hours"),
    "year": ("年", " years"),
    "person": ("人", " persons"),
}


def localise(words: Mapping[str, tuple[str, str]], name: str) -> str:
    """The word for a name in the language of this answer; the name itself where there is none."""
    zh, en = words.get(name, (name, name))
    return pick(zh, en)


def act_name(type: str) -> str:
    """What an act type is called."""
    return pick(*names_of(type))


def office_name(office: str) -> str:
    """What an office is called."""
    said = sheet.VALUES.get(office)
    return pick(OFFICES_ZH.get(office, office), said.en if said is not None else office)


def work_name(what: str) -> str:
    """What an act or a stage of work that needs staff is called, as something to do."""
    return localise(WORK, what) if what in WORK else pick(SHEETS[what].zh, SHEETS[what].do)


def staff_needed(needs: str) -> str:
    """Whom it takes, in words: `3 × panellist (+3)`, three of whom none took part before."""
    count, _, rest = needs.partition(" × ")
    offices, others, _ = rest.partition(" (+")
    zh, en = ("（未参与原处理）", " who took no part in it before") if others else ("", "")
    return pick(
        f"{count} 名{'或'.join(OFFICES_ZH.get(o, o) for o in offices.split('|'))}{zh}",
        f"{count} × {' or '.join(map(office_name, offices.split('|')))}{en}",
    )


def activity_names(activities: tuple[str, ...]) -> str:
    """Activities in a row."""
    return pick("、", ", ").join(localise(ACTIVITIES, one) for one in activities)


def party_name(inst: Institution, party: str) -> str:
    """What a party is called: units by name (Chinese only), by their credit code where none is known; officers by their id."""
    if unit := inst.units.get(party):
        return unit.name
    if is_unit(party):
        code = party.removeprefix("u:").upper()
        return pick(f"信用代码 {code} 的单位", f"the unit with credit code {code}")
    if party == EXECUTIVE:
        return pick("执行机构", "Executive body")
    if party == SYSTEM:
        return pick("办公密钥（无裁量）", "Office key (no discretion)")
    if party == AUTHORITY:
        return pick("主管部门", "Authority")
    return pick(f"职员 {party[2:]}", f"Officer {party[2:]}") if party.startswith("o:") else party


def matter_number(id: str) -> str:
    """The number by which a proposal, an annex or an order is cited, as one reads it aloud: 编号 2026-01, no. 2026-01."""
    number = id.partition(":")[2]
    return pick(f"编号 {number}", f"no. {number}")


def article_name(at: str) -> str:
    """What the article at an address is called: 第二十二条, Article 22; 第三章第2条, Chapter 3, article 2; empty for none."""
    return pick(in_chinese(at), in_english(at).capitalize())


def is_chinese_name(inst: Institution, party: str) -> bool:
    """Whether a party's name is Chinese on an English page, so that its language is marked."""
    return party in inst.units and not speaks_chinese()


CHANGES = {
    "adopted": ("通过的修改", "What changes"),
    "published": ("所作的修改", "What changed"),
    "replaced": ("所作的修改", "What changed"),
    "repealed": ("所作的修改", "What changed"),
    **dict.fromkeys(
        ("rejected", "no_quorum", "lapsed", "superseded", "withdrawn"),
        ("未获采用的修改", "What would have changed"),
    ),
}
"""What a change is headed by where its matter has come so far; before that, that it would change."""


def change_heading(stage: str) -> str:
    """What stands above a change: what it would change, what was adopted, what it changed, by where its matter stands."""
    return pick(*CHANGES.get(stage, ("拟作的修改", "What would change")))


def proposal_stage(stage: str, by: str) -> str:
    """Where a proposed amendment stands, by whom it was proposed."""
    return pick(*stage_names.proposal_words(stage, by))
