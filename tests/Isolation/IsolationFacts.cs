using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// The installations are attacked one after the other: they share the machine, and each waits for quiet.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Isolation.Tests;

/// <summary>One company's data is never visible to another, with these walls.</summary>
public abstract class IsolationFacts(SiegeFixture siege)
{
    [Fact]
    public void Every_call_was_reached_by_both_companies() => Assert.True(siege.Report.Unreached.Count == 0,
        $"No request succeeded, so nothing could be proven: {string.Join('\n', siege.Report.Unreached.Select(call => $"{call.Key}: {call.Value}"))}");

    [Fact]
    public void Every_call_endpoint_and_event_was_attacked()
    {
        var (tally, rpcs) = (siege.Report.Tally, Rpc.All);
        Assert.True(rpcs.Count >= 45, $"Only {rpcs.Count} RPCs were found.");
        Assert.Equal(rpcs.Select(rpc => rpc.FullName), tally.Rpcs.Keys.Order(StringComparer.Ordinal));
        Assert.All(tally.Rpcs, rpc => Assert.True(rpc.Value >= (siege.Walls == Walls.Both ? 10 : 4), $"{rpc.Key} was called only {rpc.Value} times."));
        Assert.True(Rpc.Events.Count >= 18, $"Only {Rpc.Events.Count} events were found.");
        Assert.True(tally.Deliveries.Values.Sum() >= Rpc.Events.Count * siege.Hosts.Count * 3, "Not every event was delivered to every service.");
        Assert.True(tally.Deliveries.Where(delivery => delivery.Key.Contains(" in bulk ", StringComparison.Ordinal)).Sum(delivery => delivery.Value) >= Rpc.Events.Count * 3, "Not every event was delivered in bulk.");
        Assert.Contains(tally.Endpoints.Keys, endpoint => endpoint.EndsWith("POST /events/{topic}/bulk", StringComparison.Ordinal));
        Assert.Contains(tally.Endpoints.Keys, endpoint => endpoint.EndsWith("POST /api/v1/contacts/imports", StringComparison.Ordinal));
        // An attack that is always refused proves nothing, and neither does one that is never.
        Assert.All((string[])["OK", "NOT_FOUND", "INVALID_ARGUMENT", "PERMISSION_DENIED", "UNAUTHENTICATED"], code => Assert.True(tally.Codes.GetValueOrDefault(code) >= 20, $"{code} came {tally.Codes.GetValueOrDefault(code)} times."));
        Assert.True(siege.Report.Secrets >= 50, $"Only {siege.Report.Secrets} ids were watched.");
        Assert.True(tally.Twins >= 200, $"Only {tally.Twins} foreign ids were compared with unknown ones.");
    }

    [Fact]
    public void Nothing_of_the_other_company_came_back() => Assert.True(siege.Report.Tally.Findings.Count == 0, string.Join("\n\n", siege.Report.Tally.Findings));

    [Fact]
    public void No_row_of_the_other_company_was_touched() => Assert.Equal(siege.Report.Before, siege.Report.After);

    [Fact]
    public void No_row_event_e_mail_log_line_or_workflow_holds_what_it_must_not() => Assert.True(siege.Report.Traces.Count == 0, string.Join("\n\n", siege.Report.Traces.Take(20)));
}
