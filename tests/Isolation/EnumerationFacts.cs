using System.Diagnostics;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Xunit;

namespace Isolation.Tests;

/// <summary>Nobody learns from how long it takes whether somebody else has a resource: both ids end at the tenant's own index.</summary>
[Collection(Product.Name)]
public sealed class EnumerationFacts(Product.Attacked product)
{
    private const int Samples = 150;
    private const int Tries = 4;
    private const double MaxRatio = 1.25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_id_takes_as_long_as_an_unknown_one()
    {
        var gets = Rpc.All.Where(rpc => rpc.Verb == "Get" && rpc.Method.InputType.FindFieldByName("id") is not null && product.Siege.B.IdsOf(rpc.Resource).Count > 0).ToList();
        Assert.True(gets.Count >= 7, $"Only {gets.Count} resources were found.");
        foreach (var rpc in gets)
        {
            // The machine may be busy with one half of a try; a difference that is real shows in every one.
            var ratios = new List<double>();
            while (ratios.Count < Tries && (ratios.Count == 0 || ratios[^1] > MaxRatio))
                ratios.Add(await RatioAsync(rpc));
            Assert.True(ratios[^1] <= MaxRatio, $"{rpc}: {string.Join(" ", ratios)}");
        }
    }

    private async Task<double> RatioAsync(Rpc rpc)
    {
        var foreign = new List<long>();
        var unknown = new List<long>();
        var ids = product.Siege.B.IdsOf(rpc.Resource);
        for (var i = 0; i < Samples; i++)
        {
            // One after the other, so that both meet the same load.
            foreign.Add(await MeasureAsync(rpc, ids[i % ids.Count]));
            unknown.Add(await MeasureAsync(rpc, $"{Guid.CreateVersion7()}"));
        }

        var (left, right) = (Median(foreign), Median(unknown));
        return Math.Max(left, right) / Math.Min(left, right);
    }

    private async Task<long> MeasureAsync(Rpc rpc, string id)
    {
        // Besides the id, what A would send itself.
        var request = product.Siege.A.Requests[rpc.FullName].Fill(rpc.Method.InputType);
        rpc.Method.InputType.FindFieldByName("id").Accessor.SetValue(request, id);
        // The caller's own object: what differs is the record alone.
        rpc.Method.InputType.FindFieldByName("object")?.Accessor.SetValue(request, $"{product.Siege.A.ObjectKey}s");
        var started = Stopwatch.GetTimestamp();
        var answer = await product.Doors.MakeAsync(new Call(rpc, request, Door.ServiceGrpc, product.Siege.A.Token), Token);
        var ticks = Stopwatch.GetTimestamp() - started;
        Assert.True(answer.Code == "NOT_FOUND", $"{rpc}: {answer.Code} {answer.Text}");
        return ticks;
    }

    private static double Median(List<long> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
