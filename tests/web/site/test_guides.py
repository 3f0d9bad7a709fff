"""The guides as pages: each reader reads them once, in the language of the page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from gongyue.web.pages.one_language import split
from web.conftest import House

HAN = re.compile("[\u4e00-\u9fff]{4}")
ENGLISH = re.compile(r"(?:\b[a-z]+ ){4}")


def shown(house: House, address: str) -> str:
    """What the document says to a reader: without tags, commands and names of files."""
    page = house.client().get(address).content.decode()
    main = page[page.index("<h1>") : page.index("</main>")]
    main = re.sub(r"<(pre|code)\b.*?</\1>", "`", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", "", main)


@pytest.mark.parametrize(("name", "most"), [("tour", 0), ("how-to", 0), ("threat-model", 0)])
def test_a_guide_speaks_the_language_of_its_page(house: House, name: str, most: int) -> None:
    """No English sentence on the Chinese page, no Chinese outside quotation marks on the English one; the few cells that
    are not written in two halves stand whole."""
    chinese = [line for line in shown(house, f"/guides/{name}/").split("\n") if ENGLISH.search(line)]
    english = re.sub("“[^”]*”|《[^》]*》", "", shown(house, f"/en/guides/{name}/"))
    mixed = [line for line in english.split("\n") if HAN.search(line)]
    assert len(chinese) <= most, chinese
    assert len(mixed) <= most, mixed


def test_the_glossary_is_in_both(house: House) -> None:
    """It says which word is which."""
    for address in ("/guides/glossary/", "/en/guides/glossary/"):
        text = shown(house, address)
        assert "检查点" in text and "checkpoint" in text


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("怎样办 / How to", ("怎样办", "How to")),
        ("交来全文。Hand in the whole text.", ("交来全文。", "Hand in the whole text.")),
        ("见“第八条”。See “第八条” there.", ("见“第八条”。", "See “第八条” there.")),
        ("最多能做 The most it can do", ("最多能做", "The most it can do")),
        (
            "指派：`gongyue dossier a`、`gongyue petition b`。The secretary assigns.",
            ("指派：`gongyue dossier a`、`gongyue petition b`。", "The secretary assigns."),
        ),
        ("运行 `gongyue verify`", None),
        ("只有中文。", None),
        ("Only English here.", None),
        ("先。First of all this. 后。Then that one.", ("先。后。", "First of all this. Then that one.")),
    ],
)
def test_what_is_said_twice_has_two_halves(text: str, halves: tuple[str, str] | None) -> None:
    """Chinese first; what is not written so is left whole."""
    assert split(text) == halves


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_of_a_guide_has_every_command(house: House, prefix: str) -> None:
    """A command stands on the page of either language, though the document names it once."""
    page = unescape(re.sub(r"<[^>]+>", "", house.client().get(f"{prefix}/guides/how-to/").content.decode()))
    commands = re.findall(r"`(gongyue [^`]+)`", Path("docs/how-to.md").read_text("utf-8").replace("\n", " "))
    assert len(commands) > 50
    assert [command for command in commands if " ".join(command.split()) not in " ".join(page.split())] == []
