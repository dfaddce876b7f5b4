namespace Gwctl.Compiler.Specs;

/// <summary>Annotations of a Gateway that speak to the controller in the cluster. They are no part of the
/// routing.</summary>
public static class ControllerAnnotations
{
    /// <summary>Holds the digest of the plan that may be applied.</summary>
    public const string Approve = "gwctl.dev/approve";

    /// <summary><c>retain</c> leaves the cloud objects when the Gateway is deleted.</summary>
    public const string DeletionPolicy = "gwctl.dev/deletion-policy";

    /// <summary>Where the Gateway's cloud objects are: the controller's own note.</summary>
    public const string CloudObjects = "gwctl.dev/cloud-objects";

    /// <summary>On a GatewayClass: Gateways of it that are gone, and whose cloud objects were to stay. The controller's
    /// own note.</summary>
    public const string Retained = "gwctl.dev/retained";

    public static bool IsOne(string name) => name is Approve or DeletionPolicy or CloudObjects;
}
