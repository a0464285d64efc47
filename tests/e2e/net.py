"""Who is where. Public-looking addresses (TEST-NET-2): Debian's exim4 ignores MX hosts in private ranges."""

SERVER = "198.51.100.10"      # the mail server under test
NAMESERVER = "198.51.100.53"
NEXT_HOP = "198.51.100.25"    # MX of next.test
SMARTHOST = "198.51.100.26"   # smarthost.next.test
STRANGER = "198.51.100.66"    # anybody on the Internet
RELAY_CLIENT = "198.51.100.77"  # a machine the admin allows to relay

OUTSIDE = [NAMESERVER, NEXT_HOP, SMARTHOST, STRANGER, RELAY_CLIENT]

SERVER_NAME = "mail.example.test"
NEXT_DOMAIN = "next.test"
