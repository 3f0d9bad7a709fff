"""Files handed in where a dossier is to keep them: what is no document is refused before anything is kept, and nothing is left in clear beside the vault."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from web.conftest import House
from web.going import YUNLING, Going
from web.rooms import name_of, petition
from web.security.people import client_of, prepare


def bomb() -> bytes:
    """A zip of 200 MB of nothing in a few hundred kilobytes, as an office file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", bytes(200_000_000))
    return made.getvalue()


SCRIPTED = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
WORDS = "材料".encode()
BAD: dict[str, tuple[str, Any]] = {
    "nothing": ("空.txt", b""),
    "a program": ("a.pdf", b"MZ\x90\x00" + bytes(100)),
    "a PDF that runs": ("a.pdf", SCRIPTED),
    "a zip bomb": ("a.docx", bomb),
    "17 MB": ("a.txt", lambda: "字".encode() * 6_000_000),
}
"""What is handed in as a document."""


@pytest.fixture
def room(house: House) -> str:
    """The address at which u:0001 adds documents to its petition."""
    prepare(house)
    going = Going(house).at("2027-02-04 10:00")
    return f"/acts/new/dossier.note/1/?as={YUNLING}&dossier={name_of(petition(going, YUNLING))}"


def _posted(house: House, room: str, name: str, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client_of(house, "signatory").post(room, {"complete": "yes", "docs": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_document_is_refused_and_not_kept(house: House, room: str, what: str) -> None:
    """413 or 422, and neither a draft nor a file of it; a plain text of that size of name is taken."""
    from gongyue.web.acting.models import Draft, DraftFile

    name, data = BAD[what]
    answer = _posted(house, room, name, data() if callable(data) else data)
    assert answer.status_code in {400, 413, 422}, (what, answer.status_code)
    assert not Draft.objects.exists() and not DraftFile.objects.exists()
    assert _posted(house, room, "证据.txt", WORDS).status_code == 302


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("证据.txt", WORDS, "证据.txt"),
        ("证据.hta", b"<script>new ActiveXObject('x')</script>", "证据.hta.txt"),
        ("a.BAT", b"del *.*", "a.BAT.txt"),
        ("证据\u202efdp.exe", WORDS, "证据fdp.exe.txt"),  # what turns a name about is no part of it
        ("a.txt", b"%PDF-1.7 x", "a.txt.pdf"),
        ("a.pdf", b"%PDF-1.7 x", "a.pdf"),
    ],
)
def test_a_document_is_kept_by_others_under_a_name_that_says_what_it_is(
    house: House, room: str, name: str, data: bytes, kept: str
) -> None:
    """A text that a computer would run by its name's end is a text for whoever opens it, the other party among them."""
    made = _posted(house, room, name, data)
    assert made.status_code == 302
    answer = client_of(house, "signatory").get(f"{made.headers['Location']}document/1")
    assert unquote(answer.headers["Content-Disposition"]).rpartition("''")[2].strip('"').rpartition('"')[2] == kept


def test_a_large_file_has_no_name_in_the_folder_of_temporary_files(
    house: House, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is taken the folder is empty: a process killed then leaves nothing of it in clear."""
    from gongyue.web.acting import uploads

    (folder := tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    seen = []
    monkeypatch.setattr(
        uploads, "require_document", lambda data, name: seen.append((len(data), list(folder.iterdir())))
    )
    data = WORDS * 400_000
    assert _posted(house, room, "证据.txt", data).status_code == 302
    assert seen == [(len(data), [])] and not list(folder.iterdir())
