"""The MTA-STS policy, and who finds it (RFC 8461)."""

import places
from fault import fault
from lab import Lab

NAME = "_mta-sts"
STALE = "mta-sts-id-stale"  # A policy that is changed wants another id.


def _edit(lab: Lab, old: str, new: str) -> None:
    if old not in lab.website.body:
        raise LookupError(f"the policy has no {old}")
    lab.website.body = lab.website.body.replace(old, new)


@fault("mta-sts-missing")
def no_mta_sts(lab: Lab) -> None:
    """The policy is served as planned, and there is no MTA-STS record."""
    lab.domain.remove(NAME, "TXT")


@fault("mta-sts-broken")
def mta_sts_without_id(lab: Lab) -> None:
    """The record has no id=."""
    lab.domain.set(NAME, "TXT", '"v=STSv1;"')


@fault("mta-sts-several")
def several_mta_sts(lab: Lab) -> None:
    """There are two MTA-STS records."""
    lab.domain.add(NAME, "TXT", '"v=STSv1; id=2"')


@fault("mta-sts-host-missing")
def no_policy_host(lab: Lab) -> None:
    """The policy's host has no address."""
    for kind in ("A", "AAAA"):
        lab.domain.remove("mta-sts", kind)


@fault("mta-sts-host-private")
def policy_host_private(lab: Lab) -> None:
    """The policy's host has addresses that nobody on the Internet reaches."""
    for kind, address in (("A", "192.168.1.5"), ("AAAA", "fd00::5")):
        lab.domain.set("mta-sts", kind, address)


@fault("mta-sts-refused")
def web_server_off(lab: Lab) -> None:
    """Nobody listens at the policy's host."""
    for kind, address in zip(("A", "AAAA"), places.NOBODY):
        lab.domain.set("mta-sts", kind, address)


@fault("mta-sts-unreachable")
def port_443_closed_at_desk(lab: Lab) -> None:
    """The desk's provider lets nothing out to the web server."""
    lab.network.close("tcp", 443, *places.WEB)
    lab.options = ["--timeout", "2"]


@fault("mta-sts-web-tls-failed")
def web_server_ends_connections(lab: Lab) -> None:
    """The web server ends each connection at once."""
    lab.website.refuses = True


@fault("mta-sts-no-answer")
def web_server_silent(lab: Lab) -> None:
    """The web server gives no answer."""
    lab.website.delay = 60
    lab.options = ["--timeout", "2"]


@fault("mta-sts-status")
def policy_not_found(lab: Lab) -> None:
    """The policy is not there (404)."""
    lab.website.status = "404 Not Found"


@fault("mta-sts-redirect")
def policy_redirected(lab: Lab) -> None:
    """The web server sends on to another address, which senders do not follow."""
    lab.website.status = "301 Moved Permanently"
    lab.website.headers = [f"Location: https://{places.WEB_HOST}/elsewhere"]


@fault("mta-sts-content-type")
def policy_of_wrong_type(lab: Lab) -> None:
    """The policy comes as text/html."""
    lab.website.content_type = "text/html"


@fault("mta-sts-web-wrong-name")
def policy_certificate_of_other_name(lab: Lab) -> None:
    """The web server's certificate is for another name."""
    lab.website.tls = lab.authority.context(places.DOMAIN)


@fault("mta-sts-web-untrusted")
def policy_certificate_untrusted(lab: Lab) -> None:
    """Nobody trusts who signed the web server's certificate."""
    lab.website.tls = lab.strange_authority.context(places.WEB_HOST)


@fault("mta-sts-web-expired")
def policy_certificate_expired(lab: Lab) -> None:
    """The web server's certificate has expired."""
    lab.website.tls = lab.authority.context(places.WEB_HOST, days=-3)


@fault("mta-sts-web-expires-soon")
def policy_certificate_expires_soon(lab: Lab) -> None:
    """The web server's certificate ends in three days."""
    lab.website.tls = lab.authority.context(places.WEB_HOST, days=3)


@fault("mta-sts-policy-broken", STALE)
def policy_of_unknown_mode(lab: Lab) -> None:
    """The policy has a mode that does not exist."""
    _edit(lab, "mode: enforce", "mode: strict")


@fault("mta-sts-policy-lacks", STALE)
def policy_without_mode(lab: Lab) -> None:
    """The policy has no mode."""
    _edit(lab, "mode: enforce\r\n", "")


@fault("mta-sts-mx-not-covered", STALE)
def policy_without_mx(lab: Lab) -> None:
    """The policy does not name the MX host."""
    _edit(lab, places.MAIL_HOST, f"mx.{places.DOMAIN}")


@fault("mta-sts-mx-not-listed", STALE)
def testing_policy_without_mx(lab: Lab) -> None:
    """The policy, in mode testing, does not name the MX host."""
    _edit(lab, places.MAIL_HOST, f"mx.{places.DOMAIN}")
    _edit(lab, "enforce", "testing")


@fault("mta-sts-too-long", STALE)
def policy_huge(lab: Lab) -> None:
    """The policy has 100 kB."""
    lab.website.body += f"mx: mx.{places.DOMAIN}\r\n" * 5000


@fault("mta-sts-testing", STALE)
def policy_testing(lab: Lab) -> None:
    """Nothing: the policy is in mode testing."""
    _edit(lab, "enforce", "testing")


@fault("mta-sts-withdrawn", STALE)
def policy_withdrawn(lab: Lab) -> None:
    """Nothing: the policy says that there is none any more."""
    _edit(lab, "enforce", "none")


@fault("mta-sts-short-max-age", STALE)
def policy_forgotten_soon(lab: Lab) -> None:
    """The policy is remembered for five minutes only."""
    _edit(lab, "604800", "300")


@fault("mta-sts-sound")
def policy_slow(lab: Lab) -> None:
    """Nothing: the web server takes half a second."""
    lab.website.delay = 0.5


@fault("mta-sts-id-stale")
def policy_changed_and_not_id(lab: Lab) -> None:
    """The policy was changed, and its id is that of the old one."""
    _edit(lab, "604800", "1209600")
