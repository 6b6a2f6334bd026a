using CsCheck;
using Microsoft.EntityFrameworkCore;
using Platform.Filtering;
using Platform.Paging;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>Custom fields of defined types: filters and orders mean the same in PostgreSQL and in memory.</summary>
public sealed class TypedFacts(SpecimenDatabase specimens) : IClassFixture<SpecimenDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sql_and_memory_agree_on_every_row()
    {
        var (tenant, rows) = await AddAsync(150);
        var (passed, refused) = (0, 0);
        await Gen.Select(TypedRows.Expression, Specimens.Contexts).SampleAsync(
            async (text, context) =>
            {
                var bound = Filter.Parse(text).Value!.Bind(TypedRows.Schema, TypedRows.Fields);
                Assert.False(bound.IsError, $"{text}: {bound.Error?.Message}");
                await using var db = specimens.Open(tenant);
                var found = (await db.Specimens.Where(bound.Value!.ToPredicate(context)).Select(row => row.Id).ToListAsync()).ToHashSet();
                foreach (var row in rows)
                    Assert.True(bound.Value.Evaluate(row, context) == found.Contains(row.Id), $"{text} is {found.Contains(row.Id)} in SQL of {row.CustomFields}");
                Interlocked.Add(ref passed, found.Count);
                Interlocked.Add(ref refused, rows.Count - found.Count);
            },
            iter: 150,
            threads: 1);
        Assert.True(passed > 1_000 && refused > 1_000, $"{passed} rows passed and {refused} did not.");
    }

    [Fact]
    public async Task Pages_in_the_order_of_a_custom_field_hold_every_row_once()
    {
        var (tenant, rows) = await AddAsync(60);
        var context = Samples.Context with { Tenant = tenant, CustomFields = TypedRows.Fields };
        foreach (var order in TypedRows.Sortable.SelectMany(name => new[] { $"custom_fields.{name}", $"custom_fields.{name} desc, create_time" }))
        {
            var (seen, token) = (new List<Specimen>(), "");
            do
            {
                await using var db = specimens.Open(tenant);
                var page = await db.Specimens.ToPageAsync(TypedRows.Schema, new ListRequest(7, token) { OrderBy = order }, context, Token);
                Assert.False(page.IsError, page.Error?.Message);
                seen.AddRange(page.Value!.Items);
                token = page.Value.NextPageToken;
            }
            while (token.Length > 0);
            Assert.Equal(rows.Select(row => row.Id).Order(), seen.Select(row => row.Id).Order());
        }
    }

    [Theory]
    [InlineData("custom_fields.wole = 5", "There is no field 'custom_fields.wole'. Did you mean 'custom_fields.whole'?")]
    [InlineData("custom_fields.whole = five", "'five' does not fit. Use a number such as 12.5, of at most 28 digits.")]
    [InlineData("custom_fields.day > soon", "'soon' does not fit. Use a date as YYYY-MM-DD")]
    [InlineData("custom_fields.one = d", "'d' is none of the choices: a, b, c_1.")]
    [InlineData("custom_fields.several = a", "'custom_fields.several' is a list: ask for an element by custom_fields.several:value.")]
    [InlineData("custom_fields.user > user.id", "'custom_fields.user' has no order")]
    [InlineData("custom_fields.whole.deep = 1", "'custom_fields.whole' has no field 'deep'.")]
    public void What_does_not_fit_the_type_is_named(string text, string message)
    {
        var bound = Filter.Parse(text).Value!.Bind(TypedRows.Schema, TypedRows.Fields);
        Assert.Equal("INVALID_FILTER", bound.Error?.Code);
        Assert.Contains(message, bound.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom_fields.flag", "Rows are not sorted by 'custom_fields.flag'")]
    [InlineData("custom_fields.dya desc", "Did you mean 'custom_fields.day'?")]
    public void An_order_that_there_is_not_is_named(string text, string message) =>
        Assert.Contains(message, OrderBy.Parse(text).Value!.Bind(TypedRows.Schema, TypedRows.Fields).Error!.Message, StringComparison.Ordinal);

    private async Task<(Guid Tenant, IReadOnlyList<Specimen> Rows)> AddAsync(int count)
    {
        var tenant = Guid.CreateVersion7();
        await using (var db = specimens.Open(tenant))
        {
            db.AddRange(TypedRows.Random(count));
            await db.SaveChangesAsync(Token);
        }

        await using var reading = specimens.Open(tenant);
        return (tenant, await reading.Specimens.AsNoTracking().ToListAsync(Token));
    }
}
