"""Who is handed which test, and when: a run in which no test is run, only its seconds are counted."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from handing_out import LongestFirst


class Worker:
    """Stands where xdist has a worker: begins a test once it holds the next one too, or knows that none comes."""

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.shutting_down = False
        self.queue: list[int] = []
        self.did: list[str] = []
        self.free = 0

    def send_runtest_some(self, tests: list[int]) -> None:
        self.queue += tests

    def shutdown(self) -> None:
        self.shutting_down = True

    def can_begin(self) -> bool:
        return len(self.queue) > 1 or (self.shutting_down and bool(self.queue))


def run(tmp_path: Path, workers: int, seconds: dict[str, int], units: list[list[str]]) -> list[Worker]:
    """The workers after a run of those tests, in their order; `free` is when each ended."""
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(units), "utf-8")
    config: Any = SimpleNamespace(getvalue=lambda name: ["popen"] * workers)
    giving, tests = LongestFirst(config, None, plan), list(seconds)
    all_: Any = [Worker(f"gw{n}") for n in range(workers)]
    for worker in all_:
        giving.add_node(worker)
        giving.add_node_collection(worker, tests)
    assert giving.collection_is_completed
    giving.schedule()
    while able := [worker for worker in all_ if worker.can_begin()]:
        worker = min(able, key=lambda one: one.free + seconds[tests[one.queue[0]]])  # who is done first
        test = worker.queue.pop(0)
        worker.free += seconds[tests[test]]
        worker.did.append(tests[test])
        giving.mark_test_complete(worker, test)
    assert giving.tests_finished and not giving.has_pending
    assert sorted(name for worker in all_ for name in worker.did) == sorted(tests)  # each once
    return list(all_)


def of(folder: str, module: str, tests: int) -> dict[str, int]:
    """A second for each."""
    return {f"tests/{folder}/test_{module}.py::test_{n}": 1 for n in range(tests)}


def test_the_long_end_with_the_rest_and_none_waits_behind_another(tmp_path: Path) -> None:
    """160 s of long ones and 200 s of short ones for three: all end within the longest that was begun last."""
    long = {f"tests/x/test_long.py::test_{n}": n for n in (60, 40, 30, 20, 10)}
    short = {name: one for m in "abcdefghij" for name, one in of(m, m, 20).items()}
    done = run(tmp_path, 3, long | short, [[name] for name in long])
    for worker in done:
        for one, after in zip(worker.did, worker.did[1:], strict=False):
            assert not (one in long and after in long)
    assert done[0].did[0] == next(iter(long))
    assert max(worker.free for worker in done) <= 360 / 3 + 10


def test_a_long_module_is_one_workers(tmp_path: Path) -> None:
    """Its twelve tests are done in a row by one of the workers, before any other module."""
    module = of("w", "mirror", 12)
    short = {name: one for m in "abc" for name, one in of(m, m, 20).items()}
    done = run(tmp_path, 3, short | module, [list(module)])
    assert [worker.did[:12] for worker in done if set(worker.did) & set(module)] == [list(module)]


def test_what_was_not_asked_for_is_not_handed_out(tmp_path: Path) -> None:
    """Workers name what is long before `-m 'not slow'` takes some of it away: a whole unit, a part of one."""
    module = of("w", "mirror", 2)
    units = [["tests/x/test_long.py::test_it"], [*module, "tests/w/test_mirror.py::test_slow"]]
    done = run(tmp_path, 2, of("a", "a", 9) | module, units)
    assert done[0].did[:2] == list(module)


def test_modules_stay_whole_and_folders_together(tmp_path: Path) -> None:
    """Of two folders of ten modules, each of two workers has one, until one of them has nothing left."""
    seconds = {name: one for n in range(20) for name, one in of("ab"[n % 2], f"{n}", 5).items()}
    one, other = run(tmp_path, 2, seconds, [])
    for worker, folder in ((one, "a"), (other, "b")):
        assert all(name.startswith(f"tests/{folder}/") for name in worker.did[:40])
    for name in list(seconds)[:50]:
        module = name.partition("::")[0]
        assert (
            len({worker.gateway.id for worker in (one, other) if any(did.startswith(module) for did in worker.did)})
            == 1
        )


def test_what_a_dead_worker_held_is_done_by_another(tmp_path: Path) -> None:
    """The test in which it died is named; the others that it held are handed out anew."""
    plan = tmp_path / "plan.json"
    plan.write_text("[]", "utf-8")
    config: Any = SimpleNamespace(getvalue=lambda name: ["popen"] * 2)
    giving, tests = LongestFirst(config, None, plan), list(of("a", "a", 3) | of("b", "b", 3))
    left, dead = Worker("gw0"), Worker("gw1")
    for worker in (left, dead):
        giving.add_node(worker)  # type: ignore[arg-type]
        giving.add_node_collection(worker, tests)  # type: ignore[arg-type]
    giving.schedule()
    held = list(dead.queue)
    assert giving.remove_node(dead) == tests[held[0]]  # type: ignore[arg-type]
    while left.can_begin():
        giving.mark_test_complete(left, left.queue.pop(0))  # type: ignore[arg-type]
        left.did.append("")
    assert len(left.did) == len(tests) - 1 and giving.tests_finished
