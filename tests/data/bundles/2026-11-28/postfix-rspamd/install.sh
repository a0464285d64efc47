#!/bin/sh
# Made by Sealwright. Run it as root on the mail server: "sh install.sh help" tells how.
# Only the line before the last does anything, so a script that was cut short does nothing.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 077

title='Postfix with rspamd on Debian'
stack='postfix-rspamd'
manifest_sha256={{manifest}}

usage() {
    cat <<'END'
sh install.sh check      look at this server and say what would change; changes nothing
sh install.sh install    back up, write, let the server check its configuration, reload; undone if anything fails
sh install.sh test       show with which key mail of each domain would be signed, and whether DNS has that key
sh install.sh status     show what is installed
sh install.sh rollback   put everything back as it was before the first install

  --root DIR                  work on the system in DIR (an image, a container); nothing is reloaded there
  --replace                   replace a DKIM set-up of your own that is in the way (it is backed up)
  --no-smarthost-signing      exim: do not sign what goes out through a smarthost
END
}

# ---- Talking

stops=0
ok() { printf 'ok      %s\n' "$1"; }
note() { printf 'note    %s\n' "$1"; }
stop() {
    printf 'STOP    %s\n' "$1"
    stops=$((stops + 1))
}
more() { printf '        %s\n' "$@"; }
fail() {
    printf 'STOP    %s\n' "$1" >&2
    exit 1
}
# The end of what a program said, for people.
said() { tail -n 8 "$1" | sed 's/^/          /'; }

# ---- The system we work on: $root is empty for this one

