"""Postfix with OpenDKIM on Debian, set up by a bundle's install.sh."""

import os

import scene
import server
import world
from scene import DOMAINS

ALGORITHMS = {
    "example.test": ("rsa2048", "ed25519"),
    "second.test": ("rsa2048",),
    "müller.test": ("rsa2048",),
}


def setUpModule():
    server.set_up("postfix-opendkim", ALGORITHMS)


def tearDownModule():
    server.tear_down()


class PostfixBox(server.ServerTest):
    def configure(self):
        self.box.run("postconf", "-e", "myhostname = mail.example.test", "mydestination = example.test, localhost",
                     "inet_protocols = ipv4", "smtp_tls_security_level = none", "smtpd_tls_security_level = none")
        self.box.write("/etc/aliases", "forward: someone@remote.test\n")
        self.box.run("newaliases")
        self.box.run("postfix", "check")  # Makes the folders of the queue, which the package leaves to the first start.

    def start(self):
        self.box.run("sh", "-c", "cp /etc/resolv.conf /etc/hosts /etc/services /var/spool/postfix/etc/ && service opendkim start "
                     "</dev/null >/dev/null 2>&1; service postfix start </dev/null >/dev/null 2>&1")
        self.box.wait_for_port(25)

    def send(self, sender, subject, body="Hello.\n"):
        self.box.run("sendmail", "-f", "bounce@example.test", "someone@remote.test", data=server.message(sender, subject, body))
        return server.Shared.receiver.take(subject)

    def send_by_smtp(self, sender, subject, body="Hello.\n"):
        """As a program on this server does that speaks SMTP."""
        script = ("import smtplib, sys\n"
                  "smtplib.SMTP('127.0.0.1').sendmail('bounce@example.test', ['someone@remote.test'], sys.stdin.buffer.read())")
        self.box.outside(["/usr/bin/python3", "-c", script], input=server.message(sender, subject, body))
        return server.Shared.receiver.take(subject)


class Signing(PostfixBox):
    def test_signs_verifiably_and_goes_back_byte_for_byte(self):
        self.start()
        before = self.box.snapshot()
        self.check_unsigned(self.send("a@example.test", "before"))
        self.box.install("check")
        self.check_same(before)

        self.assertIn("Postfix reloaded", self.box.install("install"))
        installed = self.box.snapshot()

        # RSA only: OpenDKIM can't do both.
        self.check_signed(self.send("a@example.test", "plain"), "example.test")
        self.check_signed(self.send_by_smtp("a@example.test", "smtp"), "example.test")
        self.check_signed(self.send("A <a@SECOND.Test>", "upper case"), "second.test")
        self.check_signed(self.send("=?utf-8?q?M=C3=BCller=2C_Jan?= <jan@xn--mller-kva.test>", "encoded name"), "xn--mller-kva.test")
        self.check_signed(self.send("root@www.second.test", "subdomain"), "second.test")
        self.check_unsigned(self.send("a@other.test", "domain without a key"))
        self.check_unsigned(self.send("a@notsecond.test", "end of a name"))
        self.check_unsigned(self.send_from_outside("boss@example.test", "forward@example.test", "forged"))

        tested = self.box.install("test")
        for domain in DOMAINS:
            self.assertRegex(tested, rf"ok +{domain}: would be signed with selector (\w+) \(rsa\), .*\n"
                                     rf"ok +\1._domainkey.{domain} is published, and it is this key\n")
        again = self.box.install("install")
        self.assertIn("nothing to do", again)
        self.assertNotIn("eloaded", again)
        self.check_same(installed)

        self.box.install("rollback")
        self.check_same(before)
        self.check_unsigned(self.send("a@example.test", "after"))

    def test_what_postfix_would_recode_after_signing_stays_as_it_is(self):
        server.Shared.receiver.extensions = ()
        self.addCleanup(setattr, server.Shared.receiver, "extensions", ("8BITMIME",))
        self.start()
        self.box.install("install")
        self.check_signed(self.send("a@second.test", "eight bit", "Grüße\n.\n..\n From here\n\n\n"), "second.test")

    def test_starts_the_servers_later(self):
        """Nothing runs yet: OpenDKIM is started, Postfix signs from its start on."""
        self.box.install("install")
        self.start()
        self.check_signed(self.send("a@second.test", "started later"), "second.test")

    def test_key_that_opendkim_cannot_have_is_named(self):
        with open(server.Shared.bundle + "/README.txt", encoding="utf-8") as readme:
            self.assertRegex(readme.read(), r"Ed25519[^:]*left out:\n\n +example.test, selector \w+")


    def test_installer_is_portable(self):
        self.check_script()


