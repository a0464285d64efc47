#!/usr/bin/env python3
"""console.py --program SEALWRIGHT-CLI.EXE: how the program for Windows asks for a passphrase at a console, which Wine makes
of a terminal."""
import argparse
import fcntl
import os
import pathlib
import pty
import re
import select
import struct
import termios
import time

from wine import check, run


def read_until(terminal, end, seconds=60):
    """What the program says until then, or until it is gone."""
    said, late = b"", time.monotonic() + seconds
    while not (end and said.count(end)) and time.monotonic() < late:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                said += os.read(terminal, 4096)
            except OSError:
                break
    return said


class Console:
    def __init__(self, windows, program, folder):
        self.program, self.folder = program, folder
        self.env = {name: value for name, value in windows.env.items() if name != "SEALWRIGHT_PASSPHRASE"}

    def type(self, vault, *lines):
        """Asks for a key in that vault, and answers each prompt. What it said, and its exit code; none: it hangs."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execvpe("wine", ["wine", self.program, "--offline", "--data-dir", vault, "--vault", f"file:{vault}.pem",
                                "key", "generate", "example.org"], self.env)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 200, 0, 0))
        said = b""
        for line in lines:
            said += read_until(terminal, b":")
            time.sleep(1) # Wine has the terminal echo until it reads the first time
            for piece in re.split(b"(?<=\x1b)", line):
                os.write(terminal, piece)
                time.sleep(0.5) # what follows Esc at once is one key with it
        said += read_until(terminal, None, 30)
        ended, status = os.waitpid(process, os.WNOHANG)
        if not ended:
            os.kill(process, 9)
            os.waitpid(process, 0)
        os.close(terminal)
        return said, os.waitstatus_to_exitcode(status) if ended else None


def trial(console):
    said, code = console.type("one", b"correct horse\r", b"correct horse\r")
    check("takes a passphrase typed twice, and shows none of it", code == 0 and b"horse" not in said, str(said))
    said, code = console.type("one", b"correct horse\r")
    check("opens what it protects", code == 0, str(said))
    said, code = console.type("two", b"x" * 1024 + b"\r", b"x" * 1024 + b"\r")
    check("takes 1024 octets", code == 0, str(said))
    for size in 1025, 3000:
        said, code = console.type("two", b"x" * size + b"\r")
        check(f"refuses {size}", code == 3 and b"1024 octets" in said, f"exit {code}: {said}")
    said, code = console.type("four", b"wrong\x1bcorrect horsx\x08e\r", b"correct horse\r")
    check("takes back a letter, and all", code == 0, str(said))
    said, code = console.type("three", b"correct horse\r", b"correct hearse\r")
    check("says of two that differ that they do", code == 3 and b"not the same" in said, f"exit {code}: {said}")
    for keys in b"\x03", b"correct\x03", b"correct\x03 horse", b"\x03\r":
        said, code = console.type("one", keys)
        check(f"ends at Ctrl+C: {keys}", code == 3 and b"locked" not in said, f"exit {code}: {said}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=pathlib.Path)
    options = parser.parse_args()
    run(lambda windows, folder: trial(Console(windows, str(options.program.resolve()), folder)))


if __name__ == "__main__":
    main()
