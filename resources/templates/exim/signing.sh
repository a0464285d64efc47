# What both ways to set up exim need. $exim is the program, $exim_user and $exim_group are who delivers and signs, $tables
# is our folder, $trial "-C FILE" while a configuration is tried that is not in place yet, and $own_lines how a DKIM line
# of the admin's begins.
trial=
expander=as_exim

# shellcheck disable=SC2086 # $trial is two words, or none
ask() { in_root "$exim" $trial -bP "$@" </dev/null 2>/dev/null; }
value() { ask "$1" | sed "s/^$1 = //"; }

check_version() {
    in_root "$exim" --version </dev/null >"$work/version" 2>"$work/said" || {
        if grep -q 'configuration error' "$work/said"; then
            stop "exim cannot read its configuration as it is today ($exim --version):"
        else
            stop "$exim does not run on this server:"
        fi
        said "$work/said"
        return 1
    }
    version=$(sed -n '1s/.*version \([0-9.]*\).*/\1/p' "$work/version")
    printf '%s\n' "${version:-0}" | awk -F. '{ exit !($1 > 4 || $1 == 4 && $2 >= 94) }' && return
    stop "$exim here is ${version:-of an unknown version}; 4.94 or later is needed"
    return 1
}
# Two of our bundles on one exim: each would sign, and the rollback of one would leave half of the other.
check_other_stack() {
    for other in exim4-debian exim; do
        if [ "$other" != "$stack" ] && [ -f "$root/var/backups/sealwright/$other/original/list" ]; then
            stop "the bundle for $other is installed here; run \"sh install.sh rollback\" in its folder first"
        fi
    done
}

# DKIM lines outside our block, with the lines that go on from them.
own_lines_in() {
    awk -v begins="$own_lines" '/^# BEGIN Sealwright/ { ours = 1 }
        !ours && (more || $0 ~ begins) { print; more = /\\[ \t\r]*$/ }
        /^# END Sealwright/ { ours = 0 }' "$1"
}
without_own_lines() {
    awk -v begins="$own_lines" '/^# BEGIN Sealwright/ { ours = 1 }
        !ours && (more || $0 ~ begins) { more = /\\[ \t\r]*$/; sub(/\\[ \t\r]*$/, ""); print "# " $0; next }
        { print }
        /^# END Sealwright/ { ours = 0 }' "$1"
}

check_own_lines() { # the files that have some are in $work/own_files
    [ -s "$work/own_files" ] || return 0
    while read -r path; do own_lines_in "$root$path"; done <"$work/own_files" >"$work/own_lines"
    # A name that came with the message is tainted; only the result of a look-up is not.
    from='\$\{?(r?h|r?header)_from|sender_address_domain'
    if grep -qiE "$from" "$work/own_lines" && grep -qiE "/.*($from|\\\$\{?dkim_domain)" "$work/own_lines" &&
        ! grep -q 'lookup' "$work/own_lines"; then
        note "your mail goes out UNSIGNED today: the key's path is built from the From: of the message, and exim"
        more "since 4.94 opens no file whose name came from a message (\"Tainted filename\" in mainlog and paniclog)." \
            "\"install\" comments these lines out and signs with a look-up instead:"
    elif [ "$replace" = yes ]; then
        note "\"install\" comments out your DKIM lines in:"
    else
        stop "you have DKIM lines of your own, which would clash with ours:"
        more "To let \"install\" comment them out (they are backed up): install --replace"
    fi
    while read -r path; do
        own_lines_in "$root$path" | sed "s|^|$path: |" | quote
    done <"$work/own_files"
}
# A macro of the admin's that is used elsewhere, too, would stand there as a mere word once its definition is commented out.
check_macro_use() { # FILE-WITH-OWN-LINES FILE-WITHOUT
    own_lines_in "$1" | sed -nE 's/^[[:space:]]*(DKIM_[A-Z0-9_]+)[[:space:]]*=.*/\1/p' | sort -u |
        grep -vxE 'DKIM_(CANON|DOMAIN|SELECTOR|PRIVATE_KEY|SIGN_HEADERS|STRICT|TIMESTAMPS|HASH|IDENTITY)' >"$work/own_macros"
    while read -r name; do
        grep -vE '^[[:space:]]*[#.]' "$2" | grep -wF "$name" >"$work/uses" || continue
        stop "your macro $name is used for more than signing; give it another name there, then run this again:"
        quote <"$work/uses"
    done <"$work/own_macros"
}
advise_smarthost() { # WHAT "install" DOES THERE
    more "Many smarthosts sign with their own key, change messages (which breaks ours) or refuse a From: of" \
        "other domains. Ask there first. DKIM of your domain only counts if they pass messages on unchanged."
    if [ "$smarthost_signing" = yes ]; then
        more "$@" "If you do not want that: install --no-smarthost-signing"
    else
        more "As you asked, mail through the smarthost is not signed by this server."
    fi
}

