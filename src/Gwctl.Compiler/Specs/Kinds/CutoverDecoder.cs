using System.Globalization;
using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes gwctl.dev Cutover.</summary>
internal static class CutoverDecoder
{
    private const int HostnamesMax = 16;
    private const int AddressesMax = 16;
    private const int StepsMax = 50;
    private const int GatesMax = 20;
    private const int IdleRequestsMax = 1_000_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TtlMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromDays(365);
    private static readonly string[] Sources = ["current", "addresses", "hostname", "loadBalancer", "objectRef"];
    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private static readonly TextRule Address = new(
        1, 45, text => Forms.IsIPv4(text) || Forms.IsIPv6(text), "is no IP address",
        "Write an IPv4 or IPv6 address; a name goes into hostname.");

    private static readonly TextRule TimeOfDay = new(
        5, 5, text => TryTime(text, out _), "is no time of day", "Write hours and minutes, as 09:00, in UTC.");

    private static readonly TextRule Moment = new(
        1, 40, text => TryMoment(text, out _), "is no moment", "Write it as 2026-01-31T08:15:00Z.");

    private static readonly TextRule WeekDay = new(
        3, 3, DayNames.Contains, "is no day of the week", "Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.");

    private static readonly TextRule Owner = new(
        1, 128, text => !text.Any(c => c is ',' or '"' or '\\' || char.IsControl(c)), "is no registry owner",
        "Write what stands after external-dns/owner= in the TXT record.");

