"""`python -m diversion_flow`: the command line, where its own command is not on the path."""

from .cli import main

if __name__ == "__main__":
    main()
