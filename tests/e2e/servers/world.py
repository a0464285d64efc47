"""The Internet around a box: a DNS server with the zones, a mail server that keeps what it gets, and the verifiers."""

import os
import socket
import socketserver
import subprocess
import sys
import threading
import time

try:
    import dkim
except ImportError:
    dkim = None  # scene.main skips the tests then.

DNS = "198.51.100.53"
RECEIVER = "198.51.100.25"
STRANGER = "198.51.100.66"
WRONG_DNS = "198.51.100.54"

PERL = r"""
use Mail::DKIM::Verifier;
my $verifier = Mail::DKIM::Verifier->new();
while (<STDIN>) { $verifier->PRINT($_); }
$verifier->CLOSE;
print $_->domain, " ", $_->selector, " ", $_->result, "\n" for $verifier->signatures;
"""


def make_network():
    """A switch with our addresses, to which boxes are connected."""
    for command in ("link set lo up", "link add world type bridge", "link set world up",
                    *(f"addr add {address}/24 dev world" for address in (DNS, RECEIVER, STRANGER, WRONG_DNS))):
        subprocess.run(["ip", *command.split()], check=True)


class Dns:
    """knotd with a root zone of its own and the given zones; `texts`: name -> the text that was made for it."""

    def __init__(self, folder, texts, address=DNS):
        self._folder = folder
        self._address = address
        zones = {"remote.test": f"@ MX 10 mx\nmx A {RECEIVER}\n"}
        zones.update({name: f"mail A 198.51.100.10\n$INCLUDE {folder}/{name}.ours {name}.\n" for name in texts})
        for name, text in texts.items():
            self._write(f"{name}.ours", text)
        head = "$TTL 300\n@ SOA ns.remote.test. hostmaster.remote.test. 1 3600 600 86400 300\n@ NS ns.remote.test.\n"
        # The root, so that nobody asks further.
        zones["."] = "".join(f"{name} NS ns.remote.test.\n" for name in zones) + f"ns.remote.test A {address}\n"
        for name, text in zones.items():
            self._write(f"{name}.zone", f"$ORIGIN {name.rstrip('.')}.\n" + head + text)
        listed = "".join(f"  - domain: {name}\n    file: {folder}/{name}.zone\n" for name in zones)
        self._write("knot.conf", f"server:\n  listen: {address}@53\n  rundir: {folder}\n"
                    f"database:\n  storage: {folder}/db\nlog:\n  - target: {folder}/log\n    any: warning\n"
                    f"template:\n  - id: default\n    zonefile-sync: -1\n    journal-content: none\nzone:\n{listed}")
        self._start()

    def _write(self, name, text):
        with open(os.path.join(self._folder, name), "w", encoding="ascii") as file:
            file.write(text)

    def _start(self):
        config = os.path.join(self._folder, "knot.conf")
        self._server = subprocess.Popen(["knotd", "-c", config], stderr=subprocess.DEVNULL)
        for _ in range(200):
            if self._answers("remote.test"):
                return
            time.sleep(0.05)
        raise AssertionError("the DNS server does not answer")

    def _answers(self, name):
        """A look-up by hand, so that the answer does not depend on the tools that are tested."""
        question = b"\x00\x07\x01\x00\x00\x01" + bytes(6)
        question += b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\x00\x00\x06\x00\x01"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.settimeout(1)
            try:
                asker.sendto(question, (self._address, 53))
                answer = asker.recv(4096)
            except OSError:
                return False
        return answer[3] & 0x0F == 0

    def close(self):
        self._server.terminate()
        self._server.wait()


class Receiver(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, extensions=("8BITMIME",)):
        super().__init__((RECEIVER, 25), Session)
        self.extensions = extensions
        self._messages = []
        self._arrived = threading.Condition()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def keep(self, message):
        with self._arrived:
            self._messages.append(message)
            self._arrived.notify_all()

    def take(self, subject, seconds=40):
        """The message with that subject, as octets; waits for it."""
        wanted = b"\r\nsubject: " + subject.encode().lower() + b"\r\n"

        def find():
            return next((m for m in self._messages if wanted in (b"\r\n" + m).lower()), None)

        with self._arrived:
            self._arrived.wait_for(find, seconds)
            message = find()
        assert message is not None, f"no message '{subject}' arrived in {seconds} s"
        return message


class Session(socketserver.StreamRequestHandler):
    """One SMTP connection (RFC 5321)."""

    def handle(self):
        try:
            self._talk()
        except ConnectionError:
            pass  # The message was kept; some servers hang up without a QUIT.

    def _talk(self):
        self._say("220 mx.remote.test ESMTP")
        while line := self.rfile.readline():
            verb = line[:4].upper().decode("ascii", "replace")
            if verb == "EHLO":
                self._say(*(f"250-{word}" for word in ("mx.remote.test", *self.server.extensions)), "250 SIZE")
            elif verb == "DATA":
                self._say("354 go ahead")
                self.server.keep(self._data())
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _data(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _say(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())


def run_python(script, data):
    subprocess.run([sys.executable, "-c", script], input=data, check=True, timeout=60)


def signatures(message):
    """(d=, s=, a=) of each DKIM-Signature, by dkimpy's own parser; [] for unsigned mail."""
    found = []
    for name, value in dkim.DKIM(message).headers:
        if name.lower() == b"dkim-signature":
            tags = dkim.util.parse_tag_value(value)
            found.append(tuple(tags[tag].decode() for tag in (b"d", b"s", b"a")))
    return found


def verdicts(message):
    """What each verifier says of each signature: {program: {selector: passed}}."""
    found = signatures(message)
    by_dkimpy = {}
    for index, (_, selector, _) in enumerate(found):
        by_dkimpy[selector] = dkim.DKIM(message).verify(idx=index)
    said = subprocess.run(["perl", "-e", PERL], input=message, check=True, stdout=subprocess.PIPE).stdout.decode()
    by_perl = {selector: result == "pass" for _, selector, result in map(str.split, said.splitlines())}
    # It speaks by its exit status, for the message as a whole.
    opendkim = subprocess.run(["opendkim-testmsg"], input=message.replace(b"\r\n", b"\n"), check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
    passed = bool(found) and opendkim.returncode == 0
    return {"dkimpy": by_dkimpy, "Mail::DKIM": by_perl, "OpenDKIM": {s: passed for _, s, _ in found}}
