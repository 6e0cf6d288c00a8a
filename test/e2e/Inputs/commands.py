"""Programs that tests run, and how they fail."""

import os
import subprocess


class Failure(Exception):
    """A command that did not do what it should; the text says why."""


def command(*arguments):
    """Runs a program; its standard error is the text of the Failure."""
    try:
        done = subprocess.run(arguments, capture_output=True, text=True,
                              errors="replace", check=False)
    except OSError as error:
        raise Failure(f"cannot run {arguments[0]}: {error.strerror}") from None
    if done.returncode != 0:
        text = (done.stderr or done.stdout).strip()
        raise Failure(f"{os.path.basename(arguments[0])} ended with "
                      f"{done.returncode}: {text[:2000]}")
    return done.stdout
