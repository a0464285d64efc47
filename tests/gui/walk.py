#!/usr/bin/python3
"""walk.py SCENARIO PROGRAM OUT: drives the wizard as a person does, from the first page to an exported bundle.

SCENARIO: keyring, nokeyring, small, or the name of another function below. OUT gets a picture of each page.
Ends with 77 where what it needs is not installed.
"""
import ipaddress
import os
import re
import subprocess
import sys
import tarfile
import time
import zipfile

import desktop
from desktop import Desktop, until

ZONE = """
$TTL 300
@ SOA alice.ns.cloudflare.com. dns.cloudflare.com. 1 10000 2400 604800 300
@ NS alice.ns.cloudflare.com.
@ NS bob.ns.cloudflare.com.
@ MX 10 mail
@ A 192.0.2.80
mail A 192.0.2.25
mail AAAA 2001:db8::25
@ TXT "v=spf1 mx include:_spf.google.com -all"
"""
OTHERS = {"_spf.google.com": '@ 300 TXT "v=spf1 ip4:198.51.100.0/24 ip4:8.8.8.8 -all"\n'}
ADDRESSES = ("192.0.2.25", "2001:db8::25")
TRACE = """Return-Path: <joe@{domain}>
Received: from mail.{domain} (dns.google [{client}]) by mx.mailbox.example with ESMTPS id 1;
 Fri, 27 Nov 2026 17:00:54 +0100
Authentication-Results: mx.mailbox.example; {results}
"""
MAIL = """From: Joe <joe@{domain}>
To: me@mailbox.example
Subject: Test

Hello
"""
HOWTO = """DKIM_CANON = relaxed
DKIM_SELECTOR = default
DKIM_DOMAIN = ${lc:${domain:$h_from:}}
DKIM_PRIVATE_KEY = /etc/exim4/dkim/$dkim_domain.pem
"""
PAGES = ("domain", "keys", "records", "server", "verify")


