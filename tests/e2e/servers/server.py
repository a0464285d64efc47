"""What every stack's tests share: how mail goes in, and what must hold for what comes out."""

import subprocess
import unittest

import scene
import world


class Shared:
    """Made once per program: the bundle of all domains, the one of one domain, and the world."""

    bundle = one = zones = dns = receiver = None


def set_up(stack, algorithms):
    world.make_network()
    bundles = scene.Bundles(stack, algorithms)
    Shared.bundle = bundles.export(*algorithms)
    Shared.one = bundles.export("example.test")
    Shared.zones = scene.zone_texts(Shared.bundle)
    Shared.dns = world.Dns(scene.new_folder("dns"), Shared.zones)
    Shared.receiver = world.Receiver()


def tear_down():
    Shared.receiver.shutdown()
    Shared.dns.close()


def message(sender, subject, body="Hello.\n"):
    return (f"From: {sender}\nTo: someone@remote.test\nSubject: {subject}\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n"
            f"Message-ID: <{subject.replace(' ', '.')}@example.test>\n\n{body}").encode()


class ServerTest(unittest.TestCase):
    """A server as it comes from its packages, new for every test."""

    def setUp(self):
        self.box = scene.new_box()
        self.addCleanup(self.box.close)
        self.configure()
        self.box.give_bundle(Shared.bundle)

    def configure(self):
        raise NotImplementedError

    def send(self, sender, subject, body="Hello.\n"):
        """As cron or a web application does."""
        raise NotImplementedError

    def send_from_outside(self, sender, recipient, subject):
        """As a stranger's server does."""
        script = ("import smtplib, sys\n"
                  f"smtplib.SMTP({self.box.address!r}, source_address=({world.STRANGER!r}, 0))"
                  f".sendmail('x@stranger.test', [{recipient!r}], sys.stdin.buffer.read())")
        world.run_python(script, message(sender, subject))
        return Shared.receiver.take(subject)

    def check_signed(self, mail, domain, algorithms=("rsa-sha256",)):
        """Signed with d= of that domain, with those algorithms, and every verifier agrees."""
        found = world.signatures(mail)
        self.assertEqual([(d, a) for d, _, a in found], [(domain, a) for a in algorithms], mail)
        for program, results in world.verdicts(mail).items():
            for _, selector, algorithm in found:
                if program == "Mail::DKIM" and algorithm == "ed25519-sha256":
                    continue  # Debian 12's does not know it.
                self.assertIs(results.get(selector), True, f"{program}: {results}\n{mail.decode()}")

    def check_unsigned(self, mail):
        self.assertEqual(world.signatures(mail), [])

    def check_refused(self, output, *words):
        """An install that ended with a clear word, and changed nothing."""
        self.assertNotEqual(output.status, 0, output)
        for word in words:
            self.assertIn(word, output)
        self.check_same(self.before, output)

    def check_same(self, before, output=""):
        """Every file of the configuration is as it was then: kind, mode, owner, content."""
        now = self.box.snapshot()
        changed = [f"{path}: {before.get(path)} -> {now.get(path)}" for path in sorted(before.keys() | now.keys())
                   if before.get(path) != now.get(path)]
        self.assertEqual(changed, [], output)

    def check_script(self):
        """Any POSIX shell can run it, and the linter has nothing to say."""
        script = Shared.bundle + "/install.sh"
        subprocess.run(["dash", "-n", script], check=True)
        linted = subprocess.run(["shellcheck", "--shell=sh", script], check=False, capture_output=True, text=True)
        self.assertEqual(linted.stdout, "")

    def remember(self):
        self.before = self.box.snapshot()
