using Gwctl.Core;

namespace Gwctl.Engine.Planning.Files;

/// <summary>What is wrong with a plan file: 505x.</summary>
internal static class PlanFileDiagnostics
{
    private const string PlanAgain = "Write the plan again with `gwctl plan --out`.";

    public static Diagnostic NotJson(string why) => new("GW5050", Severity.Error, "The plan file cannot be read")
    {
        Detail = $"It is not the JSON that gwctl writes: {why.TrimEnd('.')}.",
        Help = PlanAgain,
    };

    public static Diagnostic NotAPlan() => new("GW5051", Severity.Error, "The file is not a plan")
    {
        Detail = "It has no formatVersion.",
        Help = "Give a file that `gwctl plan --out` wrote, or specs with -f.",
    };

    public static Diagnostic OtherVersion(int version) =>
        new("GW5052", Severity.Error, "The plan file has another format version")
        {
            Detail = $"The file has format version {version}; this gwctl reads version {Plan.CurrentFormatVersion}.",
            Help = "Apply it with the gwctl that made it, or plan again with this one.",
        };

    public static Diagnostic Missing(string path) =>
        new("GW5053", Severity.Error, "A member of the plan file is missing")
        {
            Detail = $"{path} is missing.",
            Help = PlanAgain,
        };

    public static Diagnostic Unknown(string path) =>
        new("GW5054", Severity.Error, "A member of the plan file is unknown")
        {
            Detail = $"{path} is not a member that gwctl writes.",
            Help = PlanAgain,
        };

    public static Diagnostic Wrong(string path, string expected) =>
        new("GW5055", Severity.Error, "A value in the plan file is wrong")
        {
            Detail = $"{path} should be {expected}.",
            Help = PlanAgain,
        };

    public static Diagnostic Edited() => new("GW5056", Severity.Error, "The plan file was changed after it was written")
    {
        Detail = "Its content does not fit its digest.",
        Help = "Plans are applied as they were reviewed, or not at all. " + PlanAgain,
    };
}
