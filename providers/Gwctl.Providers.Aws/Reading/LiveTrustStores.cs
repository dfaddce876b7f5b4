using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live trust stores. Pure.</summary>
internal static class LiveTrustStores
{
    public static void AddAll(AwsLiveBuilder live, ElbSnapshot elb)
    {
        foreach (var store in elb.TrustStores)
        {
            var (arn, name) = (store.TrustStoreArn ?? "", store.Name ?? "");
            var tags = elb.Tags[arn];
            if (live.AddressOf(Kinds.TrustStore, arn, tags) is { } address)
            {
                var desired = live.Wanted[address]?.Attributes;
                var shape = TrustStoreShape.Of(name, tags[Marks.Location], desired);
                live.Add(new LiveResource
                {
                    Address = address,
                    Id = arn,
                    Ownership = Ownership.Ours,
                    Attributes = shape.Put("tags", UserTags.Live(tags, desired)),
                    Outputs = AttributeMap.Empty.Put("arn", arn),
                    Fingerprint = Fingerprints.Of(Kinds.TrustStore, shape),
                    Protected = Marks.IsProtected(tags),
                });
            }
            else if (!live.IsOurs(tags) && live.Wanted.Named(Kinds.TrustStore, name) is { } node)
            {
                var shape = TrustStoreShape.Of(name, null, null);
                live.Add(new LiveResource
                {
                    Address = node.Address,
                    Id = arn,
                    Ownership = Ownership.Foreign,
                    Attributes = shape,
                    Outputs = AttributeMap.Empty,
                    Fingerprint = Fingerprints.Of(Kinds.TrustStore, shape),
                    OwnerText = Marks.OwnerText(tags),
                });
            }
        }
    }
}

/// <summary>A trust store's attributes.</summary>
internal static class TrustStoreShape
{
    /// <param name="location">By the mark: its key holds the bundle's digest, so where it is the one that is wanted, so
    /// is the bundle.</param>
    public static AttributeMap Of(string name, string? location, AttributeMap? desired) => AttributeMap.Empty
        .Put("name", name)
        .Put("location", location)
        .Put("bundle", location is not null && location == desired?.TextOrNull("location")
            ? desired.TextOrNull("bundle")
            : null);
}
