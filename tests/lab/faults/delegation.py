"""What the parent says, what the zone says, and what the servers do."""

import dns.rcode

import front
import internet
import places
from fault import fault
from lab import Lab

