#!/usr/bin/env python3
"""trust.py --program SEALWRIGHT-CLI.EXE --cli SEALWRIGHT-CLI: whom the program for Windows trusts. A server on loopback
shows one certificate after the other; on Windows its authority is one of the system's, on Linux one of --ca-file, and
both programs must say the same of each."""
import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import threading

from cryptography.hazmat.primitives.asymmetric import rsa

from wine import check, run

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lab"))
import certificates

HOST = "mail.example.org"


class Authority(certificates.Authority):
    """Wine takes some signatures by elliptic curves for wrong."""

    def _new_key(self):
        return rsa.generate_private_key(65537, 2048)


@contextlib.contextmanager
def serving(sock, answer):
    """Calls `answer` with what there is to read, in a thread of its own."""
    ended = threading.Event()

    def serve():
        while not ended.is_set():
            with contextlib.suppress(OSError):
                answer(sock)

    sock.settimeout(0.2)
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield sock.getsockname()[1]
    finally:
        ended.set()
        thread.join()
        sock.close()


def answer_question(sock):
    """Every name has the address 127.0.0.1, and nothing else."""
    query, asker = sock.recvfrom(4096)
    end = query.index(b"\0", 12) + 5
    question, kind = query[12:end], struct.unpack("!H", query[end - 4:end - 2])[0]
    address = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 4) + bytes([127, 0, 0, 1]) if kind == 1 else b""
    sock.sendto(query[:2] + struct.pack("!HHHHH", 0x8580, 1, 1 if address else 0, 0, 0) + question + address, asker)


def greet(context):
    """As a submission server that is closed today."""
    def answer(sock):
        connection, _ = sock.accept()
        connection.settimeout(10)
        with connection, context.wrap_socket(connection, server_side=True) as tls:
            tls.sendall(b"554 closed today\r\n")
            tls.recv(100)
    return answer


def listening(kind):
    sock = socket.socket(socket.AF_INET, kind)
    sock.bind(("127.0.0.1", 0))
    if kind == socket.SOCK_STREAM:
        sock.listen()
    return sock


def add_to_windows(windows, store, pem):
    """As certmgr.msc does: the certificate (property 32) below its fingerprint."""
    der = ssl.PEM_cert_to_DER_cert(pem)
    key = rf"HKCU\Software\Microsoft\SystemCertificates\{store}\Certificates\{hashlib.sha1(der).hexdigest().upper()}"
    blob = struct.pack("<III", 32, 1, len(der)) + der
    windows.run("reg", "add", key, "/v", "Blob", "/t", "REG_BINARY", "/d", blob.hex(), "/f", check=True)


class Trial:
    def __init__(self, windows, options, folder):
        self.windows, self.options, self.folder = windows, options, folder
        self.root = Authority(folder / "root", "Root")
        self.between = Authority(folder / "between", "Between", self.root)
        self.stranger = Authority(folder / "stranger", "Stranger")
        own = Authority(folder / "own").file(HOST, self_signed=True)
        self.own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.own.load_cert_chain(own)
        trusted = [self.root.trusted.read_text(), own.read_text().split("-----BEGIN PRIVATE")[0]]
        self.trusted = folder / "trusted.pem"
        self.trusted.write_text("".join(trusted))
        for pem in trusted:
            add_to_windows(windows, "Root", pem)
        add_to_windows(windows, "CA", self.between.trusted.read_text())
        windows.stop() # so that the next program reads it
        self.data = ["--data-dir", str(folder / "data")]
        subprocess.run([options.cli, *self.data, "--offline", "domain", "add", "example.org"], check=True,
                       capture_output=True)

    def seen(self, command, names, port, **how):
        done = subprocess.run([*command, *self.data, "--json", "--resolver", f"127.0.0.1@{names}", "message", "test",
                               "example.org", "--submission", f"smtps://{HOST}:{port}", "--user", "joe", "--to",
                               "joe@example.net"], capture_output=True, check=False, timeout=120, **how)
        try:
            return json.loads(done.stdout)["messages"][0]
        except (ValueError, LookupError):
            return {"said": f"exit {done.returncode}: {done.stdout.decode()}{done.stderr.decode()}"}

    def both_say(self, what, context, expected):
        with serving(listening(socket.SOCK_DGRAM), answer_question) as names, \
             serving(listening(socket.SOCK_STREAM), greet(context)) as port:
            password = {"SEALWRIGHT_SMTP_PASSWORD": "secret"}
            linux = self.seen([self.options.cli, "--ca-file", self.trusted], names, port,
                              env=os.environ | password)
            windows = self.seen(["wine", self.options.program], names, port, env=self.windows.env | password)
        check(f"{what}: {expected}", linux == windows and linux["said"].removeprefix("554 ") == expected,
              f"{linux}\n{windows}")

    def run(self):
        issue = self.between.context
        self.both_say("an authority of the system's", self.root.context(HOST), "closed today")
        self.both_say("by way of another", issue(HOST, followed_by=self.between), "closed today")
        self.both_say("its own, which the system trusts", self.own, "closed today")
        missing = "unable to get local issuer certificate"
        self.both_say("the other is not sent, but known", issue(HOST), missing)
        self.both_say("a stranger", self.stranger.context(HOST, followed_by=self.stranger),
                      "self-signed certificate in certificate chain")
        self.both_say("a stranger that is not sent", self.stranger.context(HOST), missing)
        self.both_say("nobody", self.root.context(HOST, self_signed=True), "self-signed certificate")
        self.both_say("another name", self.root.context("www.example.org"), "hostname mismatch")
        self.both_say("an old one", self.root.context(HOST, days=-2), "certificate has expired")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--cli", required=True, type=pathlib.Path, help="the program for Linux")
    options = parser.parse_args()
    options.program, options.cli = options.program.resolve(), options.cli.resolve()
    run(lambda windows, folder: Trial(windows, options, folder).run())


if __name__ == "__main__":
    main()
