"""Sample covenants of every form: what they are read as, what their numbers say, what a person binds in them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from gongyue.covenant import edition_json as editions
from gongyue.covenant import numbers
from gongyue.covenant.binding.passages import passages, reader
from gongyue.covenant.binding.records import bind
from gongyue.covenant.edition_builder import CHOICES_VERSION, Choices, Chosen, compose, proposed
from gongyue.covenant.parser import outline
from gongyue.covenant.text import Outline
from gongyue.transparency import canonical

HERE = Path(__file__).parent
FOLDERS = (HERE / "texts", HERE / "published", Path(str(files("gongyue.covenant").joinpath("texts"))))
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / "texts" / "expected.toml").read_text("utf-8"))
SOURCES = tomllib.loads((HERE / "published" / "sources.toml").read_text("utf-8"))


def data(name: str) -> bytes:
    """A sample text as it lies in its file."""
    return next(folder / name for folder in FOLDERS if (folder / name).exists()).read_bytes()


def outlined(name: str) -> Outline:
    """A sample text, read for binding."""
    return outline(data(name), name)


def test_there_are_samples_of_every_kind() -> None:
    """At least twelve, six of them real with source and date, two traditional, three counted over others than the roll."""
    real = {*SOURCES, "zgc-big-data.txt"}
    assert len(EXPECTED) >= 12 and len(real) >= 6 and real <= set(EXPECTED)
    assert all(s["source"] and s["date"] and s["by"] for s in SOURCES.values())
    assert {p.name for p in (HERE / "published").glob("*.txt")} == set(SOURCES)
    assert {e["scheme"] for e in EXPECTED.values()} == {"articles", "enumerated", "sections"}
    bases = {e[3] for x in EXPECTED.values() for e in x["shares"]}
    assert bases == {"roll", "present", "voting", "body", "weight"}
    assert sum(any(s[3] != "roll" for s in x["shares"]) for x in EXPECTED.values()) >= 3
    assert sum("傳統" in x["genre"] or "traditional" in x["genre"] for x in EXPECTED.values()) >= 2


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_read_in_its_form(name: str) -> None:
    """Scheme, chapters, the first and last address and how many there are, the doubts, and every address once."""
    found, expected = outlined(name), EXPECTED[name]
    addresses = [p.at for p in found.parts]
    assert (found.scheme, len(found.chapters)) == (expected["scheme"], expected["chapters"])
    assert [addresses[0], addresses[-1], len(addresses)] == expected["parts"]
    assert [[d.line, d.at] for d in found.doubts] == expected.get("doubts", [])
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_share_and_period_of_a_sample_is_read(name: str) -> None:
    """Each with its base and whether it includes itself; no other is."""
    stated = [(p.at, n) for p in outlined(name).parts for n in numbers.read(p.text)]
    assert [[at, n.value, n.inclusive, n.base] for at, n in stated if n.kind == "share"] == EXPECTED[name]["shares"]
    assert [[at, n.value, n.unit] for at, n in stated if n.kind == "period"] == EXPECTED[name]["periods"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_person_binds_in_a_sample_is_a_passage(name: str) -> None:
    """The words stand where they are said to, within a passage of that capability, and say the number that was read there."""
    found = outlined(name)
    parts = {p.at: p for p in found.parts}
    seen = passages(found.parts, reader())
    for capability, at, words in EXPECTED[name]["bindings"]:
        bound = bind(capability, parts[at], words)
        assert any(p.capability == capability and p.at == at and words in p.words for p in seen), (
            capability,
            at,
            words,
        )
        if bound.kind == "share":
            assert [at, bound.value, bound.inclusive, bound.base] in EXPECTED[name]["shares"]


@pytest.mark.parametrize("name", EXPECTED)
def test_whatever_is_read_of_a_sample_is_accepted(name: str) -> None:
    """An edition of it holds: with what a person binds, at whatever addresses it has; nothing in it is in doubt."""
    found = settled(name)
    chosen = tuple(Chosen(*binding) for binding in EXPECTED[name]["bindings"])
    made = compose(found, Choices(CHOICES_VERSION, chosen))
    assert [[b.capability, b.at, b.words] for b in made.bindings] == EXPECTED[name]["bindings"]
    again = editions.draft(canonical.decode(canonical.encode(editions.to_data(made))))
    assert again == made
    assert {f.why for f in made.open} >= {"undecided", "open"}


def settled(name: str) -> Outline:
    """The outline of a sample, with every doubt of its numbering resolved as it was read."""
    found = outlined(name)
    return outline(data(name), name, {d.line: d.at for d in found.doubts}) if found.doubts else found


@pytest.mark.parametrize("name", EXPECTED)
def test_whatever_is_proposed_for_a_sample_holds(name: str) -> None:
    """And every passage is decided then: what is left are shares and clauses that cannot be carried out as they are proposed."""
    made = compose(settled(name), proposed(settled(name), "另一事项"))
    assert {f.why for f in made.open} <= {
        "beyond",
        "base",
        "presence",
        "no-share",
        "refused",
        "left-out",
        "guard",
        "disagree",
    }


def test_two_traditional_samples_find_what_their_simplified_words_would() -> None:
    """Folded, 核備 is an approval and 出席會員 a base."""
    harbour = {p.capability for p in passages(outlined("港灣章程.txt").parts, reader())}
    assert {"founding.approval", "founding.effect", "founding.in_force", "amendment.adoption", "vote.quorum"} <= harbour
