"""run.py --cli PROGRAM [ROW…] [--part N/M]: breaks the little internet in one way after the other, and hears what
the program says of it. --list: the rows. --table: writes them into README.md. --shell ROW: to look around,
on the desk, with that row broken.

Needs root with CAP_SYS_ADMIN and CAP_NET_ADMIN. Ends with 77 where the machine can't do it, and says why.
"""

import argparse
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "support"))
import namespaces
from obstacle import SKIPPED, obstacle


def judge(fault, lab) -> tuple[list[str], float]:
    """What is wrong with what the program says, and how long it took to say it."""
    lab.restore()
    fault.change(lab)
    lab.publish()
    checked = lab.check()
    wrong = [f"says nothing of {code}" for code in sorted(fault.expected - checked.codes())]
    loud = checked.codes("warning", "error", "unknown") - fault.expected - fault.along
    for finding in checked.findings:
        if finding["code"] in loud:
            wrong.append(f"says {finding['code']} ({finding['severity']}): {finding['found']}")
    return wrong, checked.seconds


def run(rows, cli: str) -> int:
    from lab import Lab
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lab") as folder, Lab(pathlib.Path(folder), cli) as lab:
        for row in rows:
            began = time.monotonic()
            try:
                wrong, seconds = judge(row, lab)
            except Exception as error:  # The other rows still tell something.
                wrong, seconds = [f"could not be tried: {error!r}"], 0.0
            failed += bool(wrong)
            verdict = "FAILED" if wrong else "ok    "
            print(f"{verdict} {row.name}  ({seconds:.2f} s of {time.monotonic() - began:.2f})", flush=True)
            for line in wrong:
                print(f"         {line}", flush=True)
    print(f"{len(rows) - failed} of {len(rows)} passed")
    return 1 if failed else 0


def shell(row, cli: str) -> int:
    from lab import Lab
    with tempfile.TemporaryDirectory(prefix="lab") as folder, Lab(pathlib.Path(folder), cli) as lab:
        lab.restore()
        row.change(lab)
        lab.publish()
        lab.shell()
    return 0


def table(rows) -> str:
    lines = [f"| {row.name} | {row.broken} | {', '.join(sorted(row.expected))} |" for row in rows]
    return "\n".join([f"{len(rows)} rows.", "", "| Row | What is broken | What has to be said |", "| --- | --- | --- |", *lines])


def write_table(rows) -> None:
    """Into README.md, where it stands."""
    readme = HERE / "README.md"
    begin, end = "<!-- table -->\n", "\n<!-- end -->"
    before, _, rest = readme.read_text().partition(begin)
    readme.write_text(f"{before}{begin}{table(rows)}{end}{rest.partition(end.strip())[2]}")


def chosen_rows(names: list[str], part: str):
    from faults import TABLE
    unknown = set(names) - {row.name for row in TABLE}
    if unknown:
        sys.exit(f"no such row: {', '.join(sorted(unknown))}")
    number, parts = map(int, part.split("/"))
    return [row for row in TABLE if row.name in names] if names else TABLE[number - 1::parts]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("rows", nargs="*")
    options.add_argument("--cli", default=str(HERE.parents[1] / "build/dev/app/cli/sealwright-cli"))
    options.add_argument("--part", default="1/1")
    for what in ("list", "table", "shell"):
        options.add_argument(f"--{what}", action="store_true")
    chosen = options.parse_args()
    if (chosen.list or chosen.table) or namespaces.are_inside():
        rows = chosen_rows(chosen.rows, chosen.part)
        if chosen.list:
            print("\n".join(row.name for row in rows))
        elif chosen.table:
            write_table(rows)
        else:
            return shell(rows[0], chosen.cli) if chosen.shell else run(rows, chosen.cli)
        return 0
    if why := obstacle():
        print(f"SKIPPED: {why}")
        return SKIPPED
    namespaces.start_again_inside()


sys.exit(main())
