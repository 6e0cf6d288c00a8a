#!/usr/bin/env python3
"""terminal.py COMMAND...: runs a command whose stderr is a terminal, and prints
what arrived there, escape and carriage return as ESC and CR. Exits as the
command does; its stdout stays what it is."""

import os
import pty
import subprocess
import sys


def main():
    ours, theirs = pty.openpty()
    environment = dict(os.environ, TERM="xterm-256color")
    with subprocess.Popen(sys.argv[1:], stderr=theirs, env=environment,
                          stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        received = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:  # the last one has closed it
                break
            if not chunk:
                break
            received += chunk
        process.wait()
    text = received.decode("utf-8", "replace").replace("\r\n", "\n")
    print(text.replace("\x1b", "ESC").replace("\r", "CR"))
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
