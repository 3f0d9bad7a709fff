"""Lawful acts of which one was made hostile and signed anew, past every office: what verify must answer all the same.

Every act of the story stands for its type as it was lawfully done; a type that the story has not is tried by its example
after it. A case goes on from a saved state just before its act, so that verifying it costs that one entry.
"""

from __future__ import annotations

import contextlib
import json
import random
from functools import cache, lru_cache
from typing import Any, NamedTuple

from gongyue.book import disclosure
from gongyue.book.drafting import next_seq
from gongyue.book.entry import SIGNING_PREFIX, decode
from gongyue.book.replay import Replay
from gongyue.book.signing import key_id
from gongyue.book.sources import Tampered
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.institution import Institution
from gongyue.office.office import BadSignature
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN, SEALED
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical, checkpoint, ed25519, merkle
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Signer
from gongyue.transparency.tiles import WIDTH, encode_entries, entries_path, tile, tile_path, tiles_of
from gongyue.verifying import state
from gongyue.verifying.noted import Noted
from support.alliance import CASEWORKER, FIRST, OUTSIDER, PANEL, PUBLISHER, SECRETARY, SYSOP, TWO, Alliance, unit_id
from support.chance import OFFICERS, Chance
from support.dossiers import answered, consented, petition
from support.dossiers import published as made_public
from support.published import Files, files_of, story, vkey

Path = tuple[Any, ...]


def _deep(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


class Raw(NamedTuple):
    """JSON text as it is, for what no value of Python's says."""

    text: str


CALENDAR = {"v": "gongyue/calendar@1"}

HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53 - 1, 2**53, 2**63, 10**20, 253_402_300_800, 32_503_651_199, 32_503_651_200,
    0.5, Raw("1e400"), Raw("-0"), Raw("9" * 5_000), Raw("1e-5000"), Raw("NaN"), Raw('"\\ud800"'), Raw("[" * 900 + "]" * 900),
    "", "x", "²", "٣", "９", "9" * 5_000, "1" * 400, "\u202e", "\x00", "é", "e\u0301", "x" * 60_000, "第一条" * 3_000, "P7", "P16",
    "1000-01-01", "2999-12-31", "2026-02-31", "10000-01-01", "0000-01-01", "2026-02-28", "2026-12-31", "-999-01-01",
    "sha256:" + "0" * 64, "sha256:" + "ab" * 32, "k:" + "0" * 64, "k:" + "01" * 33, "u:0002", "u:none", "o:bai", "exec", "sys",
    "authority", "p:1", "p:2", "a:x", "1/0", "0/1", "3/2", ">1/2", "2/3", "1" * 300 + "/3", "consent", "members", "webauthn",
    [], {}, [[]], [{}], {"x": 1}, {"": ""}, {"é": 1}, _deep(13), _deep(14), _deep(15), Raw("[" * 200 + "]" * 200), Raw('{"x":' * 990 + "0" + "}" * 990),
    ["u:0001"] * 2_000, {str(n): n for n in range(2_000)}, [None], ["²"], {"P7": 5}, {"P7": "members"}, {"P16": 3}, {"P14": 0},
    CALENDAR | {"years": {"10000": {"holidays": [], "workdays": []}}}, CALENDAR | {"years": {str(10**20): {"holidays": [], "workdays": []}}},
    CALENDAR | {"years": {"²026": {"holidays": [], "workdays": []}}}, CALENDAR | {"years": {"9999": {"holidays": ["9999-12-31"], "workdays": []}}},
)  # fmt: skip


class Case(NamedTuple):
    """An act as it was done, who signed it, and the book up to it.

    `state` vouches for the open book before it and for the whole sealed book, `bare` for the former alone.
    """

    kind: ActType
    entry: dict[str, Any]
    seeds: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    state: bytes
    bare: bytes


@cache
def _seeds() -> dict[str, bytes]:
    """The demonstration's secret keys by their names in the book."""
    units = [unit_id(n) for n in range(1, 8)] + [f"u:{fictional_code(n).lower()}" for n in range(1, 60)]
    names = [*OFFICERS, SYSOP, *units, OUTSIDER, "u:unknown", "sys", "authority", "spare", "a", "b", "c"]
    return {key_id(ed25519.public(seed_of(name))): seed_of(name) for name in names}


TRIES, OF_KEYS = 80, 400
"""Random acts of a type that are tried until one is lawful: chance finds one in 50, or never; those of keys take more."""


