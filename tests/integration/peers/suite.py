"""The test suite of RFC 7208 (tests/data/spf)."""
import collections
import re

Case = collections.namedtuple("Case", "id client helo mail_from results explanation section")
Scenario = collections.namedtuple("Scenario", "records timeouts")


def strings(value):
    """The character strings of a TXT record."""
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    return [re.sub(rb"\\(\d{3}|.)", lambda m: bytes([int(m[1])]) if len(m[1]) == 3 else m[1], text.encode("latin-1"))
            for text in quoted]


def read(path):
    """Each case by its name, with its scenario."""
    cases = {}
    for line in path.read_text("latin-1").split("\n"):
        words = line.split("\t")
        if words[0] == "scenario":
            scenario = Scenario(collections.defaultdict(list), set())
        elif words[0] == "rr":
            scenario.records[words[1].lower().rstrip(".")].append((words[2], words[3]))
        elif words[0] == "timeout":
            scenario.timeouts.add(words[1].lower().rstrip("."))
        elif words[0] == "test":
            cases[words[1]] = scenario, Case(*words[1:])
    return cases
