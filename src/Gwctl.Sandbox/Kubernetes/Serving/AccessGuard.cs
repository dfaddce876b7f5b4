using Gwctl.Sandbox.Kubernetes.Requests;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Knows users by their tokens, and what they may not do.</summary>
internal sealed class AccessGuard
{
    private const string Scheme = "Bearer ";

    private volatile IReadOnlyList<KubernetesUser> _users;
    private volatile IReadOnlyList<KubernetesDenial> _denials;

    private readonly RoleBook? _roles;

    /// <param name="users">Who is let in.</param>
    /// <param name="denials">What is denied, whatever roles say.</param>
    /// <param name="roles">Null where everybody may do everything else.</param>
    public AccessGuard(
        IReadOnlyList<KubernetesUser> users, IReadOnlyList<KubernetesDenial> denials, RoleBook? roles)
    {
        _users = users;
        _denials = denials;
        _roles = roles;
    }

    public IReadOnlyList<KubernetesUser> Users
    {
        get => _users;
        set => _users = value;
    }

    public IReadOnlyList<KubernetesDenial> Denials
    {
        get => _denials;
        set => _denials = value;
    }

    /// <exception cref="ApiException">The request bears no token that is known.</exception>
    public ApiUser Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.Ordinal) ? header[Scheme.Length..].Trim() : "";
        return Find(token) is { } user ? user : throw ApiErrors.Unauthorized();
    }

    public ApiUser? Find(string token) =>
        _users.FirstOrDefault(user => user.Token == token && token is not "") is { } user
            ? new ApiUser(user.Name, [.. user.Groups, "system:authenticated"])
            : null;

    /// <exception cref="ApiException">The user is denied this; it says who, what and where.</exception>
    public void Authorize(ApiRequest request)
    {
        var access = AccessRequest.Of(request);
        if (IsAllowed(access))
        {
            return;
        }

        var qualified = request.Group is "" ? request.Resource : $"{request.Resource}.{request.Group}";
        var where = request.Namespace is "" ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
        var what = request.Name is "" ? qualified : $"{qualified} \"{request.Name}\"";
        throw new ApiException(
            403, "Forbidden",
            $"{what} is forbidden: User \"{request.User.Name}\" cannot {request.Verb} resource "
            + $"\"{access.Resource}\" in API group \"{request.Group}\" {where}")
        {
            Group = request.Group,
            Kind = request.Resource,
            Name = request.Name,
        };
    }

    public bool IsAllowed(AccessRequest access) =>
        !_denials.Any(denial => Fits(denial.Verb, access.Verb) && Fits(denial.Group, access.Group)
            && Fits(denial.Resource, access.Resource)
            && (denial.Namespace is "" || denial.Namespace == access.Namespace)
            && (denial.User is "" || denial.User == access.User.Name))
        && (_roles?.Allows(access) ?? true);

    private static bool Fits(string pattern, string value) => pattern is "*" || pattern == value;
}
