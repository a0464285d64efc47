"""pyspf's verdicts: CASE -> CASE TAB result [TAB explanation]. Its DNS is the suite, as in its own test program."""
import pathlib
import socket
import sys

import spf

import suite

def data_of(kind, value):
    if kind == "AAAA":
        return socket.inet_pton(socket.AF_INET6, value)
    if kind == "MX":
        preference, host = value.split(" ")
        return int(preference), host
    return tuple(suite.strings(value)) if kind in ("TXT", "SPF") else value


def look_up(name, kind, strict=True, timeout=None, depth=0):
    labels = [label for label in name.lower().split(".") if label]
    if any(len(label) > 63 for label in labels):
        raise spf.TempError("DNS label too long")  # what its DNS library says of it
    name = ".".join(labels)
    if name not in scenario.records and name not in scenario.timeouts:
        if name.startswith("error."):
            raise spf.TempError("DNS timeout")
        return
    found = scenario.records.get(name, [])
    if name in scenario.timeouts and kind not in [other for other, _ in found]:
        raise spf.TempError("DNS timeout")
    for other, value in found:
        yield (name, other), data_of(other, value)
        if other == "CNAME" and depth == 0:
            yield from look_up(value, kind, depth=1)


def verdict(case):
    query = spf.query(i=case.client, s=case.mail_from, h=case.helo, strict=True, receiver="unknown")
    query.set_default_explanation("(none)")
    result, _, explanation = query.check()
    return result + ("\t" + explanation if case.explanation else "")


spf.DNSLookup = look_up
cases = suite.read(pathlib.Path(sys.argv[1]))
for line in sys.stdin:
    scenario, case = cases[line.rstrip("\n")]
    try:
        words = verdict(case)
    except Exception as problem:  # what its caller would not expect
        words = "crash:" + type(problem).__name__
    print(case.id, words, sep="\t", flush=True)