@cache
def world() -> Alliance:
    """The story, gone on with by an annex, a petition made public and a lawful act of each type it has not, as far as chance finds one."""
    world = story.__wrapped__()
    for key in sorted(world.inst.uncompared):
        world.compare(world.inst.keys[key].holder)
    world.initiate_annex()
    world.open_vote("a:health").cast("consent", *world.inst.members, matter="a:health").close("a:health")
    world.publish_annex()
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    world.add_key(FIRST, "spare")
    dossier = petition(world)
    answered(world, dossier)
    text = consented(world, dossier)
    world.stage.now += 86_400
    world.tick()
    made_public(world, dossier, text)
    chance = Chance(world, 7)
    last = ("office.", "key.", "law.order", "law.pack")  # they may end what others need
    for type in sorted(set(ACT_TYPES) - _done(world), key=lambda type: (type.startswith(last), type)):
        chance.random.choices = lambda *_, chosen=type: [chosen]  # type: ignore[method-assign]
        for _ in range(OF_KEYS if type.startswith("key.") else TRIES):
            world.stage.now += 60
            with contextlib.suppress(Refused, OutOfTurn, Tampered, BadSignature, ValueError):
                world.stage.office.handle(chance.act())
                break
    world.stage.now += 86_400
    world.tick()
    assert world.inst.size < 256, "a single tile"
    return world


def _done(world: Alliance) -> set[str]:
    return {world.stage.entry(index).act.type for index in range(world.inst.size)}


@cache
def cases() -> tuple[Case, ...]:
    """A case for every act of the story, and one for each type that it has not."""
    store, key = world().stage.office.store, vkey()
    size = world().inst.size
    leaves = tuple(store.leaf(OPEN, index) or b"" for index in range(size))
    replay, frontier, found = Replay(StoreSources(store)), merkle.Frontier(), []
    head = store.head(SEALED)
    assert head is not None
    seals = merkle.Frontier.from_bytes(head.frontier), merkle.Frontier()
    for index, data in enumerate(leaves):
        entry = canonical.decode(data)
        seeds = tuple(_seeds()[sig["key"]] for sig in entry["sigs"])
        kept = [state.dump(key, replay.inst, frontier, sealed, 0, Noted()) if index else b"" for sealed in seals]
        found.append(Case(ACT_TYPES[entry["act"]["type"]], entry, seeds, leaves[:index], *kept))
        replay.add(decode(data))
        frontier.append(merkle.leaf_hash(data))
    last = [state.dump(key, replay.inst, frontier, sealed, 0, Noted()) for sealed in seals]
    assert all(state.load(data, key) for data in last), (
        "what is saved is read again: else every case verifies the whole book"
    )
    done = {case.kind.type for case in found}
    return (*found, *(_example(kind, replay, leaves, last) for type, kind in ACT_TYPES.items() if type not in done))


def _example(kind: ActType, replay: Replay, leaves: tuple[bytes, ...], kept: list[bytes]) -> Case:
    able = {
        "secretary": SECRETARY,
        "clerk": TWO[1],
        "publisher": PUBLISHER,
        "panellist": PANEL[0],
        "caseworker": CASEWORKER,
        "mediator": CASEWORKER,
        "sysop": SYSOP,
    }
    inst: Institution = replay.inst
    actor, signers = {
        "unit": (FIRST, [FIRST]),
        "system": ("sys", ["sys"]),
        "authority": ("authority", ["authority"]),
    }.get(kind.by.who, ("exec", [able[o] for o in sorted(kind.by.offices)][: 1 + kind.by.two]))
    seeds = tuple(seed_of(name) for name in signers)
    first = key_id(ed25519.public(seeds[0]))
    act = canonical.decode(leaves[-1])["act"] | {
        "type": kind.type, "actor": actor, "body": dict(kind.example), "rev": replay.rev, "basis": inst.basis_of(kind),
        "at": inst.now, "view": {"root": world().stage.office.view().root, "size": inst.size},
    }  # fmt: skip
    act |= {} if (seq := next_seq(inst, kind, actor, first)) is None else {"seq": seq}
    entry = {"act": act, "rx": {"t": inst.now}, "sigs": [], "v": "gongyue/entry@2"}
    return Case(kind, entry, seeds, leaves, *kept)


# -- changing a value somewhere within


