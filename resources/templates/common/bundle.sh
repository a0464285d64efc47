# The bundle that this script is part of: whole, and for this server.

table() { sed -n "s/^ *{$1}.*/$2/p" "$here/manifest.json"; }
field='"\([^"]*\)"'
read_manifest() {
    table "\"path\": $field, \"owner\": $field, \"mode\": $field" '\3 \2 \1' | as_here >"$work/folders"
    table "\"from\": $field, \"sha256\": $field, \"path\": $field, \"owner\": $field, \"mode\": $field, \"placement\": $field" \
        '\5 \4 \6 \1 \3' | as_here >"$work/files"
    table "\"from\": $field, \"sha256\": $field, \"path\": $field, \"owner\": $field, \"mode\": $field, \"domain\": $field, \"selector\": $field, \"type\": $field, \"publicKey\": $field" \
        '\5 \4 \1 \3 \6 \7 \8 \9' | as_here >"$work/keys"
    sed -n "s/^ *{\"from\": $field, \"sha256\": $field.*/\2  \1/p" "$here/manifest.json" >"$work/sums"
    cut -d' ' -f5 "$work/keys" | sort -u >"$work/domains"
}

# The files of a list of sums (as sha256sum writes it) that are not there or have another content.
differing() {
    while read -r sum file; do
        [ "$(sha256sum 2>/dev/null <"$file" | cut -d' ' -f1)" = "$sum" ] || printf '%s\n' "$file"
    done 2>/dev/null <"$1"
}
# A script with one octet changed must not go on, wherever that octet is: so all is asked twice, on lines of their own.
verified=no
verify_bundle() {
    own="# sha256 of the lines above: $(sed '$d' "$script" | sha256sum | cut -d' ' -f1)"
    [ "$(tail -n 1 "$script")" = "$own" ] ||
        fail "install.sh is not as it was written. Copy the bundle to the server again."
    [ "$(sha256sum <"$here/manifest.json" | cut -d' ' -f1)" = "$manifest_sha256" ] ||
        fail "manifest.json is damaged or not of this bundle. Copy the bundle to the server again."
    read_manifest
    (cd "$here" && differing "$work/sums") >"$work/damaged" || fail "cannot read $here"
    if [ -s "$work/damaged" ] || [ ! -s "$work/sums" ]; then
        while read -r file; do more "damaged or missing: $file"; done <"$work/damaged"
        fail "This bundle is damaged. Copy it to the server again; nothing was changed."
    fi
    [ "$(tail -n 1 "$script")" = "$own" ] && verified=yes
    ok "the bundle is complete ($(wc -l <"$work/sums") files)"
}

check_owners() {
    cut -d' ' -f2 "$work/folders" "$work/files" "$work/keys" | sort -u >"$work/owners"
    while read -r owner; do
        [ -n "$(id_of passwd "${owner%:*}")" ] || stop "there is no user ${owner%:*} on this server"
        [ -n "$(id_of group "${owner#*:}")" ] || stop "there is no group ${owner#*:} on this server"
    done <"$work/owners"
}

# Domains that an earlier bundle brought here and this one does not know: $1 is the table with "domain" first.
check_other_domains() {
    [ -f "$1" ] && grep -q '^# Made by Sealwright' "$1" || return 0
    grep -v '^[#*]' "$1" | sed "$2" | sort -u | grep -vxF -f "$work/domains" >"$work/others" || return 0
    if [ "$replace" = yes ]; then
        note "no longer signed for, because this bundle does not have them:"
    else
        stop "this server also signs for domains that are not in this bundle:"
    fi
    while read -r domain; do more "$domain"; done <"$work/others"
    [ "$replace" = yes ] || more "Export all domains into one bundle, or drop these with: install --replace"
}
