"""The gate beside general policy engines, on the same data in one run; see gate-peers.txt.

Each engine is asked whether the use is covered. The peers are handed the person's own authorisations ready to compare and
the purposes above the one stated; the gate looks both up itself. Every answer has to equal the gate's.
"""

from __future__ import annotations

import argparse
import gc
import platform
import random
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import cedarpy
import cel
import regorus

from benchmarks.gate import drawn, promise, uses, usual
from gongyue.conduct.gate import Gate
from gongyue.conduct.grants import Authorisation
from gongyue.conduct.uses import Use

CEL = """grants.exists(a, use.time >= a.start && use.time < a.end && use.purposes.exists(p, p in a.purposes)
  && use.categories.all(c, c in a.categories) && use.action in a.actions
  && (use.recipient == "" ? use.action == "view" : use.recipient in a.recipients)
  && (use.region == "" ? use.action != "export" : use.region == "CN" || use.region in a.regions))"""
REGO = """package gate
import rego.v1
default allow := false
allow if {
  some a in input.grants
  input.use.time >= a.start
  input.use.time < a.end
  some p in input.use.purposes
  p in a.purposes
  every c in input.use.categories { c in a.categories }
  input.use.action in a.actions
  told(a)
  placed(a)
}
told(a) if { input.use.recipient == ""; input.use.action == "view" }
told(a) if input.use.recipient in a.recipients
placed(a) if { input.use.region == ""; input.use.action != "export" }
placed(a) if input.use.region == "CN"
placed(a) if input.use.region in a.regions
"""
CEDAR = """permit(principal, action, resource) when {
  context.use.time >= context.a.start && context.use.time < context.a.end
  && context.a.purposes.containsAny(context.use.purposes) && context.a.categories.containsAll(context.use.categories)
  && context.a.actions.contains(context.use.action)
  && (if context.use.recipient == "" then context.use.action == "view" else context.a.recipients.contains(context.use.recipient))
  && (if context.use.region == "" then context.use.action != "export"
      else context.use.region == "CN" || context.a.regions.contains(context.use.region))
};"""
Asked = dict[str, Any]


def plain(grant: Authorisation) -> dict[str, Any]:
    """An authorisation as a policy engine takes it."""
    lists = {name: sorted(names) for name, names in grant.scope._asdict().items()}
    return {"start": grant.valid_from, "end": min(grant.valid_to, grant.revoked_at), **lists}


def by_cel() -> Callable[[Asked], bool]:
    """Common Expression Language, compiled once."""
    program = cel.compile(CEL)
    return lambda asked: bool(program.execute(asked))


def by_rego() -> Callable[[Asked], bool]:
    """Rego through regorus."""
    engine = regorus.Engine()
    engine.add_policy("gate.rego", REGO)

    def decide(asked: Asked) -> bool:
        engine.set_input(asked)
        return bool(engine.eval_rule("data.gate.allow"))

    return decide


def by_cedar() -> Callable[[Asked], bool]:
    """Cedar has no loop over records: one request an authorisation, until one permits."""
    policies = cedarpy.PolicySet.from_str(CEDAR) if hasattr(cedarpy.PolicySet, "from_str") else CEDAR
    fixed = {"principal": 'U::"u"', "action": 'Action::"use"', "resource": 'D::"d"'}

    def decide(asked: Asked) -> bool:
        use = asked["use"]
        return any(
            cedarpy.is_authorized(fixed | {"context": {"use": use, "a": a}}, policies, []).allowed
            for a in asked["grants"]
        )

    return decide


def rate(decide: Callable[[Any], object], asked: list[Any]) -> float:
    """Decisions a second of processor time, the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        begun = time.thread_time()
        for one in asked:
            decide(one)
        best = min(best, time.thread_time() - begun)
    return len(asked) / best


def main() -> None:
    """Build, hold every answer against the gate's, measure, print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uses", type=int, default=20_000)
    n, rng = parser.parse_args().uses, random.Random(8)
    promised, subjects = promise(), 20_000
    grants = drawn(rng, subjects)
    gate = Gate(promised, grants)
    asked = usual(gate, uses(rng, subjects, 8 * n))
    rng.shuffle(asked)
    asked = asked[:n]
    own: dict[str | None, list[dict[str, Any]]] = {}
    for grant in grants:
        own.setdefault(grant.subject, []).append(plain(grant))

    def ready(use: Use) -> Asked:
        said = {"time": use.time, "action": use.action, "categories": list(use.categories), "recipient": use.recipient or "",
                "region": use.region or "", "purposes": list(promised.and_above(use.purpose or ""))}  # fmt: skip
        return {"use": said, "grants": own.get(use.subject, [])}

    prepared = [ready(use) for use in asked]
    answers = [gate.decide(use).clean for use in asked]
    gc.collect()
    gc.freeze()
    ours = rate(gate.decide, asked)
    print(
        f"python {platform.python_version()} · {platform.machine()} · {len(asked):,} uses, {sum(answers) / len(answers):.1%} covered"
        f" · each peer is handed the person's own authorisations as objects of Python; every answer was the gate's"
    )
    print(f"  {'the gate':<52}{ours:>10,.0f} a second of processor time")
    peers = {
        "common-expression-language (CEL)": ("common-expression-language", by_cel),
        "regorus (Rego)": ("celine-regorus", by_rego),
        "cedarpy (Cedar), a request an authorisation": ("cedarpy", by_cedar),
    }
    for what, (package, made) in peers.items():
        name = f"{what} {version(package).partition('.post')[0]}"
        decide = made()
        few = prepared[: min(len(prepared), 2_000)]
        assert [decide(one) for one in few] == answers[: len(few)], f"{name} and the gate differ"
        theirs = rate(decide, few)
        print(f"  {name:<52}{theirs:>10,.0f} a second of processor time · the gate is {ours / theirs:,.0f} × as fast")


if __name__ == "__main__":
    main()