def places(value: Any, path: Path = ()) -> list[Path]:
    """Every place in a JSON value, outermost first."""
    found = [path]
    if isinstance(value, dict):
        for name, item in value.items():
            found += places(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += places(item, (*path, number))
    return found


def changed(value: Any, path: Path, new: Any) -> Any:
    """The value with another at that place; GONE takes it away."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is GONE and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


GONE = object()


def mutated(value: Any, chance: random.Random) -> Any:
    """The value with something hostile in a place or two."""
    for _ in range(chance.choice((1, 1, 1, 2))):
        path = chance.choice(places(value))
        found = value
        for step in path:
            found = found[step]
        how = chance.random()
        if how < 0.08 and path:
            value = changed(value, path, GONE)
        elif how < 0.16 and isinstance(found, dict):
            value = changed(value, path, found | {chance.choice(("x", "name", "undo", "é")): chance.choice(HOSTILE)})
        elif how < 0.24 and isinstance(found, list):
            value = changed(value, path, found * chance.choice((2, 50)))
        elif how < 0.34 and isinstance(found, int):
            value = changed(value, path, found + chance.choice((-1, 1, 86_400, 10**9)))
        else:
            value = changed(value, path, chance.choice(_kindred(found) if how < 0.7 else HOSTILE))
    return value


@cache
def _strings() -> dict[str, list[str]]:
    """Strings of each form that acts have: days, digests, names of parties, matters and keys."""
    digests = [path.rpartition("/")[2] for path in _others() if path.startswith("objects/")]
    days = [
        "1000-01-01",
        "1582-10-15",
        "1970-01-01",
        "2026-01-05",
        "2026-05-06",
        "2026-12-31",
        "2999-12-31",
        "2026-02-31",
    ]
    return {
        "day": days,
        "sha256": [f"sha256:{digest}" for digest in digests] + ["sha256:" + "0" * 64],
        "u": [unit_id(n) for n in range(1, 8)] + ["u:none"],
        "o": [*OFFICERS, "o:none"],
        "k": [*_seeds(), "k:" + "0" * 64, "k:02" + "0" * 64, "k:" + "f" * 64],
        "matter": ["p:1", "p:2", "a:health", "a:1", "l:1", "x:1"],
        "": ["", "x", "P7", "P16", "members", "scope", "consent", "approve", "webauthn", "at:22", "book.genesis/1"],
    }


def _kindred(found: Any) -> list[Any]:
    """Values of the same form as the one that is there: an act of them is well formed, and hostile all the same."""
    if isinstance(found, bool):
        return [not found]
    if isinstance(found, int):
        return [0, 1, 2, found + 1, found - 1, 10 * found, 2**31, 32_503_651_199, 2**53 - 1]
    if isinstance(found, list):
        return [[], found[::-1], found * 2, found[:1], found * 100]
    if not isinstance(found, str):
        return [None, {}]
    form, colon, _ = found.partition(":")
    strings = _strings()
    if found[:4].isdigit() and found[4:5] == "-":
        return strings["day"]
    return strings.get(form, strings["matter"]) if colon else [*strings[""], found * 2, found[:-1], found.upper()]


def text_of(value: Any) -> bytes:
    """A value as JSON, also one that is not canonical."""
    marks: dict[str, str] = {}

    def plain(value: Any) -> Any:
        if isinstance(value, Raw):
            mark = f"\ue000{len(marks)}\ue001"
            marks[f'"{mark}"'] = value.text
            return mark
        if isinstance(value, dict):
            return {name: plain(item) for name, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    for mark, raw in marks.items():
        text = text.replace(mark, raw)
    return text.encode("utf-8", "surrogatepass")


# -- books


class Book(NamedTuple):
    """The files of a book of one case, and the state to verify it from."""

    files: Files
    state: bytes | None


def made(case: Case, chance: random.Random) -> Book:
    """The case's book with its act made hostile: the act itself, an object it names, or a sealed act that it opens."""
    act, files = case.entry["act"], {}
    named = [name for name in case.kind.objects if act["body"].get(name)]
    opened = act["body"].get(case.kind.opening) if case.kind.opening else None
    opened = opened if opened and world().stage.office.store.object(opened) else None  # not of an example made up
    how = chance.random()
    if named and how < 0.4:
        name = chance.choice(named)
        original = world().stage.office.store.object(act["body"][name]) or b"{}"
        digest, files = _object(text_of(mutated(canonical.decode(original), chance)))
        act = act | {"body": act["body"] | {name: digest}}
    elif opened and how < 0.6:
        digest, files = _opened_anew(opened, chance)
        act = act | {"body": act["body"] | {case.kind.opening: digest}}
    else:
        part = "body" if chance.random() < 0.7 else chance.choice(sorted(act))
        act = act | {part: mutated(act[part], chance)}
    received = mutated(case.entry["rx"], chance) if chance.random() < 0.05 else case.entry["rx"]
    return book(case, _leaf(act, received, case.seeds, chance), files)


def _leaf(act: Any, received: Any, seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """The leaf, signed over what the act has become; now and then the signatures are hostile too."""
    signed = text_of(act)
    sigs: Any = [
        {
            "alg": "ed25519",
            "key": key_id(ed25519.public(seed)),
            "sig": _b64(ed25519.sign(seed, SIGNING_PREFIX + signed)),
        }
        for seed in seeds
    ]
    if chance.random() < 0.05:
        nested = {"alg": "webauthn", "ad": "AAAA", "cd": _b64(b"[" * chance.choice((100, 30_000)))}
        sigs = mutated([one | nested for one in sigs] if chance.random() < 0.5 else sigs, chance)
    return b'{"act":%s,"rx":%s,"sigs":%s,"v":"gongyue/entry@2"}' % (signed, text_of(received), text_of(sigs))


def signed(act: Any, case: Case) -> bytes:
    """The leaf of an act, signed as the case's was."""
    return _leaf(act, case.entry["rx"], case.seeds, random.Random(0))


def _b64(data: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _object(data: bytes) -> tuple[str, Files]:
    digest = canonical.digest(data)
    return digest, {f"objects/sha256/{digest.removeprefix('sha256:')}": data}


def _opened_anew(digest: str, chance: random.Random) -> tuple[str, Files]:
    """An object of openings with one of its sealed acts made hostile, and the sealed book that holds it so."""
    rows = (world().stage.office.store.object(digest) or b"").splitlines()
    chosen = chance.randrange(len(rows))
    line = json.loads(rows[chosen])
    entry = line["entry"]
    seeds = tuple(_seeds()[sig["key"]] for sig in entry["sigs"])
    leaf = _leaf(mutated(entry["act"], chance), entry["rx"], seeds, chance)
    salt = bytes(32)
    rows[chosen] = disclosure.line(line["index"], salt, leaf).rstrip(b"\n")
    if chance.random() < 0.1:
        rows[chosen] = text_of(mutated(line, chance))
    digest, files = _object(b"".join(row + b"\n" for row in rows))
    sealed = [world().stage.office.store.leaf(SEALED, i) or b"" for i in range(len(_sealed()))]
    sealed[line["index"]] = sealed_leaf(commit(salt, leaf))
    return digest, files | {f"sealed/{path}": data for path, data in published(sealed, _signer("sealed")).items()}


@cache
def _sealed() -> range:
    head = world().stage.office.store.head(SEALED)
    assert head is not None
    return range(head.size)


@cache
def _signer(name: str) -> Signer:
    return Signer(getattr(world().stage.office.keys, name).verifier.name, seed_of({"open": "book"}.get(name, name)))


def book(case: Case, leaf: bytes, files: Files) -> Book:
    """The case's book with that leaf as its last."""
    if len(leaf) > 65_535:
        leaf = leaf[:65_535]
    return Book(
        _others() | published([*case.leaves, leaf], _signer("open")) | files,
        (case.bare if any(path.startswith("sealed/") for path in files) else case.state) or None,
    )


@cache
def _others() -> Files:
    return {path: data for path, data in files_of(world()).items() if path.startswith(("objects/", "sealed/"))}


def published(leaves: list[bytes], signer: Signer) -> Files:
    """A book as files; one of fewer than 256 leaves in no time."""
    if len(leaves) > WIDTH - 1:
        return _tiles(leaves, signer)
    hashes, entries, edge = _before(tuple(leaves[:-1]))
    size, last = len(leaves), merkle.leaf_hash(leaves[-1])
    frontier = merkle.Frontier.from_bytes(edge)
    frontier.append(last)
    return {
        "checkpoint": checkpoint.sign(Checkpoint(signer.verifier.name, size, frontier.root()), signer),
        f"tile/0/000.p/{size}": hashes + last,
        f"tile/entries/000.p/{size}": entries + encode_entries(leaves[-1:]),
    }


def _tiles(leaves: list[bytes], signer: Signer) -> Files:
    size, tree = len(leaves), merkle.Tree(map(merkle.leaf_hash, leaves))
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(merkle.leaf_hash(leaf))
    files = {"checkpoint": checkpoint.sign(Checkpoint(signer.verifier.name, size, frontier.root()), signer)}
    for level, index, width in tiles_of(size):
        files[tile_path(level, index, width)] = tile(tree.node, level, index, width)
        if level == 0:
            files[entries_path(index, width)] = encode_entries(leaves[index * WIDTH : index * WIDTH + width])
    return files


@lru_cache(256)
def _before(leaves: tuple[bytes, ...]) -> tuple[bytes, bytes, bytes]:
    """Hashes, entries and compact range of the leaves before the last: the same for every mutation of a case."""
    hashes, frontier = [merkle.leaf_hash(leaf) for leaf in leaves], merkle.Frontier()
    for one in hashes:
        frontier.append(one)
    return b"".join(hashes), encode_entries(leaves), frontier.to_bytes()
