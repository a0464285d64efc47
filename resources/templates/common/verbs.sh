# What can be asked of this script: check, install, test, status, rollback.

look() {
    check_server
    if [ $stops -eq 0 ]; then check_owners; fi
    if [ $stops -gt 0 ]; then
        note "nothing was changed; please see to the lines marked STOP"
        exit 1
    fi
    make_plan
    check_writable
    [ $stops -eq 0 ] || exit 1
}
do_check() {
    look
    show_plan new change same
    [ -s "$work/plan" ] || ok "everything is in place: nothing to do"
}
do_install() {
    lock
    recover
    add_packages
    look
    if [ ! -s "$work/plan" ]; then
        rm -f "$base/rolling-back"
        [ ! -d "$base/original" ] || keep_choice || fail "could not write to $base"
        ok "everything is in place: nothing to do"
        exit 0
    fi
    changing=yes
    judge_old=yes
    remember || fail "could not back up to $base; nothing was changed"
    while read -r wanted_kind wanted_mode wanted_ids wanted_path source; do
        before "$wanted_path"
        case $wanted_kind in
        dir) put_folder "$wanted_mode" "$wanted_ids" "$wanted_path" ;;
        file) put_file "$wanted_mode" "$wanted_ids" "$wanted_path" "$source" ;;
        gone) take_file "$wanted_path" ;;
        esac || fail "could not write $wanted_path"
        if [ "$wanted_kind" = gone ]; then say removed "$wanted_path"; else say wrote "$wanted_path"; fi
    done <"$work/plan"
    validate
    activated=yes # From here on an undo reloads as well.
    reload_new
    # From here on it is kept: a signal between the next two lines would undo what has just been kept.
    trap '' HUP INT TERM
    { commit && keep_choice; } || fail "could not keep the backup in $base"
    changing=no
    ok "installed; the files of before are in $base/original"
    note "next: sh install.sh test"
}

edited_since() {
    [ -f "$base/installed" ] || return 0
    differing "$base/installed" | while read -r path; do
        [ -e "$path" ] || continue
        case " $generated " in *" ${path#"$root"} "*) ;; *) printf '%s\n' "${path#"$root"}" ;; esac
    done
}
# A rollback puts whole files back, so it would take along what the admin has written into them since.
keep_edits() {
    edited_since >"$work/edited"
    [ -s "$work/edited" ] || return 0
    keep=$(dirname "$base")/$stack-before-rollback-$(date +%Y%m%d-%H%M%S)
    if [ "$replace" = no ]; then
        stop "these files were edited since the install, and the rollback would undo that too:"
        quote <"$work/edited"
        more "To roll back all the same: rollback --replace. A copy of them is then kept in $(dirname "$keep")."
        exit 1
    fi
    while read -r path; do
        { mkdir -p "$keep$(dirname "$path")" && cp -a "$root$path" "$keep$path"; } || fail "could not keep a copy of $path"
        note "$path was edited since; a copy of it is in $keep"
    done <"$work/edited"
}
do_rollback() {
    lock
    recover
    original=$base/original
    [ -f "$original/list" ] || {
        ok "nothing of ours is installed: nothing to do"
        exit 0
    }
    # One that was cut short goes on: what it has put back is not an edit.
    if [ ! -e "$base/rolling-back" ]; then keep_edits; fi
    lay_beside "$original" || {
        no_room_for=$path
        take_from_beside "$original"
        fail "cannot write $no_room_for: its disk is full or read-only, or its folder is gone; nothing was changed"
    }
    touch "$base/rolling-back" || {
        take_from_beside "$original"
        fail "cannot write to $base; nothing was changed"
    }
    put_back "$original" || exit 1
    while read -r kind _ _ path; do
        if [ "$kind" = nofile ]; then say removed "$path"; fi
        if [ "$kind" = file ]; then say restored "$path"; fi
    done <"$original/list"
    pending=$original
    reload_old
    discard || fail "could not remove $base"
    ok "everything is as it was before the first install"
}

do_status() {
    if [ ! -f "$base/original/list" ]; then
        note "$title: not installed"
        exit 0
    fi
    ok "$title: installed $(date -r "$base/installed" '+on %Y-%m-%d at %H:%M')"
    check_server >"$work/seen"
    if [ $stops -gt 0 ]; then
        cat "$work/seen"
        exit 1
    fi
    check_owners
    make_plan
    show_plan missing differs "in place"
    show_services
}

# p= of the records at $1, as the DNS has them.
published_keys() {
    if command -v dig >/dev/null; then
        dig +short +time=3 +tries=2 TXT "$1."
    else
        host -W 3 -t TXT "$1."
    fi </dev/null 2>/dev/null | sed -n 's/" "//g; s/[" \t]//g; s/.*p=\([A-Za-z0-9+\/=]*\).*/\1/p'
}
test_key() { # DOMAIN SELECTOR TYPE PUBLICKEY
    record=$2._domainkey.$1
    if ! command -v dig >/dev/null && ! command -v host >/dev/null; then
        note "$record: neither dig nor host is installed, so DNS was not asked"
        return
    fi
    seen=$(published_keys "$record")
    if [ -z "$seen" ]; then
        note "$record is not published yet, or DNS did not answer: see dns/"
    elif printf '%s\n' "$seen" | grep -qxF "$4"; then
        ok "$record is published, and it is this key"
    else
        stop "$record is published with another key, so receivers refuse this signature: see dns/"
    fi
}
do_test() {
    [ -f "$base/original/list" ] || fail "$title is not installed here yet: run install first"
    test_server
    while read -r _ _ from path domain selector type public; do
        if ! cmp -s "$here/$from" "$root$path"; then
            stop "$domain: $path is not the key of this bundle"
        elif signer=$(signing_selectors "$domain") && printf '%s\n' "$signer" | grep -qxF "$selector"; then
            ok "$domain: would be signed with selector $selector ($type), key $path"
            test_key "$domain" "$selector" "$type" "$public"
        else
            stop "$domain: would not be signed with selector $selector"
        fi
    done <"$work/keys"
    [ $stops -eq 0 ] || exit 1
    [ -z "$send_to" ] || send_mails
}
# Through the server's own sendmail, as cron and web pages do.
send_mails() {
    [ -z "$root" ] || fail "--send works on this system only, not in $root"
    while read -r domain; do
        printf 'From: Sealwright test <postmaster@%s>\nTo: <%s>\nSubject: DKIM test of %s\n\n%s\n' "$domain" "$send_to" "$domain" \
            "This mail shows whether the mail of $domain arrives signed." |
            sendmail -i -f "postmaster@$domain" -- "$send_to" >"$work/said" 2>&1 9>&- || {
            said "$work/said"
            fail "the mail of $domain could not be handed to the mail server"
        }
        ok "$domain: a mail to $send_to is on its way"
    done <"$work/domains"
    note "open it there, choose \"show original\", and let Sealwright's Verify page judge it"
}
