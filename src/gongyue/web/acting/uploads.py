"""Files of forms: read whole and not too large, scans and documents of the kinds that can be kept."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ActType
from gongyue.office import evidence
from gongyue.office.office import Office
from gongyue.office.vault.cipher import examined
from gongyue.office.vault.errors import BadDocument
from gongyue.web.acting.typed_values import FieldError

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest file a form takes."""
SCANS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"PK\x03\x04")
"""How scans begin: PDF, PNG, JPEG, TIFF, OFD."""


def read_whole(upload: UploadedFile[bytes]) -> tuple[bytes, str]:
    """The bytes of a file and its name; FieldError where it is too large."""
    if (upload.size or 0) > LARGEST:
        raise FieldError("文件超过 16 MiB", "The file is larger than 16 MiB")
    return upload.read(), str(upload.name or "")


def require_evidence(office: Office, kind: ActType, dossier: str, data: bytes, name: str) -> None:
    """FieldError unless it can be kept in the dossier; of evidence, unless it shows no personal data beyond need."""
    require_document(data, name)
    within = evidence.dossier_at(office, dossier) if dossier else None
    if evidence.is_scanned(kind, within):
        try:
            evidence.require_one(office.inst, kind, examined(data, name), within)
        except (Refused, OutOfTurn) as error:
            zh, en = (str(error.refusal[language]) for language in ("zh", "en"))
            raise FieldError(zh.rstrip("。"), en.rstrip(".")) from None


def require_document(data: bytes, name: str) -> None:
    """FieldError unless what is to lie in a dossier is a document that can be kept; told before anybody signs."""
    try:
        examined(data, name)
    except BadDocument as error:
        raise FieldError(error.zh.rstrip("。"), error.en.rstrip(".")) from None
