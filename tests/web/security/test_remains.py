"""What is thrown away or written over in a draft is nowhere on disk a minute later, in a process that goes on serving (PIPL 47)."""

from __future__ import annotations

import json
from pathlib import Path

from web.conftest import House
from web.going import Going
from web.security.people import client_of, prepare

KEPT, WRITTEN_OVER, DISCARDED = (f"槐序{one}密语" * 5 for one in "存改弃")


def _where(house: House, words: str) -> list[str]:
    """The files of the office in which these words stand, in clear or in JSON."""
    needles = words.encode(), json.dumps(words).encode()[1:-1]
    files = (path for path in Path(house.directory / "office").rglob("*") if path.is_file())
    return [path.name for path in files if any(one in path.read_bytes() for one in needles)]


def test_nothing_of_a_discarded_or_changed_draft_is_left(house: House) -> None:
    """Neither in the database nor in its journal: of the one discarded at once, of the other after the next round."""
    from gongyue.web import routines

    prepare(house)
    Going(house).at("2027-02-04 10:00")
    client, new = client_of(house, "signatory"), "/acts/new/petition.submit/1/?as=u:0001"
    draft = lambda words: client.post(new, {"kind": "demand", "text.text": words}).headers["Location"]  # noqa: E731
    gone, changed = draft(DISCARDED), draft(WRITTEN_OVER)
    assert _where(house, DISCARDED) and _where(house, WRITTEN_OVER)
    assert client.post(f"{gone}discard").status_code == 302
    assert _where(house, DISCARDED) == []
    version = client.get(f"{changed}edit/").content.decode().partition('name="version" value="')[2].partition('"')[0]
    answers = {"kind": "demand", "text.text": KEPT, "version": version}
    assert client.post(f"{changed}edit/", answers).status_code == 302
    routines.clean_up()
    assert _where(house, WRITTEN_OVER) == [] and _where(house, KEPT)
