"""`gongyue account`: the first accounts of the pages; afterwards people invite one another there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.errors import usage
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.covenant.parties import AUTHORITY, is_unit

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
    from gongyue.web import installation
    from gongyue.web.accounts import invitations

    inst = installation.now().inst
    if party != AUTHORITY and not is_unit(party) and party not in inst.officers:
        zh, en = (comma.join(sorted(inst.officers)) for comma in ("、", ", "))
        raise usage(f"簿上没有 {party}；职员有：{zh}。", f"The book knows no {party}; its officers are: {en}.")
    made = invitations.invite(email, party, role, date.fromordinal(installation.now().day), None, None)
    link = invitations.link(made)
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
