"""Tiles: paths, bundles, a published directory, and reading it back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.transparency.merkle import (
    Frontier,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from gongyue.transparency.tiles import (
    MAX_ENTRY,
    BadTile,
    Missing,
    TileNodes,
    decode_entries,
    encode_entries,
    entries_path,
    from_directory,
    publish,
    read_entries,
    tile_path,
    tiles_of,
)

SIZE = 66_000
ENTRIES = [b"entry %d" % i for i in range(SIZE)]
TREE = Tree(map(leaf_hash, ENTRIES))


def leaves(start: int, end: int) -> list[bytes]:
    return ENTRIES[start:end]


def as_dict(directory) -> dict[str, bytes]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A log published whole, as path to content."""
    directory = tmp_path_factory.mktemp("log")
    publish(directory, leaves, TREE.node, 0, SIZE)
    return as_dict(directory)


@pytest.mark.parametrize(
    ("index", "place"),
    [
        (0, "000"),
        (255, "255"),
        (256, "256"),
        (257, "257"),
        (999, "999"),
        (1000, "x001/000"),
        (65535, "x065/535"),
        (65536, "x065/536"),
        (1_000_000, "x001/x000/000"),
        (1234067, "x001/x234/067"),
    ],
)
def test_a_path_groups_its_digits_by_three(index, place):
    """The last is the example of C2SP tlog-tiles."""
    assert tile_path(0, index) == f"tile/0/{place}"
    assert tile_path(63, index, 255) == f"tile/63/{place}.p/255"
    assert entries_path(index) == f"tile/entries/{place}"
    assert entries_path(index, 1) == f"tile/entries/{place}.p/1"


@pytest.mark.parametrize(("level", "index", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_a_tile_out_of_range_has_no_path(level, index, width):
    """Levels 0 to 63, widths 1 to 256."""
    with pytest.raises(ValueError, match="no tile"):
        tile_path(level, index, width)


@pytest.mark.parametrize(
    ("size", "tiles"),
    [
        (0, []),
        (1, [(0, 0, 1)]),
        (255, [(0, 0, 255)]),
        (256, [(0, 0, 256), (1, 0, 1)]),
        (257, [(0, 0, 256), (0, 1, 1), (1, 0, 1)]),
    ],
)
def test_a_small_tree_has_these_tiles(size, tiles):
    """Below, at and above a full tile."""
    assert list(tiles_of(size)) == tiles


@pytest.mark.parametrize(
    ("size", "edge", "full"),
    [
        (65535, [(0, 255, 255), (1, 0, 255)], 255),
        (65536, [(2, 0, 1)], 257),
        (70_000, [(0, 273, 112), (1, 1, 17), (2, 0, 1)], 274),
        (1_000_000, [(0, 3906, 64), (1, 15, 66), (2, 0, 15)], 3921),
        (1234067, [(0, 4820, 147), (1, 18, 212), (2, 0, 18)], 4838),
    ],
)
def test_a_large_tree_has_these_partial_tiles(size, edge, full):
    """The third is the example of C2SP tlog-tiles."""
    tiles = list(tiles_of(size))
    assert [tile for tile in tiles if tile[2] < 256] == edge
    assert len(tiles) - len(edge) == full


@given(st.lists(st.binary(max_size=300), max_size=9))
def test_a_bundle_gives_its_entries_back(entries):
    """Also empty ones; cut short it is refused."""
    data = encode_entries(entries)
    assert decode_entries(data) == entries
    if data:
        with pytest.raises(ValueError, match="ends inside"):
            decode_entries(data[:-1] if entries[-1] else data + b"\0")


@pytest.mark.parametrize(("length", "fine"), [(MAX_ENTRY - 1, True), (MAX_ENTRY, True), (MAX_ENTRY + 1, False)])
def test_an_entry_has_at_most_65535_bytes(length, fine):
    """Below, at and above."""
    if fine:
        assert decode_entries(encode_entries([bytes(length)])) == [bytes(length)]
    else:
        with pytest.raises(ValueError, match="at most 65535"):
            encode_entries([bytes(length)])


def test_a_published_log_reads_back(published):
    """Entries, root and proofs, from files alone."""
    nodes = TileNodes(published.__getitem__, SIZE)
    assert list(read_entries(published.__getitem__, SIZE)) == ENTRIES
    assert list(read_entries(published.__getitem__, SIZE, 65_000)) == ENTRIES[65_000:]
    assert root(nodes, SIZE) == TREE.root()
    for index in (0, 255, 256, 257, 65535, 65536, SIZE - 1):
        proof = inclusion_proof(nodes, index, SIZE)
        assert verify_inclusion(leaf_hash(ENTRIES[index]), index, SIZE, proof, TREE.root())
    for old in (1, 255, 256, 257, 65535, 65536, SIZE):
        proof = consistency_proof(nodes, old, SIZE)
        assert verify_consistency(old, SIZE, root(TREE.node, old), TREE.root(), proof)


@given(st.integers(0, 17), st.data())
def test_every_node_is_found_in_the_tiles(published, level, data):
    """At every level, whether it is a tile's hash or lies between two tile levels."""
    count = SIZE >> level
    nodes = TileNodes(published.__getitem__, SIZE)
    if count:
        index = data.draw(st.integers(0, count - 1))
        assert nodes(level, index) == TREE.node(level, index)
    for missing in (-1, count):
        with pytest.raises(IndexError):
            nodes(level, missing)


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(0, 1500), min_size=1, max_size=6).map(sorted))
def test_publishing_by_steps_gives_the_same_files_as_at_once(tmp_path_factory, sizes):
    """Old partial files stay beside; every size published can be read."""
    stepwise, at_once = tmp_path_factory.mktemp("steps"), tmp_path_factory.mktemp("once")
    for old, new in zip([0, *sizes], sizes, strict=False):
        assert (publish(stepwise, leaves, TREE.node, old, new) == []) == (old == new)
    publish(at_once, leaves, TREE.node, 0, sizes[-1])
    assert as_dict(at_once).items() <= as_dict(stepwise).items()
    for size in sizes:
        fetch = from_directory(stepwise)
        assert root(TileNodes(fetch, size), size) == root(TREE.node, size)
        assert list(read_entries(fetch, size)) == ENTRIES[:size]


