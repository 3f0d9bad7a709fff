"""A finished binding handed over: the edition it makes, with the original document, as the draft of the act that imports it."""

from __future__ import annotations

from django.db import transaction

from gongyue.covenant import edition_json as editions
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.draft_edition import edition_of, faults_of
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.parties import EXECUTIVE
from gongyue.office.attachments import Attachments
from gongyue.web.accounts.models import Person
from gongyue.web.acting import signers
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.installation import Now

IMPORT = "founding.import/1"


def is_imported(d: Drafting, draft: Edition | None) -> bool:
    """Whether a finished binding is what stands in the book as the draft already: there is nothing to hand over."""
    return draft is not None and not faults_of(d) and edition_of(d) == draft


@transaction.atomic
def handed_over(d: Drafting, person: Person, now: Now) -> Draft:
    """The draft of the import, for two officers to sign; BadEdition where something is open.

    Where there is a choice of who signs it, the person makes it on the draft's page.
    """
    edition, material = edition_of(d), Attachments()
    for fault in edition.open:
        raise BadEdition(fault.zh, fault.en)
    body = {
        "edition": material.attach_json(editions.to_data(edition), d.read.name),
        "original": material.attach(d.read.data),
    }
    made = Draft(type=IMPORT, party=EXECUTIVE, actor=EXECUTIVE, body=body, created_by=person)
    author = signers.mandate_on(person, made, now)
    made.signers = author and signers.choice(made, now, author).made(()) or []
    made.save()
    for digest, data in material.objects.items():
        DraftFile.objects.create(draft=made, digest=digest, data=data)
    return made
