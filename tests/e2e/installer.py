"""install.sh as the admin runs it."""

import subprocess
from collections.abc import Iterable

import picture
from report import Report
from box import Box
from surroundings import BUNDLE


def run(box: Box, *words: str, bundle: str = BUNDLE, shell: str = "sh") -> subprocess.CompletedProcess:
    return box.run(*shell.split(), f"{bundle}/install.sh", *words)


def expect(report: Report, box: Box, words: str, *arguments: str, says: Iterable[str] = (), bundle: str = BUNDLE,
           shell: str = "sh") -> None:
    """It ends with 0 and says all of that."""
    done = run(box, *arguments, bundle=bundle, shell=shell)
    silent = [text for text in says if text not in done.stdout]
    report.check(words, done.returncode == 0 and not silent, f"not said: {silent}\nended with {done.returncode}:\n{done.stdout}")


def expect_refusal(report: Report, box: Box, words: str, says: Iterable[str] = (), restless: tuple[str, ...] = (),
                   bundle: str = BUNDLE, before: picture.Picture | None = None) -> None:
    """install ends with an error, says all of that, and the server is as it was."""
    before = before or picture.take(box)
    done = run(box, "install", bundle=bundle)
    silent = [text for text in says if text not in done.stdout]
    changed = picture.difference(before, picture.take(box), times=False, but=restless)
    report.check(words, done.returncode != 0 and not silent and not changed,
                 f"not said: {silent}\nchanged: {changed}\nended with {done.returncode}:\n{done.stdout}")