class Walk:
    """One run of the wizard."""

    def __init__(self, program, out, size="1280x800", keyring=True, domain="example.org", desktop=None, **environment):
        self.path, self.out, self.domain, self.environment = program, out, domain, environment
        self.alabel = domain.encode("idna").decode()
        self.desktop = desktop or Desktop(size, keyring)

    def __enter__(self):
        self.desktop.__enter__()
        import nameserver
        reverse = {ipaddress.ip_address(each).reverse_pointer: f"@ 300 PTR mail.{self.alabel}.\n" for each in ADDRESSES}
        self.names = nameserver.NameServer({self.alabel: ZONE, **OTHERS, **reverse})
        self.anchors = os.path.join(self.desktop.folder, "anchors")  # for another zone: that server signs nothing
        with open(self.anchors, "w") as anchors:
            anchors.write(f"signed.invalid. IN DS 12345 13 2 {'0' * 64}\n")
        self.start()
        return self

    def __exit__(self, *what):
        if what[0]:
            self.program.failed()
            with open(os.path.join(self.out, "program.log")) as log:
                print(log.read()[-3000:])
        self.desktop.__exit__(*what)

    def start(self, *arguments):
        import screen
        self.program = screen.Program(self.desktop, self.out, self.command(*arguments), **self.environment)

    def command(self, *arguments):
        return [self.path, "--resolver", f"127.0.0.1@{self.names.port}", "--trust-anchor", self.anchors, "--timeout", "3", *arguments]

    def next(self):
        self.program.click("push button", "Next >")

    def judge(self, page):
        faults = self.program.audit()
        assert not faults, f"{page} page: " + "; ".join(faults)

    # ---- the pages
    def domain_page(self):
        self.program.write("text", "Domain:", self.domain)
        self.program.says("hosted by Cloudflare")
        assert self.program.says("v=spf1 mx include:_spf.google.com -all")
        assert self.program.find("text", "Mail server's name:").get_text(0, -1) == f"mail.{self.domain}"

    def keys_page(self):
        self.program.says("New key")
        self.program.click("push button", "Create key")

    def records_page(self):
        self.program.says("Published as they should be: 1 of 4 records.")
        states = {row[1]: row[0] for row in self.program.table("Records")}
        assert states["TXT @"] == "present" and states["TXT _dmarc"] == "missing", states

    def server_page(self, target=None, incoming="files/etc/exim4/sealwright_data_acl"):
        """Exports to `target`, or where the wizard proposes; `incoming` is the file that has incoming mail checked."""
        self.program.find("list item", "install.sh")
        self.program.click("check box", "Check incoming mail too:")
        self.program.find("list item", incoming)
        if target:
            self.program.write("text", "Save as:", target)
        self.program.click("push button", "Export")
        self.program.says("Exported to " + (target or self.desktop.home))

    def lint_panel(self):
        """What people find in the first how-to that a search shows."""
        self.program.click("page tab", "What is there today")
        self.program.put_on_clipboard(HOWTO)
        self.program.click("push button", "Paste")
        self.program.says("Problems to solve: 4, in pasted text.")
        self.program.says("DKIM_DOMAIN = ${lc:${domain:$rh_from:}}")
        self.program.keys("Tab", "Tab", "End")
        self.program.says("dsearch")

    def verify_page(self):
        self.program.says("Problems to solve: 2.", 40)
        shown = self.program.table("Findings")
        results = {(row[1], row[0]) for row in shown}
        assert ("DKIM", "problem") in results and ("DMARC", "problem") in results, results
        assert [row[0] for row in shown[:2]] == ["problem", "problem"], "problems come first"
        self.program.click("check box", "Show everything")
        assert len(self.program.table("Findings")) > len(shown)
        self.program.click("check box", "Show everything")
        assert self.program.table("Findings") == shown

    def other_resolvers(self):
        """Their menu opens and closes by key, and the page stays. Qt tells of a menu's items only as they are reached."""
        self.program.keys("alt+l", "Down", "Escape")
        self.program.click("check box", "Show everything")

    def paste_mail(self, client, results, signature=""):
        """A real mail, as a web mail's “show original” gives it."""
        self.program.click("page tab", "A mail")
        trace = TRACE.format(domain=self.alabel, client=client, results=results)
        self.mail = trace + signature + MAIL.format(domain=self.alabel)
        self.program.put_on_clipboard(self.mail)
        self.program.click("push button", "Paste")

    def unsigned_mail(self):
        self.paste_mail("8.8.4.4", "spf=fail; dkim=none")
        self.program.says("none: the message is not signed.", 30)
        self.program.says("8.8.4.4, as mx.mailbox.example noted it")
        self.program.says("mx.mailbox.example: spf=fail. Here the same.")

    def signed_mail(self):
        """Signed by another program with the key that the wizard made."""
        import dkim
        selector = re.search(r"(\w+)\._domainkey", self.zone).group(1)
        key = self.desktop.secret(server="Sealwright").encode()
        mail = MAIL.format(domain=self.alabel).replace("\n", "\r\n").encode()
        signature = dkim.sign(mail, selector.encode(), self.alabel.encode(), key, canonicalize=(b"relaxed", b"relaxed"))
        self.paste_mail("8.8.8.8", "spf=pass; dkim=pass header.d=" + self.alabel, signature.decode().replace("\r\n", "\n"))
        self.program.says(f"Receivers can tell that this mail is from {self.domain}.", 30)

    def test_message(self):
        """There is no server to send through: what the user typed is looked at, and the DNS is asked."""
        self.program.click("page tab", "Send a test message")
        self.program.click("push button", "Send the message")
        self.program.says("Type your user name at the submission server.")
        self.program.write("text", "Server:", "mail.absent.example")
        self.program.write("text", "User name:", "joe")
        self.program.write("password text", "Password:", "secret")
        self.program.write("text", "Address:", "me@mailbox.example")
        self.program.click("push button", "Send the message")
        self.program.says("mail.absent.example has no address in the DNS.")

    def publish(self):
        """What the program says is to be published, as a person would do it: copied and pasted."""
        self.program.click("push button", "Copy all as zone text")
        kept = [line for line in ZONE.splitlines() if "v=spf1" not in line]
        self.zone = "\n".join(kept) + "\n" + self.program.clipboard() + "\n"


