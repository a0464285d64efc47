# bash completion for sealwright-cli, with the functions of bash-completion, which loads it

_sealwright_cli_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}

_sealwright_cli_list() {
    local last=${cur##*,}
    mapfile -t COMPREPLY < <(compgen -P "${cur%"$last"}" -W "$1" -- "$last")
    compopt -o nospace
}

_sealwright_cli() {
    local cur prev words cword split
    _init_completion -s -n :@ || return

    local path='' next options='' word previous=''
    for word in "${words[@]:1:cword-1}"; do
        case ' @WITH_VALUE@ ' in
            *" $previous "*) previous=''; continue ;; # the value of an option is no command
        esac
        previous=${word:--}
        next="${path:+$path }$word"
        case "$next" in
@PATHS@            *) ;;
        esac
    done

    case "$path $prev" in
@VALUES@        *)
            if [[ $split == true ]]; then
                return # a flag takes no value
            elif [[ $cur == -* ]]; then
                case "$path" in
@OPTIONS@                    *) ;;
                esac
                _sealwright_cli_words "$options @GLOBAL_OPTIONS@"
            else
                case "$path" in
@ARGUMENTS@                    *) ;;
                esac
            fi
            ;;
    esac
    __ltrim_colon_completions "$cur"
}

complete -F _sealwright_cli sealwright-cli
