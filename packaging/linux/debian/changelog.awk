# CHANGELOG.md in the form of a Debian changelog (Debian Policy 4.4). MAINTAINER: its name and address.
function finish() {
    if (day) printf "\n -- %s  %s\n\n", MAINTAINER, day
}
/^## / {
    finish()
    ("date -Ru -d " $NF) | getline day
    printf "sealwright (%s) unstable; urgency=medium\n\n", $2
    next
}
!day { next }
/^- / { print "  * " substr($0, 3); next }
/^  / { print "  " $0; next }
END { finish() }
