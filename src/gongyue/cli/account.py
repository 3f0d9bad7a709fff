"""`gongyue account`: the first accounts of the pages; afterwards people invite one another there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import read_file, write_new
from gongyue.cli.output import counted, emit_result, note, output_options, pick, table
from gongyue.covenant.parties import AUTHORITY, is_unit

if TYPE_CHECKING:
    from gongyue.web.accounts.invitation_lists import BadList, Wanted
    from gongyue.web.installation import Now

ROLES = ("signatory", "officer", "engineer")


@click.group("account")
def account() -> None:
    """网页账号：发出第一批邀请。

    Accounts of the pages: the first invitations.
    """


def _addresses(office_dir: Path) -> list[str]:
    """Where the pages are reached: as web.toml says; where it says nothing, as the founding of the book does."""
    from gongyue.office import office_folder
    from gongyue.web import settings

    if settings.written_origins(office_dir):
        return []
    office = office_folder.open_office(office_dir)
    try:
        return list(office.inst.genesis.origins) if office.inst.genesis else []
    finally:
        office.store.close()
        office.guard.close()


def start(office_dir: Path) -> None:
    """Start the pages' tables in this process, on that office and by its clock."""
    from gongyue.web import bootstrap

    bootstrap.start(office_dir, _addresses(office_dir), bootstrap.clock_of(office_dir))
    bootstrap.prepare()


@output_options
@office_option
@account.command("invite-many", short_help="按名单邀请 / Invite everybody of a list")
@click.argument("list_file", type=click.Path(path_type=Path), metavar="LIST.csv")
@click.option("--letters", type=click.Path(path_type=Path), metavar="FILE.pdf", help="邀请函，一个文件 / The letters.")
@click.option(
    "--links", type=click.Path(path_type=Path), metavar="FILE.csv", help="名单连同链接 / The list with the links."
)
@click.option("--two-sided", is_flag=True, help="双面打印：每封另起一张 / For both sides: each on sheets of its own.")
@click.option("--dry-run", is_flag=True, help="只核对、列出 / Check and list, invite nobody.")
def invite_many(
    list_file: Path, letters: Path | None, links: Path | None, two_sided: bool, dry_run: bool, office_dir: Path
) -> None:
    """按名单邀请各单位的签署人，一家一人：CSV 三栏，单位、姓名、电子邮箱。整份核对，一行有误就谁也不邀请，逐行说明怎样改。

    链接是秘密，不印在屏幕上：设了邮件的寄给各人，--letters 写成邀请函（每封另起一页），--links 写成表；两种文件都只有本人可读。

    Invite the signatories of many units, one for each: a CSV of unit, person and e-mail. It is checked as a whole; while a line is
    wrong nobody is invited, and each is told with what mends it. Links are secrets and are not printed here: they go by mail where
    that is set up, into letters with --letters, into a table with --links; both files are their owner's alone.

    \b
    例 / Example:
      gongyue account invite-many 名单.csv --letters 邀请函.pdf --links 链接.csv
    """
    data = read_file(list_file)
    for path in (letters, links):
        if path is not None and path.exists() and not dry_run:
            raise InvalidInput(f"{path} 已经存在；请换一个文件名。", f"{path} exists already: choose another name.")
    start(office_dir)
    from gongyue.web import installation
    from gongyue.web.accounts import invitation_lists
    from gongyue.web.django_settings import WEB

    now = installation.now()
    try:
        wanted = invitation_lists.checked(now.inst, invitation_lists.text_of(data), now.day)
    except invitation_lists.BadList as error:
        raise _nobody(list_file, error) from None
    if not (letters or links or dry_run or WEB.written.mail):
        raise usage(
            "没有设邮件：用 --letters 写邀请函，或用 --links 写链接，否则谁也拿不到。",
            "No mail is set up: write letters with --letters or the links with --links, or nobody gets one.",
        )
    if not dry_run:
        _invite(now, wanted, letters, links, two_sided)
    rows = [(one.unit, one.person, one.email) for one in wanted]
    data_ = {"invited": not dry_run, "people": [one._asdict() for one in wanted]}
    data_ |= {name: str(path) if path else None for name, path in (("letters", letters), ("links", links))}
    emit_result(data_, lambda: _invited(rows, dry_run, letters, links))


