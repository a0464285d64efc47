# bash completion for sealwright-cli

_sealwright_cli_words() {
    local path='' next options word previous=''
    local with_value=' @WITH_VALUE@ '
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$with_value" in
            *" $previous "*) previous=''; continue ;; # the value of an option is no command
        esac
        previous=${word:--}
        next="${path:+$path }$word"
        case "$next" in
@PATHS@            *) ;;
        esac
    done
    case "$with_value" in
        *" $previous "*)
            case "$path $previous" in
@VALUES@                *) ;;
            esac
            return
            ;;
    esac
    if [ "${cur:0:1}" = - ]; then
        case "$path" in
@OPTIONS@            *) ;;
        esac
        compgen -W "$options @GLOBAL_OPTIONS@" -- "$cur"
        return
    fi
    case "$path" in
@ARGUMENTS@        *) ;;
    esac
}

_sealwright_cli() {
    local cur=${COMP_WORDS[COMP_CWORD]}
    mapfile -t COMPREPLY < <(_sealwright_cli_words | sort -u)
}

complete -o filenames -F _sealwright_cli sealwright-cli
