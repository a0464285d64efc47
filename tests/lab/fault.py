"""A row of the table: what is broken, and what the program has to say."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from lab import Lab

Change = Callable[[Lab], None]


@dataclass(frozen=True)
class Fault:
    name: str
    area: str
    broken: str             # a sentence
    change: Change
    expected: frozenset[str]  # codes that have to be there
    along: frozenset[str]     # codes above info that may come with them


TABLE: list[Fault] = []


def fault(expected: str, along: str = "") -> Callable[[Change], Change]:
    """Makes a function a row: its name is the row's, its docstring says what is broken. Codes stand with spaces between."""
    def add(change: Change) -> Change:
        area = pathlib.Path(change.__code__.co_filename).stem
        TABLE.append(Fault(change.__name__.replace("_", "-"), area, change.__doc__.strip(), change,
                           frozenset(expected.split()), frozenset(along.split())))
        return change
    return add


def pair(first: str, second: str, along: str = "", without: str = "") -> None:
    """Two rows at once: all that either has to say, but for what the one hides of the other."""
    rows = [next(row for row in TABLE if row.name == name) for name in (first, second)]

    def change(lab: Lab) -> None:
        for row in rows:
            row.change(lab)
    hidden = frozenset(without.split())
    TABLE.append(Fault(f"{first}+{second}", "pairs", " ".join(row.broken for row in rows), change,
                       rows[0].expected.union(rows[1].expected) - hidden,
                       rows[0].along.union(rows[1].along, along.split(), hidden)))
