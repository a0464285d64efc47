#!/usr/bin/python3 -B
"""matrix.py [BUILD]: every scenario on every Debian, two at a time, with the program in BUILD (build/dev).

Writes the result into README.md beside it. As root; about 40 minutes. SCENARIO="..." in the environment: only those, and
README.md stays. So are those run that end in "everywhere": they kill install.sh in each of its steps, for hours.
"""

import collections
import concurrent.futures
import datetime
import os
import pathlib
import re
import subprocess
import sys

import kinds
import roots
from scenarios import SCENARIOS

HERE = pathlib.Path(__file__).resolve().parent
DEBIANS = list(roots.SUITES)
Counts = dict[tuple[str, str], int | None]  # (row, Debian); None: something failed


def run(build: pathlib.Path, scenario: str, debian: str) -> tuple[int, str]:
    """Its exit status and what it said, which is also kept beside the build."""
    log = build / "tests/e2e/matrix" / f"{scenario}-{debian}"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as file:
        status = subprocess.run([sys.executable, "-B", HERE / "run.py", scenario, "--debian", debian,
                                 "--cli", build / "app/cli/sealwright-cli", "--cache", build / "tests/e2e/roots"],
                                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT).returncode
    return status, log.read_text()


def checks(status: int, said: str) -> int | None:
    summary = re.search(r": (\d+) ok, 0 failed$", said, re.MULTILINE)
    return int(summary[1]) if status == 0 and summary else None


def checks_by_kind(said: str) -> dict[str, int | None]:
    """Empty where the scenario does not send them all."""
    counts: dict[str, int | None] = {}
    for verdict, kind in re.findall(rf"^(ok|FAIL)  +({'|'.join(kinds.KINDS)}), ", said, re.MULTILINE):
        counts[kind] = None if verdict == "FAIL" or counts.get(kind, 0) is None else counts.get(kind, 0) + 1
    return counts


def cell(counts: Counts, row: str) -> str:
    return " / ".join("FAILED" if counts.get((row, debian)) is None else str(counts[row, debian]) for debian in DEBIANS)


def tables(scenarios: Counts, by_kind: dict[str, Counts]) -> str:
    lines = [f"Checks that passed, on {datetime.date.today()}, on Debian {' / '.join(DEBIANS)}:", "",
             "| Scenario | checks |", "| --- | --- |"]
    lines += [f"| {name} | {cell(scenarios, name)} |" for name in dict.fromkeys(name for name, _ in scenarios)]
    lines += ["", "The ten kinds of mail, and how many checks each stands (it arrives; signed with every key or with none; every "
              "verifier passes):", "", "| Kind | " + " | ".join(by_kind) + " |", "| --- |" + " --- |" * len(by_kind)]
    lines += [f"| {kind} | " + " | ".join(cell(counts, kind) for counts in by_kind.values()) + " |" for kind in kinds.KINDS]
    return "\n".join(lines) + "\n"


def main() -> int:
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parents[1] / "build/dev").resolve()
    for debian in DEBIANS:
        status, said = run(build, "roots", debian)
        if status != 0:
            print(said)
            return 1
    scenarios: Counts = {}
    by_kind: dict[str, Counts] = collections.defaultdict(dict)
    chosen = os.environ.get("SCENARIO", "").split()
    names = chosen or [name for name in SCENARIOS if not name.endswith("-everywhere")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        running = {name: [pool.submit(run, build, name, debian) for debian in DEBIANS] for name in names}
        for name, results in running.items():
            for debian, result in zip(DEBIANS, results):
                status, said = result.result()
                scenarios[name, debian] = checks(status, said)
                for kind, count in checks_by_kind(said).items():
                    by_kind[name][kind, debian] = count
            print(f"{name}: {cell(scenarios, name)}", flush=True)
    if not chosen:
        readme = HERE / "README.md"
        head, _, rest = readme.read_text().partition("<!-- matrix -->\n")
        readme.write_text(f"{head}<!-- matrix -->\n{tables(scenarios, by_kind)}<!-- end -->{rest.partition('<!-- end -->')[2]}")
    return 1 if None in scenarios.values() else 0


sys.exit(main())