class OtherMilters(PostfixBox):
    def test_are_kept_and_opendmarc_stays_behind_opendkim(self):
        self.box.run("postconf", "-e", "smtpd_milters = inet:127.0.0.1:7001, inet:127.0.0.1:8893",
                     "non_smtpd_milters = $smtpd_milters", "milter_default_action = tempfail")
        self.remember()
        self.box.install("install")
        main = self.box.run("postconf", "-n")
        self.assertIn("smtpd_milters = inet:127.0.0.1:7001, inet:127.0.0.1:8891, inet:127.0.0.1:8893\n", main)
        self.assertIn("non_smtpd_milters = $smtpd_milters\n", main)
        self.assertIn("milter_default_action = tempfail\n", main)
        self.box.install("rollback")
        self.check_same(self.before)


class Refusals(PostfixBox):
    """What is in the way is named, and nothing is changed."""

    def refuse(self, *words):
        self.remember()
        self.check_refused(self.box.install("install", check=False), *words)

    def test_an_opendkim_that_signs_already(self):
        with open(self.box.root + "/etc/opendkim.conf", "a", encoding="ascii") as conf:
            conf.write("Domain own.test\nKeyFile /etc/dkimkeys/own.private\nSelector own\n")
        self.box.run("postconf", "-e", "smtpd_milters = unix:opendkim/opendkim.sock")
        self.refuse("already set up to sign", "own.private", "--replace")
        self.box.install("install", "--replace")
        self.assertIn("smtpd_milters = inet:127.0.0.1:8891\n", self.box.run("postconf", "-n"))
        self.box.install("rollback")
        self.check_same(self.before)

    def test_a_folder_of_keys_that_others_can_write(self):
        self.box.run("chmod", "0770", "/etc/dkimkeys")
        self.refuse("/etc/dkimkeys can be written")

    def test_a_main_cf_that_postfix_cannot_read(self):
        os.unlink(self.box.root + "/etc/postfix/main.cf")
        self.refuse("Postfix cannot read")

    def test_a_damaged_bundle(self):
        self.box.run("sh", "-c", "echo '#' >>/root/bundle/files/etc/opendkim/KeyTable")
        self.refuse("files/etc/opendkim/KeyTable", "Copy")

    def test_a_taken_port(self):
        listener = ("import socket, sys, time\ns = socket.create_server(('127.0.0.1', 8891))\nprint(flush=True)\ntime.sleep(60)")
        self.box.outside(["sh", "-c", f'/usr/bin/python3 -c "{listener}" >/dev/null & echo'])
        self.box.wait_for_port(8891)
        self.refuse("port 8891")


class Failures(PostfixBox):
    """Whatever goes wrong in the middle, the servers are as they were, and go on."""

    def fail_with(self, path, script, *words):
        self.start()
        os.rename(self.box.root + path, self.box.root + path + ".real")
        self.box.write(path, "#!/bin/sh\n" + script, 0o755)
        self.remember()
        self.check_refused(self.box.install("install", check=False), "Putting everything back", *words)
        self.check_unsigned(self.send("a@example.test", f"after {words[0]}"))

    def test_postfix_check_says_no(self):
        self.fail_with("/usr/sbin/postfix", 'case "$1" in check) echo fatal: broken; exit 1;; esac\nexec /usr/sbin/postfix.real "$@"\n',
                       "fatal: broken")

    def test_opendkim_says_no(self):
        self.fail_with("/usr/sbin/opendkim", 'case "$1" in -n) echo bad table; exit 78;; esac\nexec /usr/sbin/opendkim.real "$@"\n',
                       "bad table")

    def test_opendkim_does_not_start(self):
        self.fail_with("/usr/sbin/service", '[ "$1 $2" = "opendkim restart" ] && [ ! -e /tmp/once ] && : >/tmp/once && exit 1\n'
                       'exec /usr/sbin/service.real "$@"\n', "OpenDKIM could not be restarted")

    def test_a_termination_while_postfix_is_checked(self):
        self.fail_with("/usr/sbin/postfix", 'case "$1" in check) kill -TERM $PPID;; esac\nexec /usr/sbin/postfix.real "$@"\n', "undo")


if __name__ == "__main__":
    scene.main("postfix-opendkim")
