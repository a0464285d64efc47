# Undoing: a folder with "list" (kind, number or mode, owner, path) and "data", made before the first change.

base_of() { printf '%s/var/backups/sealwright/%s' "$root" "$stack"; }

# What the admin once chose holds for the next bundle as well, and for "test".
recall_choice() { [ -n "$smarthost_signing" ] || smarthost_signing=$(cat "$base/smarthost-signing" 2>/dev/null || echo yes); }
keep_choice() {
    [ "$(cat "$base/smarthost-signing" 2>/dev/null || echo yes)" = "$smarthost_signing" ] && return
    echo "$smarthost_signing" >"$base/smarthost-signing.new" && mv "$base/smarthost-signing.new" "$base/smarthost-signing"
}

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
        if [ "$kind" = file ] || [ "$kind" = gone ]; then
            remember_file "$path" || return 1
        elif [ -d "$root$path" ]; then
            echo "dir $(mode_and_ids "$root$path") $path" >>"$pending/new"
        else
            echo "nodir - - $path" >>"$pending/new"
        fi
    done <"$work/plan"
    for path in $generated; do remember_file "$path" || return 1; done
    if [ -f "$base/installed" ]; then cp -p "$base/installed" "$pending/installed" || return 1; fi
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
take_file() { ln -f "$root$1" "$(beside old "$root$1")" && rm -f "$root$1"; }
put_folder() {
    if [ ! -d "$root$3" ]; then mkdir "$root$3" || return 1; fi
    chown "$2" "$root$3" && chmod "$1" "$root$3"
}
give_rights() { # MODE UID:GID PATH: a disk that is read-only has no objection where nothing is to be done
    [ "$(mode_and_ids "$3")" = "$1 $2" ] || { chown "$2" "$3" && chmod "$1" "$3"; }
}
put_back_file() { # COPY PATH
    old=$(beside old "$2")
    back=$(beside back "$2")
    if [ -e "$old" ] && [ -e "$2" ] && [ "$(inode "$old")" = "$(inode "$2")" ]; then
        rm -f "$old"
    elif [ -e "$old" ]; then
        mv -f "$old" "$2"
    elif cmp -s "$1" "$2"; then
        # shellcheck disable=SC2046 # two words
        give_rights $(mode_and_ids "$1") "$2"
    elif [ -e "$back" ] && cmp -s "$1" "$back"; then
        mv -f "$back" "$2"
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
        file) put_back_file "$1/data/$number" "$root$path" && rm -f "$(beside back "$root$path")" ;;
        nofile) rm -f "$root$path" ;;
        dir) give_rights "$number" "$ids" "$root$path" ;;
        nodir) [ ! -d "$root$path" ] || rmdir "$root$path" 2>/dev/null || note "$path has other files in it and stays" ;;
        esac || {
            bad=1
            say_aside STOP "could not put back $path; its old content is in $1"
        }
    done <"$work/undo"
    return $bad
}
# What comes back is laid beside its place first, so that a full disk stops a rollback before it has begun.
lay_beside() { # FOLDER
    while read -r kind number _ path; do
        if [ "$kind" != file ] || cmp -s "$1/data/$number" "$root$path"; then continue; fi
        back=$(beside back "$root$path")
        { cp -a "$1/data/$number" "$back" && sync "$back"; } || return 1
    done <"$1/list"
}
take_from_beside() { # FOLDER
    while read -r kind _ _ path; do [ "$kind" != file ] || rm -f "$(beside back "$root$path")"; done <"$1/list"
}
drop_links() {
    while read -r _ _ _ path; do rm -f "$(beside old "$root$path")"; done <"$1/list"
}

# The sums of what is installed: an undone install brings back those of the install before.
keep_sums() {
    cp "$work/installed" "$base/installed.new" && sync "$base/installed.new" && mv "$base/installed.new" "$base/installed"
}
# What was there before the first install goes to original/, and stays until the rollback.
commit() {
    while read -r kind _ _ path; do
        [ "$kind" != file ] && [ "$kind" != nofile ] || [ ! -f "$root$path" ] || sha256sum "$root$path"
    done <"$pending/list" >"$work/installed"
    drop_links "$pending"
    if [ ! -d "$base/original" ]; then
        keep_sums && mv "$pending" "$base/original"
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
    if [ -f "$base/installed" ]; then
        awk 'NR == FNR { names[$0]; next } !(substr($0, 67) in names)' "$work/names" "$base/installed" >>"$work/installed"
    fi
    rm -f "$base/rolling-back"
    keep_sums && mv "$pending" "$base/$(date +%Y%m%d-%H%M%S).$$"
}

changing=no
activated=no
judge_old=no
undo_install() {
    trap '' HUP INT TERM
    changing=no
    if [ ! -e "$pending/list" ]; then
        rm -rf "$pending"
        return
    fi
    say_aside undo "Putting everything back as it was."
    put_back "$pending"
    undone=$?
    [ "$activated" = no ] || reload_old # It reads in $pending what was running.
    if [ $undone -eq 0 ]; then
        if [ -f "$pending/installed" ]; then mv -f "$pending/installed" "$base/installed"; fi
        rm -rf "$pending"
        [ -d "$base/original" ] || rm -f "$base/installed"
        say_aside undo "Done: nothing has changed."
        [ $judge_old = no ] || accepts_old ||
            say_aside note "The server's own check fails without our changes too: it was broken before. Mend that first."
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
# All of it is gone at once, so that no half of it is taken for a backup.
gone=
discard() { mv "$base" "$gone" && rm -rf "$gone"; }
lock() {
    [ -w "$root/run" ] || fail "cannot write to $root/run"
    # Said again where it is used: ksh hands no descriptor on by itself.
    exec 9>"$root/run/sealwright.lock" || fail "cannot write to $root/run"
    flock -n 9 9>&9 || fail "another install.sh is running on this server"
}
# After a power failure or kill -9 in the middle of an install, or at the very end of a rollback.
recover() {
    pending=$base/pending
    gone=$(dirname "$base")/.gone-$stack
    rm -rf "$gone" "$base/installed.new" "$base/smarthost-signing.new"
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
