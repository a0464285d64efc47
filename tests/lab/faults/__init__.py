"""The table. Each module adds the rows of one area."""

from fault import TABLE

from . import sound, delegation, dnssec, mx, spf, dkim, dmarc, slips, resolvers  # noqa: F401 (they add their rows)
from . import pairs  # noqa: F401 (of those before)
