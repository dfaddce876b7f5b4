using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>Finds secrets' texts where specs hold them.</summary>
public static class SecretSources
{
    /// <summary>By source, as in <c>Secret/namespace/name#tls.key</c>; null where the specs do not hold it.</summary>
    public static SecretText? Find(SpecSet specs, AttributeValue.Secret secret)
    {
        foreach (var spec in specs.Secrets)
        {
            var prefix = $"Secret/{spec.Name}#";
            if (secret.Source.StartsWith(prefix, StringComparison.Ordinal))
            {
                return secret.Source[prefix.Length..] switch
                {
                    "tls.crt" => spec.Certificate,
                    "tls.key" => spec.PrivateKey,
                    _ => null,
                };
            }
        }

        return null;
    }
}
