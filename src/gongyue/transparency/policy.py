"""Trust policies (C2SP tlog-policy): which logs to trust, and how many witnesses must have seen a checkpoint."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from gongyue.transparency import checkpoint as checkpoints
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import COSIGNATURE, SIGNATURE, BadKey, Verifier, verify_note

NONE = "none"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPACE = re.compile("[ \t]+")
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class BadPolicy(ValueError):
    """The policy file breaks a rule of its format; the message begins with the line number."""


@dataclass(frozen=True, slots=True)
class Group:
    """Has witnessed a checkpoint when ``threshold`` of its members (witnesses or groups, by name) have."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyEvaluation:
    """A signed checkpoint, its witnesses and satisfied groups by the policy's names, and whether the quorum is met.

    ``latest``: the latest time (Unix seconds) that one of its witnesses states; 0 for none.
    """

    checkpoint: Checkpoint
    witnesses: tuple[str, ...]
    groups: tuple[str, ...]
    quorum: bool
    latest: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """Log keys, witnesses and groups by name in the file's order, and the name that is the quorum (or ``none``)."""

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Verifier]
    groups: Mapping[str, Group]
    quorum: str

    def satisfied(self, cosigned: AbstractSet[str]) -> frozenset[str]:
        """The witnesses ``cosigned`` and all groups they satisfy, by name."""
        names = set(cosigned)
        for name, group in self.groups.items():  # members come before their group
            if len(names.intersection(group.members)) >= group.threshold:
                names.add(name)
        return frozenset(names)


def parse(data: bytes) -> Policy:
    """The policy of a file; ``BadPolicy`` with the line number if it breaks a rule."""
    reading = _Reading()
    lines = data.decode("utf-8", "surrogateescape").split("\n")  # names are opaque octets, kept apart exactly
    for number, line in enumerate(lines, 1):
        try:
            reading.line(line)
        except (BadKey, BadPolicy) as error:
            raise BadPolicy(f"line {number}: {error}") from None
    if reading.quorum is None:
        raise BadPolicy(f"line {len(lines)}: the file ends without a quorum line")
    return Policy(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)


def evaluate(policy: Policy, note: bytes, logs: Iterable[Verifier] = ()) -> PolicyEvaluation:
    """What a signed checkpoint is worth under the policy; ``logs`` adds log keys known from elsewhere.

    ``BadNote`` or ``BadCheckpoint`` if no log signed it or a known key's signature is wrong. A quorum not met is no
    error: the verdict says so.
    """
    keys = [*policy.logs, *logs]
    verified = verify_note(note, [*keys, *policy.witnesses.values()])
    checkpoint = checkpoints.of(verified, keys)
    signers = {key for key, _ in verified.signatures}
    witnesses = tuple(name for name, key in policy.witnesses.items() if key in signers)
    names = policy.satisfied(frozenset(witnesses))
    groups = tuple(name for name in policy.groups if name in names)
    latest = max(verified.timestamps().values(), default=0)
    return PolicyEvaluation(checkpoint, witnesses, groups, policy.quorum == NONE or policy.quorum in names, latest)


@dataclass
class _Reading:
    """What has been read of a policy file so far."""

    logs: list[Verifier] = field(default_factory=list)
    witnesses: dict[str, Verifier] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    members: set[str] = field(default_factory=set)

    def line(self, line: str) -> None:
        if _CONTROL.search(line):
            raise BadPolicy("control character (lines end in a newline only)")
        words = _SPACE.split(line.strip(" \t"))
        match words:
            case [first, *_] if not first or first.startswith("#"):
                pass
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(_key(vkey, SIGNATURE, self.logs))
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self._require_new(name)
                self.witnesses[name] = _key(vkey, COSIGNATURE, self.witnesses.values())
            case ["group", name, threshold, _, *_]:
                self._require_new(name)
                self.groups[name] = self._group(threshold, words[3:])
            case ["quorum", name]:
                if self.quorum is not None:
                    raise BadPolicy("a second quorum")
                if name != NONE:
                    self._require_defined(name)
                self.quorum = name
            case _:
                raise BadPolicy("not a log, witness, group or quorum line")

    def _group(self, threshold: str, members: list[str]) -> Group:
        for member in members:
            self._require_defined(member)
            if member in self.members:  # C2SP tlog-policy: so that each witness counts in one way only
                raise BadPolicy(f"{member!r} is already a member of a group")
            self.members.add(member)
        words = {"any": "1", "all": str(len(members))}
        number = words.get(threshold, threshold)
        if not _NUMBER.fullmatch(number) or int(number) > len(members):
            raise BadPolicy(f"threshold {threshold!r} of {len(members)} members")
        return Group(int(number), tuple(members))

    def _require_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy(f"the name {name!r} is taken")

    def _require_defined(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise BadPolicy(f"{name!r} is not defined on a line before")


def _key(vkey: str, kind: int, others: Iterable[Verifier]) -> Verifier:
    key = Verifier.from_vkey(vkey)
    if key.kind != kind:
        raise BadKey(f"key of {key.name}: type 0x{key.kind:02x} where 0x{kind:02x} is needed")
    if any(key.public == other.public for other in others):  # C2SP tlog-policy: the same key under another name too
        raise BadKey(f"key of {key.name} is listed twice")
    return key
