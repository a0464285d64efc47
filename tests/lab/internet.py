"""The zones of the little internet when all is well."""

import ipaddress

import places
from zone import Signer, Zone

STRANGERS = "stranger.test"  # another's domain: report boxes, SPF records to include
REVERSE_4 = "100.52.198.in-addr.arpa"
REVERSE_6 = "8.b.d.0.e.0.a.2.ip6.arpa"
ADDRESS_LISTS = ["zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com"]
DOMAIN_LIST = "dbl.spamhaus.org"

_NS = "@ NS ns.nic.test."


def addresses(owner: str, both: list[str]) -> str:
    return "".join(f"{owner} {'AAAA' if ':' in address else 'A'} {address}\n" for address in both)


def pointer(address: str) -> str:
    """The name at which an address has its PTR record."""
    return f"{ipaddress.ip_address(address).reverse_pointer}."


def delegation(zone: str, signer: Signer, *servers: str) -> str:
    """What the parent says of a signed child."""
    return f"{zone}. DS {signer.ds(zone)}\n" + "".join(f"{zone}. NS {server}.\n" for server in servers or ("ns.nic.test",))


def top_zones(signer: Signer) -> list[Zone]:
    """What the root server and the name server of test. hold."""
    reverse_zones = (REVERSE_4, REVERSE_6)
    children = "".join(delegation(zone, signer) for zone in ("test", *reverse_zones, *ADDRESS_LISTS, DOMAIN_LIST))
    root = Zone(".", f"@ NS a.root-servers.net.\n{addresses('a.root-servers.net.', places.ROOT[:1] + places.ROOT[13:14])}"
                     f"{addresses('ns.nic.test.', places.TOP)}{children}")
    top = Zone("test", f"{_NS}\n{addresses('ns.nic', places.TOP)}"
                       + delegation(places.DOMAIN, signer, f"ns1.{places.DOMAIN}", f"ns2.{places.DOMAIN}")
                       + addresses(f"ns1.{places.DOMAIN}.", places.NS1) + addresses(f"ns2.{places.DOMAIN}.", places.NS2)
                       + delegation(STRANGERS, signer))
    pointers = {zone: Zone(zone, _NS) for zone in reverse_zones}
    for name, both in ((places.MAIL_HOST, places.MAIL), (f"out.{places.DOMAIN}", places.MAIL_2)):
        for address in both:
            pointers[REVERSE_6 if ":" in address else REVERSE_4].add(pointer(address), "PTR", f"{name}.")
    strangers = Zone(STRANGERS, f"{_NS}\n@ MX 0 .\n@ TXT \"v=spf1 -all\"\n_spf TXT \"v=spf1 ip4:192.0.2.128/28 -all\"\n"
                                f"{places.DOMAIN}._report._dmarc TXT \"v=DMARC1\"\n")
    lists = [Zone(zone, f"{_NS}\n2.0.0.127 A 127.0.0.2\n") for zone in ADDRESS_LISTS]  # RFC 5782 section 5
    lists.append(Zone(DOMAIN_LIST, f"{_NS}\ndbltest.com A 127.0.1.2\n"))
    return [root, top, strangers, *pointers.values(), *lists]


def domain() -> Zone:
    """The domain under test, without the records that Sealwright plans."""
    return Zone(places.DOMAIN, f"@ NS ns1\n@ NS ns2\n{addresses('ns1', places.NS1)}{addresses('ns2', places.NS2)}"
                               f"@ MX 10 mail\n{addresses('mail', places.MAIL)}{addresses('mta-sts', places.WEB)}"
                               f"{addresses('@', places.WEB)}")