def _nobody(path: Path, error: BadList) -> InvalidInput:
    """Line by line what is wrong."""
    zh = "\n".join(f"  {f'第 {one.line} 行：' if one.line else ''}{one.zh}" for one in error.faults)
    en = "\n".join(f"  {f'line {one.line}: ' if one.line else ''}{one.en}" for one in error.faults)
    return InvalidInput(f"{path}：谁也没有邀请，须改正：\n{zh}", f"{path}: nobody was invited; to be mended:\n{en}")


def _invite(now: Now, wanted: list[Wanted], letters: Path | None, links: Path | None, two_sided: bool) -> None:
    """Invite them all and write what carries the links; where that cannot be written, nobody is invited."""
    from django.db import transaction

    from gongyue.web.accounts import invitations, many
    from gongyue.web.letters import typesetting

    with transaction.atomic():
        made = invitations.invite_all(wanted, date.fromordinal(now.day), None)
        if letters is not None:
            note(f"正在排印 {len(made)} 封……", f"Setting {counted(len(made), 'letter')}…")
            try:
                write_new(
                    letters, typesetting.letters(list(many.sheets(now, made)), many.TITLE, two_sided), private=True
                )
            except typesetting.NoFont as error:
                raise InvalidInput(error.zh, error.en) from None
        if links is not None:
            text = io.StringIO()
            rows = (
                (one.unit, one.person, one.email, invitations.link(its)) for one, its in zip(wanted, made, strict=True)
            )
            csv.writer(text).writerows([("单位", "姓名", "电子邮箱", "链接"), *rows])
            write_new(links, ("\ufeff" + text.getvalue()).encode(), private=True)


def _invited(
    rows: list[tuple[str, str, str]], dry_run: bool, letters: Path | None, links: Path | None
) -> Iterator[str]:
    yield from table((pick("单位", "unit"), pick("签署人", "signatory"), pick("电子邮箱", "e-mail")), rows)
    if dry_run:
        yield pick(
            f"共 {len(rows)} 人，没有错；谁也没有邀请。", f"{len(rows)} in all, nothing is wrong; nobody was invited."
        )
        return
    yield pick(f"已邀请 {len(rows)} 人，七日内，只能用一次。", f"{len(rows)} invited: seven days, once.")
    for path in (letters, links):
        if path is not None:
            yield pick(f"写入 {path}（0600）：只给本人。", f"In {path} (0600): for those persons alone.")


@output_options
@office_option
@account.command("invite", short_help="发出邀请链接 / Make an invitation link")
@click.argument("email")
@click.argument("party", metavar="PARTY")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="signatory",
    show_default=True,
    help="在单位的身份 / What the person is to a unit.",
)
def invite(email: str, party: str, role: str, office_dir: Path) -> None:
    """为职员（o:…）、单位（u:…）或主管部门（authority）发出一次性的邀请链接，七日内有效。

    Make a one-use invitation link, valid for seven days, for an officer (o:…), a unit (u:…) or the authority.

    \b
    例 / Example:
      gongyue account invite qin@alliance.example o:qin
    """
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", email.strip()):
        raise usage(f"“{email}”不是电子邮箱地址。", f"“{email}” is no e-mail address.")
    start(office_dir)
    from gongyue.web import installation, settings
    from gongyue.web.accounts import invitations

    inst = installation.now().inst
    if party != AUTHORITY and not is_unit(party) and party not in inst.officers:
        zh, en = (comma.join(sorted(inst.officers)) for comma in ("、", ", "))
        raise usage(f"簿上没有 {party}；职员有：{zh}。", f"The book knows no {party}; its officers are: {en}.")
    made = invitations.invite(email, party, role, date.fromordinal(installation.now().day), None, None)
    link = invitations.link(made)
    if not settings.written_origins(office_dir) and urlsplit(link).hostname == "localhost":
        note(
            "链接写的是本机的默认网址；网页开在别的网址、端口的，先在 office/web.toml 写 origins，再发邀请。",
            "The link has this computer's usual address; where the pages are served elsewhere, or on another port, write origins in"
            " office/web.toml first, then invite.",
        )
    emit_result(
        {"email": made.email, "party": party, "role": made.role, "link": link},
        lambda: [
            pick(
                f"请把链接交给 {made.email}（七日内，只能用一次）：",
                f"Hand this link to {made.email} (seven days, once):",
            ),
            link,
        ],
    )
