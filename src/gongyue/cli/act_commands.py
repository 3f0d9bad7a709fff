"""`gongyue NOUN VERB`: one command for every act type, its options the fields of its body."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
from msgspec import inspect as shape

from gongyue.book.entry import SignedAct
from gongyue.cli import fields
from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource
from gongyue.cli.lazy import unknown_command
from gongyue.cli.output import output_options
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.periods import moment
from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import ActType, Book
from gongyue.governance.admission import own_id
from gongyue.governance.articles import kinds as catalogued
from gongyue.governance.performers import who
from gongyue.governance.sheet import MATTERS
from gongyue.governance.sheet_words import Made
from gongyue.office import bodies
from gongyue.office.attachments import Attachments


class Noun(click.Group):
    """A matter: the commands of its act types, and the conveniences of its own module, which take precedence."""

    def __init__(self, matter: str) -> None:
        module = f"gongyue.cli.{matter}"
        extra: Mapping[str, click.Command] = import_module(module).COMMANDS if find_spec(module) is not None else {}
        super().__init__(matter, commands=dict(extra), help="\n\n".join(MATTERS[matter].help))
        self._kinds = {verb_of(k): k for k in catalogued() if k.matter == matter and k.by.who != "system"}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the matter's course, conveniences last."""
        return list(dict.fromkeys([*self._kinds, *self.commands]))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, made now: a matter has a dozen with dozens of options, and one is run."""
        if name in self.commands or name not in self._kinds:
            return super().get_command(ctx, name)
        return command(self._kinds[name])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named; where there is none, the nearest names."""
        unknown_command(self, ctx, args)
        return super().resolve_command(ctx, args)


_FILES = {
    "law.calendar/1": '\n\n\b\ncalendar.json: {"holidays": ["2026-02-15"], "workdays": ["2026-02-14"]}\n'
    "或每行一段 / or lines of text：2026-02-15 至 2026-02-23 放假",
    "membership.end/1": "\n\n\b\n凭处理决定终止的，不写 --entity-ended 而写 / where a decision ends it, instead of --entity-ended: "
    "--link sealed:3f9a62d0c1b2e4f5\n决定的 sealed:… 见 / the decision's sealed:… stands in: gongyue dossier show … --as o:xu",
    "case.open/1": "\n\n\b\n据检举立案的，另写 / opened on reports, also: --link 'sealed:3f9a62d0c1b2e4f5 sealed:…'\n"
    "检举的 sealed:… 见 / a report's sealed:… stands in: gongyue dossier show … --as o:xu",
    "case.conclude/1": '\n\n\b\nfindings.json: [{"article": "8", "clause": "users.rights", "established": true, "evidence": ["3.1"]}]\n'
    "证据写它在卷里的位次 / evidence by its place in the dossier: gongyue dossier show … --as o:mo",
}
"""What the file of an example looks like, where its name does not say it."""


def noun(matter: str) -> Noun:
    """The group of a matter."""
    return Noun(matter)


def verb_of(kind: ActType) -> str:
    """The verb of a command: step_out → step-out."""
    return kind.verb.replace("_", "-")


Before = Callable[[BookSource, Attachments, SignedAct], None]
"""What is said, or refused, of an act that was drafted, with what it brings along, before anything becomes of it."""


def command(kind: ActType, before: Before | None = None, example: str | None = None) -> click.Command:
    """The command of an act type; `example`: in place of the one that its form has."""

    def run(**values: Any) -> None:
        how, brought = how_of(values), list[Attachments]()

        def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
            brought.append(material)
            return fields.body(kind, values, place, material)

        def said(place: BookSource, act: SignedAct) -> None:
            if before is not None:
                before(place, brought[0], act)

        perform(kind, how, make, said)

    made = click.Command(
        verb_of(kind),
        params=list(fields.options(kind)),
        callback=run,
        help=help_of(kind, example),
        short_help=short(kind),
    )
    return output_options(doing(made))


def short(kind: ActType) -> str:
    """One line: Chinese, then English."""
    said = re.split(r"(?<!\bart)[.;:]\s", (kind.body.__doc__ or kind.type) + " ", maxsplit=1)[0]
    return f"{kind.sheet.zh} / {' '.join(said.split())}"


