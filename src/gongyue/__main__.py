"""`python -m gongyue`: the command line."""

from gongyue.cli.main import main

if __name__ == "__main__":
    main()
