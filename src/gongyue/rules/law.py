"""The law stands above the covenant.

第二十条　本公约执行机构及成员单位在实施和履行本公约过程中必须遵守国家有关法律、法规。
"""

from __future__ import annotations

from gongyue.covenant.rulings import Finding, carries_out, fails, holds


@carries_out("law.observance", refusal="GY-20-01")
def no_order_forbids(order: str, source: str) -> Finding:
    """No order of a court or regulator, and no law pack in force, forbids the act."""
    return fails(order=order, source=source) if order else holds()
