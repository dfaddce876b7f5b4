using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Answers questions about users and what they may do, which are asked by creating an object that is not
/// kept.</summary>
internal static class ReviewHandler
{
    /// <returns>Null where the request is no review.</returns>
    public static JsonObject? Answer(AccessGuard guard, ApiRequest request)
    {
        if (request is not { Method: "POST", Version: "v1", Namespace: "", Name: "" })
        {
            return null;
        }

        JsonObject Body() => RequestBody.Read(request);
        return (request.Group, request.Resource) switch
        {
            ("authentication.k8s.io", "tokenreviews") => Token(guard, Body()),
            ("authentication.k8s.io", "selfsubjectreviews") => WithStatus(Body(), new JsonObject
            {
                ["userInfo"] = UserInfo(request.User),
            }),
            ("authorization.k8s.io", "selfsubjectaccessreviews") => Access(guard, Body(), request.User),
            ("authorization.k8s.io", "subjectaccessreviews") => Access(
                guard, Body(), new ApiUser(Body().Member("spec").Text("user"), [])),
            ("authorization.k8s.io", "selfsubjectrulesreviews") => WithStatus(Body(), Rules(guard)),
            _ => null,
        };
    }

    private static JsonObject Token(AccessGuard guard, JsonObject review)
    {
        var user = guard.Find(review.Member("spec").Text("token"));
        return WithStatus(review, user is null
            ? new JsonObject { ["authenticated"] = false, ["error"] = "the token is not known" }
            : new JsonObject { ["authenticated"] = true, ["user"] = UserInfo(user) });
    }

    private static JsonObject Access(AccessGuard guard, JsonObject review, ApiUser user)
    {
        var asked = review.Member("spec").Member("resourceAttributes");
        if (asked is null)
        {
            return WithStatus(review, new JsonObject { ["allowed"] = true });
        }

        var resource = asked.Text("subresource") is { Length: > 0 } sub
            ? $"{asked.Text("resource")}/{sub}"
            : asked.Text("resource");
        var allowed = guard.IsAllowed(new AccessRequest(
            user, asked.Text("verb"), asked.Text("group"), resource, asked.Text("namespace"), asked.Text("name")));
        return WithStatus(review, new JsonObject
        {
            ["allowed"] = allowed,
            ["reason"] = allowed ? "" : "the sandbox's configuration denies it",
        });
    }

    private static JsonObject Rules(AccessGuard guard) => new()
    {
        ["incomplete"] = guard.Denials.Count > 0,
        ["nonResourceRules"] = new JsonArray(
            new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
        ["resourceRules"] = new JsonArray(new JsonObject
        {
            ["verbs"] = new JsonArray("*"),
            ["apiGroups"] = new JsonArray("*"),
            ["resources"] = new JsonArray("*"),
        }),
    };

    private static JsonObject UserInfo(ApiUser user) => new()
    {
        ["username"] = user.Name,
        ["groups"] = new JsonArray([.. user.Groups.Select(group => JsonValue.Create(group))]),
    };

    private static JsonObject WithStatus(JsonObject review, JsonObject status)
    {
        review["status"] = status;
        return review;
    }
}
