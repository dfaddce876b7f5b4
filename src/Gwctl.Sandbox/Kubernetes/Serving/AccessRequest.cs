using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>What somebody wants to do.</summary>
/// <param name="Verb">As RBAC names it.</param>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">The plural, with the subresource behind a slash.</param>
/// <param name="Namespace">Empty for all of them, and for what has none.</param>
/// <param name="Name">Empty where it is not one object.</param>
internal sealed record AccessRequest(
    ApiUser User, string Verb, string Group, string Resource, string Namespace, string Name)
{
    public static AccessRequest Of(ApiRequest request) => new(
        request.User, request.Verb, request.Group,
        request.Subresource is "" ? request.Resource : $"{request.Resource}/{request.Subresource}",
        request.Namespace, NameOf(request));

    /// <summary>A list or watch of one object by its name is about that object.</summary>
    private static string NameOf(ApiRequest request)
    {
        const string Prefix = "metadata.name=";
        var selector = request.Query.Text("fieldSelector");
        return request.Name is "" && selector.StartsWith(Prefix, StringComparison.Ordinal) && !selector.Contains(',')
            ? selector[Prefix.Length..]
            : request.Name;
    }
}
