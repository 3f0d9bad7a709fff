"""`gongyue`: every act and every question from the command line.

Exit codes, the same for every command but `verify` and `read`, which document their own:

    0  done, or already recorded
    1  refused: the covenant, the procedure or the law says no
    2  usage: an option or argument is wrong
    3  out of turn: not a step that can be taken now
    4  cannot be read: a file, a key, an office or a book
    70 our fault: please report it (GONGYUE_DEBUG=1 shows the details)
    130 interrupted by Ctrl+C; 1 would say refused
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

import click

from gongyue.cli.help_format import Help
from gongyue.cli.lazy import LazyGroup, remember_words

READ_ENOUGH = 141
click.Context.formatter_class = Help  # of every command, whatever its class

HELP = """公约：让自律公约成为运转的制度，并证明它遵守自己的规则。

A self-discipline covenant as a running institution that proves it keeps its own rules.

\b
例 / Example:
  gongyue init office --origin gongyue.example/xyz --executive 示范联盟 \\
      --officer qin:qin.key --officer bai:bai.key
  gongyue founding import 公约.docx --key qin.key --key bai.key
  gongyue founding status
  gongyue verify export --vkey office/log.vkey

\b
退出码 / Exit codes:
  0 办妥 done · 1 公约不许 refused · 2 用法有误 usage · 3 时机不对 out of turn
  4 读不出（文件、密钥、办公室、簿册）cannot be read · 70 程序之过 our fault
  130 中断 interrupted
  （verify 与 read 另有说明 / verify and read document their own）

\b
环境变量 / Environment:
  GONGYUE_LANG=en 英文 English（默认中文，不看 LANG / Chinese by default, whatever LANG says）
  GONGYUE_OFFICE 办公室目录 the office's folder · GONGYUE_DEBUG=1 出错时显示详情 show details
