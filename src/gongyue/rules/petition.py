"""Petitions before the public: nobody hears of one without its member's signature.

第十四条　联盟负责组织实施本公约，……及时向政府主管部门反映成员单位的意愿和要求，维护成员单位的正当利益……
"""

from __future__ import annotations

from gongyue.covenant.rulings import Finding, carries_out, either


@carries_out("petition.forward", refusal="GY-14-05", always=True)
def member_consents(unit: str, text: str, consented: str) -> Finding:
    """What is published of a petition is the text that its member last signed its consent to, to the letter."""
    return either(text == consented, enough=consented or None, unit=unit, text=text)
