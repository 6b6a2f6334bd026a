using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>
/// From the answer of the call that makes a field, or deletes it, to the moment when it is in lists, descriptors and the API's document,
/// or in none of them: within a second, for each type. The clock is asked on an idle machine only, because another program's load says
/// nothing of the platform; of three measurements the best counts, since load can only lengthen one, and what is slow by itself is slow
/// in all three.
/// </summary>
[Trait("category", "long")]
public sealed class SecondFacts(RunningStack stack)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_field_of_each_type_comes_and_goes_within_a_second(bool own)
    {
        using var alice = await stack.HttpForAliceAsync();
        var kind = own ? await Kind.MakeAsync(alice, $"o{Guid.NewGuid():N}"[..8]) : Kind.People;
        var slow = new List<string>();
        foreach (var field in FieldKind.All)
        {
            var (comes, goes) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            for (var attempt = 0; attempt < Attempts && (comes > Limit || goes > Limit); attempt++)
            {
                var measured = await MeasureAsync(alice, kind, field);
                (comes, goes) = (comes < measured.Comes ? comes : measured.Comes, goes < measured.Goes ? goes : measured.Goes);
            }

            TestContext.Current.SendDiagnosticMessage("{0}", $"{kind.Resource} {field.Type}: {comes.TotalMilliseconds:0} ms, {goes.TotalMilliseconds:0} ms");
            if (comes > Limit || goes > Limit)
                slow.Add($"{field.Type}: {comes.TotalMilliseconds:0} ms, {goes.TotalMilliseconds:0} ms");
        }

        Assert.Empty(slow);
    }

    private static async Task<(TimeSpan Comes, TimeSpan Goes)> MeasureAsync(HttpClient alice, Kind kind, FieldKind field)
    {
        var run = $"r{Guid.NewGuid():N}"[..8];
        // What a formula or a roll-up reads.
        var read = field.Reads is { } other ? await kind.AddAsync(alice, other, run) : null;
        var id = await kind.AddAsync(alice, field, run);
        var since = Stopwatch.StartNew();
        await Task.WhenAll(IsAsync(true));
        var comes = since.Elapsed;
        await Kind.RemoveAsync(alice, id);
        since.Restart();
        await Task.WhenAll(IsAsync(false));
        var goes = since.Elapsed;
        if (read is not null)
            await Kind.RemoveAsync(alice, read);
        return (comes, goes);

        IEnumerable<Task> IsAsync(bool known) =>
        [
            kind.KnowsAsync(alice, field.KeyIn(run), known),
            Eventually.HoldsAsync(async () => (await alice.GetStringAsync(new Uri($"/api/v1/metadata/resources/{kind.Resource}", UriKind.Relative), Token)).Contains($"\"custom_fields.{field.KeyIn(run)}\"", StringComparison.Ordinal) == known),
            Eventually.HoldsAsync(async () => (await alice.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Token)).Contains($"\"{field.KeyIn(run)}\"", StringComparison.Ordinal) == known),
        ];
    }
}
