"""A document as it lies in the vault: name, kind and content under ChaCha20-Poly1305, with a key that opens nothing else."""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from gongyue.book.entry import MAX_OBJECT
from gongyue.office.vault.errors import BadDocument
from gongyue.office.vault.inert_check import require_inert

MAX_DOCUMENT: Final = MAX_OBJECT
"""Bytes of a document, as of any object."""
KEY_BYTES, NONCE_BYTES = 32, 12
MAX_NAME = 200
_SIGNS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PK\x03\x04", "office"),
)
KINDS = ("pdf", "png", "jpeg", "tiff", "office", "text")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Content(NamedTuple):
    """A document in the clear: its file name, its kind, its bytes."""

    name: str
    kind: str
    data: bytes


def examined(data: bytes, name: str, any_kind: bool = False) -> Content:
    """What is handed in as a document; BadDocument where it is empty, too large, of another kind or its name is unfit.

    `any_kind`: of scans behind commitments of the open book, which were recorded whatever they are.
    """
    if _CONTROL.search(name) or any(c in name for c in "/\\\n\t") or not 0 < len(name) <= MAX_NAME:
        raise BadDocument(
            f"文件名不能用（控制字符、倒写的字符、斜杠，或长于 {MAX_NAME} 字）；请改名。",
            f"The file's name cannot be used (control or bidirectional characters, a slash, or over {MAX_NAME} characters):"
            " rename it.",
        )
    if not data and not any_kind:
        raise BadDocument(f"{name} 是空的（0 字节）。", f"{name} is empty (0 bytes).")
    if len(data) > MAX_DOCUMENT:
        raise BadDocument(
            f"{name} 有 {len(data):,} 字节，超过上限 {MAX_DOCUMENT:,}；请分成几份，或压缩扫描的精度。",
            f"{name} has {len(data):,} bytes, over the limit of {MAX_DOCUMENT:,}: split it, or scan it more coarsely.",
        )
    kind = _kind(data)
    if kind == "other" and not any_kind:
        raise BadDocument(
            f"{name} 不是可收的文件：只收 PDF、PNG、JPEG、TIFF、Word 与 Excel（docx、xlsx）和 UTF-8 文本。",
            f"{name} is of no kind that is kept: PDF, PNG, JPEG, TIFF, Word and Excel (docx, xlsx), text in UTF-8.",
        )
    if not any_kind:
        require_inert(data, kind, name)
    return Content(name, kind, data)


def _kind(data: bytes) -> str:
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            return kind
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "other"
    return "other" if _CONTROL.search(text.replace("\x0c", "")) else "text"


def encrypt(content: Content, commitment: str, key: bytes, nonce: bytes) -> bytes:
    """Nonce and ciphertext; the commitment is bound in. A key encrypts one document, once."""
    head = json.dumps({"kind": content.kind, "name": content.name}).encode("ascii")
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, head + b"\n" + content.data, commitment.encode())


def decrypt(data: bytes, commitment: str, key: bytes) -> Content | None:
    """The document; None where ciphertext, key and commitment do not belong together."""
    try:
        plain = ChaCha20Poly1305(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], commitment.encode())
    except (InvalidTag, ValueError):
        return None
    head, _, content = plain.partition(b"\n")
    said = json.loads(head)
    return Content(said["name"], said["kind"], content)
