namespace Gwctl.Verification.Router;

/// <summary>The prefix rules of one hostname, by path elements.</summary>
internal sealed class PrefixTrie
{
    private readonly Node _root;

    /// <param name="rules">By position.</param>
    public PrefixTrie(IEnumerable<CompiledRule> rules)
    {
        var root = new Draft();
        foreach (var rule in rules)
        {
            var draft = root;
            if (rule.PathText.Length > 0)
            {
                foreach (var element in rule.PathText[1..].Split('/'))
                {
                    draft = draft.Child(element);
                }
            }

            draft.Rules.Add(rule);
        }

        _root = new Node(root);
    }

    /// <inheritdoc cref="RuleBucket.Find"/>
    public int Find(Request request, int best) => Find(_root, request.Path, request, best);

    /// <summary>Longer prefixes first, for they are likely to win.</summary>
    /// <param name="rest">What follows the node's prefix: nothing, or a slash and the next elements.</param>
    private static int Find(Node node, ReadOnlySpan<char> rest, Request request, int best)
    {
        if (node.First >= best)
        {
            return best;
        }

        if (node.HasChildren && rest is ['/', .. var elements])
        {
            var slash = elements.IndexOf('/');
            if (node.Children.TryGetValue(slash < 0 ? elements : elements[..slash], out var child))
            {
                best = Find(child, slash < 0 ? [] : elements[slash..], request, best);
            }
        }

        return node.Bucket?.Find(request, best) ?? best;
    }

    private sealed class Draft
    {
        public List<CompiledRule> Rules { get; } = [];

        public Dictionary<string, Draft> Children { get; } = new(StringComparer.Ordinal);

        public Draft Child(string element)
        {
            if (!Children.TryGetValue(element, out var child))
            {
                child = new Draft();
                Children.Add(element, child);
            }

            return child;
        }
    }

    private sealed class Node
    {
        public Node(Draft draft)
        {
            Bucket = draft.Rules.Count is 0 ? null : new RuleBucket(draft.Rules);
            First = Bucket?.First ?? int.MaxValue;
            HasChildren = draft.Children.Count > 0;
            var children = new Dictionary<string, Node>(draft.Children.Count, StringComparer.Ordinal);
            foreach (var (element, child) in draft.Children)
            {
                var node = new Node(child);
                children.Add(element, node);
                First = Math.Min(First, node.First);
            }

            Children = children.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public RuleBucket? Bucket { get; }

        /// <summary>The first position here and below.</summary>
        public int First { get; }

        public bool HasChildren { get; }

        public Dictionary<string, Node>.AlternateLookup<ReadOnlySpan<char>> Children { get; }
    }
}
