"""What initiators are handed before the covenant is published: the books so far, the text to read, what to type.

bundle.zip: checkpoint, tile/, objects/, sealed/    the books, for `gongyue verify` and `--public`
            text.txt, original.*                    the frozen text, and the document it was read from
            README.txt                              in Chinese, then English: who signs, and with which commands

It is handed to the initiators and not published: before article 21's approval nobody else is shown the text.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gongyue.book.digest_words import digest_words
from gongyue.covenant.edition import Edition
from gongyue.covenant.rulings import OutOfTurn
from gongyue.covenant.whole_text import text_of
from gongyue.governance.institution import Institution
from gongyue.office.office import Office
from gongyue.office.publishing import Progress, archive, write_books

README, TEXT = "README.txt", "text.txt"


def make_bundle(office: Office, target: Path, progress: Progress = lambda done, total: None) -> int:
    """Write the bundle; returns the open book's size. OutOfTurn before a text is frozen, and once it is published."""
    inst = office.catch_up()
    if inst.in_force:
        raise OutOfTurn("in-force", "founding.bundle", can="publish")
    if inst.founding.stage == "draft" or inst.meaning.edition is None:
        raise OutOfTurn("not-frozen", "founding.bundle", inst.founding.stage, can="founding.freeze/1")
    edition = inst.meaning.edition
    original = office.store.object(edition.original) or b""
    name = f"original{_suffix(original)}" if original else ""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "bundle"
        size = write_books(office, folder, progress)
        (folder / TEXT).write_text(text_of(edition), "utf-8")
        if original:
            (folder / name).write_bytes(original)
        told = readme(inst, edition, office.keys.open.verifier.vkey, target.name, name)
        (folder / README).write_text(told, "utf-8")
        archive(folder, target)
    return size


def vkey_words(vkey: str, language: str) -> str:
    """The words of a book's key, to be read out over the telephone: twelve, of its SHA-256."""
    return " ".join(digest_words("sha256:" + hashlib.sha256(vkey.encode("ascii")).hexdigest(), language))


def _suffix(data: bytes) -> str:
    """What kind of file the original is."""
    kinds = ((b"PK\x03\x04", ".docx"), (b"%PDF-", ".pdf"), (b"{", ".json"))
    return next((suffix for mark, suffix in kinds if data.startswith(mark)), ".txt")


def readme(inst: Institution, edition: Edition, vkey: str, bundle: str, original: str) -> str:
    """What stands in the bundle's README: Chinese, then English."""
    return (
        "\n".join(
            [*_in_chinese(inst, edition, vkey, bundle, original), "", "", *_in_english(inst, vkey, bundle, original)]
        )
        + "\n"
    )


def _commands(vkey: str, bundle: str, name: str) -> dict[str, str]:
    public = f"--public {_quoted(bundle)} --vkey '{vkey}'"
    return {
        "status": f"gongyue founding status {public}",
        "key": "gongyue key new unit.key",
        "sign": f"gongyue founding sign --capacity legal_representative --signatory text:{name} {public} --key unit.key --out act.json",
        "draft": f"gongyue founding sign --capacity legal_representative --signatory text:{name} {public} --as %s --out act.json",
        "add": f"gongyue sign act.json {public} --key unit.key",
        "submit": "gongyue submit act.json",
    }


def _quoted(name: str) -> str:
    return name if all(c.isalnum() or c in "._-" for c in name) else "'" + name.replace("'", "'\\''") + "'"


def _units(inst: Institution, with_key: str, without: str, signed: str) -> Iterator[str]:
    for uid in sorted(inst.founding.initiators):
        able = bool(inst.valid_keys(uid, inst.now))
        state = signed if uid in inst.founding.signatures else with_key if able else without
        yield f"  {uid}  {inst.units[uid].name}  {inst.units[uid].code}  {state}"


def _in_chinese(inst: Institution, edition: Edition, vkey: str, bundle: str, original: str) -> Iterator[str]:
    do, executive = _commands(vkey, bundle, "姓名"), inst.genesis.executive if inst.genesis else ""
    first = min(inst.founding.initiators, default="u:0001")
    yield f"《{edition.title}》：发起单位签署材料"
    yield ""
    yield f"由 {executive} 交给发起单位，不是公开文件：公约公布之前请勿外传。"
    yield f"要签署的文本：{TEXT}" + (f"；原文件：{original}" if original else "") + "。"
    yield "签署不必把密钥交给任何人，也不必连到办公室；办公室只收你写出的 act.json。"
    yield ""
    yield "发起单位："
    yield from _units(inst, "密钥已登记", "尚未登记密钥（见第二步）", "已签署")
    yield ""
    yield "一、核对。簿册的验证密钥是"
    yield f"  {vkey}"
    yield f"  核对词：{vkey_words(vkey, 'zh')}"
    yield f"请用你早已知道的号码打电话给 {executive}，请对方读出核对词，逐字相符再往下做；不要用本文件里的号码，也不要只凭邮件。"
    yield "然后在本文件（解压前的 zip）所在的文件夹里运行；它先核验簿册，再说订立到哪一步："
    yield f"  {do['status']}"
    yield ""
    yield "二、没有登记密钥的单位：生成一把，把显示的公钥（k:…）连同盖章的纸面交给办公室登记；登记后会收到新的签署材料，从第一步重做。"
    yield f"  {do['key']}"
    yield ""
    yield "三、签署（姓名写法定代表人；由委托代表签署的，改为 --capacity delegate 并加"
    yield '--attorney \'{"document":"委托书.pdf","begins":"2026-03-01","ends":"2026-12-31"}\'）：'
    yield f"  {do['sign']}"
    yield "密钥在另一台电脑上的：先写成未签名的文件，拿过去看清内容再签："
    yield f"  {do['draft'] % first}"
    yield f"  {do['add']}"
    yield "姓名不公开：它与盐存于 private/，请自己留好。"
    yield ""
    yield f"四、把 act.json 交回 {executive}。办公室递交，回执会交给你："
    yield f"  {do['submit']}"


def _in_english(inst: Institution, vkey: str, bundle: str, original: str) -> Iterator[str]:
    do, executive = _commands(vkey, bundle, "NAME"), inst.genesis.executive if inst.genesis else ""
    first = min(inst.founding.initiators, default="u:0001")
    yield "What initiators need to sign the covenant"
    yield ""
    yield f"Handed to the initiators by {executive}; it is not published: please pass it to nobody before the covenant is."
    yield f"The text to be signed: {TEXT}" + (f"; the document it was read from: {original}" if original else "") + "."
    yield "Your key stays with you, and no connection to the office is needed: it takes the act.json that you write."
    yield ""
    yield "Initiators:"
    yield from _units(inst, "key registered", "no key registered yet (step 2)", "has signed")
    yield ""
    yield "1. Compare. The book's key is"
    yield f"  {vkey}"
    yield f"  Check words: {vkey_words(vkey, 'en')}"
    yield f"Call {executive} by a number that you have known for long and have the words read out; go on only if each is the same."
    yield "Take no number from this file, and do not rely on an e-mail alone. Then, in the folder where the zip file is (not unpacked),"
    yield "run this: it verifies the books first, and says how the founding stands:"
    yield f"  {do['status']}"
    yield ""
    yield "2. A unit without a registered key makes one, and hands the public key shown (k:…) with a stamped paper to the office to"
    yield "be registered; a new bundle follows, with which to begin at step 1."
    yield f"  {do['key']}"
    yield ""
    yield "3. Sign (the name is the legal representative's; for a delegate: --capacity delegate, and add"
    yield '--attorney \'{"document":"power.pdf","begins":"2026-03-01","ends":"2026-12-31"}\'):'
    yield f"  {do['sign']}"
    yield "Where the key is on another computer: write the file unsigned, carry it there, read it and sign:"
    yield f"  {do['draft'] % first}"
    yield f"  {do['add']}"
    yield "The name is not published: it is kept with its salt in private/; keep that folder."
    yield ""
    yield f"4. Hand act.json back to {executive}. The office records it, and gives you the receipt:"
    yield f"  {do['submit']}"
