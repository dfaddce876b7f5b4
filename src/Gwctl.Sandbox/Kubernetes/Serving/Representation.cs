namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>How a reader wants objects.</summary>
internal enum ObjectForm
{
    Whole,

    /// <summary>Only the metadata (PartialObjectMetadata).</summary>
    Metadata,

    /// <summary>Rows for people (Table).</summary>
    Table,
}

/// <summary>What a reader accepts, from most to least wanted.</summary>
internal static class Representation
{
    /// <returns>Null where the reader accepts nothing that is served, such as protobuf alone.</returns>
    public static ObjectForm? Of(string accept)
    {
        if (accept is "")
        {
            return ObjectForm.Whole;
        }

        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }

            switch (Array.Find(parts, part => part.StartsWith("as=", StringComparison.Ordinal)))
            {
                case null:
                    return ObjectForm.Whole;
                case "as=Table" when parts.Contains("v=v1"):
                    return ObjectForm.Table;
                case "as=PartialObjectMetadata" or "as=PartialObjectMetadataList" when parts.Contains("v=v1"):
                    return ObjectForm.Metadata;
            }
        }

        return null;
    }
}