def check_bundle(path, domain):
    """The archive is whole, keeps its keys to its owner, and the script in it is good shell."""
    assert os.stat(path).st_mode & 0o777 == 0o600, oct(os.stat(path).st_mode)
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            script = archive.read(next(n for n in names if n.endswith("/install.sh")))
            key = archive.read(next(n for n in names if "/keys/" in n and not n.endswith("/")))
    else:
        with tarfile.open(path) as archive:
            names = archive.getnames()
            script = archive.extractfile(next(n for n in names if n.endswith("/install.sh"))).read()
            key = archive.extractfile(next(m for m in archive if "/keys/" in m.name and m.isfile())).read()
    assert any(domain in n for n in names), names
    assert subprocess.run(["sh", "-n"], input=script).returncode == 0
    return key


def public_half(pem):
    made = subprocess.run(["openssl", "pkey", "-pubout"], input=pem, capture_output=True)
    assert made.returncode == 0, made.stderr
    return "".join(made.stdout.decode().splitlines()[1:-1])


def keyring(program, out):
    """The whole way with a real keyring, then back again, until everything is published."""
    with Walk(program, out) as walk:
        p = walk.program
        walk.domain_page()
        p.picture("1-domain.png")
        walk.judge("domain")
        walk.next()
        walk.judge("keys")
        walk.keys_page()
        p.says("Key stored in the system keychain.")
        p.picture("2-keys.png")
        walk.judge("keys")
        stored = walk.desktop.secret(server="Sealwright")
        assert "PRIVATE KEY" in stored, "nothing in the keyring"

        walk.next()
        walk.records_page()
        p.keys("Down")
        p.says("DKIM key")
        p.picture("3-records.png")
        walk.judge("records")
        p.click("push button", "Copy value")
        assert p.clipboard().startswith("v="), p.clipboard()
        walk.publish()
        assert public_half(stored.encode()) in re.sub(r'"\s*"', "", walk.zone), walk.zone

        walk.next()
        target = os.path.join(walk.desktop.home, f"{walk.alabel}-exim4-debian.tar.gz")
        walk.server_page()
        assert public_half(check_bundle(target, walk.alabel)) == public_half(stored.encode())
        p.picture("4-server.png")
        walk.judge("server")
        walk.lint_panel()
        p.picture("7-lint.png")
        walk.judge("lint")

        walk.next()
        walk.verify_page()
        p.picture("5-verify.png")
        walk.judge("verify")
        walk.other_resolvers()
        walk.program.click("push button", "Finish")
        assert p.close() == 0

        come_back(walk)


def come_back(walk):
    """A saved domain goes on where it was left; what is published is seen; Cancel asks."""
    walk.start()
    p = walk.program
    p.click("combo box", "Saved domains:")
    p.click("list item", walk.domain)
    p.click("push button", "Continue with “Verify”")
    p.says("Problems to solve: 2.", 40)
    p.click("push button", "Wait until published")
    p.says("Published everywhere: ")
    walk.names.publish(walk.alabel, walk.zone)
    p.says("Everything else is well.", 60)
    until("the end of waiting", lambda: not p.is_usable("push button", "Stop"), 60)
    p.picture("verify-published.png")
    walk.signed_mail()
    p.picture("6-mail.png")
    walk.judge("verify")
    p.keys("Escape")
    p.says("Close Sealwright?")
    p.click("push button", "Stay")
    assert p.process.poll() is None
    p.keys("Escape")
    p.says("is saved: choose the domain again")
    p.click("push button", "Close")
    assert p.close() == 0
    opened_mail(walk)


def opened_mail(walk):
    """The mail from above as a file that is opened from the desktop; the wizard is one click away."""
    path = os.path.join(walk.desktop.home, "Grüße von Jörg.eml")
    with open(path, "w") as file:
        file.write(walk.mail)
    walk.start(path)
    p = walk.program
    p.says(f"Receivers can tell that this mail is from {walk.domain}.", 30)
    p.picture("opened-mail.png")
    walk.judge("opened mail")
    p.click("push button", "Set up a domain …")
    p.says("Enter a domain to see what the DNS says about it.")