in_root() {
    if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi
}
as_user() {
    account=$1
    shift
    in_root runuser -u "$account" -- "$@"
}
# shellcheck disable=SC2016 # the inner shell expands it
have() { in_root sh -c 'command -v "$1" >/dev/null' sh "$1"; }
id_of() { # passwd|group NAME
    if [ -n "$root" ]; then
        awk -F: -v name="$2" '$1 == name { print $3; exit }' "$root/etc/$1"
    else
        getent "$1" "$2" | cut -d: -f3
    fi
}
ids_of() { printf '%s:%s' "$(id_of passwd "${1%:*}")" "$(id_of group "${1#*:}")"; }
mode_and_ids() { stat -c '%a %u:%g' "$1"; }
inode() { stat -c %d:%i "$1"; }
beside() { printf '%s/.sealwright-%s.%s' "$(dirname "$2")" "$1" "$(basename "$2")"; }
# A link of the admin's stays one: we work on what it points to.
real() {
    if [ -L "$root$1" ]; then in_root readlink -f "$1"; else printf '%s\n' "$1"; fi
}

service_is() { # ACTION NAME: without systemd, "service" works where invoke-rc.d refuses
    if [ -d /run/systemd/system ]; then
        systemctl "$1" "$2"
    else
        service "$2" "$1"
    fi </dev/null >"$work/service" 2>&1 9>&-
}
is_running() { [ -z "$root" ] && service_is status "$1"; }

# ---- The bundle

table() { sed -n "s/^ *{$1}.*/$2/p" "$here/manifest.json"; }
field='"\([^"]*\)"'
read_manifest() {
    table "\"path\": $field, \"owner\": $field, \"mode\": $field" '\3 \2 \1' >"$work/folders"
    table "\"from\": $field, \"sha256\": $field, \"path\": $field, \"owner\": $field, \"mode\": $field, \"placement\": $field" \
        '\5 \4 \6 \1 \3' >"$work/files"
    table "\"from\": $field, \"sha256\": $field, \"path\": $field, \"owner\": $field, \"mode\": $field, \"domain\": $field, \"selector\": $field, \"type\": $field, \"publicKey\": $field" \
        '\5 \4 \1 \3 \6 \7 \8 \9' >"$work/keys"
    sed -n "s/^ *{\"from\": $field, \"sha256\": $field.*/\2  \1/p" "$here/manifest.json" >"$work/sums"
    cut -d' ' -f5 "$work/keys" | sort -u >"$work/domains"
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
    if ! (cd "$here" && sha256sum --check --strict --quiet "$work/sums") >"$work/damaged" 2>&1; then
        sed -n 's/: FAILED.*//p' "$work/damaged" | sort -u | while read -r file; do more "damaged or missing: $file"; done
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

# ---- What would be written: $work/plan, one "dir|file MODE UID:GID PATH SOURCE" a line

plan_folder() {
    [ -d "$root$3" ] && [ "$(mode_and_ids "$root$3")" = "${1#0} $(ids_of "$2")" ] || echo "dir ${1#0} $(ids_of "$2") $3 -" >>"$work/plan"
}
plan_file() { # MODE UID:GID PATH SOURCE
    if [ -f "$root$3" ] && cmp -s "$root$3" "$4" && [ "$(mode_and_ids "$root$3")" = "$1 $2" ]; then
        echo "$3" >>"$work/same"
    else
        echo "file $1 $2 $3 $4" >>"$work/plan"
    fi
}
# A file that is not ours keeps its owner and mode.
plan_part() { # MODE OWNER PATH SOURCE
    target=$(real "$3")
    if [ -e "$root$target" ]; then
        # shellcheck disable=SC2046 # two words
        plan_file $(mode_and_ids "$root$target") "$target" "$4"
    else
        plan_file "${1#0}" "$(ids_of "$2")" "$target" "$4"
    fi
}
# The block of ours in $1 instead of the one in file $2, or behind its last line.
with_block() {
    awk -v block="$1" '
        function put() { while ((getline line < block) > 0) print line; done = 1 }
        /^# BEGIN Sealwright/ { ours = 1; if (!done) put() }
        !ours { print }
        /^# END Sealwright/ { ours = 0 }
        END { if (!done) put() }' "$2"
}
make_plan() {
    : >"$work/plan"
    : >"$work/same"
    mkdir -p "$work/stage"
    while read -r mode owner path; do plan_folder "$mode" "$owner" "$path"; done <"$work/folders"
    while read -r mode owner from path _; do plan_file "${mode#0}" "$(ids_of "$owner")" "$path" "$here/$from"; done <"$work/keys"
    while read -r mode owner placement from path; do
        if [ "$placement" = whole ]; then
            plan_file "${mode#0}" "$(ids_of "$owner")" "$path" "$here/$from"
        fi
    done <"$work/files"
    plan_parts
}
show_plan() {
    while read -r kind _ _ path _; do
        if [ "$kind" = dir ] && [ ! -d "$root$path" ]; then
            printf 'new     %s/\n' "$path"
        elif [ "$kind" = dir ]; then
            printf 'rights  %s/\n' "$path"
        elif [ -e "$root$path" ]; then
            printf 'change  %s\n' "$path"
        else
            printf 'new     %s\n' "$path"
        fi
    done <"$work/plan"
    while read -r path; do printf 'same    %s\n' "$path"; done <"$work/same"
}

# ---- Undoing: a folder with "list" (kind, number or mode, owner, path) and "data", made before the first change

base_of() { printf '%s/var/backups/sealwright/%s' "$root" "$stack"; }

remember_file() {
    if [ -e "$root$1" ]; then
        count=$((count + 1))
        cp -a "$root$1" "$pending/data/$count" || return 1
        echo "file $count - $1"
    else
        echo "nofile - - $1"
    fi >>"$pending/new"
}
remember() {
    pending=$base/pending
    mkdir -p "$base" && rm -rf "$pending" && mkdir "$pending" "$pending/data" && : >"$pending/new" || return 1
    count=0
    while read -r kind _ _ path _; do
        if [ "$kind" = file ]; then
            remember_file "$path" || return 1
        elif [ -d "$root$path" ]; then
            echo "dir $(mode_and_ids "$root$path") $path" >>"$pending/new"
        else
            echo "nodir - - $path" >>"$pending/new"
        fi
    done <"$work/plan"
    for path in $generated; do remember_file "$path" || return 1; done
    running_before >"$pending/running"
    sync && mv "$pending/new" "$pending/list"
}

# The old file waits beside its place as a second link, so that putting it back needs no space on the disk.
put_file() { # MODE UID:GID PATH SOURCE
    new=$(beside new "$root$3")
    cp "$4" "$new" && chown "$2" "$new" && chmod "$1" "$new" && sync "$new" || return 1
    if [ -e "$root$3" ]; then ln -f "$root$3" "$(beside old "$root$3")" || return 1; fi
    mv -f "$new" "$root$3"
}
put_folder() {
    if [ ! -d "$root$3" ]; then mkdir "$root$3" || return 1; fi
    chown "$2" "$root$3" && chmod "$1" "$root$3"
}
put_back_file() { # COPY PATH
    old=$(beside old "$2")
    if [ -e "$old" ] && [ -e "$2" ] && [ "$(inode "$old")" = "$(inode "$2")" ]; then
        rm -f "$old"
    elif [ -e "$old" ]; then
        mv -f "$old" "$2"
    elif cmp -s "$1" "$2"; then
        chown --reference="$1" "$2" && chmod --reference="$1" "$2"
    else
        new=$(beside new "$2")
        { cp -a "$1" "$new" && mv -f "$new" "$2"; } || {
            rm -f "$new"
            return 1
        }
    fi
}
put_back() { # FOLDER: what its list says, last first
    bad=0
    tac "$1/list" >"$work/undo" || return 1
    while read -r kind number ids path; do
        [ "$kind" = dir ] || rm -f "$(beside new "$root$path")"
        case $kind in
        file) put_back_file "$1/data/$number" "$root$path" ;;
        nofile) rm -f "$root$path" ;;
        dir) chown "$ids" "$root$path" && chmod "$number" "$root$path" ;;
        nodir) [ ! -d "$root$path" ] || rmdir "$root$path" 2>/dev/null || note "$path has other files in it and stays" ;;
        esac || {
            bad=1
            printf 'STOP    could not put back %s; its old content is in %s\n' "$path" "$1" >&2
        }
    done <"$work/undo"
    return $bad
}
drop_links() {
    while read -r _ _ _ path; do rm -f "$(beside old "$root$path")"; done <"$1/list"
}

