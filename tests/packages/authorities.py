"""Whether a program trusts the certificate authorities of the system that it runs on, whichever distribution that is."""

import pathlib
import ssl
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator

import nameserver
from machine import Machine

HOST = "mail.example.org"
ZONE = f"""
$TTL 300
@ SOA ns.{HOST}. admin 1 10000 2400 604800 300
@ NS ns.{HOST}.
mail A 127.0.0.1
"""
# Name, and where the file of authorities is. Debian's is a folder, which its own program fills.
OTHERS = {"Fedora": "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "RHEL": "/etc/pki/tls/certs/ca-bundle.crt",
          "openSUSE": "/var/lib/ca-certificates/ca-bundle.pem", "Arch": "/etc/ssl/certs/ca-certificates.crt"}


class Server:
    """Of smtps, with a certificate of an authority of its own; says nothing after the handshake."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.authority = folder / "authority.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", folder / "key.pem",
                        "-out", self.authority], check=True, stderr=subprocess.DEVNULL)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.authority, folder / "key.pem")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.heard: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            connection.settimeout(20)
            try:
                with self._context.wrap_socket(connection, server_side=True) as secured:
                    secured.sendall(b"220 hello\r\n")
                    self.heard.append(secured.recv(4).decode())
            except (ssl.SSLError, OSError) as error:
                self.heard.append(str(error))


def judgements(machine: Machine, cli: str) -> Iterator[tuple[str, str, str]]:
    """Distribution, what the server hears of a stranger to it, what of a friend: EHLO is trust."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder))
        names = nameserver.NameServer({"example.org": ZONE})

        def hear() -> str:
            before = len(server.heard)
            done = machine.run(cli, "--resolver", f"127.0.0.1@{names.port}", "--timeout", "3", "message", "test", "example.org",
                               "--submission", f"smtps://{HOST}:{server.port}", "--user", "joe", "--to", "me@mailbox.example",
                               SEALWRIGHT_SMTP_PASSWORD="secret")
            heard = server.heard[before:]
            return heard[0].strip() if heard else done.stdout

        stranger = hear()
        machine.path("/usr/local/share/ca-certificates/ours.crt").write_bytes(server.authority.read_bytes())
        machine.sh("update-ca-certificates", user=False)
        yield "Debian", stranger, hear()
        for distribution, place in OTHERS.items():
            machine.sh("rm -rf /usr/lib/ssl /etc/ssl /etc/pki /var/lib/ca-certificates", user=False)
            stranger = hear()
            machine.sh(f"mkdir -p {pathlib.PurePath(place).parent}", user=False)
            machine.path(place).write_bytes(server.authority.read_bytes())
            yield distribution, stranger, hear()
