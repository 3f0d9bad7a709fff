"""What this site tells beforehand of documents handed in: the office's notice, with where the office is reached."""

from __future__ import annotations

from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.office.document_notice import brings_documents, document_notice
from gongyue.office.facts.shapes import Said
from gongyue.web.django_settings import WEB


def handing_in(kind: ActType, inst: Institution) -> tuple[Said, ...]:
    """The notice, a sentence each; nothing where no documents come into a dossier with such acts."""
    if not brings_documents(kind):
        return ()
    contact = WEB.written.contact
    executive = inst.genesis.executive if inst.genesis else ""
    return document_notice(inst, executive, contact.said if contact else "")
