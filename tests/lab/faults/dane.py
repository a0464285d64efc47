"""Keys of mail servers in the DNS (RFC 7672)."""

import internet
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


@fault("dane-sound")
def tlsa_of_signing_authority(lab: Lab) -> None:
    """Nothing: the TLSA record is of the authority (2 1 1), whose certificate the mail server sends behind its own."""
    lab.domain.set(NAME, "TLSA", lab.authority.own_tlsa())
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, followed_by=lab.authority)


@fault("dane-authority-mismatch")
def authority_not_sent(lab: Lab) -> None:
    """The TLSA record is of the authority (2 1 1), and the mail server only sends its own certificate."""
    lab.domain.set(NAME, "TLSA", lab.authority.own_tlsa())


@fault("dane-authority-mismatch")
def authority_signed_nothing(lab: Lab) -> None:
    """The TLSA record is of an authority whose certificate the mail server sends, and which has not signed its own."""
    lab.domain.set(NAME, "TLSA", lab.strange_authority.own_tlsa())
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, followed_by=lab.strange_authority)


@fault("dane-mx-insecure dane-insecure dnssec-insecure", "mta-sts-mx-not-covered")
def signed_mail_server_of_unsigned_domain(lab: Lab) -> None:
    """The zone is not signed, and a second MX host is in another zone, which is, and has a TLSA record."""
    tlsa_in_unsigned_zone(lab)
    lab.domain.add("@", "MX", f"20 mx.{internet.STRANGERS}.")
    zone = lab.zones.top[internet.STRANGERS]
    for kind, address in zip(("A", "AAAA"), places.MAIL):
        zone.add("mx", kind, address)
    zone.add("_25._tcp.mx", "TLSA", lab.authority.tlsa(places.MAIL_HOST))
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, f"mx.{internet.STRANGERS}")
