"""The member's toolkit: one promise file, and tools that hold uses of data to it, on the member's own premises.

Imports only `gongyue.covenant` and `gongyue.transparency` of ours; nothing here sends anything anywhere.
"""
