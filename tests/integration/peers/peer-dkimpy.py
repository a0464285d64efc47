"""dkimpy's verdicts: CASE TAB MESSAGEFILE TAB KEYFILE -> CASE TAB one word for each signature, top one first."""
import pathlib
import sys

import dkim


def keys_of(path):
    return dict(line.split(b"\t", 1) for line in pathlib.Path(path).read_bytes().splitlines())


def word(message, index, keys):
    def look_up(name, timeout=5):
        value = keys.get(name.rstrip(b"."), b"NXDOMAIN")
        if value == b"SERVFAIL":
            raise dkim.DnsTimeoutError("SERVFAIL")
        return None if value == b"NXDOMAIN" else value

    try:
        return "pass" if dkim.DKIM(message).verify(idx=index, dnsfunc=look_up) else "fail"
    except dkim.DnsTimeoutError:
        return "temperror"
    except dkim.DKIMException as problem:
        return "fail:" + type(problem).__name__
    except Exception as problem:  # what its caller would not expect
        return "crash:" + type(problem).__name__


for line in sys.stdin:
    case, path, key_file = line.rstrip("\n").split("\t")
    message = pathlib.Path(path).read_bytes()
    try:
        count = sum(name.lower() == b"dkim-signature" for name, _ in dkim.rfc822_parse(message)[0])
        words = " ".join(word(message, index, keys_of(key_file)) for index in range(count)) or "none"
    except dkim.DKIMException as problem:
        words = "fail:" + type(problem).__name__
    print(case, words, sep="\t", flush=True)
