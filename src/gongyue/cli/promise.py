"""`gongyue promise`: write, check and explain the promise file; bring in consent records of other systems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.errors import InvalidInput
from gongyue.cli.lazy import unknown_command
from gongyue.cli.output import emit_result, lang, note, output_options, pick, wants_json, withdrawals_told
from gongyue.cli.single_value import SingleValueCommand

if TYPE_CHECKING:
    from gongyue.conduct.consent_receipts import Imported
    from gongyue.conduct.forms import Fault
    from gongyue.conduct.promise import Promise

FAULTY = 1


class Verbs(click.Group):
    """A group that offers the nearest verb; the options of its verbs are given once."""

    command_class = SingleValueCommand

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb named by the first argument; where there is none, the nearest are offered."""
        unknown_command(self, ctx, args)
        return super().resolve_command(ctx, args)


@click.group("promise", cls=Verbs, short_help="承诺文件：写、查、说 / The promise file")
def promise() -> None:
    """承诺文件：贵单位向用户承诺过怎样使用数据（《中关村大数据产业联盟行业自律公约》第八条）。全部工具都以它为准。

    The promise file: what you told your users you would do with their data (article 8 of the Zhongguancun covenant). Every tool goes by it.

    \b
    例 / Example:
      gongyue promise init                       # 写一份带注释的样例 / write a commented example
      gongyue promise check promise.toml --policy 隐私政策.txt
      gongyue promise explain promise.toml marketing

    退出码 / Exit: 0 合格 good · 1 有问题 faults · 2 用法 usage · 4 无法读取 cannot be read.
    """


@promise.command("init", short_help="写一份带注释的样例 / Write a commented example")
@click.argument("place", metavar="[DIR|FILE]", default=".")
@output_options
def init(place: str) -> None:
    """写一份带注释、可直接通过检查的样例。已有的文件绝不覆盖。

    Write a commented example that passes the check. A file that exists is never overwritten.

    \b
    例 / Example:
      gongyue promise init 数据合规/

    退出码 / Exit: 0 已写 written · 4 已存在，或写不了 it exists, or cannot be written.
    """
    from gongyue.cli.material import write_new
    from gongyue.conduct.promise_loader import example

    path = Path(place)
    path = path if path.suffix == ".toml" and not path.is_dir() else path / "promise.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise InvalidInput(
            f"{path} 已存在，没有改动；请换一个名字", f"{path} exists and was left alone; choose another name"
        )
    write_new(path, example().encode())
    emit_result(
        {"written": str(path)},
        lambda: [
            pick(
                f"已写 {path}；下一步 gongyue promise check {path}", f"Wrote {path}; next: gongyue promise check {path}"
            )
        ],
    )


@promise.command("check", short_help="承诺文件是否合格、自洽 / Is the file well formed and consistent")
@click.argument("file", metavar="FILE")
@click.option(
    "--policy", metavar="TEXTFILE", help="公布的政策全文，核对摘要 / The published text, to check its digest."
)
@output_options
@click.pass_context
def check(ctx: click.Context, file: str, policy: str | None) -> None:
    """列出承诺文件的全部问题：文件、行、项、改法。

    List everything wrong with the promise file: file, line, key and mend.

    \b
    例 / Example:
      gongyue promise check promise.toml --policy 隐私政策.txt

    退出码 / Exit: 0 合格 good · 1 有问题 faults · 4 无法读取 cannot be read.
    """
    from gongyue.conduct.promise_loader import BadPromise, open_promise, text_of

    faults: list[Fault] = []
    found, held = None, ""
    try:
        found = open_promise(file)
    except BadPromise as bad:
        faults = bad.faults
    if policy and found:
        from msgspec.structs import replace

        from gongyue.conduct.consistency import held_to, policy_fault
        from gongyue.conduct.toml_lines import line_of, places

        text = Path(policy).read_bytes()
        held = held_to(found, text)
        fault = policy_fault(found, text, policy)
        if fault:
            line = line_of(places(text_of(Path(file).read_bytes(), file)), fault.path)
            faults = [replace(fault, line=line, file=file)]
    shown = ("file", "line", "key", "zh", "en", "mend_zh", "mend_en")
    rows = [{name: getattr(fault, name) for name in shown} for fault in faults]
    data = {
        "file": file,
        "good": not faults,
        "policy_checked": bool(policy and found),
        "policy": held or None,
        "withdrawals": found.withdrawals if found else None,
        "faults": rows,
    }
    emit_result(data, lambda: _checked(file, faults, held, found))
    ctx.exit(FAULTY if faults else 0)


def _checked(file: str, faults: list[Fault], held: str, found: Promise | None) -> Iterable[str]:
    if not faults and found and held:
        return [
            pick(
                f"{file} 合格，{held} 的摘要与公布的政策相符",
                f"{file} is good, the digest of {held} is that of the published policy",
            ),
            *_others(found, held),
            *withdrawals_told(found.withdrawals),
        ]
    if not faults and found:
        return [pick(f"{file} 合格", f"{file} is good"), *_unchecked(found), *withdrawals_told(found.withdrawals)]
    return [*(f.told(lang()) for f in faults), pick(f"共 {len(faults)} 处", f"{len(faults)} fault(s)")]


