"""Binding a text while a covenant is being founded: the page at the desk, and the draft it keeps."""
