"""Doing an act from the command line: draft, sign, then try it, write it to a file, or record it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.book.signing import key_id, sign
from gongyue.cli.act_options import ActOptions
from gongyue.cli.act_result import handed_in, print_dry_run, record
from gongyue.cli.act_text import act_lines, words_line
from gongyue.cli.book_source import BookSource, OfficePlace, place_of
from gongyue.cli.dossier_choice import answered_in, id_of
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.fields import check_date
from gongyue.cli.material import public_key, read_file, seed_from, write_new
from gongyue.cli.output import counted, emit_result, note, pick, say, wants_json
from gongyue.conduct.safe_text import plain
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM, is_unit
from gongyue.covenant.periods import iso
from gongyue.governance.acts import ActType, decode_body
from gongyue.office import keyless_parties
from gongyue.office.attachments import DIGEST, Attachments
from gongyue.office.document_notice import brings_documents, document_notice
from gongyue.transparency import canonical, ed25519

Told = tuple[dict[str, Any], list[str]]
"""More to tell: as JSON data, and as lines."""
Make = Callable[[BookSource, Attachments], Mapping[str, Any]]
"""Makes the body of an act and attaches what it names."""


def perform(
    kind: ActType,
    how: ActOptions,
    make: Make,
    before: Callable[[BookSource, SignedAct], None] | None = None,
    after: Callable[[SignedAct], Told] | None = None,
) -> None:
    """Do the act: draft it against the place, sign it, then try, write or record it; `after` tells more once it is recorded."""
    _require_keys(kind, how)
    place = place_of(how.office_dir, how.public, how.vkey)
    _tell_beforehand(kind, place)
    if how.out is None and not how.dry_run and not isinstance(place, OfficePlace):
        raise usage(
            "远程办理请加 --out act.json，再把文件交给任何人 gongyue submit。",
            "From afar, add --out act.json and have anyone gongyue submit the file.",
        )
    material = Attachments()
    act = drafted(kind, how, place, material, make)
    if before is not None:
        before(place, act)
    if how.dry_run:
        print_dry_run(place, kind, act)
        return
    _warned(kind, act, place)
    if act.sigs:
        confirm(kind, act, place, material, how.yes)
    if how.out is not None:
        _write(how.out, kind, act, material)
        return
    assert isinstance(place, OfficePlace)
    done = record(place.office, act, how.receipt, how.office_dir / "receipts", how.office_dir, material.private)
    if not kind.in_dossier:
        _kept_in_vault(how.office_dir, material, act, place)
    data, lines = after(act) if after else ({}, [])
    emit_result(done.data() | data, lambda: [*done.lines(), *lines])


def _tell_beforehand(kind: ActType, place: BookSource) -> None:
    """What is never uploaded and what is done with personal data, before documents are handed in."""
    if brings_documents(kind) and not wants_json():
        genesis = place.inst.genesis
        for one in document_notice(place.inst, genesis.executive if genesis else ""):
            note(one.zh, one.en)


def _require_keys(kind: ActType, how: ActOptions) -> None:
    """Whoever writes no file signs at once; of a file that others sign it may have to be said which key will."""
    if how.key_files:
        if how.signer is not None:
            raise usage(
                "--signer 只用于不带 --key 的未签名文件。",
                "--signer is for a file that is written unsigned, without --key.",
            )
        return
    if how.out is None or how.dry_run:
        raise usage(
            "须用 --key 指明签名密钥（新密钥用 gongyue key new FILE 生成）；或用 --out act.json 写成未签名的文件，交签署人 gongyue sign。",
            "--key is needed: the key that signs (make one with gongyue key new FILE). Or write an unsigned file with --out act.json"
            " for others to gongyue sign.",
        )
    if kind.own_key and how.signer is None:
        raise usage(
            "须用 --signer 指明将签署的公钥：尚未登记的单位以它签署。",
            "--signer is needed: the public key that will sign, for the unit is not known yet.",
        )


def drafted(kind: ActType, how: ActOptions, place: BookSource, material: Attachments, make: Make) -> SignedAct:
    """The act, drafted and signed; unsigned where no key was given."""
    seeds = [seed_from(path) for path in how.key_files]
    first = key_id(ed25519.public(seeds[0])) if seeds else public_key(how.signer) if how.signer else ""
    material.signer = first
    material.dossier = id_of(place, how.dossier, _reader(how, place, first)) if how.dossier else ""
    body = dict(make(place, material))
    decode_body(kind, canonical_body(body))
    actor = actor_of(kind, how, place, first, body)
    on, answered = place.seen_in(kind, actor, body, material.dossier)
    act = draft_act(
        place.inst,
        place.rev,
        place.view,
        kind.type,
        actor,
        body,
        seq=_number(kind, how, place, actor, first, body),
        at=place.at(kind),
        nonce=os.urandom(32),
        paper=_paper(how, place, material),
        files=material.objects,
        on=on,
        to=answered_in(place, kind, body, on, how.to) or answered,
    )
    for seed in seeds:
        act = sign(act, seed)
    return act


def _reader(how: ActOptions, place: BookSource, key: str) -> str:
    """Among whose dossiers one is named: the unit's in whose name it is done, else those of whoever signs first."""
    known = place.inst.keys.get(key)
    return how.actor if how.actor is not None and is_unit(how.actor) else known.holder if known is not None else ""


