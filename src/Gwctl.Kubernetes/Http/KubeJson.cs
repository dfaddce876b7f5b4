using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gwctl.Kubernetes.Http;

/// <summary>How bodies are written.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class KubeJson : JsonSerializerContext;
