"""Judges all test cases with each verifier, and writes where they disagree with ours: one row a case, below the
sentence that decides it.

  disagreements.py PROGRAMS           fails where tests/data/disagreements.md is another, or a row has no explanation
  disagreements.py PROGRAMS --write   writes that file
"""
import difflib
import fnmatch
import pathlib
import re
import subprocess
import sys
import tomllib

import suite

here = pathlib.Path(__file__).resolve().parent
data = here.parent.parent / "data"
committed = data / "disagreements.md"
programs = pathlib.Path(sys.argv[1])
spf_suite = data / "spf/rfc7208-tests.tsv"

# What each is called, the command that judges, and the Debian package it is from.
PEERS = {
    "dkim": [
        ("dkimpy", ["/usr/bin/python3", here / "peer-dkimpy.py"], "python3-dkim"),
        ("Mail::DKIM", ["/usr/bin/perl", here / "peer-maildkim.pl"], "libmail-dkim-perl"),
        ("OpenDKIM", [programs / "peers_opendkim"], "libopendkim11"),
    ],
    "spf": [
        ("pyspf", ["/usr/bin/python3", here / "peer-pyspf.py", spf_suite], "python3-spf"),
        ("Mail::SPF", ["/usr/bin/perl", here / "peer-mailspf.pl", spf_suite], "libmail-spf-perl"),
        ("libspf2", [programs / "peers_libspf2"], "libspf2-2"),
    ],
}
OURS = {method: [programs / "peers_ours", method] for method in PEERS}


def version(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return asked.stdout if asked.returncode == 0 else ""


def judged(command, questions):
    """The verdict of each question. Where the program ends before its time or takes too long, the next case did it."""
    verdicts = {}
    left = list(questions)
    while left:
        asked = "".join(question + "\n" for question in left).encode("latin-1")
        try:
            output = subprocess.run(command, input=asked, capture_output=True, timeout=60).stdout
            how = "crash"
        except subprocess.TimeoutExpired as expired:
            output, how = expired.stdout or b"", "hang"
        lines = output.decode("latin-1").split("\n")[:-1]
        verdicts |= dict(line.split("\t", 1) for line in lines)
        left = left[len(lines):]
        if left:
            verdicts[left.pop(0).split("\t")[0]] = how
    return verdicts


def dkim_questions():
    """Messages as they went over SMTP: with CRLF, whatever the file has."""
    folder = programs / "messages"
    folder.mkdir(exist_ok=True)
    for line in (data / "dkim/verdicts.tsv").read_text().splitlines():
        if not line.startswith("#"):
            case = line.split("\t")[0]
            message = folder / case.replace("/", "--")
            message.write_bytes(re.sub(rb"(?<!\r)\n", b"\r\n", (data / "dkim" / case).read_bytes()))
            yield "\t".join([case, str(message), str(data / "dkim" / (case.split("/")[0] + "-keys.tsv"))])


def decision(method, verdict):
    """What counts when verdicts are compared. Verifiers of DKIM name failures as they like: that it did not pass."""
    if method == "spf":
        return verdict
    words = [word if word in ("pass", "temperror") else "no" for word in verdict.split(" ")]
    return ["no"] if set(words) == {"no"} else words


class Explanations:
    def __init__(self):
        self.all = tomllib.loads((here / "explanations.toml").read_text())
        self.used = set()

    def of(self, method, case, peer):
        for index, entry in enumerate(self.all.get(method, [])):
            for pattern in entry["cases"]:
                if peer in entry["peers"] and fnmatch.fnmatchcase(case, pattern):
                    self.used |= {(method, index, pattern), (method, index, peer)}
                    return index
        return None

    def tested(self, message):
        return next((entry["what"] for entry in self.all["messages"]
                     if any(fnmatch.fnmatchcase(message, pattern) for pattern in entry["cases"])), "")

    def unused(self):
        return [f"{method}, {entry['title']}: {part}" for method in PEERS
                for index, entry in enumerate(self.all[method]) for part in entry["cases"] + entry["peers"]
                if (method, index, part) not in self.used]


def cell(verdict):
    result, tab, explanation = verdict.partition("\t")
    shown = "".join(c if " " <= c <= "~" else f"\\x{ord(c):02x}" for c in explanation)
    return result.replace("|", "\\|") + (f" “{shown}”".replace("|", "\\|") if tab else "")


def compare(method, questions, about, explanations, problems):
    ours = judged(OURS[method], questions)
    peers = {name: judged(command, questions) for name, command, _ in PEERS[method]}
    heads, rows = [], {}
    for name, _, package in PEERS[method]:
        others = [case for case in ours if decision(method, peers[name][case]) != decision(method, ours[case])]
        heads.append(f"| {name} | {package} {version(package)} | {len(ours) - len(others)} | {len(others)} |")
        for case in others:
            why = explanations.of(method, case, name)
            if why is None:
                problems.append(f"{method}: {case}: {name} says {peers[name][case]!r}, we {ours[case]!r}: no explanation")
            rows.setdefault(why, {}).setdefault(case, []).append(f"{name}: {cell(peers[name][case])}")
    lines = ["| verifier | Debian package | agrees | disagrees |", "| --- | --- | --: | --: |", *heads, ""]
    for index, entry in enumerate(explanations.all.get(method, [])):
        lines += [f"### {entry['title']}", "", f"> {entry['sentence']} ({entry['rfc']})", "", entry["remark"].strip(), "",
                  f"| case | {about[0]} | ours | theirs |", "| --- | --- | --- | --- |"]
        lines += [f"| {case} | {about[1](case)} | {cell(ours[case])} | {'<br>'.join(theirs)} |"
                  for case, theirs in rows.get(index, {}).items()] + [""]
    return lines


def table(problems):
    explanations = Explanations()
    cases = suite.read(spf_suite)
    messages = list(dkim_questions())
    lines = (here / "head.md").read_text().splitlines() + [""]
    lines += [f"## SPF: the {len(cases)} cases of the RFC 7208 suite", ""]
    lines += compare("spf", list(cases), ("RFC 7208", lambda case: cases[case][1].section),
                     explanations, problems)
    lines += [f"## DKIM: the {len(messages)} messages of tests/data/dkim", ""]
    lines += compare("dkim", messages, ("what it tests", explanations.tested), explanations, problems)
    problems += [f"an explanation that applies no more: {unused}" for unused in explanations.unused()]

    return "\n".join(lines).rstrip("\n") + "\n"


def without_versions(text):
    """A security update of a verifier is no other table."""
    return re.sub(r"^(\| [\w:]+ \| [\w.+-]+) [^|]*(\| \d+ \| \d+ \|)$", r"\1 \2", text, flags=re.M).split("\n")


missing = [package for peers in PEERS.values() for _, command, package in peers
           if not version(package) or not pathlib.Path(command[0]).exists()]
if missing:
    print("[  SKIPPED ] not installed, or not there when this was built:", ", ".join(missing))
    sys.exit(0)
problems = []
text = table(problems)
(programs / "disagreements.md").write_text(text)
if "--write" in sys.argv:
    committed.write_text(text)
before = committed.read_text() if committed.exists() else ""
problems += difflib.unified_diff(without_versions(before), without_versions(text), "tests/data/disagreements.md",
                                 "as it is now", lineterm="")
print("\n".join(problems))
sys.exit(1 if problems else 0)