# What was there before the first install goes to original/, and stays until the rollback.
commit() {
    while read -r kind _ _ path; do
        [ "$kind" != file ] && [ "$kind" != nofile ] || [ ! -f "$root$path" ] || sha256sum "$root$path"
    done <"$pending/list" >"$work/installed"
    drop_links "$pending"
    if [ ! -d "$base/original" ]; then
        mv "$work/installed" "$base/installed" && mv "$pending" "$base/original"
        return
    fi
    count=$(wc -l <"$base/original/list")
    while read -r kind number ids path; do
        ! cut -d' ' -f4 "$base/original/list" | grep -qxF "$path" || continue
        count=$((count + 1))
        if [ "$kind" = file ]; then
            cp -a "$pending/data/$number" "$base/original/data/new$count" || return 1
            number=new$count
        fi
        echo "$kind $number $ids $path" >>"$base/original/list"
    done <"$pending/list"
    cut -c67- "$work/installed" >"$work/names"
    grep -vF -f "$work/names" "$base/installed" >>"$work/installed"
    mv "$work/installed" "$base/installed" && mv "$pending" "$base/$(date +%Y%m%d-%H%M%S).$$"
}

# ---- Ending, well or not

changing=no
activated=no
undo_install() {
    trap '' HUP INT TERM
    changing=no
    if [ ! -e "$pending/list" ]; then
        rm -rf "$pending"
        return
    fi
    printf 'undo    Putting everything back as it was.\n' >&2
    put_back "$pending"
    undone=$?
    [ "$activated" = no ] || reload_old # It reads in $pending what was running.
    if [ $undone -eq 0 ]; then
        rm -rf "$pending"
        [ -d "$base/original" ] || rm -f "$base/installed"
        printf 'undo    Done: nothing has changed.\n' >&2
    fi
}
at_exit() {
    status=$?
    [ "$changing" = no ] || undo_install
    rm -rf "$work"
    rmdir "$base" "$(dirname "$base")" 2>/dev/null # Only where nothing is in them.
    exit "$status"
}
catch_signals() {
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
lock() {
    exec 9>"$root/run/sealwright.lock" || fail "cannot write to $root/run"
    flock -n 9 || fail "another install.sh is running on this server"
}
# After a power failure or kill -9 in the middle of an install.
recover() {
    pending=$base/pending
    if [ -e "$pending/list" ]; then
        note "an earlier install was cut short; it is undone first"
        activated=yes
        undo_install
        activated=no
        [ ! -e "$pending/list" ] || exit 1
        catch_signals
    fi
    rm -rf "$pending"
}

# ---- The verbs

do_check() {
    verify_bundle
    [ $verified = yes ] || exit 1
    check_server
    if [ $stops -eq 0 ]; then check_owners; fi
    if [ $stops -gt 0 ]; then
        printf 'Nothing was changed. Please see to the lines marked STOP.\n'
        exit 1
    fi
    make_plan
    [ $stops -eq 0 ] || exit 1
}
do_install() {
    lock
    recover
    do_check
    if [ ! -s "$work/plan" ]; then
        ok "everything is in place: nothing to do"
        exit 0
    fi
    changing=yes
    remember || fail "could not back up to $base; nothing was changed"
    while read -r wanted_kind wanted_mode wanted_ids wanted_path source; do
        before "$wanted_path"
        case $wanted_kind in
        dir) put_folder "$wanted_mode" "$wanted_ids" "$wanted_path" ;;
        file) put_file "$wanted_mode" "$wanted_ids" "$wanted_path" "$source" ;;
        esac || fail "could not write $wanted_path"
        printf 'wrote   %s\n' "$wanted_path"
    done <"$work/plan"
    validate
    activated=yes # From here on an undo reloads as well.
    reload_new
    # From here on it is kept: a signal between the next two lines would undo what has just been kept.
    trap '' HUP INT TERM
    commit || fail "could not keep the backup in $base"
    changing=no
    ok "installed; the files of before are in $base/original"
    printf 'Next: sh install.sh test\n'
}

