using System.Text.RegularExpressions;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Deals;

public sealed partial class FilterDocumentFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task Every_example_of_the_document_is_understood()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "filtering.md"), Token);
        var examples = Block().Matches(document).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.True(examples.Count >= 5);
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(TestTenants.Acme, All));
        foreach (var example in examples)
            await client.ListDealsAsync(new ListDealsRequest { Filter = example, OrderBy = "close_date, amount desc", TimeZone = "Europe/Berlin" }, cancellationToken: Token);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Platform.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        return folder;
    }

    [GeneratedRegex("```filter\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