def _others(found: Promise, held: str) -> Iterator[str]:
    """The versions whose digests were not held to a text."""
    if others := [p.id for p in found.policy if p.id != held]:
        yield pick(
            f"其余各版没有核对：{'、'.join(others)}", f"the other versions were not checked: {', '.join(others)}"
        )


def _unchecked(found: Promise) -> Iterator[str]:
    """That no digest was held to a text; and which of them is still that of the example."""
    from gongyue.conduct.promise_loader import sample_digests

    yield pick(
        "没有给 --policy：政策的摘要没有与公布的文本核对",
        "no --policy was given: no digest was held to the published text",
    )
    sample = [p.id for p in found.policy if p.digest in sample_digests()]
    if sample:
        yield pick(
            f"其中 {'、'.join(sample)} 的摘要还是样例里的，不是贵单位的政策",
            f"the digest of {', '.join(sample)} is still that of the example, not of your policy",
        )


@promise.command("explain", short_help="承诺了什么，用话说 / What was promised, in words")
@click.argument("file", metavar="FILE")
@click.argument("what", metavar="[PURPOSE|DATASET|ACCOUNT]", required=False)
@output_options
def explain(file: str, what: str | None) -> None:
    """用话说承诺了什么：全部，或某一目的、数据集、列、类别、账号、任务、服务。

    What was promised, in words: all of it, or what concerns one purpose, dataset, column, category, account, job or
    service.

    \b
    例 / Example:
      gongyue promise explain promise.toml shop.orders

    退出码 / Exit: 0 已说明 told · 4 无法读取，或没有这一项 cannot be read, or there is no such thing.
    """
    from gongyue.conduct.promise_loader import open_promise
    from gongyue.conduct.promise_summary import explain as told

    lines = list(told(open_promise(file), what, lang()))
    emit_result({"file": file, "what": what, "lines": lines}, lambda: lines)


@promise.command("import", short_help="同意记录 → 授权 / Consent records → authorisations")
@click.argument("file", metavar="FILE")
@click.option(
    "--promise", "promise_file", metavar="FILE", help="按承诺文件对应目的、类别 / Map names by this promise file."
)
@click.option("--out", metavar="FILE", help="授权写到此文件（默认标准输出）/ Write authorisations here.")
@output_options
@click.pass_context
def import_(ctx: click.Context, file: str, promise_file: str | None, out: str | None) -> None:
    """把 ISO/IEC TS 27560 记录或 Kantara 同意回执（JSON）变成授权（JSON 行）。缺项与不认识的内容逐条列出。

    ISO/IEC TS 27560 records or Kantara consent receipts (JSON) as authorisations (JSON lines). What is missing or
    unknown is listed.

    \b
    例 / Example:
      gongyue promise import receipts.json --promise promise.toml --out authorisations.jsonl

    退出码 / Exit: 0 全部完整 all complete · 1 有缺项 something missing or unknown · 4 无法读取 cannot be read.
    """
    from gongyue.cli.material import write_over
    from gongyue.conduct.consent_receipts import imported, records_of
    from gongyue.conduct.promise_loader import open_promise

    if out:
        _refuse_out(Path(out), *filter(None, (file, promise_file)))
    known = open_promise(promise_file) if promise_file else None
    results = [imported(record, known) for record in records_of(Path(file).read_bytes(), file)]
    lines = [json.dumps(row, ensure_ascii=False) for result in results for row in result.authorisations]
    text = "".join(line + "\n" for line in lines)
    if out and lines:
        write_over(Path(out), text.encode())
    elif out:
        note(f"没有可写的授权：没有写 {out}", f"there is no authorisation to write: {out} was not written")
    elif not wants_json():
        click.echo(text, nl=False)
    if wants_json():
        click.echo(json.dumps([_as_data(r) for r in results], ensure_ascii=False, indent=2))
    else:
        _tell(results, len(lines))
    ctx.exit(0 if results and all(r.complete for r in results) else FAULTY)


def _refuse_out(out: Path, *inputs: str) -> None:
    """BadInput where authorisations would be written over an input, or over what is none of an earlier import."""
    from gongyue.conduct.outputs import begins, half_of, refuse_input, refuse_other

    for written in (out, half_of(out)):
        refuse_input(written, *inputs)
        refuse_other(written, begins(rb'\{"record":'))


def _as_data(result: Imported) -> dict[str, Any]:
    import msgspec

    return dict(msgspec.to_builtins(result))


def _tell(results: list[Imported], count: int) -> None:
    for number, result in enumerate(results, 1):
        name = result.record or f"#{number}"
        if result.missing:
            listed = ", ".join(result.missing)
            note(f"{name}（{result.form}）缺：{listed}", f"{name} ({result.form}) misses: {listed}")
        if result.unknown:
            zh, en = "；".join(said.zh for said in result.unknown), "; ".join(said.en for said in result.unknown)
            note(f"{name}（{result.form}）不认识：{zh}", f"{name} ({result.form}), not known here: {en}")
        if result.aside:
            note(
                f"{name} 已搁置，未写授权：同意到何时为止不能确定",
                f"{name} was set aside, no authorisation: when it ends cannot be told",
            )
    note(f"{len(results)} 份记录，{count} 项授权", f"{len(results)} record(s), {count} authorisation(s)")
