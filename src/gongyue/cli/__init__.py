"""The command line: `gongyue NOUN VERB`, one file per noun where it needs more than its act types give."""
