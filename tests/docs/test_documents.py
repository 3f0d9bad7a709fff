"""What the documents say is what the code does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gongyue.covenant.counting import at_least
from gongyue.covenant.refusals import catalogue
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.articles import bundled_edition
from gongyue.governance.office import OFFICES
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.governance.sheet import SHEETS

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (".md", ".toml", ".lock", ".py", ".txt", ".cfg", ".yml", ".yaml", ".json", "")
PASSING = {".git", ".venv", ".venv.lock", ".hypothesis", "__pycache__", "demo", "mutants", "uv.lock"}


def read(path: str) -> str:
    """A file of the project."""
    return (ROOT / path).read_text("utf-8")


def committed() -> list[Path]:
    """The project's own text files: those git knows or would add; all but passing ones where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not PASSING & set(p.relative_to(ROOT).parts)]
    return [p for p in paths if p.is_file() and p.suffix in TEXTS]


def test_generated_documents_are_current() -> None:
    """docs/articles.md, refusals.md and acts.md are what tools/make_docs.py writes."""
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("type", sorted(ACT_TYPES))
def test_every_act_type_has_a_chinese_name_and_is_described(type: str) -> None:
    """In its sheet and in docs/acts.md."""
    assert ACT_TYPES[type].sheet.zh
    assert f"### {type}\n" in read("docs/acts.md")


def test_no_name_is_left_over() -> None:
    """A sheet without its act type, or an office without its name, would be a slip."""
    assert set(SHEETS) == set(ACT_TYPES)
    assert tuple(OFFICES_ZH) == tuple(OFFICES)


@pytest.mark.parametrize("code", sorted(catalogue()["refusals"]))
def test_every_refusal_is_described_with_its_rule(code: str) -> None:
    """In docs/refusals.md, with the rule that raises it."""
    section = read("docs/refusals.md").partition(f"## {code}\n")[2].partition("\n## ")[0]
    assert "规则 / rule: `gongyue.rules." in section


def test_every_article_is_listed() -> None:
    """All of the bundled text, and it has 26."""
    text = read("docs/articles.md")
    numbers = [a.number for a in bundled_edition().articles]
    assert numbers == list(range(1, 27))
    assert all(f"/ Article {n}\n" in text for n in numbers)


def test_readme_gives_the_two_commands() -> None:
    """As they were tried, and the script they call can be run."""
    assert "./dev gongyue demo --dir demo" in read("README.md")
    assert "./dev pytest" in read("README.md")
    assert (ROOT / "dev").stat().st_mode & 0o111


def test_readme_names_commands_that_exist() -> None:
    """Every `gongyue NOUN` of the README and CONTRIBUTING."""
    from gongyue.cli.main import main

    known = {name for rows in main.sections.values() for name in rows}  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:\./dev |`)gongyue ([a-z]+)\b", read("README.md") + read("CONTRIBUTING.md")))
    assert named & {"demo", "verify", "article"}
    assert named - known == set()


def test_readme_figures_are_counted() -> None:
    """The arithmetic of the first screen is what the rules answer."""
    shares = bundled_edition().values
    proposal = at_least(shares["amendment.proposal"], 3, of=37)  # type: ignore[arg-type]
    adoption = at_least(shares["amendment.adoption"], 24, of=37)  # type: ignore[arg-type]
    for finding in (proposal, adoption):
        assert not finding.holds
        assert f"`{finding.figures['arithmetic']}`，须 {finding.enough} 家" in read("README.md")


def test_links_lead_somewhere() -> None:
    """Every relative link of every document, but to what others write."""
    pending = {"docs/threat-model.md", "docs/mutation.md", "docs/benchmarks.md"}
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            place = (path.parent / target).resolve()
            assert place.exists() or place.relative_to(ROOT).as_posix() in pending, f"{path.name}: {target}"


def test_anchors_of_generated_documents_exist() -> None:
    """A link to a heading of refusals.md or acts.md finds one."""
    for name in ("refusals.md", "acts.md"):
        headings = re.findall(r"^#+ (.*)$", read(f"docs/{name}"), re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
        wanted = set(re.findall(rf"\({re.escape(name)}#([^)]+)\)", read("docs/articles.md")))
        assert wanted - anchors == set()


def test_glossary_identifiers_stand_in_the_code() -> None:
    """Every identifier of the glossary is a word of the code."""
    code = "\n".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    words = set(re.findall(r"[A-Za-z_]+(?:\.[a-z_]+/\d+)?", code))
    rows = [row.split("|") for row in read("docs/glossary.md").splitlines() if row.startswith("| ")]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row[3])]
    assert len(named) > 60
    assert [name for name in named if name not in words] == []


def test_glossary_decides_each_word_once() -> None:
    """No Chinese word stands in two rows."""
    rows = [
        row.split("|")[1].strip() for row in read("docs/glossary.md").splitlines() if re.match(r"\| [^a-zA-Z-]", row)
    ]
    words = [word for word in rows if word != "中文"]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []


def test_decisions_say_what_is_bad_about_them() -> None:
    """One page each, numbered without a gap, with the negative consequences."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [p.name[:4] for p in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.name[:4]} ")
        assert "Negative consequences" in text, page.name
        assert len(text.splitlines()) <= 60, page.name


def test_every_dependency_has_its_reason_and_is_locked() -> None:
    """pyproject.toml, decision 0001 and requirements.lock agree."""
    project = tomllib.loads(read("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["postgres"]]
    wanted += project["dependency-groups"]["dev"]
    names = {re.match(r"[A-Za-z0-9-]+", line)[0] for line in wanted}  # type: ignore[index]
    locked = set(re.findall(r"^([a-z0-9-]+)==", read("requirements.lock"), re.MULTILINE))
    reasons = read("docs/decisions/0001-dependencies.md")
    assert names - locked == set()
    assert [n for n in sorted(names) if n not in reasons] == []


def test_lock_pins_every_file_by_hash_and_names_no_address() -> None:
    """Any index will do."""
    text = read("requirements.lock")
    entries = re.split(r"\n(?=[a-z0-9-]+==)", text)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


HOSTS = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)", r"deb\." + r"debian\.org"))
PLACES = "|".join(("/wo" + r"rk/", "/ro" + r"ot/", "/ho" + r"me/[a-z]", "/tmp/" + r"[a-z]*try"))


def test_no_file_names_a_registry_or_a_place_on_some_machine() -> None:
    """The project is the same wherever it lies."""
    for path in committed():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found = re.search(rf"{HOSTS}|{PLACES}", text)
        assert found is None, f"{path.relative_to(ROOT)}: {found[0] if found else ''}"


def test_every_test_says_what_is_expected() -> None:
    """House style: a line below the name of each test."""
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []
