"""`gongyue attest`: sign what an audit found, and let it be held to a sample nobody could foresee."""

from __future__ import annotations

from pathlib import Path

import click

from gongyue.cli.attest_report import (
    answer_lines,
    attestation_data,
    attestation_lines,
    challenge_lines,
    check_data,
    check_lines,
    proves_data,
    verdicts_drawn,
)
from gongyue.cli.kernel_setup import installed
from gongyue.cli.output import emit_result, output_options, pick, progress_bar
from gongyue.cli.promise import Verbs

FAILED = 1
_FILE = click.Path(path_type=Path)


@click.group("attest", cls=Verbs, short_help="签署证明、应对抽查 / Attestations and spot checks")
def attest() -> None:
    """把核对所得签成证明，数据不出本单位；日后由检查方抽查（《中关村大数据产业联盟行业自律公约》第八条、第十四条）。

    Sign what an audit found, while the data stays at home; later an inspector draws rows of it (articles 8, 14 of the Zhongguancun covenant).

    \b
    成员 / Member:     make → sign → 递交 submit …
    检查方 / Inspector: challenge（种子在递交之后才定 / a seed fixed after submission）
    成员 / Member:     answer
    检查方 / Inspector: check

    \b
    例 / Example:
      gongyue audit --promise promise.toml --authorisations auth.parquet --uses log/ --out verdicts.parquet
      gongyue attest make verdicts.parquet --unit 星台数据 --covers "订单库 9 月全部访问日志" --out draft.json
      gongyue attest sign draft.json --verdicts verdicts.parquet --key unit.key --out attestation.json
      gongyue attest challenge attestation.json --seed "<检查点的根 / a checkpoint's root>" --rows 300 --out challenge.json
      gongyue attest answer challenge.json --attestation attestation.json --verdicts verdicts.parquet --out answer.json
      gongyue attest check attestation.json --challenge challenge.json --answer answer.json --signer k:…

    退出码 / Exit: 0 办妥或成立 done or holds · 1 不成立或被拒 fails or refused · 2 用法 usage · 4 无法读取 cannot be read.
    """


_out = click.option(
    "--out", required=True, type=_FILE, metavar="FILE", help="写到哪里，不覆盖 / Where to; never overwritten."
)


@attest.command("make", short_help="由核对结果写出证明 / From an audit to an attestation")
@click.argument("verdicts", type=_FILE, metavar="VERDICTS")
@click.option("--unit", required=True, metavar="NAME", help="本单位名称 / Your unit's name.")
@click.option(
    "--covers", required=True, metavar="TEXT",
    help="记录涵盖什么、未涵盖什么 / What the log covers and what it does not.",
)  # fmt: skip
@_out
@output_options
def make(verdicts: Path, unit: str, covers: str, out: Path) -> None:
    """由 audit --out 的逐行裁断写出证明：合计、摘要、全部裁断的 Merkle 根；不含任何个人信息，含则拒（GY-08-02）。

    An attestation from the verdicts of `audit --out`: counts, digests and a Merkle root over every row's verdict. Personal
    data in its texts is refused (GY-08-02). Bounded memory, every core.

    \b
    例 / Example:
      gongyue attest make verdicts.parquet --unit 星台数据 --covers "订单库 2026 年 9 月全部访问日志" --out draft.json

    退出码 / Exit: 0 写成 written · 1 被拒 refused · 4 无法读取，或 --out 已存在 cannot be read, or --out exists.
    """
    installed("attest make")
    from gongyue.cli.material import write_new
    from gongyue.conduct.attesting.attestation import make
    from gongyue.conduct.attesting.file_formats import to_bytes

    with progress_bar(pick("求根", "hashing")) as progress:
        made = make(verdicts, unit, covers, progress)
    write_new(out, to_bytes(made))
    emit_result(attestation_data(out, made, None), lambda: attestation_lines(out, made, None))


@attest.command("sign", short_help="签署证明 / Sign an attestation")
@click.argument("draft", type=_FILE, metavar="FILE")
@click.option("--key", required=True, metavar="KEY", help="密钥文件（gongyue key new）/ The key file.")
@click.option(
    "--verdicts",
    type=_FILE,
    metavar="FILE",
    help="所证明的逐行裁断，逐行重算 / The verdicts attested: every row is hashed again.",
)
@click.option(
    "--unseen", is_flag=True, help="裁断不在此处，不比较就签 / The verdicts are elsewhere: sign without comparing."
)
@_out
@output_options
def sign(draft: Path, key: str, verdicts: Path | None, unseen: bool, out: Path) -> None:
    """用本单位密钥签署。打印摘要：检查与簿册引用的就是它。与裁断文件不符、合计不符、声明不实（GY-08-03）、含个人信息（GY-08-02）的不签。

    Sign with the unit's key. The digest printed is what an inspection and the book cite. What differs from the file of
    verdicts, counts that do not add up, claims that they do not allow (GY-08-03) and personal data (GY-08-02) are not signed.
    Where key and verdicts are in different places, --unseen says that nothing is compared; the answer to a challenge will be.

    \b
    例 / Example:
      gongyue attest sign draft.json --verdicts verdicts.parquet --key unit.key --out attestation.json

    退出码 / Exit: 0 已签 signed · 1 被拒 refused: GY-08-02, GY-08-03 · 4 无法读取、与裁断文件或合计不符，或 --out 已存在
    cannot be read, differs from the verdicts or its counts, or --out exists.
    """
    installed("attest sign")
    from gongyue.cli.errors import usage
    from gongyue.cli.material import seed_from, write_new
    from gongyue.conduct.attesting.attestation import refuse_other
    from gongyue.conduct.attesting.file_formats import Attestation, read, sign, to_bytes
    from gongyue.conduct.attesting.privacy import refuse_personal_data
    from gongyue.conduct.attesting.self_consistency import refuse_unsound
    from gongyue.transparency.canonical import digest

    if unseen == (verdicts is not None):
        raise usage(
            "须写 --verdicts 裁断文件，或以 --unseen 说明不比较，二者取一",
            "either --verdicts with the file of verdicts, or --unseen to say that nothing is compared",
        )
    attestation, _ = read(draft, Attestation)
    refuse_personal_data(attestation)
    refuse_unsound(attestation)
    if verdicts:
        with progress_bar(pick("求根", "hashing")) as progress:
            refuse_other(attestation, verdicts, progress)
    signed = sign(attestation, seed_from(key))
    data = to_bytes(signed)
    write_new(out, data)
    of = digest(data)
    compared = verdicts is not None
    emit_result(
        attestation_data(out, attestation, of) | {"key": signed.sig.key, "compared": compared},
        lambda: attestation_lines(out, attestation, of, compared=compared),
    )


@attest.command("challenge", short_help="检查方：抽查题 / The inspector's challenge")
@click.argument("attestation", type=_FILE, metavar="ATTESTATION")
@click.option(
    "--seed", required=True, metavar="TEXT",
    help="递交之后才定的文字，如检查点的根 / A text fixed after submission, such as a checkpoint's root.",
)  # fmt: skip
@click.option(
    "--rows", "k", type=click.IntRange(1), default=300, show_default=True, metavar="K", help="抽几行 / How many rows."
)
@_out
@output_options
def challenge(attestation: Path, seed: str, k: int, out: Path) -> None:
    """由种子抽出 K 行：人人可重算，事先无人可知。行数少于 K 则全抽。

    K rows drawn from the seed: anybody can draw them again, nobody could foresee them. Where there are fewer, all.

    \b
    例 / Example:
      gongyue attest challenge attestation.json --seed "$(sed -n 3p checkpoint)" --rows 300 --out challenge.json

    退出码 / Exit: 0 写成 written · 1 被拒 refused · 4 无法读取、签名不成立，或 --out 已存在 cannot be read, the signature does not
    hold, or --out exists.
    """
    from gongyue.cli.material import write_new
    from gongyue.conduct.attesting import sampling
    from gongyue.conduct.attesting.file_formats import Signed, read, refuse_unsigned, to_bytes

    signed, of = read(attestation, Signed)
    refuse_unsigned(signed, attestation)
    size = signed.attestation.rows
    drawn = sampling.challenge(of, size, seed, min(k, size) or k)
    write_new(out, to_bytes(drawn))
    share = sampling.detectable_share(len(drawn.rows), size)
    data = {
        "out": str(out),
        "attestation": of,
        "size": size,
        "rows": drawn.rows,
        "caught": share,
        "proves": proves_data(),
    }
    emit_result(data, lambda: challenge_lines(out, drawn, share))


@attest.command("answer", short_help="成员：答抽查题 / Answer a challenge")
@click.argument("challenge", type=_FILE, metavar="CHALLENGE")
@click.option("--attestation", required=True, type=_FILE, metavar="FILE", help="已签署的证明 / The signed attestation.")
@click.option("--verdicts", required=True, type=_FILE, metavar="FILE", help="当时的逐行裁断 / The verdicts attested.")
@_out
@output_options
def answer(challenge: Path, attestation: Path, verdicts: Path, out: Path) -> None:
    """交出所抽各行的裁断与存在证明。裁断文件与证明有一处不符（根、合计等），不作答，并说明所载与实有之数。

    Give the verdicts drawn, with proofs of inclusion. Where the verdicts are not those attested, by root, counts or run, there is no
    answer, and what is stated and found is told. The file has row numbers, verdicts and numbers of authorisations; a proof tells
    the verdict of the neighbouring row and lets its number be guessed, and counts of the stretches around it.

    \b
    例 / Example:
      gongyue attest answer challenge.json --attestation attestation.json --verdicts verdicts.parquet --out answer.json

    退出码 / Exit: 0 写成 written · 4 无法读取、不是所证明的那一份，或 --out 已存在 cannot be read, is not what was attested, or --out exists.
    """
    installed("attest answer")
    from gongyue.cli.material import write_new
    from gongyue.conduct.attesting.attestation import answer
    from gongyue.conduct.attesting.file_formats import Challenge, Signed, read, to_bytes

    asked, asked_of = read(challenge, Challenge)
    signed, of = read(attestation, Signed)
    with progress_bar(pick("求证", "proving")) as progress:
        made = answer((asked, asked_of), (signed.attestation, of), verdicts, progress)
    write_new(out, to_bytes(made))
    emit_result(
        {"out": str(out), "rows": len(made.rows), "verdicts": verdicts_drawn(made), "proves": proves_data()},
        lambda: answer_lines(out, made),
    )


@attest.command("check", short_help="检查方：是否成立 / Does it hold")
@click.argument("attestation", type=_FILE, metavar="ATTESTATION")
@click.option("--challenge", "asked", type=_FILE, metavar="FILE", help="抽查题 / The challenge.")
@click.option("--answer", "given", type=_FILE, metavar="FILE", help="答卷 / The answer.")
@click.option("--seed", metavar="TEXT", help="种子须是此 / The seed has to be this.")
@click.option("--signer", metavar="KEY", help="簿册上该单位的公钥（k:… 或文件）/ The unit's key in the book.")
@click.option("--promise", type=_FILE, metavar="FILE", help="承诺文件须是此 / The promise file has to be this.")
@click.option(
    "--verdicts", type=_FILE, metavar="FILE", help="到场时：逐行重算 / On the premises: hash every row again."
)
@output_options
@click.pass_context
def check(
    ctx: click.Context, attestation: Path, asked: Path | None, given: Path | None, seed: str | None, signer: str | None,
    promise: Path | None, verdicts: Path | None,
) -> None:  # fmt: skip
    """签名、合计、抽法、逐行证明是否成立，所载合计是否正是根所约束的。给得越多，查得越多；没有查的不算成立，逐项列出。

    Do signature, counts, draw and proofs hold, and does the root commit to the counts? The more is given, the more is checked;
    each thing checked is listed.

    \b
    例 / Example:
      gongyue attest check attestation.json --signer k:…
      gongyue attest check attestation.json --challenge challenge.json --answer answer.json --seed "…" --promise promise.toml

    退出码 / Exit: 0 所查均成立 all holds · 1 有不成立 something fails · 4 无法读取 cannot be read.
    """
    installed("attest check")
    from gongyue.cli.errors import usage
    from gongyue.cli.material import public_key
    from gongyue.conduct.attesting.file_formats import Answer, Challenge, Signed, read
    from gongyue.conduct.attesting.verification import Evidence, check

    if given and not asked:
        raise usage("--answer 须与 --challenge 同用", "--answer needs --challenge")
    signed, of = read(attestation, Signed)
    evidence = Evidence(
        signed, of, public_key(signer) if signer else None, promise, verdicts, seed,
        read(asked, Challenge) if asked else None, read(given, Answer)[0] if given else None,
    )  # fmt: skip
    with progress_bar(pick("核验", "checking")) as progress:
        found = check(evidence, progress)
    emit_result(check_data(evidence, found), lambda: check_lines(evidence, found))
    ctx.exit(0 if all(one.holds for one in found) else FAILED)
