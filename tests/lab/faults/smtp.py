"""How the mail server receives, and shows who it is (RFC 5321, RFC 3207)."""

import ssl

import places
from fault import fault
from lab import Lab

# What an enforced MTA-STS policy and a TLSA record make of a server without TLS.
NO_TLS = "mta-sts-server-fails dane-no-tls dane-not-seen"


@fault("smtp-not-greeted", NO_TLS)
def greeting_554(lab: Lab) -> None:
    """The mail server greets with 554."""
    lab.mail.greeting = f"554 {places.MAIL_HOST} no mail today"


@fault("smtp-garbled", NO_TLS)
def no_mail_server(lab: Lab) -> None:
    """What listens on port 25 is no mail server."""
    lab.mail.greeting = "HTTP/1.1 400 Bad Request"


@fault("smtp-closed", NO_TLS)
def mail_server_hangs_up(lab: Lab) -> None:
    """The mail server ends the connection before it greets."""
    lab.mail.hangs_up = True


@fault("smtp-ehlo-refused", NO_TLS)
def ehlo_refused(lab: Lab) -> None:
    """The mail server does not know EHLO."""
    lab.mail.knows_ehlo = False


@fault("smtp-sound")
def name_refused(lab: Lab) -> None:
    """Nothing: the mail server refuses the EHLO of whoever has no name in the DNS, and takes one with an address."""
    lab.mail.refuses_names = True


@fault("smtp-no-start-tls", NO_TLS)
def no_starttls(lab: Lab) -> None:
    """The mail server does not offer STARTTLS."""
    lab.mail.offers_starttls = False


@fault("smtp-tls-failed", NO_TLS)
def starttls_fails(lab: Lab) -> None:
    """The mail server offers STARTTLS, and then goes on without TLS."""
    lab.mail.tls = None


@fault("smtp-start-tls-refused", NO_TLS)
def starttls_not_now(lab: Lab) -> None:
    """The mail server offers STARTTLS, and then says 454."""
    lab.mail.starttls_reply = "454 4.7.0 TLS not available"


@fault("smtp-expired", "mta-sts-server-fails")
def certificate_expired(lab: Lab) -> None:
    """The mail server's certificate has expired."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, days=-3)


@fault("smtp-expires-soon")
def certificate_expires_soon(lab: Lab) -> None:
    """The mail server's certificate ends in three days."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, days=3)


@fault("smtp-untrusted", "mta-sts-server-fails")
def certificate_self_signed(lab: Lab) -> None:
    """The mail server signed its certificate itself."""
    lab.mail.tls = lab.authority.context(places.MAIL_HOST, self_signed=True)


@fault("smtp-untrusted", "mta-sts-server-fails dane-mismatch")
def certificate_of_strangers(lab: Lab) -> None:
    """Nobody trusts who signed the mail server's certificate."""
    lab.mail.tls = lab.strange_authority.context(places.MAIL_HOST)


@fault("smtp-wrong-name", "mta-sts-server-fails dane-mismatch")
def certificate_of_other_name(lab: Lab) -> None:
    """The mail server's certificate is for another name."""
    lab.mail.tls = lab.authority.context(f"www.{places.DOMAIN}")


def _only(lab: Lab, version: ssl.TLSVersion) -> None:
    lab.mail.tls = lab.authority.context(places.MAIL_HOST)
    lab.mail.tls.set_ciphers("DEFAULT:@SECLEVEL=0")
    lab.mail.tls.minimum_version = lab.mail.tls.maximum_version = version


@fault("smtp-old-tls", NO_TLS)
def only_tls_1_0(lab: Lab) -> None:
    """The mail server knows nothing newer than TLS 1.0."""
    _only(lab, ssl.TLSVersion.TLSv1)


@fault("smtp-sound")
def only_tls_1_2(lab: Lab) -> None:
    """Nothing: the mail server knows nothing newer than TLS 1.2."""
    _only(lab, ssl.TLSVersion.TLSv1_2)


@fault("smtp-silent", NO_TLS)
def mail_server_silent(lab: Lab) -> None:
    """The mail server takes connections, and says nothing."""
    lab.mail.is_silent = True
    lab.options = ["--timeout", "2"]


@fault("smtp-all-refused", NO_TLS)
def mail_server_off(lab: Lab) -> None:
    """Nobody listens on port 25."""
    lab.mail.refuses = list(places.MAIL)


@fault("smtp-refused", NO_TLS)
def mail_server_off_on_ipv6(lab: Lab) -> None:
    """Nobody listens on port 25 of the IPv6 address."""
    lab.mail.refuses = places.MAIL[1:]


@fault("smtp-unreachable mta-sts-servers-not-seen", "dane-not-seen")
def port_25_closed_at_desk(lab: Lab) -> None:
    """The desk's provider lets nothing out to port 25."""
    lab.network.close("tcp", 25, *places.MAIL)
    lab.options = ["--timeout", "2"]


@fault("smtp-address-unreachable", "dane-not-seen")
def mail_server_unreachable_on_ipv6(lab: Lab) -> None:
    """Nothing comes back from the mail server's IPv6 address."""
    lab.network.close("tcp", 25, places.MAIL[1])
    lab.options = ["--timeout", "2"]


@fault("smtp-other-name")
def other_ehlo_name(lab: Lab) -> None:
    """The mail server calls itself by another name."""
    lab.mail.ehlo_name = f"www.{places.DOMAIN}"


@fault("smtp-other-name smtp-sound")
def address_as_ehlo_name(lab: Lab) -> None:
    """Nothing: the mail server calls itself by its address in brackets."""
    lab.mail.ehlo_name = f"[{places.MAIL[0]}]"


@fault("smtp-bad-name")
def bad_ehlo_name(lab: Lab) -> None:
    """The mail server gives itself a name that no host can have."""
    lab.mail.ehlo_name = "mail_server"


@fault("smtp-sound")
def mail_server_slow(lab: Lab) -> None:
    """Nothing: the mail server greets after a second."""
    lab.mail.delay = 1
