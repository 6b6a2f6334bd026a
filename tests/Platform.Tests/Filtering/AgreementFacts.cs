using CsCheck;
using Microsoft.EntityFrameworkCore;
using Platform.Filtering;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>What PostgreSQL finds is what the evaluation in memory lets pass.</summary>
public sealed class AgreementFacts(SpecimenDatabase specimens) : IClassFixture<SpecimenDatabase>
{
    [Fact]
    public Task Sql_and_memory_agree_on_every_row() => AgreeAsync(expressions: 500);

    // A hundred thousand expressions, in parts that can be run alone.
    [Theory]
    [Trait("category", "long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Sql_and_memory_agree_on_many_millions_of_pairs(int part)
    {
        Assert.InRange(part, 1, 5);
        await AgreeAsync(expressions: 20_000);
    }

    private async Task AgreeAsync(int expressions)
    {
        var (passed, refused) = (0, 0);
        await Gen.Select(Expressions.All, Specimens.Contexts).SampleAsync(
            async (text, context) =>
            {
                var bound = Filter.Parse(text).Value!.Bind(Specimen.Schema).Value!;
                await using var db = specimens.Open(TestTenants.Acme);
                context = specimens.Reaching(context, db);
                var found = (await db.Specimens.Where(bound.ToPredicate(context)).Select(row => row.Id).ToListAsync()).ToHashSet();
                foreach (var row in specimens.Rows)
                    Assert.True(bound.Evaluate(row, context) == found.Contains(row.Id), $"{text} is {found.Contains(row.Id)} in SQL of {Describe(row)} for {context.Now} in {context.Zone.Id} of {context.User}");
                Interlocked.Add(ref passed, found.Count);
                Interlocked.Add(ref refused, specimens.Rows.Count - found.Count);
            },
            iter: expressions,
            threads: 1);
        // A generator that finds all or nothing would prove nothing.
        Assert.True(passed > expressions * 10 && refused > expressions * 10, $"{passed} rows passed and {refused} did not.");
    }

    private static string Describe(Specimen row) => System.Text.Json.JsonSerializer.Serialize(row);
}
