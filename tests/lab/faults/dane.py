"""Keys of mail servers in the DNS (RFC 7672)."""

import places
from fault import fault
from lab import Lab

NAME = "_25._tcp.mail"


@fault("dane-none")
def no_tlsa(lab: Lab) -> None:
    """Nothing: there is no TLSA record."""
    lab.domain.remove(NAME, "TLSA")


@fault("dane-mismatch")
def renewed_with_other_key(lab: Lab) -> None:
    """The certificate was renewed with another key, and the TLSA record is of the old one."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, other_key=True)


@fault("dane-sound")
def next_key_too(lab: Lab) -> None:
    """Nothing: the next key's TLSA record stands beside the present one's."""
    lab.domain.add(NAME, "TLSA", f"3 1 1 {'ab' * 32}")


@fault("dane-unusable")
def tlsa_of_authority(lab: Lab) -> None:
    """The TLSA record has a usage that mail servers ignore (1 1 1)."""
    lab.domain.set(NAME, "TLSA", lab.domain.data(NAME, "TLSA").replace("3 1 1", "1 1 1"))
