"""The one exception that is meant for the user's eyes."""


class ParknerError(Exception):
    """Something the user can put right: one line that begins with the address, such as `gold/train/a.jsonl:7: …`.

    The command line prints it and exits with code 1; nothing else catches it.
    """