# What this exim can tell of incoming mail.
has_spf() { in_root "$exim" -bP macros 2>/dev/null | grep -q '^_HAVE_SPF'; }
tell_what_is_checked() {
    if has_spf; then
        tell_inbound "DKIM and SPF"
    else
        tell_inbound DKIM
        more "This exim was built without SPF; on Debian, exim4-daemon-heavy has it: apt install exim4-daemon-heavy"
    fi
    more "DMARC is not judged by exim."
}

as_exim() {
    if have runuser; then
        in_root runuser -u "$exim_user" -g "$exim_group" -- "$@"
    else
        as_user "$exim_user" "$@"
    fi
}
# Not with $trial: exim writes to its paniclog when its own user asks for another configuration.
expand() { "$expander" "$exim" "$@" </dev/null 2>"$work/expansion"; }
# As exim would, for a message from DOMAIN through $transport: from its configuration to the name of the key.
signing_selectors() {
    printf 'From: Test <postmaster@%s>\n\nTest\n' "$1" >"$work/message"
    chmod 0644 "$work/message"
    # shellcheck disable=SC2086 # $trial is two words, or none
    rule=$(in_root "$exim" $trial -bP transport "$transport" 2>/dev/null | sed -n 's/^dkim_domain = //p')
    signs_as=$(expand -bem "${work#"$root"}/message" "$rule") && [ -n "$signs_as" ] || return 1
    selectors=$(expand -be "\${lookup{$signs_as}lsearch{$tables/selectors}{\$value}}") || return 1
    for file in "$tables/domains" "$tables/selectors" "$tables/$signs_as"; do as_exim test -r "$file" || return 1; done
    for selector in $(printf '%s' "$selectors" | tr ':' ' '); do
        file=$(expand -be "\${lookup{$selector.pem}dsearch,ret=full{$tables/$signs_as}{\$value}}") || return 1
        if [ -n "$file" ] && as_exim test -r "$file"; then printf '%s\n' "$selector"; fi
    done
}
check_acceptance() {
    # shellcheck disable=SC2086
    in_root "$exim" $trial -bV </dev/null >/dev/null 2>"$work/said" || {
        said "$work/said"
        fail "exim does not accept the new configuration ($exim -bV)"
    }
}
check_selectors() {
    while read -r _ _ _ _ domain selector _; do
        signing_selectors "$domain" | grep -qxF "$selector" || {
            said "$work/expansion"
            fail "exim would not sign mail of $domain with selector $selector"
        }
    done <"$work/keys"
}
# By the file in which it keeps its number.
running_daemon() {
    file=$(value pid_file_path)
    file=${file:-$(value spool_directory)/exim-daemon.pid}
    [ -z "$root" ] && daemon=$(cat "$file" 2>/dev/null) && kill -0 "$daemon" 2>/dev/null
}
# Which run of the program it is: Linux tells the addresses that the kernel gave it. Empty where nothing tells.
run_of_daemon() { if running_daemon; then cksum <"/proc/$daemon/auxv"; fi 2>/dev/null; }
# exim reads its configuration by running itself anew, a moment after it is told, and does not hear meanwhile when it is told again.
tell_to_reread() { # COMMAND...
    run=$(run_of_daemon)
    for _ in 1 2; do
        "$@" 2>>"$work/service" || return 1
        [ -n "$run" ] || return 0
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            sleep 0.2 2>/dev/null || sleep 1
            case $(run_of_daemon) in "$run" | "") ;; *) return 0 ;; esac
        done
    done
    note "exim was told to read its configuration, but was not seen to; its log should say \"SIGHUP received\""
}
running_before() { :; }
reload_new() { reload || { said "$work/service"; fail "exim could not be reloaded"; }; }
test_server() {
    check_server >/dev/null
    [ $stops -eq 0 ] || fail "this server is not ready: see install.sh check"
    check_sending
    show_inbound
}
