"""Attestation 证明 and spot check 抽查: what an audit found, signed, and later held to a sample nobody could foresee.

第八条 and 第十四条: a member says how it keeps its promise, and lets what it says be looked into. Raw data stays where it is.
"""
