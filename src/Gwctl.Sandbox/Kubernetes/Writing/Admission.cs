using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Writing;

/// <summary>What every written object goes through: its shape, its validity, and what the server sets by itself.
/// </summary>
internal static partial class Admission
{
    private const int NameMax = 253;

    /// <summary>Checks that a body is of the kind and version that its path says.</summary>
    public static void CheckType(WriteTarget target, JsonObject value)
    {
        var (version, kind) = (value.Text("apiVersion"), value.Text("kind"));
        if (version is not "" && version != target.ApiVersion)
        {
            throw ApiErrors.BadRequest(
                $"the API version in the data ({version}) does not match the expected API version "
                + $"({target.ApiVersion})");
        }

        if (kind is not "" && kind != target.Kind.Name)
        {
            throw ApiErrors.BadRequest(
                $"{kind} in version \"{target.Version.Name}\" cannot be handled as a {target.Kind.Name}");
        }

        value["apiVersion"] = target.ApiVersion;
        value["kind"] = target.Kind.Name;
    }

    /// <summary>Unknown fields go, or are an error; defaults come; what is wrong is said.</summary>
    /// <exception cref="ApiException">The object is invalid, or has unknown fields where none are wanted.</exception>
    public static void Shape(WriteTarget target, JsonObject value)
    {
        var unknown = new List<string>();
        SchemaShaper.Shape(value, target.Version.Schema, "", unknown.Add);
        Report(target, unknown);
        ServerFields(target, value);
        var causes = new List<ApiCause>();
        CheckName(value.Member("metadata").Text("name"), causes);
        SchemaValidator.Validate(value, target.Version.Schema, "", causes);
        if (target.Kind.Plural is "customresourcedefinitions")
        {
            DefinitionSeeds.Check(value, causes);
        }

        if (causes.Count > 0)
        {
            throw ApiErrors.Invalid(target.Kind, value.Member("metadata").Text("name"), causes);
        }
    }

    /// <summary>Says which fields are unknown, as the writer wants it said.</summary>
    public static void Report(WriteTarget target, List<string> unknown)
    {
        if (unknown.Count is 0)
        {
            return;
        }

        switch (target.Request.Query.Text("fieldValidation"))
        {
            case "Strict":
                throw ApiErrors.BadRequest(
                    $"{target.Kind.Name} in version \"{target.Version.Name}\" cannot be handled as a "
                    + $"{target.Kind.Name}: strict decoding error: "
                    + string.Join(", ", unknown.Select(path => $"unknown field \"{path}\"")));
            case "Ignore":
                break;
            default:
                target.Warnings.AddRange(unknown.Select(path => $"unknown field \"{path}\""));
                break;
        }
    }

    private static void CheckName(string name, List<ApiCause> causes)
    {
        if (name.Length > NameMax || !NameForm().IsMatch(name))
        {
            causes.Add(new ApiCause(
                "FieldValueInvalid",
                $"Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
                + "characters, '-' or '.', and must start and end with an alphanumeric character",
                "metadata.name"));
        }
    }

    /// <summary>What an API server, or a controller that always runs beside one, sets in some kinds.</summary>
    private static void ServerFields(WriteTarget target, JsonObject value)
    {
        switch (target.Kind.GroupResource)
        {
            case "namespaces":
                value.Ensure("spec")["finalizers"] ??= new JsonArray("kubernetes");
                value.Ensure("status")["phase"] ??= "Active";
                var labels = value.Ensure("metadata").Ensure("labels");
                labels["kubernetes.io/metadata.name"] = value.Member("metadata").Text("name");
                break;
            case "secrets":
                EncodeTexts(value);
                break;
            case "services":
                SetServiceAddress(value);
                break;
            case "customresourcedefinitions.apiextensions.k8s.io":
                DefinitionSeeds.Establish(value, target.Now);
                break;
        }
    }

    private static void EncodeTexts(JsonObject secret)
    {
        if (secret.Take("stringData") is JsonObject texts)
        {
            var data = secret.Ensure("data");
            foreach (var (name, text) in texts)
            {
                data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.ToString() ?? ""));
            }
        }
    }

    private static void SetServiceAddress(JsonObject service)
    {
        var spec = service.Ensure("spec");
        foreach (var port in (spec.Items("ports") ?? []).OfType<JsonObject>())
        {
            port["targetPort"] ??= port["port"]?.DeepClone();
        }

        if (spec.Text("type") is "ExternalName")
        {
            return;
        }

        if (spec.Text("clusterIP") is "")
        {
            // No address is ever dialled: it only has to look like one, and to stay what it is.
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
                $"{service.Member("metadata").Text("namespace")}/{service.Member("metadata").Text("name")}"));
            spec["clusterIP"] = $"10.96.{hash[0]}.{hash[1]}";
        }

        spec["clusterIPs"] ??= new JsonArray(spec.Text("clusterIP"));
        spec["ipFamilies"] ??= new JsonArray("IPv4");
        spec["ipFamilyPolicy"] ??= "SingleStack";
        spec["internalTrafficPolicy"] ??= "Cluster";
    }

    [GeneratedRegex(@"^[a-z0-9:]([-a-z0-9.:]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NameForm();
}
