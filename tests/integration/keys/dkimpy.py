"""dkimpy as the judge of a key: signs a message with the private key and verifies it with the record's text.

  dkimpy.py KEYFILE RECORDFILE        KEYFILE: PEM, or what dknewkey writes for ed25519 (base64 of the seed)
"""
import sys

import dkim

MESSAGE = b"From: a@example.org\r\nTo: b@example.net\r\nSubject: x\r\n\r\nWords\r\n"

with open(sys.argv[1], "rb") as file:
    key = file.read()
with open(sys.argv[2], "rb") as file:
    record = file.read()
algorithm = b"ed25519-sha256" if b"k=ed25519" in record else b"rsa-sha256"
signature = dkim.sign(MESSAGE, b"s", b"example.org", key, signature_algorithm=algorithm)
good = dkim.verify(signature + MESSAGE, dnsfunc=lambda name, timeout=5: record)
bad = dkim.verify(signature + MESSAGE.replace(b"Words", b"Other"), dnsfunc=lambda name, timeout=5: record)
sys.exit(0 if good and not bad else 1)