def _number(
    kind: ActType, how: ActOptions, place: BookSource, actor: str, key: str, body: Mapping[str, Any]
) -> int | None:
    """The act's number: by the key that signs or will sign. What officers do, also from a unit's paper, has none."""
    if how.seq is not None:
        return how.seq
    if how.key_files:
        return place.seq(kind, actor, key, body)
    if not (kind.numbered and is_unit(actor)) or how.paper_scan is not None:
        if key and not kind.own_key:
            raise usage(
                "--signer 只用于单位自己签署的行为；此行为不编号。",
                "--signer is for what a unit signs itself: this act carries no number.",
            )
        return None
    return place.seq(kind, actor, key if kind.own_key else _signer(place, actor, key), body)


def _signer(place: BookSource, unit: str, key: str) -> str:
    """The unit's key that will sign: the one named, or its only valid one."""
    valid = list(place.inst.valid_keys(unit, place.now))
    if key in valid:
        return key
    if not key and len(valid) == 1:
        return valid[0]
    listed = "".join(f"\n  {kid}" for kid in valid)
    if not valid:
        raise usage(f"{unit} 没有有效的密钥，不能自己签署。", f"{unit} has no valid key: it cannot sign for itself.")
    raise usage(
        f"须用 --signer 指明由 {unit} 的哪一把密钥签署：{listed}",
        f"--signer is needed: which key of {unit} will sign:{listed}",
    )


def canonical_body(body: Mapping[str, Any]) -> bytes:
    """The body's canonical bytes; InvalidInput where a text in it is outside the profile."""
    try:
        return canonical.encode(dict(body))
    except canonical.NotCanonical as error:
        raise InvalidInput(
            f"{error.path} 不可入簿：{error.why}", f"{error.path} cannot be recorded: {error.why}"
        ) from None


def actor_of(kind: ActType, how: ActOptions, place: BookSource, key: str, body: Mapping[str, Any]) -> str:
    """In whose name: as given, or as the act type and the key's holder say."""
    if how.actor is not None:
        return how.actor
    known = place.inst.keys.get(key)
    holder = known.holder if known else ""
    if kind.by.who == "office":
        return EXECUTIVE
    if kind.by.who == "authority":
        return AUTHORITY if holder == AUTHORITY else EXECUTIVE
    if is_unit(holder) or (kind.by.holders and holder not in ("", SYSTEM) and how.paper_scan is None):
        return holder
    if holder.startswith("o:") and kind.by.offices and how.paper_scan is None:
        return EXECUTIVE
    if kind.own_key and body.get("code"):
        return f"u:{str(body['code']).lower()}"
    raise usage("须用 --as u:… 指明以哪个单位的名义。", "--as u:… is needed: in which unit's name.")


