"""Keys of mail servers in the DNS (RFC 7672)."""

import places
from fault import fault
from lab import Lab

NAME = "_25._tcp.mail"
ANOTHER = f"3 1 1 {'ab' * 32}"


@fault("dane-missing")
def no_tlsa(lab: Lab) -> None:
    """There is no TLSA record, and one is planned."""
    lab.domain.remove(NAME, "TLSA")


@fault("dane-mismatch")
def renewed_with_other_key(lab: Lab) -> None:
    """The certificate was renewed with another key, and the TLSA record is of the old one."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, other_key=True)


@fault("dane-sound dane-next-key")
def next_key_too(lab: Lab) -> None:
    """Nothing: the next key's TLSA record stands beside the present one's."""
    lab.domain.add(NAME, "TLSA", ANOTHER)


@fault("dane-unusable")
def tlsa_of_authority(lab: Lab) -> None:
    """The TLSA record has a usage that mail servers ignore (1 1 1)."""
    lab.domain.set(NAME, "TLSA", lab.domain.data(NAME, "TLSA").replace("3 1 1", "1 1 1"))


@fault("dane-some-unusable")
def tlsa_of_authority_too(lab: Lab) -> None:
    """Beside the right TLSA record stands one that mail servers ignore."""
    lab.domain.add(NAME, "TLSA", ANOTHER.replace("3 1 1", "1 1 1"))


@fault("dane-insecure dnssec-insecure")
def tlsa_in_unsigned_zone(lab: Lab) -> None:
    """There is a TLSA record, and the zone is not signed."""
    lab.domain.signed = False
    lab.parent.remove(f"{places.DOMAIN}.", "DS")


@fault("dane-no-tls smtp-no-start-tls", "mta-sts-server-fails")
def tlsa_without_starttls(lab: Lab) -> None:
    """There is a TLSA record, and the mail server does not offer STARTTLS."""
    lab.mail.offers_starttls = False
