using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Audit;

public sealed class ReplayProperties(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly Gen<LineItem> Lines = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 500], (quantity, price) => Samples.Line($"{quantity}", $"{price}"));

    // One change of a deal, made of whatever fields it is told to change.
    private static readonly Gen<(string Mask, Deal Values)> Changes = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(name => ("name", new Deal { Name = name })),
        Gen.Int[0, 100].Select(probability => ("probability", new Deal { Probability = probability })),
        Gen.Int[1, 28].Select(day => ("close_date", new Deal { CloseDate = $"2026-02-{day:00}" })),
        Gen.Const(("close_date", new Deal())),
        Lines.Array[0, 3].Select(lines => ("line_items", new Deal { LineItems = { lines } })),
        Gen.String[Gen.Char['¡', 'ÿ'], 0, 20].Select(text => ("custom_fields", new Deal { CustomFields = new Struct { Fields = { ["note"] = Value.ForString(text) } } })),
        Gen.Select(Lines.Array[1, 2], Gen.Int[0, 100]).Select((lines, probability) => ("line_items,probability", new Deal { LineItems = { lines }, Probability = probability })));

    [Fact]
    public async Task Replaying_the_entries_of_a_deal_gives_the_deal() =>
        await Changes.Array[0, 8].SampleAsync(async changes =>
        {
            var client = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, Samples.All));
            var deal = await client.CreateAsync(Samples.Deal(Samples.Line()));
            foreach (var (mask, values) in changes)
            {
                var change = new Deal(values) { Id = deal.Id };
                foreach (var line in change.LineItems.Where((_, index) => index < deal.LineItems.Count && index % 2 == 0))
                    line.Id = deal.LineItems[change.LineItems.IndexOf(line)].Id;
                deal = await client.UpdateDealAsync(new UpdateDealRequest { Deal = change, UpdateMask = FieldMask.FromString(mask) });
            }

            await client.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id });
            var history = await deals.GrpcFor(TestTenants.Acme, AuditHistory.Permission).HistoryAsync("deals.deal", deal.Id, atLeast: 2);

            // The deletion tells what the row held, read anew from the database.
            var (deleted, before) = (history[^1], history[..^1]);
            Assert.Equal("delete", deleted.Action);
            Assert.Equal(AuditHistory.WithoutEmpty(deleted.Before), AuditHistory.Replay(before));
            Assert.Equal(deal.Name, deleted.Before.Fields["name"].StringValue);
            Assert.Equal(deal.LineItems.Select(line => line.Id), Items(deleted.Before).Select(line => line.Fields["id"].StringValue));
            Assert.All(before.Skip(1).Zip(before), pair => Assert.Equal(
                AuditHistory.Replay(before.TakeWhile(entry => entry != pair.First).ToList()) is { } state ? AuditHistory.WithoutEmpty(Only(state, pair.First)) : null,
                AuditHistory.WithoutEmpty(pair.First.Before)));
        }, iter: 40, threads: 2);

    private static Struct Only(Struct state, Platform.Audit.V1.Entry entry)
    {
        var only = new Struct();
        foreach (var field in entry.Before.Fields.Keys.Where(state.Fields.ContainsKey))
            only.Fields.Add(field, state.Fields[field]);
        return only;
    }

    private static IEnumerable<Struct> Items(Struct deal) =>
        deal.Fields.TryGetValue("lineItems", out var lines) ? lines.ListValue.Values.Select(line => line.StructValue) : [];
}
