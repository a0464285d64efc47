"""The laboratory's own authority, and certificates as a row wants them."""

import datetime
import pathlib
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

_DAY = datetime.timedelta(days=1)
_PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Authority:
    def __init__(self, folder: pathlib.Path, name: str = "Laboratory", above: "Authority | None" = None) -> None:
        folder.mkdir()
        self._folder = folder
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self._key = self._new_key()
        self.trusted = folder / "authority.pem"
        issuer = above or self
        self._certificate = self._sign(self._name, self._key, issuer._name, [], -10, 3650, signing=issuer._key, authority=True)
        self.trusted.write_bytes(_pem(self._certificate))
        self._keys: dict[str, _PrivateKey] = {}

    def key(self, name: str) -> _PrivateKey:
        """The same one each time, as for a certificate that is renewed with its key."""
        return self._keys.setdefault(name, self._new_key())

    def context(self, *names: str, **how) -> ssl.SSLContext:
        """A server's, for these names; what else there is to say stands at file()."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file(*names, **how))
        return context

    def file(self, *names: str, days: int = 90, self_signed: bool = False, other_key: bool = False,
             followed_by: "Authority | None" = None) -> pathlib.Path:
        """Certificate and key for these names; the next ones take their place. Negative days: it has expired so long ago.
        A server that has the file sends the certificate of `followed_by` behind it.
        """
        key = self.key(names[0] + " next" if other_key else names[0])
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
        certificate = self._sign(subject, key, subject if self_signed else self._name, list(names), -200, days,
                                 signing=key if self_signed else self._key)
        file = self._folder / f"{names[0]}.pem"
        chain = _pem(certificate) + (_pem(followed_by._certificate) if followed_by else b"")
        file.write_bytes(chain + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                                   serialization.NoEncryption()))
        return file

    def tlsa(self, name: str) -> str:
        """TLSA 3 1 1 (RFC 6698 section 2.1) of that name's key."""
        return f"3 1 1 {_digest(self.key(name))}"

    def own_tlsa(self) -> str:
        """TLSA 2 1 1: of the authority itself."""
        return f"2 1 1 {_digest(self._key)}"

    def _new_key(self) -> _PrivateKey:
        return ec.generate_private_key(ec.SECP256R1())

    def _sign(self, subject: x509.Name, key: _PrivateKey, issuer: x509.Name, names: list[str], start: int, end: int,
              signing: _PrivateKey | None = None, authority: bool = False) -> x509.Certificate:
        now = datetime.datetime.utcnow()
        certificate = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
                       .serial_number(x509.random_serial_number()).not_valid_before(now + start * _DAY)
                       .not_valid_after(now + end * _DAY)
                       .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True))
        if names:
            certificate = certificate.add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False)
        return certificate.sign(signing or key, hashes.SHA256())


def _digest(key: _PrivateKey) -> str:
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(spki)
    return digest.finalize().hex()


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
