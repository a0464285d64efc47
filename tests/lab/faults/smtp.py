"""How the mail server receives, and shows who it is (RFC 5321, RFC 3207)."""

import ssl

import places
from fault import fault
from lab import Lab


@fault("smtp-refuses-mail")
def greeting_554(lab: Lab) -> None:
    """The mail server greets with 554."""
    lab.mail.greeting = f"554 {places.MAIL_HOST} no mail today"


@fault("smtp-no-starttls")
def no_starttls(lab: Lab) -> None:
    """The mail server does not offer STARTTLS."""
    lab.mail.offers_starttls = False


@fault("smtp-tls-fails")
def starttls_fails(lab: Lab) -> None:
    """The mail server offers STARTTLS, and then goes on without TLS."""
    lab.mail.tls = None


@fault("smtp-tls-fails")
def starttls_not_now(lab: Lab) -> None:
    """The mail server offers STARTTLS, and then says 454."""
    lab.mail.starttls_reply = "454 4.7.0 TLS not available"


@fault("smtp-certificate-expired")
def certificate_expired(lab: Lab) -> None:
    """The mail server's certificate has expired."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, days=-3)


@fault("smtp-certificate-expires-soon")
def certificate_expires_soon(lab: Lab) -> None:
    """The mail server's certificate ends in three days."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, days=3)


@fault("smtp-certificate-untrusted")
def certificate_self_signed(lab: Lab) -> None:
    """The mail server signed its certificate itself."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, self_signed=True)


@fault("smtp-certificate-untrusted")
def certificate_of_strangers(lab: Lab) -> None:
    """Nobody trusts who signed the mail server's certificate."""
    lab.mail.tls = lab.strange_authority.context(places.MAIL_HOST)


@fault("smtp-certificate-wrong-name")
def certificate_of_other_name(lab: Lab) -> None:
    """The mail server's certificate is for another name."""
    lab.mail.tls = lab.authority.context(f"www.{places.DOMAIN}")


@fault("smtp-tls-fails")
def only_tls_1_0(lab: Lab) -> None:
    """The mail server knows nothing newer than TLS 1.0."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST)
    lab.mail.tls.set_ciphers("DEFAULT:@SECLEVEL=0")
    lab.mail.tls.minimum_version = lab.mail.tls.maximum_version = ssl.TLSVersion.TLSv1


@fault("smtp-unreachable")
def mail_server_silent(lab: Lab) -> None:
    """The mail server takes connections, and says nothing."""
    lab.mail.is_silent = True


@fault("smtp-refused")
def mail_server_off(lab: Lab) -> None:
    """Nobody listens on port 25."""
    lab.mail.refuses = list(places.MAIL)


@fault("smtp-refused")
def mail_server_off_on_ipv6(lab: Lab) -> None:
    """Nobody listens on port 25 of the IPv6 address."""
    lab.mail.refuses = places.MAIL[1:]


@fault("smtp-unreachable")
def port_25_closed_at_desk(lab: Lab) -> None:
    """The desk's provider lets nothing out to port 25."""
    lab.network.close("tcp", 25, *places.MAIL)


@fault("smtp-ehlo-name-differs")
def other_ehlo_name(lab: Lab) -> None:
    """The mail server calls itself localhost.localdomain."""
    lab.mail.ehlo_name = "localhost.localdomain"


@fault("smtp-sound")
def mail_server_slow(lab: Lab) -> None:
    """Nothing: the mail server greets after a second."""
    lab.mail.delay = 1
