"""Fixing a draft for signing: the act as it will stand in the book; its signatures; recording it through the one door."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection, transaction

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SIGNING_PREFIX, SignedAct, with_objects
from gongyue.book.receipts import Receipt
from gongyue.book.signing import job, key_id, verify
from gongyue.governance.acts import Signature, decode_body
from gongyue.governance.step import same_meaning
from gongyue.office import next_id
from gongyue.office.attachments import Attachments, PrivateContent
from gongyue.office.dossier_documents import file
from gongyue.office.keys import demo_seed
from gongyue.office.office import Office
from gongyue.office.vault.papers import keep_recorded
from gongyue.sealing.commitment import salted
from gongyue.transparency import canonical, ed25519
from gongyue.web import installation
from gongyue.web.acting import signers
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft, DraftFile, Passkey
from gongyue.web.installation import Now

_log = logging.getLogger(__name__)


class StaleDraft(Exception):
    """The act shown is no longer the one to be signed: look at it again and sign again."""


class SignatureRejected(Exception):
    """A signature that cannot be taken: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


# -- keys


def signing_keys(draft: Draft, now: Now, holder: str) -> dict[str, str]:
    """The keys with which that holder may sign the draft: name → algorithm."""
    found = {id: key.alg for id, key in now.inst.valid_keys(holder, now.time).items()}
    key, alg = signers.brought(draft, now)
    if key and holder == draft.actor and key not in now.inst.keys:
        found[key] = alg
    return found


# -- the act


def finalise(draft: Draft, office: Office, now: Now, lead: str) -> None:
    """Fix the act for the key that signs first; signatures collected before are gone. Saved by the caller."""
    draft.lead, draft.sigs = lead, []
    if not lead:
        draft.act = draft.digest = ""
        return
    kind = draft.kind
    decode_body(kind, canonical.encode(draft.body))
    on, to = office.seen_in(kind, draft.actor, draft.body, draft.dossier)
    act = draft_act(
        now.inst,
        office.rev,
        office.view(),
        draft.type,
        draft.actor,
        draft.body,
        seq=office.next_seq(kind, draft.actor, lead, draft.body),
        at=now.clock.done_at(kind),
        nonce=os.urandom(32),
        paper=draft.paper,
        on=on,
        to=draft.to or to,
    )
    draft.act, draft.digest = act.act_bytes.decode(), act.digest


def signed(draft: Draft) -> SignedAct:
    """The act as fixed, with the signatures collected and the objects it names."""
    act = SignedAct(msgspec.json.decode(draft.act), tuple(msgspec.convert(s, Signature) for s in draft.sigs))
    files = {f.digest: bytes(f.data) for f in draft.files.all() if not f.private}
    read = set(draft.kind.documents(act.act["body"]))  # the law reads these, which are private
    return with_objects(
        act, files | {f.commitment: salted(f.salt, f.content) for f in _contents(draft) if f.commitment in read}
    )


def signing_bytes(draft: Draft) -> bytes:
    """What every signature is over."""
    return SIGNING_PREFIX + draft.act.encode()


def challenge(draft: Draft) -> str:
    """What a passkey signs: the digest of the signing bytes, base64url (formats §4.1)."""
    return _b64(hashlib.sha256(signing_bytes(draft)).digest())


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def best_lead(draft: Draft, now: Now, holder: str, person_keys: set[str]) -> str:
    """The key to fix the act for: a passkey of the person looking, else the first there is."""
    known = signing_keys(draft, now, holder)
    own = [id for id in known if id in person_keys]
    return (own or list(known) or [""])[0]


def passkeys_of(person_id: int, holder: str) -> list[Passkey]:
    """The passkeys with which a person signs for that holder."""
    return list(Passkey.objects.filter(person_id=person_id, holder=holder).order_by("created_at"))


def bring_up_to_date(draft: Draft, office: Office, now: Now, person_id: int, mandate: Mandate) -> None:
    """An act nobody has signed yet is fixed for whoever looks at it and may sign, on the book as it is now."""
    if not draft.is_open or draft.sigs:
        return
    if draft.act and not draft.is_numbered and not is_stale(draft, office, now):
        return  # whoever of them signs first, it is the same act
    _number_anew(draft, now)
    holder = mandate.seat.party if mandate.signs else next(iter(signers.entitled(draft, now)), "")
    own = {p.key for p in passkeys_of(person_id, holder)}
    known = signing_keys(draft, now, holder) if holder else {}
    lead = draft.lead if draft.lead in known else best_lead(draft, now, holder, own) if holder else ""
    if lead == draft.lead and (not lead or (draft.act and not is_stale(draft, office, now))):
        return
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.is_open and not locked.sigs:  # else somebody has signed meanwhile
            finalise(locked, office, now, lead)
            locked.save(update_fields=["lead", "act", "digest", "sigs", "changed_at"])
    draft.refresh_from_db()


def _number_anew(draft: Draft, now: Now) -> None:
    """The id of what a draft makes may have been taken by another since: it gets the next free one, and is fixed again."""
    field, _ = next_id.MAKES.get(draft.type, ("", ""))
    if field and next_id.is_taken(now.inst, str(draft.body.get(field, ""))):
        draft.body |= {field: next_id.id_for(now.inst, draft.kind, now.day)}
        draft.lead = draft.act = ""
        draft.save(update_fields=["body", "lead", "act"])


