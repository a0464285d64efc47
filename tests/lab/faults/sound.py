"""All is well, though not always comfortable: nothing above info may be said."""

import imaplib
import smtplib
import ssl

import front
import mailbox
import places
from fault import fault
from lab import Lab

LOOKED_AT = ("delegation-sound dnssec-secure mx-found sender-confirmed spf-senders-pass spf-helo-pass spf-host-present spf-present "
             "dkim-present dmarc-present reports-inside mta-sts-sound tls-rpt-sound dane-sound smtp-sound blocklists-clean")


@fault(LOOKED_AT)
def sound(_: Lab) -> None:
    """Nothing."""


@fault(LOOKED_AT)
def everybody_slow(lab: Lab) -> None:
    """Nothing: every name server takes 50 ms."""
    for server in (lab.fronts.ns1, lab.fronts.ns2, lab.fronts.top):
        server.behaviour = front.slow(0.05)


@fault(LOOKED_AT)
def one_server_slow(lab: Lab) -> None:
    """Nothing: ns2 takes half a second."""
    lab.fronts.ns2.behaviour = front.slow(0.5)


@fault(LOOKED_AT)
def resolver_slow(lab: Lab) -> None:
    """Nothing: the desk's resolver takes half a second for each answer."""
    lab.fronts.resolver.behaviour = front.slow(0.5)


@fault(LOOKED_AT)
def truncating(lab: Lab) -> None:
    """Nothing: ns2 truncates each answer, and answers over TCP."""
    lab.fronts.ns2.behaviour = front.truncating(tcp_works=True)


@fault("delegation-sound mx-found dkim-present")
def no_ipv6_at_desk(lab: Lab) -> None:
    """Nothing: the desk has no IPv6."""
    lab.network.take_ipv6()


@fault(LOOKED_AT)
def mailbox_beside(lab: Lab) -> None:
    """Nothing: the mail host takes messages at submission, and has them read with IMAP."""
    lab.start_mailbox()
    trusting = ssl.create_default_context(cafile=lab.authority.trusted)
    trusting.check_hostname = False  # It is asked by its address.
    with smtplib.SMTP(places.MAIL[0], mailbox.SUBMISSION) as submission:
        submission.starttls(context=trusting)
        submission.login(mailbox.USER, mailbox.PASSWORD)
        submission.sendmail(mailbox.USER, [mailbox.USER], b"Subject: hello\r\n\r\n.dotted\r\n")
    with imaplib.IMAP4_SSL(places.MAIL[0], mailbox.IMAPS, ssl_context=trusting) as imap:
        imap.login(mailbox.USER, mailbox.PASSWORD)
        imap.select()
        message = imap.fetch("1", "(BODY[])")[1][0][1]
    if message != b"Subject: hello\r\n\r\n.dotted\r\n":
        raise RuntimeError(f"the mailbox has {message!r}")
