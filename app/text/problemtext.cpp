#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Problem)
};

template <class Code>
QString what(const Problem<Code>& problem) {
    return shown(problem.what);
}

// The place of a fault for people, who count from one.
template <class Code>
QString place(const Problem<Code>& problem) {
    return QString::number(problem.where + 1);
}

} // namespace

QString problemText(const Problem<DomainNameError>& problem) {
    switch (problem.code) {
    case DomainNameError::empty:
        return Sentence::tr("Type a domain name, such as example.org.");
    case DomainNameError::emptyLabel:
        return Sentence::tr("There is nothing between two dots, or before the first one. Write it like example.org.");
    case DomainNameError::labelTooLong:
        return Sentence::tr("The part %1 is too long: between two dots there is room for 63 characters.")
            .arg(what(problem));
    case DomainNameError::nameTooLong:
        return Sentence::tr("The name is too long: a domain name has at most 253 characters.");
    case DomainNameError::badCharacter:
        return Sentence::tr("The character %1 (number %2) can't be in a domain name.")
            .arg(what(problem), place(problem));
    case DomainNameError::hyphenAtEdge:
        return Sentence::tr("The part %1 begins or ends with a hyphen, which is not allowed.").arg(what(problem));
    case DomainNameError::badIdn:
        return Sentence::tr("%1 is not a valid international domain name.").arg(what(problem));
    case DomainNameError::isAddress:
        return Sentence::tr("%1 is an IP address. A domain name is wanted here, such as example.org.")
            .arg(what(problem));
    case DomainNameError::isEmailAddress:
        return Sentence::tr("%1 is a mail address. Only the part behind the @ is wanted here.").arg(what(problem));
    case DomainNameError::isUrl:
        return Sentence::tr("%1 is a web address. Only the domain is wanted here, such as example.org.")
            .arg(what(problem));
    case DomainNameError::singleLabel:
        return Sentence::tr("%1 has no dot. A whole domain name is wanted, such as example.org.").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<SelectorError>& problem) {
    switch (problem.code) {
    case SelectorError::empty:
        return Sentence::tr("Type a selector: a short name for the key, such as s202611.");
    case SelectorError::badCharacter:
        return Sentence::tr("The character %1 (number %2) can't be in a selector. Letters, digits and hyphens can.")
            .arg(what(problem), place(problem));
    case SelectorError::labelTooLong:
        return Sentence::tr("The part %1 of the selector is too long: 63 characters at most.").arg(what(problem));
    case SelectorError::tooLong:
        return Sentence::tr("The selector is too long.");
    case SelectorError::hyphenAtEdge:
        return Sentence::tr("The selector %1 begins or ends with a hyphen, which is not allowed.").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<EmailAddressError>& problem) {
    switch (problem.code) {
    case EmailAddressError::empty:
        return Sentence::tr("Type a mail address, such as postmaster@example.org.");
    case EmailAddressError::noAt:
        return Sentence::tr("%1 is no mail address: there is no @ in it.").arg(what(problem));
    case EmailAddressError::badLocalPart:
        return Sentence::tr("The part before the @ can't be used: %1. Letters, digits and . _ + - are safe.")
            .arg(what(problem));
    case EmailAddressError::badDomain:
        return Sentence::tr("The part behind the @ is no domain name: %1").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<IpAddressError>& problem) {
    switch (problem.code) {
    case IpAddressError::empty:
        return Sentence::tr("Type an IP address, such as 192.0.2.25 or 2001:db8::25.");
    case IpAddressError::notAnAddress:
        return Sentence::tr("%1 is no IP address. It looks like 192.0.2.25 or 2001:db8::25.").arg(what(problem));
    case IpAddressError::badPrefixLength:
        return Sentence::tr("The number behind the slash is wrong: %1. IPv4 has 0 to 32, IPv6 0 to 128.")
            .arg(what(problem));
    case IpAddressError::tooWide:
        return Sentence::tr("%1 has more addresses than any one sender, and would let strangers send as you. Give your "
                            "server's own address, or a network of /16 (IPv6: /32) at most.")
            .arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<KeyError>& problem) {
    switch (problem.code) {
    case KeyError::notAKey:
        return Sentence::tr("There is no private key in it. A PEM file is wanted, which has a line "
                            "-----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.");
    case KeyError::publicKeyOnly:
        return Sentence::tr("This is only the public half of a key. The private key is wanted.");
    case KeyError::passphraseNeeded:
        return Sentence::tr("The key is protected. Type its passphrase.");
    case KeyError::wrongPassphrase:
        return Sentence::tr("The passphrase does not open the key.");
    case KeyError::unsupportedType:
        return Sentence::tr("DKIM does not know this kind of key (%1). RSA and Ed25519 keys can be used.")
            .arg(what(problem));
    case KeyError::tooShort:
        return Sentence::tr("The key is too short (%1 bits). Receivers refuse RSA keys below 1024 bits; make a new one "
                            "of 2048.")
            .arg(what(problem));
    case KeyError::tooLong:
        return Sentence::tr("The key is too long (%1 bits). Many receivers verify at most 4096.").arg(what(problem));
    case KeyError::broken:
        return Sentence::tr("The key is damaged: its parts do not belong together.");
    case KeyError::cancelled:
        return Sentence::tr("Stopped. No key was made.");
    case KeyError::library:
        return Sentence::tr("OpenSSL could not do it: %1").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<VaultError>& problem) {
    switch (problem.code) {
    case VaultError::absent:
        return Sentence::tr("The key is not where it was kept. If you have a copy, import it; otherwise make a new key "
                            "with a new selector.");
    case VaultError::locked:
        return Sentence::tr(
            "The place of your private keys is locked, so nobody can tell what is in it. Unlock it and try again.");
    case VaultError::wrongPassphrase:
        return Sentence::tr("The passphrase does not open the key file.");
    case VaultError::unavailable:
        return Sentence::tr("The place for private keys can't be used: %1").arg(what(problem));
    case VaultError::timedOut:
        return Sentence::tr("Your keyring did not answer in time. Perhaps it waits for a password in another window.");
    case VaultError::damaged:
        return Sentence::tr("What is stored under this key's name is no key: %1").arg(what(problem));
    case VaultError::occupied:
        return Sentence::tr("Another key is stored under this selector already, and was left alone. Choose a new "
                            "selector.");
    case VaultError::cancelled:
        return Sentence::tr("Stopped.");
    }
    return {};
}

QString problemText(const Problem<ProfileError>& problem) {
    switch (problem.code) {
    case ProfileError::notJson:
        return Sentence::tr("The domain's file is damaged (no JSON, at character %1).").arg(place(problem));
    case ProfileError::notAProfile:
        return Sentence::tr("The file is no domain of Sealwright's.");
    case ProfileError::newerVersion:
        return Sentence::tr("The domain was saved by a newer Sealwright. It can be looked at here, and not changed.");
    case ProfileError::badField:
        return Sentence::tr("The domain's file is damaged: the field %1 has a value that can't be.").arg(what(problem));
    case ProfileError::cannotRead:
        return Sentence::tr("The domain's file can't be read: %1").arg(what(problem));
    case ProfileError::cannotWrite:
        return Sentence::tr("The domain can't be saved: %1").arg(what(problem));
    case ProfileError::inUse:
        return Sentence::tr("Another Sealwright is saving this domain just now. Try again.");
    case ProfileError::changedMeanwhile:
        return Sentence::tr("Another Sealwright changed this domain since it was opened here. Nothing was "
                            "overwritten. Open the domain again, and make your change once more.");
    case ProfileError::absent:
        return Sentence::tr("This domain is not set up here yet.");
    }
    return {};
}

QString problemText(const Problem<ResolverError>& problem) {
    switch (problem.code) {
    case ResolverError::noSystemResolver:
        return Sentence::tr("This computer has no DNS server set up: %1").arg(what(problem));
    case ResolverError::badServer:
        return Sentence::tr("%1 is no DNS server. Write it as ADDRESS or ADDRESS@PORT, such as 192.0.2.53@53.")
            .arg(what(problem));
    case ResolverError::unreadableFile:
        return Sentence::tr("The file can't be read: %1").arg(what(problem));
    case ResolverError::badZoneFile:
        return Sentence::tr("This is no zone file: %1").arg(what(problem));
    case ResolverError::zoneNameUnknown:
        return Sentence::tr("The zone file does not say which zone it is for (%1). Add a line $ORIGIN example.org.")
            .arg(what(problem));
    case ResolverError::badTrustAnchor:
        return Sentence::tr("There is no DNSSEC trust anchor (a DS or DNSKEY record) in it: %1").arg(what(problem));
    case ResolverError::library:
        return Sentence::tr("The DNS library could not do it: %1").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<NetworkError>& problem) {
    switch (problem.code) {
    case NetworkError::badCaFile:
        return Sentence::tr("There is no certificate in PEM form (BEGIN CERTIFICATE) in it: %1").arg(what(problem));
    }
    return {};
}

QString problemText(const Problem<spf::RecordError>& problem) {
    switch (problem.code) {
    case spf::RecordError::notSpf:
        return Sentence::tr("This is no SPF record: it does not begin with v=spf1.");
    case spf::RecordError::unknownMechanism:
        return Sentence::tr("SPF does not know the term %1 (character %2).").arg(what(problem), place(problem));
    case spf::RecordError::badDomainSpec:
        return Sentence::tr("%1 (character %2) has no valid domain name.").arg(what(problem), place(problem));
    case spf::RecordError::badNetwork:
        return Sentence::tr("%1 (character %2) has no valid IP address.").arg(what(problem), place(problem));
    case spf::RecordError::badPrefixLength:
        return Sentence::tr("The number behind the slash is wrong in %1 (character %2).")
            .arg(what(problem), place(problem));
    case spf::RecordError::missingValue:
        return Sentence::tr("Something is missing behind %1 (character %2).").arg(what(problem), place(problem));
    case spf::RecordError::unexpectedValue:
        return Sentence::tr("%1 (character %2) takes no value.").arg(what(problem), place(problem));
    case spf::RecordError::badModifier:
        return Sentence::tr("%1 (character %2) can't be read.").arg(what(problem), place(problem));
    case spf::RecordError::duplicateModifier:
        return Sentence::tr("%1 (character %2) is there twice.").arg(what(problem), place(problem));
    case spf::RecordError::badCharacter:
        return Sentence::tr("%1 (character %2) has a character that can't be in an SPF record.")
            .arg(what(problem), place(problem));
    case spf::RecordError::tooLong:
        return Sentence::tr("This is longer than any DNS record can be.");
    }
    return {};
}

QString problemText(const Problem<dkim::KeyRecordError>& problem) {
    switch (problem.code) {
    case dkim::KeyRecordError::badTagList:
        return Sentence::tr("This is no list of tags such as v=DKIM1; p=…: %1").arg(what(problem));
    case dkim::KeyRecordError::badVersion:
        return Sentence::tr("The version is not DKIM1, or not the first tag: %1").arg(what(problem));
    case dkim::KeyRecordError::badKeyType:
        return Sentence::tr("DKIM does not know the key type %1.").arg(what(problem));
    case dkim::KeyRecordError::missingKey:
        return Sentence::tr("There is no key in it (p=).");
    case dkim::KeyRecordError::badKey:
        return Sentence::tr("The key is damaged or cut off: %1").arg(what(problem));
    case dkim::KeyRecordError::tooLong:
        return Sentence::tr("This is longer than any DNS record can be.");
    }
    return {};
}

QString problemText(const Problem<LiveCertificateError>& problem, const DomainName& host) {
    const QString name = QString::fromStdString(host.toUnicode());
    switch (problem.code) {
    case LiveCertificateError::offline:
        return Sentence::tr("Off line no server is asked for its certificate.");
    case LiveCertificateError::unknownHost:
        return Sentence::tr("%1 has no address in the DNS.").arg(name);
    case LiveCertificateError::dnsFailure:
        return Sentence::tr("The DNS did not tell the address of %1. Try again.").arg(name);
    case LiveCertificateError::notReached:
        return Sentence::tr("%1 can't be reached on port 25 from here: %2. Many networks close that port; take the "
                            "certificate from its file.")
            .arg(name, what(problem));
    case LiveCertificateError::noTls:
        return Sentence::tr("%1 shows no certificate: it does not come as far as TLS. Check says why.").arg(name);
    }
    return {};
}

QString problemText(const Problem<CertificateError>& problem) {
    switch (problem.code) {
    case CertificateError::tooLong:
        return Sentence::tr("This file is too long for a certificate.");
    case CertificateError::noCertificate:
        return Sentence::tr("There is no certificate in this file. It begins with -----BEGIN CERTIFICATE-----.");
    case CertificateError::privateKeyOnly:
        return Sentence::tr("This is a private key, and the certificate is wanted. It is in a file of its own, often "
                            "called fullchain.pem or cert.pem.");
    case CertificateError::publicKeyOnly:
        return Sentence::tr("This is a public key or a request, and the certificate is wanted. It begins with "
                            "-----BEGIN CERTIFICATE-----.");
    case CertificateError::notBase64:
        return Sentence::tr("The certificate in this file is damaged or cut off. Copy it again.");
    case CertificateError::malformed:
        return Sentence::tr("The certificate in this file can't be read. Copy it again.");
    case CertificateError::otherHost:
        return problem.what.empty()
                   ? Sentence::tr(
                         "The certificate in this file names no host; it may be that of an authority. Choose the "
                         "one that your mail server shows: with a wrong one in the DNS, mail to you is held "
                         "back.")
                   : Sentence::tr(
                         "The certificate in this file is for %1, and not for your mail server. Choose the one "
                         "that it shows: with a wrong one in the DNS, mail to you is held back.")
                         .arg(what(problem));
    }
    return {};
}

QString problemText(const BundleProblem& bundle) {
    const Problem<BundleError>& problem = bundle.problem;
    const QString key = bundle.key
                            ? QStringLiteral("%1 (%2)").arg(QString::fromStdString(bundle.key->selector.toString()),
                                                            QString::fromStdString(bundle.key->domain.toUnicode()))
                            : QString();
    switch (problem.code) {
    case BundleError::nothingToSign:
        return Sentence::tr("None of these domains has a key that this server can sign with. Make an RSA key first.");
    case BundleError::keyNotLoaded:
        return Sentence::tr("The key %1 could not be fetched. %2")
            .arg(key, bundle.vault ? problemText(*bundle.vault) : QString());
    case BundleError::exists:
        return Sentence::tr(
                   "There is something at %1 already that is not a bundle of Sealwright's. Choose another name.")
            .arg(what(problem));
    case BundleError::cannotWrite:
        return Sentence::tr("The bundle could not be written: %1. Nothing was left behind.").arg(what(problem));
    case BundleError::unknownFormat:
        return Sentence::tr("%1 is neither a folder nor a .tar.gz or .zip file.").arg(what(problem));
    case BundleError::cancelled:
        return Sentence::tr("Stopped. Nothing was written.");
    case BundleError::keyMismatch:
        return Sentence::tr("The stored key %1 is not the one that was set up for the domain. Import the right one, or "
                            "make a new key with a new selector.")
            .arg(key);
    }
    return {};
}

} // namespace sealwright
