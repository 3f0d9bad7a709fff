"""What this site tells beforehand of documents handed in: the office's notice, with where the office is reached."""

from __future__ import annotations

from typing import Any

from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.office import evidence
from gongyue.office.document_notice import brings_documents, document_notice
from gongyue.office.facts.shapes import Said
from gongyue.web import installation
from gongyue.web.django_settings import WEB
from gongyue.web.templatetags.words import pick


def handing_in(kind: ActType, inst: Institution) -> tuple[Said, ...]:
    """The notice, a sentence each; nothing where no documents come into a dossier with such acts."""
    if not brings_documents(kind):
        return ()
    contact = WEB.written.contact
    executive = inst.genesis.executive if inst.genesis else ""
    return document_notice(inst, executive, contact.said if contact else "")


def on_form(kind: ActType, inst: Institution, dossier: str) -> dict[str, Any]:
    """What a form shows of it: the notice; and whether what looks through evidence is being prepared, and takes none yet."""
    within = evidence.dossier_at(installation.office(), dossier) if dossier else None
    preparing = evidence.is_scanned(kind, within) and evidence.scanner_state() == "preparing"
    return {"notice": [pick(one.zh, one.en) for one in handing_in(kind, inst)], "preparing": preparing}
