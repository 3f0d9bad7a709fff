"""The executive body's office: the one door for writing, keys, routine acts, publishing."""