def test_a_full_tile_serves_where_the_partial_one_is_gone(published):
    """C2SP tlog-tiles lets a log delete partial tiles that have become full."""
    for size in (100, 255, 256, 300):
        assert list(read_entries(published.__getitem__, size)) == ENTRIES[:size]
        assert root(TileNodes(published.__getitem__, size), size) == root(TREE.node, size)


def test_a_missing_file_is_named(published):
    """Of either kind."""
    files = {path: data for path, data in published.items() if path not in ("tile/entries/001", "tile/0/001")}
    with pytest.raises(Missing, match="tile/entries/001"):
        list(read_entries(files.__getitem__, SIZE))
    with pytest.raises(Missing, match="tile/0/001"):
        inclusion_proof(TileNodes(files.__getitem__, SIZE), 256, SIZE)


def test_a_file_of_the_wrong_length_is_named(published):
    """Cut, lengthened, or with an entry too few."""
    for data in (published["tile/0/001"][:-1], published["tile/0/001"] + b"\0", b""):
        with pytest.raises(BadTile, match="tile/0/001"):
            inclusion_proof(TileNodes({**published, "tile/0/001": data}.__getitem__, SIZE), 256, SIZE)
    for data in (published["tile/entries/001"][:-1], encode_entries(ENTRIES[256:511]), b""):
        with pytest.raises(BadTile, match="tile/entries/001"):
            list(read_entries({**published, "tile/entries/001": data}.__getitem__, SIZE))


def test_an_altered_entry_gives_another_root(published):
    """Reading alone does not notice, the root does."""
    altered = {**published, "tile/entries/000": published["tile/entries/000"].replace(b"entry 7", b"entry x", 1)}
    frontier = Frontier()
    for entry in read_entries(altered.__getitem__, SIZE):
        frontier.append(leaf_hash(entry))
    assert frontier.size == SIZE
    assert frontier.root() != TREE.root()


def test_publishing_backwards_or_without_entries_is_an_error(tmp_path):
    """Our own mistakes are loud."""
    with pytest.raises(ValueError, match="cannot publish"):
        publish(tmp_path, leaves, TREE.node, 2, 1)
    with pytest.raises(ValueError, match="3 needed"):
        publish(tmp_path, lambda *_: [], TREE.node, 0, 3)
