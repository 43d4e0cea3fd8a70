"""The one exception whose message is for the user."""


class ParknerError(Exception):
    """An error that the user can fix: one line that begins with the address, such as `gold/train/a.jsonl:7: …`.

    The command line prints it and exits with code 1.
    """
