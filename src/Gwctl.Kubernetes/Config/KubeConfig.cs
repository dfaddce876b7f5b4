using Gwctl.Core;
using YamlDotNet.Core;

namespace Gwctl.Kubernetes.Config;

/// <summary>Reads kubeconfig files, as kubectl does: several are one, and the first to name something wins.</summary>
public static class KubeConfig
{
    /// <summary>Chooses a context and gathers what it says.</summary>
    /// <param name="paths">In order of precedence; those that do not exist are passed over unless there is only
    /// one.</param>
    /// <param name="context">Null for the current one.</param>
    public static Compiled<KubeSettings> Read(IReadOnlyList<string> paths, string? context)
    {
        var diagnostics = new List<Diagnostic>();
        var files = new List<ConfigFile>();
        foreach (var path in paths.Where(path => paths.Count is 1 || File.Exists(path)))
        {
            try
            {
                files.Add(new ConfigFile(path, YamlFields.Parse(File.ReadAllText(path))));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(ConfigDiagnostics.Unreadable(path, exception.Message));
            }
            catch (YamlException exception)
            {
                // Without the message: it may quote what stands there, which may be a key.
                diagnostics.Add(ConfigDiagnostics.Unreadable(path, $"Line {exception.Start.Line} is not YAML."));
            }
        }

        var settings = files.Count is 0 || diagnostics.Count > 0
            ? null
            : new ContextReader(files, diagnostics).Read(context);
        if (files.Count is 0 && diagnostics.Count is 0)
        {
            diagnostics.Add(ConfigDiagnostics.NoConfig(paths.Count is 0 ? "" : paths[0]));
        }

        return Compiled.From(settings, diagnostics);
    }
}

/// <summary>A kubeconfig and where it was found.</summary>
internal sealed record ConfigFile(string Path, YamlFields Root)
{
    public string Directory => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";
}

/// <summary>Reads one context of kubeconfig files.</summary>
internal sealed class ContextReader(IReadOnlyList<ConfigFile> files, List<Diagnostic> diagnostics)
{
    public KubeSettings? Read(string? context)
    {
        var name = context ?? files.Select(file => file.Root.Text("current-context"))
            .FirstOrDefault(text => text is not null);
        if (name is null)
        {
            diagnostics.Add(ConfigDiagnostics.NoContext(files[0].Path));
            return null;
        }

        if (Find("contexts", "context", name) is not { } chosen
            || Find("clusters", "cluster", chosen.Fields.Text("cluster") ?? "") is not { } cluster)
        {
            return null;
        }

        var user = chosen.Fields.Text("user") is { } userName ? Find("users", "user", userName) : null;
        if (chosen.Fields.Text("user") is not null && user is null)
        {
            return null;
        }

        try
        {
            var settings = ReadCluster(cluster, name, chosen.Fields.Text("namespace") ?? "default");
            return settings is null || user is null ? settings : WithUser(settings, user);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ConfigDiagnostics.BadValue(cluster.File.Path, "A file that it names", exception.Message));
            return null;
        }
    }

    private sealed record Entry(ConfigFile File, string Name, YamlFields Fields);

    private Entry? Find(string list, string section, string name)
    {
        foreach (var file in files)
        {
            if (file.Root.Sections(list).FirstOrDefault(item => item.Text("name") == name) is { } found)
            {
                return new Entry(file, name, found.Section(section));
            }
        }

        var known = files.SelectMany(file => file.Root.Sections(list)).Select(item => item.Text("name"))
            .OfType<string>();
        diagnostics.Add(ConfigDiagnostics.Missing(files[0].Path, list, name, known));
        return null;
    }

    private KubeSettings? ReadCluster(Entry cluster, string context, string space)
    {
        var (file, fields) = (cluster.File, cluster.Fields);
        if (!Uri.TryCreate(fields.Text("server"), UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https"))
        {
            diagnostics.Add(ConfigDiagnostics.BadValue(
                file.Path, $"clusters/{cluster.Name}/server", "it is no http or https address"));
            return null;
        }

        if (fields.Has("proxy-url"))
        {
            diagnostics.Add(ConfigDiagnostics.ProxyIgnored(file.Path, cluster.Name));
        }

        var authority = Data(cluster, "certificate-authority-data");
        var authorityFile = authority is null && fields.Text("certificate-authority") is { } path
            ? Resolve(file, path)
            : null;
        return new KubeSettings
        {
            Server = server,
            Namespace = space,
            Context = context,
            AuthorityPem = authority ?? (authorityFile is null ? null : File.ReadAllText(authorityFile)),
            AuthorityFile = authorityFile,
            SkipsTlsVerification = fields.IsTrue("insecure-skip-tls-verify"),
            TlsServerName = fields.Text("tls-server-name"),
        };
    }

    private KubeSettings WithUser(KubeSettings settings, Entry user)
    {
        var fields = user.Fields;
        if (fields.Has("auth-provider"))
        {
            diagnostics.Add(ConfigDiagnostics.AuthProvider(user.File.Path, user.Name));
        }

        var certificate = Data(user, "client-certificate-data") ?? FileText(user, "client-certificate");
        var key = Data(user, "client-key-data") ?? FileText(user, "client-key");
        if ((certificate is null) != (key is null))
        {
            diagnostics.Add(ConfigDiagnostics.BadValue(
                user.File.Path, $"users/{user.Name}", "a client certificate needs its key, and a key its certificate"));
        }

        return settings with
        {
            Certificate = certificate is not null && key is not null
                ? new KubeCertificate(certificate, new SecretText(key))
                : null,
            Token = TokenOf(user),
        };
    }

    // The order is kubectl's: a file that can be renewed goes before a fixed text.
    private static KubeToken? TokenOf(Entry user)
    {
        var fields = user.Fields;
        if (fields.Text("tokenFile") is { } path)
        {
            return new KubeToken.File(Resolve(user.File, path));
        }

        if (fields.Text("token") is { } token)
        {
            return new KubeToken.Fixed(new SecretText(token));
        }

        if (fields.Text("username") is { } name)
        {
            return new KubeToken.Basic(name, new SecretText(fields.Text("password") ?? ""));
        }

        if (!fields.Has("exec"))
        {
            return null;
        }

        var exec = fields.Section("exec");
        return new KubeToken.Exec(new ExecPlugin(
            exec.Text("command") ?? "",
            [.. exec.Texts("args")],
            [.. exec.Sections("env")
                .Select(item => KeyValuePair.Create(item.Text("name") ?? "", item.Text("value") ?? ""))],
            exec.Text("apiVersion") ?? "client.authentication.k8s.io/v1",
            user.File.Directory)
        {
            InstallHint = exec.Text("installHint") ?? "",
            ProvidesClusterInfo = exec.IsTrue("provideClusterInfo"),
        });
    }

    private string? Data(Entry entry, string field)
    {
        try
        {
            return entry.Fields.Decoded(field);
        }
        catch (FormatException)
        {
            diagnostics.Add(ConfigDiagnostics.BadValue(entry.File.Path, $"{entry.Name}/{field}", "it is not Base64"));
            return null;
        }
    }

    private static string? FileText(Entry entry, string field) =>
        entry.Fields.Text(field) is { } path ? File.ReadAllText(Resolve(entry.File, path)) : null;

    private static string Resolve(ConfigFile file, string path) => Path.GetFullPath(path, file.Directory);
}
