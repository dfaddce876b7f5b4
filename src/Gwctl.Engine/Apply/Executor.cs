using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

public sealed class Executor(ExecutorOptions options)
{
    public IAsyncEnumerable<ApplyEvent> ApplyAsync(
        Plan plan,
        IReadOnlyDictionary<string, IProvider> providersByScope,
        Func<AttributeValue.Secret, SecretText?> secrets,
        CancellationToken stopStarting,
        CancellationToken kill) =>
        throw new System.Diagnostics.UnreachableException($"{options}{plan}{providersByScope}{secrets}{stopStarting}{kill}");
}
