"""dkimpy as the other side: signs and verifies all *.eml of a folder.

  dkimpy.py sign FOLDER KEYFILE rsa|ed25519     puts a signature on each, one file more for each canonicalization
  dkimpy.py verify FOLDER RECORDFILE            names the files that do not verify
"""
import pathlib
import sys

import dkim

verb, folder = sys.argv[1], pathlib.Path(sys.argv[2])
other = pathlib.Path(sys.argv[3]).read_bytes()
failed = 0
for path in sorted(folder.glob("*.eml")):
    message = path.read_bytes()
    if verb == "verify":
        if not dkim.verify(message, dnsfunc=lambda name, timeout=5: other):
            print(path.name)
            failed += 1
        continue
    for way in ("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"):
        signature = dkim.sign(message, b"s1", b"example.org", other, canonicalize=tuple(way.encode().split(b"/")),
                              signature_algorithm=sys.argv[4].encode() + b"-sha256")
        path.with_suffix("." + way.replace("/", "-")).write_bytes(signature + message)
sys.exit(1 if failed else 0)
