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
