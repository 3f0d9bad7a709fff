"""An office that has just been opened: two officers, no covenant yet; and a draft of bindings in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.covenant.test_samples import data
from web.conftest import ADDRESS, House

SECRETARY, CLERK, PUBLISHER = "qin@demo.invalid", "bai@demo.invalid", "lu@demo.invalid"
PAGE = "/desk/covenant/bind/"
SETTINGS = 'v = "gongyue/office@1"\norigin = "{origin}"\nstore = "sqlite:book.db"\ndemo = true\n'


def before_founding(house: House) -> House:
    """The same people at the desk of an office whose book has its genesis and its offices alone."""
    from gongyue.demo.demo_folder import _write_keys
    from gongyue.demo.simulated_office import SimulatedOffice
    from gongyue.demo.story.founding import open_the_book
    from gongyue.demo.story.script import Script
    from gongyue.demo.world import ORIGIN
    from gongyue.office.store import open_store
    from gongyue.web import installation

    folder: Path = house.directory / "new"
    office = folder / "office"
    _write_keys(office / "keys")
    (office / "office.toml").write_text(SETTINGS.format(origin=ORIGIN), "utf-8")
    store = open_store(f"sqlite:{office / 'book.db'}", create=True)
    stage = SimulatedOffice(store, office / "guard.json", ORIGIN)
    open_the_book(Script(stage, lambda *_: None, folder, [ADDRESS]))
    stage.office.guard.close()
    store.close()
    installation.open(office)
    return house


def file(name: str, content: bytes) -> Any:
    """A file to upload."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


class Binder:
    """An officer at the page: what it says, and answers given by its forms."""

    def __init__(self, house: House, email: str = SECRETARY) -> None:
        self.client = house.client(email)
        self.seen = 0

    def begins(self, name: str, content: bytes | None = None, **more: Any) -> Any:
        """Hand in a text."""
        given = {"text": file(name, data(name) if content is None else content), **more}
        answer = self.client.post(PAGE + "text", given, follow=True)
        self.looks()
        return answer

    def looks(self, q: str = "") -> str:
        """The page, as it is now."""
        answer = self.client.get(PAGE, {"q": q} if q else {})
        text = str(answer.content.decode())
        if found := re.search(r'name="version" value="(\d+)"', text):
            self.seen = int(found[1])
        return text

    def answers(self, do: str, **fields: Any) -> Any:
        """Answer as from the page last seen; the page is looked at again where the answer was kept."""
        answer = self.client.post(PAGE, {"do": do, "version": self.seen, **fields})
        if answer.status_code == 302:
            self.looks()
        return answer

    @property
    def drafting(self) -> Any:
        """The draft as it is kept."""
        from gongyue.web.binding import draft_store

        row = draft_store.current()
        assert row is not None
        return draft_store.drafting_of(row)
