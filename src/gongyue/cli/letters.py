"""`gongyue letters`: all letters of a batch in one PDF to print, as the desk's pages give them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.account import start
from gongyue.cli.book_source import office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import write_new
from gongyue.cli.output import counted, emit_result, note, output_options, pick, progress_bar, table

if TYPE_CHECKING:
    from gongyue.web.desk.batches import Batch
    from gongyue.web.desk.officer import Officer

TO_SEND, BULLETIN = "to-send", "bulletin:"
_AS = click.option("--as", "party", required=True, metavar="OFFICER", help="职员 o:… / The officer o:….")


@click.group("letters")
def letters() -> None:
    """信函：一批排成一个 PDF，按名单次序，每封另起一页，与单独打印的一字不差。

    Letters: a batch as one PDF in the order of its list, each on pages of its own and as it is alone.
    """


def _officer(office_dir: Path, party: str) -> Officer:
    start(office_dir)
    from gongyue.web import installation
    from gongyue.web.desk.officer import Officer

    me = Officer(installation.now(), party)
    if not me.offices:
        raise usage(f"{party} 今天不任职务。", f"{party} holds no office today.")
    return me


@output_options
@office_option
@letters.command("list", short_help="有哪些批、各几封 / Which batches there are")
@_AS
def list_(office_dir: Path, party: str) -> None:
    """列出可以成批打印的信函：待寄的、须以纸面送达的公告、各类信函；只列该职员看得到的。

    The letters that can be printed in batches: those to be sent, bulletins that go by paper, letters by their sort; those that
    the officer sees.

    \b
    例 / Example:
      gongyue letters list --as o:bai
    """
    me = _officer(office_dir, party)
    from gongyue.office.dossier_access import READING
    from gongyue.office.facts import bulletins
    from gongyue.web import installation
    from gongyue.web.desk import batches
    from gongyue.web.desk.bulletins import by_letter
    from gongyue.web.desk.letter_catalogue import SORTS

    store = installation.office().store
    found = {}
    if me.offices & READING:
        found[TO_SEND] = pick("待寄", "To be sent"), len(batches.to_send(me).letters)
    for one in bulletins.of_party(me.now.inst, store, party, me.now.day) if me.decides else ():
        said = pick(f"致全体成员第 {one.n} 件：{one.zh}", f"to all members, no. {one.n}: {one.en}")
        found[f"{BULLETIN}{one.n}"] = said, len(by_letter(me.now, one.n))
    found |= {
        name: (pick(sort.zh, sort.en), len(batches.of_sort(me, name).letters))
        for name, sort in SORTS.items()
        if me.decides or not sort.sealed
    }
    rows = [(name, str(count), said) for name, (said, count) in found.items() if count]
    data = [{"batch": name, "letters": int(count), "name": said} for name, count, said in rows]
    head = (pick("批", "batch"), pick("封数", "letters"), pick("名称", "name"))
    emit_result(data, lambda: table(head, rows) if rows else [pick("没有信函。", "There are no letters.")])


@output_options
@office_option
@letters.command("print", short_help="一批排成一个 PDF / A batch as one PDF")
@click.argument("batch", metavar="BATCH")
@_AS
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="写到 / Where it goes.")
@click.option("--two-sided", is_flag=True, help="双面打印：每封另起一张 / For both sides: each on sheets of its own.")
def print_(office_dir: Path, batch: str, party: str, out: Path, two_sided: bool) -> None:
    """BATCH：to-send 待寄的全部，bulletin:N 第 N 件公告须以纸面送达的，或 gongyue letters list 所列的一类。

    文件只有本人可读；超过二百封的分成几个文件。卷里的文书、公告正文的查阅先记入保管库的记录。

    BATCH: to-send for all that is to be sent, bulletin:N for bulletin N to those it reaches by paper, or a sort as gongyue letters list
    names it. The file is its owner's alone; more than two hundred letters come in several files. That documents and bulletins
    were read is logged in the vault first.

    \b
    例 / Example:
      gongyue letters print form --as o:bai --out forms.pdf --two-sided
    """
    me = _officer(office_dir, party)
    from gongyue.web.desk import batches
    from gongyue.web.letter_response import IN_A_FILE
    from gongyue.web.letters.typesetting import NoFont
    from gongyue.web.letters.typesetting import letters as typeset

    found = _batch(me, batch)
    lost: list[str] = []
    made = []
    with progress_bar("信函 / letters") as progress:
        for sheet in batches.sheets(found.letters, lost):
            made.append(sheet)
            progress(len(made) + len(lost), len(found.letters))
    for about in lost:
        note(f"没有排入：{about}（内容已删除或读不出）", f"Not among them, erased or unreadable: {about}")
    if not made:
        raise InvalidInput("这一批没有信函。", "There is no letter in this batch.")
    written: list[dict[str, Any]] = []
    for begin in range(0, len(made), IN_A_FILE):
        part = made[begin : begin + IN_A_FILE]
        note(f"正在排印 {len(part)} 封……", f"Setting {counted(len(part), 'letter')}…")
        path = out if begin == 0 else out.with_stem(f"{out.stem}-{begin // IN_A_FILE + 1}")
        try:
            data = typeset(part, found.title, two_sided)
        except NoFont as error:
            raise InvalidInput(error.zh, error.en) from None
        write_new(path, data, private=True)
        written.append({"file": str(path), "letters": len(part)})
    emit_result(
        {"batch": batch, "written": written, "lost": lost},
        lambda: [
            pick(f"{one['letters']} 封，写入 {one['file']}", f"{counted(one['letters'], 'letter')} in {one['file']}")
            for one in written
        ],
    )


def _batch(me: Officer, name: str) -> Batch:
    """The batch of that name; InvalidInput where there is none for this officer."""
    from django.http import Http404

    from gongyue.office.dossier_access import READING
    from gongyue.web.desk import batches
    from gongyue.web.desk.letter_catalogue import SORTS

    number = name.removeprefix(BULLETIN)
    try:
        if name == TO_SEND and me.offices & READING:
            return batches.to_send(me)
        if name != number and number.isdecimal() and me.decides:
            return batches.of_bulletin(me, int(number))
        if name in SORTS:
            return batches.of_sort(me, name)
    except Http404:
        pass
    raise InvalidInput(
        f"没有 {me.party} 可以打印的“{name}”；有哪些见 gongyue letters list --as {me.party}。",
        f"There is no “{name}” for {me.party} to print: see gongyue letters list --as {me.party}.",
    )
