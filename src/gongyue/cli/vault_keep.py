"""`gongyue vault`, continued: how long documents are kept, what holds them, and what erases them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from gongyue.cli.book_source import OfficePlace, office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.fields import check_date
from gongyue.cli.output import counted, emit_result, output_options, pick
from gongyue.cli.vault import by_option, opened, require_officer
from gongyue.cli.vault_text import document_data, document_lines, request_data, request_lines
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.office.retention_by_book import erase_due, note_ended, years_of
from gongyue.office.vault import custody
from gongyue.office.vault.vault import Vault

commitments = click.argument("commitments", nargs=-1, required=True, metavar="COMMITMENT…")


@output_options
@office_option
@click.command("use", short_help="记下已送达或引用 / Note as served or cited")
@commitments
@by_option
def use(office_dir: Path, commitments: tuple[str, ...], who: str) -> None:
    """记下文书已送达或被引用：此后留存到期（P17）之前不因请求而删除。

    Note that documents were served or cited: from now on no request erases them before P17 is over.

    \b
    例 / Example:
      gongyue vault use sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 --as o:qin
    """
    place, kept = opened(office_dir)
    custody.use(kept, commitments, require_officer(place, who))
    emit_result(
        {"used": list(commitments)},
        lambda: [pick(f"已记下 {len(commitments)} 件。", f"Noted {counted(len(commitments), 'document')}.")],
    )


@output_options
@office_option
@click.command("close", short_help="卷宗已结，起算留存期 / A dossier is closed")
@click.argument("dossier", metavar="DOSSIER")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="哪一天结的；默认今天 / On which day; default: today.")
@by_option
def close(office_dir: Path, dossier: str, day: str | None, who: str) -> None:
    """卷宗已结：它的文书自该日起留存 P17 所定的年数，其后列为到期。

    A dossier was closed: its documents are kept for the years of P17 from that day, and are due for erasure then.

    \b
    例 / Example:
      gongyue vault close d:members --on 2026-06-30 --as o:qin
    """
    place, kept = opened(office_dir)
    closed = from_iso(check_date(day, "--on", iso(place.day))) if day else place.day
    if closed > place.day:
        raise usage(f"{day} 还没有到。", f"{day} has not come yet.")
    years = years_of(place.inst, closed)
    until = iso(custody.close(kept, dossier, closed, require_officer(place, who), years))
    emit_result(
        {"dossier": dossier, "years": years, "until": until},
        lambda: [
            pick(
                f"依程序规则 P17 留存 {years} 年，至 {until}。",
                f"Kept for {counted(years, 'year')} by procedure rule P17, until {until}.",
            )
        ],
    )


@output_options
@office_option
@click.command("hold", short_help="保全：不得删除 / Hold: no erasure")
@commitments
@click.option(
    "--ground",
    required=True,
    metavar="TEXT",
    help="依据，如文号；不写姓名 / The ground, as a reference number; no names.",
)
@by_option
def hold(office_dir: Path, commitments: tuple[str, ...], ground: str, who: str) -> None:
    """保全：在解除之前，任何人以任何理由都不能删除（GY-20-02）。

    Hold documents: until it is released nobody erases them on any ground (GY-20-02).

    \b
    例 / Example:
      gongyue vault hold sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 --ground 示函7号 --as o:qin
    """
    place, kept = opened(office_dir)
    _require_no_dossier(kept, commitments)
    number = custody.hold(kept, commitments, ground, require_officer(place, who, "secretary"))
    emit_result(
        {"hold": number, "documents": list(commitments)},
        lambda: [
            pick(
                f"保全 {number} 号，共 {len(commitments)} 件。",
                f"Hold no. {number}, on {counted(len(commitments), 'document')}.",
            )
        ],
    )


@output_options
@office_option
@click.command("release", short_help="解除保全 / Release a hold")
@click.argument("number", type=click.IntRange(1), metavar="NUMBER")
@by_option
def release(office_dir: Path, number: int, who: str) -> None:
    """解除一次保全；另有保全的仍不得删除。

    Release a hold; what another hold is on stays held.

    \b
    例 / Example:
      gongyue vault release 1 --as o:qin
    """
    place, kept = opened(office_dir)
    freed = custody.release(kept, number, require_officer(place, who, "secretary"))
    emit_result(
        {"released": number, "documents": freed},
        lambda: [
            pick(
                f"已解除 {number} 号，共 {len(freed)} 件。",
                f"Hold no. {number} is released, of {counted(len(freed), 'document')}.",
            )
        ],
    )


@output_options
@office_option
@click.command("erase", short_help="依法删除 / Erase by law")
@commitments
@click.option(
    "--ground",
    type=click.Choice(custody.GROUNDS),
    required=True,
    help="本人请求、留存到期、内容违法 / A person's request, retention over, unlawful content.",
)
@click.option(
    "--replaced-by",
    "replaced",
    metavar="COMMITMENT",
    help="内容违法的，遮盖后的副本 / The redacted copy of unlawful content.",
)
@click.option(
    "--as",
    "who",
    multiple=True,
    required=True,
    metavar="OFFICER",
    help="写两次：秘书长与系统管理各一人 / Twice: a secretary and a sysop.",
)
@click.option("--yes", is_flag=True, help="不再确认 / Do not ask again.")
def erase(
    office_dir: Path,
    commitments: tuple[str, ...],
    ground: custody.Ground,
    replaced: str | None,
    who: tuple[str, ...],
    yes: bool,
) -> None:
    """删除密文、密钥与盐，不可挽回；承诺值与簿册照旧，仍可核验。备份里的随备份在 35 日内销毁，恢复时照清单再删。

    Erase ciphertext, key and salt for good. Commitments and books stay, and verify. What is in backups goes with them within 35
    days, and a restore erases it again by the list.

    \b
    例 / Example:
      gongyue vault erase sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 \\
          --ground request --as o:qin --as o:lu --yes
    """
    place, kept = opened(office_dir)
    by = "+".join(_two(place, who))
    _require_no_dossier(kept, commitments)
    note_ended(place.office, office_dir)
    if not yes:
        click.confirm(
            pick(
                f"删除 {len(commitments)} 件，不可挽回。继续？",
                f"Erase {counted(len(commitments), 'document')} for good?",
            ),
            abort=True,
            err=True,
        )
    custody.erase(kept, commitments, ground, by, replaced)
    lines = kept.erased.path.read_bytes().count(b"\n")
    emit_result(
        {"erased": list(commitments), "list": str(kept.erased.path), "lines": lines},
        lambda: _erased(kept, len(commitments), lines),
    )


def _require_no_dossier(kept: Vault, commitments: tuple[str, ...]) -> None:
    """What the book names is held and erased by acts in its dossier, so that its parties see it there."""
    places = {one.c: one.dossier for one in kept.known()}
    for c in commitments:
        if re.fullmatch("d:[0-9a-f]{64}", dossier := places.get(c, "")):
            raise InvalidInput(
                f"{c} 在卷 {dossier} 里：请用 gongyue dossier erase 或 hold，卷里留下记录。",
                f"{c} is in the dossier {dossier}: use gongyue dossier erase or hold, which stands in it.",
            )


def _erased(kept: Vault, number: int, lines: int) -> Iterator[str]:
    yield pick(f"已删除 {number} 件。", f"Erased {counted(number, 'document')}.")
    yield pick(
        f"删除清单 {kept.erased.path} 现有 {lines} 行：请把这最新的一份另处保存，没有它就不能恢复备份。",
        f"The list of erasures {kept.erased.path} has {counted(lines, 'line')} now: keep this newest copy elsewhere; without it no"
        " backup is restored.",
    )


def _two(place: OfficePlace, who: tuple[str, ...]) -> tuple[str, ...]:
    """A secretary and a sysop, two persons."""
    held = [place.inst.officers[one].held(place.day) if one in place.inst.officers else set() for one in who]
    pairs = ("secretary", "sysop"), ("sysop", "secretary")
    if len(set(who)) != 2 or len(who) != 2 or not any(a in held[0] and b in held[1] for a, b in pairs):
        raise InvalidInput(
            "删除须有两人：在任的秘书长与系统管理各一人（--as 写两次）。",
            "It takes two to erase: a secretary and a sysop in office, two persons (--as twice).",
        )
    return who


@output_options
@office_option
@click.command("due", short_help="到期应删与待答复的请求 / What is due")
@click.option("--erase", "erasing", is_flag=True, help="删除到期的 / Erase what is due.")
def due(office_dir: Path, erasing: bool) -> None:
    """留存已满、没有保全的文书，以及待答复的请求（15 日）。--erase 由时钟删除到期的。

    Documents whose retention is over and that no hold keeps, and requests that wait for an answer (15 days). --erase erases what
    is due, by the clock.

    \b
    例 / Example:
      gongyue vault due
    """
    place, kept = opened(office_dir)
    note_ended(place.office, office_dir)
    documents = custody.due(kept, day_of(place.now))
    erased = erase_due(place.office, office_dir) if erasing else []
    waiting = [one for one in custody.requests(kept) if one.answered is None]
    data = {
        "documents": [document_data(one) for one in documents],
        "erased": erased,
        "requests": [request_data(one, place.day) for one in waiting],
    }
    emit_result(
        data,
        lambda: [
            *document_lines(documents),
            *([pick(f"已删除 {len(erased)} 件。", f"Erased {len(erased)}.")] if erasing else []),
            *request_lines(waiting, place.day),
        ],
    )
