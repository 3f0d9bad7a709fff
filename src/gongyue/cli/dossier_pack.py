"""`gongyue dossier pack`: the evidence pack of a dossier, at the office or of the party's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gongyue.book.digest_words import digest_words
from gongyue.cli.book_source import OfficePlace, office_at, vkey_text, where_options
from gongyue.cli.dossier_choice import one_of
from gongyue.cli.errors import usage
from gongyue.cli.material import read_file, refuse_existing
from gongyue.cli.output import counted, emit_result, output_options, pick
from gongyue.cli.own_pack import pack_of_own_files
from gongyue.office.evidence_pack import KeptFiles, make_pack
from gongyue.transparency import canonical
from gongyue.transparency.notes import MAX_NOTE_SIZE

_FILES = click.Path(path_type=Path)
_OFFICE, _PUBLIC, _VKEY = where_options()


@output_options
@_OFFICE
@_PUBLIC
@_VKEY
@click.command("pack", short_help="一卷的证据包 / The evidence pack of a dossier")
@click.argument("dossier", metavar="NAME|d:…")
@click.option("--as", "unit", required=True, metavar="UNIT", help="单位 u:… / The unit u:….")
@click.option(
    "--out", type=_FILES, required=True, metavar="FILE.zip", help="写到哪里，不覆盖 / Where to; nothing is overwritten."
)
@click.option(
    "--head", "heads", type=_FILES, multiple=True, metavar="FILE", help="自己存的存卷凭证 / A head that was kept."
)
@click.option("--receipt", "receipts", type=_FILES, multiple=True, metavar="FILE", help="自己存的回执 / A receipt.")
@click.option(
    "--letter", "letters", type=_FILES, multiple=True, metavar="FILE", help="收到的信函 / A letter that came."
)
@click.option(
    "--disclosures",
    type=_FILES,
    multiple=True,
    metavar="FILE",
    help="与 --public 同用：自己的启封文件 / With --public: what opens its entries, as the unit was handed it.",
)
@click.option(
    "--documents",
    type=_FILES,
    multiple=True,
    metavar="DIR|FILE",
    help="与 --public 同用：自己存的文书（行为文件旁的 private/，或带盐的文书） / With --public: documents that the unit keeps, as in the private/"
    " beside an act's file, or one with its salt.",
)
def pack(
    office_dir: Path,
    public: str | None,
    vkey: str | None,
    dossier: str,
    unit: str,
    out: Path,
    heads: tuple[Path, ...],
    receipts: tuple[Path, ...],
    letters: tuple[Path, ...],
    disclosures: tuple[Path, ...],
    documents: tuple[Path, ...],
) -> None:
    """一卷的证据包：公布的簿册、打开本卷的内容、当事方可查阅的文书、回执、存卷凭证、信函、导读，合为一个 zip 文件；任何人不必联网、不要密钥即可核验。

    The evidence pack of a dossier: the books as published, what opens it, the documents its party may open, receipts, heads,
    letters and a guide in one zip file that anybody verifies offline, without a key. What was served and not received yet is
    not in it. Away from the office it is made of the unit's own files.

    \b
    例 / Example:
      gongyue dossier pack d:27d3 --as u:0001 --out 证据包.zip
      gongyue dossier pack d:27d3… --as u:0001 --public public --vkey log.vkey --disclosures mine.jsonl \\
          --documents private --head mine.head --out 证据包.zip
      gongyue verify 证据包.zip
    """
    refuse_existing(out)
    kept = KeptFiles(
        tuple(read_file(path, MAX_NOTE_SIZE) for path in heads),
        tuple(read_file(path, MAX_NOTE_SIZE) for path in receipts),
        tuple((path.suffix.lower() if path.suffix.lower() in (".pdf", ".txt") else ".bin", read_file(path)) for path in letters),
    )  # fmt: skip
    if public is not None:
        if vkey is None or not disclosures:
            raise usage("--public 须与 --vkey、--disclosures 同用。", "--public needs --vkey and --disclosures.")
        made = pack_of_own_files(public, vkey_text(vkey), unit, dossier, out, kept, disclosures, documents)
    elif disclosures or documents:
        raise usage(
            "--disclosures 与 --documents 须与 --public 同用。", "--disclosures and --documents go with --public."
        )
    else:
        place = OfficePlace(office_at(office_dir))
        made = make_pack(place.office, office_dir, unit, one_of(place, dossier, unit).id, out, kept)
    here = sum(one.state == "here" for one in made.documents)
    less = len(made.documents) - here
    words = {language: " ".join(digest_words(canonical.digest(made.data), language)) for language in ("zh", "en")}
    emit_result(
        {
            "written": str(out),
            "dossier": made.dossier,
            "party": made.party,
            "documents": here,
            "without_content": less,
            "words": words,
        },
        lambda: _said(out, here, less, words),
    )


def _said(out: Path, here: int, less: int, words: dict[str, str]) -> Iterator[str]:
    yield pick(
        f"证据包写到 {out}：文书 {here} 份，另有 {less} 份没有内容。",
        f"The evidence pack is {out}: {counted(here, 'document')}, {less} more without content.",
    )
    yield pick(f"清单的核对词：{words['zh']}", f"Check words of its list of contents: {words['en']}")
    yield pick("其中有不公开的内容；转交时请照此保管。", "Some of it is confidential: hand it over as such.")
    yield pick(f"核验：gongyue verify {out}", f"Verify: gongyue verify {out}")
