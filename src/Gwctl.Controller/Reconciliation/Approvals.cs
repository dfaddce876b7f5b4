using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Shows plans that wait for approval, in a ConfigMap beside the Gateway.</summary>
public sealed class Approvals(KubeClient client)
{
    /// <summary>Of a ConfigMap's data, with room for the rest.</summary>
    private const int PlanBytesMax = 900 * 1024;

    private const int SummaryCharactersMax = 60_000;

    /// <summary>Writes the plan where it is not there yet.</summary>
    /// <exception cref="KubeException">It was not written.</exception>
    public async Task PostAsync(
        ClusterObject gateway, Plan plan, string digest, CancellationToken cancellationToken)
    {
        var name = NameOf(gateway.Id.Name);
        var posted = await client.FindAsync(KubeResource.ConfigMap, name, cancellationToken);
        if (Json.Text(Json.Section(posted?.Body, "data"), "digest") == digest)
        {
            return;
        }

        var owner = new FieldOwner("gwctl-controller", Force: true);
        await client.ApplyAsync(KubeResource.ConfigMap, Body(gateway, plan, digest, name), owner, cancellationToken);
    }

    /// <summary>Takes away what is approved, or not wanted any more.</summary>
    /// <exception cref="KubeException">It is still there.</exception>
    public Task WithdrawAsync(ClusterObject gateway, CancellationToken cancellationToken) => client.DeleteAsync(
        KubeResource.ConfigMap, NameOf(gateway.Id.Name), DeletePreconditions.None, cancellationToken);

    public static ObjectName NameOf(ObjectName gateway) => new(gateway.Namespace, $"gwctl-plan-{gateway.Name}");

    private static JsonObject Body(ClusterObject gateway, Plan plan, string digest, ObjectName name)
    {
        var summary = PlanText.Lines(plan);
        var data = new JsonObject
        {
            ["digest"] = digest,
            ["summary"] = summary.Length > SummaryCharactersMax ? summary[..SummaryCharactersMax] + "…\n" : summary,
        };
        var body = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name.Name,
                ["namespace"] = name.Namespace,
                ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "gwctl" },
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = gateway.Resource.ApiVersion,
                    ["kind"] = gateway.Id.Kind,
                    ["name"] = gateway.Id.Name.Name,
                    ["uid"] = gateway.Uid,
                }),
            },
            ["data"] = data,
        };
        var whole = PlanFile.Write(plan);
        if (whole.Length <= PlanBytesMax)
        {
            data["plan.json"] = Encoding.UTF8.GetString(whole);
        }
        else if (PlanText.Compressed(plan) is { Length: <= PlanBytesMax * 3 / 4 } packed)
        {
            body["binaryData"] = new JsonObject { ["plan.json.gz"] = Convert.ToBase64String(packed) };
        }

        return body;
    }
}
