"""The record of a hearing, question by question: when and where, who was there, who said what; it becomes one document of the case.

The two officers who were there sign it; it is served on the accused, which reads the very same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.http import QueryDict

from gongyue.office import bodies
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.models import Draft
from gongyue.web.acting.typed_values import MISSING
from gongyue.web.templatetags.words import pick

ORDER = "dossier.order/1"
SAID = "hearing.said"
FILE = "听取申辩记录.txt"
_SECTIONS = {
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
_OPTIONAL = frozenset({"handed"})
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
        for name, (heading, *_) in _SECTIONS.items():
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
        names = {f"【{heading}】": name for name, (heading, *_) in _SECTIONS.items()}
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

    @classmethod
    def of(cls, post: QueryDict) -> HearingRecord:
        """What was filled in."""
        told = {
            name: str(post.get(f"hearing.{name}", "")).replace("\r\n", "\n").strip()
            for name in _SECTIONS
            if name != "said"
        }
        return cls(**told, said=[row for row in _rows(post) if any(row)])


def _rows(post: QueryDict) -> Iterable[tuple[str, str]]:
    places = [int(m[1]) for key in post if (m := re.fullmatch(r"hearing\.said\.(\d{1,3})\.who", key))]
    for n in range(max(places, default=-1) + 1):
        what = str(post.get(f"{SAID}.{n}.what", "")).replace("\r\n", "\n").strip()
        yield " ".join(str(post.get(f"{SAID}.{n}.who", "")).split()), what


def is_record(type: str, body: Mapping[str, Any]) -> bool:
    """Whether an order says that the accused was heard: that is written question by question, and signed by two."""
    return type == ORDER and body.get("what") == "heard" and body.get("ground", "held") == "held"


def is_filled_in(type: str, post: QueryDict) -> bool:
    """Whether the record's questions were answered, rather than a document handed in."""
    return type == ORDER and "hearing.day" in post


def title() -> str:
    """What the form is called."""
    return pick("听取申辩记录", "Record of the hearing")


def errors(record: HearingRecord) -> dict[str, tuple[str, str]]:
    """What is lacking, by the input's name."""
    found: dict[str, tuple[str, str]] = {}
    for name in ("day", "place", "present", "corrected"):
        if not getattr(record, name):
            found[f"hearing.{name}"] = MISSING
    if record.day and not bodies.exists(record.day):
        found["hearing.day"] = ("没有这一天，请写作 2026-03-20", "No such day; write it as 2026-03-20")
    if len([line for line in record.present.splitlines() if line.strip()]) < 2:
        found.setdefault("hearing.present", ("至少写两人", "Write at least two"))
    if not record.said:
        found[f"{SAID}.0.what"] = MISSING
    for n, (who, what) in enumerate(record.said):
        for part, given in (("who", who), ("what", what)):
            if not given:
                found[f"{SAID}.{n}.{part}"] = MISSING
    return found


def kept(draft: Draft) -> HearingRecord:
    """The record that a draft brings along; an empty one where it brings none."""
    if draft._state.adding:
        return HearingRecord()
    file = draft.files.filter(digest=draft.body.get("reasons")).first()
    return HearingRecord.read(bytes(file.data).decode("utf-8", "replace")) if file else HearingRecord()


def questions(
    asked: list[FormField], record: HearingRecord, wrong: Mapping[str, tuple[str, str]], more: int
) -> list[FormField]:
    """The questions in place of the document they make; what is ordered is known."""
    known = {"what": "heard", "ground": "held"}
    fixed = [FormField(n, n, one.label, "hidden", value=known[n]) for one in asked if (n := one.name) in known]
    return [*fixed, *(_question(name, record, wrong, more) for name in _SECTIONS)]


def _question(name: str, record: HearingRecord, wrong: Mapping[str, tuple[str, str]], more: int) -> FormField:
    label, asked = Label(*_SECTIONS[name]), f"hearing.{name}"
    if name == "said":
        rows = [*record.said, *[("", "")] * (max(1 - len(record.said), 0) + more)]
        return FormField(SAID, SAID, label, "rows", rows=tuple(_row(n, row, wrong) for n, row in enumerate(rows)))
    widget = {"day": "date", "place": "text"}.get(name, "lines")
    required = name not in _OPTIONAL
    return FormField(
        asked, asked, label, widget, required=required, value=getattr(record, name), error=_error(wrong, asked)
    )


def _row(n: int, row: tuple[str, str], wrong: Mapping[str, tuple[str, str]]) -> tuple[FormField, ...]:
    labels = {"who": Label("谁", "Who", "", ""), "what": Label("说了什么", "What it said", "", "")}
    widgets = {"who": "text", "what": "lines"}
    return tuple(
        FormField(
            f"{SAID}.{n}.{part}",
            f"{SAID}.{part}",
            labels[part],
            widgets[part],
            value=row[place],
            error=_error(wrong, f"{SAID}.{n}.{part}"),
        )
        for place, part in enumerate(("who", "what"))
    )


def _error(wrong: Mapping[str, tuple[str, str]], name: str) -> str:
    return pick(*wrong[name]) if name in wrong else ""