def nokeyring(program, out):
    """Without a keyring the key goes into a file with a passphrase, and the bundle is exported all the same."""
    with Walk(program, out, keyring=False) as walk:
        p = walk.program
        walk.domain_page()
        walk.next()
        walk.keys_page()
        p.find("push button", "Use a key file instead", 30)
        p.picture("keys-no-keyring.png")
        walk.judge("keys")
        p.click("push button", "Use a key file instead")
        p.find("password text", "Passphrase:")
        walk.judge("keys")
        p.write("password text", "Passphrase:", "correct horse")
        p.write("password text", "The same again:", "another horse")
        p.click("push button", "Use this passphrase")
        p.says("The two passphrases differ.")
        p.write("password text", "Passphrase:", "correct horse")
        p.write("password text", "The same again:", "correct horse")
        p.keys("Return")
        p.says("Key stored in the key file.", 30)
        p.picture("keys-file.png")
        vault = os.path.join(walk.desktop.home, ".local/share/sealwright/keys.pem")
        assert os.stat(vault).st_mode & 0o777 == 0o600
        content = open(vault).read()
        assert "ENCRYPTED PRIVATE KEY" in content and "BEGIN PRIVATE KEY" not in content
        walk.next()
        walk.records_page()
        walk.next()
        target = os.path.join(walk.desktop.home, "bundle.zip")
        p.choose("As a:", ".zip archive")
        walk.server_page(target)
        check_bundle(target, walk.alabel)


def small(program, out):
    """Everything can be reached on 1024x600."""
    with Walk(program, out, size="1024x600", domain="bücher-und-zeitschriften-versandhandel.example") as walk:
        whole_way(walk, "small")


def dense(program, out):
    """And at scale 2."""
    with Walk(program, out, size="2560x1600", QT_SCALE_FACTOR="2") as walk:
        whole_way(walk, "dense")


def whole_way(walk, name):
    p = walk.program
    walk.judge("domain")
    walk.domain_page()
    p.picture(f"{name}-domain.png", window=False)
    walk.judge("domain")
    walk.next()
    p.says("New key")
    p.picture(f"{name}-newkey.png", window=False)
    walk.judge("keys")
    p.click("radio button", "Import a key that I have")
    p.picture(f"{name}-import.png", window=False)
    walk.judge("keys")
    p.click("radio button", "Take over the keys of a server")
    p.picture(f"{name}-takeover.png", window=False)
    walk.judge("keys")
    p.click("radio button", "Create a new key")
    walk.keys_page()
    p.says("Key stored in")
    p.picture(f"{name}-keys.png", window=False)
    walk.judge("keys")
    walk.next()
    p.says("Published as they should be")
    p.picture(f"{name}-records.png", window=False)
    walk.judge("records")
    walk.next()
    p.click("radio button", "exim with one file")
    p.find("list item", "files/exim.conf/main")
    walk.server_page(os.path.join(walk.desktop.home, "bundle.tar.gz"), "files/exim.conf/acl")
    p.picture(f"{name}-server.png", window=False)
    walk.judge("server")
    walk.next()
    p.says("Problems to solve", 40)
    p.picture(f"{name}-verify.png", window=False)
    walk.judge("verify")
    walk.unsigned_mail()
    p.picture(f"{name}-mail.png", window=False)
    walk.judge("verify")
    walk.test_message()
    p.picture(f"{name}-testmessage.png", window=False)
    walk.judge("verify")


def main(scenario, program, out):
    lacking = desktop.missing()
    if lacking:
        print("SKIPPED: missing " + ", ".join(lacking))
        return 77
    os.makedirs(out, exist_ok=True)
    began = time.monotonic()
    globals()[scenario](os.path.abspath(program), os.path.abspath(out))
    print(f"{scenario}: done in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
