# What CHANGELOG.md says of VERSION, as AppStream wants it in the description of a release.
/^## / { is_ours = $2 == VERSION; next }
!is_ours { next }
{ gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;"); gsub(/>/, "\\&gt;"); gsub(/`/, "") }
/^- / { end_item(); item = substr($0, 3); next }
/^  / { item = item " " substr($0, 3) }
END { end_item() }
function end_item() {
    if (item) printf "          <li>%s</li>\n", item
    item = ""
}
