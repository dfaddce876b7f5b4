using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;

namespace Gwctl.Kubernetes.Http;

/// <summary>What a credential plugin told.</summary>
internal sealed record ExecCredential(SecretText? Token, KubeCertificate? Certificate, DateTimeOffset? ExpiresAt)
{
    /// <summary>Runs the plugin and reads its ExecCredential. What it writes to its error output is not repeated: it
    /// may hold anything.</summary>
    /// <exception cref="KubeException">It cannot be run, fails, or tells nothing usable.</exception>
    public static async Task<ExecCredential> RunAsync(
        ExecPlugin plugin,
        KubeSettings settings,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Start(plugin, settings, environment) };
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw Failed(plugin, $"The plugin '{plugin.Command}' cannot be started.", exception);
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            await errors;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode is 0
            ? Read(plugin, await output)
            : throw Failed(plugin, $"The plugin '{plugin.Command}' ended with {process.ExitCode}.", null);
    }

    private static ProcessStartInfo Start(
        ExecPlugin plugin, KubeSettings settings, IReadOnlyDictionary<string, string> environment)
    {
        // A name without a slash is looked for in PATH; a relative path starts at the kubeconfig.
        var isPath = plugin.Command.Contains('/') || plugin.Command.Contains('\\');
        var start = new ProcessStartInfo(isPath ? Path.GetFullPath(plugin.Command, plugin.Directory) : plugin.Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in plugin.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in environment.Concat(plugin.Variables))
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Info(plugin, settings).ToJsonString();
        return start;
    }

    private static JsonObject Info(ExecPlugin plugin, KubeSettings settings)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (plugin.ProvidesClusterInfo)
        {
            spec["cluster"] = new JsonObject
            {
                ["server"] = settings.Server.ToString(),
                ["certificate-authority-data"] = settings.AuthorityPem is { } pem
                    ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem))
                    : null,
            };
        }

        return new JsonObject { ["apiVersion"] = plugin.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private static ExecCredential Read(ExecPlugin plugin, string text)
    {
        JsonNode? status;
        try
        {
            status = JsonNode.Parse(text)?["status"];
        }
        catch (JsonException exception)
        {
            throw Failed(plugin, $"The plugin '{plugin.Command}' did not write JSON.", exception);
        }

        var token = status?["token"]?.GetValue<string>();
        var certificate = status?["clientCertificateData"]?.GetValue<string>();
        var key = status?["clientKeyData"]?.GetValue<string>();
        if (token is null && (certificate is null || key is null))
        {
            throw Failed(plugin, $"The plugin '{plugin.Command}' told neither a token nor a certificate.", null);
        }

        return new ExecCredential(
            token is null ? null : new SecretText(token),
            certificate is null || key is null ? null : new KubeCertificate(certificate, new SecretText(key)),
            DateTimeOffset.TryParse(
                status?["expirationTimestamp"]?.GetValue<string>(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var end)
                ? end
                : null);
    }

    private static KubeException Failed(ExecPlugin plugin, string why, Exception? inner) =>
        new(KubeDiagnostics.NoCredentials(why, plugin.InstallHint), inner: inner);
}
