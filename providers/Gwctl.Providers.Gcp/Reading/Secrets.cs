using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Secrets of living objects: Google gives none back, so that the digests in the marks stand for
/// them.</summary>
internal static class Secrets
{
    public static AttributeMap Into(AttributeMap shape, Marks marks)
    {
        foreach (var (path, digest) in marks.Secrets)
        {
            shape = Put(shape, path.Split('.'), digest);
        }

        return shape;
    }

    private static AttributeMap Put(AttributeMap map, ReadOnlySpan<string> path, string digest) => path is [var last]
        ? map.With(last, new AttributeValue.Secret("", digest))
        : map.With(path[0], Attr.Map(Put(map.MapOf(path[0]), path[1..], digest)));
}
