"""What offices are called in Chinese, and what an interpretation without effect is; act types have their names in their sheets."""

from __future__ import annotations

OFFICES_ZH = {
    "secretary": "秘书长",
    "clerk": "经办",
    "caseworker": "承办人",
    "panellist": "审议人",
    "mediator": "调解员",
    "publisher": "发布人",
    "sysop": "系统管理",
}

PROSE = ("文字说明，不改变数额、期限或权利", "explains words; changes no number, period or right")
"""What every face says of an interpretation that sets nothing."""