do_rollback() {
    lock
    recover
    original=$base/original
    [ -f "$original/list" ] || {
        ok "nothing of ours is installed: nothing to do"
        exit 0
    }
    keep=$(dirname "$base")/$stack-before-rollback-$(date +%Y%m%d-%H%M%S)
    sha256sum --check --quiet "$base/installed" 2>/dev/null | sed -n 's/: FAILED$//p' >"$work/edited"
    while read -r path; do
        case " $generated " in *" ${path#"$root"} "*) continue ;; esac
        { mkdir -p "$keep$(dirname "${path#"$root"}")" && cp -a "$path" "$keep${path#"$root"}"; } || fail "could not keep a copy of $path"
        note "${path#"$root"} was edited since; a copy of it is in $keep"
    done <"$work/edited"
    put_back "$original" || exit 1
    while read -r kind _ _ path; do
        if [ "$kind" = nofile ]; then printf 'removed %s\n' "$path"; fi
        if [ "$kind" = file ]; then printf 'restored %s\n' "$path"; fi
    done <"$original/list"
    pending=$original
    reload_old
    rm -rf "$base"
    ok "everything is as it was before the first install"
}

do_status() {
    verify_bundle >/dev/null
    [ $verified = yes ] || exit 1
    if [ ! -f "$base/original/list" ]; then
        echo "$title: not installed."
        exit 0
    fi
    echo "$title: installed $(date -r "$base/installed" '+on %Y-%m-%d at %H:%M')."
    check_owners
    check_server >/dev/null
    make_plan
    show_plan | sed 's/^new    /missing/; s/^change /differs/; s/^same   /in place/'
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
    verify_bundle
    [ $verified = yes ] || exit 1
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
    [ $stops -eq 0 ]
}

main() {
    verb=
    root=
    replace=no
    smarthost_signing=yes
    # shellcheck disable=SC2034 # smarthost_signing is for exim's part
    while [ $# -gt 0 ]; do
        case $1 in
        --root)
            [ $# -gt 1 ] || fail "--root needs a folder"
            root=$(cd "$2" 2>/dev/null && pwd) || fail "there is no folder $2"
            [ "$root" != / ] || root=
            shift
            ;;
        --replace) replace=yes ;;
        --no-smarthost-signing) smarthost_signing=no ;;
        help | -h | --help)
            usage
            exit 0
            ;;
        check | install | test | status | rollback) verb="$verb$1" ;;
        *) verb=none ;;
        esac
        shift
    done
    case $verb in
    check | install | test | status | rollback) ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
    [ "$(id -u)" = 0 ] || fail "please run this as root: sudo sh install.sh $verb"
    here=$(cd "$(dirname "$0")" && pwd)
    script=$here/$(basename "$0")
    base=$(base_of)
    work=$(mktemp -d "$root/tmp/sealwright.XXXXXX") || fail "cannot write to $root/tmp"
    chmod 0711 "$work" # The server's user reads a test message in it; all else is 0600.
    trap at_exit EXIT
    catch_signals
    case $verb in
    check)
        do_check
        show_plan
        [ -s "$work/plan" ] || ok "everything is in place: nothing to do"
        ;;
    *) "do_$verb" ;;
    esac
}

