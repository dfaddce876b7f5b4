using System.Security.Cryptography;
using System.Text;
using Gwctl.Compiler.Routing;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>How client certificates are judged.</summary>
/// <param name="Attribute">Null where none is asked for.</param>
internal sealed record ClientVerification(AttributeField? Attribute);

/// <summary>Verification of client certificates (spec.tls.frontend): by a trust store of gwctl's, or by one that the
/// TLS option <c>gwctl.dev/trust-store</c> names.</summary>
internal sealed class TrustStoreProjection(GatewayBuilder gateway)
{
    /// <summary>TLS option: the ARN of a trust store to use.</summary>
    public const string Option = "gwctl.dev/trust-store";

    private readonly GatewayBuilder _gateway = gateway;

    /// <summary>Ports with equal bundles share a trust store.</summary>
    private readonly Dictionary<string, ResourceAddress> _byDigest = new(StringComparer.Ordinal);

    /// <summary>Null where clients cannot be judged as asked, which has been reported then: the port must not
    /// open.</summary>
    public ClientVerification? Of(RoutingPort port)
    {
        if (!TryGetNamed(port, out var named))
        {
            return null;
        }

        if (port.ClientValidation is not { } validation)
        {
            return new ClientVerification(named is null ? null : Verify(new AttributeValue.Text(named)));
        }

        if (validation.AllowsInsecureFallback)
        {
            _gateway.Report(TrustDiagnostics.InsecureFallback(_gateway.Gateway, port.Port, validation));
            return new ClientVerification(Field(Shape.Map(Shape.Text("mode", "passthrough"))));
        }

        if (named is not null)
        {
            return new ClientVerification(Verify(new AttributeValue.Text(named)));
        }

        if (_gateway.Settings.TrustStoreBucket is not { } bucket)
        {
            _gateway.Report(TrustDiagnostics.NoBucket(_gateway.Gateway, port.Port, validation));
            return null;
        }

        return new ClientVerification(Verify(new AttributeValue.Reference(Managed(port, validation, bucket), "arn")));
    }

    private static AttributeField Verify(AttributeValue trustStore) =>
        Field(Shape.Map(Shape.Text("mode", "verify"), Shape.Field("trustStore", trustStore)));

    private static AttributeField Field(AttributeValue.Map map) => Shape.Field("mutualAuthentication", map);

    private ResourceAddress Managed(RoutingPort port, ClientValidation validation, string bucket)
    {
        var bundle = string.Join('\n', validation.CaCertificates.Select(pem => pem.Trim())) + '\n';
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bundle)));
        if (_byDigest.TryGetValue(digest, out var known))
        {
            return known;
        }

        var address = _gateway.AddressOf(Kinds.TrustStore, port.Port.ToString());
        var name = _gateway.Gateway.Name;
        _byDigest.Add(digest, address);
        _gateway.Add(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Text("name", _gateway.NameOf($"{name.Namespace}-{name.Name}", Kinds.TrustStore, address.Key)),
                Shape.Text("location", $"s3://{bucket}/gwctl/{_gateway.Scope.Owner}/{digest}.pem"),
                Shape.Text("bundle", bundle),
                _gateway.GuardedTags),
            Origin = validation.Span,
            OriginObjects = [_gateway.GatewayObject],
            Protected = _gateway.Protected,
        });
        return address;
    }

    /// <summary>What the listeners' options name; false where that cannot be used, which has been reported then.
    /// </summary>
    private bool TryGetNamed(RoutingPort port, out string? arn)
    {
        arn = null;
        foreach (var listener in port.Listeners)
        {
            foreach (var option in listener.TlsOptions.Where(option => option.Name is Option))
            {
                if (!IsTrustStore(option.Value) || (arn is not null && arn != option.Value))
                {
                    _gateway.Report(AwsDiagnostics.BadTlsOption(
                        _gateway.Gateway, listener, option,
                        $"Give one trust store's ARN for all listeners of the port, as arn:aws:elasticloadbalancing:"
                            + $"{_gateway.Settings.Region.Value}:123456789012:truststore/name/0123456789abcdef."));
                    return false;
                }

                arn = option.Value;
            }
        }

        return true;
    }

    private bool IsTrustStore(string arn) =>
        arn.Split(':', 6) is ["arn", _, "elasticloadbalancing", var region, _, var resource]
            && region == _gateway.Settings.Region.Value
            && resource.StartsWith("truststore/", StringComparison.Ordinal);
}
