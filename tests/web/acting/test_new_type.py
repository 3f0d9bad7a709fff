"""One act type more: its class and its sheet, and every face has it; no table of any face knows its name."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import msgspec
import pytest

from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import ACT_TYPES, Body, Filing, act, office
from gongyue.governance.fields import MatterId, PublicDigest
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import SHEETS, Sheet
from tests.web.acting.test_drafts import demo_signs, draft_of, shown
from tests.web.conftest import House

TYPE = "annex.remind/1"
SHEET = """
zh = "提醒签署附件"
do = "Remind of an annex"
done = "reminded of an annex"
marks = ["announced"]
audience = "everybody"
paper = "no"
page = "annexes"
tells = "{annex:matter}"
notify = "nobody"
[fields]
reasons = ["理由", "Reasons"]
"""
NAME = "提醒签署附件"


class Remind(Body, frozen=True):
    """Reminds the members of an annex."""

    annex: MatterId
    reasons: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        filing.object(self.reasons)
        return iter(())


@pytest.fixture
def reminding(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The demonstration whose software has the act type; nothing else was said of it anywhere."""
    monkeypatch.setitem(SHEETS, TYPE, msgspec.toml.decode(SHEET.encode(), type=Sheet))
    monkeypatch.setitem(ACT_TYPES, TYPE, ACT_TYPES["annex.sign/1"])  # taken out again after the test
    example = {"annex": "a:health", "reasons": "sha256:" + "00" * 32}
    act(TYPE, by=office("secretary"), clause="annex.publication", texts=("reasons",), example=example)(Remind)
    return house


def test_its_fields_have_their_words(reminding: House) -> None:
    """A matter's field as the matter calls it, its own as its sheet does, each hint by the sheet or by the type."""
    assert ACT_TYPES[TYPE].label("annex").hint_zh == "编号如 a:health。"
    assert ACT_TYPES[TYPE].label("reasons") == ("理由", "Reasons", "任何人都能读到。", "Anyone can read it.")


def test_the_command_line_has_it(reminding: House) -> None:
    """Its name, its meaning, an option for each field with the field's words, its example."""
    from gongyue.cli import act_commands

    command = act_commands.command(ACT_TYPES[TYPE])
    text = command.get_help(click.Context(command, info_name="remind"))
    for said in (NAME, "Reminds the members of an annex.", "--annex ANNEX", "Reasons:", "--annex a:health", TYPE):
        assert said in text, said


def test_its_page_its_form_and_the_log_have_it(reminding: House) -> None:
    """Begun on its page, asked field by field, signed; then in the log, the gazette and the feed under its name, its fields in words."""
    secretary, anybody = reminding.client("qin@demo.invalid"), reminding.client()
    assert NAME in shown(secretary, "/desk/annexes/")
    form = shown(secretary, f"/acts/new/{TYPE}/?as=exec")
    assert 'value="a:health"' in form and "任何人都能读到。" in form
    address = draft_of(secretary, TYPE, "exec", {"annex": "a:health", "reasons.text": "请于月底前签署"})
    index = reminding.office.inst.size
    assert demo_signs(secretary, address).headers["Location"] == address + "done/"
    entry, english = shown(anybody, f"/log/{index}/"), shown(anybody, f"/en/log/{index}/")
    assert NAME in entry and "理由" in entry
    assert "eminded of an annex" in english and "Reasons" in english
    assert NAME in shown(anybody, "/gazette/")
    assert NAME in shown(anybody, "/feed.atom")


def test_the_api_has_it(reminding: House) -> None:
    """Among the act types, with the schema of its body, its words and its example."""
    from gongyue.web.api.drafts import schema_of

    listed: Any = reminding.client().get("/api/act-types").json()
    assert TYPE in str(listed) and NAME in str(listed)
    one = str(reminding.client().get(f"/api/act-types/{TYPE}").json())
    assert "reasons" in one and NAME in one
    body = schema_of(ACT_TYPES[TYPE])["annex.remind.1"]
    assert set(body["properties"]) == {"annex", "reasons"}


def test_the_documents_have_it(reminding: House) -> None:
    """Its entry in the list of acts, with its fields."""
    text = "\n".join(_make_docs().acts())
    part = text[text.index(f"### {TYPE}\n") :]
    assert "Reminds the members of an annex." in part
    assert NAME in text and "reasons" in part


def _make_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", Path(__file__).parents[3] / "tools" / "make_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
