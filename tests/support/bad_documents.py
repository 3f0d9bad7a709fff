"""What somebody hands in as a document of a dossier, and must not get in anywhere: at the desk, the terminal, the API, in a form."""

from __future__ import annotations

import io
import zipfile

MANY = 70_000_000


def swelling() -> bytes:
    """A Word file of which one part unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", bytes(16 << 20))
    return out.getvalue()


BAD: dict[str, tuple[str, bytes]] = {
    "0 bytes": ("空.txt", b""),
    "70 MB": ("大.txt", b"a" * MANY),
    "a program called a PDF": ("证据.pdf", b"\x7fELF\x02\x01\x01\xff"),
    "a packed file of nothing we keep": ("证据.zip", b"7z\xbc\xaf\x27\x1c\xff"),
    "control characters": ("屏幕.txt", b"\x1b[2J"),
    "a PDF that runs": ("证据.pdf", b"%PDF-1.7 << /S /JavaScript /JS (x) >>"),
    "a zip bomb": ("证据.docx", swelling()),
    "a text turned about": ("证据.txt", "看\u202e似".encode()),
    "a name turned about": ("证\u202efdp.txt", "正文".encode()),
}
"""What it is, its name and its bytes."""