def help_of(kind: ActType, example: str | None = None) -> str:
    """What it does, by whom, on which clause (the article differs from text to text), in which book; and an example."""
    zh, en = who(kind)
    known = catalogue().capabilities[kind.clause]
    book = "密封簿 sealed book" if kind.book is Book.SEALED else "公开簿 open book"
    paper = " · 可凭纸面记录 may be recorded from paper" if kind.paper else ""
    return (
        f"{kind.sheet.zh}。\n\n{' '.join((kind.body.__doc__ or '').split())}\n\n"
        f"\b\n{kind.type} · 依据 on: {known.zh} {known.en} ({kind.clause}) · {book}{paper}\n"
        f"由{zh}\nby {en}\n\n"
        f"\b\n例 / Example:\n  {example or example_of(kind)}" + _FILES.get(kind.type, "")
    )


def example_of(kind: ActType) -> str:
    """A command line that does the act type's example."""
    return "gongyue " + " ".join(shlex.quote(word) for word in example_words(kind))


def example_words(kind: ActType) -> list[str]:
    """The words of the example's command line, after `gongyue`."""
    words = [kind.matter, verb_of(kind)]
    for field in bodies.fields(kind):
        words += _example_option(kind, field)
    if kind.asks_dossier:
        words += ["--dossier", "d:" + "27d30976" * 8]
    if kind.sheet.from_paper:
        words += ["--paper-scan", "scan.pdf", "--paper-number", "示函〔2026〕7号", "--paper-dated", "2026-03-09"]
        return [*words, *(["--as", "u:0001"] if kind.by.who == "unit" else []), "--key", "qin.key", "--key", "bai.key"]
    if kind.by.who == "unit":
        code = str(kind.example.get("code", ""))  # who applies acts under its own id: it has none yet on the roll
        words += ["--as", own_id(code) if code else "u:0001", "--key", "unit.key"]
    else:
        words += [word for key in example_keys(kind) for word in ("--key", key)]
    return words


_KEYS = {"secretary": ("qin", "bai"), "caseworker": ("xu", "qin"), "panellist": ("mo", "ge")}
"""In examples, who signs what an office does, and with whom."""


def example_keys(kind: ActType) -> list[str]:
    """The key files of an example that officers sign: of those who handle cases, where it is theirs to do."""
    handled = kind.by.offices if kind.matter in ("case", "report", "dossier") else frozenset[str]()
    first = "caseworker" if "caseworker" in handled else "panellist" if kind.matter == "case" else "secretary"
    return [f"{one}.key" for one in _KEYS[first][: 2 if kind.by.two else 1]]


def _example_option(kind: ActType, field: shape.Field) -> list[str]:
    value, inner = kind.example.get(field.name), bodies.bare(field.type)
    option = "--" + fields.option_name(field.name)
    if value is None or value == "" or field.name in kind.sheet.defaults or (kind.empty_link and field.name == "link"):
        return []
    if isinstance(value, bool):
        return [option if value else option.replace("--", "--no-", 1)]
    if isinstance(inner, shape.StructType) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        rows = value if isinstance(value, list) else [value]
        of_officers = all("officer" in row for row in rows)
        return [option, ",".join(row["officer"] for row in rows) if of_officers else f"@{field.name}.json"]
    if isinstance(value, dict):
        return [word for name, one in value.items() for word in (option, f"{name}={_plain(one)}")]
    if isinstance(value, list):
        return [word for one in value for word in (option, str(one))]
    if bodies.is_digest(inner) or bodies.is_key(inner):
        key = "unit.pub" if field.name == "key" else f"{field.name}.pub"
        return [option, key if bodies.is_key(inner) else _example_digest(kind, field.name)]
    if bodies.is_time(inner):
        return [option, moment(value)[:-3]]
    return [option, str(value)]


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _example_digest(kind: ActType, name: str) -> str:
    if name == "answers" or bodies.is_link(kind, name) or (name == "of" and kind.matter == "vote"):
        return "sealed:3f9a62d0c1b2e4f5"
    if kind.folds and name == kind.opening:
        return f"d:{'3f9a62d0' * 8}"
    if name in {kind.opening, "of"}:
        return "u:0099"
    if kind.sheet.made.get(name) in (Made.ANNEX, Made.REVIEWED_ANNEX):
        return f"{name}.txt"  # its first line is the title
    return "text:张三" if name == "signatory" else f"{name}.{'json' if name in kind.objects else 'pdf'}"
