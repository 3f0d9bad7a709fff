"""The executive body's office: the one door for writing, keys, ticking, publishing."""
