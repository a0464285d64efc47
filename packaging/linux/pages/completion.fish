# fish completion for sealwright-cli

# __sealwright_cli_at WORDS: these, and no further ones, are the command that was typed so far.
function __sealwright_cli_at
    set -l path
    set -l previous
    for word in (commandline -opc)[2..-1]
        if contains -- "$previous" @WITH_VALUE@
            set previous # the value of an option is no command
            continue
        end
        set previous $word
        set -l next (string trim -- "$path $word")
        if contains -- $next @PATHS@
            set path $next
        end
    end
    test "$path" = "$argv"
end

complete -c sealwright-cli -f
@LINES@