def _paper(how: ActOptions, place: BookSource, material: Attachments) -> dict[str, str] | None:
    given = (how.paper_scan, how.paper_number, how.paper_dated)
    if not any((*given, how.paper_arrived)):
        return None
    if how.paper_scan is None or how.paper_dated is None:
        raise usage(
            "凭纸面记录须同时给出 --paper-scan 和 --paper-dated（纸面有文号的，另加 --paper-number）。",
            "Recording from paper needs --paper-scan and --paper-dated together (and --paper-number where the paper has one).",
        )
    today, scan = iso(place.day), how.paper_scan
    if not DIGEST.fullmatch(scan):
        scan = material.commit(read_file(scan), scan)
    return {
        "arrived": check_date(how.paper_arrived or "today", "--paper-arrived", today),
        "dated": check_date(how.paper_dated, "--paper-dated", today),
        "number": how.paper_number or "",
        "scan": scan,
    }


def confirm(kind: ActType, act: SignedAct, place: BookSource, material: Attachments, yes: bool) -> None:
    """Ask a person at a terminal before what cannot be taken back."""
    if not kind.sheet.irreversible or yes or not sys.stdin.isatty():
        return
    for line in act_lines(act, place, {one.commitment: one.content for one in material.private}.get):
        click.echo(plain(line), err=True)
    click.confirm(pick("此行为不可收回，继续？", "This cannot be taken back. Continue?"), abort=True, err=True)


def _warned(kind: ActType, act: SignedAct, place: BookSource) -> None:
    """What can no longer be done once the last key has ended, before anybody confirms it."""
    if kind.type != "key.revoke/1" or not act.act["body"].get("last"):
        return
    holder = str(act.act["actor"])
    (zh, en), (how, means) = keyless_parties.cannot(holder), keyless_parties.way_back(place.inst, holder, place.now)
    note(
        f"这是 {holder} 的最后一把有效密钥：{zh}；{how}。只是换钥的，用 gongyue key rotate：登记与终止一步办成。",
        f"It is the last valid key of {holder}: {en}; {means}. To change keys use gongyue key rotate, which registers and ends in one step.",
    )


def _write(out: Path, kind: ActType, act: SignedAct, material: Attachments) -> None:
    write_new(out, msgspec.json.format(msgspec.json.encode(act), indent=1) + b"\n")
    _kept(material.keep(out.parent / "private"))
    if wants_json():
        emit_result(
            {"written": str(out), "act": act.digest, "type": act.act["type"], "signatures": len(act.sigs)}, list
        )
        return
    missing = 1 + (kind.by.two or "paper" in act.act) - len(act.sigs)
    who = pick("第二人", "the second officer") if act.sigs else pick("签署人", "whoever signs")
    steps = (
        [pick(f"由{who} gongyue sign {out} --key 其密钥", f"{who}: gongyue sign {out} --key KEY")]
        if missing > 0
        else []
    )
    steps.append(handed_in(kind, out))
    say(
        f"已写入 {out}（{len(act.sigs)} 个签名）。接着：{'，再 '.join(steps)}",
        f"Wrote {out} ({counted(len(act.sigs), 'signature')}). Next: {', then '.join(steps)}",
    )
    if missing > 0:
        say(f"签署人所见的{words_line(act.digest)}", f"{words_line(act.digest)} (shown to whoever signs)")


def _kept_in_vault(office_dir: Path, material: Attachments, act: SignedAct, place: OfficePlace) -> None:
    """What the recorded act commits to lies in the office's vault, where it can be erased."""
    if material.private:
        from gongyue.office.vault.papers import keep_recorded

        number = len(material.private)
        if error := keep_recorded(office_dir, material.private, str(act.act["actor"]), lambda: place.now):
            note(
                f"不公开的内容未能存入保管库，以明文存于 {office_dir / 'private'}（{number} 份）；以后用 gongyue vault move-in 移入。{error.zh}",
                f"Private contents could not be kept in the vault and are plain files in {office_dir / 'private'} ({number}); later"
                f" move them in with gongyue vault move-in. {error.en}",
            )
            return
        note(
            f"不公开的内容及其盐存入保管库（{number} 份）；丢失则无从证明其内容。",
            f"Private contents and their salts are kept in the vault ({number}); lost, they prove nothing.",
        )


def _kept(written: list[Path]) -> None:
    if written:
        note(
            f"不公开的内容及其盐存于 {written[0].parent}（{len(written) // 2} 份）；丢失则无从证明其内容。",
            f"Private contents and their salts are kept in {written[0].parent} ({len(written) // 2}); lost, they prove nothing.",
        )
