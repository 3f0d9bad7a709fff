"""What a check of exports tells: the route, what was counted, what to file, and which facts are missing; as lines and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from gongyue.cli.output import pick, pick_half

if TYPE_CHECKING:
    from gongyue.conduct.export_counts import Tally
    from gongyue.conduct.filed_documents import ComplianceStep
    from gongyue.conduct.filings import Report
    from gongyue.conduct.lawpack import Duty, Pack

_ROUTES = {
    "none": ("所列流动都不是出境", "none of the flows is an export"),
    "uncounted": ("截至所查之日没有计入的出境（见下）", "no export counted up to the day asked about (see below)"),
    "exempt": ("免予", "exempt"),
    "contract": ("标准合同或者认证", "standard contract or certification"),
    "assessment": ("安全评估", "security assessment"),
}
_OUTCOMES = {
    "not_export": ("不是出境", "no export"),
    "other_year": ("他年，不计入", "another year, not counted"),
    "later": ("在所查之日以后，按计划另计", "after the day asked about: planned, counted apart"),
    "assessment": ("须安全评估", "needs the assessment"),
    "business": ("第三条一般业务数据，不计入", "article 3, not counted"),
    "transit": ("第四条过境，不计入", "article 4, not counted"),
    "contract": ("第五条（一）合同必需，不计入", "article 5 (1), not counted"),
    "hr": ("第五条（二）人力资源，不计入", "article 5 (2), not counted"),
    "emergency": ("第五条（三）紧急情况，不计入", "article 5 (3), not counted"),
    "ftz": ("第六条自贸区负面清单外，不计入", "article 6, not counted"),
    "counted": ("计入", "counted"),
    "needs_info": ("缺事实，待补", "facts missing"),
}
_STATES = {
    "todo": ("须办", "to do"),
    "overdue": ("已逾期", "overdue"),
    "breach": ("违反", "violation"),
    "open": ("现可办", "may be done now"),
    "ahead": ("届时办", "when its time comes"),
    "note": ("说明", "note"),
    "held": ("有效", "on file"),
}


def report_data(found: Tally, made: Report, pack: Pack) -> dict[str, Any]:
    """The check as JSON."""
    import msgspec

    counted = found.counted
    return dict(msgspec.to_builtins(made)) | {
        "clean": made.clean,
        "counted": {"ordinary": counted.n, "sensitive": counted.s, "stated_ordinary": counted.stated_ordinary,
                    "stated_sensitive": counted.stated_sensitive},
        "rows": found.rows,
        "outcomes": found.outcomes,
        "failed": [{"ground": ground, "need": need, "rows": n} for (ground, need), n in found.failed.items()],
        "other_years": {
            str(year): {"rows": one.rows, "persons": len(one.persons), "stated": one.stated}
            for year, one in sorted(found.years.items())
        },
        "needs_info": msgspec.to_builtins(list(found.asked.values())),
        "unreadable": msgspec.to_builtins(found.bad),
        "unverified": {name: msgspec.to_builtins(fact) for name, fact in pack.unverified.items()},
        "pack_checked": pack.checked.isoformat(),
        "always": msgspec.to_builtins(_duties_in_effect(made, pack)),
    }  # fmt: skip


def report_lines(found: Tally, made: Report, pack: Pack) -> Iterator[str]:
    """The check as prose: the route first, at the end what it cites and what nobody verified."""
    if made.historic:
        yield pick(
            f"【历史计算】规则包 {pack.id} 在 {made.on} 不适用",
            f"[HISTORIC] law pack {pack.id} is not in force on {made.on}",
        )
    least = "" if made.settled else pick("至少：", "at least: ")
    source = pack.cited(pack.route[made.route].source, date.fromisoformat(made.on)) if made.route in pack.route else ""
    yield pick("路径：", "route: ") + least + pick(*_ROUTES[made.route]) + _by_source(source)
    yield from _counts(found, made)
    yield from _to_do(made)
    yield from _open_questions(found)
    always = _duties_in_effect(made, pack)
    for one in always:
        yield pick(f"无论何种路径：{one.zh}（{one.source}）", f"whatever the route: {one.en} ({one.source})")
    steps = [source, *(step.source for step in made.steps)]
    cited = pack.named([*steps, *made.file, *(one.source for one in (*made.know, *always))])
    yield pick(
        "所引：" + "、".join(one.zh for one in cited.values()),
        "cited: " + "; ".join(f"{key} = {one.en}" for key, one in cited.items()),
    )
    for fact in pack.unverified.values():
        yield pick(f"未核实：{fact.zh}", f"unverified: {fact.en}") + pick("（{}）", " ({})").format(
            pick_half(fact.source)
        )
    yield pick(
        f"规则包 {pack.id}，来源看到 {pack.checked} 为止；不是法律意见",
        f"law pack {pack.id}, sources seen up to {pack.checked}; not legal advice",
    )


def _by_source(source: str) -> str:
    return source and pick(f"（{source}）", f" ({source})")


def _duties_in_effect(made: Report, pack: Pack) -> tuple[Duty, ...]:
    """What holds whatever the route, on the day asked about."""
    return pack.standing(pack.always, date.fromisoformat(made.on))


def _counts(found: Tally, made: Report) -> Iterator[str]:
    counted = found.counted
    yield pick(
        f"自 {made.on[:4]}-01-01 至 {made.on}，不重复的人：一般 {counted.n:,}，敏感 {counted.s:,}",
        f"distinct persons from {made.on[:4]}-01-01 to {made.on}: ordinary {counted.n:,}, sensitive {counted.s:,}",
    )
    if made.stated:
        stated = (counted.stated_ordinary, counted.stated_sensitive)
        yield pick(
            f"  其中陈述、未核实：一般 {stated[0]:,}，敏感 {stated[1]:,}（没有假名，无法去重）",
            f"  of these stated, not verified: ordinary {stated[0]:,}, sensitive {stated[1]:,} (no pseudonyms, not distinct)",
        )
    for outcome, n in found.outcomes.items():
        yield pick(f"  {_OUTCOMES[outcome][0]}：{n:,} 笔", f"  {_OUTCOMES[outcome][1]}: {n:,} flow row(s)")
    for (ground, need), n in found.failed.items():
        yield pick(
            f"  所称 {ground} 不成立，按一般规定：{need} 不支持它（{n} 笔）",
            f"  {ground} was claimed and fails, the general rule applies: {need} does not support it ({n} flow row(s))",
        )
    yield from _not_yet(found, made)


def _not_yet(found: Tally, made: Report) -> Iterator[str]:
    """What is planned for later this year, and what other years hold."""
    if (planned := made.planned) is not None:
        route = _ROUTES[planned.route]
        yield pick(
            f"计划：自 {planned.first} 起本年还有 {planned.rows:,} 笔，一般 {planned.ordinary:,} 人、敏感 {planned.sensitive:,} 人；"
            f"连同已出境的，届时路径：{route[0]}",
            f"planned: {planned.rows:,} more flow row(s) this year from {planned.first}, {planned.ordinary:,} ordinary and"
            f" {planned.sensitive:,} sensitive persons; with what has left, the route is then: {route[1]}",
        )
        for cause, n in planned.forced.items():
            yield pick(f"  缘由：{_WHY[cause][0]}（{n} 笔）", f"  because: {_WHY[cause][1]} ({n} flow row(s))")
    for year, one in sorted(found.years.items()):
        n = len(one.persons) + one.stated
        yield pick(
            f"{year} 年 {one.rows:,} 笔、{n:,} 人，未在此判断：另查 --on {year}-12-31",
            f"{year}: {one.rows:,} flow row(s), {n:,} person(s), not judged here: ask with --on {year}-12-31",
        )


_WHY = {
    "ciio": ("关键信息基础设施运营者向境外提供个人信息，不论人数", "personal data sent by a critical infrastructure operator, whatever the number"),
    "important": ("重要数据出境，不论人数", "important data sent abroad, whatever the number"),
}  # fmt: skip


def _to_do(made: Report) -> Iterator[str]:
    if made.finding:
        yield f"{made.finding['code']} {pick(made.finding['zh'], made.finding['en'])}"
        for cause in (c for c in _WHY if c in made.finding["figures"]):
            n = made.finding["figures"][cause]
            yield pick(f"  缘由：{_WHY[cause][0]}（{n} 笔）", f"  because: {_WHY[cause][1]} ({n} flow row(s))")
    for step in made.steps:
        source = pick(f"（{step.source}）", f" ({step.source})")
        yield f"  [{pick(*_STATES[step.state])}{_by(step)}] {pick(step.zh, step.en)}{source}"
    for paper in made.file:
        yield pick("  须备：", "  to file: ") + pick_half(paper)
    for one in made.know:
        yield pick(f"  要知道：{one.zh}（{one.source}）", f"  to know: {one.en} ({one.source})")


def _by(step: ComplianceStep) -> str:
    """Until when: the last day that will do, or the first that will not."""
    if step.state == "held" or not (step.by or step.ends):
        return ""
    if not step.by:
        return pick("，出境之前", ", before anything leaves")
    if step.ends:
        return pick(f"，{step.by} 之前（不含当日）", f", before {step.by}, that day not included")
    return pick(f"，{step.by} 当日或之前", f", by {step.by}, that day included")


def _open_questions(found: Tally) -> Iterator[str]:
    """What is missing and what was not read; the same of many flows or rows on one line."""
    asked: dict[tuple[str, str, str], list[str]] = {}
    for one in found.asked.values():
        asked.setdefault((one.key, one.zh, one.en), []).append(one.flow or pick("单位", "controller"))
    for (key, zh, en), flows in islice(asked.items(), SHOWN):
        who_zh, who_en = _some(flows, " 笔的")
        yield pick(f"待补 {who_zh} {key}：{zh}", f"missing {who_en} {key}: {en}")
    if len(asked) > SHOWN:
        yield pick(f"……另有 {len(asked) - SHOWN} 项，见 --json", f"… and {len(asked) - SHOWN} more, see --json")
    bad: dict[tuple[str, str, str], list[str]] = {}
    for row in found.bad:
        bad.setdefault((row.file, row.zh, row.en), []).append(str(row.line))
    for (file, zh, en), lines in islice(bad.items(), SHOWN):
        of, (which_zh, which_en) = f"{file} " if file else "", _some(lines)
        yield pick(f"{of}第 {which_zh} 行未读入：{zh}", f"{of}line {which_en} was not read: {en}")
    if len(bad) > SHOWN:
        yield pick(f"……共 {len(found.bad)} 行未读入，见 --json", f"… {len(found.bad)} lines were not read, see --json")


SHOWN, NAMED = 20, 5
"""Lines about what is missing or was not read, and names on a line."""


def _some(names: list[str], noun: str = "") -> tuple[str, str]:
    """The first names, and of how many, in both languages."""
    zh, en = "、".join(names[:NAMED]), ", ".join(names[:NAMED])
    return (f"{zh} 等 {len(names)}{noun}", f"{en} … ({len(names)} in all)") if len(names) > NAMED else (zh, en)
