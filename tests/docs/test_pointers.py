"""The pointers of the documents: a newcomer is led to the file where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def part_of(document: str, heading: str) -> str:
    """What stands under a heading of a document, up to the next."""
    text = (ROOT / "docs" / document).read_text("utf-8")
    return text.partition(f"# {heading}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize(
    ("document", "heading", "said"),
    [
        ("acts.md", "vote.ballot/1", "[GY-22-04](refusals.md#gy-22-04)"),  # by a function that its check goes through
        ("acts.md", "vote.ballot/1", "`window-over`"),
        ("acts.md", "case.conclude/1", "[GY-03-01](refusals.md#gy-03-01)"),  # in its dossier
        ("acts.md", "dossier.assign/1", "[GY-17-05](refusals.md#gy-17-05)"),  # from a table of rules
        ("acts.md", "membership.withdraw/1", "`unseen`"),  # by the filing that every check is handed
        ("acts.md", "membership.withdraw/1", "`web/workspace/membership.py`"),
        ("acts.md", "membership.withdraw/1", "`src/gongyue/governance/membership.toml`"),
        ("articles.md", "第二十一条 / Article 21", "`governance/effect.py:publication_deadline`"),
        ("articles.md", "第十八条 / Article 18", "`governance/hearing.py:review_basis`"),  # by the name of a constant
        ("refusals.md", "GY-22-04", "`gongyue.rules.vote:is_on_the_frozen_roll`"),
    ],
)
def test_the_document_names_the_place(document: str, heading: str, said: str) -> None:
    """Refusals, files and functions, as they are read off the code."""
    assert said in part_of(document, heading)


def test_an_act_is_not_said_to_be_refused_with_what_it_never_meets() -> None:
    """Neither a vote's code nor a reason of elections stands with leaving."""
    assert "GY-" not in part_of("acts.md", "membership.withdraw/1")


@pytest.mark.parametrize("document", ["docs/acts.md", "docs/articles.md", "docs/refusals.md", "CONTRIBUTING.md"])
def test_every_file_that_is_pointed_to_is_there(document: str) -> None:
    """Below the project or below its sources; placeholders in angle brackets are none."""
    text = (ROOT / document).read_text("utf-8")
    paths = set(re.findall(r"`([a-z_]+(?:/[a-z_0-9]+)+\.(?:py|toml|html|js|md))", text))
    assert paths
    assert not {p for p in paths if not any((ROOT / under / p).is_file() for under in (".", "src/gongyue"))}
