"""The record of a hearing, question by question: when and where, who was there, who said what; it becomes one document of the case.

The two officers who were there sign it; it is served on the accused, which reads the very same.
"""

from __future__ import annotations

import re

import msgspec

from gongyue.office import bodies

ORDER = "dossier.order/1"
FILE = "听取申辩记录.txt"
SECTIONS = {
    "day": ("日期", "Day", "哪一天听取的。", "On which day it was held."),
    "place": ("地点与方式", "Where and how", "在场、电话或视频；地点。", "In person, by telephone or video; where."),
    "present": (
        "到场", "Who was there",
        "一行一人：姓名，代表哪一方或担任什么。两名记录的职员也写上。",
        "One a line: the name, and for whom or in which capacity. The two officers who record it too.",
    ),
    "said": (
        "陈述", "What was said",
        "按先后，谁说了什么；尽量用原话。", "In its order, who said what; in their own words as far as possible.",
    ),
    "handed": (
        "当场交来的材料", "What was handed in",
        "没有则不填；材料本身由当事方另行交来。", "Left out where nothing was; the party hands the papers in itself.",
    ),
    "corrected": (
        "核对", "Read back",
        "记录读给或交给当事方看过没有，它要求改什么。",
        "Whether the record was read back or shown to the party, and what it wanted corrected.",
    ),
}  # fmt: skip
"""The questions, each with what it is called and what helps to answer it."""
OPTIONAL = frozenset({"handed"})
MISSING = ("请填写", "Fill this in")
_DEEPER = "　　"
"""Before each further line of what somebody said: no line of a statement is taken for a heading."""
_ROW = re.compile(r"\d+\. (.*)：$")


class HearingRecord(msgspec.Struct):
    """What a record says. `said`: who, and what."""

    day: str = ""
    place: str = ""
    present: str = ""
    said: list[tuple[str, str]] = []
    handed: str = ""
    corrected: str = ""

    def text(self) -> str:
        """As the document that is signed, served and printed."""
        lines = ["听取申辩记录"]
        for name, (heading, *_) in SECTIONS.items():
            lines.append(f"【{heading}】")
            if name == "said":
                for place, (who, what) in enumerate(self.said, 1):
                    lines += [f"{place}. {who}：", *(_DEEPER + line for line in what.splitlines())]
            else:
                lines += [_DEEPER + line for line in (getattr(self, name) or "没有。").splitlines()]
        return "\n".join(lines) + "\n"

    @classmethod
    def read(cls, text: str) -> HearingRecord:
        """What a text says that `text` made; nothing of any other."""
        made, section = cls(), ""
        names = {f"【{heading}】": name for name, (heading, *_) in SECTIONS.items()}
        for line in text.splitlines():
            if line in names:
                section = names[line]
            elif line.startswith(_DEEPER) and section == "said" and made.said:
                who, what = made.said[-1]
                made.said[-1] = (who, f"{what}\n{line.removeprefix(_DEEPER)}".lstrip("\n"))
            elif section == "said" and (row := _ROW.fullmatch(line)):
                made.said = [*made.said, (row[1], "")]
            elif line.startswith(_DEEPER) and section:
                known = getattr(made, section)
                setattr(made, section, f"{known}\n{line.removeprefix(_DEEPER)}" if known else line[len(_DEEPER) :])
        made.handed = "" if made.handed == "没有。" else made.handed
        return made


def lacking(record: HearingRecord) -> dict[str, tuple[str, str]]:
    """What is lacking, by the question; of a statement by its place, and who or what."""
    found: dict[str, tuple[str, str]] = {}
    for name in ("day", "place", "present", "corrected"):
        if not getattr(record, name):
            found[name] = MISSING
    if record.day and not bodies.exists(record.day):
        found["day"] = ("没有这一天，请写作 2026-03-20", "No such day; write it as 2026-03-20")
    if len([line for line in record.present.splitlines() if line.strip()]) < 2:
        found.setdefault("present", ("至少写两人", "Write at least two"))
    if not record.said:
        found["said.0.what"] = MISSING
    for n, (who, what) in enumerate(record.said):
        for part, given in (("who", who), ("what", what)):
            if not given:
                found[f"said.{n}.{part}"] = MISSING
    return found