"""

ALONE = {
    "read": "读出公约或章程的条文与数额 / Read a covenant or charter",
    "article": "一条公约：条文、规则、行为 / Everything about one article",
    "demo": "演示世界 / The demonstration world",
    "cheat": "演示作弊如何被发现 / How cheating is detected",
    "witness": "见证检查点 / Witness checkpoints",
    "serve": "网页 / The web pages",
    "letters": "信函：一批排成一个 PDF / Letters: a batch as one PDF",
    "account": "网页账号：第一批邀请 / Accounts of the pages: the first invitations",
    "audit-slots": "核对抽到的时段：补齐与内容 / Audit drawn slots: padding and content",
    "authority": "主管部门的密封信箱 / The authority's sealed inbox",
    "promise": "承诺文件：写、查、说 / The promise file",
    "gate": "此刻可否这样使用数据 / May this use happen now",
    "audit": "批量核对使用记录 / Audit a log of uses",
    "scan": "扫描个人信息 / Scan for personal data",
    "export-check": "出境人数与手续 / Cross-border counts and filings",
    "attest": "签署证明、应对抽查 / Attestations and spot checks",
    "toolkit": "各件工具在虚构成员上用一遍 / All tools on a fictional member",
    "watch": "预警 / Early warnings",
    "partner": "合作方声明 / Partners' declarations",
    "lint": "查代码里的数据使用 / Look for uses of data in code",
}
"""Commands written elsewhere, one module each: offered where the module is installed."""


def _matter(name: str, help: str) -> tuple[str, str]:
    return f"gongyue.cli.act_commands:noun({name})", help


def _here(*names: str) -> dict[str, tuple[str, str]]:
    """Commands that stand in a module of their own name, if it is installed; hyphens are underscores there."""
    modules = {n: n.replace("-", "_") for n in names}
    return {
        n: (f"gongyue.cli.{m}:{m}", ALONE[n]) for n, m in modules.items() if find_spec(f"gongyue.cli.{m}") is not None
    }


SECTIONS = {
    "开始 / Start": {
        "init": ("gongyue.cli.init:init", "创立办公室与公开簿 / Found an office and its book"),
        "key": _matter("key", "密钥：生成、登记、更换 / Keys: make, register, rotate"),
        **_here("read", "article", "demo"),
    },
    "事项 / Matters": {
        "founding": _matter("founding", "订立：导入、定稿、签署、公布 / Founding: from text to force"),
        "office": _matter("office", "执行机构的职务 / Offices of the executive body"),
        "interpretation": _matter("interpretation", "解释与程序规则 / Interpretations and procedure"),
        "membership": _matter("membership", "成员：邀请、加入、退出 / Members: invite, join, leave"),
        "publication": _matter("publication", "定期名单 / Periodic lists"),
        "amendment": _matter("amendment", "修改公约 / Amending the covenant"),
        "annex": _matter("annex", "分支附件 / Branch annexes"),
        "vote": _matter("vote", "表决 / Votes"),
        "petition": _matter("petition", "诉求：提出、反映、答复 / Petitions"),
        "bulletin": _matter("bulletin", "公告：致全体成员、向社会公布 / Bulletins to members and to society"),
        "report": _matter("report", "检举：提出、答复 / Reports of a breach"),
        "case": _matter("case", "案件：立案、作出结论 / Cases, from opening to conclusion"),
        "referral": _matter("referral", "移送：涉嫌犯罪、法律要求报告的 / Referrals to an authority"),
        "dossier": _matter("dossier", "卷：看、补充、送达、指派 / Dossiers: what stands in them, acts within"),
        "law": _matter("law", "法律：命令、规则包、节假日 / Law: orders, packs, holidays"),
        "correction": _matter("correction", "更正与撤销 / Correcting and voiding"),
        "book": _matter("book", "簿册：创立、锚定 / The book: genesis, anchors"),
        "inspection": _matter("inspection", "检查：预告抽取 / Inspections: draws announced"),
        "oversight": _matter("oversight", "监督：写明核对结果、年度数字 / Oversight: audits, yearly figures"),
        "clock": _matter("clock", "时间：确认、恢复 / The time: confirmed, recovered"),
    },
    "办理 / Handle": {
        "sign": ("gongyue.cli.submit:sign", "在行为文件上加签 / Add a signature to an act's file"),
        "submit": ("gongyue.cli.submit:submit", "递交行为文件 / Hand in acts' files"),
        "receipt": ("gongyue.cli.submit:receipt", "取回执 / Get a receipt"),
        "tick": ("gongyue.cli.due:tick", "办理到期的例行事项 / Run routine acts that are due"),
        "due": ("gongyue.cli.due:due", "到期与逾期 / What is due and overdue"),
        "notices": ("gongyue.cli.notices:notices", "通知：谁以某单位名义做了什么 / What was done in a unit's name"),
        **_here("letters"),
        "vault": ("gongyue.cli.vault:vault", "文书：存放、查阅、删除 / Documents: kept, read, erased"),
        "status": ("gongyue.cli.due:status", "一屏概况 / Status overview"),
        "log": ("gongyue.cli.log:log", "查看簿册 / Browse the book"),
    },
    "证明 / Prove": {
        "export": ("gongyue.cli.export:export", "公开簿册 / Publish the books"),
        "disclosures": ("gongyue.cli.export:disclosures", "导出某单位的启封内容 / What a unit may open"),
        "verify": ("gongyue.cli.verify:verify", "核验公开的簿册 / Verify a published book"),
        "backup": ("gongyue.cli.backup:backup", "备份办公室 / Back up the office"),
        "restore": ("gongyue.cli.restore:restore", "从备份恢复 / Restore from a backup"),
        "migrate": ("gongyue.cli.migrate:migrate", "升级库的版本 / Migrate the store"),
        **_here("audit-slots", "witness", "authority", "cheat"),
    },
    "网页 / Pages": _here("serve", "account"),
    "成员自用，数据不出本单位 / On a member's premises": _here(
        "promise", "gate", "audit", "scan", "export-check", "attest", "toolkit", "watch", "partner", "lint"
    ),
}


class Main(LazyGroup):
    """The whole command line: what goes wrong is told in words, with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a traceback is shown only where GONGYUE_DEBUG=1 asks for it."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _localised_error(error) from None
        except (KeyboardInterrupt, click.Abort) as error:
            if isinstance(error, click.Abort) and not isinstance(error.__context__, KeyboardInterrupt):
                raise  # a question was answered with no
            from gongyue.cli.errors import interrupted

            ctx.exit(interrupted())
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BrokenPipeError:  # whoever read has read enough: no refusal (1), but what a shell says of it
            from gongyue.cli.output import discard_stdout

            discard_stdout()
            ctx.exit(READ_ENOUGH)
        except Exception as error:
            if os.environ.get("GONGYUE_DEBUG") == "1":
                raise
            from gongyue.cli.errors import failed
            from gongyue.cli.output import discard_stdout

            code = failed(ctx, error)
            discard_stdout()
            ctx.exit(code)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments as ever; they are kept as they stand too."""
        remember_words(ctx, args)
        return super().parse_args(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line's own options."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _localised_error(error) from None


def _localised_error(error: click.UsageError) -> click.UsageError:
    """The error in our words; help that is shown because no command was named is no error's text."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    from gongyue.cli.errors import Misused

    return Misused(error)


main = click.version_option(package_name="gongyue", message="gongyue %(version)s")(Main("gongyue", SECTIONS, HELP))
"""The entry point."""
