using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live health checks. Pure. Called when all else is in, for a check without marks is known by its Gateway's
/// other objects.</summary>
internal sealed class LiveHealthChecks(AwsLiveBuilder live, HealthCheckSnapshot checks)
{
    public void AddAll()
    {
        if (checks.Unread is { } unread)
        {
            live.Note(unread);
        }

        foreach (var found in checks.Checks.Where(check => check.IsOurs(live.Scope.Owner)))
        {
            if ((found.IsMarked ? live.AddressOf(Kinds.HealthCheck, found.Check.Id, found.Tags) : Unmarked(found.Check))
                is { } address)
            {
                var shape = HealthCheckShape.From(found);
                live.Add(new LiveResource
                {
                    Address = address,
                    Id = found.Check.Id,
                    Ownership = Ownership.Ours,
                    Attributes = shape,
                    Outputs = HealthCheckShape.Outputs(found.Check.Id),
                    Fingerprint = Fingerprints.Of(Kinds.HealthCheck, shape),
                    Protected = Marks.IsProtected(found.Tags),
                });
            }
        }
    }

    /// <summary>The wanted check that it was made for, or one of the Gateway's that nobody wants.</summary>
    private ResourceAddress? Unmarked(HealthCheck check)
    {
        var owner = live.Scope.Owner;
        var wanted = live.Wanted.OfKind(Kinds.HealthCheck).FirstOrDefault(node => check.CallerReference.StartsWith(
            CheckReference.StartOf(owner, node.Address), StringComparison.Ordinal));
        if (wanted is not null)
        {
            return wanted.Address;
        }

        var beside = live.Resources.FirstOrDefault(
            resource => CheckReference.IsOfGateway(check.CallerReference, owner, resource.Address));
        if (beside is not null)
        {
            return beside.Address with { Kind = Kinds.HealthCheck, Key = $"unmarked/{check.Id}" };
        }

        live.Note(Unknown(check));
        return null;
    }

    private static Diagnostic Unknown(HealthCheck check) =>
        new("GW4164", Severity.Warning, "A health check of gwctl's is for a Gateway that has nothing else")
        {
            Detail = $"Health check {check.Id} was made by a run that was killed before it could mark it "
                + $"({check.CallerReference}); of which Gateway it was cannot be told.",
            Help = "Delete it if no record names it.",
        };
}

/// <summary>A health check's attributes.</summary>
internal static class HealthCheckShape
{
    public static AttributeMap From(MarkedCheck found)
    {
        var config = found.Check.HealthCheckConfig;
        return AttributeMap.Empty
            .Put("type", config.Type)
            .Put("intervalSeconds", config.RequestInterval)
            .Put("hostname", config.FullyQualifiedDomainName)
            .Put("port", config.Port)
            .Put("path", config.ResourcePath)
            .Put("sni", config.Type is HealthCheckType.HTTPS ? Attr.Flag(config.EnableSNI is true) : null)
            .Put("failureThreshold", config.FailureThreshold)
            .Put("disabled", Attr.Flag(config.Disabled is true))
            .Put("inverted", Attr.Flag(config.Inverted is true))
            .Put("owner", found.Tags[Marks.Owner]);
    }

    public static AttributeMap Outputs(string id) => AttributeMap.Empty.Put("id", id);

    public static HealthCheckConfig ToConfig(AttributeMap attributes) => new()
    {
        Type = attributes.TextOf("type"),
        RequestInterval = attributes.NumberOf("intervalSeconds"),
        FullyQualifiedDomainName = attributes.TextOf("hostname"),
        Port = attributes.NumberOf("port"),
        ResourcePath = attributes.TextOrNull("path"),
        EnableSNI = attributes["sni"] is AttributeValue.Flag(var sni) ? sni : null,
        FailureThreshold = attributes.NumberOf("failureThreshold"),
        Disabled = false,
        Inverted = false,
    };
}
