"""The audit 核对: did these uses, millions of them, keep the promise and the authorisations? (articles 8, 9(一))

Every engine here answers as `gongyue.conduct.verdict.verdict` does, row by row; that function is the meaning.
"""