# ---- What is special about this server

signer=rspamd
service=rspamd
account=_rspamd
milter=inet:127.0.0.1:11332
port=11332
networks=/etc/rspamd/local.d/sign_networks.map
generated=
signing_conf=/etc/rspamd/local.d/dkim_signing.conf

# What every signer beside Postfix needs. It is in $signer (for people), $service, $account, $milter, $port and $networks.
main_cf=/etc/postfix/main.cf

# As /proc/net/tcp has it.
listening() { grep -qE "^ *[0-9]+: [0-9A-F]+$(printf ':%04X' "$port") [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null; }
postfix_is_running() { [ -z "$root" ] && postfix status </dev/null >/dev/null 2>&1; }

# Two of our bundles on one main.cf: the rollback of one would take away what the other wrote.
check_other_stack() {
    for other in "$root"/var/backups/sealwright/*/original/list; do
        if [ "$other" != "$base/original/list" ] && grep -qs " $main_cf\$" "$other"; then
            other=$(dirname "$(dirname "$other")")
            stop "the bundle for $(basename "$other") is installed here; run \"sh install.sh rollback\" in its folder first"
        fi
    done
}
check_postfix() {
    in_root postconf -n </dev/null >"$work/main" 2>"$work/said" || {
        said "$work/said"
        stop "Postfix cannot read $main_cf"
        return
    }
    check_other_stack
    if grep -qE '^[[:space:]]*-o[[:space:]]*(smtpd_milters[[:space:]]*=|receive_override_options[[:space:]]*=.*no_milters)' "$root/etc/postfix/master.cf"; then
        note "/etc/postfix/master.cf gives some services milters of their own (or none). Mail that comes in only there"
        more "is not signed until $milter is added to those lines:"
        grep -nE '^[[:space:]]*-o[[:space:]]*(smtpd_milters|receive_override_options)' "$root/etc/postfix/master.cf" | sed 's/^/          /'
    fi
    if grep -qE '^milter_default_action = ' "$work/main" && ! grep -qx 'milter_default_action = accept' "$work/main"; then
        note "$(grep '^milter_default_action' "$work/main") stays as you set it: while $signer is down, mail waits"
        more "(with \"accept\" it would go out unsigned instead)."
    fi
    clients=$(in_root postconf -xh mynetworks 2>/dev/null | tr -s ', ' '\n' |
        grep -vE '^(127\.|\[::1\]|\[::ffff:127\.|$)' | tr '\n' ' ')
    if [ -n "$clients" ]; then
        note "mail from these networks is relayed, but signed only if you add them to $networks:"
        more "$clients"
    fi
}

plan_main_cf() {
    grep -v '^#' "$here/files$main_cf" >"$work/settings"
    mkdir -p "$work/postfix" && cp "$root$(real $main_cf)" "$work/postfix/main.cf"
    : >"$work/postfix/master.cf"
    while IFS= read -r line; do
        name=${line%% =*}
        value=${line#*= }
        old=$(in_root postconf -h "$name" 2>/dev/null)
        case $name in
        *_milters)
            check_milters "$name" "$old"
            value=$(with_milter "$old")
            ;;
        milter_default_action) if grep -q "^$name = " "$work/main"; then value=$old; fi ;;
        esac
        [ "$value" = "$old" ] || in_root postconf -c "${work#"$root"}/postfix" -e "$name = $value" || stop "postconf cannot set $name"
    done <"$work/settings"
    plan_part 0644 root:root $main_cf "$work/postfix/main.cf"
}
plan_networks() {
    if [ -e "$root$networks" ]; then cp "$root$networks" "$work/stage/old"; else : >"$work/stage/old"; fi
    with_block "$here/files$networks" "$work/stage/old" >"$work/stage/networks"
    plan_part 0644 root:root "$networks" "$work/stage/networks"
}
plan_parts() {
    plan_networks
    plan_main_cf # Last, because Postfix must not be told of a milter that is not there yet.
}

running_before() { ! is_running "$service" || echo "$service"; }
activate() {
    [ $activated = no ] || return 0
    activated=yes
    check_signer
    while read -r _ _ _ key domain _; do
        as_user "$account" test -r "$key" || fail "$signer's user cannot read the key of $domain: $key"
    done <"$work/keys"
    if [ -n "$root" ]; then return 0; fi
    service_is restart "$service" || {
        said "$work/service"
        fail "$signer could not be restarted"
    }
    seconds=0
    until listening; do
        [ $seconds -lt 60 ] || fail "$signer does not listen on port $port after $seconds seconds; see its log"
        sleep 1
        seconds=$((seconds + 1))
    done
    ok "$signer restarted; it listens on port $port"
}
before() { if [ "$1" = $main_cf ]; then activate; fi; }
validate() {
    activate
    in_root postfix check </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "Postfix does not accept the new configuration (postfix check)"
    }
    ok "$signer and Postfix accept the configuration, and every key can be read"
}
reload_postfix() {
    if [ -n "$root" ]; then
        note "the servers in $root are not reloaded: their mail is signed from their next start on"
    elif postfix_is_running; then
        postfix reload </dev/null >"$work/service" 2>&1 9>&- || return 1
        ok "Postfix reloaded"
    else
        note "Postfix is not running; its mail is signed from its start on"
    fi
}
reload_new() { reload_postfix || { said "$work/service"; fail "Postfix could not be reloaded"; }; }
# Postfix first, so that it never asks a milter that is gone.
reload_old() {
    reload_postfix || note "Postfix could not be reloaded: postfix reload"
    [ -z "$root" ] || return 0
    if grep -q "$service" "$pending/running" 2>/dev/null; then
        service_is restart "$service" || note "$signer could not be restarted: service $service restart"
    else
        service_is stop "$service" || note "$signer could not be stopped: service $service stop"
    fi
}

show_services() {
    is_running "$service" && echo "$signer is running." || echo "$signer is not running."
    postfix_is_running && echo "Postfix is running." || echo "Postfix is not running."
}
test_server() {
    for name in smtpd_milters non_smtpd_milters; do
        case $(in_root postconf -xh $name) in
        *"$milter"*) ;;
        *) stop "Postfix does not ask $signer: $name has no $milter" ;;
        esac
    done
    [ -n "$root" ] || listening || stop "$signer does not listen on port $port: service $service restart"
}

says_something() { grep -qsE '^[[:space:]]*[^#[:space:]]' "$1"; }
# Where the admin has put the milter of rspamd, if he has: "*:11332", "/run/rspamd/milter.sock mode=0660".
own_socket() {
    sed -nE 's/^[[:space:]]*bind_socket[[:space:]]*=[[:space:]]*"?([^";]*).*/\1/p' \
        "$root/etc/rspamd/local.d/worker-proxy.inc" "$root/etc/rspamd/override.d/worker-proxy.inc" 2>/dev/null | tail -n 1
}
# The name by which Postfix asks that milter already: it stays.
known_milter() {
    in_root postconf -xh smtpd_milters 2>/dev/null | tr -s ',{} \t' '\n' |
        grep -E "^inet:(localhost|127\.0\.0\.1|\[::1\]):$port\$" | sed -n 1p
}
check_socket() {
    socket=$(own_socket)
    case $socket in
    '') ;;
    *:*[0-9]) port=${socket##*:} ;;
    *)
        stop "rspamd's milter listens on a local socket ($socket), which \"install\" can't hand to Postfix."
        more "Give it a port in worker-proxy.inc, for example: bind_socket = \"localhost:11332\";"
        ;;
    esac
    milter=$(known_milter)
    milter=${milter:-inet:127.0.0.1:$port}
    if [ -z "$root" ] && listening && ! is_running rspamd; then
        stop "another program listens on port $port, which rspamd is to use"
    fi
}
check_rspamd() {
    if says_something "$root$signing_conf" && ! grep -q '^# Made by Sealwright' "$root$signing_conf"; then
        if [ "$replace" = yes ]; then
            note "\"install\" replaces your own $signing_conf; it is backed up"
        else
            stop "rspamd is already set up to sign here ($signing_conf)."
            more "To let \"install\" replace it (it is backed up): install --replace"
        fi
    fi
    for file in /etc/rspamd/override.d/dkim_signing.conf /var/lib/rspamd/dynamic/dkim_signing.conf; do
        if says_something "$root$file"; then
            stop "$file counts more than what \"install\" writes: empty it, then run this again"
        fi
    done
    if grep -qsiE '^[[:space:]]*(KeyTable|SigningTable|KeyFile|Domain)[[:space:]]' "$root/etc/opendkim.conf"; then
        note "OpenDKIM is set up to sign here too. Two signatures of a kind do no harm; to end it, take OpenDKIM out of"
        more "smtpd_milters and non_smtpd_milters when this is installed."
    fi
}
check_server() {
    { have postconf && have rspamadm; } || {
        stop "Postfix and rspamd must be installed first: apt install postfix rspamd"
        return
    }
    ok "Postfix $(in_root postconf -h mail_version 2>/dev/null), $(in_root rspamd --version 2>/dev/null | sed -n 1p)"
    check_rspamd
    check_socket
    check_postfix
    check_other_domains "$root$signing_conf" 's/^  "\([^"]*\)" {$/\1/; t; d'
}

