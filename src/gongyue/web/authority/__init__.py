"""The authority: a read-only link, and approvals recorded from paper."""
