using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Who refers to whom among the living objects of ours. Live attributes hold ids as text, so a text that is
/// the id or an output of exactly one object is a reference to it.</summary>
internal sealed class LiveIndex
{
    private static readonly List<LiveResource> s_none = [];

    // Null: several objects put it out (a zone id, a region): it identifies none of them.
    private readonly Dictionary<string, LiveResource?> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LiveResource>> _users = new(StringComparer.Ordinal);

    public LiveIndex(LiveState live)
    {
        var ours = live.Resources.Where(resource => resource.Ownership is Ownership.Ours).ToList();
        foreach (var resource in ours)
        {
            Register(resource.Id, resource);
            foreach (var output in resource.Outputs.Fields)
            {
                if (output.Value is AttributeValue.Text text)
                {
                    Register(text.Value, resource);
                }
            }
        }

        foreach (var resource in ours)
        {
            foreach (var source in SourcesOf(resource.Attributes, resource))
            {
                if (!_users.TryGetValue(source.Id, out var users))
                {
                    _users.Add(source.Id, users = []);
                }

                users.Add(resource);
            }
        }
    }

    /// <summary>The living objects whose attributes hold the object's id or an output of it, each once.</summary>
    public IReadOnlyList<LiveResource> UsersOf(LiveResource resource) => _users.GetValueOrDefault(resource.Id, s_none);

    public LiveResource? Find(AttributeValue? value) =>
        value is AttributeValue.Text text ? _byText.GetValueOrDefault(text.Value) : null;

    /// <summary>The objects that the attributes refer to by text, each once, but for the object itself.</summary>
    public List<LiveResource> SourcesOf(AttributeMap attributes, LiveResource? self = null)
    {
        var found = new List<LiveResource>();
        AttributeWalk.Visit(attributes, value =>
        {
            if (Find(value) is { } source && !ReferenceEquals(source, self) && !found.Contains(source))
            {
                found.Add(source);
            }
        });
        return found;
    }

    private void Register(string text, LiveResource resource)
    {
        if (text is "" || (_byText.TryGetValue(text, out var other) && ReferenceEquals(other, resource)))
        {
            return;
        }

        _byText[text] = _byText.ContainsKey(text) ? null : resource;
    }
}
