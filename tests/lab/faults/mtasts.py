"""The MTA-STS policy, and who finds it (RFC 8461)."""

import places
from fault import fault
from lab import Lab
from website import POLICY

NAME = "_mta-sts"


@fault("mta-sts-none")
def no_mta_sts(lab: Lab) -> None:
    """Nothing: there is no MTA-STS record."""
    lab.domain.remove(NAME, "TXT")


@fault("mta-sts-record-broken")
def mta_sts_without_id(lab: Lab) -> None:
    """The record has no id=."""
    lab.domain.set(NAME, "TXT", '"v=STSv1;"')


@fault("mta-sts-record-broken")
def several_mta_sts(lab: Lab) -> None:
    """There are two MTA-STS records."""
    lab.domain.add(NAME, "TXT", '"v=STSv1; id=2"')


@fault("mta-sts-host-missing")
def no_policy_host(lab: Lab) -> None:
    """The policy's host has no address."""
    for kind in ("A", "AAAA"):
        lab.domain.remove("mta-sts", kind)


@fault("mta-sts-unreachable")
def policy_host_refuses(lab: Lab) -> None:
    """The web server ends each connection at once."""
    lab.website.refuses = True


@fault("mta-sts-not-found")
def policy_not_found(lab: Lab) -> None:
    """The policy is not there (404)."""
    lab.website.status = "404 Not Found"


@fault("mta-sts-redirected")
def policy_redirected(lab: Lab) -> None:
    """The web server sends on to another address, which senders do not follow."""
    lab.website.status = "301 Moved Permanently"
    lab.website.headers = [f"Location: https://{places.WEB_HOST}/elsewhere"]


@fault("mta-sts-wrong-type")
def policy_of_wrong_type(lab: Lab) -> None:
    """The policy comes as text/html."""
    lab.website.content_type = "text/html"


@fault("mta-sts-certificate-wrong-name")
def policy_certificate_of_other_name(lab: Lab) -> None:
    """The web server's certificate is for another name."""
    lab.website.tls = lab.authority.context(places.DOMAIN)


@fault("mta-sts-certificate-untrusted")
def policy_certificate_untrusted(lab: Lab) -> None:
    """Nobody trusts who signed the web server's certificate."""
    lab.website.tls = lab.strange_authority.context(places.WEB_HOST)


@fault("mta-sts-certificate-expired")
def policy_certificate_expired(lab: Lab) -> None:
    """The web server's certificate has expired."""
    lab.website.tls = lab.authority.context(places.WEB_HOST, days=-3)


@fault("mta-sts-policy-broken")
def policy_broken(lab: Lab) -> None:
    """The policy has no mode."""
    lab.website.body = POLICY.replace("mode: enforce\r\n", "")


@fault("mta-sts-mx-not-covered")
def policy_without_mx(lab: Lab) -> None:
    """The policy does not name the MX host."""
    lab.website.body = POLICY.replace(places.MAIL_HOST, f"mx.{places.DOMAIN}")


@fault("mta-sts-policy-too-large")
def policy_huge(lab: Lab) -> None:
    """The policy has 100 kB."""
    lab.website.body = POLICY + f"mx: mx.{places.DOMAIN}\r\n" * 5000


@fault("mta-sts-sound")
def policy_slow(lab: Lab) -> None:
    """Nothing: the web server takes half a second."""
    lab.website.delay = 0.5
