#!/bin/sh
# menu.sh add | remove: puts Sealwright into the menu of the user who calls it and among the programs that open a mail,
# or takes it out again. Everything goes below ~/.local/share; nothing else is touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=applications/org.sealwright.Sealwright.desktop

fail() {
    echo "menu.sh: $1" >&2
    exit 1
}

icons() {
    (cd "$here/share" && find icons -type f)
}

# The tools of desktops keep lists of what is there. An empty list is as good as none.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$data/applications" || true
    fi
    list=$data/applications/mimeinfo.cache
    if [ -f "$list" ] && ! grep -q = "$list"; then
        rm -f "$list"
    fi
}

add() {
    # Of these the desktop entry's own rules make something else.
    case $here in
    *[\"\`\$\\%\&\|]* | *"
"*) fail "move this folder to where its path has none of \" \` \$ \\ % & |" ;;
    esac
    mkdir -p "$data/applications"
    sed -e "s|^Exec=sealwright |Exec=\"$here/bin/sealwright\" |" -e "s|^TryExec=.*|TryExec=$here/bin/sealwright|" \
        "$here/share/$entry" >"$data/$entry"
    icons | while read -r icon; do
        mkdir -p "$data/${icon%/*}"
        cp "$here/share/$icon" "$data/$icon"
    done
    refresh
}

remove() {
    [ -f "$data/$entry" ] || fail "Sealwright is not in the menu"
    grep -qF "\"$here/bin/sealwright\"" "$data/$entry" || fail "the menu has a Sealwright from another folder: use its menu.sh"
    rm -f "$data/$entry"
    refresh
    { icons && echo "$entry"; } | while read -r file; do
        rm -f "$data/$file"
        # And folders that are empty now, but not ~/.local/share itself.
        (cd "$data" && rmdir -p "${file%/*}" 2>/dev/null) || true
    done
}

case ${1-} in
add | remove) "$1" ;;
*) fail "say add or remove" ;;
esac
