"""What a verdict costs dkimpy and pyspf: prints CPU milliseconds of one, the middle of TIMES. Ends with 77 where they
are not installed.

  verdictspeers.py dkim MESSAGE RECORD TIMES
  verdictspeers.py spf ZONE CLIENT TIMES        all of d0.test to d9.test
"""
import collections
import pathlib
import statistics
import sys
import time


def milliseconds(work, times):
    samples = []
    for _ in range(times):
        before = time.process_time()
        if not work():
            sys.exit("the verdict is not pass")
        samples.append((time.process_time() - before) * 1000)
    return statistics.median(samples)


def dkim_work(message, record):
    import dkim
    octets = pathlib.Path(message).read_bytes()
    return lambda: dkim.verify(octets, dnsfunc=lambda name, timeout=5: record.encode())


def spf_work(zone, client):
    import spf
    records = collections.defaultdict(list)
    for line in pathlib.Path(zone).read_text().splitlines():
        name, kind, value = line.split(" ", 2)
        if kind == "MX":
            preference, host = value.split()
            value = (int(preference), host)
        records[name, kind].append(((name, kind), (value.encode(),) if kind == "TXT" else value))
    spf.DNSLookup = lambda name, kind, *rest, **more: records.get((name.rstrip(".").lower(), kind), [])
    return lambda: all(spf.check2(client, f"office@d{i}.test", "mail.example.test")[0] == "pass" for i in range(10))


work = {"dkim": dkim_work, "spf": spf_work}[sys.argv[1]]
try:
    ready = work(*sys.argv[2:4])
except ImportError:
    sys.exit(77)
print(milliseconds(ready, int(sys.argv[4])))
