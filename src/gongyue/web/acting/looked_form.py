"""What software cannot read, people look into: whoever answers a report or concludes a case says so, attachment by attachment.

The form offers those that were opened already, as the vault's log has it; the office asks the log again when it records.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of
from gongyue.office import evidence
from gongyue.office.dossier_documents import vault_of
from gongyue.office.vault.errors import BadVault
from gongyue.office.vault.register import Document
from gongyue.office.vault.vault import Vault
from gongyue.web import installation
from gongyue.web.acting import dossier_form
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.templatetags.words import day, pick

NAME = "looked"
LABEL = Label(
    "软件读不了的附件，您看过了",
    "Attachments that software cannot read: you looked at them",
    "先在卷里逐份打开看过（打开都有记录），再在这里勾选；没有打开过的，签署以后也不会记录。",
    "Open each in the dossier first (every opening is logged), then tick it here; what nobody opened keeps the act from being recorded.",
)


def _found(mandate: Mandate, draft: Draft) -> tuple[Vault, list[Document]]:
    office = installation.office()
    vault = vault_of(office, installation.folder())
    if draft.type not in evidence.DECIDED or not draft.dossier or mandate.party != EXECUTIVE:
        return vault, []
    try:
        return vault, [one for one in evidence.unread(vault, draft.dossier) if one.by != EXECUTIVE]
    except BadVault:
        return vault, []


def question(
    mandate: Mandate, draft: Draft, post: QueryDict | None, wrong: Mapping[str, tuple[str, str]]
) -> list[FormField]:
    """The question, where there is anything to look at."""
    vault, found = _found(mandate, draft)
    if not found:
        return []
    chosen = post.getlist(NAME) if post is not None else []
    within = dossier_form.within(draft, mandate, installation.now())
    called = dict(dossier_form.documents(within.facts)) if within is not None and within.facts is not None else {}
    choices = tuple((one.c, _state(vault, one, mandate.seat.party, called.get(one.c, ""))) for one in found)
    error = pick(*wrong[NAME]) if NAME in wrong else ""
    return [FormField(NAME, NAME, LABEL, "checks", choices=choices, value=chosen, error=error)]


def _state(vault: Vault, one: Document, officer: str, called: str) -> str:
    """What it is called, where it stands, and whether the officer opened it: 纸面扫描件（第 3 件），PDF，2027年3月23日收到：您打开过."""
    opened = evidence.looked_at(vault, one.c, {officer})
    kind, when = (one.kind or "").upper(), day(day_of(one.put))
    state = pick("您打开过", "you opened it") if opened else pick("您还没有打开", "you have not opened it yet")
    name = called or pick("附件", "attachment")
    return pick(f"{name}，{kind}，{when}收到：{state}", f"{name}, {kind}, of {when}: {state}")


def errors(mandate: Mandate, draft: Draft, post: QueryDict) -> dict[str, tuple[str, str]]:
    """What is said where one was not ticked, or not opened."""
    vault, found = _found(mandate, draft)
    missing = [one for one in found if one.c not in post.getlist(NAME)]
    unopened = [one for one in found if not evidence.looked_at(vault, one.c, {mandate.seat.party})]
    if unopened:
        return {
            NAME: (
                f"还有 {len(unopened)} 份您没有打开过：先在卷里打开看",
                f"You have not opened {len(unopened)} of them: open them in the dossier first",
            )
        }
    return {NAME: ("请逐份勾选：您看过", "Tick each: you looked at it")} if missing else {}
