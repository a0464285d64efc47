#compdef sealwright-cli

_sealwright-cli_domains() {
    local -a names=(${(f)"$(@LIST_DOMAINS@)"})
    compadd -a names
}

@FUNCTIONS@_sealwright-cli "$@"
