"""A large log to audit: the shape of the gate's benchmark as Parquet, 955 uses in 1,000 covered, in no order."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.gate import DATASETS, HEAD, YEAR
from gongyue.conduct.grants import Scope
from gongyue.conduct.promise import ACTIONS

SCOPES, PURPOSES, ROW_GROUP = 60, 200, 1 << 20
COVERED = 0.955


def promise_text() -> str:
    """A tree of 200 purposes three children wide, 20 categories, 100 recipients by name."""
    text = HEAD.format(digest="0" * 64)
    for i in range(PURPOSES):
        parent = f'parent = "p{(i - 1) // 3}"\n' if i else ""
        text += f'[[purpose]]\nid = "p{i}"\nzh = "p"\ndpv = "https://w3id.org/dpv#Purpose"\n{parent}'
    text += "".join(f'[[category]]\nid = "k{i:02}"\nzh = "k"\n' for i in range(20))
    text += "".join(f'[[recipient]]\nid = "r{i}"\nzh = "r"\n' for i in range(100))
    return text + "[map.dataset]\n" + "".join(f'"k{a:02}+k{b:02}" = ["k{a:02}", "k{b:02}"]\n' for a, b in DATASETS)


def scopes(rng: random.Random) -> list[Scope]:
    """Sixty scopes, as the gate's benchmark draws them."""
    return [
        Scope(
            frozenset(f"p{rng.randrange(40)}" for _ in range(4)),
            frozenset(f"k{i:02}" for i in range(20) if rng.random() < 0.7),
            frozenset(rng.sample(ACTIONS, 3)) | {"view"},
            frozenset(f"r{i}" for i in range(100) if rng.random() < 0.5),
            frozenset({"SG"} if rng.random() < 0.5 else ()),
        )
        for _ in range(SCOPES)
    ]


def text(codes: np.ndarray, names: list[str | None]) -> pa.DictionaryArray:
    """A dictionary column; the last name may be None, for null."""
    has_null = names[-1] is None
    kept = names[:-1] if has_null else names
    mask = codes == len(kept) if has_null else None
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=mask), pa.array(kept, pa.string()))


class World:
    """Authorisations of `subjects` people and any number of uses of them, from one seed."""

    def __init__(self, subjects: int, seed: int = 8, as_text: bool = False) -> None:
        self.rng, self.subjects, self.as_text = np.random.default_rng(seed), subjects, as_text
        self.scopes = scopes(random.Random(seed))
        each = self.rng.integers(1, 5, subjects)
        self.subject = np.repeat(np.arange(subjects), each)
        n = len(self.subject)
        self.scope = self.rng.integers(0, SCOPES, n)
        self.start = self.rng.integers(0, YEAR, n)
        self.end = np.where(self.rng.random(n) < 0.25, self.start + self.rng.integers(1, YEAR, n), -1)
        self.gone = np.where(self.rng.random(n) < 0.125, self.start + self.rng.integers(1, YEAR, n), -1)
        self.samples = np.stack([self._fitting(scope) for scope in self.scopes])

    def _fitting(self, scope: Scope) -> np.ndarray:
        """4,096 uses that fit a scope: (purpose, data set, action, recipient, region) as codes."""
        below = [i for i in range(PURPOSES) if self._above(i) & {int(p[1:]) for p in scope.purposes}]
        within = [j for j, (a, b) in enumerate(DATASETS) if {f"k{a:02}", f"k{b:02}"} <= scope.categories]
        recipients = sorted(int(r[1:]) for r in scope.recipients)
        verbs = [ACTIONS.index(a) for a in sorted(scope.actions) if a != "export" or scope.regions]
        action = np.where(self.rng.random(4096) < 0.3, self.rng.choice(verbs, 4096), 0)
        recipient = np.where(action == 0, 110, self.rng.choice(recipients, 4096))
        region = np.where(action == ACTIONS.index("export"), 0, 1)
        return np.stack([self.rng.choice(below, 4096), self.rng.choice(within, 4096), action, recipient, region])

    @staticmethod
    def _above(purpose: int) -> set[int]:
        line = {purpose}
        while purpose:
            purpose = (purpose - 1) // 3
            line.add(purpose)
        return line

    def authorisations(self, path: Path) -> int:
        """Write them; their number."""
        lists = {
            name: text(self.scope, ["|".join(sorted(getattr(s, name))) for s in self.scopes])
            for name in ("purposes", "categories", "actions", "recipients", "regions")
        }
        n = len(self.subject)
        table = pa.table(
            {"id": np.arange(n), "subject": self._named(self.subject), **lists, "valid_from": self.start,
             "valid_to": pa.array(self.end, mask=self.end < 0), "revoked_at": pa.array(self.gone, mask=self.gone < 0)}
        )  # fmt: skip
        pq.write_table(table, path, row_group_size=ROW_GROUP)
        return n

    def _named(self, subject: np.ndarray) -> pa.Array:
        numbers = pa.array(subject, pa.int64())
        if not self.as_text:
            return numbers
        return pa.array([f"u{n:08x}" for n in subject.tolist()], pa.string())

    def uses(self, path: Path, n: int, sort: bool = False) -> None:
        """Write n uses, a row group at a time."""
        with pq.ParquetWriter(path, self._uses(8).schema) as writer:
            for done in range(0, n, ROW_GROUP):
                writer.write_table(self._uses(min(ROW_GROUP, n - done), sort), row_group_size=ROW_GROUP)

    def _uses(self, n: int, sort: bool = False) -> pa.Table:
        rng = self.rng
        chosen = rng.integers(0, len(self.subject), n)
        scope = self.scope[chosen]
        columns = self.samples[scope, :, rng.integers(0, 4096, n)]
        start = self.start[chosen]
        ends = [np.where(e[chosen] < 0, start + YEAR, e[chosen]) for e in (self.end, self.gone)]
        time = start + (rng.random(n) * (np.minimum(*ends) - start)).astype(np.int64)
        subject = self.subject[chosen]
        stray = rng.random(n) >= COVERED
        many = int(stray.sum())
        subject[stray] = rng.integers(0, int(self.subjects * 1.02), many)
        columns[stray] = self.samples[rng.integers(0, SCOPES, many), :, rng.integers(0, 4096, many)]
        time[stray] = rng.integers(0, 2 * YEAR, many)
        if sort:
            order = np.argsort(subject)
            columns, time, subject = columns[order], time[order], subject[order]
        return pa.table(
            {
                "time": time,
                "subject": self._named(subject),
                "purpose": text(columns[:, 0], [f"p{i}" for i in range(PURPOSES)]),
                "dataset": text(columns[:, 1], [f"k{a:02}+k{b:02}" for a, b in DATASETS]),
                "action": text(columns[:, 2], list(ACTIONS)),
                "recipient": text(columns[:, 3], [*(f"r{i}" for i in range(110)), None]),
                "region": text(columns[:, 4], ["SG", None]),
            }
        )
