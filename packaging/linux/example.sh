#!/bin/sh
# example.sh SEALWRIGHT-CLI FOLDER: the wizard's five steps on the command line, for example.org, without asking the DNS.
set -eu
cli=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
SEALWRIGHT_PASSPHRASE=example
export SEALWRIGHT_PASSPHRASE

step() {
    printf '\n== %s\n' "$1"
    shift
    printf '$ sealwright-cli %s\n\n' "$*"
    "$cli" --data-dir "$folder/data" --vault "file:$folder/vault.pem" --offline "$@"
}

step "Domain, keys, records and the bundle for the server" \
    setup example.org --mail-host mail.example.org --stack exim4-debian --out "$folder/example.org-exim4-debian"
step "The records as the fields of a DNS provider's form" records example.org --format fields
"$cli" --data-dir "$folder/data" --offline records example.org --format zone >"$folder/example.org.zone"
step "Check them before they are published" --zone "$folder/example.org.zone" check example.org || true

printf '\nThe bundle to copy to the server is in %s:\n' "$folder/example.org-exim4-debian"
(cd "$folder/example.org-exim4-debian" && find . -type f | sort)
