"""Two at once: neither hides the other. Who makes ns2 differ comes second."""

from fault import pair

pair("no-spf", "no-dmarc")
pair("no-key", "several-spf")
pair("no-mx", "no-key", along="spf-sender-fails")
pair("several-dmarc", "key-at-one-server")
pair("pass-all", "testing-key")
pair("no-host-spf", "no-policy")
pair("mx-alias", "doubled-domain")
pair("sender-not-covered", "reports-without-consent")
pair("literal-quotes", "no-underscore")
pair("revoked-key", "mx-does-not-exist")
pair("no-ptr", "certificate-expired")
pair("listed", "serials-differ")
pair("policy-not-found", "renewed-with-other-key")
pair("wrong-glue", "no-spf")
pair("unsigned", "no-dmarc")
pair("refusing-server", "no-starttls")
pair("no-key", "expired-signatures", without="dkim-missing")  # Whoever validates can't know whether it is there.
pair("helo-fails", "other-ehlo-name")
