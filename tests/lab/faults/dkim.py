"""The key, from vault to every name server (RFC 6376)."""

from fault import fault
from lab import Lab

KEY = "s1._domainkey"


@fault("dkim-missing")
def no_key(lab: Lab) -> None:
    """The key is not published."""
    lab.domain.remove(KEY, "TXT")


@fault("dkim-other-key")
def other_key(lab: Lab) -> None:
    """Another key is published under the selector."""
    lab.domain.set(KEY, "TXT", '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="')


@fault("dkim-revoked")
def revoked_key(lab: Lab) -> None:
    """The key is published as revoked."""
    lab.domain.set(KEY, "TXT", '"v=DKIM1; k=rsa; p="')


@fault("dkim-testing")
def testing_key(lab: Lab) -> None:
    """The key is published with t=y."""
    lab.domain.edit_txt(KEY, "k=rsa;", "k=rsa; t=y;")


@fault("dkim-several")
def several_keys(lab: Lab) -> None:
    """Two records stand under the selector."""
    lab.domain.add(KEY, "TXT", '"v=DKIM1; k=rsa; p="')


@fault("dkim-broken")
def broken_key(lab: Lab) -> None:
    """The record's p= is no base64."""
    lab.domain.set(KEY, "TXT", '"v=DKIM1; k=rsa; p=MIIB!"')


@fault("dkim-differs")
def key_for_other_service(lab: Lab) -> None:
    """The key is published for another service than mail (s=)."""
    lab.domain.edit_txt(KEY, "k=rsa;", "k=rsa; s=tlsrpt;")


@fault("dkim-not-everywhere")
def key_at_one_server(lab: Lab) -> None:
    """Only ns1 has the key."""
    lab.zones.differing_at_ns2().remove(KEY, "TXT")


@fault("dkim-not-yet-seen")
def key_not_yet_seen(lab: Lab) -> None:
    """Every name server has the key, and the resolver remembers the time before."""
    key = lab.domain.data(KEY, "TXT")
    lab.domain.remove(KEY, "TXT")
    lab.have_remembered(KEY, "TXT")
    lab.domain.add(KEY, "TXT", key)


@fault("dkim-present")
def key_behind_alias(lab: Lab) -> None:
    """Nothing: the key stands behind a CNAME, as services want it."""
    lab.domain.add("s1.keys", "TXT", lab.domain.data(KEY, "TXT"))
    lab.domain.remove(KEY, "TXT")
    lab.domain.add(KEY, "CNAME", "s1.keys")


@fault("slip-alias", "dkim-missing")
def alias_to_nowhere(lab: Lab) -> None:
    """The key's name is a CNAME that leads to nothing."""
    lab.domain.remove(KEY, "TXT")
    lab.domain.add(KEY, "CNAME", "s1.keys")
