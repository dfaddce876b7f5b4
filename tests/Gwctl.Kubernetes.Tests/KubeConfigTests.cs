using Gwctl.Kubernetes.Config;

namespace Gwctl.Kubernetes.Tests;

public sealed class KubeConfigTests : IDisposable
{
    private const string Whole =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
          - {name: here, context: {cluster: one, user: me, namespace: shop}}
          - {name: there, context: {cluster: two, user: pod}}
          - {name: nowhere, context: {cluster: missing, user: me}}
        clusters:
          - name: one
            cluster: {server: "https://one.example.com:6443", certificate-authority: ca.pem, tls-server-name: api}
          - name: two
            cluster: {server: "https://two.example.com", insecure-skip-tls-verify: true, proxy-url: "http://proxy"}
        users:
          - name: me
            user: {token: secret-token}
          - name: pod
            user:
              exec:
                apiVersion: client.authentication.k8s.io/v1
                command: ./bin/login
                args: [--cluster, two]
                env: [{name: A, value: b}]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gwctl-kubeconfig-").FullName;

    [Fact]
    public void The_current_context_is_read_with_paths_from_the_files_own_place()
    {
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), "the authority");
        var settings = Read(Whole, null);
        Assert.Equal("https://one.example.com:6443/", settings?.Server.ToString());
        Assert.Equal("shop", settings?.Namespace);
        Assert.Equal("here", settings?.Context);
        Assert.Equal("the authority", settings?.AuthorityPem);
        Assert.Equal("api", settings?.TlsServerName);
        Assert.Equal("secret-token", Assert.IsType<KubeToken.Fixed>(settings?.Token).Text.Reveal());
        Assert.DoesNotContain("secret-token", $"{settings}", StringComparison.Ordinal);
    }

    [Fact]
    public void Another_context_may_have_a_plugin_and_skip_verification_and_its_proxy_is_a_warning()
    {
        var settings = Read(Whole, "there", "GW7105");
        Assert.True(settings?.SkipsTlsVerification);
        var plugin = Assert.IsType<KubeToken.Exec>(settings?.Token).Plugin;
        Assert.Equal(("./bin/login", _folder), (plugin.Command, plugin.Directory));
        Assert.Equal(["--cluster", "two"], plugin.Arguments);
        Assert.Equal([KeyValuePair.Create("A", "b")], plugin.Variables);
    }

    [Theory]
    [InlineData("nowhere", "GW7103", "missing")]
    [InlineData("typo", "GW7103", "here, nowhere, there")]
    public void What_is_not_there_is_named_with_what_is(string context, string code, string detail)
    {
        var found = KubeConfig.Read([Write("config", Whole)], context);
        Assert.Null(found.Value);
        Assert.Contains(
            found.Diagnostics, item => item.Code == code && item.Detail.Contains(detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: [", "GW7101")]
    [InlineData("kind: Config", "GW7102")]
    public void A_file_that_is_no_kubeconfig_is_said_so(string text, string code) =>
        Assert.Equal([code], KubeConfig.Read([Write("config", text)], null).Diagnostics.Select(item => item.Code));

    [Fact]
    public void Of_several_files_the_first_to_name_something_wins()
    {
        var first = Write("first", "current-context: there\nusers: [{name: pod, user: {token: x}}]");
        var found = KubeConfig.Read([first, Path.Combine(_folder, "absent"), Write("second", Whole)], null);
        Assert.Equal("https://two.example.com/", found.Value?.Server.ToString());
        Assert.IsType<KubeToken.Fixed>(found.Value?.Token);
    }

    [Fact]
    public void A_pod_has_its_account()
    {
        Write("token", "t");
        Write("ca.crt", "the authority");
        Write("namespace", "gwctl-system\n");
        var location = new KubeLocation
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["KUBERNETES_SERVICE_HOST"] = "fd00::1",
                ["KUBERNETES_SERVICE_PORT"] = "6443",
            },
            AccountDirectory = _folder,
        };
        var settings = location.Find().Value;
        Assert.Equal("https://[fd00::1]:6443/", settings?.Server.ToString());
        Assert.Equal("gwctl-system", settings?.Namespace);
        Assert.Equal(Path.Combine(_folder, "token"), Assert.IsType<KubeToken.File>(settings?.Token).Path);
    }

    [Fact]
    public void Where_nothing_is_found_it_is_said()
    {
        var location = new KubeLocation
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = _folder },
        };
        Assert.Equal(["GW7108"], location.Find().Diagnostics.Select(item => item.Code));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private KubeSettings? Read(string text, string? context, params string[] codes)
    {
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), "the authority");
        var found = KubeConfig.Read([Write("config", text)], context);
        Assert.Equal(codes, found.Diagnostics.Select(item => item.Code));
        return found.Value;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