# Behind the others, which may change the mail.
check_milters() { :; }
with_milter() {
    # shellcheck disable=SC2016 # as it stands in main.cf
    case "$1" in
    *"$milter"* | *'$smtpd_milters'*) printf '%s\n' "$1" ;;
    '') printf '%s\n' "$milter" ;;
    *) printf '%s, %s\n' "$1" "$milter" ;;
    esac
}

check_signer() {
    in_root rspamadm configtest </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "rspamd does not accept the new configuration (rspamadm configtest)"
    }
}

# What rspamd does with a mail of this server.
scan() { # DOMAIN
    printf 'From: postmaster@%s\nTo: postmaster@%s\nSubject: test\n\ntest\n' "$1" "$1" >"$work/message"
    rspamc --json --ip 127.0.0.1 --from "postmaster@$1" <"$work/message" >"$work/answer" 2>/dev/null
}
signing_selectors() { # DOMAIN
    if [ -z "$root" ] && scan "$1"; then
        grep -F " d=$1;" "$work/answer" | sed -nE 's/.*(\\t|; )s=([^;]+);.*/\2/p'
        return 0
    fi
    awk -v domain="\"$1\"" '$2 == "{" { ours = $1 == domain } ours && /selector = / { gsub(/[";]/, ""); print $4, $7 }' \
        "$root$signing_conf" >"$work/selectors"
    while read -r selector file; do
        if as_user _rspamd test -r "$file"; then printf '%s\n' "$selector"; fi
    done <"$work/selectors"
}
main "$@"
