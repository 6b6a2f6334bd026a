using Microsoft.EntityFrameworkCore;
using Platform.Filtering;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

public sealed class InjectionFacts(SpecimenDatabase specimens) : IClassFixture<SpecimenDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Texts =>
    [
        "' OR '1'='1", "'; DROP TABLE specimens; --", "%", "_", "%%", "a%", @"\", @"\\", @"\%", "*", "\"", "'", "$1", "@Value", "{0}", "}", "\n--\n", "/* */", "\u202E", "😀", "ﬁ", "\u0301", "null", "user.id", "today()",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_is_found_as_it_is_and_nothing_else_is(string text)
    {
        var tenant = Guid.CreateVersion7();
        await using var db = specimens.Open(tenant);
        var (wanted, other) = (new Specimen { Name = $"<{text}>" }, new Specimen { Name = "<other>" });
        wanted.CustomFields.Fields[text] = Google.Protobuf.WellKnownTypes.Value.ForString(text);
        db.AddRange(wanted, other);
        await db.SaveChangesAsync(Token);
        var quoted = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
        string[] filters =
        [
            $"name = \"<{quoted}>\"", $"name : \"<{quoted}>\"", $"name = \"*<{quoted}*\"", $"custom_fields.\"{quoted}\" = \"{quoted}\"", $"custom_fields.\"{quoted}\" : \"{quoted}\"", $"custom_fields:\"{quoted}\"",
        ];
        foreach (var filter in filters)
            Assert.Equal([wanted.Id], await db.Specimens.Where(Samples.Bind(filter).ToPredicate(Samples.Context)).Select(row => row.Id).ToListAsync(Token));
        Assert.Equal(2, await db.Specimens.CountAsync(Token));
    }

    [Fact]
    public async Task A_filter_stays_within_the_tenant()
    {
        await using var db = specimens.Open(TestTenants.Globex);
        Assert.Equal(0, await db.Specimens.Where(Samples.Bind("price:* OR NOT price:*").ToPredicate(Samples.Context)).CountAsync(Token));
    }
}
