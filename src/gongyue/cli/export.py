"""`gongyue export` and `disclosures`: the books for everybody, the openings for whoever is entitled."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.output import counted, emit_result, note, output_options, pick, progress_bar, say, wants_json
from gongyue.office.disclosures import disclosure_lines
from gongyue.office.office import Office
from gongyue.office.openings import handed
from gongyue.office.publishing import Progress, archive, publish
from gongyue.transparency.tiles import write_atomically


@output_options
@office_option
@click.command("export", short_help="公开簿册 / Publish the books")
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR|FILE.zip")
@click.option("--zip", "zipped", is_flag=True, help="写成 zip 文件 / Write a zip file.")
@click.option("--site", is_flag=True, help="连同公开网站的静态镜像 / With a static mirror of the public site.")
def export(office_dir: Path, target: Path, zipped: bool, site: bool) -> None:
    """把两本簿册与所引文件写成静态文件，供任何人核验；公布公约之前不得公开。再次运行只补写新增的部分。

    Write both books and the objects they name as static files that anyone can verify; not before the covenant is
    published. Running it again adds what is new.

    \b
    例 / Example:
      gongyue export public
      gongyue export public.zip
      gongyue export --site mirror
    """
    if site:
        _site(office_dir, target, zipped)
        return
    office = office_at(office_dir)
    zipped = zipped or target.suffix == ".zip"
    if target.is_file() and not zipped:
        raise InvalidInput(
            f"{target} 是文件；导出到目录，或加 --zip。", f"{target} is a file: export to a directory, or add --zip."
        )
    with progress_bar("公开 / publishing") as progress:
        size = _to_zip(office, target, progress) if zipped else publish(office, target, progress)
    vkey = office.keys.open.verifier.vkey
    if wants_json():
        emit_result({"target": str(target), "size": size, "vkey": vkey}, list)
        return
    say(f"已公开 {size} 条于 {target}。", f"Published {counted(size, 'entry', 'entries')} in {target}.")
    say(f"核验：gongyue verify {target} --vkey {vkey}", f"Verify: gongyue verify {target} --vkey {vkey}")


def _site(office_dir: Path, target: Path, zipped: bool) -> None:
    """Write the public site's pages in both languages, with the books in `book/`; any file server serves the folder."""
    from gongyue.cli.serve import require_server

    if zipped:
        raise usage("--site 与 --zip 不能同用。", "--site and --zip do not go together.")
    require_server()
    from gongyue.web import bootstrap

    bootstrap.start(office_dir)
    from gongyue.web import installation
    from gongyue.web.static_mirror import NotAMirror, mirror

    office = installation.office()
    click.get_current_context().call_on_close(installation.close)
    try:
        with progress_bar("镜像 / mirroring") as progress:
            pages = mirror(target, progress)
    except NotAMirror as error:
        raise InvalidInput(error.zh, error.en) from None
    vkey = office.keys.open.verifier.vkey
    if wants_json():
        emit_result({"target": str(target), "size": office.inst.size, "pages": pages, "vkey": vkey}, list)
        return
    say(f"已写成 {pages} 页于 {target}，从 index.html 看起。", f"Wrote {pages} pages in {target}; begin at index.html.")
    book = target / "book"
    say(f"核验：gongyue verify {book} --vkey {vkey}", f"Verify: gongyue verify {book} --vkey {vkey}")


def _to_zip(office: Office, target: Path, progress: Progress) -> int:
    """Publish into a zip file."""
    with tempfile.TemporaryDirectory() as folder:
        size = publish(office, Path(folder) / "book", progress)
        archive(Path(folder) / "book", target)
    return size


def _handed(place: OfficePlace, vote: str, unit: str) -> list[bytes]:
    """Every ballot of a vote open to members only, one a line."""
    lines = handed(place.inst, place.office.store, vote, unit)
    if lines is None:
        raise InvalidInput(
            f"{vote} 没有可以交给 {unit} 的选票：表决须已结束、选票只向成员公开、该单位在名册上（公开的选票在簿册的 objects 里）。",
            f"There are no ballots of {vote} to hand to {unit}: the vote must be closed, its ballots open to members only, and"
            " the unit on its roll (published ballots are among the book's objects).",
        )
    return lines.splitlines(keepends=True)


@output_options
@office_option
@click.command("disclosures", short_help="导出某单位的启封内容 / What a unit may open")
@click.option("--as", "party", required=True, metavar="UNIT", help="单位 u:…，或 exec / The unit u:…, or exec.")
@click.option(
    "--vote",
    metavar="MATTER",
    help="只向成员公开的表决：交给名册上单位的全部选票 / Of a vote open to members only: every ballot, as handed to a unit of its roll.",
)
@click.option("--dossier", metavar="d:…", help="只要这一卷 / Of that dossier alone.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="写入文件，默认标准输出 / A file; standard output by default.",
)
def disclosures(office_dir: Path, party: str, vote: str | None, dossier: str | None, out: Path | None) -> None:
    """某单位有权启封的内容：它自己的密封行为、对它作出的决定，以及它为当事方的各卷的全部；每行一项，交该单位用 gongyue verify --disclosures 核对。

    What a unit may open: its own sealed acts, the decisions on them, and all of every dossier it is party to, as JSON
    lines, for it to check with gongyue verify --disclosures.

    \b
    例 / Example:
      gongyue disclosures --as u:0001 --out u0001.jsonl
      gongyue disclosures --as u:0001 --dossier d:27d3… --out dossier.jsonl
      gongyue disclosures --as u:0001 --vote p:2026-01 --out ballots.jsonl
    """
    place = OfficePlace(office_at(office_dir))
    rows = _handed(place, vote, party) if vote else list(disclosure_lines(place.office, party, dossier))
    known = party in place.inst.units or party == "exec" or rows
    if not known:
        raise InvalidInput(
            f"没有单位 {party}；单位见 gongyue membership roll --all。",
            f"There is no unit {party}: see gongyue membership roll --all.",
        )
    if out is None:
        click.echo(b"".join(rows), nl=False)
    else:
        write_atomically(out, b"".join(rows))
        out.chmod(0o600)
    if wants_json() and out is not None:
        emit_result({"as": party, "lines": len(rows), "file": str(out)}, list)
        return
    where = f" {out}" if out else ""
    note(f"{party}：{len(rows)} 项启封内容{where}", pick("", f"{party}: {counted(len(rows), 'opening')}{where}"))
