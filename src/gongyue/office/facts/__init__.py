"""What is told of each matter, whoever asks: pages render these facts, the API answers with them, the command line prints them.

They are made from the institution and the book behind it (`AsOf`); nothing here decides, and nothing here is sealed. Names of
structs and fields are those of the API: whoever renames one changes what programs read.
"""
