"""Documents that must not lie in a dossier, at the terminal: told in either language, and neither act nor document is kept."""

from __future__ import annotations

import pytest

from support.bad_documents import BAD

from .desk import Desk


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_document_is_filed_with_no_report(in_force: Desk, what: str) -> None:
    """As the facts of a report and as its evidence."""
    name, data = BAD[what]
    (in_force.folder / name).write_bytes(data)
    in_force.write("事实.txt", "事实（演示）")
    today, reporter = in_force.day(0), ("--as", "u:0001", "--key", "u1.key")
    file = ("report", "file", "--kind", "report", "--accused", "u:0002", "--begins", today, "--ends", today, *reporter)
    kept = in_force.json("vault", "list")
    for documents in (("--facts", name), ("--facts", "事实.txt", "--evidence", name)):
        for language in ("zh", "en"):
            said = in_force.try_(*file, *documents, "--lang", language)
            assert said.exit_code == 4 and "Traceback" not in said.output, said.output
            told = said.output.replace(name, "").strip().splitlines()[-1]
            assert any("\u4e00" <= letter <= "\u9fff" for letter in told) == (language == "zh"), said.output
    assert in_force.json("dossier", "list", "--as", "u:0001") == []
    assert in_force.json("vault", "list") == kept
