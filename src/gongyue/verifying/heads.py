"""Signed checkpoints: the book's own, those shown earlier, and the keys under which either book signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple

import msgspec

from gongyue.book.entry import Malformed, decode
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ACT_TYPES, decode_body
from gongyue.transparency import checkpoint, policy
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import BadKey, BadNote, Verifier
from gongyue.verifying.failures import tampered, unreadable
from gongyue.verifying.locations import Fetch
from gongyue.verifying.published_book import BookFiles
from gongyue.verifying.report import Report


def open_head(fetch: Fetch, key: Verifier, rules: bytes | None, report: Report) -> Checkpoint:
    """The open book's checkpoint, signed by the key one was told, with the witnesses that a policy asks for."""
    try:
        note = fetch("checkpoint")
    except KeyError:
        raise unreadable(
            "没有 checkpoint 文件，所指的不是公开的簿册：请指明 gongyue export 写出的目录或 zip，或网站上的 …/book",
            "there is no checkpoint file, so this is no published book: name the folder or zip file that gongyue export"
            " wrote, or …/book of a site",
            "no-checkpoint",
        ) from None
    try:
        head = checkpoint.open(note, key)
        if rules is not None:
            _require_witnesses(note, key, policy.parse(rules), report)
    except policy.BadPolicy as error:
        raise unreadable(f"见证策略不合格式：{error}", f"not a policy: {error}", "policy") from None
    except BadNote as error:
        raise tampered("signature", "checkpoint", str(error)) from None
    return head


def _require_witnesses(note: bytes, key: Verifier, rules: policy.Policy, report: Report) -> None:
    """The quorum must be met: a head that too few have seen may be one of several."""
    verdict = policy.evaluate(rules, note, [key])
    report.witnesses, report.quorum = list(verdict.witnesses), verdict.quorum
    if not verdict.quorum:
        missing = " ".join(name for name in rules.witnesses if name not in verdict.witnesses)
        detail, seen = f"{rules.quorum} lacks {missing}", " ".join(verdict.witnesses)
        zh = f"{rules.quorum} 尚缺 {missing}"
        raise tampered(
            "unwitnessed", "checkpoint", detail, detail_zh=zh, quorum=rules.quorum, witnesses=seen, missing=missing
        )


def keys_of(
    first: bytes, key: Verifier, rotated: Iterable[tuple[str, str]], foretold: list[bytes]
) -> dict[str, list[Verifier]]:
    """The keys of both books: those the genesis act names, which must be the book's own, and further ones.

    `rotated` are known from an earlier run, `foretold` leaves that may hold acts which name more.
    """
    try:
        act = decode(first).entry.act
        genesis = msgspec.json.decode(act.body)
        keys = {name: [Verifier.from_vkey(str(genesis[f"{name}_vkey"]))] for name in ("open", "sealed")}
    except (Malformed, msgspec.DecodeError, BadKey, TypeError, KeyError) as error:
        raise tampered("form", "genesis", str(error), 0) from None
    for name, vkey in rotated:
        keys[name].append(Verifier.from_vkey(vkey))
    for name, further in _named_keys(foretold):
        keys[name].append(further)
    if key not in keys["open"] or act.cov != key.name:
        raise tampered("key", "genesis", f"open_vkey, cov ≠ {key.vkey}", 0)
    return keys


def _named_keys(foretold: list[bytes]) -> Iterator[tuple[str, Verifier]]:
    """The further keys that acts name; whether they may, and whether they are any, is judged where the act stands."""
    for body in _bodies(foretold, "book.rotate/1"):
        with suppress(BadKey):
            yield body["book"], Verifier.from_vkey(body["verifier"])


def named_objects(foretold: list[bytes], by: Literal["opening", "handed"]) -> Iterator[str]:
    """The digests of openings that acts name, published or handed to some; what they hold is judged where the act stands."""
    for kind in ACT_TYPES.values():
        if field := getattr(kind, by):
            yield from (digest for body in _bodies(foretold, kind.type) if (digest := body[field]))


def _bodies(foretold: list[bytes], type: str) -> Iterator[dict[str, Any]]:
    for data in foretold:
        with suppress(Malformed, OutOfTurn):
            act = decode(data).entry.act
            if act.type == type:
                decode_body(ACT_TYPES[type], act.body)
                yield msgspec.json.decode(act.body)


def sealed_head(note: bytes, keys: list[Verifier]) -> Checkpoint:
    """The sealed book's checkpoint."""
    try:
        return checkpoint.open(note, *keys)
    except BadNote as error:
        raise tampered("signature", "sealed/checkpoint", str(error), book="sealed") from None


class EarlierCheckpoint(NamedTuple):
    """A checkpoint that was shown before: its name, its size, and the latest time a witness of the policy stated, 0 for none."""

    name: str
    size: int
    latest: int


def require_continued(
    earlier: Iterable[tuple[str, bytes]], keys: list[Verifier], open_: BookFiles, rules: bytes | None
) -> list[EarlierCheckpoint]:
    """Every checkpoint that was shown before is one of this very history."""
    seen = []
    for name, note in earlier:
        try:
            shown = checkpoint.open(note, *keys)
        except BadNote as error:
            raise unreadable(
                f"{name}：不是本簿的检查点（{error}）",
                f"{name}: not a checkpoint of this book ({error})",
                "checkpoint",
                file=name,
            ) from None
        if open_.root_bytes(shown.size) != shown.root:
            raise tampered("fork", name, f"size {shown.size}")
        latest = policy.evaluate(policy.parse(rules), note, keys).latest if rules is not None else 0
        seen.append(EarlierCheckpoint(name, shown.size, latest))
    return seen
