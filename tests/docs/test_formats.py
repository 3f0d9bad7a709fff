"""docs/formats.md: every example recomputed with plain hashes and JSON, and its rules on the golden book."""

from __future__ import annotations

import base64
import calendar
import hashlib
import hmac
import importlib
import json
import pkgutil
import re
import tomllib
import unicodedata
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongyue import governance
from gongyue.book import entry
from gongyue.covenant import changes, edition, edition_json, periods
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.procedure import package, packages
from gongyue.covenant.prose.bound_numbers import bound_numbers
from gongyue.covenant.prose.contradictions import Against
from gongyue.covenant.values import RULE_VERSION
from gongyue.governance import acts, clock
from gongyue.governance.articles import bundled_edition
from gongyue.rules.interpretation import explains_the_words
from gongyue.transparency import canonical as checked_canonical

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "v1"
TEXT = (ROOT / "docs" / "formats.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"^```example ([a-z 0-9-]+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


def lines(name: str) -> list[str]:
    """The lines of an example."""
    return EXAMPLES[name].splitlines()


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def digest(data: bytes) -> str:
    """As section 1.1 writes it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """Canonical bytes of what holds no newline: Python's own JSON, sorted, unescaped, without white space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root_of(hashes: list[bytes]) -> bytes:
    """The root over leaf hashes, by the definition."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha(b"")
    cut = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\x01" + root_of(hashes[:cut]) + root_of(hashes[cut:]))


def unpadded(text: str) -> bytes:
    """base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_note(vkey: str, note: str) -> list[str]:
    """The text's lines, once the signature by that key holds."""
    name, key_id, material = vkey.split("+", 2)
    key = base64.b64decode(material, validate=True)
    assert key[0] == 1
    assert sha(name.encode() + b"\n" + key)[:4].hex() == key_id
    text, _, signatures = note.rpartition("\n\n")
    row = next(row for row in signatures.splitlines() if row.startswith(f"\N{EM DASH} {name} "))
    signature = base64.b64decode(row.split(" ")[2], validate=True)
    assert signature[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], (text + "\n").encode())
    return text.splitlines()


def act_of(leaf: bytes) -> bytes:
    """The act's slice of a leaf."""
    return leaf[len(b'{"act":') : leaf.rindex(b',"rx":{')]


def check_leaf(leaf: bytes) -> dict[str, Any]:
    """The entry, once its bytes are canonical and its signatures hold."""
    entry: dict[str, Any] = json.loads(leaf)
    assert canonical(entry) == leaf
    assert canonical(entry["act"]) == act_of(leaf)
    for sig in entry["sigs"]:
        assert sig["alg"] == "ed25519"
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(sig["key"][2:]))
        key.verify(unpadded(sig["sig"]), b"gongyue/act@2\n" + act_of(leaf))
    return entry


def opened(line: str) -> tuple[int, str, bytes]:
    """(index, commitment, entry) of a disclosure line."""
    parsed = json.loads(line)
    assert canonical(parsed) == line.encode()
    salt, entry = base64.b64decode(parsed["salt"], validate=True), canonical(parsed["entry"])
    assert len(salt) == 32
    assert parsed["book"] == "sealed"
    return parsed["index"], digest(b"gongyue/commit@1\n" + salt + entry), entry


def placed(index: int) -> str:
    """A tile's number as a path."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def leaves(folder: Path) -> list[bytes]:
    """The entries of a published book of fewer than 256,000: full bundles of 256 each, and the rest."""
    found: list[bytes] = []
    for bundle in sorted(path for path in (folder / "tile" / "entries").rglob("*") if path.is_file()):
        data, before = bundle.read_bytes(), len(found)
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            found.append(data[2:end])
            data = data[end:]
        assert len(found) - before == (int(bundle.name) if bundle.parent.suffix == ".p" else 256)
    return found


def named(digest_: str) -> bytes:
    """An object of the golden book."""
    data = (GOLDEN / "book" / "objects" / "sha256" / digest_[7:]).read_bytes()
    assert digest(data) == digest_
    return data


OPEN, SEALED = leaves(GOLDEN / "book"), leaves(GOLDEN / "book" / "sealed")


def test_every_example_is_recomputed_here() -> None:
    """An example that nobody checks would rot."""
    code = Path(__file__).read_text("utf-8")
    assert len(EXAMPLES) == len(re.findall(r"^```example", TEXT, re.MULTILINE)) == 23
    assert [name for name in EXAMPLES if f'"{name}"' not in code] == []


@pytest.mark.parametrize("name", ["canonical", "rev before an edition", "rev after freezing"])
def test_digests(name: str) -> None:
    """The first line is canonical, the second its digest."""
    text, stated = lines(name)
    assert canonical(json.loads(text)) == text.encode()
    assert digest(text.encode()) == stated


def test_credit_code() -> None:
    """The check character by the formula."""
    (code,) = lines("credit code")
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    assert alphabet[-sum(alphabet.index(c) * 3**i for i, c in enumerate(code[:17])) % 31] == code[17]


def test_tile_paths() -> None:
    """Groups of three, all but the last after an x; the width only where it is partial."""
    full, entries = lines("tile path")
    level, index, path = re.fullmatch(r"level (\d+) tile (\d+) width 256: (\S+)", full).groups()  # type: ignore[union-attr]
    assert path == f"tile/{level}/{placed(int(index))}"
    index, width, path = re.fullmatch(r"entries (\d+) width (\d+): (\S+)", entries).groups()  # type: ignore[union-attr]
    assert path == f"tile/entries/{placed(int(index))}.p/{width}"
    assert (GOLDEN / "log.vkey").exists()


def test_tree() -> None:
    """Roots over the leaf hashes that stand there."""
    rows = [row.split(" ") for row in lines("tree")]
    hashes = [bytes.fromhex(value) for kind, _, value in rows if kind == "leaf"]
    roots = [(int(size), value) for kind, size, value in rows if kind == "root"]
    assert len(roots) == 3
    for size, value in roots:
        assert root_of(hashes[:size]).hex() == value


@pytest.mark.parametrize("name", ["checkpoint", "promise", "head"])
def test_notes(name: str) -> None:
    """Key id, signature and the text's lines, under the key that stands above."""
    vkey, _, note = EXAMPLES[name].partition("\n\n")
    text = check_note(vkey, note)
    origin = vkey.partition("+")[0]
    if name == "checkpoint":
        assert text[0] == origin
        assert len(text) == 3
        assert len(base64.b64decode(text[2], validate=True)) == 32
    elif name == "head":
        assert text[:2] == ["gongyue/head@1", origin]
        assert re.fullmatch(r"d:[0-9a-f]{64}", text[2])
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", text[4])
        assert len(text) == 6
    else:
        assert text[:2] == ["gongyue/promise@1", origin]
        assert int(text[4]) == int(text[3]) // 86_400 + 1


def test_leaf() -> None:
    """Its hash, its act's digest, its signature; every field of the table and no other."""
    leaf, hashed, act = lines("leaf")
    entry = check_leaf(leaf.encode())
    assert hashed == "leaf hash " + sha(b"\x00" + leaf.encode()).hex()
    assert act == f"act digest {digest(act_of(leaf.encode()))}"
    described = set(
        re.findall(
            r"^\| (`[a-z.]+`(?:, `[a-z.]+`)*) \|", TEXT.partition("## 3. ")[2].partition("## 4. ")[0], re.MULTILINE
        )
    )
    described = {name.strip("`") for names in described for name in names.split(", ")}
    added = {f"rx.{name}" for name in acts.Received.__struct_fields__} | {"sigs"}
    assert set(entry["act"]) | {"paper", "on", "to"} == described - added
    assert described == {*acts.Act.__struct_fields__, *added}


def test_opening() -> None:
    """The commitment to the entry under the salt, and the leaf that holds it."""
    line, commitment, leaf = lines("opening")
    _, found, entry = opened(line)
    check_leaf(entry)
    assert commitment == f"commitment {found}"
    assert leaf == "sealed leaf " + canonical({"c": found, "v": "gongyue/sealed@1"}).decode()


def test_dossier() -> None:
    """Its id is the digest of the act that opened it; the second entry continues the first, was signed on it and answers it."""
    first, first_digest, second, second_digest = lines("dossier")
    one, two = check_leaf(first.encode()), check_leaf(second.encode())
    assert [first_digest, second_digest] == [
        f"entry {n} {digest(row.encode())}" for n, row in ((1, first), (2, second))
    ]
    id, known, nothing = "d:" + sha(act_of(first.encode())).hex(), first_digest.split()[2], "sha256:" + "0" * 64
    assert one["rx"] == {"dossier": id, "n": 1, "open": one["rx"]["open"], "prev": nothing, "t": one["rx"]["t"]}
    assert (two["rx"]["dossier"], two["rx"]["n"], two["rx"]["prev"]) == (id, 2, known)
    assert two["act"]["on"] == {"digest": known, "dossier": id, "n": 1} and two["act"]["to"] == known
    assert not {"on", "to"} & set(one["act"])
    assert json.loads((GOLDEN / "kept" / "receipt-48.opening").read_text("utf-8"))["entry"] == two


def test_link() -> None:
    """The value over salt and target, of the empty target too; the target ascends by c."""
    first, line = lines("link")
    salt, empty = re.findall(r"[0-9a-f]{64}", first)
    assert digest(b"gongyue/link@1\n" + bytes.fromhex(salt) + b"[]") == f"sha256:{empty}"
    parsed = json.loads(line)
    assert canonical(parsed) == line.encode()
    assert base64.b64decode(parsed["salt"], validate=True).hex() == salt
    assert parsed["link"] == digest(b"gongyue/link@1\n" + bytes.fromhex(salt) + canonical(parsed["target"]))
    named_ = [one["c"] for one in parsed["target"]]
    assert named_ == sorted(set(named_))
    assert all(set(one) == {"c", "dossier", "n"} for one in parsed["target"])


def test_shares() -> None:
    """The smallest count that reaches each."""
    for row in lines("shares"):
        text, whole, enough = re.fullmatch(r"(\S+) of (\d+): (\d+)", row).groups()  # type: ignore[union-attr]
        assert next(n for n in range(int(whole) + 1) if reaches(text, n, int(whole))) == int(enough)


def reaches(text: str, part: int, of: int) -> bool:
    """Whether it reaches the share so written, by section 7.2."""
    share = Fraction(text.removeprefix(">"))
    left, right = share.denominator * part, share.numerator * of
    return of > 0 and (left > right if text.startswith(">") else left >= right)


def test_bases() -> None:
    """The outcome by section 7.4, of C, V, R and c, v, r."""
    for row in lines("bases"):
        goes_by, all_, left, stated = re.fullmatch(r"(.*): (.*), (.*): (\w+)", row).groups()  # type: ignore[union-attr]
        share, base, quorum = goes_by.split()
        counts = [tuple(map(int, one.split())) for one in (all_, left)]
        if quorum != "-" and not all(reaches(quorum, voted, roll) for _, voted, roll in counts):
            outcome = "no_quorum"
        else:
            of = 1 if base in ("voting", "present") else 2
            outcome = "adopted" if all(reaches(share, one[0], one[of]) for one in counts) else "rejected"
        assert outcome == stated, row


def test_periods() -> None:
    """Days, months and working days, no calendar loaded."""
    for row in lines("periods"):
        start, n, unit, end = re.fullmatch(r"(\S+) \+ (\d+) (\w+): (\S+)", row).groups()  # type: ignore[union-attr]
        day, left = date.fromisoformat(start), int(n)
        if unit == "month":
            year, month = divmod(day.year * 12 + day.month - 1 + left, 12)
            day = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        while unit != "month" and left:
            day += timedelta(1)
            left -= unit == "day" or day.weekday() < 5
        assert day.isoformat() == end, row


def test_slot() -> None:
    """The floor of time by length."""
    length, time, slot = map(int, re.findall(r"\d+", EXAMPLES["slot"]))
    assert time // length == slot


def test_padding() -> None:
    """The slot's key and the first commitment, by HMAC and a plain hash."""
    first, second = EXAMPLES["padding"].splitlines()
    year, slot, key = re.findall(r"[0-9a-f]{64}|\b\d+\b", first)
    made = hmac.digest(bytes.fromhex(year), int(slot).to_bytes(8, "big"), "sha256")
    assert made.hex() == key
    salt = hmac.digest(made, bytes(8), "sha256")
    assert second == "i 0: " + digest(b"gongyue/commit@1\n" + salt + b"pad")


def test_draw() -> None:
    """The seed of a checkpoint nobody cosigned, the order of slots by it, those drawn, and the digest of what is no padding."""
    first, order, drawn, rest = lines("draw")
    origin, size, root, seed = re.fullmatch(r"checkpoint (\S+) (\d+) (\S+) seed ([0-9a-f]{64})", first).groups()  # type: ignore[union-attr]
    assert sha(b"gongyue/seed@1\n" + f"{origin}\n{size}\n{root}\n".encode()).hex() == seed
    begins, ends, *told = map(int, re.findall(r"\d+", order))

    def rank(slot: int) -> bytes:
        return sha(b"gongyue/draw@1\n" + bytes.fromhex(seed) + slot.to_bytes(8, "big"))

    assert told == sorted(range(begins, ends + 1), key=rank)
    count, *taken = map(int, re.findall(r"\d+", drawn))
    assert taken == sorted(told[:count])
    *commitments, found = re.findall(r"sha256:[0-9a-f]{64}", rest)
    assert digest("".join(f"{one}\n" for one in sorted(commitments)).encode()) == found


def test_guard() -> None:
    """The phrases of the shipped guard, to the letter and in order."""
    shipped = tomllib.loads((ROOT / "src" / "gongyue" / "covenant" / "antitrust.toml").read_text("utf-8"))
    wanted = [f"{name}\t{pattern}" for name in ("cartel", "sanction") for pattern in shipped[name]]
    assert lines("guard") == wanted


def test_prose() -> None:
    """The digest of the patterns, and each example as the rule finds it under the seed's text."""
    patterns = ROOT / "src" / "gongyue" / "covenant" / "prose" / "patterns.toml"
    first, *rows = lines("prose")
    assert first == f"sha256:{hashlib.sha256(patterns.read_bytes()).hexdigest()}"
    against = Against(bound_numbers(bundled_edition()))
    for row in rows:
        article, result, text = row.split(" ", 2)
        assert explains_the_words(text, int(article), against).holds is (result == "issued"), row


def test_golden_book_is_as_described() -> None:
    """Heads, trees, canonical leaves, signatures, views, numbers of units' own acts, and `rev` of the first act."""
    vkey = (GOLDEN / "log.vkey").read_text().strip()
    genesis = json.loads(OPEN[0])["act"]["body"]
    for folder, key, book in (
        (GOLDEN / "book", vkey, OPEN),
        (GOLDEN / "book" / "sealed", genesis["sealed_vkey"], SEALED),
    ):
        _, size, root = check_note(key, (folder / "checkpoint").read_text("utf-8"))
        assert int(size) == len(book)
        assert base64.b64decode(root) == root_of([sha(b"\x00" + leaf) for leaf in book])
    hashes = [sha(b"\x00" + leaf) for leaf in OPEN]
    holders: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for index, leaf in enumerate(OPEN):
        entry = check_leaf(leaf)
        act, body = entry["act"], entry["act"]["body"]
        assert act["view"]["size"] <= index
        assert act["view"]["root"] == "sha256:" + root_of(hashes[: act["view"]["size"]]).hex()
        first = entry["sigs"][0]["key"]
        own = act["actor"].startswith("u:") and holders.get(first) == act["actor"]
        assert ("seq" in act) == own
        if own:
            numbers[first] = numbers.get(first, 0) + 1
            assert act["seq"] == numbers[first]
        if act["type"] == "key.register/1":
            holders[body["key"]] = body["holder"]
    assert sum(numbers.values()) > 5
    assert json.loads(OPEN[0])["act"]["rev"] == lines("rev before an edition")[1]


def test_golden_book_vote_is_counted() -> None:
    """The count of the example is what the golden book's openings give by section 10.5 (all signed, all still there)."""
    stated = dict(re.findall(r"([a-z_]+) (\S+)", EXAMPLES["count"]))
    entries = [json.loads(leaf) for leaf in OPEN]
    close = next(e["act"]["body"] for e in entries if e["act"]["type"] == "vote.close/1")
    stands: dict[str, tuple[tuple[int, int], str]] = {}
    for line in named(close["ballots"]).decode().splitlines():
        index, commitment, data = opened(line)
        assert SEALED[index] == b'{"c":"%s","v":"gongyue/sealed@1"}' % commitment.encode()
        entry = check_leaf(data)
        act, order = entry["act"], (entry["rx"]["t"], entry["act"]["seq"])
        if act["actor"] not in stands or stands[act["actor"]][0] <= order:
            stands[act["actor"]] = (order, act["body"]["choice"])
    chosen = [choice for _, choice in stands.values()]
    goes_by = next(e["act"]["body"] for e in entries if e["act"]["type"] == "vote.open/1")
    roll = goes_by["roll"]
    assert (goes_by["share"], goes_by["base"], goes_by["quorum"]) == (stated["share"], stated["base"], "")
    adopted = reaches(stated["share"], chosen.count("consent"), roll)
    counted = [chosen.count(choice) for choice in ("consent", "against", "abstain")]
    assert [close[name] for name in ("consents", "against", "abstain")] == counted
    assert [int(stated[name]) for name in ("consents", "against", "abstain")] == counted
    assert (stated["vote"], int(stated["roll"]), stated["outcome"]) == (close["matter"], roll, close["outcome"])
    assert adopted == (close["outcome"] == "adopted")
    assert [int(stated[name]) for name in ("consents_left", "voted_left", "roll_left")] == [
        close["consents_left"],
        close["voted_left"],
        close["roll_left"],
    ]


def test_package_is_the_one_of_this_rule_version() -> None:
    """Every default, its bounds, every reading with its choices stand in section 6.2; every clause name in 7.1."""
    section = TEXT.partition("### 6.2 ")[2].partition("## 7. ")[0]
    for name, rule in package().procedure.items():
        assert re.search(rf"\| {name}\b[^|]*\| {rule.value} \| {rule.floor}–{rule.ceiling} \|", section), name
    for name, reading in package().readings.items():
        assert f"| `{name}` | {', '.join(f'`{choice}`' for choice in reading.choices)} |" in section, name
    clauses = TEXT.partition("### 7.1 ")[2].partition("### 7.2 ")[0]
    assert [name for name in catalogue().capabilities if f"`{name}`" not in clauses] == []


def test_what_the_authority_is_asked_for_is_read_off_these_words() -> None:
    """6.2 names every word by which a text asks for approval or filing."""
    said = dict(line.split(" ", 1) for line in lines("authority"))
    words = catalogue().words
    assert said["approve"].split() == [*words["approve"], "同意", "审查", "审核", "登记"]
    assert said["file"].split() == list(words["file"])


def test_what_the_absence_of_each_capability_does_is_that_of_the_catalogue() -> None:
    """7.1 names the capabilities whose absence has another rule in its place, or cannot be declared; all others are off."""
    line = next(one for one in TEXT.splitlines() if one.startswith("`named`: "))
    for mode in ("named", "unsaid", "default"):
        stated = re.findall(r"`([^`]+)`", line.split(f"`{mode}`: ")[1].split(";")[0])
        assert stated == [name for name, one in catalogue().capabilities.items() if one.absent == mode], mode


def test_refused_characters_are_those_of_the_code() -> None:
    """The table's ranges, character by character, below the surrogates and at both ends of each range."""
    row = next(row for row in TEXT.splitlines() if row.startswith("| 拒绝的字符"))
    listed: set[int] = set()
    for begins, ends in re.findall(r"\b(?:U\+)?([0-9A-F]{4,5})(?:–([0-9A-F]{4,5}))?", row):
        listed.update(range(int(begins, 16), int(ends or begins, 16) + 1))
    sample = [*range(0xD800), 0xFEFF, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC, 0xDFFFF, 0xE0000, 0xE007F, 0xE0080]
    refused = {code for code in sample if _refused(chr(code))}
    composed = {code for code in sample if not unicodedata.is_normalized("NFC", chr(code))}
    assert refused == ({code for code in sample if code in listed} | composed)


def _refused(text: str) -> bool:
    try:
        encoded = checked_canonical.encode(text)
    except checked_canonical.NotCanonical:
        return True
    assert encoded == canonical(text) or text in '"\\\n'
    return False


def test_figures_are_those_of_the_code() -> None:
    """Every bound that the document states."""
    for bound in (
        edition_json.MOST_CHARACTERS,
        edition_json.MOST_QUOTES,
        edition_json.MOST_QUOTED,
        edition_json.MOST_BINDINGS,
        changes.MOST_EDITS,
        changes.MOST_LOOKED_THROUGH,
        entry.MAX_LEAF,
    ):
        assert f"{bound:,}" in TEXT, bound
    assert f"`nth` ≤ {edition_json.MOST_OCCURRENCES}" in TEXT
    assert f"`S = {clock.SKEW}`" in TEXT
    assert f"max({clock.FAR // 86_400}·86400, {clock.FAR_SLOTS}·slot_seconds)" in TEXT
    assert f"至多 {periods.MOST_HOLIDAYS} 日" in TEXT
    assert f"至多 {periods.LONGEST_REST} 日" in TEXT
    assert f"至多 {canonical_depth()} 层" in TEXT
    assert "0 ≤ t < 32503651200" in TEXT
    assert {entry.MAX_JSON_OBJECT, entry.MAX_OPENINGS, entry.MAX_OBJECT} == {4 << 20, 32 << 20, 64 << 20}
    for version in (acts.ACT_VERSION, acts.ENTRY_VERSION, acts.SEALED_VERSION, RULE_VERSION, *packages()):
        assert version in TEXT, version


def canonical_depth() -> int:
    """How deep arrays nest at the most."""
    nested: Any = []
    depth = 1
    while True:
        try:
            checked_canonical.encode(nested)
        except checked_canonical.NotCanonical:
            return depth - 1
        nested, depth = [nested], depth + 1


def test_periods_are_counted_so_by_the_rules_too() -> None:
    """The examples once more, by the code."""
    for row in lines("periods"):
        start, n, unit, end = re.fullmatch(r"(\S+) \+ (\d+) (\w+): (\S+)", row).groups()  # type: ignore[union-attr]
        assert periods.iso(periods.deadline(periods.from_iso(start), periods.Period(int(n), unit)).last) == end


def test_forms_of_fields_are_described() -> None:
    """Every named form that docs/acts.md uses stands in section 1.3."""
    section = TEXT.partition("### 1.3 ")[2].partition("### 1.4 ")[0]
    rows = re.findall(r"^\| `[a-z_]+` \| `(.*)` \| .*\|$", (ROOT / "docs" / "acts.md").read_text("utf-8"), re.MULTILINE)
    plain = {"Annotated", "Meta", "Literal", "None", "Any", "A", "Z", "ZaZ0", "False", "True"}
    used = {word for row in rows for word in re.findall(r"\b[A-Z][A-Za-z]+\b", re.sub(r"'[^']*'|r?'.*?'", "", row))}
    assert [word for word in sorted(used - plain) if f"`{word}`" not in section] == []


def test_every_choice_of_a_field_is_named() -> None:
    """Of each form that is one of several words the words stand in section 1.3, of grounds in 9.10; no two forms share a name."""
    section, later = TEXT.partition("### 1.3 ")[2].partition("### 1.4 ")[0], TEXT.partition("### 9.10 ")[2]
    modules = [
        importlib.import_module(f"gongyue.governance.{m.name}") for m in pkgutil.iter_modules(governance.__path__)
    ]
    named = {
        (name, form) for m in modules for name, form in vars(m).items() if get_origin(form) in (Annotated, Literal)
    }
    used = (ROOT / "docs" / "acts.md").read_text("utf-8")
    named = {(name, form) for name, form in named if re.search(rf"\b{name}\b", used)}
    assert len(named) == len({name for name, _ in named}) > 20
    choices = {(name, one) for name, form in named if get_origin(form) is Literal for one in get_args(form)}
    assert sorted((n, one) for n, one in choices if f"`{one}`" not in (later if n == "Ground" else section)) == []


def test_what_a_draft_may_leave_open_is_what_the_page_lists() -> None:
    """Section 7.1: what is not frozen, by its code; all else that can be wrong with a record is false, and no reason is both."""
    rows = re.findall(r"^\| `(?:undecided|guarded|unworkable)-clause` \| (.*?) / ", TEXT, re.MULTILINE)
    listed = [why for row in rows for why in re.findall(r"`([a-z-]+)`", row)]
    assert len(rows) == 3 and sorted(listed) == sorted(edition.OPEN)
    (false,) = re.findall(r"^\*\*不实的版本\*\*(.*\n.*)$", TEXT, re.MULTILINE)
    assert not edition.OPEN & set(re.findall(r"`([a-z-]+)`[（、]", false))