    public static CutoverSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var hostnames = reader.Texts("hostnames", Forms.Hostname, 1, HostnamesMax);
            var spec = new CutoverSpec
            {
                Meta = context.Meta,
                Hostnames = hostnames,
                Zone = reader.Section("zone", ProviderConfigDecoder.DecodeZone),
                From = reader.Section("from", DecodeSource) ?? new CutoverSourceSpec.Current(reader.Span),
                To = reader.RequiredSection("to", DecodeTarget)
                    ?? new SpecReference(ApiGroups.Gateway, "Gateway", null, "", reader.Span),
                Ttl = reader.Duration("ttl", Second, TtlMax)?.Value ?? TimeSpan.FromMinutes(1),
                Steps = reader.List("steps", DecodeStep, 1, StepsMax),
                Schedule = reader.Section("schedule", DecodeSchedule),
                Gates = reader.List("gates", gate => CutoverGateDecoder.Decode(gate, hostnames), 0, GatesMax),
                Window = reader.Duration("window", TimeSpan.Zero, Day)?.Value ?? TimeSpan.FromMinutes(5),
                Abort = reader.Section("abort", DecodeAbort) ?? new CutoverAbortSpec(false, TimeSpan.FromHours(1)),
                Finish = reader.Section("finish", DecodeFinish)
                    ?? new CutoverFinishSpec(TimeSpan.FromDays(7), TimeSpan.FromHours(1), 0),
                TakeOverOwner = reader.Section("takeOver", DecodeTakeOver)?.Owner,
            };
            CheckTogether(spec, reader);
            return spec;
        });

    private static CutoverSourceSpec? DecodeSource(NodeReader reader)
    {
        var given = Sources.Where(reader.Has).ToList();
        if (given is not [var only])
        {
            reader.Problems.Add(CutoverDiagnostics.OneOf(
                given is [_, var second, ..] ? reader.PlaceOf(second) : reader.Span, reader.Path, given, Sources));
            reader.Ignore([.. Sources]);
            return null;
        }

        reader.Ignore([.. Sources.Where(source => source != only && !reader.Has(source))]);
        return only switch
        {
            "current" => reader.Section("current", _ => new CutoverSourceSpec.Current(reader.Span)),
            "addresses" => new CutoverSourceSpec.Addresses(
                reader.Texts("addresses", Address, 1, AddressesMax), reader.Span),
            "hostname" => new CutoverSourceSpec.Name(
                reader.RequiredText("hostname", Forms.PreciseHostname).Value, reader.Span),
            "loadBalancer" => reader.Section("loadBalancer", DecodeLoadBalancer),
            _ => reader.Section("objectRef", DecodeObject),
        };
    }

    private static CutoverSourceSpec.LoadBalancer DecodeLoadBalancer(NodeReader reader)
    {
        if (reader.Has("name") == reader.Has("id"))
        {
            string[] both = ["name", "id"];
            reader.Problems.Add(CutoverDiagnostics.OneOf(reader.Span, reader.Path, [.. both.Where(reader.Has)], both));
        }

        var text = reader.Text("id", TextRule.Length(1, 2_048)) ?? reader.Text("name", TextRule.Length(1, 255));
        reader.Ignore("name");
        return new CutoverSourceSpec.LoadBalancer(text?.Value ?? "", reader.Span);
    }

    private static CutoverSourceSpec.OfObject DecodeObject(NodeReader reader)
    {
        var kind = reader.RequiredChoice("kind", "Service", "Ingress").Value;
        return new CutoverSourceSpec.OfObject(new SpecReference(
            kind is "Service" ? ApiGroups.Core : ApiGroups.Networking,
            kind,
            reader.Text("namespace", Forms.Label)?.Value,
            reader.RequiredText("name", Forms.ObjectName).Value,
            reader.Span));
    }

    private static SpecReference? DecodeTarget(NodeReader reader) => reader.RequiredSection(
        "gatewayRef", inner => new SpecReference(
            ApiGroups.Gateway,
            "Gateway",
            inner.Text("namespace", Forms.Label)?.Value,
            inner.RequiredText("name", Forms.ObjectName).Value,
            inner.Span));

    /// <summary>Null where the weight is not given or wrong: a placeholder would blame its neighbours.</summary>
    private static CutoverStepSpec? DecodeStep(NodeReader reader)
    {
        var isGiven = reader.Has("weight");
        var weight = isGiven ? reader.Int("weight", 1, 100) : reader.RequiredInt("weight", 1, 100);
        var jump = reader.Bool("allowJump")?.Value ?? false;
        var step = DecodePause(reader);
        return isGiven && weight is { } share ? step with { Weight = share, AllowsJump = jump } : null;
    }

    private static CutoverStepSpec DecodePause(NodeReader reader)
    {
        var step = new CutoverStepSpec(new Located<int>(0, reader.Span), null, null, false, false, reader.Span);
        if (!reader.Has("pause"))
        {
            // An explicit null is how YAML writes an empty value: it must not mean less than {} does.
            reader.Ignore("pause");
            return step with { ForPerson = reader.Mapping.Fields.Any(field => field.Name is "pause") };
        }

        if (!reader.HasMapping("pause"))
        {
            return step with { Pause = reader.Duration("pause", TimeSpan.Zero, PauseMax)?.Value };
        }

        var until = reader.Section("pause", inner => new Until(inner.Text("until", Moment)))?.Text;
        return until is { } text ? step with { Until = MomentOf(text.Value) } : step with { ForPerson = true };
    }

    private sealed record Until(Located<string>? Text);

    private static CutoverScheduleSpec DecodeSchedule(NodeReader reader)
    {
        var schedule = new CutoverScheduleSpec(
            [.. reader.Texts("days", WeekDay, 0, 7).Select(day => (DayOfWeek)Array.IndexOf(DayNames, day.Value))
                .Distinct()],
            TimeOf(reader.Text("from", TimeOfDay), TimeOnly.MinValue),
            TimeOf(reader.Text("to", TimeOfDay), TimeOnly.MaxValue),
            reader.Span);
        if (schedule.From >= schedule.To)
        {
            reader.Problems.Add(CutoverDiagnostics.EmptySchedule(reader.PlaceOf("to"), reader.Path));
        }

        return schedule;
    }

    private static CutoverAbortSpec DecodeAbort(NodeReader reader) => new(
        reader.Choice("onFailure", "pause", "rollback")?.Value is "rollback",
        reader.Duration("extension", TimeSpan.Zero, PauseMax)?.Value ?? TimeSpan.FromHours(1),
        reader.Int("consecutiveFailures", 1, CutoverGateDecoder.FailuresMax)?.Value ?? 1);

    private static CutoverFinishSpec DecodeFinish(NodeReader reader)
    {
        var removes = reader.Bool("remove");
        var retain = reader.Duration("retain", TimeSpan.Zero, PauseMax);
        if (removes is { Value: true } && retain is { } kept)
        {
            reader.Problems.Add(CutoverDiagnostics.OneOf(
                kept.Span, reader.Path, ["remove", "retain"], ["remove", "retain"]));
        }

        return new CutoverFinishSpec(
            removes is { Value: true } ? null : retain?.Value ?? TimeSpan.FromDays(7),
            reader.Duration("idleWindow", TimeSpan.FromMinutes(1), TimeSpan.FromDays(14))?.Value
                ?? TimeSpan.FromHours(1),
            reader.Int("idleRequestsMax", 0, IdleRequestsMax)?.Value ?? 0);
    }

    private sealed record TakeOver(Located<string> Owner);

    private static TakeOver DecodeTakeOver(NodeReader reader) => new(reader.RequiredText("owner", Owner));

    private static void CheckTogether(CutoverSpec spec, NodeReader reader)
    {
        foreach (var group in spec.Hostnames.GroupBy(name => name.Value, StringComparer.Ordinal))
        {
            foreach (var again in group.Skip(1))
            {
                reader.Problems.Add(CutoverDiagnostics.HostnameTwice(again));
            }
        }

        foreach (var group in spec.Gates.GroupBy(gate => gate.Name.Value, StringComparer.Ordinal))
        {
            foreach (var again in group.Skip(1).Where(gate => gate.Name.Value is not ""))
            {
                reader.Problems.Add(CutoverDiagnostics.GateTwice(again.Name, group.First().Name.Span));
            }
        }

        CheckSteps(spec, reader);
    }

    /// <summary>Shares rise to the whole, and none more than doubles what the new side has warmed up to.</summary>
    private static void CheckSteps(CutoverSpec spec, NodeReader reader)
    {
        var before = 0;
        foreach (var step in spec.Steps)
        {
            var weight = step.Weight.Value;
            if (weight <= before)
            {
                reader.Problems.Add(CutoverDiagnostics.WeightFalls(step.Weight, before));
            }
            else if (CutoverWarmUp.IsJump(before, weight) && !step.AllowsJump)
            {
                reader.Problems.Add(CutoverDiagnostics.Jump(step.Weight, before));
            }

            before = Math.Max(before, weight);
        }

        if (spec.Steps is [.., var last] && last.Weight.Value is not 100)
        {
            reader.Problems.Add(CutoverDiagnostics.EndsEarly(last.Weight));
        }
    }

    private static TimeOnly TimeOf(Located<string>? text, TimeOnly otherwise) =>
        text is { } given && TryTime(given.Value, out var time) ? time : otherwise;

    private static DateTimeOffset? MomentOf(string text) => TryMoment(text, out var moment) ? moment : null;

    private static bool TryTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(
        text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool TryMoment(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
