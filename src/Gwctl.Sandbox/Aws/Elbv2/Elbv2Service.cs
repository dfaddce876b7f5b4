using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Elastic Load Balancing v2, API version 2015-12-01.</summary>
internal static class Elbv2Service
{
    public static AwsService Create() => new("elbv2",
    [
        Writes("CreateLoadBalancer", LoadBalancers.Create),
        Reads("DescribeLoadBalancers", LoadBalancers.Describe),
        Writes("DeleteLoadBalancer", LoadBalancers.Delete),
        Writes("SetSecurityGroups", LoadBalancerNetwork.SetSecurityGroups),
        Writes("SetSubnets", LoadBalancerNetwork.SetSubnets),
        Writes("SetIpAddressType", LoadBalancerNetwork.SetIpAddressType),
        Reads("DescribeLoadBalancerAttributes", Attributes.DescribeLoadBalancer),
        Writes("ModifyLoadBalancerAttributes", Attributes.ModifyLoadBalancer),
        Writes("CreateListener", Listeners.Create),
        Reads("DescribeListeners", Listeners.Describe),
        Writes("ModifyListener", Listeners.Modify),
        Writes("DeleteListener", Listeners.Delete),
        Reads("DescribeListenerAttributes", Attributes.DescribeListener),
        Writes("ModifyListenerAttributes", Attributes.ModifyListener),
        Reads("DescribeListenerCertificates", ListenerCertificates.Describe),
        Writes("AddListenerCertificates", ListenerCertificates.Add),
        Writes("RemoveListenerCertificates", ListenerCertificates.Remove),
        Writes("CreateRule", Rules.Create),
        Reads("DescribeRules", Rules.Describe),
        Writes("ModifyRule", Rules.Modify),
        Writes("DeleteRule", Rules.Delete),
        Writes("SetRulePriorities", Rules.SetPriorities),
        Writes("CreateTargetGroup", TargetGroups.Create),
        Reads("DescribeTargetGroups", TargetGroups.Describe),
        Writes("ModifyTargetGroup", TargetGroups.Modify),
        Writes("DeleteTargetGroup", TargetGroups.Delete),
        Reads("DescribeTargetGroupAttributes", Attributes.DescribeTargetGroup),
        Writes("ModifyTargetGroupAttributes", Attributes.ModifyTargetGroup),
        Writes("RegisterTargets", Targets.Register),
        Writes("DeregisterTargets", Targets.Deregister),
        Reads("DescribeTargetHealth", Targets.DescribeHealth),
        Writes("CreateTrustStore", TrustStores.Create),
        Reads("DescribeTrustStores", TrustStores.Describe),
        Writes("ModifyTrustStore", TrustStores.Modify),
        Writes("DeleteTrustStore", TrustStores.Delete),
        Reads("DescribeTrustStoreAssociations", TrustStores.DescribeAssociations),
        Reads("GetTrustStoreCaCertificatesBundle", TrustStores.GetBundle),
        Reads("DescribeTags", ResourceTags.Describe),
        Writes("AddTags", ResourceTags.Add),
        Writes("RemoveTags", ResourceTags.Remove),
        Reads("DescribeAccountLimits", AccountLimits.Describe),
        Reads("DescribeSSLPolicies", SslPolicies.Describe),
    ]);
}
