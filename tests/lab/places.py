"""Who is where in the little internet: the root servers where they really are, the others at addresses that look public
(documentation addresses would be told from those). Nothing leaves the namespaces.
"""

DOMAIN = "example.test"        # the domain under test
MAIL_HOST = "mail.example.test"
WEB_HOST = "mta-sts.example.test"

# What libunbound and everybody else has built in.
ROOT = ["198.41.0.4", "170.247.170.2", "192.33.4.12", "199.7.91.13", "192.203.230.10", "192.5.5.241", "192.112.36.4",
        "198.97.190.53", "192.36.148.17", "192.58.128.30", "193.0.14.129", "199.7.83.42", "202.12.27.33",
        "2001:503:ba3e::2:30", "2801:1b8:10::b", "2001:500:2::c", "2001:500:2d::d", "2001:500:a8::e", "2001:500:2f::f",
        "2001:500:12::d0d", "2001:500:1::53", "2001:7fe::53", "2001:503:c27::2:30", "2001:7fd::1", "2001:500:9f::42",
        "2001:dc3::35"]
TOP = ["194.0.2.10", "2a0e:db8:1::10"]        # ns.nic.test: the name server of test., and of strangers' zones
NS1 = ["194.0.2.11", "2a0e:db8:1::11"]        # ns1.example.test: Knot
NS2 = ["194.0.2.12", "2a0e:db8:1::12"]        # ns2.example.test: NSD
NS2_MORE = [f"194.0.2.{number}" for number in range(21, 26)]  # ns2 as well, where a row says so
NS3 = ["194.0.2.13", "2a0e:db8:1::13"]        # a computer that is no name server
RESOLVER = ["194.0.2.53"]                     # the desk's provider's
PUBLIC_RESOLVER = ["194.0.2.54"]              # another, with a cache of its own
MAIL = ["198.52.100.25", "2a0e:db8:25::25"]
MAIL_2 = ["198.52.100.26", "2a0e:db8:25::26"]  # another server that sends for the domain
WEB = ["198.52.100.80", "2a0e:db8:25::80"]
NOBODY = ["198.52.100.99", "2a0e:db8:25::99"]  # addresses without a server

INTERNET = [*ROOT, *TOP, *NS1, *NS2, *NS2_MORE, *NS3, *RESOLVER, *PUBLIC_RESOLVER, *MAIL, *MAIL_2, *WEB, *NOBODY]

DESK = ["204.0.113.2/24", "2a0e:db8:de5c::2/64"]
GATEWAY = ["204.0.113.1/24", "2a0e:db8:de5c::1/64"]

# Where the programs behind the fronts listen.
BEHIND_TOP, BEHIND_NS1, BEHIND_NS2, BEHIND_RESOLVER, BEHIND_PUBLIC = 5310, 5311, 5312, 5353, 5354
