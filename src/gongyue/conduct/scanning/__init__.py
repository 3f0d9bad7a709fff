"""Scanning: personal data, secrets and marked trade secrets in tables and texts, and whether they were declared.

第八条、第九条（一）：what is held must be within what was promised to users. It runs on the member's premises and its
results never contain the values: type, place, count.
"""
