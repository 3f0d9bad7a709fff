"""Trust policies: who must have seen a checkpoint."""

import itertools

import pytest

from gongyue.transparency import checkpoint, policy
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import BadNote, Cosigner, Line, Signer, add_lines
from gongyue.transparency.policy import BadPolicy

LOG = Signer("gongyue.example/log", b"l" * 32)
NAMES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
WITNESSES = {name: Cosigner(f"{name}.example", name.encode() * 16) for name in NAMES}
HEAD = Checkpoint("gongyue.example/log", 3, bytes(32))
KEYS = {name: witness.verifier.vkey for name, witness in WITNESSES.items()}
EXAMPLE = f"""# the example of C2SP tlog-policy
log {LOG.verifier.vkey} https://gongyue.example/log

witness X1 {KEYS["X1"]}
witness X2 {KEYS["X2"]}
witness\tX3   {KEYS["X3"]} https://x3.example
  group X-witnesses 2 X1 X2 X3

witness Y1 {KEYS["Y1"]}
witness Y2 {KEYS["Y2"]}
witness Y3 {KEYS["Y3"]}
group Y-witnesses any Y1 Y2 Y3
\t
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def read(text: str) -> policy.Policy:
    return policy.parse(text.encode())


def cosigned(names) -> bytes:
    return add_lines(checkpoint.sign(HEAD, LOG), [WITNESSES[name].cosign(HEAD.text(), 9) for name in names])


def test_the_example_counts_as_it_says():
    """For every set of the six witnesses: two of X and one of Y."""
    rules = read(EXAMPLE)
    for count in range(7):
        for names in itertools.combinations(NAMES, count):
            verdict = policy.evaluate(rules, cosigned(names))
            xs, ys = (sum(name[0] == letter for name in names) for letter in "XY")
            assert verdict.quorum == (xs >= 2 and ys >= 1)
            assert verdict.witnesses == names
            assert ("X-witnesses" in verdict.groups) == (xs >= 2)
            assert verdict.checkpoint == HEAD


@pytest.mark.parametrize(("threshold", "needed"), [("1", 1), ("any", 1), ("2", 2), ("3", 3), ("all", 3)])
def test_a_group_needs_its_threshold(threshold, needed):
    """Below, at and above."""
    lines = [f"witness {name} {KEYS[name]}" for name in NAMES[:3]]
    rules = read("\n".join([f"log {LOG.verifier.vkey}", *lines, f"group g {threshold} X1 X2 X3", "quorum g", ""]))
    for count in range(4):
        assert policy.evaluate(rules, cosigned(NAMES[:count])).quorum == (count >= needed)


def test_a_cosignature_given_twice_counts_once():
    """Two lines by one witness are one witness."""
    assert not policy.evaluate(read(EXAMPLE), cosigned(["X1", "X1", "Y1"])).quorum


def test_no_witness_is_needed_where_the_quorum_is_none():
    """The log's signature is still needed."""
    rules = read(f"log {LOG.verifier.vkey}\nquorum none\n")
    assert policy.evaluate(rules, cosigned([])).quorum
    with pytest.raises(BadNote):
        policy.evaluate(rules, checkpoint.sign(HEAD, Signer("gongyue.example/log", b"x" * 32)))


def test_a_log_known_from_elsewhere_is_handed_in():
    """A policy need not name a log."""
    rules = read(f"witness X1 {KEYS['X1']}\nquorum X1\n")
    assert policy.evaluate(rules, cosigned(["X1"]), [LOG.verifier]).quorum
    with pytest.raises(BadNote, match="by the log"):
        policy.evaluate(rules, cosigned(["X1"]))


def test_a_wrong_cosignature_by_a_known_witness_spoils_the_checkpoint():
    """It is not merely left out of the count."""
    key = WITNESSES["X1"].verifier
    with pytest.raises(BadNote, match="X1"):
        policy.evaluate(read(EXAMPLE), add_lines(cosigned(["X2"]), [Line(key.name, key.key_id, bytes(72))]))


def test_names_are_opaque_octets():
    """A Kelvin sign is not a K, and bytes that are no UTF-8 are a name too."""
    lines = f"witness K {KEYS['X1']}\nwitness \u212a {KEYS['X2']}\n".encode()
    lines += b"witness \xff " + KEYS["X3"].encode() + b"\nquorum \xff\n"
    rules = policy.parse(lines)
    assert len(rules.witnesses) == 3
    assert not policy.evaluate(rules, cosigned(["X1", "X2"]), [LOG.verifier]).quorum
    assert policy.evaluate(rules, cosigned(["X3"]), [LOG.verifier]).quorum


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "without a quorum"),
        ("quorum none\nquorum none\n", "line 2: a second quorum"),
        ("quorum X1\n", "line 1: 'X1' is not defined"),
        ("group g any X1\n", "not defined"),
        ("group g any g\n", "not defined"),
        ("W\ngroup g any none\n", "not defined"),
        ("W\ngroup g 0 X1\n", "threshold '0' of 1"),
        ("W\ngroup g 2 X1\n", "threshold '2' of 1"),
        ("W\ngroup g 01 X1\n", "threshold"),
        ("W\ngroup g some X1\n", "threshold"),
        ("W\ngroup g any\n", "not a log"),
        ("W\ngroup g any X1 X1\n", "already a member"),
        ("W\ngroup g any X1\ngroup h any X1\n", "already a member"),
        ("W\ngroup X1 any X1\n", "taken"),
        ("W\ngroup none any X1\n", "taken"),
        ("W\nW\n", "taken"),
        (f"W\nwitness again {KEYS['X1']}\n", "listed twice"),
        (f"witness w {LOG.verifier.vkey}\n", "type 0x01"),
        (f"log {KEYS['X1']}\n", "type 0x04"),
        (f"log {LOG.verifier.vkey}\nlog {LOG.verifier.vkey}\n", "listed twice"),
        ("log a+b+c\n", "line 1"),
        ("log\n", "not a log"),
        ("Log x\n", "not a log"),
        ("quorum none\r\n", "control character"),
        ("quorum\x0bnone\n", "control character"),
        ("quorum none # comment\n", "not a log"),
    ],
)
def test_a_policy_that_breaks_a_rule_is_refused_by_line(text, why):
    """Each rule of C2SP tlog-policy; W stands for a line that defines witness X1."""
    with pytest.raises(BadPolicy, match=why):
        read(text.replace("W\n", f"witness X1 {KEYS['X1']}\n"))


def test_thirty_two_of_each_are_read():
    """C2SP tlog-policy: the least an implementation should support."""
    lines = [f"log {Signer(f'l{i}', bytes([i, 1]) * 16).verifier.vkey}" for i in range(32)]
    lines += [f"witness w{i} {Cosigner(f'w{i}', bytes([i, 2]) * 16).verifier.vkey}" for i in range(32)]
    lines += [f"group g{i} any w{i}" for i in range(32)]
    rules = read("\n".join([*lines, "quorum g31", ""]))
    assert (len(rules.logs), len(rules.witnesses), len(rules.groups)) == (32, 32, 32)
