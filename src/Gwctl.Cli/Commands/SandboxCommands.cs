using System.Net;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;

namespace Gwctl.Cli.Commands;

/// <summary><c>sandbox up</c>, <c>status</c> and <c>reset</c>.</summary>
public sealed class SandboxCommands(CliContext context)
{
    /// <summary>Serves until a signal comes.</summary>
    public Task<ExitCode> UpAsync(SandboxArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            var directory = context.Resolve(arguments.Directory);
            if (await SandboxLease.FindRunningAsync(directory, cancellationToken) is not null)
            {
                return host.Fail(CliDiagnostics.SandboxBusy(directory));
            }

            var start = SandboxDefaults.For(directory, [], context.Clock) with
            {
                Port = arguments.Port,
                DataPlane = arguments.DataPlane,
                KubernetesPort = arguments.Kubernetes ? arguments.KubernetesPort : null,
                DnsPort = arguments.DnsPort,
            };
            try
            {
                await using var sandbox = await context.Composition.Sandbox(start, cancellationToken);
                await ServeAsync(host, sandbox, directory, cancellationToken);
                return ExitCode.Done;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return host.Fail(CliDiagnostics.SandboxFailed(directory, exception.Message));
            }
        });
    }

    public Task<ExitCode> StatusAsync(SandboxArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            var directory = context.Resolve(arguments.Directory);
            var endpoint = await SandboxLease.FindRunningAsync(directory, cancellationToken);
            var dns = endpoint is null ? null : SandboxLease.FindDns(directory);
            var contents = EmbeddedCloud.Contents(directory);
            EquatableList<SandboxListener> listeners = endpoint is null ? [] : SandboxListener.Read(directory);
            if (arguments.Talk.Format is OutputFormat.Json)
            {
                WriteJson(directory, endpoint, dns, contents, listeners);
            }
            else
            {
                WriteText(host.Result, directory, endpoint, dns, contents, listeners);
            }

            return ExitCode.Done;
        });
    }

    public Task<ExitCode> ResetAsync(SandboxArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            var directory = context.Resolve(arguments.Directory);
            if (await SandboxLease.FindRunningAsync(directory, cancellationToken) is not null)
            {
                return host.Fail(CliDiagnostics.SandboxBusy(directory));
            }

            try
            {
                host.Result.Line(EmbeddedCloud.Reset(directory)
                    ? $"Deleted the sandbox state in {directory}."
                    : $"There is no sandbox state in {directory}.").Flush();
                return ExitCode.Done;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return host.Fail(CliDiagnostics.SandboxFailed(directory, exception.Message));
            }
        });
    }

    private static async Task ServeAsync(
        CommandHost host, IRunningSandbox sandbox, string directory, CancellationToken cancellationToken)
    {
        var endpointFile = Path.Combine(directory, SandboxLease.EndpointFile);
        var dnsFile = Path.Combine(directory, SandboxLease.DnsFile);
        await File.WriteAllTextAsync(endpointFile, $"{sandbox.Endpoint}\n", cancellationToken);
        if (sandbox.Dns is { } endpoint)
        {
            await File.WriteAllTextAsync(dnsFile, $"{endpoint}\n", cancellationToken);
        }

        try
        {
            var result = host.Result;
            result.Write("Serving at ").Line($"{sandbox.Endpoint}", Tone.Strong);
            if (sandbox.Dns is { } dns)
            {
                result.Write("Answering DNS at ").Write($"{dns}", Tone.Strong)
                    .Line($", as in: dig @{dns.Address} -p {dns.Port} {SandboxDefaults.Zone} SOA");
            }

            result.Line($"State: {directory}").Line();
            foreach (var line in EmbeddedCloud.Usage(sandbox.Endpoint))
            {
                result.Line(line);
            }

            result.Line();
            WriteKubernetes(result, sandbox, Path.Combine(directory, SandboxLease.KubeconfigFile));
            result.Line(
                "gwctl commands with --sandbox on the same directory use it by themselves. Ctrl-C ends it.").Flush();
            sandbox.Watch(new ListenerReport(result, directory).Tell);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
            await stopped.Task;
        }
        finally
        {
            sandbox.Watch(_ => { });
            File.Delete(endpointFile);
            File.Delete(dnsFile);
            File.Delete(Path.Combine(directory, SandboxListener.FileName));
        }

        host.Progress.Line("Stopped; the state is kept.").Flush();
    }

    private static void WriteKubernetes(StyledWriter result, IRunningSandbox sandbox, string kubeconfig)
    {
        if (sandbox.KubernetesEndpoint is { } endpoint)
        {
            sandbox.WriteKubeconfig(kubeconfig);
            result.Write("Serving Kubernetes at ").Line($"{endpoint}", Tone.Strong);
            result.Line($"  export KUBECONFIG={kubeconfig}").Line();
        }
    }

    private void WriteJson(
        string directory, Uri? endpoint, IPEndPoint? dns, EquatableList<SandboxCount> contents,
        EquatableList<SandboxListener> listeners) =>
        JsonText.WriteDocument(context.Output, json =>
        {
            json.WriteString("directory", directory);
            json.WriteBoolean("running", endpoint is not null);
            if (endpoint is not null)
            {
                json.WriteString("endpoint", endpoint.ToString());
            }

            if (dns is not null)
            {
                json.WriteString("dns", dns.ToString());
            }

            json.WriteStartArray("objects");
            foreach (var count in contents)
            {
                json.WriteStartObject();
                json.WriteString("service", count.Service);
                json.WriteString("kind", count.Kind);
                json.WriteNumber("count", count.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("listeners");
            foreach (var listener in listeners)
            {
                json.WriteStartObject();
                json.WriteString("loadBalancer", listener.LoadBalancer);
                json.WriteString("protocol", listener.Protocol);
                json.WriteNumber("port", listener.Port);
                json.WriteString("address", listener.Address);
                json.WriteString("problem", listener.Problem);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static void WriteText(
        StyledWriter writer, string directory, Uri? endpoint, IPEndPoint? dns, EquatableList<SandboxCount> contents,
        EquatableList<SandboxListener> listeners)
    {
        writer.Line($"State:   {directory}");
        writer.Line(endpoint is null ? "Serving: no ('gwctl sandbox up' serves it)" : $"Serving: {endpoint}");
        writer.Line(dns is null ? "" : $"DNS:     {dns}");
        if (contents.Count is 0)
        {
            writer.Line("Nothing lives in it.").Flush();
            return;
        }

        var table = new TextTable(indent: 0).Row("SERVICE", "KIND", "COUNT");
        foreach (var count in contents)
        {
            table.Row(count.Service, count.Kind, $"{count.Count}");
        }

        table.Write(writer);
        if (listeners.Count > 0)
        {
            writer.Line();
            var live = new TextTable(indent: 0).Row("LOAD BALANCER", "LISTENER", "LISTENS AT", "PROBLEM");
            foreach (var listener in listeners)
            {
                live.Row(
                    listener.LoadBalancer, $"{listener.Protocol}:{listener.Port}", listener.Url, listener.Problem);
            }

            live.Write(writer);
        }

        writer.Flush();
    }
}
