"""The table. Each module adds the rows of one area."""

from fault import TABLE

# They add their rows.
from . import (sound, delegation, dnssec, mx, senders, spf, dkim, dmarc, mtasts, tlsrpt, dane, smtp, blocklists,  # noqa: F401
               slips, resolvers)
from . import pairs  # noqa: F401 (of those before)
