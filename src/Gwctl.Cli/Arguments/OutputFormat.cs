namespace Gwctl.Cli.Arguments;

/// <summary>What <c>-o</c> chooses; not every command has every one.</summary>
public enum OutputFormat
{
    Text,
    Json,
    Yaml,
    Markdown,
    Dot,
    Mermaid,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>Annotations of GitHub Actions.</summary>
    GitHub,

    /// <summary>Test results as pipelines read them.</summary>
    JUnit,
}

/// <summary>How a command talks.</summary>
/// <param name="NoColor">Overrides what the terminal can.</param>
/// <param name="NoInput">Never ask: a question is an error.</param>
public sealed record OutputArguments(OutputFormat Format, bool NoColor, bool NoInput);
