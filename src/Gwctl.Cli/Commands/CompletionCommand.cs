using System.Diagnostics;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Commands;

/// <summary><c>completion SHELL</c>: a script that asks gwctl itself for the words that fit, so that it never lags
/// behind the commands. Where gwctl has none to offer, the shell completes file names.</summary>
public static class CompletionCommand
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    public static ExitCode Execute(string shell, TextWriter output)
    {
        output.Write(Script(shell).ReplaceLineEndings("\n"));
        output.Flush();
        return ExitCode.Done;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => Pwsh,
        _ => throw new UnreachableException(),
    };

    private const string Bash =
        """
        # gwctl completion for bash. To use it now:  source <(gwctl completion bash)
        # For every new shell:  gwctl completion bash > ~/.local/share/bash-completion/completions/gwctl
        _gwctl() {
            local word="${COMP_WORDS[COMP_CWORD]}" suggestions
            suggestions="$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            # bash splits words at = and :, so that after --sandbox= only the rest is to be completed.
            [[ "${word}" == "=" ]] && word=""
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "${suggestions}" -- "${word}"))
        }
        complete -o default -F _gwctl gwctl

        """;

    private const string Zsh =
        """
        #compdef gwctl
        # gwctl completion for zsh. To use it now:  source <(gwctl completion zsh)
        # For every new shell, in a directory of $fpath:  gwctl completion zsh > _gwctl
        _gwctl() {
            local -a suggestions
            suggestions=("${(@f)$(${words[1]} "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            suggestions=(${suggestions:#})
            if (( ${#suggestions} )); then
                compadd -- "${suggestions[@]}" || _files
            else
                _files
            fi
        }
        if [ "${funcstack[1]}" = "_gwctl" ]; then
            _gwctl "$@"
        else
            compdef _gwctl gwctl
        fi

        """;

    private const string Fish =
        """
        # gwctl completion for fish. To use it now:  gwctl completion fish | source
        # For every new shell:  gwctl completion fish > ~/.config/fish/completions/gwctl.fish
        function __gwctl_complete
            set -l line (commandline -cp)
            gwctl "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c gwctl -a '(__gwctl_complete)'

        """;

    private const string Pwsh =
        """
        # gwctl completion for PowerShell. To use it now:  gwctl completion pwsh | Out-String | Invoke-Expression
        # For every new shell: add that line to $PROFILE.
        Register-ArgumentCompleter -Native -CommandName gwctl -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            $words = gwctl "[suggest:$cursorPosition]" "$line" 2>$null
            $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