def is_stale(draft: Draft, office: Office, now: Now) -> bool:
    """Whether the book has moved on so that the act as fixed would be out of turn for its form alone."""
    act, kind = msgspec.json.decode(draft.act), draft.kind
    due = office.next_seq(kind, draft.actor, draft.lead, draft.body)
    means = same_meaning(now.inst, kind, act["rev"], office.rev)
    return bool(act.get("seq") != due or not means or act["basis"] != now.inst.basis_of(kind))


# -- signatures


def add_signature(draft_id: Any, digest: str, signature: Signature, office: Office, now: Now) -> Draft:
    """Add one signature to the act that was shown, and record the act once enough have signed.

    Two persons at once: the draft is locked, whoever comes second finds the act signed or recorded. Raises StaleDraft,
    SignatureRejected, VaultError, and whatever the office's one door raises; then the signature is not kept.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.state == Draft.RECORDED and draft.digest == digest:
            return draft
        if not draft.is_open or draft.digest != digest:
            raise StaleDraft
        _require_fits(draft, signature, now)
        if signature.key not in {s["key"] for s in draft.sigs}:
            draft.sigs = [*draft.sigs, msgspec.to_builtins(signature)]
        if len({signers.holder_of(draft, now, s["key"]) for s in draft.sigs}) >= signers.wanted_signers(draft, now):
            record(draft, office)
        draft.save()
        return draft


def _require_fits(draft: Draft, signature: Signature, now: Now) -> None:
    genesis = now.inst.genesis
    origins = genesis.origins if genesis else ()
    if not draft.sigs and draft.is_numbered and signature.key != draft.lead:
        raise StaleDraft
    if not verify(job(signature, signing_bytes(draft)), origins):
        raise SignatureRejected(
            "签名不成立：请在本站登记的地址上，用登记过的密钥，对所示内容签署。",
            "The signature does not hold: sign what is shown, with a registered key, at this site's own address.",
        )
    holder = signers.holder_of(draft, now, signature.key)
    if holder not in signers.entitled(draft, now):
        raise SignatureRejected("这把密钥的持有人不能签署此件。", "Whoever holds this key cannot sign this act.")


def demo_key_of(draft: Draft, now: Now, holder: str) -> str:
    """The holder's public demonstration key that may sign the draft; empty if there is none."""
    known = signing_keys(draft, now, holder)
    return next((kid for kid in (demo_key(name) for name in _demo_names(holder)) if kid in known), "")


def _demo_names(holder: str) -> tuple[str, str]:
    """Under which names the holder's demonstration keys were derived: the first one, and the one after a loss."""
    return holder, f"{holder}#2"


def demo_signature(draft: Draft, now: Now, holder: str) -> Signature | None:
    """The signature with the holder's public demonstration key, where that key is one that may sign; else None."""
    known = signing_keys(draft, now, holder)
    for name in _demo_names(holder):
        if demo_key(name) in known:
            return _ed25519(demo_seed(name), signing_bytes(draft))
    return None


def demo_key(name: str) -> str:
    """A public demonstration key, by the name it was derived from."""
    return key_id(ed25519.public(demo_seed(name)))


def _ed25519(seed: bytes, data: bytes) -> Signature:
    return Signature("ed25519", key_id(ed25519.public(seed)), _b64(ed25519.sign(seed, data)))


# -- recording


def record(draft: Draft, office: Office) -> Receipt:
    """Hand the act in; keep what it commits to; note where it stands. Raises what `dossier_documents.file` raises."""
    act = signed(draft)
    receipt = file(office, installation.folder(), act, _contents(draft) if draft.kind.in_dossier else ())
    draft.state, draft.book, draft.index, draft.arrived = Draft.RECORDED, receipt.book, receipt.index, receipt.time
    return receipt


def keep_private(draft: Draft, office: Path, now: int) -> None:
    """Once recorded, what an act commits to lies in the office's vault alone, erasable in one place.

    What an act in a dossier names came there with it.
    """
    private = [] if draft.kind.in_dossier else _contents(draft)
    if private and (error := keep_recorded(office, private, draft.actor, lambda: now)):
        _log.error("%s", error)  # what is in private/ instead is moved in later
    had = draft.files.filter(salt__isnull=False).exists()
    draft.files.all().delete()
    if had:
        overwrite_journal()


def overwrite_journal() -> None:
    """What was deleted is overwritten in the database's file; its journal, too, is emptied of it. Busy, the next one does it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def files_of(draft: Draft, material: Attachments) -> list[DraftFile]:
    """What an act brings along, as files of its draft: a private text that goes along with the act is one, kept with its salt."""
    private = {p.commitment: p for p in material.private}
    made = [DraftFile(draft=draft, digest=d, data=data) for d, data in material.objects.items() if d not in private]
    return made + [
        DraftFile(draft=draft, digest=p.commitment, name=p.name[:200], data=p.content, salt=p.salt)
        for p in private.values()
    ]


def _contents(draft: Draft) -> list[PrivateContent]:
    """What the draft brings along behind commitments."""
    private = (f for f in draft.files.all() if f.private)
    return [PrivateContent(f.digest, bytes(f.salt or b""), bytes(f.data), f.name) for f in private]
