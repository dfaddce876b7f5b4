using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>Values by hostname patterns: exact names, wildcards by their suffix, any host.</summary>
internal sealed class HostTable<T>
    where T : class
{
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _wildcards;
    private readonly T? _any;

    /// <summary>The longest wildcard suffix: longer rests of a name need no look.</summary>
    private readonly int _suffixMax;

    /// <param name="entries">Of equal patterns the first counts.</param>
    public HostTable(IEnumerable<KeyValuePair<HostPattern, T>> entries)
    {
        var exact = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (pattern, value) in entries)
        {
            if (pattern.IsAny)
            {
                _any ??= value;
            }
            else if (pattern.IsExact)
            {
                exact.TryAdd(pattern.Text, value);
            }
            else if (wildcards.TryAdd(pattern.Text[1..], value))
            {
                _suffixMax = Math.Max(_suffixMax, pattern.Text.Length - 1);
            }
        }

        _exact = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcards = wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The value of each pattern that the name fits, the most specific first.</summary>
    /// <param name="name">Without port and final dot, in any case.</param>
    public Enumerator Matches(ReadOnlySpan<char> name) => new(this, name);

    /// <summary>The value of the most specific pattern; null where none fits.</summary>
    public T? Best(ReadOnlySpan<char> name)
    {
        var matches = Matches(name);
        return matches.MoveNext() ? matches.Current : null;
    }

    /// <summary>Walks without memory: the exact name, then ever shorter suffixes, then any host.</summary>
    internal ref struct Enumerator(HostTable<T> table, ReadOnlySpan<char> name)
    {
        private readonly ReadOnlySpan<char> _name = name;

        /// <summary>Where the next suffix is looked for: -1 is the exact name, past the end any host.</summary>
        private int _next = -1;

        private T? _current;

        public readonly T Current => _current ?? throw new InvalidOperationException("There is no match here.");

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next < 0)
            {
                // A suffix has at least one character before it.
                _next = Math.Max(1, _name.Length - table._suffixMax);
                if (table._exact.TryGetValue(_name, out _current))
                {
                    return true;
                }
            }

            while (_next < _name.Length)
            {
                var dot = _name[_next..].IndexOf('.');
                if (dot < 0)
                {
                    break;
                }

                var suffix = _next + dot;
                _next = suffix + 1;
                if (table._wildcards.TryGetValue(_name[suffix..], out _current))
                {
                    return true;
                }
            }

            var isFirstPastEnd = _next <= Math.Max(_name.Length, 1);
            _next = int.MaxValue;
            _current = table._any;
            return isFirstPastEnd && _current is not null;
        }
    }
}
